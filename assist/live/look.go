package live

import (
	"context"
	"errors"
	"slices"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/phone"
)

// looked is what the store says of a caller.
type looked struct {
	t       *talk
	look    uint64
	again   bool // the card was open before
	matches []glance.Match
	profile glance.Profile
	err     error
}

// lookUp asks the store who calls: the customer that the call names, else whoever
// has the number. With wait the desk gives the store a moment, so that the card
// comes in one picture.
func (d *Desk) lookUp(t *talk, wait bool) {
	t.looks++
	t.looking, t.failed = true, false
	ask := looked{t: t, look: t.looks, again: t.card != nil}
	ctx, store, id, n := d.ctx, d.cfg.Store, t.call.Customer, t.number
	if id == "" && n.Withheld {
		t.looking, t.who = false, Withheld
		return
	}
	if t.who == Withheld {
		t.who = Unknown
	}
	work := func() event {
		ask.read(ctx, store, id, n)
		return ask
	}
	if wait {
		d.soon(work)
	} else {
		d.beside(work)
	}
}

func (l *looked) read(ctx context.Context, store Store, id assist.ID, n phone.Number) {
	if id == "" {
		if l.matches, l.err = store.FindByNumber(ctx, n); l.err != nil {
			return
		}
		l.matches = ranked(l.matches)
		if !beyondDoubt(l.matches) {
			return
		}
		id = l.matches[0].Customer.ID
	}
	l.profile, l.err = store.Profile(ctx, id)
}

// beyondDoubt reports whether the first match is the caller: nobody else has the number,
// or nobody else has the extension. Where only the last digits fit, a rep has to look.
func beyondDoubt(matches []glance.Match) bool {
	switch len(matches) {
	case 0:
		return false
	case 1:
		return !matches[0].Tail
	}
	return matches[0].Exact && !matches[1].Exact
}

// ranked leaves out who is there twice, and puts who fits best first, then the latest
// contact.
func ranked(matches []glance.Match) []glance.Match {
	out := make([]glance.Match, 0, len(matches))
	for _, m := range matches {
		if !slices.ContainsFunc(out, func(o glance.Match) bool { return o.Customer.ID == m.Customer.ID }) {
			out = append(out, m)
		}
	}
	slices.SortStableFunc(out, func(a, b glance.Match) int { return b.LastContact.Compare(a.LastContact) })
	return phone.Fitting(out, phone.FitOf)
}

func (l looked) apply(d *Desk) {
	t := l.t
	if l.look != t.looks {
		return
	}
	t.looking = false
	d.changed = true
	defer d.news.name(t)
	if l.err != nil {
		d.notLooked(l)
		return
	}
	d.trouble.look = ""
	if len(l.matches) > 0 {
		t.matches = l.matches
	}
	switch {
	case l.profile.Customer.ID != "":
		d.become(t, l.profile, l.again)
	case len(l.matches) > 0:
		t.who, t.choices = Several, choicesOf(l.matches, d.now())
	default:
		t.who = Unknown
	}
}

// notLooked deals with a store that did not say who calls.
func (d *Desk) notLooked(l looked) {
	t := l.t
	if !errors.Is(l.err, assist.ErrNotFound) {
		t.failed = true
		d.askAt = time.Now().Add(again)
		d.trouble.look = sentence("The caller could not be looked up", l.err)
		return
	}
	if t.fresh || t.call.Customer == "" {
		return
	}
	t.who, t.card, t.profile, t.call.Customer = Unknown, nil, glance.Profile{}, ""
	t.prompts, t.reply = nil, nil
	t.dropLetter()
	d.advise(t)
	if t.number.Withheld {
		t.who = Withheld
	}
}

// refresh reads the customers of the open calls again.
type refresh struct{}

func (refresh) apply(d *Desk) {
	for _, t := range d.talks {
		d.lookUp(t, false)
	}
}

// lookAgain tries what the store refused to tell.
func (d *Desk) lookAgain() {
	if d.askAt.IsZero() || time.Now().Before(d.askAt) {
		return
	}
	d.askAt = time.Time{}
	for _, t := range d.talks {
		if t.failed {
			d.lookUp(t, false)
		}
	}
	if d.trouble.drafts != "" {
		d.readDrafts()
	}
}

func choicesOf(matches []glance.Match, now time.Time) []Choice {
	out := make([]Choice, len(matches))
	for i, m := range matches {
		out[i] = Choice{Customer: m.Customer.ID, Name: titleOf(m.Customer, "", phone.Number{Raw: "Name not known yet"}),
			Company: m.Company, Last: lastContact(m.LastContact, now), Tail: m.Tail}
	}
	return out
}
