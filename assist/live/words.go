package live

import lang "ringside/assist/search/text"

// telling reports whether the words say enough to find something by: two words, at
// least, of those that say what a question is about.
func telling(words, language string) bool {
	a := lang.For(language)
	n := 0
	for c := a.Cut(words); c.Next(); {
		if w := string(c.Word()); len(w) > 1 && !a.Stop(w) {
			n++
		}
	}
	return n >= 2
}
