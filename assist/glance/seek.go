package glance

import (
	"time"

	"ringside/assist"
)

// Seek is what to look for among everything that is kept: people, notes, promises,
// insights, kudos and prompts.
type Seek struct {
	// Text is what the rep typed: words, parts of words, a number in any writing, an
	// e-mail address. Its last word may be unfinished.
	Text  string
	Types []assist.Type // of records; empty means all that can be found
	Limit int           // of finds; 0 means 6
}

// Found is one record that was found, in words for a list.
type Found struct {
	Type     assist.Type `json:"type"`
	ID       assist.ID   `json:"id"`
	Customer assist.ID   `json:"customer,omitempty"` // whom it belongs to; the customer's own id for a customer
	Title    string      `json:"title"`              // a name; the beginning of a note around what was found
	Text     string      `json:"text,omitempty"`     // what else tells it apart: a company, whose note it is
	Why      string      `json:"why,omitempty"`      // "spelt like 'Shaw'"; empty when it is plain to see
	At       time.Time   `json:"at,omitzero"`        // of the note, promise, insight or kudos; or of the last contact
	Sure     bool        `json:"sure,omitempty"`     // the whole text was meant for it: a number, an address, a full name
}
