package compose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// line returns the text on one line, with single blanks and without what cannot
// be shown.
func line(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// sentence begins with a capital letter.
func sentence(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 || r == utf8.RuneError {
		return s
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// clip shortens s to at most most letters, at the end of a word where there is one.
func clip(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	cut := string([]rune(s)[:most-1])
	if i := strings.LastIndexByte(cut, ' '); i > most/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:.-") + "…"
}

// short is the line of a text of any length, clipped to most letters.
func short(s string, most int) string {
	if enough := 8 * most; len(s) > enough { // the rest would only be thrown away
		s = strings.ToValidUTF8(s[:enough], "")
	}
	return clip(line(s), most)
}

// firstSentence returns the first sentence of a text, on one line, without its stop.
func firstSentence(s string) string {
	s = line(s)
	for i, r := range s {
		if (r == '.' || r == '!' || r == '?') && (i+1 == len(s) || s[i+1] == ' ') && i > 3 {
			return strings.TrimRight(s[:i+1], ".")
		}
	}
	return s
}
