package live

import (
	"context"
	"slices"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/phone"
)

const mostFound = 6

// burst is how soon a key must follow another for both to be one: what is pasted or
// held down is looked for once.
const burst = 5 * time.Millisecond

// seek looks for what else fits what was heard, beside the desk and in the same
// generation as the search for answers.
func (d *Desk) seek(ctx context.Context, t *talk) {
	store, s := d.cfg.Store, sought{t: t, search: t.searches}
	what := glance.Seek{Text: t.heard, Limit: mostFound}
	d.beside(func() event {
		select {
		case <-time.After(burst):
			s.found, s.err = store.Seek(ctx, what)
		case <-ctx.Done():
			s.err = ctx.Err()
		}
		return s
	})
}

// sought is what was found besides answers.
type sought struct {
	t      *talk
	search uint64
	found  []glance.Found
	err    error
}

func (s sought) apply(d *Desk) {
	t := s.t
	if s.search != t.searches {
		return
	}
	var found []glance.Found
	for _, f := range s.found {
		caller := f.Type == assist.TypeCustomer && f.ID == t.call.Customer
		if s.err == nil && !caller && len(found) < mostFound {
			found = append(found, f)
		}
	}
	if !slices.Equal(found, t.besides) {
		t.besides = found
		d.changed = true
	}
}

// useFound opens what was found.
func (d *Desk) useFound(t *talk, u FoundUse) {
	t.moved = true
	t.meet()
	switch {
	case u.Type == assist.TypeCustomer && (u.Call || t.idle()):
		d.start(u.ID)
	case u.Type == assist.TypeCustomer && !t.known():
		t.heard = "" // these words looked for the caller
		d.clearAnswers(t)
		d.take(t, u.ID)
	case u.Type == assist.TypePrompt && d.offerFound(t, u.ID):
	default:
		d.look(t, u)
	}
}

// start begins a call with a customer whom the rep has chosen, for a phone that does
// not tell. It comes to the front as one that was answered does.
func (d *Desk) start(customer assist.ID) {
	now := d.now()
	t := d.newTalk(now)
	t.call.Answered, t.call.Customer = now, customer
	t.phase, t.number = Talking, phone.Parse("", d.cfg.Region)
	t.ring = phone.Ring{ID: string(t.call.ID), Phase: phone.Answered, At: now, Source: phone.ByHand}
	t.keys, t.told = []string{keyOf(t.ring, t.number)}, rank(phone.Answered)
	if d.front.phase != Talking || d.front.yields() {
		d.push(t)
	}
	d.people = People{}
	d.lookUp(t, true)
	d.changed = true
}

// offerFound puts a prompt that the rep looked for in the first place among those to
// ask, where one may be asked.
func (d *Desk) offerFound(t *talk, id assist.ID) bool {
	if !t.known() || t.phase == Wrapping || t.reply != nil || t.asked >= mostAsked || t.treated[id] {
		return false
	}
	found, ok := d.team.Sought(id, t.profile, t.reasons, d.now())
	if !ok {
		return false
	}
	left := slices.DeleteFunc(slices.Clone(t.prompts), func(o Offer) bool { return o.Prompt == id })
	offer := offerOf(found.Prompt, found.Why, d.facts(t))
	t.prompts = append([]Offer{offer}, left[:min(len(left), mostAsked-t.asked-1)]...)
	d.changed = true
	return true
}

// seekPeople looks for customers by words, whatever the call in front is about.
func (d *Desk) seekPeople(words string) {
	d.peopleSeek++
	if d.peopleStop != nil {
		d.peopleStop()
		d.peopleStop = nil
	}
	if strings.TrimSpace(words) == "" {
		d.changed = d.changed || d.people.For != ""
		d.people = People{}
		return
	}
	ctx, stop := context.WithCancel(d.ctx)
	d.peopleStop = stop
	store, p := d.cfg.Store, soughtPeople{search: d.peopleSeek, words: words}
	d.beside(func() event {
		p.found, p.err = store.Seek(ctx, glance.Seek{Text: words, Types: []assist.Type{assist.TypeCustomer}, Limit: mostFound})
		return p
	})
}

// soughtPeople is who was found.
type soughtPeople struct {
	search uint64
	words  string
	found  []glance.Found
	err    error
}

func (p soughtPeople) apply(d *Desk) {
	if p.search != d.peopleSeek {
		return
	}
	if p.err != nil {
		p.found = nil
	}
	d.people = People{For: p.words, Found: p.found[:min(len(p.found), mostFound)]}
	d.changed = true
}
