package text

import (
	"unicode"
	"unicode/utf8"
)

// script tells apart the scripts that write without blanks between words.
type script int8

const (
	spaced script = iota // blanks stand between words
	han
	hiragana
	katakana
	hangul
	thai
	lao
	burmese
	khmer
)

func scriptOf(r rune) script {
	switch {
	case r < 0x0E00, 0x1E00 <= r && r < 0x2E80, unicode.IsDigit(r):
		return spaced
	case r == 'ー' || r == 'ｰ': // makes a vowel long
		return katakana
	case !unicode.IsLetter(r) && r != '〇':
		return spaced // a mark belongs to what is before it
	case r <= 0x0E7F:
		return thai
	case r <= 0x0EFF:
		return lao
	case 0x1000 <= r && r <= 0x109F, 0xA9E0 <= r && r <= 0xA9FF, 0xAA60 <= r && r <= 0xAA7F:
		return burmese
	case 0x1100 <= r && r <= 0x11FF, 0xA960 <= r && r <= 0xA97F, 0xAC00 <= r && r <= 0xD7FF:
		return hangul
	case 0x1780 <= r && r <= 0x17FF:
		return khmer
	case 0x3041 <= r && r <= 0x309F:
		return hiragana
	case 0x30A1 <= r && r <= 0x30FF, 0x31F0 <= r && r <= 0x31FF:
		return katakana
	case 0x3100 <= r && r <= 0x31BF, unicode.Is(unicode.Han, r):
		return han
	}
	return spaced
}

// joins reports whether a letter makes a pair with the one before. A Japanese word
// begins in Chinese letters and ends in hiragana; other changes are new words.
func joins(before, after script) bool {
	return before == after || before == han && after == hiragana
}

// pair reads a letter of a script that writes without blanks, and the one after it,
// and reports whether they make a word: the last letter of a row stands in the pair
// before, and is a word only when it is alone.
func (c *Cutter) pair(s script) (complete bool) {
	end := c.unit(c.at)
	last := end
	if r, _ := utf8.DecodeRuneInString(c.text[end:]); end < len(c.text) && joins(s, scriptOf(r)) {
		last = c.unit(end)
	} else if c.inside {
		c.at, c.inside = end, false
		return false
	}
	for _, r := range c.text[c.at:last] {
		if !accent(r) && !joiner(r) {
			c.add(unicode.ToLower(r))
		}
	}
	c.open = last == len(c.text)
	c.at, c.inside = end, last > end
	return true
}

// unit returns where the letter at a place ends, its marks with it.
func (c *Cutter) unit(at int) int {
	_, size := utf8.DecodeRuneInString(c.text[at:])
	for at += size; at < len(c.text); at += size {
		var r rune
		if r, size = utf8.DecodeRuneInString(c.text[at:]); !unicode.IsMark(r) && !joiner(r) {
			break
		}
	}
	return at
}
