// Package concierge says which rep looks after which customer in an incident, and which
// customers seem to have the same trouble before anybody has called it an incident.
package concierge

import (
	"cmp"
	"container/heap"
	"hash/fnv"

	"ringside/assist"
)

// Place is a customer in an incident, as Assign finds it.
type Place struct {
	Customer  assist.ID
	Concierge assist.ID   // who looks after them so far; empty when nobody does
	Knows     []assist.ID // the reps who spoke with them, the latest first
}

// Most returns how many customers Assign gives to one rep at most because he knows them,
// of so many customers and reps: the fair share, rounded up, and a tenth of it, at least
// one more.
func Most(customers, reps int) int {
	if reps < 1 {
		return 0
	}
	fair := (customers + reps - 1) / reps
	return fair + max(fair/10, 1)
}

// Assign returns a rep for each place, in the order of the places. Whoever has a
// concierge on the team keeps him. The others go to the rep who spoke with them last and
// has not Most already, then to the one before him, and who is left to whoever has the
// least. So nobody is given more than Most; only a rep who had more keeps them. With no
// reps every id is empty. The same places and reps give the same answer.
func Assign(who []Place, reps []assist.Rep) []assist.ID {
	out := make([]assist.ID, len(who))
	t := newTurns(who, reps)
	if len(t.reps) == 0 {
		return out
	}
	for i, p := range who {
		if r := t.of[p.Concierge]; r != nil {
			out[i] = r.id
			r.load++
		}
	}
	most := Most(len(who), len(t.reps))
	for i, p := range who {
		for _, known := range p.Knows {
			if r := t.of[known]; out[i] == "" && r != nil && r.load < most {
				out[i] = r.id
				r.load++
			}
		}
	}
	heap.Init(t)
	for i := range who {
		if out[i] == "" {
			out[i] = t.reps[0].id
			t.reps[0].load++
			heap.Fix(t, 0)
		}
	}
	return out
}

// turn is a rep, how many customers he has, and his turn among those who have as many.
type turn struct {
	id         assist.ID
	load, turn int
}

// turns is a heap of reps, the one who is next on top.
type turns struct {
	reps []*turn
	of   map[assist.ID]*turn
}

// newTurns takes each rep once. The first customer decides who begins, so that many
// small incidents do not all go to the first rep of the list.
func newTurns(who []Place, reps []assist.Rep) *turns {
	t := &turns{of: make(map[assist.ID]*turn, len(reps))}
	for _, r := range reps {
		if r.ID != "" && t.of[r.ID] == nil {
			t.of[r.ID] = &turn{id: r.ID}
			t.reps = append(t.reps, t.of[r.ID])
		}
	}
	if len(who) == 0 || len(t.reps) == 0 {
		return t
	}
	h := fnv.New32a()
	h.Write([]byte(who[0].Customer))
	first := int(h.Sum32() % uint32(len(t.reps)))
	for i, r := range t.reps {
		r.turn = (i - first + len(t.reps)) % len(t.reps)
	}
	return t
}

// Len implements heap.Interface.
func (t *turns) Len() int { return len(t.reps) }

// Less implements heap.Interface.
func (t *turns) Less(i, j int) bool {
	a, b := t.reps[i], t.reps[j]
	return cmp.Or(cmp.Compare(a.load, b.load), cmp.Compare(a.turn, b.turn)) < 0
}

// Swap implements heap.Interface.
func (t *turns) Swap(i, j int) { t.reps[i], t.reps[j] = t.reps[j], t.reps[i] }

// Push implements heap.Interface; nobody joins while places are given.
func (t *turns) Push(any) {}

// Pop implements heap.Interface; nobody leaves while places are given.
func (t *turns) Pop() any { return nil }
