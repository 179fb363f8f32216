package text

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// What stands for the letters from U+00C0 to U+017F; '.' is for those that are two
// letters, or none.
const latin = "aaaaaa.ceeeeiiiidnooooo.ouuuuy..aaaaaa.ceeeeiiiidnooooo.ouuuuy.yaaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii" +
	"..jjkkkllllll..llnnnnnn.nnoooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"

const latinFrom = 0xC0

// letter adds a letter or digit to the word, without its accents.
func (c *Cutter) letter(r rune) {
	if i := int(r) - latinFrom; i >= 0 && i < len(latin) && latin[i] != '.' {
		c.add(rune(latin[i]))
		return
	}
	if plain(r) {
		c.add(r)
		return
	}
	r = unicode.ToLower(r)
	if letters := spelt(r); letters != "" {
		for _, l := range letters {
			c.add(l)
		}
		return
	}
	if keepsMarks(r) {
		c.add(r)
		return
	}
	c.pieces(r)
}

// plain reports whether a letter is one of those that most of a Greek, Russian,
// Hebrew, Arabic or Hindi text is made of, in lower case and without accents.
func plain(r rune) bool {
	switch {
	case r < 'α' || r == 'ς' || r == 'й':
		return false
	case r <= 'ω', 'а' <= r && r <= 'я', 'א' <= r && r <= 'ת', 'ت' <= r && r <= 'غ', 'ف' <= r && r <= 'و', 'क' <= r && r <= 'न':
		return true
	}
	switch r {
	case 'ا', 'ب', 'ي':
		return true
	}
	return false
}

// pieces adds a rune without the accents that it is made with.
func (c *Cutter) pieces(r rune) {
	var b [utf8.UTFMax]byte
	pieces := norm.NFKD.Properties(b[:utf8.EncodeRune(b[:], r)]).Decomposition()
	if pieces == nil {
		c.add(same(r))
		return
	}
	for len(pieces) > 0 {
		p, size := utf8.DecodeRune(pieces)
		switch pieces = pieces[size:]; {
		case unicode.IsMark(p) && !accent(p):
			c.add(p)
		case unicode.IsLetter(p), unicode.IsDigit(p):
			c.letter(p) // it has no pieces
		}
	}
}

// mark adds a sign that belongs to the letter before, unless it is an accent.
func (c *Cutter) mark(r rune) {
	before, size := utf8.DecodeLastRune(c.buf[:c.n])
	if whole := marked(before, r); whole != 0 {
		c.n -= size
		c.runes--
		c.add(whole)
	} else if !accent(r) {
		c.pieces(r)
	}
}

func (c *Cutter) add(r rune) {
	if c.runes < longest {
		c.n += utf8.EncodeRune(c.buf[c.n:], r)
		c.runes++
	}
}

// spelt returns the letters that stand for one that has no simpler form of its own.
func spelt(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'æ', 'ǽ', 'ǣ':
		return "ae"
	case 'œ':
		return "oe"
	case 'þ':
		return "th"
	case 'ŉ':
		return "n"
	case 'ǿ':
		return "o"
	}
	return ""
}

// same returns the usual one of letters that people write for each other.
func same(r rune) rune {
	switch r {
	case 'ς':
		return 'σ'
	case 'ى', 'ی':
		return 'ي'
	case 'ة':
		return 'ه'
	case 'ک':
		return 'ك'
	case 'ٱ':
		return 'ا'
	}
	if r > 0xFF && unicode.IsDigit(r) {
		for _, zero := range zeros {
			if zero <= r && r <= zero+9 {
				return '0' + r - zero
			}
		}
	}
	return r
}

// The zeros of the digits of other scripts.
const zeros = "٠۰०০੦૦୦௦౦೦൦๐໐༠၀០"

// keepsMarks reports whether a letter is another one without its mark, so that
// nobody leaves the mark out.
func keepsMarks(r rune) bool { return r == 'й' || r == 'ї' || r == 'ў' }

// marked returns the letter of keepsMarks that a letter and a mark make; 0 for none.
func marked(letter, mark rune) rune {
	switch {
	case letter == 'и' && mark == 0x306:
		return 'й'
	case letter == 'у' && mark == 0x306:
		return 'ў'
	case letter == 'і' && mark == 0x308:
		return 'ї'
	}
	return 0
}

// accent reports whether a mark does not matter. Marks that are vowels do.
func accent(r rune) bool {
	switch {
	case r < 0x300:
		return false
	case r <= 0x36F, // accents of Latin, Greek and Cyrillic letters
		0x483 <= r && r <= 0x489,
		0x591 <= r && r <= 0x5C7,                                                                 // Hebrew points
		0x610 <= r && r <= 0x61A, 0x64B <= r && r <= 0x65F, 0x670 == r, 0x6D6 <= r && r <= 0x6ED, // Arabic vowels
		0x1AB0 <= r && r <= 0x1AFF, 0x1DC0 <= r && r <= 0x1DFF, 0x20D0 <= r && r <= 0x20FF,
		0xFE00 <= r && r <= 0xFE2F, 0xE0100 <= r && r <= 0xE01EF: // how it is drawn
		return true
	}
	switch r {
	case 0x93C, 0x9BC, 0xA3C, 0xABC, 0xB3C, 0xCBC: // the dot below of Indic letters
		return true
	case 0x3099, 0x309A: // what composing has left over
		return true
	}
	return false
}
