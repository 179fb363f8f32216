package search

import (
	"context"
	"math"
	"slices"
)

// sureness knows what questions that the library can answer look like. It asks the
// library its own phrasings, each as if its answer did not have it.
type sureness struct {
	own         []float32 // what the own questions score, the least first
	wide        spread    // of own
	fit, logit  spread    // of the two things that a score is made of once there is a model
	hasModel    bool
	trust       float64 // in own: 0 when there are none, 1 when there are enough
	fitOfOthers spread  // of questions to libraries in general
}

// spread is the mean and the standard deviation of some numbers.
type spread struct{ mean, wide float32 }

func spreadOf(values []float32) (s spread) {
	for _, v := range values {
		s.mean += v / float32(len(values))
	}
	sum := float32(0)
	for _, v := range values {
		sum += (v - s.mean) * (v - s.mean) / float32(len(values))
	}
	s.wide = max(float32(math.Sqrt(float64(sum))), 1e-3)
	return s
}

// from returns how many standard deviations a value is above the mean.
func (s spread) from(value float32) float32 { return (value - s.mean) / s.wide }

// sure says how sure the index is of the best candidate, and what to do with it.
func (f *finding) sure() (float64, State) {
	top := f.found[0]
	raw := float32(0)
	for _, c := range f.found {
		if c.in.ix.text == top.in.ix.text {
			raw = max(raw, c.raw)
		}
	}
	logit, known := float32(0), false
	if b := top.in.base; b != nil && len(b.shares) > 0 {
		logit, known = b.logit, true
	}
	sure := top.in.ix.sureness.of(top.in.fit(raw), logit, known)
	cover := top.in.cover(top.doc)
	switch {
	case sure < noneBelow, sure < dimBelow && cover < coverDim:
		return sure, None
	case sure < dimBelow, cover < coverShow:
		return sure, Dim
	}
	return sure, Show
}

// of returns which share of the questions that can be answered is less sure than one
// of this fit, and of this best score of the model where there is one.
func (l *sureness) of(fit, logit float32, known bool) float64 {
	usual := float64(l.fitOfOthers.from(fit))
	sure := math.Erfc(-usual/math.Sqrt2) / 2
	if l.trust == 0 {
		return sure
	}
	score := fit
	if l.hasModel {
		if score = l.fit.from(fit); known {
			score += l.logit.from(logit)
		}
	}
	return l.trust*l.below(score) + (1-l.trust)*sure
}

// below returns the share of own that is below a score. It grows with every score,
// also beyond the least and the most that own has.
func (l *sureness) below(score float32) float64 {
	n := float64(len(l.own))
	at, _ := slices.BinarySearch(l.own, score)
	switch at {
	case 0:
		return .5 / n * math.Exp(float64((score-l.own[0])/l.wide.wide))
	case len(l.own):
		return 1 - .5/n*math.Exp(float64((l.own[at-1]-score)/l.wide.wide))
	}
	gap := l.own[at] - l.own[at-1]
	return (float64(at) - .5 + float64((score-l.own[at-1])/gap)) / n
}

// calibrate asks the phrasings of a part that has no model.
func calibrate(ix *part) sureness {
	largest := float32(rarity(1, float64(len(ix.answers))) / 2)
	l := sureness{fitOfOthers: spread{usualFit * largest, max(usualSpread*largest, 1e-3)}}
	s := ix.scratch()
	defer ix.release(s)
	var fits []float32
	worth := 0.
	for _, q := range ix.ownQuestions(samples) {
		if fit, ok := s.ownFit(context.Background(), q); ok {
			fits = append(fits, fit)
			worth += q.worth()
		}
	}
	l.keep(fits, worth)
	return l
}

// keep takes what the own questions score, and what they are worth together.
func (l *sureness) keep(own []float32, worth float64) {
	slices.Sort(own)
	l.own, l.wide = own, spreadOf(own)
	l.trust = min(worth/leastSamples, worth/float64(max(len(own), 1)), 1)
}

// learn asks the phrasings again, each of a model that was learned without it.
func (l sureness) learn(ctx context.Context, ix *part, examples []example) (sureness, error) {
	var asked []int
	for i, e := range examples {
		if e.phrasing != "" {
			asked = append(asked, i)
		}
	}
	all := len(asked)
	asked = evenly(asked, samples)
	folds := min((len(asked)*foldShare+all-1)/max(all, 1), foldShare)
	var fits, logits []float32
	s := ix.scratch()
	defer ix.release(s)
	for fold := range folds {
		var held []int
		for i := fold; i < len(asked); i += folds {
			held = append(held, asked[i])
		}
		m, err := learnLinear(ctx, int(ix.terms), len(ix.learned.answers), without(examples, held))
		if err != nil {
			return l, err
		}
		scores := make([]float32, m.classes)
		for _, i := range held {
			e := examples[i]
			if fit, ok := s.ownFit(ctx, question{ix.learned.answers[e.class], e.phrasing, weightPhrasing}); ok {
				m.score(e.text, scores)
				fits, logits = append(fits, fit), append(logits, slices.Max(scores))
			}
		}
	}
	if len(fits) == 0 {
		return l, ctx.Err()
	}
	l.fit, l.logit, l.hasModel = spreadOf(fits), spreadOf(logits), true
	for i := range fits {
		fits[i] = l.fit.from(fits[i]) + l.logit.from(logits[i])
	}
	l.keep(fits, float64(len(fits)))
	return l, ctx.Err()
}

func without(examples []example, held []int) (out []example) {
	for i, e := range examples {
		if _, in := slices.BinarySearch(held, i); !in {
			out = append(out, e)
		}
	}
	return out
}

// evenly returns at most so many of a list, in their order.
func evenly[T any](list []T, most int) []T {
	if len(list) <= most {
		return list
	}
	out := make([]T, most)
	for i := range out {
		out[i] = list[i*len(list)/most]
	}
	return out
}
