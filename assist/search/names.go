package search

import (
	"slices"
)

// names finds the names of a part's products in what is said, also when they are
// misspelt or misheard.
type names struct {
	text   *vocabulary
	spell  speller   // the words of the names
	rarity []float32 // by word of a name: how rare it is among names
	proper []float32 // by word: how far it is a name wherever it stands
	tells  [][]int32 // by word: the products that it tells apart from most others
	keys   []string  // by product
	of     [][]int32 // by product: its words
	weight []float32 // by product: of all its words
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
	n := &names{text: &ix.vocabulary, keys: make([]string, all), of: make([][]int32, all), weight: make([]float32, all)}
	for key, p := range ix.products {
		n.keys[p] = key
	}
	var count []int
	for p, key := range n.keys {
		n.of[p] = n.wordsOf(key)
		count = append(count, make([]int, len(n.spell.words)-len(count))...)
		for _, w := range n.of[p] {
			count[w]++
		}
	}
	n.rarity, n.tells = make([]float32, len(count)), make([][]int32, len(count))
	for w, c := range count {
		n.rarity[w] = rarity(float64(c), float64(len(n.keys))) + .1
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
	n.proper = make([]float32, len(n.spell.words))
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
	for w, word := range n.spell.words {
		stem := ix.stemOf[ix.words[word]]
		n.proper[w] = min(n.proper[w]/float32(ix.postings.often(stem)), 1)
	}
}

// wordsOf numbers the words of a name, without those that say little.
func (n *names) wordsOf(name string) (out []int32) {
	for c := n.text.text.Cut(name); c.Next(); {
		word := string(c.Word())
		if n.text.isStop(word) {
			continue
		}
		if w := n.spell.add(word); !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
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
			alike[i] = slices.Concat(alike[i], n.alike(w+words[i+1]))
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

// alike returns the words of names that a word may be: itself, or, unless it is
// another word of the library, those that it is spelt like.
func (n *names) alike(word string) []namesake {
	if w, ok := n.spell.number[word]; ok {
		return []namesake{{w, 1}}
	}
	if _, ok := n.text.words[word]; ok {
		return nil
	}
	return n.spell.alike(word)
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
