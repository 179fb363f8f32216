// Package promise finds, in what a rep types, the promises that we make to a
// customer, and the time by which we said that we would keep them.
package promise

import "time"

// Found is a promise that a note seems to make.
type Found struct {
	// Text says what was promised as a short order without the date: "Call back".
	Text string
	// Due is when, in the time zone of now; zero when no day was named or none can be told.
	Due    time.Time
	AllDay bool // a day was named, no time
	// Ask is not empty when the words can mean more than one day, or none: what to ask.
	Ask string
	// From and To are the byte range of the words in the note.
	From, To int
}

// Find returns the last promise of the note.
func Find(note string, now time.Time) (Found, bool) { return Found{}, false }
