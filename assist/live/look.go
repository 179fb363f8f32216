package live

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/phone"
)

// looked is what the store says of a caller.
type looked struct {
	t       *talk
	look    uint64
	again   bool // the card was open before
	matches []assist.Match
	profile assist.Profile
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
		if len(l.matches) != 1 {
			return
		}
		id = l.matches[0].Customer.ID
	}
	l.profile, l.err = store.Profile(ctx, id)
}

// ranked puts the latest contact first and leaves out who is there twice.
func ranked(matches []assist.Match) []assist.Match {
	out := make([]assist.Match, 0, len(matches))
	for _, m := range matches {
		if !slices.ContainsFunc(out, func(o assist.Match) bool { return o.Customer.ID == m.Customer.ID }) {
			out = append(out, m)
		}
	}
	slices.SortStableFunc(out, func(a, b assist.Match) int { return b.LastContact.Compare(a.LastContact) })
	return out
}

func (l looked) apply(d *Desk) {
	t := l.t
	if l.look != t.looks {
		return
	}
	t.looking = false
	d.changed = true
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
	case len(l.matches) > 1:
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
	t.who, t.card, t.profile, t.call.Customer = Unknown, nil, assist.Profile{}, ""
	t.prompts, t.reply = nil, nil
	if t.number.Withheld {
		t.who = Withheld
	}
}

// become makes the caller known: the card pops, and what was done before they
// were known becomes theirs.
func (d *Desk) become(t *talk, p assist.Profile, again bool) {
	again = again && t.profile.Customer.ID == p.Customer.ID
	t.who, t.profile, t.choices = Known, p, nil
	t.call.Customer = p.Customer.ID
	d.recallMade(t)
	d.adopt(t)
	d.draw(t)
	if !again || p.Customer.DoNotAsk {
		t.prompts = nil
		d.offer(t)
	}
	d.search(t)
	if t.gone {
		d.keepMissed(t)
		return
	}
	if !again && t.phase != Ringing {
		d.mark(t)
	}
}

// recallMade takes the promises of this call from the store, for a call that an
// earlier run left.
func (d *Desk) recallMade(t *talk) {
	for _, p := range t.profile.Promises {
		if p.Call == t.call.ID && !slices.ContainsFunc(t.made, func(m assist.Promise) bool { return m.ID == p.ID }) {
			t.made = with(t.made, p)
		}
	}
}

// adopt gives the customer what was promised and asked before the rep knew who it was.
func (d *Desk) adopt(t *talk) {
	var records []assist.Record
	made := slices.Clone(t.made)
	for i := range made {
		if made[i].Customer != t.call.Customer {
			made[i].Customer = t.call.Customer
			records = append(records, made[i])
		}
	}
	gaps := slices.Clone(t.gaps)
	for i := range gaps {
		if gaps[i].Customer != t.call.Customer {
			gaps[i].Customer = t.call.Customer
			records = append(records, gaps[i])
		}
	}
	t.made, t.gaps = made, gaps
	if len(records) > 0 {
		d.save("The promise", t, records...)
	}
}

// draw makes the texts anew that depend on the customer or the team.
func (d *Desk) draw(t *talk) {
	if t.known() {
		t.card = cardOf(t, d.name, d.now())
	}
	d.fillAnswers(t)
}

// newCustomer makes a customer of a caller whom nobody knows, for somebody else to
// fill in later.
func (d *Desk) newCustomer(t *talk, name string) {
	if t.idle() || t.known() {
		return
	}
	now := d.now()
	c := assist.Customer{ID: assist.NewID(now), Name: cmp.Or(strings.TrimSpace(name), t.ring.Name), Unchecked: true}
	if !t.number.Withheld {
		c.Phones = []assist.Phone{{Raw: t.number.Raw, E164: t.number.E164}}
	}
	if c.Name == "" && len(c.Phones) == 0 {
		c.Name = "Caller of " + now.Format("2 January, 15:04")
	}
	if !d.valid("This customer", c) {
		return
	}
	t.looks++
	t.looking, t.failed, t.fresh = false, false, true
	d.touch(t)
	d.become(t, assist.Profile{Customer: c}, false)
	d.save("The new customer", t, c)
	d.changed = true
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

func choicesOf(matches []assist.Match, now time.Time) []Choice {
	out := make([]Choice, len(matches))
	for i, m := range matches {
		out[i] = Choice{Customer: m.Customer.ID, Name: titleOf(m.Customer, "", phone.Number{Raw: "Name not known yet"}),
			Company: m.Company, Last: lastContact(m.LastContact, now)}
	}
	return out
}
