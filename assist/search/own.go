package search

import (
	"context"

	"ringside/assist"
)

// question is a phrasing of an answer.
type question struct {
	answer   int32
	phrasing string
	weight   float32 // of its words in the answer
}

// worth is how much is to be learned from the question about what customers ask: a
// title is written by who wrote the answer, in much the same words.
func (q question) worth() float64 {
	if q.weight == weightTitle {
		return titleWorth
	}
	return 1
}

// ownQuestions returns phrasings of the part, of answers that can be told without one
// of them, and the titles of those that have none; evenly chosen where there are more
// than most.
func (ix *part) ownQuestions(most int) (out []question) {
	all := 0
	for _, a := range ix.answers {
		all += ownOf(a)
	}
	most = min(most, all)
	seen := 0
	for i, a := range ix.answers {
		for len(out) < most && len(out)*all/most < seen+ownOf(a) {
			q := question{int32(i), a.Title, weightTitle}
			if len(a.Phrasings) > 0 {
				q.phrasing, q.weight = a.Phrasings[len(out)*all/most-seen], weightPhrasing
			}
			out = append(out, q)
		}
		seen += ownOf(a)
	}
	return out
}

// ownOf returns how many own questions an answer has.
func ownOf(a assist.Answer) int {
	switch len(a.Phrasings) {
	case 0:
		return 1
	case 1:
		return 0
	}
	return min(len(a.Phrasings), mostPhrasings)
}

// ownFit returns the fit of the best answer to an own question, when its answer did
// not have it. ok is false for a question that says nothing.
func (s *scratch) ownFit(ctx context.Context, q question) (fit float32, ok bool) {
	s.clear()
	s.read(q.phrasing + " ")
	if s.content == 0 || s.score(ctx) != nil {
		return 0, false
	}
	best := float32(0)
	for _, d := range s.seen {
		if d != q.answer {
			best = max(best, s.sum[d])
		}
	}
	return s.fit(max(best, s.withoutPhrasing(q))), true
}

// withoutPhrasing returns what the answer would score if it did not have the
// phrasing: the weight of a term is read back from its share.
func (s *scratch) withoutPhrasing(q question) (sum float32) {
	ix := s.ix
	lost := map[int32]float32{}
	last := int32(-1)
	ix.eachWord(q.phrasing, func(bytes []byte) {
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
		share, ok := ix.postings.share(a.term, q.answer)
		if !ok {
			continue
		}
		weight := k1*share/(1-share) - q.weight*lost[a.term]/ix.spread[q.answer]
		if weight > 1e-3 {
			sum += a.weight * ix.idf[a.term] * weight / (k1 + weight)
		}
	}
	return sum
}

// fit says how well a score covers what was asked: long questions score more.
func (s *scratch) fit(raw float32) float32 {
	return raw / float32(1+s.content)
}
