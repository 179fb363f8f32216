package compose

import (
	"time"

	"ringside/assist"
)

// The days in which a letter is still of use.
const (
	soonDue       = 2  // days before a promise is due in which the customer is told how it stands
	freshCall     = 2  // days after a call in which it is summed up
	freshAdvocate = 30 // days after they first spoke well of us
	freshClosed   = 7  // days after an incident
)

// Kinds returns the letters that make sense now, the most pressing first. Nobody is
// thanked for years while there is something to say sorry for.
func Kinds(a About) []Letter {
	if a.Now.IsZero() {
		return nil
	}
	a = a.whole()
	p, i := a.Promise, a.Incident
	wrong, news := a.wrong(), i.Title != "" && !a.Affected.Knows(i)
	_, near := yearsWith(a.Customer.Since, a.Now)
	now := map[Letter]bool{
		LetterLate:     p.Text != "" && (p.Untold(a.Now) || p.Late(a.Now)),
		LetterIncident: news && i.Closed.IsZero(),
		LetterClosed:   news && a.within(i.Closed, freshClosed),
		LetterApology:  wrong,
		LetterPromise:  p.Text != "" && (a.justKept(p) || a.dueSoon(p)),
		LetterCall:     a.within(a.Call.Call.Started, freshCall) && a.Call.any(),
		LetterThanks:   !wrong && near,
		LetterAdvocate: !wrong && a.newAdvocate(),
	}
	var out []Letter
	for _, k := range everyLetter {
		if now[k] {
			out = append(out, k)
		}
	}
	return out
}

// everyLetter are the letters, the most pressing first.
var everyLetter = []Letter{LetterLate, LetterIncident, LetterClosed, LetterApology, LetterPromise, LetterCall, LetterThanks, LetterAdvocate}

// within reports whether something was at most days ago.
func (a About) within(t time.Time, days int) bool {
	n := daysBetween(t.In(a.Now.Location()), a.Now)
	return !t.IsZero() && n >= 0 && n <= days
}

// any reports whether there is something to sum up.
func (c Conversation) any() bool { return len(c.Said)+len(c.Told)+len(c.Made) > 0 }

// newAdvocate reports whether somebody began to speak well of us of late.
func (a About) newAdvocate() bool {
	since := a.Customer.Advocate
	return since.Day > 0 && a.within(since.Time(), freshAdvocate)
}

// justKept reports whether a promise was kept and the customer has not heard of it.
func (a About) justKept(p assist.Promise) bool {
	return a.within(p.Kept, freshCall) && p.Told.Before(p.Kept)
}

func (a About) dueSoon(p assist.Promise) bool {
	return p.Open() && !p.Due.IsZero() && !p.Late(a.Now) && !p.Untold(a.Now) && daysBetween(a.Now, seen(p.Due, p.AllDay, a.Now)) <= soonDue
}
