package live

import (
	"time"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/heard"
	"ringside/assist/phone"
)

// View is one picture of the desk. It is never changed after it was handed out;
// every change makes a new one. It is also what the local door answers, as JSON.
type View struct {
	// Seq grows by one with every View.
	Seq   uint64    `json:"seq"`
	At    time.Time `json:"at"`
	Phase Phase     `json:"phase"`
	// Call is the id of the call in front; empty while idle.
	Call assist.ID  `json:"call,omitempty"`
	Ring phone.Ring `json:"ring,omitzero"`
	Who  Who        `json:"who"`
	// Looking: the store has not yet said who calls; Who and Card may still change.
	Looking bool `json:"looking,omitempty"`

	Choices []Choice `json:"choices,omitempty"` // Who is Several: the likeliest first
	Card    *Card    `json:"card,omitempty"`    // Who is Known

	// Heard are the words that Answers belong to. When a call comes to the front,
	// they are all that was typed for it, and Answers may follow.
	Heard   string  `json:"heard,omitempty"`
	Answers Answers `json:"answers,omitzero"`
	Open    *Open   `json:"open,omitempty"`  // the answer that the rep has open
	Learn   *Learn  `json:"learn,omitempty"` // offered after an answer was said

	// Found is what else fits what is in the box: people, notes, promises and prompts,
	// at most six, the best first. It may come a View later than Answers.
	Found  []glance.Found `json:"found,omitempty"`
	Peek   *Peek          `json:"peek,omitempty"`  // what the rep looks at without leaving the call
	People People         `json:"people,omitzero"` // whom Use.People found

	// Moves are what to do now, the weightiest first.
	Moves []Move      `json:"moves,omitempty"`
	Mood  assist.Mood `json:"mood,omitempty"` // as the rep has marked it

	// Quiet says why no question is offered now; empty when tact has nothing against it.
	Quiet string `json:"quiet,omitempty"`
	// Prompts at an idle desk are a question for the rep.
	Prompts []Offer `json:"prompts,omitempty"` // at most two
	Reply   *Reply  `json:"reply,omitempty"`   // the prompt that was asked and whose reply is awaited

	Catch   *Catch        `json:"catch,omitempty"`   // what was just heard that is worth keeping
	Caught  string        `json:"caught,omitempty"`  // what was kept last in this call, in a line
	Honest  *heard.Honest `json:"honest,omitempty"`  // the competitor named last
	Helpers *Helpers      `json:"helpers,omitempty"` // when the rep has asked who can help
	Letter  *Letter       `json:"letter,omitempty"`  // when the rep writes to the customer

	Note    NoteState        `json:"note"`
	Promise *PromiseOffer    `json:"promise,omitempty"` // found in the note, not yet kept or refused
	Made    []assist.Promise `json:"made,omitempty"`    // promises of this call

	// HandOver is what a colleague who takes this call over should read, when the rep
	// has asked for it.
	HandOver string `json:"hand_over,omitempty"`

	WrapUp     *WrapUp   `json:"wrap_up,omitempty"`
	Others     []Waiting `json:"others,omitempty"`     // other calls of this desk
	Unfinished []Waiting `json:"unfinished,omitempty"` // drafts that an earlier run left

	// Undisturbed: rings wait among Others, and nothing else tells of them.
	Undisturbed bool `json:"undisturbed,omitempty"`

	// Trouble is one sentence of what is wrong and what to do; empty when all is well.
	Trouble string `json:"trouble,omitempty"`

	// Unkept: something that the rep wrote could not be put on the disk, and is tried again.
	Unkept bool `json:"unkept,omitempty"`
}

// Phase is where the call in front stands.
type Phase string

// The phases of the desk.
const (
	Idle     Phase = "idle"
	Ringing  Phase = "ringing"
	Talking  Phase = "talking"
	Wrapping Phase = "wrapping up"
)

// Who says how much is known of the caller.
type Who string

// What can be known of a caller.
const (
	Nobody   Who = "nobody" // no call
	Known    Who = "known"
	Unknown  Who = "unknown"  // a number that belongs to nobody we know
	Several  Who = "several"  // a switchboard, a household, or only the last digits fit: the rep chooses
	Withheld Who = "withheld" // no number came
)

