package heard

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"ringside/assist/search/text"
)

// maxRead is how much of a text is read, from its end: what came before was read when
// it was the end.
const maxRead = 8 << 10

// word is a word of a text as it is compared: in lower case, without accents and
// apostrophes.
type word struct {
	text     string
	from, to int  // where it stands in the text
	owner    bool // it ended in 's
	capital  bool // written with a capital letter
	inner    bool // written with a capital letter behind a small one
	digit    bool
	shout    bool // no small letter in it
	comma    bool // one stands behind it
}

// sentence is a part of a text between two stops.
type sentence struct {
	from, to int
	words    []word
	asks     bool // ends in a question mark
	shouts   bool // nothing but capitals: they say nothing
}

// cut takes the end of a text apart into sentences.
func cut(said string) []sentence {
	c := cutter{said: said, at: max(0, len(said)-maxRead)}
	for c.at > 0 && c.at < len(said) && !utf8.RuneStart(said[c.at]) {
		c.at++
	}
	c.folded.Grow(len(said) - c.at)
	c.words = make([]word, 0, (len(said)-c.at)/5+1)
	c.from = c.at
	for c.at < len(said) {
		c.step()
	}
	c.end(len(said))
	return c.out
}

type cutter struct {
	said   string
	at     int
	from   int // of the sentence
	first  int // word of it
	words  []word
	folded strings.Builder
	out    []sentence
}

func (c *cutter) step() {
	r, size := utf8.DecodeRuneInString(c.said[c.at:])
	switch {
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		c.word()
		return
	case r == '\n' || r == '!' || r == '?' || r == ';' || r == '.' && c.stops():
		c.end(c.at + size)
	}
	if r == ',' && len(c.words) > c.first {
		c.words[len(c.words)-1].comma = true
	}
	c.at += size
}

// stops reports whether the full stop here ends a sentence.
func (c *cutter) stops() bool {
	rest := c.said[c.at+1:]
	if rest != "" && !strings.ContainsRune(" \n\r\t\"'”’)", rune(rest[0])) && rest[0] < utf8.RuneSelf {
		return false
	}
	if len(c.words) > c.first {
		switch c.words[len(c.words)-1].text {
		case "mr", "mrs", "ms", "dr", "st", "no":
			return false
		}
	}
	return true
}

// word reads a word, with the apostrophes in it.
func (c *cutter) word() {
	w := word{from: c.at, shout: true}
	plain, small, apostrophe := true, false, false
	for c.at < len(c.said) {
		r, size := utf8.DecodeRuneInString(c.said[c.at:])
		if !inWord(r) {
			if !holds(r, c.said[c.at+size:]) {
				break
			}
			apostrophe, plain = true, plain && r < utf8.RuneSelf
			c.at += size
			continue
		}
		upper := unicode.IsUpper(r)
		w.capital = w.capital || upper && c.at == w.from
		w.inner = w.inner || upper && small
		w.digit = w.digit || unicode.IsDigit(r)
		small = unicode.IsLower(r)
		w.shout = w.shout && !small
		plain = plain && r < utf8.RuneSelf
		c.at += size
	}
	w.to = c.at
	w.text = c.fold(c.said[w.from:w.to], plain)
	w.owner = apostrophe && strings.HasSuffix(w.text, "s")
	if w.text != "" {
		c.words = append(c.words, w)
	}
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// holds reports whether a rune is an apostrophe that holds a word together.
func holds(r rune, rest string) bool {
	next, _ := utf8.DecodeRuneInString(rest)
	return (r == '\'' || r == '’') && unicode.IsLetter(next)
}

// fold returns a word as it is compared; plain says that it has ASCII letters only.
func (c *cutter) fold(written string, plain bool) string {
	if !plain {
		return strings.ReplaceAll(text.Fold(written), " ", "")
	}
	begin := c.folded.Len()
	for i := range len(written) {
		switch b := written[i]; {
		case b == '\'':
		case 'A' <= b && b <= 'Z':
			c.folded.WriteByte(b + 'a' - 'A')
		default:
			c.folded.WriteByte(b)
		}
	}
	return c.folded.String()[begin:]
}

// end closes the sentence before a byte.
func (c *cutter) end(to int) {
	s := sentence{from: c.from, to: to, words: c.words[c.first:len(c.words):len(c.words)], asks: strings.HasSuffix(c.said[c.from:to], "?"), shouts: true}
	for _, w := range s.words {
		s.shouts = s.shouts && (w.shout || w.digit)
	}
	if len(s.words) > 0 {
		c.out = append(c.out, s)
	}
	c.from, c.first = to, len(c.words)
}

// text returns the sentence as it was written, on one line.
func (s sentence) text(said string) string {
	return strings.Join(strings.Fields(said[s.from:s.to]), " ")
}

// Everyday reports whether a word, in lower case, is one of everyday English: as a name it
// counts only where it is written as one.
func Everyday(word string) bool { return common[word] }

// set is a list of words, written with blanks between them.
func set(lists ...string) map[string]bool {
	out := map[string]bool{}
	for _, list := range lists {
		for _, w := range strings.Fields(list) {
			out[w] = true
		}
	}
	return out
}
