package main

import (
	"context"
	"testing"
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
