package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kljensen/snowball/english"
)

// eachWord calls f with every word of a text in lower case, without apostrophes and
// the accents of western European letters. The blanks of an answer ({{...}}) are
// left out. The slice is only valid during the call. ended reports whether the text
// goes on behind its last word.
func (v *vocabulary) eachWord(text string, f func(word []byte)) (ended bool) {
	var buf [64]byte
	word := buf[:0]
	runes := 0
	flush := func() {
		if len(word) > 0 {
			f(word)
		}
		word, runes = word[:0], 0
	}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if runes < longestWord {
				word = appendFolded(word, r)
			}
			runes++
		case (r == '\'' || r == '’') && runes > 0:
			// "don't" is the word dont, also while it is typed.
		case r == '{' && strings.HasPrefix(text[i:], "{{") && strings.Contains(text[i:], "}}"):
			flush()
			size = strings.Index(text[i:], "}}") + 2
		default:
			flush()
		}
		i += size
	}
	ended = len(word) == 0
	flush()
	return ended
}

const longestWord = 40 // letters; what is longer is no word

const accented = "àáâãäåçèéêëìíîïñòóôõöøùúûüýÿ"
const plain = "aaaaaaceeeeiiiinoooooouuuuyy"

func appendFolded(word []byte, r rune) []byte {
	if r < 0x80 {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return append(word, byte(r))
	}
	if 0x300 <= r && r <= 0x36F { // an accent on its own
		return word
	}
	r = unicode.ToLower(r)
	if r <= 'ÿ' {
		at := 0
		for _, a := range accented {
			if a == r {
				return append(word, plain[at])
			}
			at++
		}
	}
	return append(word, string(r)...)
}

// isStop reports whether the word says little about what a question is about.
func (v *vocabulary) isStop(word string) bool {
	if english.IsStopWord(word) {
		return true
	}
	switch word {
	case "im", "ive", "id", "ill", "dont", "doesnt", "didnt", "cant", "cannot", "could", "couldnt", "would",
		"wouldnt", "wont", "isnt", "arent", "wasnt", "werent", "hasnt", "havent", "hadnt", "shouldnt", "youre",
		"theyre", "its", "thats", "whats", "hows", "wheres", "whens", "whos", "whys", "theres", "hes", "shes", "lets", "may", "might", "must",
		"please", "hi", "hello", "hey", "thanks", "thank", "ok", "okay", "um", "uh", "er", "yes", "yeah",
		"us", "also", "get", "got", "want", "need", "know", "tell", "let", "one", "any", "anyone":
		return true
	}
	return false
}

// stem returns the Porter2 stem.
func (v *vocabulary) stem(word string) string {
	if len(word) > longestWord {
		return word
	}
	return english.Stem(word, true)
}

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
