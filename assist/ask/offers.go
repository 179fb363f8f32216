package ask

import (
	"cmp"
	"iter"
	"slices"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/search/text"
)

const matchDays = 180 // how long what somebody told of is still theirs

func inOrder(deals []assist.Deal) []assist.Deal {
	out := slices.Clone(deals)
	slices.SortFunc(out, func(a, b assist.Deal) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// parity is due while new customers get what this one, who has been with us for a year
// and more, does not have.
func (t *Team) parity(s scene) (out []Move) {
	c := s.Customer
	if s.quiet(assist.Offers) || c.Since.IsZero() || cmp.Or(c.Kind, assist.KindCustomer) != assist.KindCustomer {
		return nil
	}
	years := wholeYears(c.Since, s.now)
	if years < 1 {
		return nil
	}
	for _, d := range t.deals {
		product, fits := fitting(d, c)
		if !fits || !runs(d.From, d.Until, s.now) || slices.Contains(c.Deals, d.ID) {
			continue
		}
		why := "fair to those who stay: with us since " + dateText(c.Since)
		if product != "" {
			why += ", has the " + product
		}
		if !d.Until.IsZero() {
			why += "; runs until " + dateText(d.Until)
		}
		out = append(out, Move{Kind: Parity, ID: moveID(Parity, string(d.ID)), Text: "New customers get " + quoted(d.Title, 60) + "; they have been with us " +
			count(years, "year") + " and do not have it", Why: why})
	}
	return out
}

// fitting returns which of their products a deal is for; one for any product fits all.
func fitting(d assist.Deal, c assist.Customer) (product string, fits bool) {
	for _, o := range c.Owns {
		if o.Ours() && slices.ContainsFunc(d.Products, func(p string) bool { return text.Fold(p) == text.Fold(o.Name) }) {
			return line(o.Name), true
		}
	}
	return "", len(d.Products) == 0
}

// use is what a product of ours is for: the words of each phrase that say something, by
// their stems.
type use []situation

type situation struct {
	phrase string
	stems  []string
}

var english = text.For("en")

// stemsOf gives the stems of the words that say something, and with which letters they
// begin; those that begin otherwise are left out unless begun is nil.
func stemsOf(s string, begun map[[3]byte]bool) iter.Seq2[string, [3]byte] {
	return func(yield func(string, [3]byte) bool) {
		c := english.Cut(s)
		for c.Next() {
			b := beginning(c.Word())
			if begun != nil && !begun[b] {
				continue
			}
			if word := string(c.Word()); !english.Stop(word) && !yield(english.Stem(word), b) {
				return
			}
		}
	}
}

// beginning returns the first letters of a word, which its stem has, too; but dying is a
// form of die, and tried of try.
func beginning(word []byte) (b [3]byte) {
	copy(b[:], word)
	for i := range b[1:] {
		if b[1+i] == 'y' {
			b[1+i] = 'i'
		}
	}
	if b[1] == 'i' && (b[2] == 'i' || b[2] == 'e') {
		b[2] = 0
	}
	return b
}

func (t *Team) takeUse(s assist.Subject) {
	if s.Kind != assist.AboutProduct {
		return
	}
	var u use
	for _, phrase := range s.For {
		k := situation{phrase: line(phrase)}
		for stem, b := range stemsOf(phrase, nil) {
			k.stems = append(k.stems, stem)
			t.begun[b] = true
		}
		if len(k.stems) > 0 {
			u = append(u, k)
		}
	}
	if len(u) == 0 {
		return
	}
	for _, name := range append([]string{s.Name}, s.Also...) {
		t.uses[text.Fold(name)] = u
	}
}

// match is due when they told of a situation that a product of ours is for, and others
// near them have it. Who did not consent to be remembered is not reminded.
func (t *Team) match(s scene) (out []Move) {
	if s.quiet(assist.Offers) || s.Customer.NoConsent || len(t.uses) == 0 {
		return nil
	}
	var told []told
	for _, n := range s.Nearby {
		u, ok := t.uses[text.Fold(n.Product)]
		if !ok || slices.ContainsFunc(s.Customer.Owns, func(o assist.Product) bool { return text.Fold(o.Name) == text.Fold(n.Product) }) {
			continue
		}
		if told == nil {
			told = s.told(t.begun)
		}
		for _, x := range told {
			if about, ok := u.in(x); ok {
				out = append(out, matched(n, about, x, s.now))
				break
			}
		}
	}
	return out
}

func matched(n glance.Nearby, about string, x told, now time.Time) Move {
	who := "a neighbour has"
	if n.Household {
		who = "somebody of their house has"
	}
	why := "just said: "
	if !x.at.IsZero() {
		why = "said on " + day(x.at, now) + ": "
	}
	return Move{Kind: Match, ID: moveID(Match, text.Fold(n.Product)), Text: "They spoke of " + quoted(about, 60) + ": " + who + " the " + line(n.Product),
		Why: why + quoted(x.text, 80)}
}

// told is something that they said, with the stems of those of its words that begin as
// one that is looked for.
type told struct {
	at    time.Time // zero: in this call
	text  string
	stems map[string]bool
}

// told returns what they said of late, the latest first.
func (s scene) told(begun map[[3]byte]bool) []told {
	out := []told{}
	add := func(at time.Time, words string) {
		x := told{at, words, map[string]bool{}}
		for stem := range stemsOf(words, begun) {
			x.stems[stem] = true
		}
		out = append(out, x)
	}
	for _, said := range slices.Backward(s.call.Said) {
		add(time.Time{}, said)
	}
	for _, notes := range [][]assist.Note{s.Notes, s.Heard} {
		for _, n := range notes {
			if within(n.At, matchDays, s.now) {
				add(n.At, n.Text)
			}
		}
	}
	slices.SortStableFunc(out[len(s.call.Said):], func(a, b told) int { return b.at.Compare(a.at) })
	return out
}

// in returns the situation that was told of.
func (u use) in(x told) (phrase string, ok bool) {
	for _, k := range u {
		if !slices.ContainsFunc(k.stems, func(stem string) bool { return !x.stems[stem] }) {
			return k.phrase, true
		}
	}
	return "", false
}
