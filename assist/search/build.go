package search

import (
	"math"
	"slices"
	"strings"
	"sync"

	"ringside/assist"
	"ringside/assist/search/text"
)

// part is one picture of answers that can be searched by itself. It never changes.
type part struct {
	answers []assist.Answer // by id: a smaller number is a smaller id
	staleAt []int64         // Unix seconds from which the answer is stale

	vocabulary
	size     float64   // of the library that idf speaks of
	mean     float64   // length of its answers
	idf      []float32 // by term
	postings postings
	spread   []float32 // by answer: how far its length divides what it says

	phrases      []int32  // content stems of titles and phrasings, one after another
	phraseStart  []uint32 // by phrase, and one more
	answerPhrase []uint32 // by answer, and one more; the first phrase is the title

	products map[string]int32
	of       [][]int32 // by answer: its products; none means that it is general

	names    *names
	sureness sureness
	learned  *learned // nil until it has been trained
	pool     *sync.Pool
}

// newPart reads answers of one language into a part. Where like is not nil, words weigh what they
// weigh there: like is most of the library, and the part a little of it.
func newPart(answers []assist.Answer, like *part) *part {
	ix := &part{answers: unique(answers), products: map[string]int32{}}
	ix.vocabulary.init(languageOf(ix.answers))
	w := writer{ix: ix}
	for i, a := range ix.answers {
		w.answer(int32(i), a)
	}
	w.weigh(like)
	w.finish()
	ix.names = newNames(ix)
	ix.pool = &sync.Pool{New: func() any { return newScratch(ix) }}
	return ix
}

// entry is a posting that is not yet in its place.
type entry struct {
	term   int32
	weight float32
}

const firstChunk, chunk = 1 << 10, 1 << 16 // entries

// writer fills an index, answer by answer.
type writer struct {
	ix      *part
	entries [][]entry // by answer, in chunks: a list of millions would be moved as it grows
	ends    []int     // by answer: how many entries there are up to its last
	all     int
	length  []float32 // by answer, weighted
	total   float64

	cut     text.Cutter
	weight  []float32 // by term: of the answer being read
	touched []int32
}

func (w *writer) answer(i int32, a assist.Answer) {
	ix := w.ix
	ix.staleAt = append(ix.staleAt, staleAt(a))
	ix.answerPhrase = append(ix.answerPhrase, uint32(len(ix.phraseStart)))
	length := w.phrase(a.Title, weightTitle)
	for _, p := range a.Phrasings[:min(len(a.Phrasings), mostPhrasings)] {
		length += w.phrase(p, weightPhrasing)
	}
	length += w.field(a.Say, weightBody, nil)
	for _, s := range a.Steps {
		length += w.field(s, weightBody, nil)
	}
	length += w.field(a.Department, weightTag, nil)
	var of []int32
	for _, p := range a.Products {
		length += w.field(p, weightTag, nil)
		if p = productKey(p); p != "" {
			id, ok := ix.products[p]
			if !ok {
				id = int32(len(ix.products))
				ix.products[p] = id
			}
			of = append(of, id)
		}
	}
	ix.of = append(ix.of, of)
	w.length = append(w.length, length)
	w.total += float64(length)
	for _, t := range w.touched {
		w.put(entry{t, w.weight[t]})
		w.weight[t] = 0
	}
	w.touched = w.touched[:0]
	w.ends = append(w.ends, w.all)
}

func (w *writer) put(e entry) {
	switch n := len(w.entries); {
	case n == 0:
		w.entries = append(w.entries, make([]entry, 0, firstChunk))
	case len(w.entries[n-1]) == cap(w.entries[n-1]):
		w.entries = append(w.entries, make([]entry, 0, chunk))
	}
	last := &w.entries[len(w.entries)-1]
	*last = append(*last, e)
	w.all++
}

// phrase reads a title or phrasing and keeps its content stems, for the reasons.
func (w *writer) phrase(text string, weight float32) float32 {
	w.ix.phraseStart = append(w.ix.phraseStart, uint32(len(w.ix.phrases)))
	return w.field(text, weight, func(word int32) {
		if !w.ix.stop[word] {
			w.ix.phrases = append(w.ix.phrases, w.ix.stemOf[word])
		}
	})
}