// Choice is one of several customers who share the number.
type Choice struct {
	Customer assist.ID `json:"customer"`
	Name     string    `json:"name"`
	Company  string    `json:"company,omitempty"`
	Last     string    `json:"last,omitempty"` // "spoke with us on 3 November"
	Tail     bool      `json:"tail,omitempty"` // only the last digits of the number fit
}

// Card is what a rep sees of a customer at one glance (the field calls its
// appearance a screen pop). All texts are ready to be shown.
type Card struct {
	Customer  assist.Customer   `json:"customer"`
	Company   assist.Company    `json:"company,omitzero"`
	Tenure    string            `json:"tenure,omitempty"` // "15 years in March: thank Mary"
	Brief     []string          `json:"brief,omitempty"`  // at most three lines
	Promises  []PromiseLine     `json:"promises,omitempty"`
	Incidents []assist.Incident `json:"incidents,omitempty"`
	Untold    string            `json:"untold,omitempty"` // "not told yet: “Leeds delivery”"
	Last      []Contact         `json:"last,omitempty"`   // at most three, the latest first
	Known     []Fact            `json:"known,omitempty"`  // by intelligence, the latest first
	Owns      []string          `json:"owns,omitempty"`   // ours first; others' with their maker
}

// PromiseLine is an open promise as the card says it.
type PromiseLine struct {
	ID   assist.ID `json:"id"`
	Text string    `json:"text"`
	When string    `json:"when,omitempty"` // "due Friday 3 pm", "2 days late"
	By   string    `json:"by,omitempty"`   // the rep's name
	Late bool      `json:"late,omitempty"`
}

// Contact is an earlier call or note, in one line.
type Contact struct {
	At   time.Time `json:"at"`
	When string    `json:"when"`
	Text string    `json:"text"`
	By   string    `json:"by,omitempty"`
	// Private says that it is a note only for who wrote it.
	Private bool `json:"private,omitempty"`
}

// Fact is one thing that we know of the customer, with its source.
type Fact struct {
	Intelligence assist.Intelligence `json:"intelligence"`
	Text         string              `json:"text"`
	Source       string              `json:"source"` // "said on 3 Nov to Tom"
}

// Answers are the answers to what the customer says, the best first.
type Answers struct {
	// State says how sure the desk is: "show", "dim" (weak: look before you
	// speak) or "none" (nothing fits; promise to find out).
	State string      `json:"state,omitempty"`
	Hits  []AnswerHit `json:"hits,omitempty"`
}

// AnswerHit is one answer in the list.
type AnswerHit struct {
	ID         assist.ID `json:"id"`
	Title      string    `json:"title"`
	Say        string    `json:"say"` // the blanks are filled in
	Department string    `json:"department"`
	Owner      string    `json:"owner,omitempty"`    // a name
	Verified   string    `json:"verified,omitempty"` // "verified 3 Nov 2026", "not verified for 40 days"
	Why        string    `json:"why"`
	Stale      bool      `json:"stale,omitempty"`
	Draft      bool      `json:"draft,omitempty"` // nobody has agreed to these words yet
	Internal   bool      `json:"internal,omitempty"`
	// Flagged says that a rep has flagged it as wrong, when and who; empty: nobody has.
	Flagged string `json:"flagged,omitempty"`
}

// Open is the answer in front of the rep.
type Open struct {
	AnswerHit
	Also   []string `json:"also,omitempty"`   // other departments that say it
	Deputy string   `json:"deputy,omitempty"` // a name: whom to ask while the owner is away
	// Warnings are what to mind before it is said: flags on its sentences, that it was not
	// verified for long, that our site says something else.
	Warnings []string      `json:"warnings,omitempty"`
	Steps    []Step        `json:"steps,omitempty"`
	Files    []assist.File `json:"files,omitempty"` // pictures and others, of the answer and of its steps
	Web      string        `json:"web,omitempty"`
	Site     string        `json:"site,omitempty"`  // what the customer may just have read on our site
	Liked    string        `json:"liked,omitempty"` // what customers love and wish of a product that it is about
	// Flagging: the rep has just said that it is wrong. That is kept already; which of the
	// Sentences, and why, can be told besides.
	Flagging  bool     `json:"flagging,omitempty"`
	Sentences []string `json:"sentences,omitempty"` // of the words to say and the steps, with the blanks filled in
	Sentence  int      `json:"sentence,omitempty"`  // which is wrong; 1 is the first, 0 means the whole answer
	FlagWhy   string   `json:"flag_why,omitempty"`
	Said      bool     `json:"said,omitempty"`
	Helped    bool     `json:"helped,omitempty"`
	Wrong     bool     `json:"wrong,omitempty"`
}

