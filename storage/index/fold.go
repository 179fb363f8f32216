package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// longestWord is how many letters of a word count.
const longestWord = 40

// eachWord calls f with every word of a text as it is compared: in lower case,
// without accents and apostrophes. A sign of Chinese or Japanese is a word of its own.
// The slice is only valid during the call.
func eachWord(text string, f func(word []byte)) {
	eachWordAt(text, func(word []byte, _ int) { f(word) })
}

// eachWordAt does so and tells where in the text the word begins.
func eachWordAt(text string, f func(word []byte, at int)) {
	var buf [4 * longestWord]byte
	word, runes, at := buf[:0], 0, 0
	flush := func() {
		if len(word) > 0 {
			f(word, at)
		}
		word, runes = word[:0], 0
	}
	for i, r := range text {
		if len(word) == 0 {
			at = i
		}
		switch kindOf(r) {
		case letter:
			if runes++; runes <= longestWord {
				word = fold(word, r)
			}
		case sign:
			flush()
			at = i
			word = fold(word, r)
			flush()
		case silent: // O'Brien is the word obrien
		case gap:
			flush()
		}
	}
	flush()
}

// runeKind is what a letter of a text does to the word that it stands in.
type runeKind int

const (
	gap runeKind = iota
	letter
	sign
	silent
)

func kindOf(r rune) runeKind {
	switch {
	case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9':
		return letter
	case isApostrophe(r):
		return silent
	case r < utf8.RuneSelf:
		return gap
	case isStyle(r):
		return silent
	case isSign(r):
		return sign
	case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
		return letter
	}
	return gap
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == 'ʼ' || r == '`' || r == '´' }

// isStyle reports whether the sign only says how the one before it looks or sounds: a
// telephone in colours, a figure in a box, the marks that kana may be written apart from.
func isStyle(r rune) bool {
	return isVoice(r) || r == 0xFF9E || r == 0xFF9F || unicode.In(r, unicode.Variation_Selector, unicode.Me)
}

func isVoice(r rune) bool { return r == 0x3099 || r == 0x309A }

// isSign reports whether the letter belongs to a script that puts no blanks between words.
func isSign(r rune) bool {
	return r >= 0x2E80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// fold appends a letter as it is compared.
func fold(word []byte, r rune) []byte {
	if r < utf8.RuneSelf {
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return append(word, byte(r))
	}
	r = unicode.ToLower(r)
	if s := spelt(r); s != "" {
		return append(word, s...)
	}
	var in [utf8.UTFMax]byte
	n := utf8.EncodeRune(in[:], r)
	for _, part := range string(norm.NFKD.Bytes(in[:n])) {
		if part >= 0x300 && part <= 0x36F || isVoice(part) || !unicode.In(part, unicode.L, unicode.M, unicode.Nd) {
			continue
		}
		part = unicode.ToLower(part)
		if s := spelt(part); s != "" {
			word = append(word, s...)
		} else {
			word = utf8.AppendRune(word, part)
		}
	}
	return word
}

// spelt is what people type for a letter that is no other one with an accent.
func spelt(r rune) string {
	switch r {
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ø':
		return "o"
	case 'đ', 'ð':
		return "d"
	case 'þ':
		return "th"
	case 'ł':
		return "l"
	case 'ħ':
		return "h"
	case 'ı':
		return "i"
	}
	return ""
}

// foldMail returns an e-mail address as it is compared.
func foldMail(address string) string {
	return strings.ToLower(strings.Trim(address, " \t\r\n<>()[],;:\"'"))
}

func hasDigit(word string) bool {
	for _, r := range word {
		if unicode.IsDigit(r) {
			return true
		}
	}
	return false
}
