package assist

import "time"

// Kudos is what a customer praised in a rep.
type Kudos struct {
	ID       ID        `json:"id"`
	Rep      ID        `json:"rep"` // who is praised
	Customer ID        `json:"customer,omitempty"`
	Call     ID        `json:"call,omitempty"`
	By       ID        `json:"by,omitempty"` // the rep who heard it
	At       time.Time `json:"at"`
	Words    string    `json:"words"` // the customer's
}

// Ident implements Record.
func (k Kudos) Ident() (Type, ID) { return TypeKudos, k.ID }

// Validate reports whether the praise can be kept: an id, a rep, a time and words.
func (k Kudos) Validate() error {
	var v check
	v.id("id", k.ID)
	v.id("rep", k.Rep)
	v.ref("customer", k.Customer)
	v.ref("call", k.Call)
	v.ref("by", k.By)
	v.at("at", k.At)
	v.text("words", k.Words, true)
	return v.fault(TypeKudos, k.ID)
}
