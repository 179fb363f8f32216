package patterns

import (
	"context"
	"time"

	"ringside/assist"
	"ringside/assist/chart"
	"ringside/assist/insight"
)

// Source is where the page's data come from. All are called beside the window's
// goroutine, and may be called at once.
type Source interface {
	// Patterns counts the patterns of a period. While it reads what was kept, it may call
	// tell with how far it is, from its own goroutine.
	Patterns(ctx context.Context, p insight.Period, tell func(Progress)) ([]insight.Pattern, error)
	// Chart returns how a theme went.
	Chart(ctx context.Context, t insight.Theme, p insight.Period) (chart.Chart, error)
	// Quotes returns what stands in records that tell a theme, in the same order. What is
	// not there any more is left out.
	Quotes(ctx context.Context, t insight.Theme, refs []assist.Ref) ([]Quote, error)
}

// Progress is how many records of about how many were read; 0: nobody knows.
type Progress struct{ Read, Of int }

// Quote is what one record says.
type Quote struct {
	Ref      assist.Ref
	Words    string // the customer's, where they were kept; empty where the record has none
	At       time.Time
	Customer assist.ID
	Who      string // the customer's name
	Rep      string // who heard it
	Note     assist.ID
}
