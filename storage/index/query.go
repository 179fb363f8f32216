package index

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
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

type parser struct {
	q       Query
	numbers Numbers
	odd     bool // there is a number or an address in it
}

func (p *parser) fields(fields []string) {
	for i := 0; i < len(fields); {
		if p.numbers != nil && isFigures(fields[i]) {
			end := i + 1
			for end < len(fields) && isFigures(fields[end]) {
				end++
			}
			p.figures(fields[i:end])
			i = end
			continue
		}
		if address := foldMail(fields[i]); p.numbers != nil && strings.Contains(address, "@") {
			p.mail(address)
		} else {
			eachWord(fields[i], func(w []byte) { p.word(string(w)) })
		}
		i++
	}
}

func isFigures(s string) bool {
	digits := 0
	for _, r := range s {
		switch {
		case unicode.IsDigit(r):
			digits++
		case !strings.ContainsRune("+-().,/", r):
			return false
		}
	}
	return digits > 0
}

// figures takes in groups of figures that stand together.
func (p *parser) figures(groups []string) {
	all := strings.Join(groups, " ")
	digits := 0
	for _, r := range all {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	if digits >= minJoined || strings.HasPrefix(all, "+") {
		p.number(all)
		return
	}
	for _, g := range groups {
		eachWord(g, func(w []byte) { p.word(string(w)) })
	}
}

func (p *parser) number(typed string) {
	p.odd = true
	w := word{typed: typed}
	w.ways = numberWays(typed, p.numbers)
	digits := strings.Map(func(r rune) rune {
		if isNumber(string(r)) {
			return r
		}
		return -1
	}, typed)
	if digits != "" {
		w.ways = append(w.ways, pattern{Beside, beginning, spaceNameCode, digits}, pattern{Beside, beginning, spaceMoreCode, digits})
	}
	p.add(w)
}

func isNumber(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func numberWays(typed string, numbers Numbers) (ways []pattern) {
	full, begins, ends := numbers(typed)
	if full != "" {
		ways = append(ways, pattern{Sure, whole, spaceNumber, full})
	}
	for _, b := range begins {
		ways = append(ways, pattern{Begins, beginning, spaceNumber, b}, pattern{Begins, beginning, spaceNational, b})
	}
	for _, e := range ends {
		if len(e) >= minTail {
			ways = append(ways, pattern{Begins, beginning, spaceTail, reverse(e)})
		}
	}
	return ways
}

func (p *parser) mail(address string) {
	p.odd = true
	address = strings.TrimPrefix(address, "@")
	if address == "" {
		return
	}
	p.add(word{address, []pattern{{Sure, whole, spaceMail, address}, {Begins, beginning, spaceMail, address}}})
}

func (p *parser) word(text string) {
	w := word{typed: text}
	name, more := byte(spaceName), byte(spaceMore)
	digits := hasDigit(text)
	if digits {
		name, more = spaceNameCode, spaceMoreCode
	}
	w.ways = []pattern{{Exact, whole, name, text}, {Begins, beginning, name, text}}
	if !digits {
		w.ways = append(w.ways, pattern{Begins, beginning, spaceNameCode, text}, pattern{Beside, beginning, spaceMoreCode, text})
	}
	w.ways = append(w.ways, pattern{Beside, beginning, more, text}, pattern{Beside, beginning, spaceMail, text})
	if p.numbers != nil && isNumber(text) {
		w.ways = append(numberWays(text, p.numbers), w.ways...)
		slices.SortStableFunc(w.ways, func(a, b pattern) int { return int(a.tier - b.tier) })
	}
	if !digits && len(text) >= shortestInner {
		w.ways = append(w.ways, pattern{Inside, inside, name, text}, pattern{Inside, inside, more, text})
	}
	if !digits && utf8.RuneCountInString(text) >= shortestTypo {
		w.ways = append(w.ways, pattern{Typo, typo, name, text}, pattern{Typo, typo, more, text})
	}
	p.add(w)
}

func (p *parser) add(w word) {
	if len(p.q.words) < maxWords && !slices.ContainsFunc(p.q.words, func(x word) bool { return x.typed == w.typed }) {
		p.q.words = append(p.q.words, w)
	}
}

// Hit says how a record fits.
type Hit struct {
	Tier  Tier
	Words []Fit // one for each word that was typed
}

// Fit is how one typed word fits.
type Fit struct {
	Typed string
	Tier  Tier   // Most when it does not fit
	Term  string // the word that it fits, folded; figures of a number in their order
	Tail  bool   // it is the end of a number
	Kind  Kind
}

// Kind is what a word was found in.
type Kind int

// The kinds of what a word is found in.
const (
	InWords Kind = iota
	InMail
	InNumber
)

// Look says how a record fits; ok is false when it does not.
func (q Query) Look(terms Terms) (h Hit, ok bool) {
	missing, weak, long := 0, false, false
	for _, w := range q.words {
		f := w.look(terms)
		h.Words = append(h.Words, f)
		if f.Tier == Most {
			missing++
		} else {
			long = long || len(f.Typed) >= shortestInner
			weak = weak || f.Tier > Beside
		}
		h.Tier = max(h.Tier, f.Tier)
	}
	if q.full != "" && slices.Contains(terms, string(rune(spaceFull))+q.full) {
		h.Tier = Sure
	}
	return h, len(q.words) > 0 && (missing == 0 || missing == 1 && long && !weak)
}

func (w word) look(terms Terms) Fit {
	f := Fit{Typed: w.typed, Tier: Most}
	for _, p := range w.ways {
		if p.tier >= f.Tier {
			continue
		}
		for _, t := range terms {
			if p.fits(t) {
				f.found(p, t)
				break
			}
		}
	}
	return f
}

func (f *Fit) found(p pattern, term string) {
	f.Tier, f.Term, f.Tail, f.Kind = p.tier, term[1:], false, InWords
	switch p.space {
	case spaceMail:
		f.Kind = InMail
	case spaceTail:
		f.Term, f.Tail, f.Kind = reverse(term[1:]), true, InNumber
	case spaceNumber, spaceNational:
		f.Kind = InNumber
	}
}

// In returns where in a text the first word stands by which it was found; 0 when none
// of them is in it.
func (h Hit) In(text string) int {
	found := -1
	eachWordAt(text, func(w []byte, at int) {
		for _, f := range h.Words {
			if found < 0 && f.Tier != Most && f.Term == string(w) {
				found = at
			}
		}
	})
	return max(found, 0)
}
