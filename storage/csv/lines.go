package csv

import (
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// line is one line of a file, as UTF-8 and without its end.
type line struct {
	text   []byte
	number int
	long   bool // longer than maxRow; the text is cut off
	zeros  bool
}

// lines reads lines that end with LF, CR LF, CR CR LF or CR, in any mixture.
type lines struct {
	from   io.Reader
	buf    []byte
	at     int // what of buf has been used
	feed   int // where the next LF in buf is, or its end; stale when less than at
	err    error
	number int
	read   int64
	given  []line // lines that were taken and given back
}

// back gives lines back, to be returned again by next in the same order.
func (l *lines) back(taken []line) {
	if len(taken) > 0 {
		l.given = append(append([]line{}, taken...), l.given...)
	}
}

// keep returns the next line, with text that stays as it is.
func (l *lines) keep() (line, error) {
	ln, err := l.next()
	ln.text = bytes.Clone(ln.text)
	return ln, err
}

// next returns the next line. Its text may change with the next call.
func (l *lines) next() (line, error) {
	if len(l.given) > 0 {
		ln := l.given[0]
		l.given = l.given[1:]
		return ln, nil
	}
	ln := line{number: l.number + 1}
	for {
		rest := l.buf[l.at:]
		if i := l.end(); i >= 0 && l.whole(rest, i) {
			if len(ln.text) == 0 && !ln.long && i <= maxRow {
				ln.text = rest[:i:i]
			} else {
				ln.add(rest[:i])
			}
			l.at += i + ending(rest[i:])
			return l.finish(ln), nil
		} else if i >= 0 {
			rest = rest[:i] // a CR whose LF may still come
		}
		ln.add(rest)
		l.at += len(rest)
		if l.err != nil {
			if len(ln.text) == 0 && !ln.long || l.err != io.EOF {
				return ln, l.err
			}
			return l.finish(ln), nil
		}
		l.fill()
	}
}

// end returns where the line ends in what has not been used of buf, -1 when it does
// not end there.
func (l *lines) end() int {
	if l.feed < l.at {
		l.feed = len(l.buf)
		if i := bytes.IndexByte(l.buf[l.at:], '\n'); i >= 0 {
			l.feed = l.at + i
		}
	}
	if i := bytes.IndexByte(l.buf[l.at:l.feed], '\r'); i >= 0 {
		return i
	}
	if l.feed == len(l.buf) {
		return -1
	}
	return l.feed - l.at
}

// whole reports whether the line end at i is all there.
func (l *lines) whole(rest []byte, i int) bool {
	return rest[i] == '\n' || i+2 < len(rest) || l.err != nil
}

// ending returns how long the line end is that text starts with.
func ending(text []byte) int {
	if text[0] == '\n' {
		return 1
	}
	if len(text) > 1 && text[1] == '\n' {
		return 2
	}
	if len(text) > 2 && text[1] == '\r' && text[2] == '\n' {
		return 3
	}
	return 1
}

func (l *lines) fill() {
	kept := copy(l.buf[:cap(l.buf)], l.buf[l.at:])
	if cap(l.buf) == 0 {
		l.buf = make([]byte, 0, 64<<10)
	}
	l.at = 0
	n, err := l.from.Read(l.buf[kept:cap(l.buf)])
	l.buf, l.err, l.feed = l.buf[:kept+n], err, -1
	l.read += int64(n)
}

func (ln *line) add(part []byte) {
	if ln.long || len(ln.text)+len(part) > maxRow {
		ln.long = true
		return
	}
	ln.text = append(ln.text, part...)
}

// finish counts the line and makes its text UTF-8.
func (l *lines) finish(ln line) line {
	l.number++
	if l.number == 1 {
		ln.text = bytes.TrimPrefix(ln.text, []byte("\ufeff"))
	}
	if bytes.IndexByte(ln.text, 0) >= 0 {
		ln.text, ln.zeros = bytes.ReplaceAll(ln.text, []byte{0}, nil), true
	}
	if !utf8.Valid(ln.text) {
		if text, err := charmap.Windows1252.NewDecoder().Bytes(ln.text); err == nil {
			ln.text = text
		}
	}
	return ln
}
