package glance

import "ringside/assist"

// NoteQuery says which notes to look for. Every field that is set must hold; the zero
// NoteQuery means all notes.
type NoteQuery struct {
	// Text is what must stand in a note: words, parts of words, misspelt words; accents
	// count for nothing.
	Text       string      `json:"text,omitempty"`
	Customer   assist.ID   `json:"customer,omitempty"`
	Company    assist.ID   `json:"company,omitempty"`
	Rep        assist.ID   `json:"rep,omitempty"`        // who wrote it
	Kind       assist.Kind `json:"kind,omitempty"`       // of the customer
	Product    string      `json:"product,omitempty"`    // named in it, as the list of subjects writes it
	Competitor string      `json:"competitor,omitempty"` // the same
	From       assist.Date `json:"from,omitzero"`        // the first day
	Until      assist.Date `json:"until,omitzero"`       // the last day
	Answer     assist.ID   `json:"answer,omitempty"`     // said in the call that it was written in
	Mood       assist.Mood `json:"mood,omitempty"`       // of the customer in that call
	Tag        string      `json:"tag,omitempty"`
	Unreviewed bool        `json:"unreviewed,omitempty"`
}

// NotePage is a part of the notes that fit.
type NotePage struct {
	Notes []NoteFound
	// Next leads to the part that follows; empty when there is none.
	Next string
	// Partial tells that notes were imported and are still being read in: more may fit
	// than can be found yet.
	Partial bool
}

// NoteFound is a note that fits, with the names that people read.
type NoteFound struct {
	assist.Note
	CustomerName, RepName string
	Why                   string // "spelt like 'Shaw'"; empty when it is plain to see
}
