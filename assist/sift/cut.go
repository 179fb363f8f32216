package sift

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Terms returns the terms of what was typed, without what they may mean.
func Terms(text string) []Term {
	_, terms := cut(text)
	return terms
}

// cut parts what was typed at its blanks, but for those in quotes, into words and terms.
func cut(text string) (words []string, terms []Term) {
	for from := 0; from < len(text); {
		r, size := utf8.DecodeRuneInString(text[from:])
		if unicode.IsSpace(r) {
			from += size
			continue
		}
		to := from + part(text[from:])
		if t, ok := term(text[from:to]); ok {
			t.From, t.To = from, to
			terms = append(terms, t)
		} else {
			words = append(words, text[from:to])
		}
		from = to
	}
	return words, terms
}

// part returns the length of the part that the text begins with.
func part(text string) int {
	quoted := false
	for i, r := range text {
		switch {
		case quote(r):
			quoted = !quoted
		case unicode.IsSpace(r) && !quoted:
			return i
		}
	}
	if quoted { // a quote that nobody has closed yet quotes what follows only behind a colon
		if colon := strings.IndexByte(text, ':'); colon < 0 || strings.IndexFunc(text, quote) < colon {
			return min(strings.IndexFunc(text+" ", unicode.IsSpace), len(text))
		}
	}
	return len(text)
}

func quote(r rune) bool { return r == '"' || r == '“' || r == '”' }

func term(part string) (Term, bool) {
	name, words, ok := strings.Cut(part, ":")
	if !ok {
		return Term{}, false
	}
	name = strings.ToLower(name)
	f, known := also[name]
	for _, field := range Fields() {
		if string(field) == name {
			f, known = field, true
		}
	}
	words = strings.TrimSpace(strings.Map(func(r rune) rune {
		if quote(r) {
			return -1
		}
		return r
	}, words))
	return Term{Field: f, Words: words}, known
}
