package handoff

import (
	"net/netip"
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// How often one sender may post: more than any phone rings.
const (
	perSecond = 20
	burst     = 60
	most      = 256 // senders whose pace is remembered
)

// guestList knows who may post, how often they do, and who did last.
type guestList struct {
	mu      sync.Mutex
	closed  bool // somebody is named, so nobody else may
	allowed []netip.Prefix
	paces   map[string]*rate.Limiter
	last    []Guest // the latest first
}

// allow lets an address or a network in; one that cannot be read lets nobody in.
func (g *guestList) allow(text string) {
	g.closed = true
	if p, ok := network(text); ok {
		g.allowed = append(g.allowed, p)
	}
}

func (g *guestList) may(address string) bool {
	if !g.closed {
		return true
	}
	a, err := netip.ParseAddr(address)
	a = a.Unmap().WithZone("")
	return err == nil && slices.ContainsFunc(g.allowed, func(p netip.Prefix) bool { return p.Contains(a) })
}

// slow reports whether a sender keeps the pace.
func (g *guestList) slow(address string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.paces) >= most {
		g.paces = nil
	}
	if g.paces == nil {
		g.paces = map[string]*rate.Limiter{}
	}
	p := g.paces[address]
	if p == nil {
		p = rate.NewLimiter(perSecond, burst)
		g.paces[address] = p
	}
	return p.Allow()
}

// note puts a sender at the top of the list and returns a copy of it.
func (g *guestList) note(address, why string) []Guest {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.last = slices.DeleteFunc(g.last, func(o Guest) bool { return o.Address == address })
	g.last = slices.Insert(g.last, 0, Guest{Address: address, At: time.Now(), In: why == "", Why: why})
	g.last = g.last[:min(len(g.last), mostGuests)]
	return slices.Clone(g.last)
}
