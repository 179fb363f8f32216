// Package settings holds what a rep chose for this machine. Passwords and keys are not
// among it.
package settings

import (
	"strconv"
	"strings"

	"ringside/assist"
	"ringside/assist/glance"
)

// Machine is what a rep chose for this machine. The zero Machine is usable.
type Machine struct {
	Me     assist.ID `json:"me,omitempty"`      // the rep who sits here
	Region string    `json:"region,omitempty"`  // for numbers without a country: "GB"; empty means the system's, else GB
	OnRing OnRing    `json:"on_ring,omitempty"` // empty means Notify
	// NoReminders: no notification tells of the rep's promises.
	NoReminders bool `json:"no_reminders,omitempty"`
	// MonthFirst: 3/4 means 4 March, not 3 April.
	MonthFirst bool `json:"month_first,omitempty"`
	// Review: what a rep wants an answer to be found by goes to the trainers first.
	Review bool `json:"review,omitempty"`
	// Phone: how this machine learns of calls.
	Phone Phone `json:"phone,omitzero"`
	// Model: which endpoint may be asked about the meaning of words.
	Model Model `json:"model,omitzero"`
	// Off: what the rep does not want to see.
	Off Off `json:"off,omitzero"`
	// Views are searches of notes that the rep gave names to, in the order in which they
	// are offered.
	Views []View `json:"views,omitempty"`
	// Backups is the folder for backups; empty: one in the data folder.
	Backups string `json:"backups,omitempty"`
	// LockAfter is after how many minutes without a touch the window locks; 0: never.
	LockAfter int `json:"lock_after,omitempty"`
	// Started: the first-run page has been answered.
	Started bool `json:"started,omitempty"`
}

// View is a search of notes under a name.
type View struct {
	Name  string           `json:"name"`
	Query glance.NoteQuery `json:"query"`
}

// Model names the one endpoint, of those that speak OpenAI's protocol, that may
// be asked for anything. Its key is kept elsewhere. While On is false nothing is sent
// and no connection is opened.
type Model struct {
	On         bool   `json:"on,omitempty"`
	URL        string `json:"url,omitempty"`        // where its API begins: http://localhost:11434/v1
	Embeddings string `json:"embeddings,omitempty"` // the model that turns texts into vectors, as the endpoint calls it
	// Writer is the model that polishes drafts, as the endpoint calls it. Writes turns it
	// on; without it nothing of a draft is ever sent.
	Writer string `json:"writer,omitempty"`
	Writes bool   `json:"writes,omitempty"`
}

// Named reports whether both the endpoint and the model for embeddings have a name.
func (m Model) Named() bool { return m.URL != "" && m.Embeddings != "" }

// WriterNamed reports whether both the endpoint and the model that writes have a name.
func (m Model) WriterNamed() bool { return m.URL != "" && m.Writer != "" }

// Off is what the rep does not want to see.
type Off struct {
	Moves []string `json:"moves,omitempty"` // kinds of move, as ask.MoveKinds lists them
	Frank bool     `json:"frank,omitempty"` // the question for the rep
}

// OnRing says what the window does when the phone rings while the rep works in
// another program. In none of the cases does it take the keyboard from them.
type OnRing string

// What the window can do on a ring.
const (
	Raise   OnRing = "raise"
	Notify  OnRing = "notify"
	Nothing OnRing = "nothing"
)

// Validate reports every setting that has no meaning, as a Fault with assist.ErrInvalid.
func (s Machine) Validate() error {
	var v check
	v.that(s.Me == "" || s.Me.Valid(), "me", "is no id")
	v.that(s.Region == "" || len(s.Region) == 2, "region", "is not a country's two letters")
	v.that(s.OnRing == "" || s.OnRing == Raise || s.OnRing == Notify || s.OnRing == Nothing, "on_ring", "is not one of raise, notify, nothing")
	s.Phone.validate(&v)
	v.line("model.url", s.Model.URL, false)
	v.line("model.embeddings", s.Model.Embeddings, false)
	v.line("model.writer", s.Model.Writer, false)
	v.that(!s.Model.Writes || s.Model.WriterNamed(), "model", "writes without an address and a model's name")
	named := map[string]bool{}
	for _, view := range s.Views {
		v.line("view", view.Name, true)
		v.that(!named[view.Name], "view", "has the name of another one")
		named[view.Name] = true
	}
	for _, m := range s.Off.Moves {
		v.line("off", m, true)
	}
	v.that(!s.Model.On || s.Model.Named(), "model", "is on without an address and a model's name")
	if len(v.wrong) == 0 {
		return nil
	}
	return &assist.Fault{What: "these settings cannot be kept: " + strings.Join(v.wrong, "; "), Where: "settings", Err: assist.ErrInvalid}
}

const maxLine = 500 // bytes of a name or an address

// check collects what is wrong.
type check struct{ wrong []string }

func (c *check) that(ok bool, field, reason string) {
	if !ok {
		c.wrong = append(c.wrong, field+" "+reason)
	}
}

func (c *check) line(field, s string, need bool) {
	c.that(!need || strings.TrimSpace(s) != "", field, "is missing")
	c.that(len(s) <= maxLine, field, "is longer than "+strconv.Itoa(maxLine)+" bytes")
}
