package search

import (
	"unicode"
	"unicode/utf8"
)

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

// bridge finds, where words are pairs of letters that overlap, the pairs that nobody
// knows because they reach from one word into the next. They say little. A pair at
// the end does so only when its last letter is a small word of its own.
func (v *vocabulary) bridge(words []word) {
	before := false
	for i := range words {
		w := &words[i]
		known := w.known >= 0 || w.stop
		if !known && w.joint {
			if i+1 < len(words) && words[i+1].joint {
				w.stop = before || words[i+1].known >= 0 || words[i+1].stop
			} else {
				r, _ := utf8.DecodeLastRuneInString(w.text)
				w.stop = before && v.isStop(string(r))
			}
		}
		before = known
	}
}

// eachPart calls f with a number for every run of four letters of ^word$, or of
// ^word when the word may go on; the parts of a Chinese or Korean word are its letters,
// each of which means something. Two different parts share a number only outside
// the basic plane.
func eachPart(word string, goesOn bool, f func(part uint64)) {
	if syllabic(word) {
		for _, r := range word {
			f(uint64(r) & 0xFFFF)
		}
		return
	}
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

// syllabic reports whether each letter of a word is a syllable with a meaning.
func syllabic(word string) bool {
	if word == "" || word[0] < 0xE3 {
		return false
	}
	for _, r := range word {
		if !unicode.In(r, unicode.Han, unicode.Hangul) {
			return false
		}
	}
	return true
}
