package live

import (
	"ringside/assist"
	"ringside/assist/compose"
	"ringside/assist/compose/check"
	"ringside/assist/help"
)

// What the View says of the conversation itself: what to do now, what was just heard,
// and what to write.

// Move is something to do now, by rule.
type Move struct {
	ID   assist.ID `json:"id"`
	Kind string    `json:"kind"`
	Text string    `json:"text"`
	Why  string    `json:"why"`

	about assist.ID // whose promise or incident the customer hears of
}

// What can be caught.
const (
	CatchInsight  = "insight"  // what they love, use, buy, are
	CatchPraise   = "praise"   // for one of us, by name
	CatchAdvocate = "advocate" // they recommend us
	CatchName     = "name"     // of a product, a competitor or a place that is in no list yet
)

// Catch is what the customer just said that is worth keeping. One key keeps it.
type Catch struct {
	Kind         string              `json:"kind"`
	Intelligence assist.Intelligence `json:"intelligence,omitempty"` // of an insight
	Feeling      assist.Feeling      `json:"feeling,omitempty"`
	About        assist.SubjectKind  `json:"about,omitempty"` // of an insight or a name
	Subject      string              `json:"subject,omitempty"`
	Rep          string              `json:"rep,omitempty"` // who is praised: a name
	Words        string              `json:"words"`         // the customer's
}

// Helpers are the colleagues who can help, the likeliest first; none is an answer, too.
type Helpers struct {
	Looking bool          `json:"looking,omitempty"`
	Who     []help.Helper `json:"who,omitempty"`
}

// Letter is what the rep is about to write to the customer.
type Letter struct {
	Kind    compose.Letter   `json:"kind"`
	Kinds   []compose.Letter `json:"kinds"` // what makes sense now, the most pressing first
	To      string           `json:"to,omitempty"`
	Subject string           `json:"subject"`
	Body    string           `json:"body"`
	Advice  []check.Advice   `json:"advice,omitempty"`
	Told    bool             `json:"told,omitempty"` // the rep said that the customer knows
	// Polish is what the model makes of it; nil until it is asked. CanPolish: one may be
	// asked.
	Polish    *Polish `json:"polish,omitempty"`
	CanPolish bool    `json:"can_polish,omitempty"`
	// Sends is the exact body of the request that polishing would send, when the rep has
	// asked to see it.
	Sends string `json:"sends,omitempty"`
}

// Polish is what a model makes of a letter, beside the text by rule.
type Polish struct {
	Text string `json:"text,omitempty"`
	Done bool   `json:"done,omitempty"`
	// Fault says, in a few words, why there is nothing, or no more.
	Fault string `json:"fault,omitempty"`
	// Unfounded are figures and days in Text that are in none of its sources.
	Unfounded []string `json:"unfounded,omitempty"`
	Sources   []string `json:"sources,omitempty"` // by name
}
