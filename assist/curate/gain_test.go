package curate

import (
	"math"
	"slices"
	"testing"

	"ringside/assist"
	"ringside/assist/search"
)

func TestPhrasingsArePaidByWhatTheLibraryShows(t *testing.T) {
	c, err := Measure(t.Context(), library(80, 15))
	if err != nil {
		t.Fatal(err)
	}
	for i := 1; i < len(c.Found); i++ {
		if c.Found[i] < c.Found[i-1] {
			t.Errorf("the curve falls: %v", c.Found)
		}
	}
	if len(c.Found) < 6 || c.Asked < evidence {
		t.Fatalf("got %+v", c)
	}
	poor, ok := c.Gain(1)
	if !ok || poor.More == 0 || poor.WithMore <= poor.Found || poor.Phrasings != 1 {
		t.Errorf("1 phrasing: %+v %v", poor, ok)
	}
	rich, ok := c.Gain(500)
	if !ok || rich.More != 0 || rich.WithMore != rich.Found || rich.Found < poor.WithMore {
		t.Errorf("500 phrasings: %+v %v", rich, ok)
	}
}

func TestALibraryWithFewPhrasingsCannotTell(t *testing.T) {
	for name, answers := range map[string][]assist.Answer{"empty": nil, "small": shop(), "one phrasing each": library(90, 1)} {
		c, err := Measure(t.Context(), answers)
		if err != nil {
			t.Fatal(err)
		}
		if g, ok := c.Gain(3); ok {
			t.Errorf("%s: %+v", name, g)
		}
	}
}

func TestWhatIsAskedIsNotInTheLibrary(t *testing.T) {
	for _, tr := range trialsOf(library(300, 9)) {
		if len(tr.asked) == 0 || len(tr.answer.Phrasings)+len(tr.asked) != 9 {
			t.Fatalf("%d asked, %d there", len(tr.asked), len(tr.answer.Phrasings))
		}
		for _, p := range tr.asked {
			if slices.Contains(tr.answer.Phrasings, p) {
				t.Fatalf("%q is asked and there", p)
			}
		}
	}
	if n := questions(trialsOf(library(5000, 9))); n > mostAsked+heldOut || n < mostAsked/2 {
		t.Errorf("%d questions of a large library", n)
	}
}

func TestGainReadsTheCurve(t *testing.T) {
	c := Curve{Found: []float64{.3, .4, .5, .6, .7, .72, .725}} // 0 1 2 3 5 7 10
	for _, x := range []struct {
		has, more       int
		found, withMore float64
		words           string
	}{
		{0, 7, .3, .72, "no phrasings; 7 more would find it 42 points more often"},
		{1, 6, .4, .72, "1 phrasing; 6 more would find it 32 points more often"},
		{4, 3, .65, .72, "4 phrasings; 3 more would find it 7 points more often"},
		{7, 0, .72, .72, "7 phrasings; more would hardly help"},
		{40, 0, .725, .725, "40 phrasings; more would hardly help"},
	} {
		g, ok := c.Gain(x.has)
		if !ok || g.More != x.more || math.Abs(g.Found-x.found) > 1e-9 || math.Abs(g.WithMore-x.withMore) > 1e-9 || g.String() != x.words {
			t.Errorf("%d: %+v %q", x.has, g, g)
		}
	}
}

func TestACurveIsLevelledWhereItFalls(t *testing.T) {
	row := []float64{.5, .4, .6, .5, .4, 1.2}
	level(row)
	want := []float64{.45, .45, .5, .5, .5, 1}
	for i := range row {
		if math.Abs(row[i]-want[i]) > 1e-9 {
			t.Fatalf("got %v, want %v", row, want)
		}
	}
}

func BenchmarkMeasure(b *testing.B) {
	answers := library(10_000, 6)
	for b.Loop() {
		if _, err := Measure(b.Context(), answers); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBench(b *testing.B) {
	answers := library(10_000, 6)
	ix := search.Build(answers)
	var questions []assist.Question
	for i := range 1000 {
		a := answers[i*10]
		questions = append(questions, assist.Question{ID: a.ID, Text: a.Phrasings[0] + " now", Answer: a.ID})
	}
	for b.Loop() {
		if _, err := Bench(b.Context(), ix, questions); err != nil {
			b.Fatal(err)
		}
	}
}
