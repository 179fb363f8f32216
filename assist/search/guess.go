package search

import (
	"math"
	"slices"
)

// guess asks the part's model how likely each answer is.
func (s *scratch) guess(one *Index) {
	s.text = s.features(s.text)
	if len(s.text) == 0 {
		return
	}
	l := s.ix.learned
	s.shares = slices.Grow(s.shares, len(l.answers))[:len(l.answers)]
	l.model.score(s.text, s.shares)
	for d := range s.gone {
		if class := l.classOf[d]; class >= 0 && !one.changed(d) {
			s.shares[class] = float32(math.Inf(-1))
		}
	}
	s.logit = float32(math.Inf(-1))
	for _, v := range s.shares {
		s.logit = max(s.logit, v)
	}
	if math.IsInf(float64(s.logit), -1) {
		s.shares = s.shares[:0]
		return
	}
	l.model.shares(s.shares)
}

// changed reports whether an answer of the base that is gone is there as it is now.
func (ix *Index) changed(d int32) bool {
	if ix.late == nil {
		return false
	}
	_, ok := ix.late.find(ix.base.answers[d].ID)
	return ok
}

// share returns how likely the model thinks an answer, next to the likeliest. ok is
// false when it knows nothing of it.
func (s *scratch) share(d int32) (share float32, ok bool) {
	if s.base == nil || len(s.base.shares) == 0 {
		return 0, false
	}
	if s != s.base {
		if d, ok = s.base.ix.find(s.ix.answers[d].ID); !ok {
			return 0, false
		}
	}
	class := s.base.ix.learned.classOf[d]
	if class < 0 {
		return 0, false
	}
	return s.base.shares[class], true
}
