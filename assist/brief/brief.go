// Package brief puts together what a team heard, promised and could not answer in a span
// of time, for those who were not on the phone. It says nothing without saying on what it
// rests.
package brief

import (
	"fmt"
	"strings"
	"time"

	"ringside/assist/chart"
)

// Brief is a report that is ready to be shown or printed.
type Brief struct {
	Title    string
	Team     string
	From     time.Time // the first day
	Until    time.Time // the last day
	Made     time.Time
	Lead     []string // what to know before reading: how names were replaced
	Sections []Section
}

// Section is one part of a Brief.
type Section struct {
	Title      string
	Paragraphs []string // how to read the rest; never a claim
	Figures    []Figure
	Claims     []Claim
	Charts     []chart.Chart
	Quotes     []Quote
	None       string // what stands in its place while there is nothing to say
}

// Figure is one number, of how many it was made, and how.
type Figure struct {
	Label string
	Value string
	N     int // 0: it is itself the count
	How   string
}

// Claim is something that the notes show, with what it rests on.
type Claim struct {
	Says   string
	Basis  Basis
	Quotes []Quote
}

// Basis is what a claim rests on.
type Basis struct {
	N         int // notes, or whatever Counted says
	Of        int // among so many customers who were heard; 0: not known
	Counted   string
	Customers int
	Reps      int
	From      time.Time
	Until     time.Time
	Grade     string  // how good the evidence is, in a word or two
	Low, High float64 // between which shares of a hundred it is with 95% certainty; both 0: not known
}

// Quote is a customer's words, and where they are kept.
type Quote struct {
	Words string
	Who   string
	At    time.Time
	Ref   string // where to read more: "note by Ewa Nowak"
}

// String says all of it in one line.
func (b Basis) String() string {
	counted := b.Counted
	if counted == "" {
		counted = "note"
	}
	parts := []string{count(b.N, counted)}
	if b.Customers > 0 {
		who := "from " + count(b.Customers, "customer")
		if b.Of > 0 {
			who += fmt.Sprintf(" of %d heard", b.Of)
		}
		parts[0] += " " + who
	}
	if b.Reps > 0 {
		parts[0] += ", written by " + count(b.Reps, "rep")
	}
	if !b.From.IsZero() && !b.Until.IsZero() {
		parts = append(parts, Span(b.From, b.Until))
	}
	if b.Low != b.High {
		parts = append(parts, fmt.Sprintf("95%% interval %.0f%% to %.0f%%", b.Low, b.High))
	}
	if b.Grade != "" {
		parts = append(parts, "evidence: "+b.Grade)
	}
	return strings.Join(parts, "; ")
}

// Span says a span of days: "20 to 26 November 2026".
func Span(from, until time.Time) string {
	const whole = "2 January 2006"
	switch {
	case from.Format(whole) == until.Format(whole):
		return until.Format(whole)
	case from.Year() != until.Year():
		return from.Format(whole) + " to " + until.Format(whole)
	case from.Month() != until.Month():
		return from.Format("2 January") + " to " + until.Format(whole)
	}
	return fmt.Sprintf("%d to %s", from.Day(), until.Format(whole))
}

// count says how many there are of something.
func count(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
