package search

import (
	"context"

	"ringside/assist"
)

// question is a phrasing of an answer.
type question struct {
	answer   int32
	phrasing string
}

// ownQuestions returns phrasings of the part, evenly chosen where there are more than
// most, of answers that can be told without one of them.
func (ix *part) ownQuestions(most int) (out []question) {
	all := 0
	for _, a := range ix.answers {
		all += ownOf(a)
	}
	most = min(most, all)
	seen := 0
	for i, a := range ix.answers {
		for len(out) < most && len(out)*all/most < seen+ownOf(a) {
			out = append(out, question{int32(i), a.Phrasings[len(out)*all/most-seen]})
		}
		seen += ownOf(a)
	}
	return out
}

// ownOf returns how many phrasings of an answer are own questions.
func ownOf(a assist.Answer) int {
	if len(a.Phrasings) < 2 {
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
