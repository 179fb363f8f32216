package search

import (
	"slices"
)

// cover returns which share of what the query says the answer takes up, 0 to 1,
// each word counted by its rarity. What stands in the title or a phrasing counts in
// full, what only the text says counts in part, and so does a word that is only
// spelt alike. Words that the library does not know count as the rarest.
func (s *scratch) cover(doc int32) float32 {
	ix := s.ix
	rarest := rarity(0, ix.size)
	covered, all := float32(0), float32(1e-6)
	for i, w := range s.words {
		if w.stop {
			continue
		}
		weight, share := rarest, float32(0)
		if stem, ok := s.stemIn(w); ok {
			weight, share = ix.idf[stem], s.says(doc, stem)
		}
		if i == len(s.words)-1 && share < 1 {
			for _, c := range s.prefix {
				if in := s.says(doc, c.term); in > share {
					weight, share = ix.idf[c.term], in
				}
			}
		}
		if share == 0 {
			share = s.spelt(doc, w)
		}
		covered += weight * share
		all += weight
	}
	return covered / all
}

func (s *scratch) stemIn(w word) (int32, bool) {
	if w.known >= 0 {
		return s.ix.stemOf[w.known], true
	}
	t, ok := s.ix.stems[s.ix.stem(w.text)]
	return t, ok
}

// says returns 1 when the title or a phrasing of the answer has the stem, less when
// only its text has, and 0 when it does not.
func (s *scratch) says(doc, stem int32) float32 {
	ix := s.ix
	for p := ix.answerPhrase[doc]; p < ix.answerPhrase[doc+1]; p++ {
		if slices.Contains(ix.phrases[ix.phraseStart[p]:ix.phraseStart[p+1]], stem) {
			return 1
		}
	}
	switch {
	case !s.has(doc, stem):
		return 0
	case len(ix.answers[doc].Phrasings) == 0:
		return 1 // the text is all that tells what it is for
	}
	return coverText
}

func (s *scratch) has(doc, term int32) bool {
	_, ok := s.ix.postings.share(term, doc)
	return ok
}

// spelt returns which share of the word's parts the answer has, when it is most of them.
func (s *scratch) spelt(doc int32, w word) float32 {
	if w.known >= 0 {
		return 0
	}
	all, in := 0, 0
	eachPart(w.text, false, func(part uint64) {
		all++
		if t, ok := s.ix.parts[part]; ok && s.has(doc, t) {
			in++
		}
	})
	if all == 0 || float32(in) < leastSpelt*float32(all) {
		return 0
	}
	return float32(in) / float32(all)
}
