// Package search finds the answers that fit what a customer says, while the rep
// types it, and says why each of them is there. It ranks by the words of the
// team's own library alone: stems, pairs of words and parts of words, so that it
// needs no model and no network. It may refuse: when nothing fits, it says so.
package search

import (
	"context"
	"time"

	"ringside/assist"
)

// State says how sure an Index is that its hits fit.
type State string

// The states of a Result.
const (
	Show State = "show"
	Dim  State = "dim"  // weak: look before you speak
	None State = "none" // nothing fits; hits may still be there for who wants to look
)

// Query is what to look for.
type Query struct {
	// Text is what the customer says. Without a blank at its end its last word is
	// taken to be unfinished, and also finds the words that begin with it.
	Text string
	// Products are those that the call may be about: the customer's own, or named.
	// They raise their answers and never hide others. Empty: all answers are equal.
	Products []string
	// Named are products and places that the call is about beyond doubt: others sink
	// further than below what a customer merely owns.
	Named []string
	// Earlier is what was heard before in this call, the latest last. It is searched
	// for names of products and places only.
	Earlier string
	// About are texts of what is open between the customer and us: the company, the
	// promises, the incidents. Answers that speak of the same are raised.
	About    []string
	Language string    // of the customer, BCP 47: other languages sink; empty: all are equal
	Limit    int       // of hits; 0 means 5
	Now      time.Time // for what has gone stale; zero: nothing has
	Explain  bool      // fill Hit.Figures
	All      bool      // fill Result.Hits also when State is None, for who measures the ranks
	// Meaning tells how near an answer's meaning is to the text, from -1 to 1; ok is
	// false for an answer of which it is not known. nil: words alone count.
	Meaning func(assist.ID) (near float32, ok bool)
}

// Result is what was found.
type Result struct {
	State State
	Sure  float64 // how likely something fits at all, from 0 to 1; what State is made of
	Hits  []Hit   // the best first; equal scores by id. Empty when State is None, unless Query.All.
}

// Hit is one answer that may fit.
type Hit struct {
	Answer assist.Answer
	Score  float64 // only for comparing hits of one Result
	Why    string  // in words for the rep: "customers ask: 'charged twice for one order'"
	Stale  bool
	// Figures say how Score came about; only when Query.Explain.
	Figures []Figure
}

// Figure is one part of a score, by name.
type Figure struct {
	Name  string
	Value float64
}

// Find returns the answers that fit, and how sure the index is of them. The same
// query on the same library gives the same result. The error is ctx's and nothing
// else; any goroutine may call Find at any time.
func (ix *Index) Find(ctx context.Context, q Query) (Result, error) {
	f := finding{ix: ix, q: q}
	defer f.release()
	if err := f.search(ctx); err != nil {
		return Result{State: None}, err
	}
	return f.result(), nil
}

func (q Query) limit() int {
	if q.Limit <= 0 {
		return defaultLimit
	}
	return q.Limit
}
