package live

import (
	"cmp"
	"slices"
	"strings"

	"ringside/assist"
	"ringside/assist/glance"
)

// become makes the caller known: the card pops, and what was done before they
// were known becomes theirs.
func (d *Desk) become(t *talk, p glance.Profile, again bool) {
	former := t.profile.Customer.ID
	if again = again && former == p.Customer.ID; again {
		p = withOwn(p, t.profile, t.call.ID)
	}
	t.who, t.profile, t.choices = Known, p, nil
	t.call.Customer = p.Customer.ID
	d.recallMade(t)
	d.adopt(t)
	d.readdress(t, former)
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

// withOwn returns the newer picture of a customer with what was done in this call, which
// the store may not have yet.
func withOwn(p, before glance.Profile, call assist.ID) glance.Profile {
	p.Asked = own(p.Asked, before.Asked, func(a assist.Asked) bool { return a.Call == call })
	p.Heard = own(p.Heard, before.Heard, func(n assist.Note) bool { return n.Call == call })
	p.Insights = own(p.Insights, before.Insights, func(i assist.Insight) bool { return i.Call == call })
	p.Promises, p.Ended = toldStill(p.Promises, before.Promises), toldStill(p.Ended, before.Ended)
	for _, b := range before.Affected {
		i := slices.IndexFunc(p.Affected, func(a assist.Affected) bool { return a.ID == b.ID })
		switch {
		case i < 0 && !b.Told.IsZero():
			p.Affected = with(p.Affected, b)
		case i >= 0 && b.Told.After(p.Affected[i].Told):
			p.Affected = slices.Clone(p.Affected)
			p.Affected[i].Told = b.Told
		}
	}
	return p
}

// own returns the newer list with what the one before has of this call besides, in front.
func own[T assist.Record](list, before []T, ofCall func(T) bool) []T {
	out := slices.Clone(before)
	out = slices.DeleteFunc(out, func(b T) bool {
		_, id := b.Ident()
		return !ofCall(b) || slices.ContainsFunc(list, func(r T) bool { _, other := r.Ident(); return other == id })
	})
	return append(out, list...)
}

// toldStill returns the newer promises with what the customer was told of them meanwhile.
func toldStill(list, before []assist.Promise) []assist.Promise {
	list = slices.Clone(list)
	for i, p := range list {
		for _, b := range before {
			if b.ID == p.ID && b.Told.After(p.Told) {
				list[i].Told = b.Told
			}
		}
	}
	return list
}

// readdress gives the letter that was begun for a stranger to who they turned out to be. A
// letter to somebody else is closed.
func (d *Desk) readdress(t *talk, former assist.ID) {
	switch {
	case t.letter == nil || former == t.call.Customer:
	case former != "":
		t.dropLetter()
	default:
		l := *t.letter
		l.To, l.Kinds = d.lettersTo(t)
		t.letter = &l
	}
}

// adopt gives the customer what was promised, asked and heard before the rep knew who it
// was; insights not, when they did not agree to that.
func (d *Desk) adopt(t *talk) {
	var records []assist.Record
	t.made, records = ofCustomer(t.made, t.call.Customer, func(p *assist.Promise) *assist.ID { return &p.Customer })
	gaps := slices.Clone(t.gaps)
	for i := range gaps {
		if gaps[i].Customer != t.call.Customer {
			gaps[i].Customer = t.call.Customer
			if own := wording(gaps[i].Text, t.profile.Customer); gaps[i].How != "" && t.asks(own) {
				gaps[i].Text = own
			} else if gaps[i].How != "" && gaps[i].Closed.IsZero() {
				gaps[i].Closed = d.now() // it was their name
			}
			records = append(records, gaps[i])
		}
	}
	insights := slices.Clone(t.insights)
	whose := t.call.Customer
	if !t.agreed() {
		whose = ""
	}
	for i := range insights {
		if insights[i].Customer == whose {
			continue
		}
		insights[i].Customer = whose
		records = append(records, insights[i])
		if whose != "" {
			t.profile.Insights = append([]assist.Insight{insights[i]}, t.profile.Insights...)
		}
	}
	var more []assist.Record
	t.praised, more = ofCustomer(t.praised, t.call.Customer, func(k *assist.Kudos) *assist.ID { return &k.Customer })
	records = append(records, more...)
	t.flags, more = ofCustomer(t.flags, t.call.Customer, func(f *assist.Flag) *assist.ID { return &f.Customer })
	records = append(records, more...)
	t.gaps, t.insights = gaps, insights
	if len(records) > 0 {
		d.save("The promise", t, records...)
	}
}

// ofCustomer gives records to a customer, and says which are changed by that.
func ofCustomer[T assist.Record](list []T, customer assist.ID, whose func(*T) *assist.ID) (out []T, changed []assist.Record) {
	out = slices.Clone(list)
	for i := range out {
		if of := whose(&out[i]); *of != customer {
			*of = customer
			changed = append(changed, out[i])
		}
	}
	return out, changed
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
	d.become(t, glance.Profile{Customer: c}, false)
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
