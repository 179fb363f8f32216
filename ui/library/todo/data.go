package todo

import (
	"context"
	"time"

	"ringside/assist"
	"ringside/assist/curate"
	"ringside/assist/curate/compare"
	"ringside/assist/glance"
)

// Data is what is known without looking for long. The page keeps it and changes nothing
// in it.
type Data struct {
	Me      assist.ID                   // the rep who sits here; may be empty
	May     bool                        // who sits here may change the library without asking
	Answers []assist.Answer             // all, in any order
	Counts  map[assist.ID]glance.Counts // how answers fared in calls
	Since   map[assist.ID]glance.Counts // how the stale ones fared since they were verified
	Flags   []Flag                      // open ones
	Needs   []curate.Need               // the questions without an answer, the most wanted first
	Names   map[assist.ID]string        // of customers and reps
	Pages   map[assist.ID]assist.WebPage
	Apart   []assist.Apart // what somebody found right as it stands
	Touched []Touched
}

// Flag is a flag with what is known of its call.
type Flag struct {
	assist.Flag
	Called time.Time // when the call began; zero when there was none
	Note   string    // what was written in it
}

// Touched is an answer whose page of the site has changed since it was verified, or is
// gone. Page is one of Data.Pages.
type Touched struct{ Answer, Page assist.ID }

// Looked is what came of comparing everything with everything.
type Looked struct {
	At    time.Time // when it was looked
	Pairs []compare.Pair
	Site  []compare.SiteClash
}

// Source is where the page's data come from. Both are called beside the window's
// goroutine, and may be called at once.
type Source interface {
	// Todo reads what waits.
	Todo(ctx context.Context) (Data, error)
	// Look compares the answers with one another and with the site, which may take half
	// a minute.
	Look(ctx context.Context) (Looked, error)
}

// Hit is an answer that fits words.
type Hit struct {
	ID         assist.ID
	Title, Why string
}
