package live

import (
	"slices"
	"strings"

	"ringside/assist"
)

// turns implements turn.
func (PromiseUse) turns() {}

func (u PromiseUse) apply(d *Desk) { d.promise(d.front, u) }

// promisedIn is a promise in the call of a View; for a call that has gone it is none.
type promisedIn struct {
	call assist.ID
	PromiseUse
}

func (p promisedIn) apply(d *Desk) {
	if t := d.named(p.call, true); t != nil {
		d.promise(t, p.PromiseUse)
	}
}

// promise keeps or refuses what is offered in a call, or makes one by hand.
func (d *Desk) promise(t *talk, u PromiseUse) {
	d.trouble.refused = ""
	d.changed = true
	if u.Refuse {
		if t.offered != nil && (u.Text == "" || u.Text == t.offered.Text) {
			d.settle(t)
		}
		return
	}
	meant := t.offered != nil && (u.Text == "" || u.Text == t.offered.Text || u.Due.Equal(t.offered.Due))
	if u.Text == "" && meant {
		u.Text, u.Due, u.AllDay = t.offered.Text, t.offered.Due, t.offered.AllDay
	}
	now := d.now()
	p := assist.Promise{ID: assist.NewID(now), Rep: d.cfg.Me.ID, Text: strings.TrimSpace(u.Text), Made: now, Due: u.Due, AllDay: u.AllDay}
	if p.Text == "" || !d.valid("This promise", p) {
		return
	}
	t = d.hand(t)
	d.touch(t)
	p.Customer, p.Call = t.call.Customer, t.call.ID
	t.made = with(t.made, p)
	if meant {
		d.settle(t)
	}
	d.fillAnswers(t)
	d.save("The promise", t, p)
}

// settle takes the offer away and never offers its words again in this call.
func (d *Desk) settle(t *talk) {
	if t.words != "" {
		t.settled = with(t.settled, t.words)
	}
	d.offerPromise(t, nil, "")
	d.readNote(t)
}

// keepPromise marks an open promise of the card or of this call as kept.
func (d *Desk) keepPromise(t *talk, id assist.ID) {
	now := d.now()
	var p assist.Promise
	made := slices.Clone(t.made)
	for i := range made {
		if made[i].ID == id && made[i].Open() {
			made[i].Kept = now
			p = made[i]
		}
	}
	for _, q := range t.profile.Promises {
		if p.ID == "" && q.ID == id && q.Open() && !t.kept[id] {
			p = q
			p.Kept = now
		}
	}
	if p.ID == "" {
		return
	}
	t.made = made
	t.kept[id] = true
	d.advise(t)
	d.save("The kept promise", t, p)
	d.changed = true
}
