package csv

import (
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
)

// The encodings that Detect tells apart. Bytes that are not UTF-8 in a file that
// is meant to be are read as Windows-1252, line by line.
const (
	UTF8        = "UTF-8"
	Windows1252 = "Windows-1252"
	UTF16LE     = "UTF-16 LE"
	UTF16BE     = "UTF-16 BE"
)

// Format is how a table is written.
type Format struct {
	Encoding string
	Comma    byte // ',' ';' '\t' or '|'
}

// Detect recognises encoding and delimiter from the start of a file, 64 KiB or
// more if the file has it. known tells whether a cell looks like the name of a
// column; it decides where two delimiters fit equally well and may be nil.
func Detect(head []byte, known func(cell string) bool) Format {
	f := Format{Encoding: encodingOf(head), Comma: ','}
	text, _ := io.ReadAll(f.Decode(bytes.NewReader(head)))
	if sep, ok := sepLine(text); ok {
		f.Comma = sep
		return f
	}
	if i := bytes.LastIndexAny(text, "\r\n"); i > 0 {
		text = text[:i]
	}
	best := 0
	for _, comma := range []byte{',', ';', '\t', '|'} {
		if score := fit(text, comma, known); score > best {
			best, f.Comma = score, comma
		}
	}
	return f
}

// Decode returns the text of r as UTF-8, without a byte order mark. Lines that are
// not UTF-8 are left to the Reader.
func (f Format) Decode(r io.Reader) io.Reader {
	switch f.Encoding {
	case UTF16LE:
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(r)
	case UTF16BE:
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewDecoder().Reader(r)
	}
	return r
}

func encodingOf(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		return UTF16LE
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return UTF16BE
	}
	if wide := zeros(head); wide != "" {
		return wide
	}
	tail := head
	for i := 0; i < utf8.UTFMax && len(tail) > 0 && !utf8.Valid(tail); i++ {
		tail = tail[:len(tail)-1] // a rune may be cut at the end of what was read
	}
	if utf8.Valid(tail) {
		return UTF8
	}
	return Windows1252
}

// zeros recognises UTF-16 without a byte order mark: every other byte of Western
// text is zero then. Stray zeros are damage.
func zeros(head []byte) string {
	var even, odd int
	for i, c := range head {
		if c == 0 && i%2 == 0 {
			even++
		} else if c == 0 {
			odd++
		}
	}
	switch pairs := len(head) / 2; {
	case pairs >= 2 && odd > pairs/3 && even < pairs/20+1:
		return UTF16LE
	case pairs >= 2 && even > pairs/3 && odd < pairs/20+1:
		return UTF16BE
	}
	return ""
}

// sepLine reads the line "sep=;" with which Excel is told the delimiter.
func sepLine(text []byte) (comma byte, ok bool) {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	text = bytes.TrimPrefix(text, []byte(`"`))
	if len(text) < 5 || !bytes.EqualFold(text[:4], []byte("sep=")) {
		return 0, false
	}
	switch text[4] {
	case ',', ';', '\t', '|':
		return text[4], true
	}
	return 0, false
}

// fit says how well a delimiter cuts the text into rows of one width.
func fit(text []byte, comma byte, known func(string) bool) int {
	r := NewReader(bytes.NewReader(text), Format{Encoding: UTF8, Comma: comma})
	widths, rows, names := map[int]int{}, 0, 0
	for rows < 50 {
		row, err := r.Read()
		if err != nil {
			break
		}
		if row.Blank() {
			continue
		}
		rows++
		widths[len(row.Cells)]++
		found := 0
		for _, cell := range row.Cells {
			if known != nil && known(cell) {
				found++
			}
		}
		if rows <= 20 && len(row.Cells) > 1 {
			names = max(names, found)
		}
	}
	best := 0
	for width, n := range widths {
		if width > 1 {
			best = max(best, n*1000/rows+min(width, 99))
		}
	}
	return best + names*500
}
