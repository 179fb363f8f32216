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

// newPart reads answers of one language into a part; they come by id, each once. Where like is not
// nil, words weigh what they weigh there: like is most of the library, and the part a little of it.
func newPart(answers []assist.Answer, like *part) *part {
	ix := &part{answers: answers, products: map[string]int32{}}
	ix.vocabulary.init(languageOf(ix.answers))
	w := writer{ix: ix}
	for _, a := range ix.answers {
		w.count(a)
	}
	w.weigh(like)
	for i, a := range ix.answers {
		w.place(int32(i), a)
	}
	ix.vocabulary.sort()
	ix.names = newNames(ix)
	ix.pool = &sync.Pool{New: func() any { return newScratch(ix) }}
	return ix
}

// writer fills an index. It reads every answer twice, first to count its terms, then to put them in
// their place: what was read would take more memory to keep than the index itself.
type writer struct {
	ix     *part
	often  []uint32  // by term: how many answers have it
	next   []uint32  // by term: where its next answer goes
	length []float32 // by answer, weighted
	total  float64

	cut     text.Cutter
	weight  []float32 // by term: of the answer being read
	touched []int32
}

// count numbers the words of an answer, keeps what is to be known of it, and counts its terms.
func (w *writer) count(a assist.Answer) {
	ix := w.ix
	ix.staleAt = append(ix.staleAt, staleAt(a))
	ix.answerPhrase = append(ix.answerPhrase, uint32(len(ix.phraseStart)))
	ix.of = append(ix.of, ix.learnProducts(a))
	length := eachText(a, w.phrase, w.field)
	w.length = append(w.length, length)
	w.total += float64(length)
	w.often = append(w.often, make([]uint32, int(ix.terms)-len(w.often))...)
	w.eachTerm(func(term int32, _ float32) { w.often[term]++ })
}

// place reads an answer again and puts its terms where they belong, their weights as shares.
func (w *writer) place(answer int32, a assist.Answer) {
	p, spread := &w.ix.postings, w.ix.spread[answer]
	eachText(a, w.field, w.field)
	w.eachTerm(func(term int32, weight float32) {
		at := w.next[term]
		weight /= spread
		p.answers[at], p.shares[at] = answer, uint16(weight/(k1+weight)*wholeShare)
		w.next[term]++
	})
}

// eachText reads the texts of an answer, its title and phrasings with phrase and all others with
// field, and returns how long they are.
func eachText(a assist.Answer, phrase, field func(said string, weight float32) float32) (length float32) {
	length = phrase(a.Title, weightTitle)
	for _, p := range a.Phrasings[:min(len(a.Phrasings), mostPhrasings)] {
		length += phrase(p, weightPhrasing)
	}
	length += field(a.Say, weightBody)
	for _, s := range a.Steps {
		length += field(s, weightBody)
	}
	length += field(a.Department, weightTag)
	for _, p := range a.Products {
		length += field(p, weightTag)
	}
	return length
}

// learnProducts returns the numbers of an answer's products, and numbers those that are new.
func (ix *part) learnProducts(a assist.Answer) (of []int32) {
	for _, p := range a.Products {
		if p = productKey(p); p != "" {
			id, ok := ix.products[p]
			if !ok {
				id = int32(len(ix.products))
				ix.products[p] = id
			}
			of = append(of, id)
		}
	}
	return of
}

// phrase reads a title or phrasing and keeps its content stems, for the reasons.
func (w *writer) phrase(said string, weight float32) float32 {
	ix := w.ix
	ix.phraseStart = append(ix.phraseStart, uint32(len(ix.phrases)))
	return w.read(said, weight, func(word int32) {
		if !ix.stop[word] {
			ix.phrases = append(ix.phrases, ix.stemOf[word])
		}
	})
}

// field reads any other text.
func (w *writer) field(said string, weight float32) float32 {
	return w.read(said, weight, nil)
}

// read adds the terms of a text and returns its weighted length.
func (w *writer) read(said string, weight float32, also func(word int32)) (length float32) {
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

// eachTerm calls use with the terms of the answer that was read, and forgets them.
func (w *writer) eachTerm(use func(term int32, weight float32)) {
	for _, t := range w.touched {
		use(t, w.weight[t])
		w.weight[t] = 0
	}
	w.touched = w.touched[:0]
}

// weigh says how rare each term is and how long an answer usually is, and makes room for what is
// to be placed.
func (w *writer) weigh(like *part) {
	ix := w.ix
	ix.phraseStart = append(ix.phraseStart, uint32(len(ix.phrases)))
	ix.answerPhrase = append(ix.answerPhrase, uint32(len(ix.phraseStart)-1))
	ix.size = float64(len(ix.answers))
	ix.mean = w.total / max(ix.size, 1)
	if like != nil {
		ix.size, ix.mean = max(like.size, ix.size), like.mean
	}
	ix.spread = make([]float32, len(w.length))
	for i, l := range w.length {
		ix.spread[i] = float32(1 - b + b*float64(l)/max(ix.mean, 1))
	}
	ix.idf = make([]float32, ix.terms)
	start := make([]uint32, ix.terms+1)
	for t, often := range w.often {
		ix.idf[t] = rarity(float64(often), ix.size)
		start[t+1] = start[t] + often
	}
	if like != nil {
		ix.borrow(like)
	}
	all := start[ix.terms]
	ix.postings = postings{start, make([]int32, all), make([]uint16, all)}
	w.next = slices.Clone(start[:ix.terms])
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
