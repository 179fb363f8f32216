package index

import (
	"context"
	"math"
	"slices"
	"sort"
)

// Facet returns the term of something that a record has and nobody types: whose it is,
// by whom it was written. kind tells facets of one sort apart from others.
func Facet(kind byte, value string) string { return string([]byte{spaceFacet, kind}) + value }

// Spelt returns the terms of the words of a name as a text has them.
func Spelt(name string) (terms []string) { return Terms(nil).words(name, spaceName, spaceNameCode) }

// Has reports whether the words of a name stand in a text, one after the other. A name
// without words stands nowhere.
func Has(text, name string) bool {
	var want []string
	eachWord(name, func(w []byte) { want = append(want, string(w)) })
	if len(want) == 0 {
		return false
	}
	last, found := make([]string, 0, len(want)), false
	eachWord(text, func(w []byte) {
		if found {
			return
		}
		if len(last) == len(want) {
			last = append(last[:0], last[1:]...)
		}
		last = append(last, string(w))
		found = slices.Equal(last, want)
	})
	return found
}

// Filter narrows a search. The zero Filter lets everything through.
type Filter struct {
	// Any are groups: of each, a record has all the terms of one of the alternatives. A group
	// without alternatives lets nothing through.
	Any [][]All
	// From and Until bound Doc.At: From is the first that fits, Until the first that does
	// not; 0 is no bound.
	From, Until int64
}

// All are terms that one record has.
type All []string

// Fits reports whether a record with these terms gets through.
func (f Filter) Fits(terms Terms, at int64) bool {
	if f.From != 0 && at < f.From || f.Until != 0 && at >= f.Until {
		return false
	}
	for _, group := range f.Any {
		if !slices.ContainsFunc(group, func(a All) bool {
			return !slices.ContainsFunc(a, func(t string) bool { _, ok := slices.BinarySearch(terms, t); return !ok })
		}) {
			return false
		}
	}
	return true
}

// narrowed is what a filter means in one segment.
type narrowed struct {
	groups [][][]list // alternatives of lists that all must hold
	lo, hi uint32     // the numbers between which records lie
	blocks map[int]*block
	none   bool // nothing gets through
}

// Narrow lets the search find only what gets through the filter, and nothing of it is left
// out for being worse than a page can hold. It is called before the first Tier.
func (s *Search) Narrow(f Filter) (err error) {
	n := &narrowed{hi: uint32(s.segment.Len()), blocks: map[int]*block{}}
	for _, group := range f.Any {
		var alternatives [][]list
		for _, a := range group {
			lists, err := s.wholes(a)
			if err != nil {
				return err
			}
			if lists != nil {
				alternatives = append(alternatives, lists)
			}
		}
		n.groups = append(n.groups, alternatives)
	}
	if f.Until != 0 {
		if n.lo, err = s.number(f.Until-1, ""); err != nil {
			return err
		}
	}
	if f.From != 0 {
		if n.hi, err = s.number(f.From-1, ""); err != nil {
			return err
		}
	}
	s.narrow, s.spread = n, math.MaxInt
	n.none = true
	for number := 0; number<<blockBits < s.segment.Len() && n.none; number++ {
		b, err := n.block(number, &s.in)
		if err != nil {
			return err
		}
		n.none = b == nil
	}
	return nil
}

// wholes returns the lists of terms; nil when one of them has none.
func (s *Search) wholes(terms All) (out []list, err error) {
	out = make([]list, 0, len(terms))
	for _, t := range terms {
		l, err := s.segment.dict.whole(&s.in, t)
		if err != nil || len(l) == 0 {
			return nil, err
		}
		out = append(out, l...)
	}
	return out, nil
}

// number returns how many records stand before one of a time and a key.
func (s *Search) number(at int64, key string) (uint32, error) {
	var err error
	n := sort.Search(s.segment.Len(), func(i int) bool {
		k, when, e := s.segment.row(&s.in, uint32(i))
		if e != nil {
			err = e
		}
		return when < at || when == at && k >= key
	})
	return uint32(n), err
}

// block returns what gets through of a block; nil when that is nothing.
func (n *narrowed) block(number int, in *pieces) (*block, error) {
	if b, ok := n.blocks[number]; ok {
		return b, nil
	}
	b := &block{}
	some := b.between(number, n.lo, n.hi)
	for _, group := range n.groups {
		if !some {
			break
		}
		any := block{}
		for _, lists := range group {
			one, ok := *b, true
			for _, l := range lists {
				has := block{}
				if _, err := l.or(&has, number, in); err != nil {
					return nil, err
				}
				ok = ok && one.and(&has)
			}
			if ok {
				any.or(&one)
			}
		}
		some = b.and(&any)
	}
	if !some {
		b = nil
	}
	n.blocks[number] = b
	return b, nil
}

// between sets the numbers of a block from lo up to, but not including, hi.
func (b *block) between(number int, lo, hi uint32) (some bool) {
	first := uint32(number) << blockBits
	for i := range b {
		from := first + uint32(i)*64
		if from >= lo && from+64 <= hi {
			b[i] = math.MaxUint64
		} else {
			for n := max(from, lo); n < min(from+64, hi); n++ {
				b[i] |= 1 << (n % 64)
			}
		}
		some = some || b[i] != 0
	}
	return some
}

func (b *block) or(x *block) {
	for i := range b {
		b[i] |= x[i]
	}
}

// Skip passes over what stands before a place in the list of results: all of the tiers
// before t, and in t everything up to the record of this time and key. Tier goes on with
// t.
func (s *Search) Skip(ctx context.Context, t Tier, at int64, key string) error {
	for earlier := Sure; earlier < t; earlier++ {
		if err := s.each(ctx, earlier, func(hits *block, number int) (bool, error) {
			s.pass(hits, number)
			return true, nil
		}); err != nil {
			return err
		}
	}
	start, err := s.number(at, key+"\x00")
	s.start = start
	return err
}

// pass remembers that records are not to be visited any more.
func (s *Search) pass(hits *block, number int) {
	if s.shown[number] == nil {
		s.shown[number] = &block{}
	}
	s.shown[number].or(hits)
}
