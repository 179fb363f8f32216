package search

import (
	"cmp"
	"context"
	"math"
	"slices"

	"ringside/assist"
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

	wanted []int32 // the query's products
	found  []candidate
	words  []word
}

// word is one word of a query; known is -1 when the library does not have it.
type word struct {
	text  string
	known int32
	stop  bool
}

// candidate is an answer with its score; raw is the score of the words alone.
type candidate struct {
	in         *scratch
	doc        int32
	score, raw float32
	times      float32
	language   float32 // by how much its language counts; set by weighLanguages
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
	for _, d := range s.seen {
		s.sum[d] = 0
	}
	for _, d := range s.completed {
		s.top[d] = 0
	}
	s.asked, s.stems, s.prefix, s.seen, s.completed = s.asked[:0], s.stems[:0], s.prefix[:0], s.seen[:0], s.completed[:0]
	s.wanted, s.found, s.words, s.content = s.wanted[:0], s.found[:0], s.words[:0], 0
	s.gone, s.ceiling = nil, 0
	if ix.pool != nil {
		ix.pool.Put(s)
	}
}

// read turns a text into terms.
func (s *scratch) read(text string) {
	if len(text) > mostBytes {
		text = text[len(text)-mostBytes:]
	}
	c := s.ix.text.Cut(text)
	for c.Next() {
		if w, ok := s.ix.words[string(c.Word())]; ok {
			s.words = append(s.words, word{"", w, s.ix.stop[w]})
		} else {
			text := string(c.Word())
			s.words = append(s.words, word{text, -1, s.ix.isStop(text)})
		}
	}
	ended := !c.Open()
	if len(s.words) > mostWords {
		s.words = s.words[len(s.words)-mostWords:]
	}
	last := int32(-1)
	for i, w := range s.words {
		typing := !ended && i == len(s.words)-1
		last = s.readWord(w, last, !ended, typing)
	}
	if !ended {
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
func (s *scratch) readWord(w word, before int32, typing, unfinished bool) (stemTerm int32) {
	ix := s.ix
	stemTerm = -1
	if t, ok := s.stemIn(w); ok {
		stemTerm = t
	}
	switch {
	case w.stop && stemTerm >= 0 && !typing:
		s.asked = append(s.asked, asked{stemTerm, weightStop})
	case w.stop:
	default:
		s.content++
		if stemTerm >= 0 {
			s.addStem(stemTerm)
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

func (s *scratch) addStem(t int32) {
	s.asked = append(s.asked, asked{t, 1})
	s.stems = append(s.stems, t)
}

func (s *scratch) addParts(parts []int32) {
	weight := weightPart / float32(math.Sqrt(float64(max(len(parts), 1))))
	for _, t := range parts {
		s.addPart(t, weight)
	}
}

func (s *scratch) addPart(t int32, weight float32) {
	n := len(s.ix.answers)
	if df := s.ix.start[t+1] - s.ix.start[t]; n >= partShareOf && float32(df) > partShare*float32(n) {
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
	together := 0
	for _, w := range ix.beginning(prefix) {
		df := int(ix.start[w.stem+1] - ix.start[w.stem])
		if slices.ContainsFunc(s.prefix, func(a asked) bool { return a.term == w.stem }) {
			continue
		}
		if len(s.prefix) < mostCompletions {
			s.prefix = append(s.prefix, asked{w.stem, float32(df)})
			together += df
			continue
		}
		least := 0
		for i, a := range s.prefix {
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
	for i, a := range s.prefix {
		s.prefix[i].weight = weightCompletion * idf / max(ix.idf[a.term], idf)
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
	if len(out) == 0 && len(s.prefix) > 0 {
		s.asked = append(s.asked, asked{s.prefix[0].term, 0})
	}
}

// score sums what speaks for each answer.
func (s *scratch) score(ctx context.Context) error {
	for i, a := range s.asked {
		if i%8 == 7 {
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		for _, p := range s.ix.postings[s.ix.start[a.term]:s.ix.start[a.term+1]] {
			if s.sum[p.answer] == 0 {
				s.seen = append(s.seen, p.answer)
			}
			s.sum[p.answer] += a.weight*p.impact + tiny
		}
	}
	return s.scorePrefix(ctx)
}

// tiny marks an answer as seen also when a term of no weight found it.
const tiny = 1e-9

func (s *scratch) scorePrefix(ctx context.Context) error {
	for _, a := range s.prefix {
		for _, p := range s.ix.postings[s.ix.start[a.term]:s.ix.start[a.term+1]] {
			if s.top[p.answer] == 0 {
				s.completed = append(s.completed, p.answer)
			}
			s.top[p.answer] = max(s.top[p.answer], a.weight*p.impact, tiny)
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

// best returns the part's best answers, the best first, equal ones by id.
func (s *scratch) best(q Query) []candidate {
	limit := q.limit()
	for _, p := range q.Products {
		if id, ok := s.ix.products[productKey(p)]; ok {
			s.wanted = append(s.wanted, id)
		}
	}
	now := int64(math.MinInt64)
	if !q.Now.IsZero() {
		now = q.Now.Unix()
	}
	for _, d := range s.seen {
		if len(s.found) == limit && s.sum[d] < s.found[limit-1].score {
			continue // nothing multiplies by more than 1
		}
		if s.gone[d] {
			continue
		}
		times := s.times(d, len(q.Products) > 0, now)
		c := candidate{in: s, doc: d, score: s.sum[d] * times, raw: s.sum[d], times: times}
		if len(s.found) == limit && !before(c, s.found[limit-1]) {
			continue
		}
		at, _ := slices.BinarySearchFunc(s.found, c, func(x, c candidate) int {
			if before(x, c) {
				return -1
			}
			return 1
		})
		s.found = slices.Insert(s.found, at, c)
		s.found = s.found[:min(len(s.found), limit)]
	}
	return s.found
}

// strong leaves out the answers that a far better one puts to shame. Words alone
// count here: what belongs to another product only sinks.
func strong(found []candidate) []candidate {
	best := float32(0)
	for _, c := range found {
		best = max(best, c.raw*c.language)
	}
	return slices.DeleteFunc(found, func(c candidate) bool { return c.raw*c.language < leastOfBest*best })
}

func before(x, y candidate) bool {
	return x.score > y.score || x.score == y.score && x.answer().ID < y.answer().ID
}

func (c candidate) answer() assist.Answer { return c.in.ix.answers[c.doc] }

// times returns by how much products, age and drafts change the score.
func (s *scratch) times(d int32, products bool, now int64) float32 {
	times := float32(1)
	if products {
		switch of := s.ix.of[d]; {
		case len(of) == 0:
			times = timesGeneral
		case !s.owned(d):
			times = timesOther
		}
	}
	if now > s.ix.staleAt[d] {
		times *= timesStale
	}
	if s.ix.answers[d].Draft {
		times *= timesDraft
	}
	return times
}

func (s *scratch) owned(d int32) bool {
	for _, p := range s.ix.of[d] {
		if slices.Contains(s.wanted, p) {
			return true
		}
	}
	return false
}

// fit says how well a score covers what was asked: long questions score more.
func (s *scratch) fit(raw float32) float32 {
	return raw / float32(1+s.content)
}