// field adds the terms of a text and returns its weighted length.
func (w *writer) field(said string, weight float32, also func(word int32)) (length float32) {
	last := int32(-1)
	for w.cut = w.ix.text.Cut(said); w.cut.Next(); {
		word := w.ix.learn(w.cut.Word())
		stem := w.ix.stemOf[word]
		w.add(stem, weight)
		for _, part := range w.ix.partsOf(word) {
			w.add(part, weight)
		}
		if last >= 0 {
			w.add(w.ix.learnPair(last, stem), weight)
		}
		if also != nil {
			also(word)
		}
		last = stem
		length += weight
	}
	return length
}

func (w *writer) add(term int32, weight float32) {
	for int(term) >= len(w.weight) {
		w.weight = append(w.weight, 0)
	}
	if w.weight[term] == 0 {
		w.touched = append(w.touched, term)
	}
	w.weight[term] += weight
}

// weigh counts the entries by term and says how rare each term is and how long an
// answer usually is.
func (w *writer) weigh(like *part) {
	ix := w.ix
	ix.postings.start = make([]uint32, ix.terms+1)
	for _, entries := range w.entries {
		for _, e := range entries {
			ix.postings.start[e.term+1]++
		}
	}
	ix.size = float64(len(ix.answers))
	ix.mean = w.total / max(ix.size, 1)
	if like != nil {
		ix.size, ix.mean = max(like.size, ix.size), like.mean
	}
	ix.idf = make([]float32, ix.terms)
	for t := range ix.idf {
		ix.idf[t] = rarity(float64(ix.postings.start[t+1]), ix.size)
	}
	if like != nil {
		ix.borrow(like)
	}
	for t := range ix.idf {
		ix.postings.start[t+1] += ix.postings.start[t]
	}
}

// rarity is the weight of a term that df of n answers have (the idf of BM25).
func rarity(df, n float64) float32 {
	return float32(math.Log(1 + (n-df+.5)/(df+.5)))
}

// borrow gives the terms that both have the rarity of the other part's.
func (ix *part) borrow(like *part) {
	there := make([]int32, ix.terms) // by term: its number there, and one more
	for s, t := range ix.stems {
		if o, ok := like.stems[s]; ok {
			there[t] = o + 1
		}
	}
	for p, t := range ix.parts {
		if o, ok := like.parts[p]; ok {
			there[t] = o + 1
		}
	}
	for key, t := range ix.pairs {
		a, b := there[key>>32], there[uint32(key)]
		if o, ok := like.pairs[pairKey(a-1, b-1)]; ok && a > 0 && b > 0 {
			there[t] = o + 1
		}
	}
	for t, o := range there {
		if o > 0 {
			ix.idf[t] = like.idf[o-1]
		}
	}
}

// finish sorts the entries by term and turns weights into shares.
func (w *writer) finish() {
	ix := w.ix
	ix.phraseStart = append(ix.phraseStart, uint32(len(ix.phrases)))
	ix.answerPhrase = append(ix.answerPhrase, uint32(len(ix.phraseStart)-1))
	ix.spread = make([]float32, len(w.length))
	for i, l := range w.length {
		ix.spread[i] = float32(1 - b + b*float64(l)/max(ix.mean, 1))
	}
	ix.postings.answers, ix.postings.shares = make([]int32, w.all), make([]uint16, w.all)
	next := slices.Clone(ix.postings.start)
	n, answer := 0, int32(0)
	for _, entries := range w.entries {
		for _, e := range entries {
			for n == w.ends[answer] {
				answer++
			}
			weight := e.weight / ix.spread[answer]
			at := next[e.term]
			ix.postings.answers[at], ix.postings.shares[at] = answer, uint16(weight/(k1+weight)*wholeShare)
			next[e.term]++
			n++
		}
	}
	ix.vocabulary.sort()
}

func staleAt(a assist.Answer) int64 {
	switch {
	case a.VerifyEvery <= 0:
		return math.MaxInt64
	case a.Verified.IsZero():
		return math.MinInt64
	}
	return a.Verified.Time().AddDate(0, 0, a.VerifyEvery+1).Unix()
}

// productKey makes two ways of writing a product equal: letters' case and blanks.
func productKey(name string) string {
	return strings.ToLower(strings.Join(strings.Fields(name), " "))
}
