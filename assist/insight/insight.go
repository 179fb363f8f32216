// Package insight finds patterns in what was kept: which competitors are named and for
// what, where people buy and why, what they love, hate, think, believe, feel and wish,
// why they leave and stay, which questions grow, and what the front line sees.
//
// A pattern says how often, by how many different customers and reps, over which time, how
// that moved and how sure that is, from which records it was made, and how. What is too
// little says "not enough yet". One customer counts once, however loud, and no rep is
// scored. A Reader turns records into what they say, a Book counts it; it takes a change
// in microseconds.
package insight

import (
	"time"

	"ringside/assist"
)

// Group is a part of the list of patterns.
type Group string

// The groups.
const (
	Competitive  Group = "competitive"
	Market       Group = "market"
	Relationship Group = "relationship"
	BackDoor     Group = "back door" // why customers leave and why they stay
	Questions    Group = "questions"
	FrontLine    Group = "front line"
)

// Groups lists the groups in the order in which they are shown.
func Groups() []Group {
	return []Group{Competitive, Market, Relationship, BackDoor, Questions, FrontLine}
}

// Kind says what a theme tells of its subject.
type Kind string

// The kinds.
const (
	Named      Kind = "named"      // a competitor or a product
	Bought     Kind = "bought"     // a place where people buy
	Felt       Kind = "felt"       // loved, hated, thought, believed, felt or wished
	Told       Kind = "told"       // a matter, without a subject
	Together   Kind = "together"   // two products in one note
	Owned      Kind = "owned"      // two products by one customer
	Leaving    Kind = "leaving"    // a customer speaks of leaving
	Staying    Kind = "staying"    // a customer says why they stay
	Upset      Kind = "upset"      // customers in a call
	Opened     Kind = "opened"     // an answer that customers' questions needed
	Unanswered Kind = "unanswered" // questions with a word, which nobody could answer
)

// Theme is what a pattern is about. Two things that were said are of one theme when
// theirs are equal.
type Theme struct {
	Group   Group              `json:"group"`
	Kind    Kind               `json:"kind"`
	Feeling assist.Feeling     `json:"feeling,omitempty"`
	About   assist.SubjectKind `json:"about,omitempty"`
	// Subject is a name as the list of subjects writes it; the id of an answer that was
	// opened; the word of a question that nobody could answer.
	Subject string `json:"subject,omitempty"`
	With    string `json:"with,omitempty"`   // the other product
	Matter  string `json:"matter,omitempty"` // for what: "price"; empty means for whatever
}

// byReps reports whether the theme is counted by reps: customers do not say it.
func (t Theme) byReps() bool { return t.Group == FrontLine }

// Said is what one record tells. The zero Said tells nothing.
type Said struct {
	Ref      assist.Ref
	At       time.Time
	Customer assist.ID
	Rep      assist.ID
	// Talk is the conversation that it belongs to: a call, or the note itself. What belongs
	// to one conversation is counted once. Empty: it was no conversation.
	Talk   assist.Ref
	Themes []Theme
}
