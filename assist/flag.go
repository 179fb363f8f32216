package assist

import "time"

// Flag is a rep's word that a sentence of an answer is wrong or out of date. Its owner
// sees the sentence and the call.
type Flag struct {
	ID       ID        `json:"id"`
	Answer   ID        `json:"answer"`
	Sentence string    `json:"sentence,omitempty"` // as it stood; empty means the whole answer
	Why      string    `json:"why,omitempty"`      // in the rep's words
	Call     ID        `json:"call,omitempty"`
	Customer ID        `json:"customer,omitempty"`
	Rep      ID        `json:"rep,omitempty"`
	At       time.Time `json:"at"`
	Closed   time.Time `json:"closed,omitzero"`
	By       ID        `json:"by,omitempty"`    // who closed it
	Fixed    bool      `json:"fixed,omitempty"` // the answer was changed; else it was right
}

// Ident implements Record.
func (f Flag) Ident() (Type, ID) { return TypeFlag, f.ID }

// Validate reports whether the flag can be kept: an id, an answer and a time.
func (f Flag) Validate() error {
	var v check
	v.id("id", f.ID)
	v.id("answer", f.Answer)
	v.text("sentence", f.Sentence, false)
	v.text("why", f.Why, false)
	v.ref("call", f.Call)
	v.ref("customer", f.Customer)
	v.ref("rep", f.Rep)
	v.ref("by", f.By)
	v.at("at", f.At)
	return v.fault(TypeFlag, f.ID)
}

// Apart is a trainer's word that two answers, or an answer and a page of the site, are
// right as they are, though they looked doubled or contradicting. It holds while both
// stand as they stood.
type Apart struct {
	ID ID `json:"id"`
	// Of are the two: answers, or an answer and a web page.
	Of [2]ID `json:"of"`
	// Stood are what the two were like: an answer's Fingerprint, a page's Hash.
	Stood [2]string `json:"stood"`
	By    ID        `json:"by,omitempty"`
	At    time.Time `json:"at"`
}

// Ident implements Record.
func (a Apart) Ident() (Type, ID) { return TypeApart, a.ID }

// Validate reports whether the record can be kept.
func (a Apart) Validate() error {
	var v check
	v.id("id", a.ID)
	v.id("of", a.Of[0])
	v.id("of", a.Of[1])
	v.that(a.Of[0] != a.Of[1], "of", "names one thing twice")
	v.ref("by", a.By)
	v.at("at", a.At)
	return v.fault(TypeApart, a.ID)
}
