package assist

import "time"

// Profile is all that a card needs of one customer, read in one go. The lists are
// copies and belong to the caller.
type Profile struct {
	Customer  Customer
	Company   Company    // zero when there is none
	Promises  []Promise  // open ones, the earliest due first; those without a day last
	Ended     []Promise  // the latest that were kept, broken or taken back, at most 20
	Incidents []Incident // open ones that touch the customer
	Affected  []Affected // their place in those, where they have one
	Nearby    []Nearby   // what others in their town have of us and they have not, at most 20
	Calls     []Call     // the latest first, at most 3
	Notes     []Note     // the latest first, at most 20, without those of an Intelligence
	Heard     []Note     // notes with an Intelligence, the latest first, at most 50
	Insights  []Insight  // the latest first, at most 50
	Asked     []Asked    // the latest first, at most 200
}

// Nearby is a product of ours that others in the same town have.
type Nearby struct {
	Product   string
	Household bool // somebody of the same company or household has it
}

// Match is a customer whom a number may belong to.
type Match struct {
	Customer    Customer
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
