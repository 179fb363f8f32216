package index

import (
	"cmp"
	"context"
	"math/bits"
	"slices"
)

// Search is one query on its way through one segment. It is for one goroutine.
type Search struct {
	segment *Segment
	query   Query
	words   []found
	rarest  []int // the words, the rarest first
	full    []list
	limit   int
	shown   map[int]*block // what was visited
	start   uint32         // in the next tier, what stands before is not visited
	narrow  *narrowed      // nil: everything gets through
	spread  int            // words that one may stand for inside and misspelt
	sets    []block
	in      pieces
}

// found is the lists of one typed word: those of the first tiers come first.
type found struct {
	lists []list
	plain int  // lists of the tiers up to Beside
	count int  // about how many records have the word
	done  Tier // tiers below are in lists
	long  bool // the word alone says something
	sets  map[int]*partSet
}

// partSet is the records of one block that have a word, by the lists known so far.
type partSet struct {
	block
	lists int // how many of them are in it
	some  bool
}

// Search begins a search for about limit records.
func (s *Segment) Search(q Query, limit int) *Search {
	out := &Search{limit: limit, segment: s, query: q, words: make([]found, len(q.words)),
		shown: map[int]*block{}, spread: maxSpread, in: pieces{sealed: s.sealed}}
	for i, w := range q.words {
		out.words[i].long = len(w.typed) >= shortestInner
		out.rarest = append(out.rarest, i)
	}
	return out
}

// Tier calls visit with the records of one tier, the latest first, until it says
// stop. The tiers are to be asked for one after the other, from Sure on; a record that
// was visited is not visited again.
func (s *Search) Tier(ctx context.Context, t Tier, visit func(key string, at int64) (more bool, err error)) error {
	return s.each(ctx, t, func(hits *block, number int) (bool, error) { return s.visit(hits, number, visit) })
}

// each calls do with the hits of a tier, block for block, until it says stop.
func (s *Search) each(ctx context.Context, t Tier, do func(hits *block, number int) (more bool, err error)) error {
	defer func() { s.start = 0 }()
	if some, err := s.may(t); err != nil || !some {
		return err
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
		if hits == nil {
			continue
		}
		if more, err := do(hits, number); err != nil || !more {
			return err
		}
	}
	return nil
}

// may reports whether there may be something in a tier that was in none before. Without
// words, all that gets through the filter is in the first.
func (s *Search) may(t Tier) (bool, error) {
	switch {
	case s.narrow != nil && s.narrow.none:
		return false, nil
	case len(s.words) == 0:
		return s.narrow != nil && t == Sure, nil
	case t == Most:
		return true, nil
	}
	return s.resolve(t)
}

// resolve finds the lists of the tiers up to one, the rarest word's first, and reports
// whether there may be records that have all words and were not visited. Where a word
// has none at all, the others need not be looked for.
func (s *Search) resolve(t Tier) (news bool, err error) {
	if t == Sure && s.query.full != "" {
		if s.full, err = s.segment.dict.whole(&s.in, string(rune(spaceFull))+s.query.full); err != nil {
			return false, err
		}
	}
	all := true
	for _, i := range s.rarest {
		if t > Beside && !all {
			break
		}
		w := &s.words[i]
		before := len(w.lists)
		if err := s.word(w, s.query.words[i].ways, t); err != nil {
			return false, err
		}
		news = news || len(w.lists) > before
		all = all && len(w.lists) > 0
		if t <= Beside {
			w.plain = len(w.lists)
		}
	}
	slices.SortStableFunc(s.rarest, func(a, b int) int { return cmp.Compare(s.words[a].count, s.words[b].count) })
	return news && all || t == Sure && len(s.full) > 0, nil
}

// word finds the lists of one word up to a tier.
func (s *Search) word(w *found, ways []pattern, t Tier) error {
	for _, p := range ways {
		if p.tier < w.done || p.tier > t {
			continue
		}
		lists, err := s.lists(p)
		if err != nil {
			return err
		}
		w.lists = append(w.lists, lists...)
		for _, l := range lists {
			w.count += l.count
		}
	}
	w.done = t + 1
	return nil
}

