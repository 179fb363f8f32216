package search

// eachWord calls f with every word of a text, as the language's analysis cuts it.
// The slice is only valid during the call. ended reports whether the text goes on
// behind its last word.
func (v *vocabulary) eachWord(text string, f func(word []byte)) (ended bool) {
	c := v.text.Cut(text)
	for c.Next() {
		f(c.Word())
	}
	return !c.Open()
}

const longestWord = 40 // letters; what is longer is no word

// isStop reports whether the word says little about what a question is about.
func (v *vocabulary) isStop(word string) bool { return v.text.Stop(word) }

// stem returns what the forms of a word have in common.
func (v *vocabulary) stem(word string) string { return v.text.Stem(word) }

// eachPart calls f with a number for every run of four letters of ^word$, or of
// ^word when the word may go on. Two different runs share a number only outside the
// basic plane.
func eachPart(word string, goesOn bool, f func(part uint64)) {
	var part uint64 = '^'
	n := 1
	push := func(r rune) {
		part = part<<16 | uint64(r)&0xFFFF
		if n++; n >= partRunes {
			f(part)
		}
	}
	for _, r := range word {
		push(r)
	}
	if !goesOn {
		push('$')
	}
}
