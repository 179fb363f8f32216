// Package csv reads tables as programs and spreadsheets really write them, and
// writes tables that no spreadsheet takes for formulas.
//
// It has a reader of its own because encoding/csv stops at damage that an import
// must survive and tell of: after a quote that is never closed it returns the rest
// of the file as one cell; it cannot go on behind a broken row; it does not split
// at a lone carriage return and knows one encoding. This reader finds its place
// again at the next line, reports the line in the file on which each row starts,
// and keeps no more than one row in memory.
package csv
