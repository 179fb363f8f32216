package assist

import "time"

// Insight is one thing that we know of a customer, a rival or the market, with
// its source.
type Insight struct {
	ID           ID           `json:"id"`
	Customer     ID           `json:"customer,omitempty"`
	Rep          ID           `json:"rep,omitempty"`
	Note         ID           `json:"note,omitempty"` // where it was said
	At           time.Time    `json:"at"`
	Intelligence Intelligence `json:"intelligence"`
	Topic        string       `json:"topic,omitempty"`  // the same word as Prompt.Topic: what it answers
	Text         string       `json:"text"`             // what it says; the customer's words where they were said
	Source       string       `json:"source,omitempty"` // in words: "said in a call", "from her order"
	Call         ID           `json:"call,omitempty"`
	Feeling      Feeling      `json:"feeling,omitempty"`
	About        SubjectKind  `json:"about,omitempty"`
	Subject      string       `json:"subject,omitempty"` // its name, as the list of subjects writes it
}

// Ident implements Record.
func (i Insight) Ident() (Type, ID) { return TypeInsight, i.ID }

// Validate reports whether the insight can be kept.
func (i Insight) Validate() error {
	var v check
	v.id("id", i.ID)
	v.ref("customer", i.Customer)
	v.ref("note", i.Note)
	v.at("at", i.At)
	v.text("text", i.Text, true)
	v.that(i.Intelligence.known(), "intelligence", "is not one of competitive, market, relationship, front line")
	v.ref("call", i.Call)
	v.that(i.Feeling == "" || has(Feelings(), i.Feeling), "feeling", "is not one of love, hate, think, believe, feel, wish")
	v.that(i.About == "" || i.About.known(), "about", "is not one of product, competitor, place, us, person")
	v.line("subject", i.Subject, false)
	return v.fault(TypeInsight, i.ID)
}

// Reply is what became of a prompt that was offered.
type Reply string

// The replies to a prompt.
const (
	ReplyAsked  Reply = "asked"
	ReplyNotNow Reply = "not now"
	ReplyNever  Reply = "never" // not this question, to this customer, ever again
	ReplyDone   Reply = "done"  // a move: it was done
)

// Asked remembers that a prompt or a move was offered for a customer and what became
// of it. Prompt is the id of the one or the other.
type Asked struct {
	ID       ID        `json:"id"`
	Customer ID        `json:"customer"`
	Call     ID        `json:"call,omitempty"`
	Prompt   ID        `json:"prompt"`
	Reply    Reply     `json:"reply"`
	Way      string    `json:"way,omitempty"` // the words that were offered first, blanks unfilled
	At       time.Time `json:"at"`
}

// Ident implements Record.
func (a Asked) Ident() (Type, ID) { return TypeAsked, a.ID }

// Validate reports whether the record can be kept.
func (a Asked) Validate() error {
	var v check
	v.id("id", a.ID)
	v.id("customer", a.Customer)
	v.id("prompt", a.Prompt)
	v.ref("call", a.Call)
	v.at("at", a.At)
	v.that(a.Reply == ReplyAsked || a.Reply == ReplyNotNow || a.Reply == ReplyNever || a.Reply == ReplyDone, "reply", "is not one of asked, not now, never, done")
	return v.fault(TypeAsked, a.ID)
}

// How a question came to have no answer (Gap.How), where the rep did not promise to find
// out.
const (
	MissEmpty     = "empty"     // nothing fitted
	MissWeak      = "weak"      // what was found was not sure enough to be shown plainly
	MissAbandoned = "abandoned" // answers were shown, and none was opened
)

// Gap is a question that nobody could answer, kept for the trainers.
type Gap struct {
	ID       ID        `json:"id"`
	Text     string    `json:"text"`
	Customer ID        `json:"customer,omitempty"`
	Call     ID        `json:"call,omitempty"`
	Rep      ID        `json:"rep,omitempty"`
	At       time.Time `json:"at"`
	Closed   time.Time `json:"closed,omitzero"`
	How      string    `json:"how,omitempty"`
	Answer   ID        `json:"answer,omitempty"` // what answers it now
}

// Ident implements Record.
func (g Gap) Ident() (Type, ID) { return TypeGap, g.ID }

// Validate reports whether the gap can be kept.
func (g Gap) Validate() error {
	var v check
	v.id("id", g.ID)
	v.text("text", g.Text, true)
	v.at("at", g.At)
	v.that(g.How == "" || has([]string{MissEmpty, MissWeak, MissAbandoned}, g.How), "how", "is not one of empty, weak, abandoned")
	v.ref("answer", g.Answer)
	return v.fault(TypeGap, g.ID)
}

// Proposal is how a customer put a question, which a rep wants an answer to be
// found by: a trainer takes it into the answer's phrasings, or does not.
type Proposal struct {
	ID       ID        `json:"id"`
	Answer   ID        `json:"answer"`
	Phrasing string    `json:"phrasing"`
	Call     ID        `json:"call,omitempty"`
	Rep      ID        `json:"rep,omitempty"`
	At       time.Time `json:"at"`
	Closed   time.Time `json:"closed,omitzero"`
	Taken    bool      `json:"taken,omitempty"`
}

// Ident implements Record.
func (p Proposal) Ident() (Type, ID) { return TypeProposal, p.ID }

// Validate reports whether the proposal can be kept.
func (p Proposal) Validate() error {
	var v check
	v.id("id", p.ID)
	v.id("answer", p.Answer)
	v.line("phrasing", p.Phrasing, true)
	v.ref("call", p.Call)
	v.ref("rep", p.Rep)
	v.at("at", p.At)
	return v.fault(TypeProposal, p.ID)
}
