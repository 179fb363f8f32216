package search

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// heard are spellings that sound alike, as a speech recogniser may write them.
var heard = [][2]string{{"ph", "f"}, {"ck", "k"}, {"c", "k"}, {"ai", "ay"}, {"ee", "ea"}, {"ou", "ow"}, {"s", "z"}, {"y", "ie"},
	{"v", "f"}, {"tt", "t"}, {"ll", "l"}, {"nn", "n"}, {"e", "i"}, {"a", "e"}, {"o", "u"}, {"th", "t"}, {"d", "t"}, {"b", "p"},
	{"g", "k"}, {"oo", "u"}, {"wh", "w"}, {"kn", "n"}, {"er", "a"}, {"le", "el"}}

// mishear writes a word as it sounds, and now and then as two words.
func mishear(r *rand.Rand, word string) string {
	for try, n := 0, 0; try < 40 && n < 1+len(word)/6; try++ {
		s := heard[r.IntN(len(heard))]
		if i := strings.Index(word, s[0]); i >= 0 {
			word = word[:i] + s[1] + word[i+len(s[0]):]
			n++
		}
	}
	if len(word) > 7 && r.IntN(3) == 0 {
		k := 3 + r.IntN(len(word)-6)
		word = word[:k] + " " + word[k:]
	}
	return word
}

// TestNamesAreSpottedAlsoMisspeltAndMisheard asks the questions of DSTC9 whose talk
// names the place in full, and spoils each longer word of the name by rule.
func TestNamesAreSpottedAlsoMisspeltAndMisheard(t *testing.T) {
	answers := dataAnswers(t, placeCards, 0)
	place := map[string]string{}
	for _, a := range answers {
		place[string(a.ID)] = strings.ToLower(a.Products[0])
	}
	var queries []dataQuery
	for _, q := range readLines[dataQuery](t, placeQueries) {
		name := place[q.Gold[0]]
		if q.Context2 = strings.ToLower(q.Context2); len(name) > 5 && strings.Contains(q.Context2, name) {
			queries = append(queries, q)
		}
	}
	ix := Build(answers)
	for _, way := range []struct {
		name  string
		spoil func(*rand.Rand, string) string
		r3    float64
	}{
		{"as they are", func(_ *rand.Rand, w string) string { return w }, .82},
		{"misspelt", misspell, .75},
		{"misheard", mishear, .71},
	} {
		r := rand.New(rand.NewPCG(7, 7))
		got := measure(t, ix, queries, func(q dataQuery) Query {
			var name []string
			for _, w := range strings.Fields(place[q.Gold[0]]) {
				if len(w) >= 4 {
					w = way.spoil(r, w)
				}
				name = append(name, w)
			}
			spoilt := func(s string) string { return strings.ReplaceAll(s, place[q.Gold[0]], strings.Join(name, " ")) }
			text := strings.ToLower(q.Text)
			return Query{Text: spoilt(text) + " ", Earlier: spoilt(strings.TrimSuffix(q.Context2, text))}
		})
		t.Logf("%-12s %v", way.name, got)
		if got.r3 < way.r3 {
			t.Errorf("names %s: R@3 %.3f, want at least %.2f", way.name, got.r3, way.r3)
		}
	}
}
