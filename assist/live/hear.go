package live

import (
	"context"
	"slices"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/compose"
	"ringside/assist/search"
)

const mostHits = 5

// heard is a new text in the box "What does the customer say?".
type heard struct {
	call assist.ID
	sure bool // call names the call, even the empty one
	text string
}

func (h heard) replaces(older event) bool {
	o, ok := older.(heard)
	return ok && o.call == h.call && o.sure == h.sure
}

func (h heard) apply(d *Desk) {
	t := d.meant(h.call, h.sure, h.text, func(t *talk) string { return t.heard })
	if t == nil || t.heard == h.text {
		return
	}
	t.heard = h.text
	if strings.TrimSpace(h.text) != "" {
		t.typed = true
		d.touch(t)
	}
	d.mark(t)
	d.search(t)
}

// search looks for answers to what was heard, beside the desk. It makes every
// search of this call before it late.
func (d *Desk) search(t *talk) {
	t.searches++
	if t.stop != nil {
		t.stop()
		t.stop = nil
	}
	if strings.TrimSpace(t.heard) == "" {
		d.clearAnswers(t)
		return
	}
	index := d.library.Index
	if index == nil {
		found{t, t.searches, t.heard, search.Result{State: search.None}, nil}.apply(d)
		return
	}
	var ctx context.Context
	ctx, t.stop = context.WithCancel(d.ctx)
	n := t.searches
	q := search.Query{Text: t.heard, Products: ownProducts(t.profile.Customer), Limit: mostHits, Now: d.now()}
	d.beside(func() event {
		r, err := index.Find(ctx, q)
		return found{t, n, q.Text, r, err}
	})
}

func (d *Desk) clearAnswers(t *talk) {
	d.changed = d.changed || t.found != "" || t.state != ""
	t.found, t.state, t.hits, t.answers = "", "", nil, nil
}

// found is what a search gave.
type found struct {
	t      *talk
	search uint64
	words  string
	result search.Result
	err    error
}

func (f found) apply(d *Desk) {
	t := f.t
	if f.search != t.searches {
		return
	}
	if f.err != nil {
		f.result = search.Result{} // nobody knows; that is not "nothing fits"
	}
	if t.stop != nil {
		t.stop()
		t.stop = nil
	}
	t.found, t.state = f.words, string(f.result.State)
	t.hits = f.result.Hits[:min(len(f.result.Hits), mostHits)]
	d.fillAnswers(t)
	d.changed = true
}

// fillAnswers fills the blanks of what was found and of the open answer.
func (d *Desk) fillAnswers(t *talk) {
	facts := d.facts(t)
	t.answers = nil
	for _, h := range t.hits {
		t.answers = append(t.answers, d.answerHit(h, facts))
	}
	if t.open != nil {
		t.open = d.openOf(t, facts)
	}
}

func (d *Desk) facts(t *talk) compose.Facts {
	return compose.Facts{Customer: t.profile.Customer, Company: t.profile.Company, Rep: d.cfg.Me,
		Promise: spokenOf(t), Now: d.now()}
}

// spokenOf is the promise that an answer may speak of: the latest of this call,
// else the only one that is open.
func spokenOf(t *talk) assist.Promise {
	for _, p := range slices.Backward(t.made) {
		if p.Open() {
			return p
		}
	}
	if len(t.profile.Promises) == 1 {
		return t.profile.Promises[0]
	}
	return assist.Promise{}
}

func (d *Desk) answerHit(h search.Hit, facts compose.Facts) AnswerHit {
	a := h.Answer
	return AnswerHit{ID: a.ID, Title: compose.Fill(a.Title, facts), Say: compose.Fill(a.Say, facts),
		Department: a.Department, Owner: d.name(a.Owner), Verified: verified(a, facts.Now),
		Why: h.Why, Stale: a.Stale(facts.Now), Internal: a.Internal}
}

func verified(a assist.Answer, now time.Time) string {
	switch {
	case a.Verified.IsZero() && a.Stale(now):
		return "never verified"
	case a.Verified.IsZero():
		return ""
	case a.Stale(now):
		return "not verified since " + day(a.Verified)
	}
	return "verified " + day(a.Verified)
}

