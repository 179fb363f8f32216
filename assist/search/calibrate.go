package search

import (
	"context"
	"math"
	"slices"

	"ringside/assist"
)

// sureness holds the fits below which hits are dimmed and hidden.
type sureness struct{ none, dim float32 }

// of returns the state for the fit of the best answer and the share of the question
// that it covers.
func (l sureness) of(fit, cover float32) State {
	switch {
	case fit < l.none, fit < l.dim && cover < coverDim:
		return None
	case fit < l.dim, cover < coverShow:
		return Dim
	}
	return Show
}

// calibrate asks the library its own phrasings, each as if its answer did not have
// it, and takes from what they score how much a question in scope scores.
func calibrate(ix *part) sureness {
	n := float64(len(ix.answers))
	largest := math.Log(1+(n+.5)/1.5) / 2
	l := sureness{float32(defaultNone * largest), float32(defaultDim * largest)}
	fits := ix.ownFits()
	if len(fits) == 0 {
		return l
	}
	slices.Sort(fits)
	at := func(q float64) float32 { return fits[int(q*float64(len(fits)-1))] }
	trust := min(float32(len(fits))/leastSamples, 1)
	l.none += trust * (at(noneBelow) - l.none)
	l.dim += trust * (at(dimBelow) - l.dim)
	return l
}

// ownFits returns the fit of an even sample of the phrasings.
func (ix *part) ownFits() (fits []float32) {
	all := 0
	for _, a := range ix.answers {
		all += tried(a)
	}
	step := max(float64(all)/samples, 1)
	next, seen := 0.0, 0
	for i, a := range ix.answers {
		for ; int(next) < seen+tried(a); next += step {
			if fit, ok := ix.ownFit(i, a.Phrasings[int(next)-seen]); ok {
				fits = append(fits, fit)
			}
		}
		seen += tried(a)
	}
	return fits
}

// tried returns how many phrasings of an answer can be asked: without its only one
// nothing would be left to know it by.
func tried(a assist.Answer) int {
	if len(a.Phrasings) < 2 {
		return 0
	}
	return len(a.Phrasings)
}

func (ix *part) ownFit(answer int, phrasing string) (float32, bool) {
	s := ix.scratch()
	defer ix.release(s)
	s.read(phrasing + " ")
	if s.content == 0 || s.score(context.Background()) != nil {
		return 0, false
	}
	best := float32(0)
	for _, d := range s.seen {
		if int(d) != answer {
			best = max(best, s.sum[d])
		}
	}
	return s.fit(max(best, s.without(int32(answer), phrasing))), true
}

// without returns what the answer would score if it did not have the phrasing: the
// weight of a term is read back from its impact.
func (s *scratch) without(answer int32, phrasing string) (sum float32) {
	ix := s.ix
	lost := map[int32]float32{}
	last := int32(-1)
	ix.eachWord(phrasing, func(bytes []byte) {
		w := ix.words[string(bytes)]
		stem := ix.stemOf[w]
		lost[stem]++
		for _, part := range ix.partsOf(w) {
			lost[part]++
		}
		if last >= 0 {
			lost[ix.pairs[pairKey(last, stem)]]++
		}
		last = stem
	})
	for _, a := range s.asked {
		list := ix.postings[ix.start[a.term]:ix.start[a.term+1]]
		at, ok := slices.BinarySearchFunc(list, answer, func(p posting, d int32) int { return int(p.answer - d) })
		if !ok || ix.idf[a.term] == 0 {
			continue
		}
		share := list[at].impact / ix.idf[a.term]
		weight := k1*share/(1-share) - weightPhrasing*lost[a.term]/ix.spread[answer]
		if weight > 1e-3 {
			sum += a.weight * ix.idf[a.term] * weight / (k1 + weight)
		}
	}
	return sum
}
