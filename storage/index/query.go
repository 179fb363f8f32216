package index

import (
	"strings"
	"unicode"
)

// Tier says how well a record fits, the best first.
type Tier int

// The tiers. A record is in the worst tier of the words that were typed, each of
// which counts by the word that it fits best.
const (
	Sure   Tier = iota // the whole text was meant for it
	Exact              // whole words of its name or text
	Begins             // beginnings of such words, or a part of a number
	Beside             // words of what else is known of it
	Inside             // a part of a word
	Typo               // misspelt
	Most               // all words but one, and those no worse than Beside
)

const (
	maxWords  = 8   // words of a query that count
	maxTyped  = 400 // letters of a query that are read
	minTail   = 4   // figures that the end of a number must have to be found
	minJoined = 6   // figures that make one number of several groups of them
)

type mode int

const (
	whole mode = iota
	beginning
	inside
	typo
)

// pattern is one way in which a term may fit.
type pattern struct {
	tier  Tier
	mode  mode
	space byte
	text  string
}

func (p pattern) fits(term string) bool {
	if term[0] != p.space {
		return false
	}
	switch p.mode {
	case whole:
		return term[1:] == p.text
	case beginning:
		return strings.HasPrefix(term[1:], p.text)
	case inside:
		return strings.Contains(term[1:], p.text)
	}
	return misspelt(p.text, term[1:])
}

// word is one word that was typed, and all ways in which it may fit, by tier.
type word struct {
	typed string
	ways  []pattern
}

// Query is what was typed, taken apart.
type Query struct {
	words []word
	full  string // the whole as the full name that it would be; empty when it is none
}

// Numbers reads a number that was typed, or the beginning of one: whole is its figures
// with the country code, empty unless it is complete; begins are figures with which
// the number may begin, with or without the country code; ends are those with which
// it may end.
type Numbers func(typed string) (whole string, begins, ends []string)

// Parse takes what was typed apart. Groups of figures make one number when numbers is
// not nil; else they are words, as in a note.
func Parse(text string, numbers Numbers) Query {
	if n := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsSpace(r) }); n > 0 {
		text = text[n:]
	}
	text = firstRunes(text, maxTyped)
	p := parser{numbers: numbers}
	if numbers != nil && isWritten(text) {
		p.number(text)
		return p.q
	}
	p.fields(strings.Fields(text))
	if !p.odd {
		p.q.full = fullName(text)
	}
	return p.q
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// isWritten reports whether all of the text is one number with the few letters that
// people and programs write with it: "tel:", "ext. 12".
func isWritten(text string) bool {
	letters, digits := 0, 0
	for _, r := range text {
		switch {
		case r == '@':
			return false // 12345678@qq.c is going to be an address
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			letters++
		}
	}
	return letters > 0 && letters <= 4 && digits >= minNumber && strings.ContainsAny(text, ":x. ")
}

const minNumber = 7

// Empty reports whether there is nothing to look for.
func (q Query) Empty() bool { return len(q.words) == 0 }