// Learn offers to find an answer by the words that found it just now.
type Learn struct {
	Answer assist.ID `json:"answer"`
	Title  string    `json:"title"` // of the answer
	// Words are the customer's, without words that hold digits, addresses of e-mail and
	// the customer's own name: a wording is for everybody's eyes.
	Words  string `json:"words"`
	Review bool   `json:"review,omitempty"` // the trainers look at it first
	Taken  bool   `json:"taken,omitempty"`  // done; it stays to be read until the next words
}

// Peek is a record that the rep looks at in place.
type Peek struct {
	Type     assist.Type `json:"type"`
	ID       assist.ID   `json:"id"`
	Customer assist.ID   `json:"customer,omitempty"`
	Title    string      `json:"title"`
	Sub      string      `json:"sub,omitempty"`  // a company and a number; whose it is, and since when
	Text     string      `json:"text,omitempty"` // all of it
}

// People are the customers whom some words found.
type People struct {
	For   string         `json:"for,omitempty"` // the words
	Found []glance.Found `json:"found,omitempty"`
}

// Step is one step of an open answer.
type Step struct {
	Text string `json:"text"`
	Done bool   `json:"done,omitempty"`
}

// Offer is a prompt that the rep may ask now.
type Offer struct {
	Prompt       assist.ID           `json:"prompt"`
	Intelligence assist.Intelligence `json:"intelligence"`
	Ask          []string            `json:"ask"` // ways to say it, the first for the list
	Why          string              `json:"why"`
	way          string              // the first of Ask, blanks unfilled
}

// Reply is a prompt that was asked: what the customer says goes into Text and is
// kept as a note of its intelligence.
type Reply struct {
	Offer
	Text string `json:"text,omitempty"`
}

// NoteState is the note of this call.
type NoteState struct {
	Text string `json:"text,omitempty"`
	// Saved: all of Text is durable.
	Saved bool `json:"saved"`
}

// PromiseOffer is a promise that the note seems to make.
type PromiseOffer struct {
	Text   string    `json:"text"`
	Due    time.Time `json:"due,omitzero"`
	AllDay bool      `json:"all_day,omitempty"`
	When   string    `json:"when"` // "Friday 27 November, 3 pm"
	// Ask is not empty when the words can mean more than one day: what to ask.
	Ask string `json:"ask,omitempty"`
}

// WrapUp is the strip after hang-up. Nothing in it must be filled in.
type WrapUp struct {
	Suggested    string   `json:"suggested"`         // the disposition that fits what happened
	Dispositions []string `json:"dispositions"`      // all of them, Suggested first
	Summary      string   `json:"summary"`           // what will be kept, in one line
	Noted        bool     `json:"noted,omitempty"`   // there is a note
	Private      bool     `json:"private,omitempty"` // it will be only for who wrote it
	// Missed is how many questions were kept for the trainers because nothing was found for
	// them, or nothing of it was opened.
	Missed int `json:"missed,omitempty"`
	// Teaches is the title of an answer that can be made of this call, in the customer's
	// words, else as the note begins; empty: there is nothing to make it of.
	Teaches string `json:"teaches,omitempty"`
	Taught  bool   `json:"taught,omitempty"` // it waits among the trainers' drafts
}

// Waiting is a call that is not in front.
type Waiting struct {
	Call     assist.ID `json:"call"`
	Title    string    `json:"title"` // a name or a number
	Phase    Phase     `json:"phase"`
	Since    time.Time `json:"since"`
	Customer assist.ID `json:"customer,omitempty"` // empty while nobody knows who it is
	// Untold says of which incident they do not know the latest; empty when they know.
	Untold string `json:"untold,omitempty"`
}
