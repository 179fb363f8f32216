package search

import (
	"context"
	"math"
	"slices"
	"sync"
)

// learned is what a part has learned from its answers' own phrasings. It never
// changes.
type learned struct {
	classOf []int32 // by answer; -1 for those without phrasings
	answers []int32 // by class
	model   model
}

// model tells classes apart.
type model interface {
	score(text []feature, scores []float32) // fills in how much a text speaks for each class
	shares(scores []float32)                // turns scores into shares of the best one's weight
}

// Train returns an index that has also learned from the phrasings how the customers
// of this library ask: for the same words it ranks better and knows better when
// nothing fits. It takes up to a few seconds for a large library, so call it beside.
// What has changed since Build takes no part in it until the next Build. ix is left
// as it was and stays usable; the error is ctx's and nothing else.
func (ix *Index) Train(ctx context.Context) (*Index, error) {
	next := *ix
	next.others = slices.Clone(ix.others)
	for i, one := range ix.others {
		var err error
		if next.others[i], err = one.Train(ctx); err != nil {
			return nil, err
		}
	}
	if ix.base == nil {
		return &next, ctx.Err()
	}
	base, err := ix.base.train(ctx)
	if err != nil {
		return nil, err
	}
	next.base = base
	return &next, nil
}

// train returns the part with what can be learned from its phrasings.
func (ix *part) train(ctx context.Context) (*part, error) {
	next := *ix
	next.pool = &sync.Pool{New: func() any { return newScratch(&next) }}
	l := ix.classes()
	if len(l.answers) < 2 {
		return &next, ctx.Err()
	}
	examples := ix.examples(l)
	if len(l.answers) > mostClasses {
		l.model = newCentroids(int(ix.terms), len(l.answers), examples)
		next.learned = l
		return &next, ctx.Err()
	}
	m, err := learnLinear(ctx, int(ix.terms), len(l.answers), examples)
	if err != nil {
		return nil, err
	}
	l.model, next.learned = m, l
	next.sureness, err = ix.sureness.learn(ctx, &next, examples)
	if err != nil {
		return nil, err
	}
	return &next, nil
}

// classes returns the answers that have phrasings, none of them when there are too
// many phrasings to learn from.
func (ix *part) classes() *learned {
	l := &learned{classOf: make([]int32, len(ix.answers))}
	phrasings := 0
	for i, a := range ix.answers {
		if l.classOf[i] = -1; len(a.Phrasings) > 0 {
			l.classOf[i] = int32(len(l.answers))
			l.answers = append(l.answers, int32(i))
			phrasings += min(len(a.Phrasings), mostEach)
		}
	}
	if len(l.answers) > mostClasses && phrasings > mostCentroid {
		l.answers = nil
	}
	return l
}

// examples returns the titles and phrasings of the classes, evenly chosen where an
// answer has too many.
func (ix *part) examples(l *learned) (examples []example) {
	most := mostEach
	if len(l.answers) <= mostClasses {
		most = max(mostLearned/len(l.answers), mostEach)
	}
	s := newScratch(ix)
	var fs []feature
	for class, at := range l.answers {
		a := ix.answers[at]
		add := func(text, phrasing string) {
			s.readWords(text + " ")
			if fs = s.features(fs[:0]); len(fs) > 0 {
				examples = append(examples, example{slices.Clone(fs), int32(class), phrasing})
			}
			s.clear()
		}
		add(a.Title, "")
		for _, p := range evenly(a.Phrasings, most) {
			add(p, p)
		}
	}
	return examples
}

// features appends what the query's words are to a model: stems, pairs and parts as
// in a search, but with more weight on the small words, which tell "how do I" from
// "why did you".
func (s *scratch) features(out []feature) []feature {
	ix := s.ix
	before := int32(-1)
	for i, w := range s.words {
		term := int32(-1)
		if t, ok := s.stemIn(w); ok {
			term = t
			weight := float32(1)
			if w.stop {
				weight = learnStop
			}
			out = append(out, feature{term, weight})
		}
		if !w.stop {
			out = s.partFeatures(out, w, s.typing && i == len(s.words)-1)
		}
		if before >= 0 && term >= 0 {
			if t, ok := ix.pairs[pairKey(before, term)]; ok {
				out = append(out, feature{t, learnPair})
			}
		}
		before = term
	}
	for _, c := range s.prefix {
		out = append(out, feature{c.term, c.weight / float32(len(s.prefix))})
	}
	out = together(out)
	for i, f := range out {
		out[i].value *= float32(math.Sqrt(math.Sqrt(float64(ix.idf[f.term]))))
	}
	return toLengthOne(out)
}

func (s *scratch) partFeatures(out []feature, w word, unfinished bool) []feature {
	from, all := len(out), 0
	if w.known >= 0 {
		for _, t := range s.ix.partsOf(w.known) {
			out = append(out, feature{t, learnPart})
			all++
		}
	} else {
		eachPart(w.text, unfinished, func(part uint64) {
			all++
			if t, ok := s.ix.parts[part]; ok {
				out = append(out, feature{t, learnPart})
			}
		})
	}
	by := 1 / float32(math.Sqrt(float64(max(all, 1))))
	for i := from; i < len(out); i++ {
		out[i].value *= by
	}
	return out
}
