package live

import (
	"slices"
	"strings"
	"unicode"

	"ringside/assist"
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
	own := strings.Fields(lang.Fold(name))
	var out []string
	for _, w := range strings.Fields(heard) {
		private := strings.ContainsFunc(w, unicode.IsNumber) || strings.Contains(w, "@") || isOwn(w, own)
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

// isOwn reports whether a word is made of parts of a name, and may say that
// something is theirs.
func isOwn(word string, own []string) bool {
	word = strings.TrimSuffix(strings.ReplaceAll(word, "’", "'"), "'s")
	parts := strings.Fields(lang.Fold(word))
	return len(parts) > 0 && !slices.ContainsFunc(parts, func(p string) bool { return !slices.Contains(own, p) })
}

// unspaced reports whether a word is of a script that puts no blanks between words,
// so that it can stand within another.
func unspaced(word string) bool {
	return strings.ContainsFunc(word, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
	})
}
