// Package promise finds, in what a rep types, the promises that we make to a
// customer, and the time by which we said that we would keep them. It would rather
// ask than guess.
package promise

import "time"

// Found is a promise that a note seems to make.
type Found struct {
	// Text says what was promised as a short order without the date: "Call back".
	Text string
	// Due is the latest time at which the promise is kept in time, in the time zone
	// of now: "tomorrow morning" is due at noon, "this afternoon" at 5 pm. Zero when no
	// day was named, or none that there is.
	Due time.Time
	// AllDay: a day was named and no time; Due is the beginning of that day.
	AllDay bool
	// Ask is not empty when the words can mean more than one day, or none: what to ask.
	Ask string
	// From and To are the range of the words in the note, in bytes.
	From, To int
}

// Find returns the last promise of the note, the one that is being typed. Only what
// we say that we will do counts ("I'll call back on Friday at 3"), not what others
// do, what was done, what is asked, and what hangs on an if.
func Find(note string, now time.Time) (Found, bool) {
	note, back := straighten(note)
	vows := vowsOf(note)
	end := len(note)
	for i := len(vows) - 1; i >= 0; i-- {
		from, to := vows[i][0], vows[i][1]
		s := sentenceAround(note, from, to, end)
		if f, ok := s.promise(now); ok {
			f.From, f.To = back(f.From), back(f.To)
			return f, true
		}
		end = from
	}
	return Found{}, false
}

// promise reads the promise of a sentence.
func (s sentence) promise(now time.Time) (Found, bool) {
	if s.noPromise() {
		return Found{}, false
	}
	from, said := s.vow, s.said()
	w := read(said, now)
	if at := w.second(said); at > 0 { // "send the form today and call on Friday": the last counts
		from, said = s.body+at, said[at:]
		w = read(said, now)
	}
	if !w.any() {
		if lead := read(s.lead(), now); lead.any() && lead.fills(s.lead()) {
			from, w = s.start+lead.left(), lead.without()
		}
	}
	text := order(w.cut(said))
	if text == "" {
		return Found{}, false
	}
	f := Found{Text: text, From: from, To: s.end}
	f.Due, f.AllDay, f.Ask = w.due(now)
	return f, true
}
