package search

import (
	"cmp"
	"slices"
	"sync"
)

// speller finds words that are spelt like another. Words are added before any is
// looked for; then any goroutine may look.
type speller struct {
	number map[string]int32
	words  []string
	runs   map[uint64][]int32 // words by the runs of three letters that they have
	count  []uint8            // by word: its runs

	mu      sync.Mutex
	shared  []uint8 // by word: runs that it shares with the one looked for; zero between
	touched []int32
	found   map[string][]namesake // what was looked for of late: a talk repeats its words with every key
}

// namesake is a word that is spelt like another.
type namesake struct {
	word int32
	like float32 // 1: the same
}

// add returns the number of a word, and gives it one.
func (sp *speller) add(word string) int32 {
	if w, ok := sp.number[word]; ok {
		return w
	}
	if sp.number == nil {
		sp.number, sp.runs, sp.found = map[string]int32{}, map[uint64][]int32{}, map[string][]namesake{}
	}
	w := int32(len(sp.words))
	sp.number[word] = w
	sp.words = append(sp.words, word)
	sp.count, sp.shared = append(sp.count, 0), append(sp.shared, 0)
	eachRun(word, func(run uint64) {
		sp.runs[run] = append(sp.runs[run], w)
		sp.count[w]++
	})
	return w
}

// alike returns the words that are spelt like one that is none of them, best first.
func (sp *speller) alike(word string) []namesake {
	letters := []rune(word)
	if len(letters) < leastMisspelt || len(letters) > longestWord {
		return nil
	}
	sp.mu.Lock()
	defer sp.mu.Unlock()
	if found, ok := sp.found[word]; ok {
		return found
	}
	var found []namesake
	for _, c := range sp.nearest(word) {
		if like := spelling(letters, []rune(sp.words[c.word])); like >= leastLike {
			found = append(found, namesake{c.word, like})
		}
	}
	slices.SortFunc(found, byLikeness)
	if len(sp.found) >= mostRemembered {
		clear(sp.found)
	}
	sp.found[word] = found
	return found
}

// nearest returns the words that share the most runs, by their share of all.
func (sp *speller) nearest(word string) (best []namesake) {
	runs := 0
	eachRun(word, func(run uint64) {
		runs++
		for _, w := range sp.runs[run] {
			if sp.shared[w]++; sp.shared[w] == 1 {
				sp.touched = append(sp.touched, w)
			}
		}
	})
	for _, w := range sp.touched {
		c := namesake{w, 2 * float32(sp.shared[w]) / float32(runs+int(sp.count[w]))}
		sp.shared[w] = 0
		if len(best) == mostSpelt && byLikeness(best[mostSpelt-1], c) < 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(best, c, byLikeness)
		best = slices.Insert(best, at, c)
		best = best[:min(len(best), mostSpelt)]
	}
	sp.touched = sp.touched[:0]
	return best
}

func byLikeness(x, y namesake) int {
	return cmp.Or(cmp.Compare(y.like, x.like), cmp.Compare(x.word, y.word))
}

// eachRun calls f with a number for every run of three letters of ^word$.
func eachRun(word string, f func(run uint64)) {
	run, n := uint64('^'), 1
	push := func(r rune) {
		run = (run<<16 | uint64(r)&0xFFFF) & 0xFFFFFFFFFFFF
		if n++; n >= 3 {
			f(run)
		}
	}
	for _, r := range word {
		push(r)
	}
	push('$')
}

// spelling returns how alike two words are spelt, from 0 to 1: the share of letters
// that need no edit. A letter too many, missing, wrong, or swapped with its neighbour
// is one edit.
func spelling(x, y []rune) float32 {
	longer := max(len(x), len(y))
	if far := float32(max(len(x)-len(y), len(y)-len(x))); longer > longestWord || 1-far/float32(longer) < leastLike {
		return 0
	}
	var rows [3][longestWord + 1]int
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := range y {
		last[j+1] = j + 1
	}
	for i := range x {
		row[0] = i + 1
		for j := range y {
			edit := 1
			if x[i] == y[j] {
				edit = 0
			}
			row[j+1] = min(last[j]+edit, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return 1 - float32(last[len(y)])/float32(longer)
}
