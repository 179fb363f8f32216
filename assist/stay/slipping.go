package stay

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"ringside/assist"
)

// Prompt is what assist.Asked remembers under that somebody is not slipping.
const Prompt assist.ID = "slipping"

const (
	// fresh is how long a promise that was not kept, or a rival, is a reason.
	fresh = 90 * 24 * time.Hour
	// goneLately is for how many days somebody who is gone is still told of.
	goneLately = 90
	// halfYear is how long orders are counted over, and before it again.
	halfYear = 182
	// fewestOrders is how many orders there must have been before they can fall.
	fewestOrders = 3
)

// Why is what makes us think that a customer slips away.
type Why string

// The reasons, the most pressing first.
const (
	Broken  Why = "a promise was not kept"
	Rival   Why = "named a rival"
	Silent  Why = "no contact"
	Falling Why = "orders fell"
)

// Reason is one reason in words, with what it rests on.
type Reason struct {
	Why   Why
	Words string
	At    time.Time // since when it stands: a real contact afterwards makes an end of it
	Of    []assist.Ref
}

// Slip is a customer who slips away.
type Slip struct {
	Customer assist.ID
	Reasons  []Reason // the most pressing first
	Gone     bool
	Last     time.Time // the latest contact
	LastOf   assist.Ref
	Rhythm   string // how often they are in touch, and how that is known
	Worth    Worth
}

// slipping returns the customers who slip away: the highest fifth of value first, then
// who brought most in the same currency.
func (t *Tally) slipping(here []settled) (out []Slip) {
	worths := t.worths(here)
	type ranked struct {
		Slip
		worth
	}
	var list []ranked
	for i, s := range here {
		silence := t.today - s.days[len(s.days)-1]
		gone := silence > s.rhythm.gone()
		if silence > s.rhythm.gone()+goneLately {
			continue
		}
		reasons := slices.DeleteFunc(t.reasons(s, silence, worths[i].money), func(r Reason) bool { return s.seenTo(r) })
		if len(reasons) == 0 {
			continue
		}
		list = append(list, ranked{Slip{Customer: s.id, Reasons: reasons, Gone: gone, Last: s.lastAt, LastOf: s.last, Rhythm: s.rhythm.words(), Worth: t.tell(worths[i])}, worths[i]})
	}
	slices.SortFunc(list, func(a, b ranked) int {
		return cmp.Or(b.value-a.value, cmp.Compare(a.Worth.Currency, b.Worth.Currency), cmp.Compare(b.net, a.net), len(b.Reasons)-len(a.Reasons),
			cmp.Compare(a.Customer, b.Customer))
	})
	for _, r := range list {
		out = append(out, r.Slip)
	}
	return out
}

// seenTo reports whether somebody has been in touch since the reason came up, has promised
// to be, or has said that it is none.
func (s settled) seenTo(r Reason) bool {
	return s.lastAt.After(r.At) || !s.promised.Before(r.At) || !s.dismissed.Before(r.At)
}

func (t *Tally) reasons(s settled, silence day, money int32) (out []Reason) {
	slices.SortFunc(s.troubles, func(a, b trouble) int { return cmp.Or(b.at.Compare(a.at), cmp.Compare(a.id, b.id)) })
	for _, b := range s.troubles {
		out = append(out, Reason{Why: Broken, At: b.at, Of: []assist.Ref{{Type: assist.TypePromise, ID: b.id}},
			Words: fmt.Sprintf("A promise was not kept by %s, and they have not heard from us since: %s", b.at.Add(-time.Second).In(t.now.Location()).Format("2 January"), b.text)})
	}
	if n := s.rival; !n.at.IsZero() && t.day(s.lastAt) <= t.day(n.at) {
		who := cmp.Or(n.rival, "a rival")
		out = append(out, Reason{Why: Rival, At: maxTime(n.at, s.lastAt), Of: n.of,
			Words: fmt.Sprintf("They named %s on %s, and nobody has been in touch since.", who, n.at.In(t.now.Location()).Format("2 January"))})
	}
	out = append(out, t.silent(s, silence)...)
	return append(out, t.falling(s, silence, money)...)
}

// silent is a reason only for those whose rhythm is known: without it nobody can tell a
// silence that means something.
func (t *Tally) silent(s settled, silence day) []Reason {
	limit, words := s.rhythm.quiet(), "No contact for %s. "
	if s.rhythm.usual == 0 || silence <= limit {
		return nil
	}
	if silence > s.rhythm.gone() {
		limit, words = s.rhythm.gone(), "Gone: no contact for %s. "
	}
	return []Reason{{Why: Silent, At: t.midnight(t.today - silence + limit + 1), Of: []assist.Ref{s.last},
		Words: fmt.Sprintf(words, count(int(silence), "day")) + s.rhythm.words()}}
}

// falling compares the orders of half a year with those of the half before. While there
// was a contact within 30 days, it says nothing.
func (t *Tally) falling(s settled, silence day, money int32) []Reason {
	if silence < quietDays {
		return nil
	}
	var n [2]int
	var net [2]int64
	var of []assist.Ref
	for _, o := range slices.Backward(s.orders) {
		half := (t.today - o.at) / halfYear
		if half > 1 || o.money != money {
			continue
		}
		net[half] += o.value
		if o.value >= 0 {
			n[half]++
		}
		if len(of) < 5 {
			of = append(of, assist.Ref{Type: assist.TypeOrder, ID: o.id})
		}
	}
	fell := 2*net[0] <= net[1]
	if net[1] <= 0 {
		fell = net[0] <= 0 && 2*n[0] <= n[1] // no value is known
	}
	if n[1] < fewestOrders || !fell {
		return nil
	}
	worth := func(i int) string {
		if net[1] <= 0 {
			return count(n[i], "order")
		}
		return count(n[i], "order") + " for " + Money(net[i], t.names[money])
	}
	return []Reason{{Why: Falling, At: t.midnight(t.today - silence + quietDays), Of: of,
		Words: fmt.Sprintf("Orders fell: %s in the last half year, %s in the half year before. Money back is taken off.", worth(0), worth(1))}}
}

func (r rhythm) words() string {
	if r.usual == 0 {
		return fmt.Sprintf("Not enough yet to know how often they are in touch as a rule: %s, and %d are needed.", count(r.gaps, "interval"), fewestGaps)
	}
	return fmt.Sprintf("As a rule they are in touch every %s (the median of %s; contacts within a week are one).", count(int(r.usual), "day"), count(r.gaps, "interval"))
}

func maxTime(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
