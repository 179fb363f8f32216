package search

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden file anew")

// TestRanksAreThoseThatWereReviewed makes every change of ranking a difference that
// people read.
func TestRanksAreThoseThatWereReviewed(t *testing.T) {
	ix := Build(shop())
	var got strings.Builder
	for _, q := range []string{
		"charged twice", "they charged me twice for my order ", "double", "money back", "where is my order", "order is late ",
		"trackin", "it leaks water", "water on the floor ", "leaking boiler", "dripping kettle ", "delete my account", "cancel",
		"chargd twise", "parcle", "refnd", "membreship ", "pay", "hello", "what is the weather in paris",
	} {
		r := find(t, ix, Query{Text: q, Limit: 3})
		fmt.Fprintf(&got, "%s: %s\n", q, r.State)
		for _, h := range r.Hits {
			fmt.Fprintf(&got, "  %.2f %s; %s\n", h.Score, h.Answer.ID, h.Why)
		}
	}
	const file = "testdata/ranks.golden"
	if *update {
		if err := os.WriteFile(file, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("the ranks changed; read the new ones, then run with -update\n%s\nwas\n%s", got.String(), want)
	}
}
