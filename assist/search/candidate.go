package search

import (
	"cmp"
	"slices"

	"ringside/assist"
)

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

// bestFirst orders candidates by score, equal ones by id.
func bestFirst(x, y candidate) int {
	return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.answer().ID, y.answer().ID))
}

// best returns the part's answers of the most words, and those that the model thinks
// of.
func (s *scratch) best(now int64, most int) []candidate {
	for _, d := range s.seen {
		if len(s.found) == most && s.sum[d] < s.found[most-1].score || s.gone[d] {
			continue // nothing multiplies by more than 1
		}
		c := s.candidate(d, now)
		if len(s.found) == most && bestFirst(c, s.found[most-1]) > 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(s.found, c, bestFirst)
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

// strong leaves out the answers that a far better one puts to shame. What belongs to
// another product only sinks.
func strong(found []candidate) []candidate {
	best := float32(0)
	for _, c := range found {
		best = max(best, c.score/c.times)
	}
	return slices.DeleteFunc(found, func(c candidate) bool { return c.score/c.times < leastOfBest*best })
}
