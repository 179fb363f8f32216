package assist

import "time"

// Call is one conversation by phone, from the first ring to wrap-up.
type Call struct {
	ID          ID        `json:"id"`
	Customer    ID        `json:"customer,omitempty"` // empty while nobody knows who called
	Rep         ID        `json:"rep,omitempty"`
	From        string    `json:"from,omitempty"` // the caller's number as it came; empty when withheld
	To          string    `json:"to,omitempty"`
	Outgoing    bool      `json:"outgoing,omitempty"`
	Started     time.Time `json:"started"`
	Answered    time.Time `json:"answered,omitzero"`
	Ended       time.Time `json:"ended,omitzero"`
	Disposition string    `json:"disposition,omitempty"` // how it came out; empty when nobody said
	Used        []Used    `json:"used,omitempty"`
	Shown       []ID      `json:"shown,omitempty"` // answers that stood in the list when the rep stopped typing
	WrappedUp   bool      `json:"wrapped_up,omitempty"`
	Mood        Mood      `json:"mood,omitempty"`
	Incident    ID        `json:"incident,omitempty"` // the call was about it
}

// Mood is how the customer was, as far as the rep said. Empty means nothing special.
type Mood string

// The moods that change what is offered.
const (
	Upset   Mood = "upset"
	Hurried Mood = "hurried"
)

// Used is an answer that the rep opened in a call, the words that found it, and
// what came of it.
type Used struct {
	Answer ID        `json:"answer"`
	Heard  string    `json:"heard,omitempty"`
	At     time.Time `json:"at"`
	Said   bool      `json:"said,omitempty"`   // the rep said it to the customer
	Helped bool      `json:"helped,omitempty"` // and it helped
	Wrong  bool      `json:"wrong,omitempty"`  // it is wrong or out of date
}

// Dispositions lists the usual outcomes of a call, in the order in which they are
// offered.
func Dispositions() []string {
	return []string{"Answered", "Promise made", "Passed on", "No answer yet", "Wrong number"}
}

// Ident implements Record.
func (c Call) Ident() (Type, ID) { return TypeCall, c.ID }

// Validate reports whether the call can be kept: an id and a start.
func (c Call) Validate() error {
	var v check
	v.id("id", c.ID)
	v.ref("customer", c.Customer)
	v.ref("rep", c.Rep)
	v.at("started", c.Started)
	v.line("disposition", c.Disposition, false)
	v.that(c.Mood == "" || c.Mood == Upset || c.Mood == Hurried, "mood", "is not one of upset, hurried")
	v.ref("incident", c.Incident)
	return v.fault(TypeCall, c.ID)
}

// Intelligence is what a question is good for: to learn about rivals, about the
// market, or about the person.
type Intelligence string

// The three intelligences.
const (
	Competitive  Intelligence = "competitive"
	Market       Intelligence = "market"
	Relationship Intelligence = "relationship"
	// FrontLine is what reps see and worry about: a question for the rep, never for a
	// customer.
	FrontLine Intelligence = "front line"
)

// Intelligences lists the three that customers are asked for.
func Intelligences() []Intelligence { return []Intelligence{Competitive, Market, Relationship} }

func (i Intelligence) known() bool {
	return i == Competitive || i == Market || i == Relationship || i == FrontLine
}

// Note is what a rep wrote down, in a call or between calls. A note with an
// Intelligence is what the customer said to a prompt.
type Note struct {
	ID           ID           `json:"id"`
	Customer     ID           `json:"customer,omitempty"`
	Call         ID           `json:"call,omitempty"`
	Rep          ID           `json:"rep,omitempty"`
	At           time.Time    `json:"at"`
	Text         string       `json:"text"` // as it was first written; what is added stands in Remarks
	Intelligence Intelligence `json:"intelligence,omitempty"`
	Prompt       ID           `json:"prompt,omitempty"`
	Tags         []string     `json:"tags,omitempty"`
	Links        []Ref        `json:"links,omitempty"` // made by hand; those that the words make are not kept
	Remarks      []Remark     `json:"remarks,omitempty"`
	Reviewed     time.Time    `json:"reviewed,omitzero"` // when somebody had read it afterwards
	Reviewer     ID           `json:"reviewer,omitempty"`
	Private      bool         `json:"private,omitempty"` // only for who wrote it: it never leaves this machine
}

// Remark is what was added to a note later: a correction by whoever found it wrong, or
// a word to a colleague.
type Remark struct {
	By   ID        `json:"by,omitempty"`
	At   time.Time `json:"at"`
	Text string    `json:"text"`
	For  ID        `json:"for,omitempty"` // the rep who is to read it; empty: it belongs to the note
	Seen time.Time `json:"seen,omitzero"` // when that rep had read it
}

// Ident implements Record.
func (n Note) Ident() (Type, ID) { return TypeNote, n.ID }

// Validate reports whether the note can be kept: an id, a time and a text.
func (n Note) Validate() error {
	var v check
	v.id("id", n.ID)
	v.ref("customer", n.Customer)
	v.ref("call", n.Call)
	v.ref("rep", n.Rep)
	v.ref("prompt", n.Prompt)
	v.at("at", n.At)
	v.bounded("text", n.Text, maxNote, true)
	v.lines("tags", n.Tags)
	for _, l := range n.Links {
		v.id("link", l.ID)
	}
	for _, r := range n.Remarks {
		v.at("remark", r.At)
		v.text("remark", r.Text, true)
		v.ref("remark", r.For)
	}
	v.ref("reviewer", n.Reviewer)
	v.that(n.Intelligence == "" || n.Intelligence.known(), "intelligence", "is not one of competitive, market, relationship, front line")
	return v.fault(TypeNote, n.ID)
}

// Draft is what a rep has typed and not yet finished, kept so that nothing is
// lost when the program dies. There is one draft a call; its id is the call's. An
// empty draft is done with.
type Draft struct {
	ID   ID        `json:"id"`
	At   time.Time `json:"at"`
	Call Call      `json:"call"`
	Note string    `json:"note,omitempty"`
	// Heard is what is in the box "What does the customer say?".
	Heard string `json:"heard,omitempty"`
	// Reply is the unfinished reply to a prompt, and Prompt the prompt.
	Reply  string `json:"reply,omitempty"`
	Prompt ID     `json:"prompt,omitempty"`
	// Private says that the note is to be kept so.
	Private bool `json:"private,omitempty"`
	Done    bool `json:"done,omitempty"` // wrapped up or put away: not offered again
}

// Ident implements Record.
func (d Draft) Ident() (Type, ID) { return TypeDraft, d.ID }

// Validate reports whether the draft can be kept: an id and a time.
func (d Draft) Validate() error {
	var v check
	v.id("id", d.ID)
	v.at("at", d.At)
	v.bounded("note", d.Note, maxNote, false)
	v.text("heard", d.Heard, false)
	v.text("reply", d.Reply, false)
	return v.fault(TypeDraft, d.ID)
}
