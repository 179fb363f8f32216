package main

import (
	"context"
	"testing"

	"ringside/assist/curate/compare"
)

func TestPlantedDoublesAndContradictionsAreFound(t *testing.T) {
	c, err := comparePlanted(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("found %v, false %v, missed %v", c.found, c.false, c.missed)
	for _, p := range c.wrong {
		t.Logf("false: %s and %s, clash %v (%.2f): %s\n  %s\n  %s", p.A, p.B, p.Clash, p.Alike, p.Why, p.OfA, p.OfB)
	}
	if c.found[0] < 18 || c.found[1] < 18 || c.false[0] > 2 || c.false[1] > 2 {
		t.Errorf("found %v of 20 each, false %v", c.found, c.false)
	}
}

func TestTheManyAnswersAreNoDoubles(t *testing.T) {
	answers := manyAnswers(1000)
	for _, a := range answers {
		if err := a.Validate(); err != nil {
			t.Fatal(err)
		}
	}
	pairs, err := compare.Pairs(context.Background(), answers, nil)
	if err != nil || len(pairs) > 0 {
		t.Errorf("%d pairs, %v", len(pairs), err)
	}
	twin := answers[7]
	twin.ID, twin.Title = "twin", "About "+twin.Title
	pairs, err = compare.Pairs(context.Background(), append(answers, twin), nil)
	if err != nil || len(pairs) != 1 || pairs[0].A != answers[7].ID {
		t.Errorf("a double among them: %v, %v", pairs, err)
	}
}
