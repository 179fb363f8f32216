package sip

import (
	"strings"
	"time"

	"ringside/assist/phone"
)

// calls remembers what was told of each call, so that a state that comes again tells
// nothing twice. It belongs to one goroutine.
type calls struct {
	known map[string]*told
}

// told is how far the news of one call went.
type told struct {
	ring phone.Ring
	seen bool // it is in the newest full state
}

// take makes news of a state. first: it is the whole state that comes after a
// subscription was made, so a call that is not in it is over.
func (c *calls) take(i info, first bool, now time.Time) (news []phone.Ring) {
	if c.known == nil {
		c.known = map[string]*told{}
	}
	for _, t := range c.known {
		t.seen = false
	}
	for _, d := range i.Dialogs {
		if r, ok := c.one(d, now); ok {
			news = append(news, r)
		}
	}
	if first && !strings.EqualFold(i.State, "partial") {
		for name, t := range c.known {
			if !t.seen {
				news = append(news, c.over(name, t, phone.Missed, now))
			}
		}
	}
	return news
}

// one makes news of one call; ok is false when nothing of it is new.
func (c *calls) one(d dialog, now time.Time) (r phone.Ring, ok bool) {
	name := d.name()
	t := c.known[name]
	if t != nil {
		t.seen = true
	}
	phase, ended := phaseOf(d)
	switch {
	case name == "" || phase == "":
		return r, false
	case ended && t == nil: // of the past
		return r, false
	case ended:
		return c.over(name, t, phase, now), true
	case t == nil:
		t = &told{ring: ringOf(d), seen: true}
		t.ring.Phase, t.ring.At = phase, now
		c.known[name] = t
		return t.ring, true
	case t.ring.Phase == phone.Answered || phase == phone.Ringing:
		return c.better(t, ringOf(d), now)
	}
	t.ring.Phase, t.ring.At = phase, now
	return t.ring, true
}

// over tells that a call has ended, and forgets it.
func (c *calls) over(name string, t *told, unanswered phone.Phase, now time.Time) phone.Ring {
	r := t.ring
	switch {
	case r.Phase == phone.Answered || r.Outgoing:
		r.Phase = phone.Ended
	default:
		r.Phase = unanswered
	}
	r.At = now
	delete(c.known, name)
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

// invited takes the call that the telephone system offers to the extra phone: it says
// more of who calls than the state does. Whether the call is answered, only the state
// says.
func (c *calls) invited(r phone.Ring, now time.Time) (phone.Ring, bool) {
	if c.known == nil {
		c.known = map[string]*told{}
	}
	if t := c.known[r.ID]; t != nil {
		return c.better(t, r, now)
	}
	r.Phase, r.At = phone.Ringing, now
	c.known[r.ID] = &told{ring: r}
	return r, true
}

// phaseOf reads a state: ringing, answered, or how it ended.
func phaseOf(d dialog) (p phone.Phase, ended bool) {
	switch d.state() {
	case "trying", "proceeding", "early":
		return phone.Ringing, false
	case "confirmed":
		return phone.Answered, false
	case "terminated":
		// A call that was taken elsewhere is cancelled with the answer's code (RFC 3326), or
		// replaced by the one that took it.
		if event := strings.ToLower(d.State.Event); event == "replaced" || event == "cancelled" && d.State.Code == 200 {
			return phone.Elsewhere, true
		}
		return phone.Missed, true
	}
	return "", false
}

// ringOf reads who calls.
func ringOf(d dialog) phone.Ring {
	r := phone.Ring{ID: d.name(), Source: phone.FromSIP, Outgoing: strings.EqualFold(d.Direction, "initiator")}
	r.From, r.Name = phone.Caller(nil, nil, []string{d.Remote.header()})
	if target := d.Remote.Target.URI; r.From == "" && target != "" && !hides(d.Remote.Identity.URI) {
		r.From, _ = phone.Caller(nil, nil, []string{"<" + target + ">"})
	}
	return r
}

// hides reports whether somebody keeps their address to themselves.
func hides(uri string) bool {
	user, _, _ := strings.Cut(strings.TrimSpace(uri), "@")
	_, user, _ = strings.Cut(user, ":")
	return phone.Parse(user, "").Withheld
}
