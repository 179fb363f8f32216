package csv

import (
	"encoding/csv"
	"io"
	"strings"
)

// Writer writes a table that any spreadsheet opens: UTF-8 with a byte order mark,
// CR LF, and no cell that a spreadsheet would run as a formula.
type Writer struct {
	w     *csv.Writer
	to    io.Writer
	begun bool
}

// NewWriter returns a Writer that delimits with commas.
func NewWriter(w io.Writer) *Writer {
	out := csv.NewWriter(w)
	out.UseCRLF = true
	return &Writer{w: out, to: w}
}

// Write writes one row. Each cell passes through Defuse.
func (w *Writer) Write(cells []string) error {
	if !w.begun {
		w.begun = true
		if _, err := io.WriteString(w.to, "\ufeff"); err != nil {
			return err
		}
	}
	safe := make([]string, len(cells))
	for i, cell := range cells {
		safe[i] = Defuse(cell)
	}
	return w.w.Write(safe)
}

// Flush writes what is still held back and returns the first error of all writes.
func (w *Writer) Flush() error {
	w.w.Flush()
	return w.w.Error()
}

// Defuse puts an apostrophe before a cell that a spreadsheet would take for a
// formula, so that it stays text. Restore takes it away again.
func Defuse(cell string) string {
	if formula(cell) {
		return "'" + cell
	}
	return cell
}

// Restore undoes Defuse, and takes the text out of ="0123", with which programs
// keep a spreadsheet from dropping zeros.
func Restore(cell string) string {
	if strings.HasPrefix(cell, "'") && formula(cell) {
		return cell[1:]
	}
	if inner, ok := strings.CutPrefix(cell, `="`); ok && len(inner) > 0 && strings.IndexByte(inner, '"') == len(inner)-1 {
		return inner[:len(inner)-1]
	}
	return cell
}

// formula reports whether a spreadsheet may run the cell; apostrophes before it
// count as none, so that Defuse can be undone.
func formula(cell string) bool {
	rest := strings.TrimLeft(cell, "'")
	for _, c := range rest {
		return strings.ContainsRune("=+-@\t\r\n＝＋－＠", c)
	}
	return false
}
