package main

import (
	"testing"

	"ringside/assets"
	"ringside/assist"
	"ringside/assist/curate"
	"ringside/storage/pack"
)

func TestTheBenchAsksInWordsThatAreNotThere(t *testing.T) {
	answers := manyAnswers(500)
	have := map[string]bool{}
	for _, a := range answers {
		have[a.Title] = true
		for _, p := range a.Phrasings {
			have[p] = true
		}
	}
	asked := reworded(answers, 200)
	of := map[assist.ID]bool{}
	for _, q := range asked {
		if of[q.Answer] = true; have[q.Text] || q.Validate() != nil {
			t.Errorf("asks %+v", q)
		}
	}
	if len(asked) != 200 || len(of) != 200 {
		t.Errorf("%d questions to %d answers", len(asked), len(of))
	}
}

// The curve of docs/decisions/curate.md; -v prints it.
func TestMorePhrasingsFindTheStarterAnswersOftener(t *testing.T) {
	starter, err := pack.Read(assets.Packs())
	if err != nil {
		t.Fatal(err)
	}
	c, err := curate.Measure(t.Context(), starter.Answers)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d starter answers, %d questions: %.3f", len(starter.Answers), c.Asked, c.Found)
	if g, ok := c.Gain(1); !ok || g.More == 0 || g.WithMore < g.Found+.1 {
		t.Errorf("one phrasing: %+v %v", g, ok)
	}
	many, err := curate.Measure(t.Context(), manyAnswers(10_000))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("10,000 made-up answers, %d questions: %.3f", many.Asked, many.Found)
	if g, ok := many.Gain(1); ok && g.More > 0 {
		t.Errorf("phrasings that fit a hundred answers alike are said to help: %+v", g)
	}
}
