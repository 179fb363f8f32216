package search

import (
	"slices"
	"sync"
)

// names finds the names of a part's products in what is said, also when they are
// misspelt or misheard. It never changes, but for what it remembers of one text.
type names struct {
	text   *vocabulary
	keys   []string // by product
	words  map[string]int32
	spelt  []string           // by word of a name
	rarity []float32          // by word: how rare it is among names
	proper []float32          // by word: how far it is a name wherever it stands
	runs   map[uint64][]int32 // words by the runs of three letters that they have
	tells  [][]int32          // by word: the products that it tells apart from most others
	of     [][]int32          // by product: its words
	weight []float32          // by product: of all its words

	mu       sync.Mutex
	last     string
	mentions []mention
}

// mention is the name of a product in a text.
type mention struct {
	key    string  // of the product
	at     int     // the word of the text where it ends
	share  float32 // of the name that is there, words by their rarity
	proper float32 // how far it cannot be anything else
	weight float32
}

func newNames(ix *part) *names {
	all := len(ix.products)
	n := &names{text: &ix.vocabulary, keys: make([]string, all), of: make([][]int32, all),
		words: map[string]int32{}, runs: map[uint64][]int32{}, weight: make([]float32, all)}
	for key, p := range ix.products {
		n.keys[p] = key
	}
	var count []int
	for p, key := range n.keys {
		n.of[p] = n.wordsOf(key)
		count = append(count, make([]int, len(n.spelt)-len(count))...)
		for _, w := range n.of[p] {
			count[w]++
		}
	}
	n.rarity, n.tells = make([]float32, len(count)), make([][]int32, len(count))
	for w, c := range count {
		n.rarity[w] = rarity(float64(c), float64(len(n.keys))) + .1
		eachRun(n.spelt[w], func(run uint64) { n.runs[run] = append(n.runs[run], int32(w)) })
	}
	for p, words := range n.of {
		rarest := float32(0)
		for _, w := range words {
			n.weight[p] += n.rarity[w]
			rarest = max(rarest, n.rarity[w])
		}
		for _, w := range words {
			if count[w] <= rareName || n.rarity[w] == rarest {
				n.tells[w] = append(n.tells[w], int32(p))
			}
		}
	}
	n.judge(ix)
	return n
}

// judge finds out how far each word of a name is one: which share of the answers that
// have it are about a product of that name. A product may be called Charger, but who
// says charger need not speak of it.
func (n *names) judge(ix *part) {
	n.proper = make([]float32, len(n.spelt))
	about := make([]float32, len(n.keys)) // answers
	for _, of := range ix.of {
		for _, p := range of {
			about[p]++
		}
	}
	for p, words := range n.of {
		for _, w := range words {
			n.proper[w] += about[p]
		}
	}
	for w, word := range n.spelt {
		stem := ix.stemOf[ix.words[word]]
		n.proper[w] = min(n.proper[w]/float32(ix.postings.often(stem)), 1)
	}
}

// wordsOf numbers the words of a name, without those that say little.
func (n *names) wordsOf(name string) (out []int32) {
	n.text.eachWord(name, func(bytes []byte) {
		if n.text.isStop(string(bytes)) {
			return
		}
		w, ok := n.words[string(bytes)]
		if !ok {
			w = int32(len(n.spelt))
			n.spelt = append(n.spelt, string(bytes))
			n.words[n.spelt[w]] = w
		}
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	})
	return out
}

// earlier is find for a text that stays the same from key to key.
func (n *names) earlier(text string) []mention {
	if text == "" || len(n.keys) == 0 {
		return nil
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if text != n.last {
		n.last, n.mentions = text, n.find(text)
	}
	return n.mentions
}

// find returns the names in a text. Of a long text only the end is read.
func (n *names) find(text string) (found []mention) {
	if len(n.keys) == 0 {
		return nil
	}
	if len(text) > mostBytes {
		text = text[len(text)-mostBytes:]
	}
	var words []string
	n.text.eachWord(text, func(bytes []byte) { words = append(words, string(bytes)) })
	alike := make([][]namesake, len(words))
	for i, w := range words {
		if n.text.isStop(w) {
			continue
		}
		alike[i] = n.alike(w)
		if whole := len(alike[i]) > 0 && alike[i][0].like == 1; !whole && i+1 < len(words) && !n.text.isStop(words[i+1]) {
			alike[i] = append(alike[i], n.alike(w+words[i+1])...)
		}
	}
	for i, list := range alike {
		for _, a := range list {
			for _, p := range n.tells[a.word] {
				if m := n.mention(p, i, alike); m.share >= leastName {
					found = append(found, m)
				}
			}
		}
	}
	return found
}

// namesake is a word of a name that is spelt like a word of a text.
type namesake struct {
	word int32
	like float32 // 1: the same
}

func (n *names) alike(word string) (out []namesake) {
	if w, ok := n.words[word]; ok {
		return []namesake{{w, 1}}
	}
	letters := []rune(word)
	if _, ok := n.text.words[word]; ok || len(letters) < leastMisspelt {
		return nil
	}
	eachRun(word, func(run uint64) {
		for _, w := range n.runs[run] {
			if slices.ContainsFunc(out, func(o namesake) bool { return o.word == w }) {
				continue
			}
			if like := spelling(letters, n.spelt[w]); like >= leastLike {
				out = append(out, namesake{w, like})
			}
		}
	})
	return out
}

// mention returns how much of a product's name is around a word of a text.
func (n *names) mention(p int32, at int, alike [][]namesake) mention {
	words := n.of[p]
	m := mention{key: n.keys[p], at: at}
	for _, w := range words {
		best, where := float32(0), at
		for i := max(at-len(words), 0); i < min(at+len(words)+1, len(alike)); i++ {
			for _, a := range alike[i] {
				if a.word == w && a.like > best {
					best, where = a.like, i
				}
			}
		}
		m.weight += n.rarity[w] * best
		if best > 0 {
			m.proper = max(m.proper, n.proper[w])
		}
		m.at = max(m.at, where)
	}
	m.share = m.weight / n.weight[p]
	m.proper *= m.share
	return m
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
// that need no edit. A letter too many, missing, wrong, or swapped with its neighbour is one edit.
func spelling(x []rune, word string) float32 {
	y := []rune(word)
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
