package storage

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"ringside/assist"
	"ringside/assist/phone"
)

// marks are what a person is known by in the words of others.
type marks struct {
	phrases   []string // whole names, in lower case
	words     []string // the parts of names that tell people apart
	addresses []string // of e-mail
	tails     []string // the ends of numbers, which stay the same however they are written
}

const (
	minWord   = 3 // letters of a part of a name
	minAlone  = 5 // of a name that is one word
	minTail   = 7 // digits of a number
	endDigits = 9 // of its end: without the country's code and what is dialled before it
)

// learn takes in what a record of the person says.
func (m *marks) learn(c assist.Customer, region string) {
	for i, name := range []string{c.Name, c.CallMe} {
		words := strings.FieldsFunc(strings.ToLower(name), notLetter)
		if len(words) > 1 || utf8.RuneCountInString(name) >= minAlone {
			m.phrases = with(m.phrases, strings.Join(strings.Fields(strings.ToLower(name)), " "))
		}
		for _, w := range words {
			if i == 0 && utf8.RuneCountInString(w) >= minWord {
				m.words = with(m.words, w)
			}
		}
	}
	for _, e := range c.Emails {
		m.addresses = with(m.addresses, strings.ToLower(strings.TrimSpace(e)))
	}
	for _, p := range c.Phones {
		if n := phone.Kept(p, region); len(n.Digits) >= minTail {
			m.tails = with(m.tails, n.Digits[max(0, len(n.Digits)-endDigits):])
		}
	}
}

func with(list []string, s string) []string {
	if s == "" || slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' }

// nameIn reports whether any part of the name stands in a text as a word.
func (m *marks) nameIn(text string) bool {
	for _, w := range strings.FieldsFunc(strings.ToLower(text), notLetter) {
		if slices.Contains(m.words, strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "’s")) {
			return true
		}
	}
	return false
}

// in reports whether a record has the whole name, a number or an address in its words.
// That another person has the same name is no word of this one.
func (m *marks) in(t assist.Type, raw []byte) bool {
	lower := bytes.ToLower(raw)
	hit := hasTail(raw, m.tails)
	for _, list := range [][]string{m.phrases, m.addresses} {
		for _, p := range list {
			hit = hit || bytes.Contains(lower, []byte(p))
		}
	}
	if !hit {
		return false
	}
	found := false
	in := items{b: raw}
	for range in.count(majorMap) {
		name := string(in.chunk(majorText))
		value := items{b: in.raw()}
		if t == assist.TypeCustomer && (name == "name" || name == "call_me") {
			continue
		}
		value.texts(maxDepth, func(text []byte) { found = found || m.inText(text) })
	}
	return found
}

func (m *marks) inText(text []byte) bool {
	lower := strings.ToLower(string(text))
	for _, p := range m.phrases {
		if hasPhrase(lower, p) {
			return true
		}
	}
	for _, a := range m.addresses {
		if strings.Contains(lower, a) {
			return true
		}
	}
	return hasTail(text, m.tails)
}

// hasPhrase reports whether a phrase stands in a text, not within longer words.
func hasPhrase(text, phrase string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], phrase)
		if i < 0 {
			return false
		}
		from, to := at+i, at+i+len(phrase)
		before, _ := utf8.DecodeLastRuneInString(text[:from])
		after, _ := utf8.DecodeRuneInString(text[to:])
		if !unicode.IsLetter(before) && !unicode.IsLetter(after) {
			return true
		}
		at = from + 1
	}
}

// hasTail reports whether a number that ends so stands in a text, with what people write
// between digits.
func hasTail(text []byte, tails []string) bool {
	if len(tails) == 0 {
		return false
	}
	var digits [endDigits]byte // the last of a number
	n := 0
	ends := func() bool {
		last := string(digits[max(0, endDigits-n):])
		return n >= minTail && slices.ContainsFunc(tails, func(t string) bool { return strings.HasSuffix(last, t) })
	}
	for _, c := range text {
		switch {
		case c >= '0' && c <= '9':
			copy(digits[:], digits[1:])
			digits[endDigits-1] = c
			n++
		case n > 0 && ends():
			return true
		case c == ' ' || c == '-' || c == '.' || c == '/' || c == '(' || c == ')':
		default:
			n = 0
		}
	}
	return ends()
}

// texts calls each with every text in the next item.
func (r *items) texts(depth int, each func([]byte)) {
	if depth == 0 {
		r.bad = true
		return
	}
	start := *r
	major, n := r.head()
	switch {
	case r.bad:
	case major == majorText:
		*r = start
		if text := r.chunk(majorText); !r.bad {
			each(text)
		}
	case major == majorArray || major == majorMap:
		for range n << (major - majorArray) {
			if r.texts(depth-1, each); r.bad {
				return
			}
		}
	default:
		*r = start
		r.skip(depth)
	}
}
