package replica

import (
	"cmp"
	"slices"
)

// entry is where a packet is on the shelf.
type entry struct {
	from    uint64
	seq     uint64 // the number of its record
	count   uint32
	edition uint32
	sum     [8]byte // of its signature: tells it from another of the same numbers
	kind    byte
}

func (e entry) last() uint64 { return e.from + uint64(e.count) - 1 }

func entryOf(h head, sealed []byte, seq uint64) entry {
	e := entry{from: h.from, seq: seq, count: h.count, edition: h.edition}
	copy(e.sum[:], sealed[len(sealed)-len(e.sum):])
	return e
}

// Range is a run of numbers, both ends included.
type Range struct{ First, Last uint64 }

// stuck returns what was missing before and is now, of ranges that nothing came for: one
// that shrinks from its beginning is on its way.
func stuck(before, now []Range) (out []Range) {
	for _, r := range now {
		if i, ok := slices.BinarySearchFunc(before, r.First, func(b Range, first uint64) int { return cmp.Compare(b.First, first) }); ok {
			out = append(out, Range{r.First, min(r.Last, before[i].Last)})
		}
	}
	return out
}

// runs are the packets of one member, by their numbers.
type runs struct {
	list  []entry
	solid int    // so many of the first follow one another without a gap
	told  uint64 // the highest number that others say they have
}

// standing is how a packet stands to what is held.
type standing int

const (
	fresh    standing = iota // nothing is held of its numbers
	better                   // it is a later edition of what is held
	known                    // it is held, or a later edition is
	conflict                 // its numbers are held as something else
)

func (r *runs) find(from uint64) (int, bool) {
	return slices.BinarySearchFunc(r.list, from, func(e entry, from uint64) int { return cmp.Compare(e.from, from) })
}

func (r *runs) look(e entry) standing {
	i, ok := r.find(e.from)
	switch {
	case ok && r.list[i].count != e.count:
		return conflict
	case ok && r.list[i].edition < e.edition:
		return better
	case ok && r.list[i].edition == e.edition && r.list[i].sum != e.sum:
		return conflict
	case ok:
		return known
	case i > 0 && r.list[i-1].last() >= e.from, i < len(r.list) && r.list[i].from <= e.last():
		return conflict
	}
	return fresh
}

// put adds an entry that look calls fresh or better; any other changes nothing.
func (r *runs) put(e entry) {
	i, _ := r.find(e.from)
	switch r.look(e) {
	case better:
		r.list[i] = e
	case fresh:
		r.list = slices.Insert(r.list, i, e)
		for r.solid < len(r.list) && r.list[r.solid].from == r.dense()+1 {
			r.solid++
		}
	}
}

// dense returns the last number up to which nothing is missing.
func (r *runs) dense() uint64 {
	if r.solid == 0 {
		return 0
	}
	return r.list[r.solid-1].last()
}

// top returns the highest number that is known to be in use.
func (r *runs) top() uint64 {
	if n := len(r.list); n > 0 {
		return max(r.told, r.list[n-1].last())
	}
	return r.told
}

// gaps returns what is missing up to a number.
func (r *runs) gaps(through uint64) (out []Range) {
	at := r.dense()
	for _, e := range r.list[r.solid:] {
		if e.from > through {
			break
		}
		if e.from > at+1 {
			out = append(out, Range{at + 1, e.from - 1})
		}
		at = e.last()
	}
	if through > at {
		out = append(out, Range{at + 1, through})
	}
	return out
}

// within returns the entries that have a number of a range.
func (r *runs) within(w Range) []entry {
	i, _ := r.find(w.First)
	if i > 0 && r.list[i-1].last() >= w.First {
		i--
	}
	j, ok := r.find(w.Last)
	if ok {
		j++
	}
	if i >= j {
		return nil
	}
	return r.list[i:j]
}
