package live

import (
	"strings"
	"unicode"

	"ringside/assist"
	"ringside/assist/compose/mask"
	lang "ringside/assist/search/text"
)

// telling reports whether the words say enough to find something by: two words, at
// least, of those that say what a question is about.
func telling(words, language string) bool {
	return lang.For(language).Telling(words) >= 2
}

// wording is what everybody may see of what a customer said: without words that
// hold digits, addresses of e-mail and the customer's own name.
func wording(heard string, c assist.Customer) string {
	name := c.Name + " " + c.CallMe
	for _, part := range strings.Fields(name) {
		if unspaced(part) {
			heard = strings.ReplaceAll(heard, part, " ")
		}
	}
	own := mask.OwnOf(c)
	var out []string
	for _, w := range strings.Fields(heard) {
		private := strings.ContainsFunc(w, unicode.IsNumber) || strings.Contains(w, "@") || own.Has(w)
		if private {
			continue
		}
		if total(append(out, w)) > longestWording {
			break
		}
		out = append(out, w)
	}
	return strings.Join(out, " ")
}

// unspaced reports whether a word is of a script that puts no blanks between words,
// so that it can stand within another.
func unspaced(word string) bool {
	return strings.ContainsFunc(word, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
	})
}
