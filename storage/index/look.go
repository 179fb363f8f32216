package index

import "slices"

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