// day writes a date as far as it is known.
func day(d assist.Date) string {
	switch {
	case d.Month == 0:
		return d.Time().Format("2006")
	case d.Day == 0:
		return d.Time().Format("Jan 2006")
	}
	return d.Time().Format("2 Jan 2006")
}

func ownProducts(c assist.Customer) []string {
	var out []string
	for _, p := range c.Owns {
		if p.Ours() {
			out = append(out, p.Name)
		}
	}
	return out
}

// openAnswer puts an answer in front of the rep and counts it, once for the same
// words.
func (d *Desk) openAnswer(t *talk, id assist.ID) {
	hit, words, ok := d.hit(t, id)
	if !ok {
		return
	}
	t.opened = hit
	t.open = d.openOf(t, d.facts(t))
	d.changed = true
	if t.idle() {
		return
	}
	d.touch(t)
	for _, u := range t.call.Used {
		if u.Answer == id && u.Heard == words {
			return
		}
	}
	t.call.Used = with(t.call.Used, assist.Used{Answer: id, Heard: words, At: d.now()})
	d.mark(t)
}

// hit finds an answer in the list, with the words that found it, else in the
// library.
func (d *Desk) hit(t *talk, id assist.ID) (h search.Hit, words string, ok bool) {
	for _, h := range t.hits {
		if h.Answer.ID == id {
			return h, t.found, true
		}
	}
	a, ok := d.library.Answers[id]
	return search.Hit{Answer: a, Why: "chosen from the library"}, "", ok
}

func stepsOf(a assist.Answer, done []bool, facts compose.Facts) []Step {
	var out []Step
	for i, s := range a.Steps {
		out = append(out, Step{Text: compose.Fill(s, facts), Done: i < len(done) && done[i]})
	}
	return out
}

func (d *Desk) openOf(t *talk, facts compose.Facts) *Open {
	a := t.opened.Answer
	return &Open{AnswerHit: d.answerHit(t.opened, facts), Steps: stepsOf(a, t.ticked[a.ID], facts), Web: a.Web}
}

// tick ticks or unticks a step of the open answer; 1 is the first.
func (d *Desk) tick(t *talk, step int) {
	if t.open == nil || step < 1 || step > len(t.open.Steps) {
		return
	}
	done := make([]bool, len(t.open.Steps))
	copy(done, t.ticked[t.open.ID])
	done[step-1] = !done[step-1]
	t.ticked[t.open.ID] = done
	t.open = d.openOf(t, d.facts(t))
	d.changed = true
}

func (d *Desk) closeAnswer(t *talk) {
	if t.open != nil {
		t.open = nil
		d.changed = true
	}
}

// findOut promises an answer for the next working day and keeps the question for
// the trainers.
func (d *Desk) findOut(t *talk) {
	words := strings.TrimSpace(t.heard)
	if words == "" {
		return
	}
	text := "Find out: " + words
	if slices.ContainsFunc(t.made, func(p assist.Promise) bool { return p.Text == text }) {
		return
	}
	t = d.hand()
	d.touch(t)
	now := d.now()
	p := assist.Promise{ID: assist.NewID(now), Customer: t.call.Customer, Call: t.call.ID, Rep: d.cfg.Me.ID,
		Text: text, Made: now, Due: nextWorkingDay(now), AllDay: true}
	g := assist.Gap{ID: assist.NewID(now), Text: words, Customer: t.call.Customer, Call: t.call.ID, Rep: d.cfg.Me.ID, At: now}
	if !d.valid("This promise", p, g) {
		return
	}
	t.made, t.gaps = with(t.made, p), with(t.gaps, g)
	d.fillAnswers(t)
	d.save("The promise to find out", t, p, g)
}

// nextWorkingDay is midnight of the next day that is neither Saturday nor Sunday.
func nextWorkingDay(now time.Time) time.Time {
	y, m, d := now.Date()
	for {
		d++
		day := time.Date(y, m, d, 0, 0, 0, 0, now.Location())
		if w := day.Weekday(); w != time.Saturday && w != time.Sunday {
			return day
		}
	}
}
