package search

import (
	"context"
	"slices"
	"strings"

	"ringside/assist"
)

// finding is one search through all parts of an index.
type finding struct {
	ix    *Index
	q     Query
	parts []*scratch
	found []candidate
}

// candidate is an answer that may become a hit. What speaks for it is between 0 and
// 1, next to the answer that each kind of reason speaks for most.
type candidate struct {
	in  *scratch
	doc int32
	raw float32 // the sum of its words

	words, learned, meaning float32
	language                float32 // by how much its language counts; set by weighLanguages
	times                   float32 // products, age, drafts
	about                   float32 // what is open with the customer
	score                   float32
}

func (c candidate) answer() *assist.Answer { return &c.in.ix.answers[c.doc] }

// search finds the candidates, the best first.
func (f *finding) search(ctx context.Context) error {
	for _, one := range f.ix.languages() {
		if err := f.read(ctx, one); err != nil {
			return err
		}
	}
	f.findSubject()
	for _, s := range f.parts {
		f.found = append(f.found, s.best(f.q, f.pool())...)
	}
	f.ix.weighLanguages(f.q, f.found)
	f.fuse()
	return ctx.Err()
}

// read scores the words of the query in the parts of one language.
func (f *finding) read(ctx context.Context, one *Index) error {
	ceiling := float32(0)
	var base *scratch
	for i, p := range one.parts() {
		if err := ctx.Err(); err != nil {
			return err
		}
		s := p.scratch()
		f.parts = append(f.parts, s)
		if s.ceiling = ceiling; i == 0 {
			s.gone = one.gone
		}
		s.read(f.q.Text)
		if err := s.score(ctx); err != nil {
			return err
		}
		ceiling = s.ceiling
		if i == 0 && p.learned != nil {
			base = s
			s.guess(one)
		}
		s.base = base
	}
	return nil
}

func (f *finding) release() {
	for _, s := range f.parts {
		s.ix.release(s)
	}
}

// pool is how many answers of each part are looked at more closely.
func (f *finding) pool() int {
	switch {
	case f.q.Meaning != nil:
		return max(f.q.limit(), poolMeaning)
	case slices.ContainsFunc(f.parts, func(s *scratch) bool { return s.base != nil }) || len(f.q.About) > 0:
		return max(f.q.limit(), poolLearned)
	}
	return f.q.limit()
}

// best returns the part's answers of the most words, and those that the model thinks
// of.
func (s *scratch) best(q Query, most int) []candidate {
	now := unixOf(q.Now)
	for _, d := range s.seen {
		if len(s.found) == most && s.sum[d] < s.found[most-1].score || s.gone[d] {
			continue // nothing multiplies by more than 1
		}
		c := s.candidate(d, now)
		if len(s.found) == most && !before(c, s.found[most-1]) {
			continue
		}
		at, _ := slices.BinarySearchFunc(s.found, c, func(x, c candidate) int {
			if before(x, c) {
				return -1
			}
			return 1
		})
		s.found = slices.Insert(s.found, at, c)
		s.found = s.found[:min(len(s.found), most)]
	}
	byWords := s.found
	for class, share := range s.shares {
		d := s.ix.learned.answers[class]
		if share < leastShare || s.gone[d] || slices.ContainsFunc(byWords, func(c candidate) bool { return c.doc == d }) {
			continue
		}
		s.found = append(s.found, s.candidate(d, now))
	}
	return s.found
}

func (s *scratch) candidate(d int32, now int64) candidate {
	times := s.times(d, now)
	return candidate{in: s, doc: d, raw: s.sum[d], score: s.sum[d] * times, times: times, about: 1, language: 1}
}

// fuse adds up what speaks for each candidate. Of what is not known of an answer,
// its words are asked.
func (f *finding) fuse() {
	words, near := float32(tiny), float32(tiny)
	trained := slices.ContainsFunc(f.parts, func(s *scratch) bool { return len(s.shares) > 0 })
	for i := range f.found {
		c := &f.found[i]
		words = max(words, c.raw*c.language)
		if f.q.Meaning != nil {
			c.meaning = -1
			if v, ok := f.q.Meaning(c.answer().ID); ok {
				c.meaning = max(v, 0)
				near = max(near, c.meaning)
			}
		}
	}
	for i := range f.found {
		c := &f.found[i]
		c.words = c.raw * c.language / words
		c.score = c.words
		if share, ok := c.in.share(c.doc); ok {
			c.learned = share * min(c.language, 1)
		} else if trained {
			c.learned = c.words
		}
		c.score += weightLearned * c.learned
		switch {
		case f.q.Meaning != nil && c.meaning >= 0:
			c.meaning /= near
		case f.q.Meaning != nil:
			c.meaning = c.words
		}
		c.score += weightMeaning * c.meaning
		c.about, _ = c.in.about(c.doc)
		c.score *= c.times * c.about
	}
	slices.SortFunc(f.found, func(x, y candidate) int {
		if before(x, y) {
			return -1
		}
		return 1
	})
}

// result makes hits of the candidates.
func (f *finding) result() Result {
	if len(f.found) == 0 {
		return f.byMeaning(Result{State: None})
	}
	r := Result{}
	r.Sure, r.State = f.sure()
	if r.State == None && !f.q.All {
		return f.byMeaning(r)
	}
	found := f.found[:min(len(f.found), f.q.limit())]
	if !f.q.All {
		found = strong(found)
	}
	for _, c := range found {
		a := *c.answer()
		stale := !f.q.Now.IsZero() && a.Stale(f.q.Now)
		h := Hit{Answer: a, Score: float64(c.score), Why: c.in.why(c, f.q, stale), Stale: stale}
		if f.q.Explain {
			h.Figures = c.figures(unixOf(f.q.Now))
		}
		r.Hits = append(r.Hits, h)
	}
	return r
}

// strong leaves out the answers that a far better one puts to shame. What belongs to
// another product only sinks.
func strong(found []candidate) []candidate {
	best := float32(0)
	for _, c := range found {
		best = max(best, c.score/c.times)
	}
	return slices.DeleteFunc(found, func(c candidate) bool { return c.score/c.times < leastOfBest*best })
}

func before(x, y candidate) bool {
	return x.score > y.score || x.score == y.score && strings.Compare(string(x.answer().ID), string(y.answer().ID)) < 0
}
