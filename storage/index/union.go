package index

import (
	"math/bits"
	"slices"
)

// maxTogether is how many terms a search puts together. What more of them begin with
// has a list of its own.
const maxTogether = 64

// many is how many numbers are held one by one; more are a bitmap.
const many = 8192

// docSet collects numbers of records.
type docSet struct {
	some []uint32
	all  []uint64
}

func (s *docSet) add(docs []uint32, total int) {
	if s.all == nil && len(s.some)+len(docs) > many {
		s.spread(total)
	}
	if s.all == nil {
		s.some = append(s.some, docs...)
		return
	}
	for _, d := range docs {
		s.all[d/64] |= 1 << (d % 64)
	}
}

func (s *docSet) spread(total int) {
	s.all = make([]uint64, total/64+1)
	for _, d := range s.some {
		s.all[d/64] |= 1 << (d % 64)
	}
	s.some = nil
}

func (s *docSet) merge(x docSet, total int) {
	if x.all == nil {
		s.add(x.some, total)
		return
	}
	if s.all == nil {
		s.some, x.some = nil, s.some
		s.all = x.all
		s.add(x.some, total)
		return
	}
	for i, w := range x.all {
		s.all[i] |= w
	}
}

// docs returns the numbers in order.
func (s *docSet) docs() []uint32 {
	if s.all == nil {
		slices.Sort(s.some)
		s.some = slices.Compact(s.some)
		return s.some
	}
	var out []uint32
	for i, w := range s.all {
		for ; w != 0; w &= w - 1 {
			out = append(out, uint32(i*64+bits.TrailingZeros64(w)))
		}
	}
	return out
}

// unions finds the beginnings that many terms share, while the terms come in order.
type unions struct {
	total int // records
	emit  func(prefix string, docs []uint32)
	last  string
	stack []branch // each begins with the one before
}

// branch is a beginning of the last term, and the records of all terms with it.
type branch struct {
	depth int
	terms int
	set   docSet
}

func (u *unions) add(term string, docs []uint32) {
	u.pop(commonPrefix(u.last, term))
	b := branch{depth: len(term), terms: 1}
	b.set.add(docs, u.total)
	u.stack, u.last = append(u.stack, b), term
}

// pop ends every branch that is longer than depth.
func (u *unions) pop(depth int) {
	for len(u.stack) > 0 && u.stack[len(u.stack)-1].depth > depth {
		top := u.stack[len(u.stack)-1]
		u.stack = u.stack[:len(u.stack)-1]
		if top.terms > maxTogether {
			u.emit(u.last[:top.depth], top.set.docs())
		}
		if depth <= 1 && (len(u.stack) == 0 || u.stack[len(u.stack)-1].depth <= 1) {
			continue // nobody looks for nothing
		}
		if len(u.stack) == 0 || u.stack[len(u.stack)-1].depth < depth {
			u.stack = append(u.stack, branch{depth: depth, terms: top.terms, set: top.set})
			continue
		}
		parent := &u.stack[len(u.stack)-1]
		parent.terms += top.terms
		parent.set.merge(top.set, u.total)
	}
}

func (u *unions) finish() {
	u.pop(0)
	u.last = ""
}