func (s *Search) lists(p pattern) (out []list, err error) {
	term := string([]byte{p.space}) + p.text
	switch p.mode {
	case whole:
		return s.segment.dict.whole(&s.in, term)
	case beginning:
		return s.segment.dict.beginning(&s.in, term)
	}
	if p.space == spaceMore {
		return nil, nil // together with those of names
	}
	v, err := s.segment.vocabulary()
	if err != nil {
		return nil, err
	}
	limit := s.spread
	if len(s.words) == 1 && s.narrow == nil {
		limit = min(limit, 2*s.limit+8) // of so many words come the best records
	}
	terms := v.find(p, limit)
	slices.Sort(terms) // neighbours stand in one piece of the dictionary
	for _, i := range terms {
		if l, ok := v.only(i); ok {
			out = append(out, l)
			continue
		}
		l, err := s.segment.dict.whole(&s.in, v.term(i))
		if err != nil {
			return nil, err
		}
		out = append(out, l...)
	}
	return out, nil
}

// block returns the hits of one block; nil when there are none.
func (s *Search) block(t Tier, number int) (*block, error) {
	if s.narrow == nil {
		return s.hits(t, number)
	}
	through, err := s.narrow.block(number, &s.in)
	if err != nil || through == nil || len(s.words) == 0 {
		return through, err
	}
	hits, err := s.hits(t, number)
	if err != nil || hits == nil || !hits.and(through) {
		return nil, err
	}
	return hits, nil
}

// hits returns the records of one block that have the words; nil when there are none.
func (s *Search) hits(t Tier, number int) (*block, error) {
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

// all sets hits to the records that have every word, beginning with the rarest.
func (s *Search) all(hits *block, number int) (some bool, err error) {
	for i, k := range s.rarest {
		p, err := s.part(&s.words[k], number)
		if err != nil || !p.some {
			return false, err
		}
		if i == 0 {
			*hits = p.block
		} else if !hits.and(&p.block) {
			return false, nil
		}
	}
	return true, nil
}

// part returns the records of a block that have a word. What was read for one tier is
// not read again for the next.
func (s *Search) part(w *found, number int) (*partSet, error) {
	p := w.sets[number]
	if p == nil {
		p = &partSet{}
		if w.sets == nil {
			w.sets = map[int]*partSet{}
		}
		w.sets[number] = p
	}
	for ; p.lists < len(w.lists); p.lists++ {
		some, err := w.lists[p.lists].or(&p.block, number, &s.in)
		if err != nil {
			return nil, err
		}
		p.some = p.some || some
	}
	return p, nil
}

// set makes into the records of a block that are in one of the lists.
func (s *Search) set(into *block, lists []list, number int) (some bool, err error) {
	clear(into[:])
	for _, l := range lists {
		more, err := l.or(into, number, &s.in)
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

// allButOne returns the records that have all words but one, and those plainly. all and but are kept as
// the words come: what has had every word so far, and what has missed one.
func (s *Search) allButOne(number int) (*block, error) {
	if len(s.words) < 2 {
		return nil, nil
	}
	all, but, now := &s.sets[0], &s.sets[1], &s.sets[2]
	for i, w := range s.words {
		if _, err := s.set(now, w.lists[:w.plain], number); err != nil {
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
	before := s.shown[number]
	if before == nil {
		before = &block{}
		s.shown[number] = before
	}
	for i, w := range hits {
		w &^= before[i]
		for ; w != 0; w &= w - 1 {
			doc := uint32(number<<blockBits + i*64 + bits.TrailingZeros64(w))
			if int(doc) >= s.segment.Len() {
				return true, nil
			}
			before[i] |= w & -w
			if doc < s.start {
				continue
			}
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
