package live

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/compose"
	"ringside/assist/glance"
	"ringside/assist/phone"
)

// peeked is a record that was read for the rep to look at.
type peeked struct {
	t      *talk
	look   uint64
	want   FoundUse
	record assist.Record
	whose  glance.Profile
	err    error
}

// look shows a record in place: what the list says of it at once, all of it when it
// has been read.
func (d *Desk) look(t *talk, u FoundUse) {
	row := Peek{Type: u.Type, ID: u.ID}
	if i := slices.IndexFunc(t.besides, func(f glance.Found) bool { return f.Type == u.Type && f.ID == u.ID }); i >= 0 {
		f := t.besides[i]
		row.Customer, row.Title, row.Sub = f.Customer, f.Title, f.Text
	}
	t.peeks++
	t.peek = &row
	d.changed = true
	p := peeked{t: t, look: t.peeks, want: u}
	ctx, store, reader := d.ctx, d.cfg.Store, d.cfg.Reader
	if i := slices.IndexFunc(d.library.Prompts, func(q assist.Prompt) bool { return q.ID == u.ID }); i >= 0 && u.Type == assist.TypePrompt {
		p.record = d.library.Prompts[i]
		p.apply(d)
		return
	}
	d.soon(func() event {
		p.read(ctx, store, reader, row.Customer)
		return p
	})
}

func (p *peeked) read(ctx context.Context, store Store, reader Reader, customer assist.ID) {
	if p.want.Type == assist.TypeCustomer {
		customer = p.want.ID
	} else if reader != nil {
		p.record, p.err = reader.Read(ctx, p.want.Type, p.want.ID)
	}
	if customer != "" && p.want.Type != assist.TypeCompany && p.err == nil {
		p.whose, p.err = store.Profile(ctx, customer)
	}
}

func (p peeked) apply(d *Desk) {
	t := p.t
	if p.look != t.peeks || t.peek == nil || p.err != nil {
		return
	}
	now, k := d.now(), *t.peek
	whose := "No customer"
	if p.whose.Customer.ID != "" {
		whose = titleOf(p.whose.Customer, "", phone.Number{Raw: "Name not known yet"})
	}
	switch r := p.record.(type) {
	case assist.Note:
		k.Title, k.Text = whose, r.Text
		k.Sub = "noted " + on(r.At, now) + by(" by ", d.name(r.Rep))
	case assist.Promise:
		k.Title, k.Text = whose, r.Text
		k.Sub = standingOf(r, now) + by(", by ", d.name(r.Rep))
	case assist.Insight:
		k.Title, k.Text = whose, r.Text
		k.Sub = string(r.Intelligence) + ", noted " + on(r.At, now) + by(" by ", d.name(r.Rep))
	case assist.Kudos:
		k.Title, k.Text = whose, r.Words
		k.Sub = "praise for " + cmp.Or(d.name(r.Rep), string(r.Rep)) + ", heard " + on(r.At, now) + by(" by ", d.name(r.By))
	case assist.Company:
		k.Title, k.Sub, k.Text = r.Name, lineOf(r.City, r.Phones), r.About
	case assist.Prompt:
		facts := d.facts(t)
		o := offerOf(r, "", facts)
		k.Title, k.Sub, k.Text = "A question to ask", string(r.Intelligence), strings.Join(o.Ask, "\n")
	default:
		if p.want.Type == assist.TypeCustomer {
			k.Title, k.Sub, k.Text = whose, who(p.whose), standing(p.whose, now)
		}
	}
	t.peek = &k
	d.changed = true
}

// who tells a customer apart from others of the name: company, place and number.
func who(p glance.Profile) string {
	return lineOf(p.Company.Name, p.Customer.Phones, p.Customer.City)
}

func lineOf(name string, phones []assist.Phone, more ...string) string {
	parts := append([]string{name}, more...)
	if len(phones) > 0 {
		parts = append(parts, phones[0].Raw)
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "  ·  ")
}

// standing says in a line or two how we stand with a customer.
func standing(p glance.Profile, now time.Time) string {
	var last time.Time
	for _, c := range p.Calls {
		last = later(last, c.Started)
	}
	for _, n := range p.Notes {
		last = later(last, n.At)
	}
	words := lastContact(last, now)
	text := strings.ToUpper(words[:1]) + words[1:] + "."
	switch n := len(p.Promises); n {
	case 0:
	case 1:
		text += "\nOne open promise: " + p.Promises[0].Text
	default:
		text += fmt.Sprintf("\n%d open promises, the first: %s", n, p.Promises[0].Text)
	}
	return text
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func standingOf(p assist.Promise, now time.Time) string {
	switch {
	case !p.Kept.IsZero():
		return "promised, and kept " + on(p.Kept, now)
	case !p.Dropped.IsZero():
		return "promised, and taken back"
	}
	if due := compose.Due(p, now); due != "" {
		return "promised, " + due
	}
	return "promised"
}

func (d *Desk) closePeek(t *talk) {
	if t.peek != nil {
		t.peeks++
		t.peek = nil
		d.changed = true
	}
}
