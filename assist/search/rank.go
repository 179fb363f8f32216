package search

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// asked is one term of a query and its weight.
type asked struct {
	term   int32
	weight float32
}

// scratch is what one search needs; it is used again by later ones.
type scratch struct {
	ix      *part
	gone    map[int32]bool // answers that are not to be found any more
	ceiling float32        // the most that completions together may be worth; 0: no such limit
	asked   []asked
	stems   []int32 // content stems of the query that the library knows
	content int     // content words, known or not
	prefix  []asked // completions of an unfinished last word

	sum, top  []float32 // by answer; all zero between searches
	seen      []int32   // answers with a sum
	completed []int32   // answers with a top

	found  []candidate
	words  []word
	typing bool // the last word is unfinished

	subject subject
	base    *scratch  // of the part that has learned for this one; itself, or nil where none has
	shares  []float32 // by class: how likely it is next to the likeliest; none when nothing is known
	logit   float32   // of the likeliest
	text    []feature
}

// word is one word of a query; known is -1 when the library does not have it.
type word struct {
	text  string
	known int32
	stop  bool
	joint bool // it begins with the last letter of the word before
}

func newScratch(ix *part) *scratch {
	n := len(ix.answers)
	return &scratch{ix: ix, sum: make([]float32, n), top: make([]float32, n)}
}

func (ix *part) scratch() *scratch {
	if ix.pool == nil {
		return newScratch(ix)
	}
	return ix.pool.Get().(*scratch)
}

func (ix *part) release(s *scratch) {
	s.clear()
	if ix.pool != nil {
		ix.pool.Put(s)
	}
}

// clear makes the scratch as it was before the search.
func (s *scratch) clear() {
	for _, d := range s.seen {
		s.sum[d] = 0
	}
	for _, d := range s.completed {
		s.top[d] = 0
	}
	s.asked, s.stems, s.prefix, s.seen, s.completed = s.asked[:0], s.stems[:0], s.prefix[:0], s.seen[:0], s.completed[:0]
	s.found, s.words, s.text, s.shares = s.found[:0], s.words[:0], s.text[:0], s.shares[:0]
	s.content, s.ceiling, s.logit, s.typing = 0, 0, 0, false
	s.gone, s.base, s.subject = nil, nil, subject{}
}

// readWords cuts a text into words.
func (s *scratch) readWords(text string) {
	if len(text) > mostBytes {
		text = text[len(text)-mostBytes:]
	}
	c := s.ix.text.Cut(text)
	for c.Next() {
		if w, ok := s.ix.words[string(c.Word())]; ok {
			s.words = append(s.words, word{"", w, s.ix.stop[w], c.Shared()})
		} else {
			text := string(c.Word())
			s.words = append(s.words, word{text, -1, s.ix.isStop(text), c.Shared()})
		}
	}
	s.ix.bridge(s.words)
	s.typing = c.Open()
	if len(s.words) > mostWords {
		s.words = s.words[len(s.words)-mostWords:]
	}
}

// read turns a text into terms.
func (s *scratch) read(text string) {
	s.readWords(text)
	last := int32(-1)
	for i, w := range s.words {
		last = s.readWord(w, last, s.typing && i == len(s.words)-1)
	}
	if s.typing {
		s.complete(s.ix.lastWord(text))
	}
	s.merge()
}

func (ix *part) lastWord(text string) string {
	from := max(len(text)-4*longestWord, 0)
	c := ix.text.Cut(text[from:])
	for c.Next() {
	}
	return string(c.Word())
}

// readWord adds the terms of one word and returns its stem, -1 when unknown.
func (s *scratch) readWord(w word, before int32, unfinished bool) (stemTerm int32) {
	ix := s.ix
	stemTerm = -1
	if t, ok := s.stemIn(w); ok {
		stemTerm = t
	}
	switch {
	case w.stop && stemTerm >= 0 && !unfinished && !(s.typing && ix.large()):
		s.asked = append(s.asked, asked{stemTerm, weightStop})
	case w.stop:
	default:
		s.content++
		if stemTerm >= 0 {
			s.addStem(stemTerm, unfinished)
		}
		if w.known >= 0 {
			s.addParts(ix.partsOf(w.known))
		} else {
			s.addUnknownParts(w.text, unfinished)
		}
	}
	if before >= 0 && stemTerm >= 0 {
		if t, ok := ix.pairs[pairKey(before, stemTerm)]; ok {
			s.asked = append(s.asked, asked{t, weightPair})
		}
	}
	return stemTerm
}

// addStem asks for a stem; that of an unfinished word is one of its completions.
func (s *scratch) addStem(t int32, unfinished bool) {
	s.stems = append(s.stems, t)
	if unfinished {
		s.prefix = append(s.prefix, asked{t, 1})
	} else {
		s.asked = append(s.asked, asked{t, 1})
	}
}

