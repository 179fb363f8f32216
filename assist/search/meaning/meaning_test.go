package meaning_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"ringside/assist"
	"ringside/assist/search/meaning"
)

func random(r *rand.Rand, wide int) []float32 {
	v := make([]float32, wide)
	for i := range v {
		v[i] = float32(r.NormFloat64())
	}
	return v
}

func cosine(a, b []float32) float64 {
	var ab, aa, bb float64
	for i := range a {
		ab += float64(a[i]) * float64(b[i])
		aa += float64(a[i]) * float64(a[i])
		bb += float64(b[i]) * float64(b[i])
	}
	return ab / math.Sqrt(aa*bb)
}

func vectors(n, wide int) []meaning.Vector {
	r := rand.New(rand.NewPCG(1, 2))
	out := make([]meaning.Vector, n)
	for i := range out {
		out[i] = meaning.Vector{Answer: assist.ID(fmt.Sprint("answer-", i)), Values: random(r, wide)}
	}
	return out
}

func TestNearIsTheCosine(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for _, wide := range []int{1, 3, 64, 383, 384, 1536} {
		all := vectors(200, wide)
		s := new(meaning.Set).With(all)
		worst := 0.0
		for range 5 {
			q := random(r, wide)
			near := s.Near(q)
			for _, v := range all {
				got, ok := near(v.Answer)
				if !ok {
					t.Fatalf("%s is not known", v.Answer)
				}
				worst = max(worst, math.Abs(float64(got)-cosine(q, v.Values)))
			}
		}
		if worst > 0.01 {
			t.Errorf("width %d: off by %v", wide, worst)
		}
		if got, _ := s.Near(all[0].Values)(all[0].Answer); got < 0.999 || got > 1 {
			t.Errorf("width %d: %v to itself", wide, got)
		}
	}
}

func TestOrderOfNearestIsThatOfTheExactCosine(t *testing.T) {
	all, q := vectors(1000, 384), vectors(1001, 384)[1000].Values
	near := new(meaning.Set).With(all).Near(q)
	wrong := 0
	for i := range all[1:] {
		a, _ := near(all[i].Answer)
		b, _ := near(all[i+1].Answer)
		ca, cb := cosine(q, all[i].Values), cosine(q, all[i+1].Values)
		if (a > b) != (ca > cb) && math.Abs(ca-cb) > 0.005 {
			wrong++
		}
	}
	if wrong > 0 {
		t.Errorf("%d pairs are the other way round", wrong)
	}
}

func TestSetsDoNotChange(t *testing.T) {
	all := vectors(10, 8)
	one := new(meaning.Set).With(all[:6])
	two := one.With([]meaning.Vector{{Answer: "answer-0", Values: all[9].Values}}, "answer-1", "answer-77")
	if one.Len() != 6 || two.Len() != 5 {
		t.Errorf("%d and %d answers", one.Len(), two.Len())
	}
	if got, _ := one.Near(all[0].Values)("answer-0"); got < .99 {
		t.Errorf("the first Set has changed: %v", got)
	}
	if got, _ := two.Near(all[9].Values)("answer-0"); got < .99 {
		t.Errorf("the second Set has not: %v", got)
	}
	if _, ok := two.Near(all[0].Values)("answer-1"); ok {
		t.Error("what is gone is still known")
	}
}

func TestWhatCannotBeComparedIsNotKnown(t *testing.T) {
	var empty meaning.Set
	if empty.Near([]float32{1}) != nil || empty.Len() != 0 {
		t.Error("an empty Set knows something")
	}
	inf := float32(math.Inf(1))
	s := empty.With([]meaning.Vector{{"a", []float32{1, 0}}, {"wide", []float32{1, 0, 0}}, {"zero", []float32{0, 0}},
		{"none", nil}, {"inf", []float32{inf, 1}},
		{"nan", []float32{float32(math.NaN()), 1}}})
	if s.Len() != 1 {
		t.Errorf("%d answers are known", s.Len())
	}
	for _, q := range [][]float32{nil, {1}, {1, 2, 3}, {0, 0}, {inf, 0}} {
		if s.Near(q) != nil {
			t.Errorf("%v was compared", q)
		}
	}
	// When the last of a model is gone, another width can come in.
	if got := s.With(nil, "a").With([]meaning.Vector{{"b", []float32{1, 2, 3}}}); got.Near([]float32{1, 2, 3}) == nil {
		t.Error("another model does not get in")
	}
}

