package search

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// misspell puts one edit into a word.
func misspell(r *rand.Rand, word string) string {
	letters := []rune(word)
	i := r.IntN(len(letters) - 1)
	other := rune('a' + r.IntN(26))
	switch r.IntN(4) {
	case 0:
		return string(slices.Delete(letters, i, i+1))
	case 1:
		letters[i], letters[i+1] = letters[i+1], letters[i]
		return string(letters)
	case 2:
		return string(slices.Insert(letters, i, other))
	}
	letters[i] = other
	return string(letters)
}

// withTypos puts one edit into a quarter of the words of four letters and more.
func withTypos(r *rand.Rand, text string) string {
	words := strings.Fields(text)
	for i, w := range words {
		if len([]rune(w)) >= 4 && r.IntN(4) == 0 {
			words[i] = misspell(r, w)
		}
	}
	return strings.Join(words, " ")
}

// cue is what a rep would type of a text: its n rarest words that the library has.
func cue(ix *Index, text string, n int) string {
	var words []string
	rare := func(w string) float32 { return ix.base.idf[ix.base.stemOf[ix.base.words[w]]] }
	ix.base.eachWord(text, func(b []byte) {
		if w, ok := ix.base.words[string(b)]; ok && !ix.base.stop[w] && !slices.Contains(words, string(b)) {
			words = append(words, string(b))
		}
	})
	for len(words) > n {
		least := slices.MinFunc(words, func(a, b string) int {
			switch x, y := rare(a), rare(b); {
			case x < y:
				return -1
			case x > y:
				return 1
			}
			return strings.Compare(a, b)
		})
		words = slices.Delete(words, slices.Index(words, least), slices.Index(words, least)+1)
	}
	return strings.Join(words, " ")
}

// TestTyposUnfinishedWordsAndCuesCostLittle says how many points of R@3 may be lost
// against the whole question in good spelling.
func TestTyposUnfinishedWordsAndCuesCostLittle(t *testing.T) {
	for _, set := range []struct {
		name, cards, queries                         string
		phrasings                                    int
		typos, unfinished, four, three, two, letters float64
	}{
		{"banking77, 5 phrasings", bankCards, bankQueries, 5, .05, .01, .08, .1, .18, .26},
		{"stackfaq", "stackfaq/cards.jsonl", "stackfaq/queries_dev.jsonl", 0, .04, .01, .1, .13, .24, .18},
		{"hint3", "hint3/curekart_cards.jsonl", "hint3/curekart_test.jsonl", 999, .04, .01, .1, .09, .11, .14},
		{"clinc150, 5 phrasings", clincCards, clincQueries, 5, .06, .01, .1, .11, .15, .27},
	} {
		t.Run(set.name, func(t *testing.T) {
			ix := trained(t, Build(dataAnswers(t, set.cards, set.phrasings)))
			queries := readLines[dataQuery](t, set.queries)
			r3 := measure(t, ix, queries, whole).r3
			r := rand.New(rand.NewPCG(5, 5))
			for _, noise := range []struct {
				name string
				ask  ask
				lost float64
			}{
				{"typos", func(q dataQuery) Query { return Query{Text: withTypos(r, q.Text) + " "} }, set.typos},
				{"last word unfinished", func(q dataQuery) Query { return Query{Text: strings.TrimRight(q.Text, " ?.!")} }, set.unfinished},
				{"four words", func(q dataQuery) Query { return Query{Text: cue(ix, q.Text, 4) + " "} }, set.four},
				{"three words", func(q dataQuery) Query { return Query{Text: cue(ix, q.Text, 3) + " "} }, set.three},
				{"two words", func(q dataQuery) Query { return Query{Text: cue(ix, q.Text, 2) + " "} }, set.two},
				{"four words, unfinished", func(q dataQuery) Query { return Query{Text: cue(ix, q.Text, 4)} }, set.four},
				{"six tenths of the letters", func(q dataQuery) Query { return Query{Text: q.Text[:len(q.Text)*6/10]} }, set.letters},
			} {
				got := measure(t, ix, queries, noise.ask)
				t.Logf("%-22s R@1 %.1f R@3 %.1f, lost %.1f", noise.name, 100*got.r1, 100*got.r3, 100*(r3-got.r3))
				if r3-got.r3 > noise.lost {
					t.Errorf("%s: R@3 fell from %.3f to %.3f", noise.name, r3, got.r3)
				}
			}
		})
	}
}
