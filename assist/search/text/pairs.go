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

// blocks are where the letters of these scripts are, but for Chinese letters beyond.
var blocks = [...]struct {
	from, to rune
	script   script
}{
	{0x0E00, 0x0E7F, thai},
	{0x0E80, 0x0EFF, lao},
	{0x1000, 0x109F, burmese}, {0xA9E0, 0xA9FF, burmese}, {0xAA60, 0xAA7F, burmese},
	{0x1100, 0x11FF, hangul}, {0xA960, 0xA97F, hangul}, {0xAC00, 0xD7FF, hangul},
	{0x1780, 0x17FF, khmer},
	{0x3041, 0x309F, hiragana},
	{0x30A1, 0x30FF, katakana}, {0x31F0, 0x31FF, katakana},
	{0x3100, 0x312F, han}, {0x4E00, 0x9FFF, han},
}

// scriptOf returns the script of a letter; what is no letter is spaced: a mark
// belongs to what is before it.
func scriptOf(r rune) script {
	if s := common(r); s != spaced {
		return s
	}
	if r < 0x0E00 || 0x1E00 <= r && r < 0x2E80 || unicode.IsDigit(r) {
		return spaced
	}
	if !unicode.IsLetter(r) && r != '〇' {
		return spaced
	}
	for _, b := range blocks {
		if b.from <= r && r <= b.to {
			return b.script
		}
	}
	if unicode.Is(unicode.Han, r) {
		return han
	}
	return spaced
}

// common returns the script of the letters that make up nearly all of a text; none
// of them has a mark of its own.
func common(r rune) script {
	switch {
	case r < 0x3041:
	case r <= 0x3096:
		return hiragana
	case 0x30A1 <= r && r <= 0x30FA:
		return katakana
	case 0x4E00 <= r && r <= 0x9FFF:
		return han
	case 0xAC00 <= r && r <= 0xD7A3:
		return hangul
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
		c.at, c.from, c.inside = end, end, false
		return false
	}
	for _, r := range c.text[c.at:last] {
		if common(r) != spaced || !accent(r) && !joiner(r) {
			c.add(r)
		}
	}
	c.open, c.shared = last == len(c.text), c.inside
	c.as = c.text[c.at:last]
	c.at, c.inside = end, last > end
	return true
}

// unit returns where the letter at a place ends, its marks with it.
func (c *Cutter) unit(at int) int {
	_, size := utf8.DecodeRuneInString(c.text[at:])
	for at += size; at < len(c.text); at += size {
		var r rune
		if r, size = utf8.DecodeRuneInString(c.text[at:]); common(r) != spaced || !unicode.IsMark(r) && !joiner(r) {
			break
		}
	}
	return at
}
