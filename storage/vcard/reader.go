package vcard

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

const (
	maxValue = 1 << 20 // bytes of one property that are kept
	maxProps = 5000    // properties of one card that are kept
)

// Card is one person or firm of an address book.
type Card struct {
	Line  int // where BEGIN:VCARD is in the file; the first line is 1
	Props []Prop
	// Broken says in words what is wrong with the card as a whole; "" when it is
	// sound. CutOff: its end is missing because the file ends.
	Broken string
	CutOff bool
	// Odd are the lines inside the card that are no properties.
	Odd []int
}

// Reader reads cards one after another. It belongs to one goroutine.
type Reader struct {
	from  *bufio.Reader
	line  int // the number of the line that was read last
	begun int // the line of a BEGIN that ended the card before it; 0 when there is none
	next  *string
	read  int64
	lone  bool // lines may end with a carriage return alone
}

// NewReader returns a Reader of UTF-8 text. What is not UTF-8 is taken for
// Windows-1252 unless the card names its character set.
func NewReader(r io.Reader) *Reader { return &Reader{from: bufio.NewReaderSize(r, 64<<10)} }

// Offset returns how many bytes have been read.
func (r *Reader) Offset() int64 { return r.read }

// Read returns the next card, or io.EOF behind the last, or the error of the file.
// Text that stands outside cards comes as a Card with Broken set and no Props.
func (r *Reader) Read() (Card, error) {
	card, err := r.begin()
	if err != nil || card.Broken != "" {
		return card, err
	}
	depth, afterAgent := 0, false
	for {
		at, text, err := r.logical()
		if err == io.EOF {
			card.Broken, card.CutOff = "the card is cut off: END:VCARD is missing", true
			return card, nil
		}
		if err != nil {
			return card, err
		}
		if strings.TrimSpace(text) == "" {
			continue
		}
		p, ok := parse(text)
		p.Line = at
		inner := afterAgent || depth > 0 // the card of an assistant inside the card
		switch {
		case p.Name == "BEGIN" && inner:
			depth++
		case p.Name == "BEGIN":
			r.begun = at
			card.Broken = "END:VCARD is missing before the next card"
			return card, nil
		case p.Name == "END" && depth > 0:
			depth--
		case p.Name == "END":
			return card, nil
		case depth == 0:
			card.add(p, ok)
		}
		afterAgent = p.Name == "AGENT"
	}
}

// add takes in what one property says; pictures are left out.
func (c *Card) add(p Prop, ok bool) {
	switch {
	case !ok:
		c.Odd = append(c.Odd, p.Line)
	case !p.picture() && len(c.Props) < maxProps:
		c.Props = append(c.Props, p)
	}
}

// begin finds the next BEGIN:VCARD. Other text makes a broken card of its own, one
// for each run of lines.
func (r *Reader) begin() (Card, error) {
	if r.begun > 0 {
		card := Card{Line: r.begun}
		r.begun = 0
		return card, nil
	}
	stray := 0
	for {
		at, text, err := r.logical()
		if err != nil {
			if err == io.EOF && stray > 0 {
				break
			}
			return Card{}, err
		}
		p, _ := parse(text)
		if p.Name == "BEGIN" && strings.EqualFold(strings.TrimSpace(p.Value), "VCARD") {
			if stray == 0 {
				return Card{Line: at}, nil
			}
			r.begun = at
			break
		}
		if stray == 0 && strings.TrimSpace(text) != "" {
			stray = at
		}
	}
	return Card{Line: stray, Broken: "this text is not inside a card"}, nil
}

// logical returns one property with its folded lines joined, and the line on which
// it starts.
func (r *Reader) logical() (at int, text string, err error) {
	text, err = r.take()
	if err != nil {
		return r.line, "", err
	}
	at = r.line
	soft := isQuotedPrintable(text)
	base64 := isBase64(text)
	for {
		next, err := r.peek()
		if err != nil {
			return at, text, nil
		}
		switch {
		case soft && strings.HasSuffix(text, "="):
			text = join(text[:len(text)-1], strings.TrimLeft(next, "\t"))
		case strings.HasPrefix(next, " ") || strings.HasPrefix(next, "\t"):
			text = join(text, next[1:])
		case base64 && next != "" && !strings.ContainsAny(next, ":"):
			// Some programs do not indent the lines of a picture.
		default:
			return at, text, nil
		}
		r.next = nil
		r.line++
	}
}

