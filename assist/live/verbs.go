package live

import (
	"context"
	"time"

	"ringside/assist"
	"ringside/assist/phone"
)

// Store is what the desk needs of the store. Every method may be called from any
// goroutine; Save returns when all its records are durable, or none is.
type Store interface {
	// FindByNumber returns the customers whom the number may belong to, the latest
	// contact first; none is no error.
	FindByNumber(ctx context.Context, n phone.Number) ([]assist.Match, error)
	// Profile returns what the card needs; assist.ErrNotFound when there is no such customer.
	Profile(ctx context.Context, customer assist.ID) (assist.Profile, error)
	// Save keeps the records, all or none.
	Save(ctx context.Context, records ...assist.Record) error
	// Drafts returns the drafts that are not done, the latest first.
	Drafts(ctx context.Context) ([]assist.Draft, error)
}

// Use is the choice of the rep among what a View offers. Exactly one field is set; an offer
// that is no longer there is ignored.
type Use struct {
	// Caller is this one of View.Choices; for an unknown or withheld caller it may be
	// any customer.
	Caller assist.ID
	// NewCustomer makes a customer of an unknown or withheld caller, with this name, or
	// gives the name to one who was made so and is still unchecked
	// (a blank " " stands for "name not known yet").
	NewCustomer string
	Answer      assist.ID // open this answer; it need not be in the list
	CloseAnswer bool
	Step        int  // tick or untick step Step (1 is the first) of the open answer
	FindOut     bool // promise to find out what was heard, and keep the question for the trainers
	Prompt      PromptUse
	Keep        assist.ID // this promise has been kept
	Call        assist.ID // bring this waiting or unfinished call to the front
	NextCall    bool      // bring the next waiting call to the front, or the first unfinished one
	WrapUp      WrapUpUse
}

// PromptUse is what the rep did with a prompt.
type PromptUse struct {
	Prompt assist.ID
	Reply  assist.Reply
	// Said is what the customer said, typed so far; Final keeps it as a note.
	Said  string
	Final bool
}

// WrapUpUse ends a call at the desk.
type WrapUpUse struct {
	Done        bool
	Disposition string // empty is allowed
	// Begin says that the customer hung up, for a phone that does not tell: the
	// strip opens, the call stays.
	Begin bool
	// Discard puts the call away without a trace: for calls that were none.
	Discard bool
}

// PromiseUse keeps or refuses the promise that the View offers, or makes one by hand.
type PromiseUse struct {
	Text   string
	Due    time.Time
	AllDay bool
	Refuse bool // not a promise: do not offer these words again
}
