package search

import (
	"slices"
	"strings"

	"ringside/assist/search/text"
)

// vocabulary numbers the words and the terms of a library. Terms are stems, pairs
// of stems, and parts of words; they share one row of numbers.
type vocabulary struct {
	text  *text.Analysis // of the language that all of it is in
	terms int32
	stems map[string]int32
	pairs map[uint64]int32
	parts map[uint64]int32

	words     map[string]int32
	stemOf    []int32 // by word
	stop      []bool  // by word
	wordParts []int32 // parts of the words, one word after another
	partStart []uint32

	sorted []sortedWord // words by letters, without stop words, for prefixes
}

type sortedWord struct {
	text string
	stem int32
}

func (v *vocabulary) init(language *text.Analysis) {
	v.text = language
	v.stems, v.pairs, v.parts = map[string]int32{}, map[uint64]int32{}, map[uint64]int32{}
	v.words = map[string]int32{}
	v.partStart = []uint32{0}
}

func (v *vocabulary) next() int32 {
	v.terms++
	return v.terms - 1
}

// learn returns the number of a word, and gives it one.
func (v *vocabulary) learn(bytes []byte) int32 {
	if w, ok := v.words[string(bytes)]; ok {
		return w
	}
	text := string(bytes)
	w := int32(len(v.words))
	v.words[text] = w
	s := v.stem(text)
	term, ok := v.stems[s]
	if !ok {
		term = v.next()
		v.stems[s] = term
	}
	v.stemOf = append(v.stemOf, term)
	stop := v.isStop(text)
	v.stop = append(v.stop, stop)
	if !stop {
		eachPart(text, false, func(part uint64) {
			t, ok := v.parts[part]
			if !ok {
				t = v.next()
				v.parts[part] = t
			}
			v.wordParts = append(v.wordParts, t)
		})
	}
	v.partStart = append(v.partStart, uint32(len(v.wordParts)))
	return w
}

func (v *vocabulary) partsOf(word int32) []int32 {
	return v.wordParts[v.partStart[word]:v.partStart[word+1]]
}

func pairKey(a, b int32) uint64 { return uint64(a)<<32 | uint64(uint32(b)) }

func (v *vocabulary) learnPair(a, b int32) int32 {
	key := pairKey(a, b)
	t, ok := v.pairs[key]
	if !ok {
		t = v.next()
		v.pairs[key] = t
	}
	return t
}

func (v *vocabulary) sort() {
	v.sorted = make([]sortedWord, 0, len(v.words))
	for text, w := range v.words {
		if !v.stop[w] {
			v.sorted = append(v.sorted, sortedWord{text, v.stemOf[w]})
		}
	}
	slices.SortFunc(v.sorted, func(a, b sortedWord) int { return strings.Compare(a.text, b.text) })
}

// beginning returns the words that begin with prefix.
func (v *vocabulary) beginning(prefix string) []sortedWord {
	from, _ := slices.BinarySearchFunc(v.sorted, prefix, func(w sortedWord, p string) int {
		return strings.Compare(w.text, p)
	})
	to := from
	for to < len(v.sorted) && strings.HasPrefix(v.sorted[to].text, prefix) {
		to++
	}
	return v.sorted[from:to]
}
