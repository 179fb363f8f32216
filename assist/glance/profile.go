// Package glance holds what the store tells at one look: what a card needs of one
// customer, whom a number may belong to, what was found, and how an answer fared.
package glance

import (
	"time"

	"ringside/assist"
)

// Profile is all that a card needs of one customer, read in one go. The lists are
// copies and belong to the caller.
type Profile struct {
	Customer  assist.Customer
	Company   assist.Company    // zero when there is none
	Promises  []assist.Promise  // open ones, the earliest due first; those without a day last
	Ended     []assist.Promise  // the latest that were kept, broken or taken back, at most 20
	Incidents []assist.Incident // open ones that touch the customer
	Affected  []assist.Affected // their place in those, where they have one
	Nearby    []Nearby          // what others in their town have of us and they have not, at most 20
	Calls     []assist.Call     // the latest first, at most 3
	Notes     []assist.Note     // the latest first, at most 20, without those of an Intelligence
	Heard     []assist.Note     // notes with an Intelligence, the latest first, at most 50
	Insights  []assist.Insight  // the latest first, at most 50
	Asked     []assist.Asked    // the latest first, at most 200
}

// Nearby is a product of ours that others in the same town have.
type Nearby struct {
	Product   string
	Household bool // somebody of the same company or household has it
}

// Match is a customer whom a number may belong to.
type Match struct {
	Customer    assist.Customer
	Company     string    // its name; empty when there is none
	LastContact time.Time // the latest call or note; zero when there was none
	// Switchboard: the number is the company's, not the customer's own.
	Switchboard bool
	// Exact: the extension behind the number is the customer's, too.
	Exact bool
	// Tail: only the last digits are known, and they fit; or it is another extension of
	// the number. It may be somebody else.
	Tail bool
}

// Counts is how an answer fared in calls. A call counts once in each.
type Counts struct {
	Shown  int `json:"shown"`
	Opened int `json:"opened"`
	Said   int `json:"said"`
	Helped int `json:"helped"`
	Wrong  int `json:"wrong"`
}
