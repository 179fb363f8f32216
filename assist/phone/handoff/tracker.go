package handoff

import (
	"strconv"
	"sync"
	"time"

	"ringside/assist/phone"
)

const (
	mostTracked = 512
	sameCall    = time.Hour // a name that comes again later is another call's
)

// tracker gives every call one name in all its phases, tells each phase once, and forgets
// nothing of a call that is over too early.
type tracker struct {
	mu    sync.Mutex
	calls map[string]*tracked
	order []string
	count int
}

type tracked struct {
	id   string
	last phone.Phase
	at   time.Time
}

// next returns the news as it is to be told; ok is false when it was told, or comes after
// the call's end. The lock must be held.
func (t *tracker) next(r phone.Ring) (out phone.Ring, ok bool) {
	if t.calls == nil {
		t.calls = map[string]*tracked{}
	}
	key := "id " + r.ID
	if r.ID == "" {
		key = "from " + r.From
	}
	c := t.calls[key]
	if c != nil && over(c.last) && !over(r.Phase) && (r.ID == "" || r.At.Sub(c.at) > sameCall) {
		c = nil
	}
	switch {
	case c == nil && over(r.Phase):
		return r, false
	case c == nil:
		c = t.begin(key, r)
	case over(c.last), c.last == r.Phase, c.last == phone.Answered && r.Phase == phone.Ringing:
		return r, false
	}
	if r.Phase == phone.Missed && c.last == phone.Answered {
		r.Phase = phone.Ended
	}
	c.last, c.at = r.Phase, r.At
	r.ID = c.id
	return r, true
}

func (t *tracker) begin(key string, r phone.Ring) *tracked {
	c := &tracked{id: r.ID}
	if c.id == "" {
		t.count++
		c.id = "lan-" + strconv.FormatInt(r.At.UnixMilli(), 36) + "-" + strconv.Itoa(t.count)
	}
	if _, there := t.calls[key]; !there {
		t.order = append(t.order, key)
	}
	t.calls[key] = c
	for len(t.order) > mostTracked {
		delete(t.calls, t.order[0])
		t.order = t.order[1:]
	}
	return c
}

func over(p phone.Phase) bool {
	return p == phone.Ended || p == phone.Missed || p == phone.Elsewhere
}
