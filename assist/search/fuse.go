package search

import (
	"context"
	"slices"
)

// finding is one search through all parts of an index.
type finding struct {
	ix    *Index
	q     Query
	parts []*scratch
	found []candidate
}

// search finds the candidates, the best first.
func (f *finding) search(ctx context.Context) error {
	for _, one := range f.ix.languages() {
		if err := f.read(ctx, one); err != nil {
			return err
		}
	}
	f.findSubject()
	for _, s := range f.parts {
		f.found = append(f.found, s.best(unixOf(f.q.Now), f.pool())...)
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

// fuse adds up what speaks for each candidate. Where nothing was learned of an answer,
// or its meaning is not known, its words count in their place.
func (f *finding) fuse() {
	most := float32(tiny)
	for i := range f.found {
		most = max(most, f.found[i].raw*f.found[i].language)
	}
	learned := slices.ContainsFunc(f.parts, func(s *scratch) bool { return len(s.shares) > 0 })
	for i := range f.found {
		c := &f.found[i]
		c.words = c.raw * c.language / most
		if share, ok := c.in.share(c.doc); ok {
			c.learned = share * min(c.language, 1)
		} else if learned {
			c.learned = c.words
		}
	}
	if f.q.Meaning != nil {
		f.weighMeaning()
	}
	for i := range f.found {
		c := &f.found[i]
		c.about, _ = c.in.about(c.doc)
		c.score = (c.words + weightLearned*c.learned + weightMeaning*c.meaning) * c.times * c.about
	}
	slices.SortFunc(f.found, bestFirst)
}

// weighMeaning asks how near each candidate is, next to the nearest.
func (f *finding) weighMeaning() {
	nearest := float32(tiny)
	known := make([]bool, len(f.found))
	for i := range f.found {
		c := &f.found[i]
		if near, ok := f.q.Meaning(c.answer().ID); ok {
			c.meaning, known[i] = max(near, 0), true
			nearest = max(nearest, c.meaning)
		}
	}
	for i := range f.found {
		c := &f.found[i]
		if c.meaning /= nearest; !known[i] {
			c.meaning = c.words
		}
	}
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
