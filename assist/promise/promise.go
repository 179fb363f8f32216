// Package promise finds, in what a rep types, the promises that we make to a
// customer, and the time by which we said that we would keep them. It would rather
// ask than guess.
package promise

import (
	"strings"
	"time"
)

// Found is a promise that a note seems to make.
type Found struct {
	// Text says what was promised as a short order without the date: "Call back".
	Text string
	// Due is the latest time at which the promise is kept in time, in the time zone
	// of now: "tomorrow morning" is due at noon, "this afternoon" at 5 pm, "before
	// Friday" on Thursday. Zero when no day was named, or none that there is.
	Due time.Time
	// AllDay: a day was named and no time; Due is the beginning of that day.
	AllDay bool
	// Ask is not empty when the words can mean more than one day, or none: what to ask.
	Ask string
	// From and To are the range of the words in the note, in bytes.
	From, To int
}

// Figures says which of the figures of a date such as 3/4 is the month.
type Figures int

const (
	// AskFirst is for who may write either: 3/4 is asked.
	AskFirst Figures = iota
	// DayFirst reads 3/4 as 3 April.
	DayFirst
	// MonthFirst reads 3/4 as 4 March.
	MonthFirst
)

// Reader reads notes. The zero value asks which of 3/4 is the month.
type Reader struct{ Figures Figures }

// Find returns the last promise of the note, the one that is being typed. Only what
// we say that we will do counts ("I'll call back on Friday at 3"), or what is done for
// the customer without a word of who does it ("She will be refunded by Friday"), not
// what others do, what was done, what is asked, and what hangs on an if. In the short
// words of a note the rep is who acts ("will ring Thursday", "to ring her Friday"); what
// is only named there, without "will", is a promise where a day or a time is ("ring her
// Thursday", "engineer booked for Monday").
func (r Reader) Find(note string, now time.Time) (Found, bool) { return r.last(note, now, us) }

// Others returns the last promise of the note that somebody else makes: the customer,
// a courier, or anybody with a name ("Tom will call you"), since the words do not say
// whether Tom is one of us. "Our engineer", "my colleague" and "someone" are.
func (r Reader) Others(note string, now time.Time) (Found, bool) { return r.last(note, now, others) }

func (r Reader) last(note string, now time.Time, by maker) (Found, bool) {
	note, back := straighten(note)
	after := ""
	for end := len(note); end > 0; {
		s := sentenceBefore(note, end)
		end = s.at
		if strings.TrimSpace(s.text) == "" {
			continue
		}
		s.after, after = after, s.text
		vows := s.vows()
		for i := len(vows) - 1; i >= 0; i-- {
			if vows[i].by != by {
				continue
			}
			if f, ok := s.promise(vows[i], now, r.Figures); ok {
				f.From, f.To = back(s.at+f.From), back(s.at+f.To)
				return f, true
			}
		}
	}
	return Found{}, false
}

// promise reads what is promised with a vow of the sentence.
func (s sentence) promise(v vow, now time.Time, figures Figures) (Found, bool) {
	from, end := v.from, s.to(v.body)
	said := s.text[v.body:end]
	w := read(said, now, figures)
	if at := w.second(said); at > 0 { // "send the form today and call on Friday": the last counts
		from, said = v.body+at, said[at:]
		w = read(said, now, figures)
	}
	if !w.any() {
		if lead := s.leadOf(v.from); lead != "" {
			if l := read(lead, now, figures); l.any() && l.fills(lead) {
				from, w = v.from-len(lead)+l.left(), l.without()
			}
		}
	}
	if !w.any() { // "I'll call (Friday)", "I'll call. Tomorrow."
		rest := s.text[end:]
		if strings.Trim(rest, " .") == "" {
			rest = s.after
		}
		if l := read(rest, now, figures); l.fills(rest) {
			w = l.without()
		}
	}
	text := order(w.cut(said))
	if text == "" || v.dated && !w.any() {
		return Found{}, false
	}
	f := Found{Text: text, From: from, To: end}
	f.Due, f.AllDay, f.Ask = w.due(now)
	return f, true
}
