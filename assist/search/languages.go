package search

import (
	"cmp"
	"math"
	"slices"

	"ringside/assist"
	"ringside/assist/search/text"
)

// A library of several languages is an index for each: words of one language do not
// count in another, where they may mean something else or nothing at all.

// languageOf returns how the answers are read; they are all in one language.
func languageOf(answers []assist.Answer) *text.Analysis {
	if len(answers) == 0 {
		return text.For("")
	}
	return text.For(answers[0].Language)
}

// byLanguage parts answers by language, English first, then by the language's tag.
func byLanguage(answers []assist.Answer) (groups [][]assist.Answer) {
	if len(answers) == 0 {
		return nil
	}
	first := languageOf(answers)
	if !slices.ContainsFunc(answers, func(a assist.Answer) bool { return text.For(a.Language) != first }) {
		return [][]assist.Answer{answers}
	}
	for _, a := range answers {
		at := slices.IndexFunc(groups, func(g []assist.Answer) bool { return languageOf(g) == text.For(a.Language) })
		if at < 0 {
			at, groups = len(groups), append(groups, nil)
		}
		groups[at] = append(groups[at], a)
	}
	rank := func(g []assist.Answer) string {
		if languageOf(g) == text.For("") {
			return ""
		}
		return "-" + languageOf(g).Language()
	}
	slices.SortFunc(groups, func(x, y []assist.Answer) int { return cmp.Compare(rank(x), rank(y)) })
	return groups
}

// takeLanguage removes the group of a language and returns it.
func takeLanguage(groups *[][]assist.Answer, language *text.Analysis) (own []assist.Answer) {
	*groups = slices.DeleteFunc(*groups, func(g []assist.Answer) bool {
		if languageOf(g) != language {
			return false
		}
		own = g
		return true
	})
	return own
}

// languages returns the indexes of all languages, this one's first.
func (ix *Index) languages() []*Index {
	if ix.base == nil {
		return nil
	}
	return append([]*Index{ix}, ix.others...)
}

// weighLanguages makes scores of different languages comparable. A language counts
// by how much of the query are words of it; when the customer's language is known,
// the others sink, but they do not vanish: the rep may well type in another.
func (ix *Index) weighLanguages(q Query, found []candidate) {
	for i := range found {
		found[i].language = 1
	}
	if len(ix.others) == 0 {
		return
	}
	known := map[*text.Analysis]float32{}
	most := float32(0)
	for i, c := range found {
		if i > 0 && found[i-1].in == c.in {
			continue
		}
		k := c.in.known()
		known[c.in.ix.text] = max(known[c.in.ix.text], k)
		most = max(most, k)
	}
	wanted := text.For(q.Language)
	for i := range found {
		c, in := &found[i], found[i].in.ix
		c.language = (known[in.text] + unknownTongue) / (most + unknownTongue) * rarest(ix.base.size) / rarest(in.size)
		if q.Language != "" && in.text != wanted {
			c.language *= timesForeign
		}
	}
}

// rarest is the weight of a word that nobody has written.
func rarest(n float64) float32 { return float32(math.Log(1 + (n+.5)/.5)) }

// known returns which share of the query's words are words of the part's language,
// as far as its library and the words that say little can tell.
func (s *scratch) known() float32 {
	n := 0
	for i, w := range s.words {
		if w.known >= 0 || w.stop || i == len(s.words)-1 && len(s.prefix) > 0 {
			n++
		} else if _, ok := s.stemIn(w); ok {
			n++
		}
	}
	return float32(n) / float32(max(len(s.words), 1))
}
