package search

import (
	"context"
)

// question is a phrasing of an answer.
type question struct {
	answer   int32
	phrasing string
}

// ownQuestions returns the phrasings of the part, of answers that can be told without
// one of them.
func (ix *part) ownQuestions() (all []question) {
	for i, a := range ix.answers {
		if len(a.Phrasings) < 2 {
			continue
		}
		for _, p := range a.Phrasings[:min(len(a.Phrasings), mostPhrasings)] {
			all = append(all, question{int32(i), p})
		}
	}
	return all
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
		weight := k1*share/(1-share) - weightPhrasing*lost[a.term]/ix.spread[q.answer]
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