func join(a, b string) string {
	if len(a)+len(b) > maxValue {
		return a
	}
	return a + b
}

// take returns the next line of the file.
func (r *Reader) take() (string, error) {
	text, err := r.peek()
	if err == nil {
		r.next = nil
		r.line++
	}
	return text, err
}

// peek returns the next line without using it up.
func (r *Reader) peek() (string, error) {
	if r.next != nil {
		return *r.next, nil
	}
	if r.line == 0 && r.read == 0 {
		r.lone = r.oldMac()
	}
	b, err := r.raw()
	if err != nil {
		return "", err
	}
	if r.line == 0 {
		b = bytes.TrimPrefix(b, []byte("\ufeff"))
	}
	text := string(bytes.ReplaceAll(bytes.TrimRight(b, "\r\n"), []byte{0}, nil))
	r.next = &text
	return text, nil
}

// oldMac reports whether the first line ends with a carriage return alone. Where
// lines have other ends, one inside a value is part of it.
func (r *Reader) oldMac() bool {
	text, _ := r.from.Peek(r.from.Size())
	i := bytes.IndexAny(text, "\r\n")
	if i < 0 || text[i] == '\n' {
		return false
	}
	rest := bytes.TrimPrefix(text[i+1:], []byte("\r"))
	return len(rest) == 0 || rest[0] != '\n'
}

// raw returns the bytes of the next line, or as many as are kept of it. Its end may
// be among them.
func (r *Reader) raw() (b []byte, err error) {
	for {
		part, end, err := r.part()
		r.read += int64(len(part))
		if len(b)+len(part) <= maxValue {
			b = append(b, part...)
		}
		if err != nil && (err != io.EOF || len(part) == 0 && len(b) == 0) {
			return nil, err
		}
		if end || err != nil {
			return b, nil
		}
	}
}

// part returns some bytes of the next line; end tells that they are the last.
func (r *Reader) part() (part []byte, end bool, err error) {
	if !r.lone {
		part, err = r.from.ReadSlice('\n')
		if err == bufio.ErrBufferFull {
			return part, false, nil
		}
		return part, true, err
	}
	text, err := r.from.Peek(1)
	if err != nil {
		return nil, true, err
	}
	text, _ = r.from.Peek(max(r.from.Buffered(), 1))
	n := len(text)
	if i := bytes.IndexAny(text, "\r\n"); i >= 0 {
		n, end = i+1, true
		if text[i] == '\r' {
			n += r.feeds(n)
		}
	}
	part, _ = r.from.Peek(n)
	_, err = r.from.Discard(len(part))
	return part, end, err
}

// feeds returns how many bytes behind a carriage return, which is the last of n, are
// of the same line end.
func (r *Reader) feeds(n int) int {
	text, _ := r.from.Peek(min(n+2, r.from.Size()))
	switch rest := text[min(n, len(text)):]; {
	case bytes.HasPrefix(rest, []byte("\n")):
		return 1
	case bytes.HasPrefix(rest, []byte("\r\n")):
		return 2
	}
	return 0
}

// toUTF8 reads text in the character set that a card names; what is unknown and
// not UTF-8 is taken for Windows-1252.
func toUTF8(s, charset string) string {
	sets := map[string]*charmap.Charmap{
		"ISO-8859-1": charmap.Windows1252, "LATIN1": charmap.Windows1252, "WINDOWS-1252": charmap.Windows1252, "CP1252": charmap.Windows1252,
		"ISO-8859-2": charmap.ISO8859_2, "ISO-8859-15": charmap.ISO8859_15, "ISO-8859-9": charmap.ISO8859_9, "ISO-8859-5": charmap.ISO8859_5,
		"WINDOWS-1250": charmap.Windows1250, "WINDOWS-1251": charmap.Windows1251, "KOI8-R": charmap.KOI8R,
	}
	set := sets[strings.ToUpper(charset)]
	if set == nil || !needsDecoding(s) {
		if utf8.ValidString(s) {
			return s
		}
		set = charmap.Windows1252
	}
	if out, err := set.NewDecoder().String(s); err == nil {
		return out
	}
	return s
}

func needsDecoding(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return true
		}
	}
	return false
}
