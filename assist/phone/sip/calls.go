package sip

import (
	"maps"
	"strconv"
	"time"

	"ringside/assist/phone"
)

const (
	together  = 2 * time.Second // news of one call under two names, or overtaken by its end, comes within
	remembers = time.Hour       // how long a call that is over keeps its name to itself
)

// calls remembers what was told of each call, so that a state that comes again tells
// nothing twice. It belongs to one goroutine. The zero calls know of none.
type calls struct {
	known map[string]*told     // by every name that a state or an invitation gives the call
	past  map[string]time.Time // when the call of a name was over
}

// told is how far the news of one call went.
type told struct {
	ring    phone.Ring
	legs    map[string]bool // its dialogs that go on: a call that rings at two phones has two
	invited bool            // it is known from an invitation only, no state has named it
	seen    bool            // it is in the newest state
}

// take makes news of a state. first: it is the whole state that comes after a
// subscription was made, so a call that is not in it is over.
func (c *calls) take(i info, first bool, now time.Time) (news []phone.Ring) {
	c.begin(now)
	full := !i.partial()
	c.alive(i)
	for _, d := range i.Dialogs {
		if r, ok := c.one(d, now); ok {
			news = append(news, r)
		}
	}
	for _, t := range c.known {
		if full && !t.seen && (first || t.invited && now.Sub(t.ring.At) > together) {
			news = append(news, c.over(t, phone.Missed, now))
		}
	}
	return news
}

// begin prepares for the next state, and forgets what was over long ago.
func (c *calls) begin(now time.Time) {
	if c.known == nil {
		c.known, c.past = map[string]*told{}, map[string]time.Time{}
	}
	for _, t := range c.known {
		t.seen = false
	}
	maps.DeleteFunc(c.past, func(_ string, at time.Time) bool { return now.Sub(at) > remembers })
}

// alive notes which dialogs go on, before any is taken for the end of its call.
func (c *calls) alive(i info) {
	for _, d := range i.Dialogs {
		t := c.known[d.name()]
		if t == nil {
			continue
		}
		if !t.seen && !i.partial() {
			clear(t.legs)
		}
		t.seen = true
		if phase, ended := phaseOf(d); phase != "" && !ended {
			t.legs[d.ID] = true
		}
	}
}

// one makes news of one dialog; ok is false when nothing of it is new.
func (c *calls) one(d dialog, now time.Time) (r phone.Ring, ok bool) {
	name := d.name()
	phase, ended := phaseOf(d)
	if name == "" || phase == "" {
		return r, false
	}
	t := c.known[name]
	if t == nil && !ended {
		t = c.join(name, ringOf(d), now)
	}
	switch {
	case t == nil && (ended || d.CallID != "" && c.overtaken(name, now)):
		return r, false
	case t == nil:
		t = c.open(ringOf(d), d.CallID == "", now)
		t.ring.Phase, t.legs, t.seen = phase, map[string]bool{d.ID: true}, true
		return t.ring, true
	}
	t.seen, t.invited = true, false
	if ended {
		return c.hungUp(t, d, phase, now)
	}
	if t.ring.Phase == phone.Ringing {
		t.legs[d.ID] = true
	}
	if t.ring.Phase == phone.Answered || phase == phone.Ringing {
		return c.better(t, ringOf(d), now)
	}
	t.legs = map[string]bool{d.ID: true} // the other phones stop ringing
	t.ring.Phase, t.ring.At = phase, now
	return t.ring, true
}

// hungUp takes the end of one dialog; the call is over with its last.
func (c *calls) hungUp(t *told, d dialog, unanswered phone.Phase, now time.Time) (phone.Ring, bool) {
	if delete(t.legs, d.ID); len(t.legs) > 0 {
		return phone.Ring{}, false
	}
	return c.over(t, unanswered, now), true
}

// open begins a call. Its ID is its name, unless the name is not its own: some systems
// have one for all calls of an extension, and a call may come back.
func (c *calls) open(r phone.Ring, shared bool, now time.Time) *told {
	name := r.ID
	if _, again := c.past[name]; shared || again {
		r.ID += " " + strconv.FormatInt(now.UnixMilli(), 36)
	}
	r.At = now
	t := &told{ring: r, legs: map[string]bool{}}
	c.known[name] = t
	return t
}

// overtaken reports whether news of a call's beginning comes just after its end.
func (c *calls) overtaken(name string, now time.Time) bool {
	at, over := c.past[name]
	return over && now.Sub(at) <= together
}

// over tells that a call has ended, and forgets it.
func (c *calls) over(t *told, unanswered phone.Phase, now time.Time) phone.Ring {
	r := t.ring
	switch {
	case r.Phase == phone.Answered || r.Outgoing:
		r.Phase = phone.Ended
	default:
		r.Phase = unanswered
	}
	r.At = now
	maps.DeleteFunc(c.known, func(name string, other *told) bool {
		if other == t {
			c.past[name] = now
		}
		return other == t
	})
	return r
}

// better tells who calls when that was not known before.
func (c *calls) better(t *told, r phone.Ring, now time.Time) (phone.Ring, bool) {
	if t.ring.From != "" || r.From == "" {
		return phone.Ring{}, false
	}
	t.ring.From, t.ring.At = r.From, now
	if r.Name != "" {
		t.ring.Name = r.Name
	}
	if r.To != "" {
		t.ring.To = r.To
	}
	return t.ring, true
}

// join gives the call of an invitation the name that the state has for it, when the two
// came together and no other call can be meant.
func (c *calls) join(name string, r phone.Ring, now time.Time) *told {
	t := c.only(now, func(t *told) bool { return t.invited && !r.Outgoing && (r.From == "" || r.From == t.ring.From) })
	if t != nil {
		c.known[name] = t
		t.legs = map[string]bool{}
	}
	return t
}

// only returns the one call that began just now and is as wanted.
func (c *calls) only(now time.Time, wanted func(*told) bool) (found *told) {
	for _, t := range c.known {
		if t == found || now.Sub(t.ring.At) > together || !wanted(t) {
			continue
		}
		if found != nil {
			return nil
		}
		found = t
	}
	return found
}

// invited takes the call that the telephone system offers to the extra phone: it says
// more of who calls than the state does. Whether the call is answered, only the state
// says.
func (c *calls) invited(r phone.Ring, now time.Time) (phone.Ring, bool) {
	if c.known == nil {
		c.begin(now)
	}
	t := c.known[r.ID]
	if t == nil && c.overtaken(r.ID, now) {
		return phone.Ring{}, false
	}
	if t == nil {
		t = c.only(now, func(t *told) bool {
			return !t.invited && !t.ring.Outgoing && t.ring.Phase == phone.Ringing && (t.ring.From == "" || t.ring.From == r.From)
		})
	}
	if t != nil {
		c.known[r.ID] = t
		return c.better(t, r, now)
	}
	t = c.open(r, false, now)
	t.ring.Phase, t.invited = phone.Ringing, true
	return t.ring, true
}
