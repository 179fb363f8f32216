package csv

import "strings"

// state is how a row stands at the end of the text that there is.
type state int

const (
	closed state = iota
	open         // inside a quoted cell
	broken       // a quoted cell went over a line and ended as none does
)

// cut splits a row into cells and appends them. A quote inside a cell that is not doubled is taken
// as it stands while the cell is on one line; once it has gone over a line, it is
// the sign that an earlier quote was never closed.
func cut(cells []string, whole string, comma byte) ([]string, state) {
	for at := 0; ; {
		start := at
		for start < len(whole) && whole[start] == ' ' {
			start++
		}
		if start == len(whole) || whole[start] != '"' {
			end := strings.IndexByte(whole[at:], comma)
			if end < 0 {
				return append(cells, whole[at:]), closed
			}
			cells = append(cells, whole[at:at+end])
			at += end + 1
			continue
		}
		cell, next, st := quoted(whole, start+1, comma)
		if st != closed {
			return nil, st
		}
		cells = append(cells, cell)
		if next >= len(whole) {
			return cells, closed
		}
		at = next + 1
	}
}

// quoted reads a quoted cell from behind its opening quote. next is where the
// delimiter or the end of the row is.
func quoted(whole string, from int, comma byte) (cell string, next int, st state) {
	var b strings.Builder
	plain := true
	for at := from; ; {
		q := strings.IndexByte(whole[at:], '"')
		if q < 0 {
			return "", 0, open
		}
		q += at
		if q+1 < len(whole) && whole[q+1] == '"' {
			b.WriteString(whole[at : q+1])
			at, plain = q+2, false
			continue
		}
		end := q + 1
		for end < len(whole) && whole[end] == ' ' {
			end++
		}
		if end == len(whole) || whole[end] == comma || whole[end] == '\r' {
			if plain {
				return whole[from:q], end, closed
			}
			b.WriteString(whole[at:q])
			return b.String(), end, closed
		}
		if strings.IndexByte(whole[from:q], '\n') >= 0 {
			return "", 0, broken
		}
		b.WriteString(whole[at : q+1])
		at, plain = q+1, false
	}
}
