// Package search finds the answers that fit what a customer says, while the rep
// types it, and says why each of them is there. It may also refuse: when nothing
// fits it gives none.
package search

import (
	"context"
	"time"

	"ringside/assist"
)

// State says how sure an Index is that its hits fit.
type State string

// The states of a result.
const (
	Show State = "show"
	Dim  State = "dim"  // weak: look before you speak
	None State = "none" // nothing fits
)

// Query is what is looked for.
type Query struct {
	Text     string
	Products []string
	Limit    int
	Now      time.Time
}

// Result is what was found, the best first.
type Result struct {
	State State
	Hits  []Hit
}

// Hit is one answer.
type Hit struct {
	Answer assist.Answer
	Score  float64
	Why    string
	Stale  bool
}

// Index is an immutable picture of the library.
type Index struct{}

// Build makes an Index.
func Build(answers []assist.Answer) *Index { return &Index{} }

// Find finds.
func (ix *Index) Find(ctx context.Context, q Query) (Result, error) {
	return Result{State: None}, ctx.Err()
}
