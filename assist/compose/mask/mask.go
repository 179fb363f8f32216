// Package mask takes out of a text what nobody outside needs to see, before a model
// gets it, and puts it back into what the model writes: names, numbers, addresses and
// e-mail become tokens such as [name 1].
package mask

import (
	"fmt"
	"slices"
	"strings"

	"ringside/assist/glance"
)

// Private is what is known to be private in a text. What looks like a number or an
// e-mail address is masked whether it is known or not.
type Private struct {
	Names   []string // whole names of people and companies, and how they like to be called
	Places  []string // postal addresses, and cities
	Numbers []string // numbers of any kind, also short ones, as they were written
}

// PrivateOf returns what is private of a customer, with the names of our reps.
func PrivateOf(p glance.Profile, reps ...string) Private {
	c := p.Customer
	out := Private{
		Names:  append([]string{c.Name, c.CallMe, p.Company.Name}, reps...),
		Places: []string{c.Address, c.City, p.Company.City, p.Company.Web, site(p.Company.Web)},
	}
	for _, n := range append(slices.Clone(c.Phones), p.Company.Phones...) {
		out.Numbers = append(out.Numbers, n.Raw, n.E164)
	}
	for _, id := range append(slices.Clone(c.External), p.Company.External...) {
		_, own, found := strings.Cut(id, ":") // "hubspot:1234"
		if !found {
			own = id
		}
		out.Numbers = append(out.Numbers, own)
	}
	return out
}

// site returns a web address without what comes before its host.
func site(web string) string {
	_, rest, found := strings.Cut(web, "://")
	if !found {
		rest = web
	}
	return strings.TrimSuffix(strings.TrimPrefix(rest, "www."), "/")
}

// Masks remembers what stands behind the tokens of one text. It never changes, and any
// goroutine may use it. The zero Masks puts nothing back.
type Masks struct {
	words map[string]string // by token, as canonical writes it
}

// kind is what a token stands for; it is also the word in it.
type kind string

const (
	name   kind = "name"
	place  kind = "place"
	number kind = "number"
	email  kind = "email"
	token  kind = "text" // a token that stood in the text already
)

// Mask replaces what is private by tokens. The same thing has the same number all
// through, and other writings of it a letter behind: [name 1] for "Mary Shaw", [name
// 1a] for "Mary". Back gives the text again, byte for byte.
func Mask(text string, known Private) (string, Masks) {
	m := Masks{words: map[string]string{}}
	given := map[string]string{} // the token of a writing
	things := map[kind]map[string]int{}
	writings := map[string]int{}
	var out strings.Builder
	at := 0
	for _, s := range spansOf(text, known) {
		wrote := text[s.from:s.to]
		t, ok := given[string(s.kind)+wrote]
		if !ok {
			if things[s.kind] == nil {
				things[s.kind] = map[string]int{}
			}
			n, again := things[s.kind][s.thing]
			if !again {
				n = len(things[s.kind]) + 1
				things[s.kind][s.thing] = n
			}
			thing := fmt.Sprintf("%s %d", s.kind, n)
			t = "[" + thing + letters(writings[thing]) + "]"
			writings[thing]++
			given[string(s.kind)+wrote] = t
			m.words[t] = wrote
		}
		out.WriteString(text[at:s.from])
		out.WriteString(t)
		at = s.to
	}
	out.WriteString(text[at:])
	return out.String(), m
}

// letters gives "", "a", "b" ... "z", "aa".
func letters(n int) string {
	out := ""
	for ; n > 0; n = (n - 1) / 26 {
		out = string(rune('a'+(n-1)%26)) + out
	}
	return out
}

// Back puts what is private in the place of its tokens, also where a model wrote them
// a little differently: [Name 1], [ name 1 ], [name-1]. A token that Mask never gave
// stays as it is.
func (m Masks) Back(text string) string {
	return tokens.ReplaceAllStringFunc(text, func(t string) string {
		if words, ok := m.words[canonical(t)]; ok {
			return words
		}
		return t
	})
}
