// Package past brings in what a team had before it had Ringside: orders, notes and calls
// from tables of other programs.
//
// A file is looked through to its end before anything is kept. What the file does not
// tell (3/4/2024, 1,234) is asked and never guessed; a row that is not taken has its line
// and a reason. A record's id comes from what stands in the file, so the same file a
// second time changes nothing, and what was added to a record here meanwhile stays.
package past
