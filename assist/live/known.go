package live

import (
	"cmp"
	"slices"
	"strings"

	"ringside/assist"
)

// become makes the caller known: the card pops, and what was done before they
// were known becomes theirs.
func (d *Desk) become(t *talk, p assist.Profile, again bool) {
	again = again && t.profile.Customer.ID == p.Customer.ID
	t.who, t.profile, t.choices = Known, p, nil
	t.call.Customer = p.Customer.ID
	d.recallMade(t)
	d.adopt(t)
	d.draw(t)
	if !again {
		t.prompts = nil
	}
	d.advise(t)
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
	insights := slices.Clone(t.insights)
	for i := range insights {
		if insights[i].Customer != t.call.Customer {
			insights[i].Customer = t.call.Customer
			records = append(records, insights[i])
			t.profile.Insights = append([]assist.Insight{insights[i]}, t.profile.Insights...)
		}
	}
	t.made, t.gaps, t.insights = made, gaps, insights
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
	if t.known() && t.profile.Customer.Unchecked {
		d.rename(t, strings.TrimSpace(name))
	}
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

// rename gives a name to a customer who was made in a call.
func (d *Desk) rename(t *talk, name string) {
	c := t.profile.Customer
	if name == "" || name == c.Name {
		return
	}
	c.Name = name
	if !d.valid("This name", c) {
		return
	}
	t.profile.Customer = c
	d.draw(t)
	d.save("The name", t, c)
	d.changed = true
}
