package search

import (
	"math"
	"slices"
)

// Words that fit nothing can still mean something. What a model finds near may then
// be shown, dimmed, since nobody's words speak for it: an answer whose meaning stands
// out from all others'. How near is near differs from model to model; so it is
// measured against how near the others are.

const (
	// chance is how often an answer may stand out so far in a library to which the
	// question has nothing to say, if nearness were spread like errors.
	chance = .01
	// fewest answers must be known, or nothing can stand out.
	fewest = 8
)

// byMeaning answers a query whose words fit nothing.
func (f *finding) byMeaning(r Result) Result {
	if f.q.Meaning == nil {
		return r
	}
	near := f.near()
	others := crowdOf(near)
	now := unixOf(f.q.Now)
	best := float32(-1)
	for _, c := range near {
		best = max(best, c.meaning)
	}
	near = slices.DeleteFunc(near, func(c candidate) bool { return !others.below(c.meaning) || !others.beside(c.meaning, best) })
	for i := range near {
		c := &near[i]
		c.times, c.about, c.language = c.in.times(c.doc, now), 1, 1
		c.score = weightMeaning * c.meaning * c.times
	}
	slices.SortFunc(near, bestFirst)
	for _, c := range near[:min(len(near), f.q.limit())] {
		r.State, r.Sure = Dim, max(r.Sure, noneBelow)
		a := *c.answer()
		stale := !f.q.Now.IsZero() && a.Stale(f.q.Now)
		h := Hit{Answer: a, Score: float64(c.score), Why: c.in.reasons("means the same in other words", c, f.q, stale), Stale: stale}
		if f.q.Explain {
			h.Figures = []Figure{{"meaning", float64(c.meaning)}}
		}
		r.Hits = append(r.Hits, h)
	}
	return r
}

// near returns all answers whose meaning is known, and how near each is.
func (f *finding) near() (out []candidate) {
	for _, s := range f.parts {
		for d := range s.ix.answers {
			if s.gone[int32(d)] {
				continue
			}
			if v, ok := f.q.Meaning(s.ix.answers[d].ID); ok {
				out = append(out, candidate{in: s, doc: int32(d), meaning: v})
			}
		}
	}
	return out
}

// crowd is how near the answers of a library are to a question, all in all.
type crowd struct {
	n                 int
	middle, deviation float64
}

// crowdOf looks at the farther half: it has nothing to do with the question, whatever
// the nearer half has.
func crowdOf(near []candidate) crowd {
	all := make([]float64, len(near))
	for i, c := range near {
		all[i] = float64(c.meaning)
	}
	slices.Sort(all)
	c := crowd{n: len(all)}
	if c.n < fewest {
		return c
	}
	half := all[:c.n/2+1]
	c.middle = half[len(half)-1]
	for _, v := range half {
		c.deviation += (v - c.middle) * (v - c.middle) / float64(len(half))
	}
	c.deviation = math.Sqrt(c.deviation)
	return c
}

// beside reports whether an answer stands out at least half as far as the best.
func (c crowd) beside(near, best float32) bool {
	return 2*(float64(near)-c.middle) >= float64(best)-c.middle
}

// below reports whether so near an answer stands out.
func (c crowd) below(near float32) bool {
	if c.deviation == 0 {
		return false
	}
	far := (float64(near) - c.middle) / c.deviation
	return float64(c.n)*math.Erfc(far/math.Sqrt2)/2 < chance
}
