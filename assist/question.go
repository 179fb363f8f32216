package assist

import "time"

// Question is a question of a customer that is saved with the answer it must find:
// changes of the library are proved on these.
type Question struct {
	ID     ID        `json:"id"`
	Text   string    `json:"text"` // in the customer's words, without names
	Answer ID        `json:"answer"`
	Call   ID        `json:"call,omitempty"`
	By     ID        `json:"by,omitempty"`
	At     time.Time `json:"at"`
	Off    bool      `json:"off,omitempty"` // no longer asked
}

// Ident implements Record.
func (q Question) Ident() (Type, ID) { return TypeQuestion, q.ID }

// Validate reports whether the question can be kept: an id, a text, an answer and a
// time.
func (q Question) Validate() error {
	var v check
	v.id("id", q.ID)
	v.line("text", q.Text, true)
	v.id("answer", q.Answer)
	v.ref("call", q.Call)
	v.ref("by", q.By)
	v.at("at", q.At)
	return v.fault(TypeQuestion, q.ID)
}
