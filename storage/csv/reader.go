package csv

import (
	"bytes"
	"io"
	"strings"
)

// maxRow is how long a row may be. What is longer is no row of a table of people,
// and must not fill the memory.
const maxRow = 1 << 20

// maxLines is how many lines one quoted cell may go over before its quote counts
// as never closed.
const maxLines = 2000

// Row is one row of a table.
type Row struct {
	Line  int // where the row starts in the file; the first line is 1
	Cells []string
	// Broken says in words why the row could not be read; its Cells are then
	// what could be made out and not to be trusted. Reading goes on behind it.
	Broken string
	// Zeros: the row had zero bytes in it, which were dropped.
	Zeros bool
}

// Blank reports whether there is nothing in the row.
func (r Row) Blank() bool {
	for _, cell := range r.Cells {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return r.Broken == ""
}

// Reader reads rows one after another. It belongs to one goroutine.
type Reader struct {
	lines lines
	comma byte
	first bool     // the first line is still to come
	room  []string // where the cells of the next rows are put
}

// NewReader returns a Reader of a table in the given format. A line "sep=;" at
// the very start is not a row.
func NewReader(r io.Reader, f Format) *Reader {
	return &Reader{lines: lines{from: f.Decode(r)}, comma: f.Comma, first: true}
}

// Read returns the next row, or io.EOF behind the last, or the error of the file.
func (r *Reader) Read() (Row, error) {
	ln, err := r.lines.next()
	if err == nil && r.first {
		r.first = false
		if _, sep := sepLine(ln.text); sep && len(bytes.Trim(ln.text, "\"\ufeff,;\t| ")) <= 5 {
			ln, err = r.lines.next()
		}
	}
	if err != nil {
		return Row{}, err
	}
	row := Row{Line: ln.number, Zeros: ln.zeros}
	if ln.long {
		row.Broken = "the line is longer than 1 MB"
		return row, nil
	}
	return r.row(row, ln)
}

// row reads the cells of the row that starts with ln.
func (r *Reader) row(row Row, ln line) (Row, error) {
	if r.cut(&row, ln.text) == closed {
		return row, nil
	}
	ln.text = bytes.Clone(ln.text) // further lines take its place in the buffer
	return r.further(row, ln)
}

// further reads a row that may go on in the lines behind ln. Where a quote swallows
// the next lines and does not end as quotes end, those lines are given back.
func (r *Reader) further(row Row, ln line) (Row, error) {
	text := ln.text
	var taken []line
	for {
		state := r.cut(&row, text)
		if state == closed {
			return row, nil
		}
		if state == open && len(taken) < maxLines && len(text) < maxRow {
			next, err := r.lines.keep()
			if err != nil && err != io.EOF {
				return row, err
			}
			if err == nil && !next.long {
				if taken == nil {
					text = bytes.Clone(text)
				}
				taken = append(taken, next)
				row.Zeros = row.Zeros || next.zeros
				text = append(append(text, '\n'), next.text...)
				if bytes.IndexByte(next.text, '"') < 0 {
					// Nothing in this line can close the quote.
					text, taken, err = r.swallow(text, taken)
					if err != nil {
						return row, err
					}
				}
				continue
			}
			if err == nil {
				taken = append(taken, next)
			}
		}
		r.lines.back(taken)
		row.Broken = `a quote (") is opened and not closed`
		row.Cells = strings.Split(string(ln.text), string(rune(r.comma)))
		return row, nil
	}
}

// roomSize is for how many cells room is made at a time.
const roomSize = 2048

// cut cuts text into the cells of a row, when it can be.
func (r *Reader) cut(row *Row, text []byte) state {
	if cap(r.room)-len(r.room) < 64 {
		r.room = make([]string, 0, roomSize)
	}
	from := len(r.room)
	cells, state := cut(r.room[from:from], string(text), r.comma)
	if state != closed {
		return state
	}
	row.Cells = cells[:len(cells):len(cells)]
	if cap(cells) == cap(r.room)-from { // else there was no room and they stand elsewhere
		r.room = r.room[:from+len(cells)]
	}
	return closed
}

// swallow takes lines until one has a quote in it, so that a long quoted cell is
// looked through once and not once a line.
func (r *Reader) swallow(text []byte, taken []line) ([]byte, []line, error) {
	for len(taken) < maxLines && len(text) < maxRow {
		next, err := r.lines.keep()
		if err == io.EOF {
			return text, taken, nil
		}
		if err != nil {
			return text, taken, err
		}
		if next.long {
			r.lines.back([]line{next})
			return text, taken, nil
		}
		taken = append(taken, next)
		text = append(append(text, '\n'), next.text...)
		if bytes.IndexByte(next.text, '"') >= 0 {
			return text, taken, nil
		}
	}
	return text, taken, nil
}

// Offset returns how many bytes of the table have been read, as UTF-8.
func (r *Reader) Offset() int64 { return r.lines.read }
