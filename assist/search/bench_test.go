package search

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"ringside/assist"
)

// manyAnswers makes a library of n answers with ten phrasings from the words of the
// real sets, each about another thing.
func manyAnswers(t testing.TB, n, phrasings int) []assist.Answer {
	seed := dataAnswers(t, "clinc150/cards.jsonl", 100)
	seed = append(seed, dataAnswers(t, "banking77/cards.jsonl", 100)...)
	out := make([]assist.Answer, 0, n)
	for i := range n {
		a := seed[i%len(seed)]
		from := (i / len(seed) * 7) % max(len(a.Phrasings)-phrasings, 1)
		thing := fmt.Sprintf("%s%c%s", string(rune('b'+i%20))+"o", rune('k'+i/20%15), string(rune('a'+i/300%26))+"ra")
		out = append(out, assist.Answer{ID: assist.ID(fmt.Sprintf("a%06d", i)), Title: a.Title + " " + thing, Department: "desk",
			Say:       "About the " + thing + ": " + a.Phrasings[(from+3)%len(a.Phrasings)] + ". " + a.Phrasings[(from+1)%len(a.Phrasings)],
			Phrasings: a.Phrasings[from:min(from+phrasings, len(a.Phrasings))], Products: []string{thing}})
	}
	return out
}

func BenchmarkBuild(b *testing.B) {
	answers := manyAnswers(b, 1_000, 10)
	b.ReportAllocs()
	for b.Loop() {
		Build(answers)
	}
}

func BenchmarkKey(b *testing.B) {
	for _, n := range []int{150, 1_000, 100_000} { // a model, centroids, words alone
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			began := time.Now()
			ix := Build(manyAnswers(b, n, 10))
			built := time.Since(began)
			ix = trained(b, ix)
			learned := time.Since(began) - built
			var keys []string
			for i, q := range readLines[dataQuery](b, "banking77/queries_dev.jsonl") {
				for k := 2; i%16 == 0 && k <= len(q.Text); k++ {
					keys = append(keys, q.Text[:k])
				}
			}
			var took []time.Duration
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				from := time.Now()
				if _, err := ix.Find(context.Background(), Query{Text: keys[i%len(keys)]}); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(from))
				i += 7
			}
			slices.Sort(took)
			b.ReportMetric(built.Seconds(), "build-s")
			b.ReportMetric(learned.Seconds(), "train-s")
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1e3, "p50-ms")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1e3, "p99-ms")
			b.ReportMetric(float64(len(ix.base.postings.answers))*6/1e6, "postings-MB")
		})
	}
}

func BenchmarkOneAnswerChanges(b *testing.B) {
	for _, n := range []int{1_000, 100_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			answers := manyAnswers(b, n, 5)
			ix := Build(answers)
			a := answers[n/2]
			a.Phrasings = append([]string{"they want it painted green"}, a.Phrasings...)
			for b.Loop() {
				r, err := ix.With([]assist.Answer{a}).Find(b.Context(), Query{Text: "they want it painted green"})
				if err != nil || len(r.Hits) == 0 || r.Hits[0].Answer.ID != a.ID {
					b.Fatal(err)
				}
			}
		})
	}
}
