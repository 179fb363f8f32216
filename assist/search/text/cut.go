package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// longest is how many letters of a word are read; what is longer is no word.
const longest = 40

// Cutter takes a text apart, word by word:
//
//	for c := text.For("fr").Cut(said); c.Next(); {
//		use(c.Word())
//	}
//
// Words are in lower case and without accents. Apostrophes hold a word together
// ("dont"), but where a language elides they part two (l'achat: "l", "achat").
// Scripts that write without blanks are cut into pairs of letters that overlap. The
// blanks of an answer ({{customer.name}}) are left out.
type Cutter struct {
	text   string
	at     int  // from where text is still to be read
	parts  bool // apostrophes part words
	whole  bool // text has been put into its composed form from at on
	inside bool // the letter at at stands in the pair before, too
	noGaps bool // no {{...}} is to come
	open   bool // the text ends with the word
	shared bool // the word begins with the last letter of the one before
	from   int  // where in text the word begins
	n      int  // bytes of buf that are the word
	runes  int
	as     string // as the word is written
	buf    [longest * utf8.UTFMax]byte
}

// Cut returns a Cutter that stands before the first word of the text.
func (a *Analysis) Cut(text string) Cutter { return Cutter{text: text, parts: a.elides} }

// Word returns the word that Next went to, in valid UTF-8; it is never empty. It
// stands until Next goes to another one, so that after the last it is still the last.
func (c *Cutter) Word() []byte { return c.buf[:c.n] }

// Written returns the word as it stands in the text, with its accents and capitals.
func (c *Cutter) Written() string { return strings.TrimRight(c.as, "'’") }

// Shared reports whether the word begins with the last letter of the word before,
// as the second of two overlapping pairs does.
func (c *Cutter) Shared() bool { return c.shared }

// Open reports whether the text ends with the last letter of the word: more of it
// may come while somebody types. After the last word it stays as it was there.
func (c *Cutter) Open() bool { return c.open }

// What stands for an ASCII character in a word; '.' is no letter.
const ascii = "................................................0123456789......." +
	"abcdefghijklmnopqrstuvwxyz......abcdefghijklmnopqrstuvwxyz....."

// Next goes to the next word and reports whether there is one.
func (c *Cutter) Next() bool {
	last, shared := c.n, c.shared
	c.n, c.runes, c.from, c.shared = 0, 0, c.at, false
	for c.at < len(c.text) {
		b := c.text[c.at]
		if b >= utf8.RuneSelf {
			if c.wide() {
				return true
			}
			continue
		}
		if ascii[b] != '.' {
			c.letters()
			continue
		}
		if c.n > 0 {
			if b == '\'' && !c.parts {
				c.at++
				continue
			}
			c.open, c.as = false, c.text[c.from:c.at]
			return true
		}
		c.at += c.gap()
		c.from = c.at
	}
	if c.n == 0 {
		c.n, c.shared = last, shared
		return false
	}
	c.open, c.as = true, c.text[c.from:c.at]
	return true
}

// letters reads ASCII letters and digits up to what is none.
func (c *Cutter) letters() {
	at, n := c.at, c.n
	last := n + longest - c.runes
	for ; at < len(c.text) && c.text[at] < utf8.RuneSelf; at++ {
		l := ascii[c.text[at]]
		if l == '.' {
			break
		}
		if n < last {
			c.buf[n] = l
			n++
		}
	}
	c.runes += n - c.n
	c.at, c.n = at, n
}

// gap returns how many bytes there are to what may be a word again.
func (c *Cutter) gap() int {
	rest := c.text[c.at:]
	if rest[0] != '{' || c.noGaps || !strings.HasPrefix(rest, "{{") {
		return 1
	}
	end := strings.Index(rest, "}}")
	if end < 0 {
		c.noGaps = true
		return 1
	}
	return end + 2
}

// wide reads a character beyond ASCII and reports whether a word is complete.
func (c *Cutter) wide() (complete bool) {
	r, size := utf8.DecodeRuneInString(c.text[c.at:])
	if mayBeComposed(r) && !c.whole {
		c.compose()
		r, size = utf8.DecodeRuneInString(c.text[c.at:])
	}
	switch s := scriptOf(r); {
	case plain(r):
		c.add(r)
	case s != spaced && c.n > 0:
		return c.done()
	case s != spaced:
		return c.pair(s)
	case joiner(r):
	case apostrophe(r) && (c.parts || c.n == 0):
		return c.done()
	case apostrophe(r):
	case unicode.IsLetter(r), unicode.IsDigit(r):
		c.letter(r)
	case unicode.IsMark(r) && c.n > 0:
		c.mark(r)
	default:
		return c.done()
	}
	c.at += size
	return false
}

// mayBeComposed reports whether a rune may be written in another form that means the
// same, which only the composed form makes equal: wide Latin letters, narrow kana,
// syllables in pieces, vowels of two signs.
func mayBeComposed(r rune) bool {
	return r >= 0x0E00 && (r < 0x1E00 || r >= 0x2E80)
}

func (c *Cutter) compose() {
	c.whole = true
	rest := c.text[c.at:]
	if norm.NFKC.QuickSpanString(rest) == len(rest) {
		return
	}
	if rest = norm.NFKC.String(rest); c.n > 0 {
		rest = c.text[c.from:c.at] + rest
		c.at -= c.from
	} else {
		c.at = 0
	}
	c.text, c.from = rest, 0
}

// done reads what is no part of a word and reports whether it ends one.
func (c *Cutter) done() (complete bool) {
	if c.n > 0 {
		c.open, c.as = false, c.text[c.from:c.at]
		return true
	}
	_, size := utf8.DecodeRuneInString(c.text[c.at:])
	c.at += size
	c.from = c.at
	return false
}

func joiner(r rune) bool {
	switch r {
	case 0x00AD, 0x0640, 0x200C, 0x200D, 0x2060, 0xFEFF: // soft hyphen, tatweel, zero width
		return true
	}
	return false
}

func apostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', 'ʼ', '´', '׳', '״':
		return true
	}
	return false
}