// large reports whether the part is so large that what is everywhere costs time.
func (ix *part) large() bool { return len(ix.answers) >= partShareOf }

func (s *scratch) addParts(parts []int32) {
	weight := weightPart / float32(math.Sqrt(float64(max(len(parts), 1))))
	for _, t := range parts {
		s.addPart(t, weight)
	}
}

func (s *scratch) addPart(t int32, weight float32) {
	df := s.ix.postings.often(t)
	if s.ix.large() && float32(df) > partShare*float32(len(s.ix.answers)) {
		return
	}
	s.asked = append(s.asked, asked{t, weight})
}

func (s *scratch) addUnknownParts(text string, unfinished bool) {
	all := 0
	eachPart(text, unfinished, func(uint64) { all++ })
	weight := weightPart / float32(math.Sqrt(float64(max(all, 1))))
	eachPart(text, unfinished, func(part uint64) {
		if t, ok := s.ix.parts[part]; ok {
			s.addPart(t, weight)
		}
	})
}

// complete finds the stems that an unfinished word may become. Together they count
// as one term that is as rare as all of them are: else a rare completion of two
// letters would win over what was said before.
func (s *scratch) complete(prefix string) {
	if len([]rune(prefix)) < leastPrefix || s.ix.isStop(prefix) && len(s.stems) > 0 {
		return
	}
	ix := s.ix
	whole := len(s.prefix) // the stem that the word has as it is
	together := 0
	for _, w := range ix.beginning(prefix) {
		df := ix.postings.often(w.stem)
		if slices.ContainsFunc(s.prefix, func(a asked) bool { return a.term == w.stem }) {
			continue
		}
		if len(s.prefix) < mostCompletions {
			s.prefix = append(s.prefix, asked{w.stem, float32(df)})
			together += df
			continue
		}
		least := len(s.prefix) - 1
		for i, a := range s.prefix[whole:] {
			i += whole
			if a.weight < s.prefix[least].weight {
				least = i
			}
		}
		if float32(df) > s.prefix[least].weight {
			together += df - int(s.prefix[least].weight)
			s.prefix[least] = asked{w.stem, float32(df)}
		}
	}
	idf := rarity(min(float64(together), ix.size), ix.size)
	if s.ceiling > 0 {
		idf = min(idf, s.ceiling)
	}
	s.ceiling = idf
	for i, a := range s.prefix[whole:] {
		s.prefix[whole+i].weight = weightCompletion * idf / max(ix.idf[a.term], idf)
	}
}

// merge adds the weights of a term that is asked for twice.
func (s *scratch) merge() {
	slices.SortFunc(s.asked, func(a, b asked) int { return cmp.Compare(a.term, b.term) })
	out := s.asked[:0]
	for _, a := range s.asked {
		if n := len(out); n > 0 && out[n-1].term == a.term {
			out[n-1].weight += a.weight
		} else {
			out = append(out, a)
		}
	}
	s.asked = out
}

// thin leaves out the commonest terms of a query that would make it slow. They tell
// the least apart.
func (s *scratch) thin() {
	length := func(a asked) int { return s.ix.postings.often(a.term) }
	all := 0
	for _, a := range s.asked {
		all += length(a)
	}
	for all > mostPostings && len(s.asked) > 1 {
		longest := 0
		for i, a := range s.asked {
			if length(a) > length(s.asked[longest]) {
				longest = i
			}
		}
		all -= length(s.asked[longest])
		s.asked = slices.Delete(s.asked, longest, longest+1)
	}
}

// score sums what speaks for each answer.
func (s *scratch) score(ctx context.Context) error {
	s.thin()
	for i, a := range s.asked {
		if i%8 == 7 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		answers, shares := s.ix.postings.of(a.term)
		by := a.weight * s.ix.idf[a.term] / wholeShare
		for i, d := range answers {
			if s.sum[d] == 0 {
				s.seen = append(s.seen, d)
			}
			s.sum[d] += by*float32(shares[i]) + tiny
		}
	}
	return s.scorePrefix(ctx)
}

// tiny marks an answer as seen also when a term of no weight found it.
const tiny = 1e-9

func (s *scratch) scorePrefix(ctx context.Context) error {
	for _, a := range s.prefix {
		answers, shares := s.ix.postings.of(a.term)
		by := a.weight * s.ix.idf[a.term] / wholeShare
		for i, d := range answers {
			if s.top[d] == 0 {
				s.completed = append(s.completed, d)
			}
			s.top[d] = max(s.top[d], by*float32(shares[i]), tiny)
		}
	}
	for _, d := range s.completed {
		if s.sum[d] == 0 {
			s.seen = append(s.seen, d)
		}
		s.sum[d] += s.top[d]
	}
	return ctx.Err()
}
