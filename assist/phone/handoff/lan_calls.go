package handoff

import (
	"slices"
	"time"

	"ringside/assist"
	"ringside/assist/phone"
)

const (
	remembered = 500             // calls whose late news is recognised
	reused     = time.Hour       // a name of a call that comes again after this long is a new call
	longest    = 2 * time.Minute // a number that rings again after this long rings for another call
	late       = 2 * time.Second // news of a call that is over comes within this time
)

// calls are what has been told so far: each phase of a call is told once, and a call
// keeps its name. The oldest are forgotten.
type calls struct {
	by    map[string]*known
	order []string
}

// known is a call of which something has been told.
type known struct {
	id   string
	rank int
	at   time.Time // of the last news
}

// next returns a piece of news as it is told, with the name of its call, and whether
// it is told at all.
func (c *calls) next(r phone.Ring) (phone.Ring, bool) {
	key := "id " + r.ID
	if r.ID == "" {
		key = "from " + r.From
	}
	k := c.by[key]
	if k != nil && k.another(r) {
		k = nil
	}
	if k == nil {
		if rank(r.Phase) == over {
			return r, false // it was over before anybody listened, or it is an old story
		}
		k = &known{id: r.ID}
		if k.id == "" {
			k.id = string(assist.NewID(r.At))
		}
		c.keep(key, k)
	}
	if rank(r.Phase) <= k.rank {
		return r, false
	}
	// A call that was answered was not missed, whatever the phone calls its end.
	if r.Phase == phone.Missed && k.rank == talking {
		r.Phase = phone.Ended
	}
	k.rank, k.at, r.ID = rank(r.Phase), r.At, k.id
	return r, true
}

// another reports whether news under the name of this call is of another one.
func (k *known) another(r phone.Ring) bool {
	since := r.At.Sub(k.at)
	switch now := rank(r.Phase); {
	case now == over:
		return false
	case r.ID != "":
		return k.rank == over && since > reused
	case k.rank == over:
		return now == ringing || since > late
	case now == ringing && k.rank == talking:
		return since > late
	default:
		return now == ringing && since > longest
	}
}

func (c *calls) keep(key string, k *known) {
	if c.by == nil {
		c.by = map[string]*known{}
	}
	if c.by[key] != nil {
		c.order = slices.DeleteFunc(c.order, func(s string) bool { return s == key })
	}
	c.by[key] = k
	if c.order = append(c.order, key); len(c.order) > remembered {
		delete(c.by, c.order[0])
		c.order = slices.Delete(c.order, 0, 1)
	}
}

// The order in which the phases of a call can come.
const (
	ringing = 1 + iota
	talking
	over
)

func rank(p phone.Phase) int {
	switch p {
	case phone.Ringing:
		return ringing
	case phone.Answered:
		return talking
	}
	return over
}
