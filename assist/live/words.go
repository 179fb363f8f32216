package live

import (
	"strings"
	"unicode"
)

// plain is a text by which two wordings are compared: without capitals and signs.
func plain(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '\'' && r != '’'
	})
	return strings.NewReplacer("'", "", "’", "").Replace(strings.Join(words, " "))
}

// telling reports whether the words say enough to find something by: two words, at
// least, that are not among the shortest.
func telling(words string) bool {
	n := 0
	for _, w := range strings.Fields(plain(words)) {
		if len(w) > 3 {
			n++
		}
	}
	return n >= 2
}