func TestTextIsTheTitleTheWordingsAndTheWordsToSay(t *testing.T) {
	a := assist.Answer{ID: "a", Title: "Charged twice", Say: "I see it, {{customer.name}}.\nYou get it  back.", Department: "billing",
		Phrasings: []string{"you took my money two times", " double\tcharge "}, Products: []string{"X200"}}
	if got, want := meaning.Text(a), "Charged twice\nyou took my money two times\ndouble charge\nI see it, . You get it back."; got != want {
		t.Errorf("got %q", got)
	}
	b := a
	b.Department, b.Products, b.Owner = "other", nil, "x"
	if meaning.Text(b) != meaning.Text(a) {
		t.Error("what says nothing of the meaning changes the text")
	}
	if got := meaning.Text(assist.Answer{Title: "{{a", Say: "b}} c"}); got != "{{a\nb}} c" && got != "a\nb}} c" {
		t.Errorf("half a blank gave %q", got)
	}
}

func TestTextsAreCut(t *testing.T) {
	a := assist.Answer{Title: "T", Say: strings.Repeat("sagen ", 1000)}
	for range 500 {
		a.Phrasings = append(a.Phrasings, "wörtlich 東京 gesagt")
	}
	got := meaning.Text(a)
	if n := utf8.RuneCountInString(got); n != 1600 || !utf8.ValidString(got) {
		t.Errorf("%d letters", n)
	}
	if n := strings.Count(got, "sagen"); n < 100 {
		t.Errorf("the wordings leave no room for the words to say: %d", n)
	}
	if got := meaning.Question("  my\n parcel  "); got != "my parcel" {
		t.Errorf("got %q", got)
	}
	if got := meaning.Question(strings.Repeat("long ", 1000) + "last words"); utf8.RuneCountInString(got) != 1600 || !strings.HasSuffix(got, "last words") {
		t.Errorf("got %d letters", len(got))
	}
}

func TestQuestionsGiveNoNumberOrAddressAway(t *testing.T) {
	for heard, want := range map[string]string{
		"I am mary@example.org, call +44 (0)113 496 0123 please": "I am (address) call (number) please",
		"card 4929-1234-5678-9012 was charged":                   "card (number) was charged",
		"order 12345678 has not come":                            "order (number) has not come",
		"my number is ٠١١٣٤٩٦٠١٢٣":                               "my number is (number)",
		"the X200 stops after 10 minutes, error 4041":            "the X200 stops after 10 minutes, error 4041",
		"2 of 3 arrived": "2 of 3 arrived",
	} {
		if got := meaning.Question(heard); got != want {
			t.Errorf("%q became %q, want %q", heard, got, want)
		}
	}
}

func FuzzText(f *testing.F) {
	f.Add("a {{b}} c", "{{{{}}}}", "\xff")
	f.Fuzz(func(t *testing.T, title, phrasing, say string) {
		got := meaning.Text(assist.Answer{Title: title, Phrasings: []string{phrasing}, Say: say})
		if q := meaning.Question(title); meaning.Question(q) != q && utf8.ValidString(title) && !strings.Contains(title, "(") {
			t.Fatalf("%q is taken apart twice", q)
		}
		if utf8.RuneCountInString(got) > 1600 || utf8.RuneCountInString(meaning.Question(say)) > 1600 {
			t.Fatalf("%d letters", utf8.RuneCountInString(got))
		}
	})
}

func heapOf(make func() *meaning.Set) (*meaning.Set, uint64) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	s := make()
	runtime.GC()
	runtime.ReadMemStats(&after)
	return s, after.HeapAlloc - before.HeapAlloc
}

func BenchmarkNear(b *testing.B) {
	for _, n := range []int{1_000, 100_000} {
		all := vectors(n, 384)
		s, heap := heapOf(func() *meaning.Set { return new(meaning.Set).With(all) })
		q := random(rand.New(rand.NewPCG(9, 9)), 384)
		b.Run(fmt.Sprintf("top 300 of %d", n), func(b *testing.B) {
			for b.Loop() {
				near := s.Near(q)
				for i := range 300 {
					near(all[i*n/300].Answer)
				}
			}
			b.ReportMetric(float64(heap)/1e6, "MB")
		})
		b.Run(fmt.Sprintf("all of %d", n), func(b *testing.B) {
			for b.Loop() {
				near := s.Near(q)
				for i := range all {
					near(all[i].Answer)
				}
			}
		})
		b.Run(fmt.Sprintf("one changed of %d", n), func(b *testing.B) {
			for b.Loop() {
				s.With(all[:1])
			}
		})
	}
}
