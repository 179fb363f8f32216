package index

import (
	"context"
	"math/bits"
)

// Search is one query on its way through one segment. It is for one goroutine.
type Search struct {
	segment *Segment
	query   Query
	words   []found
	full    []list
	done    Tier // tiers below are in words
	seen    map[uint32]struct{}
	sets    []block
	in      pieces
}

// found is the lists of one typed word: those of the first tiers come first.
type found struct {
	lists []list
	long  bool // the word alone says something
}

// Search begins a search.
func (s *Segment) Search(q Query) *Search {
	out := &Search{segment: s, query: q, words: make([]found, len(q.words)),
		seen: map[uint32]struct{}{}, in: pieces{sealed: s.sealed}}
	for i, w := range q.words {
		out.words[i].long = len(w.typed) >= shortestInner
	}
	return out
}

// Tier calls visit with the records of one tier, the latest first, until it says
// stop. The tiers are to be asked for one after the other, from Sure on; a record that
// was visited is not visited again.
func (s *Search) Tier(ctx context.Context, t Tier, visit func(key string, at int64) (more bool, err error)) error {
	if len(s.words) == 0 {
		return nil
	}
	news := t == Most
	if t < Most {
		for ; s.done <= t; s.done++ {
			some, err := s.resolve(s.done)
			if err != nil {
				return err
			}
			news = news || some
		}
	}
	if !news {
		return nil
	}
	if s.sets == nil {
		s.sets = make([]block, 3)
	}
	for number := 0; number<<blockBits < s.segment.Len(); number++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		hits, err := s.block(t, number)
		if err != nil {
			return err
		}
		if more, err := s.visit(hits, number, visit); err != nil || !more {
			return err
		}
	}
	return nil
}

// resolve finds the lists of one tier, and reports whether there are any.
func (s *Search) resolve(t Tier) (some bool, err error) {
	if t == Sure && s.query.full != "" {
		if s.full, err = s.segment.dict.whole(&s.in, string(rune(spaceFull))+s.query.full); err != nil {
			return false, err
		}
		some = len(s.full) > 0
	}
	for i, w := range s.query.words {
		for _, p := range w.ways {
			if p.tier != t {
				continue
			}
			lists, err := s.segment.lists(&s.in, p)
			if err != nil {
				return false, err
			}
			some = some || len(lists) > 0
			s.words[i].lists = append(s.words[i].lists, lists...)
		}
	}
	return some, nil
}

func (s *Segment) lists(in *pieces, p pattern) (out []list, err error) {
	term := string([]byte{p.space}) + p.text
	switch p.mode {
	case whole:
		return s.dict.whole(in, term)
	case beginning:
		return s.dict.beginning(in, term)
	}
	v, err := s.vocabulary()
	if err != nil {
		return nil, err
	}
	for _, t := range v.find(p) {
		l, err := s.dict.whole(in, t)
		if err != nil {
			return nil, err
		}
		out = append(out, l...)
	}
	return out, nil
}

// block returns the hits of one block; nil when there are none.
func (s *Search) block(t Tier, number int) (*block, error) {
	if t == Most {
		return s.allButOne(number)
	}
	hits := &s.sets[0]
	some, err := s.all(hits, number)
	if err != nil {
		return nil, err
	}
	if t == Sure && len(s.full) > 0 {
		if !some {
			clear(hits[:])
		}
		for _, l := range s.full {
			more, err := l.or(hits, number, &s.in)
			if err != nil {
				return nil, err
			}
			some = some || more
		}
	}
	if !some {
		return nil, nil
	}
	return hits, nil
}

// all sets hits to the records that have every word.
func (s *Search) all(hits *block, number int) (some bool, err error) {
	for i, w := range s.words {
		into := hits
		if i > 0 {
			into = &s.sets[1]
		}
		some, err := w.set(into, number, &s.in)
		if err != nil || !some {
			return false, err
		}
		if i > 0 && !hits.and(into) {
			return false, nil
		}
	}
	return true, nil
}

// set makes into the records of a block that have the word.
func (f found) set(into *block, number int, from *pieces) (some bool, err error) {
	clear(into[:])
	for _, l := range f.lists {
		more, err := l.or(into, number, from)
		if err != nil {
			return false, err
		}
		some = some || more
	}
	return some, nil
}

func (b *block) and(x *block) (some bool) {
	rest := uint64(0)
	for i := range b {
		b[i] &= x[i]
		rest |= b[i]
	}
	return rest != 0
}

// allButOne returns the records that have all words but one. all and but are kept as
// the words come: what has had every word so far, and what has missed one.
func (s *Search) allButOne(number int) (*block, error) {
	if len(s.words) < 2 {
		return nil, nil
	}
	all, but, now := &s.sets[0], &s.sets[1], &s.sets[2]
	for i, w := range s.words {
		if _, err := w.set(now, number, &s.in); err != nil {
			return nil, err
		}
		if i == 0 {
			*all = *now
			clear(but[:])
			if s.longBeside(0) {
				for k := range but {
					but[k] = ^now[k]
				}
			}
			continue
		}
		may := s.longBeside(i)
		for k := range all {
			missed := but[k] & now[k]
			if may {
				missed |= all[k] &^ now[k]
			}
			but[k], all[k] = missed, all[k]&now[k]
		}
	}
	return but, nil
}

// longBeside reports whether another word than the i-th says something alone.
func (s *Search) longBeside(i int) bool {
	for k, w := range s.words {
		if k != i && w.long {
			return true
		}
	}
	return false
}

// visit goes through the hits of a block.
func (s *Search) visit(hits *block, number int, visit func(string, int64) (bool, error)) (more bool, err error) {
	if hits == nil {
		return true, nil
	}
	for i, w := range hits {
		for ; w != 0; w &= w - 1 {
			doc := uint32(number<<blockBits + i*64 + bits.TrailingZeros64(w))
			if int(doc) >= s.segment.Len() {
				return true, nil
			}
			if _, ok := s.seen[doc]; ok {
				continue
			}
			s.seen[doc] = struct{}{}
			key, at, err := s.segment.row(&s.in, doc)
			if err != nil {
				return false, err
			}
			if more, err := visit(key, at); err != nil || !more {
				return false, err
			}
		}
	}
	return true, nil
}
