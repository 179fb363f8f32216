package live

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/compose"
	"ringside/assist/curate"
	"ringside/assist/search"
)

// fillAnswers fills the blanks of what was found and of the open answer.
func (d *Desk) fillAnswers(t *talk) {
	facts := d.facts(t)
	t.answers = nil
	for _, h := range t.hits {
		t.answers = append(t.answers, d.answerHit(t, h, facts))
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

func (d *Desk) answerHit(t *talk, h search.Hit, facts compose.Facts) AnswerHit {
	a := h.Answer
	hit := AnswerHit{ID: a.ID, Title: compose.Fill(a.Title, facts), Say: compose.Fill(a.Say, facts),
		Department: a.Department, Owner: d.name(curate.OwnerOn(a, facts.Now)), Verified: verified(a, facts.Now),
		Why: h.Why, Stale: a.Stale(facts.Now), Draft: a.Draft, Internal: a.Internal}
	if flags := d.flagsOn(t, a); len(flags) > 0 {
		hit.Flagged = d.flagged(flags[0], facts.Now)
	}
	return hit
}

func verified(a assist.Answer, now time.Time) string {
	switch {
	case a.Verified.IsZero() && a.Stale(now):
		return "never verified"
	case a.Verified.IsZero():
		return ""
	case a.Stale(now):
		return "not verified for " + days(a.Verified, now)
	}
	return "verified " + day(a.Verified)
}

// days says how long ago a date was: "40 days".
func days(d assist.Date, now time.Time) string {
	return strconv.Itoa(int(now.Sub(d.Time()).Hours()/24)) + " days"
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
		d.follow(t, id)
		return
	}
	if t.open == nil || t.open.ID != id {
		d.endFlagging(t)
		t.learn = nil
	}
	t.meet()
	t.opened, t.openedBy, t.peek, t.moved = hit, words, nil, true
	t.open = d.openOf(t, d.facts(t))
	d.changed = true
	if t.idle() {
		return
	}
	d.touch(t)
	t.remember(words)
	d.seen(t)
	for _, u := range t.call.Used {
		if u.Answer == id && u.Heard == words {
			return
		}
	}
	t.call.Used = with(t.call.Used, assist.Used{Answer: id, Heard: words, At: d.now()})
	d.mark(t)
}

const mostTurns = 5 // answers that went into one another

// follow opens, in place of an answer that is no longer found, the one that says it now.
func (d *Desk) follow(t *talk, id assist.ID) {
	reader, index, ctx := d.cfg.Reader, d.library.Index, d.ctx
	if reader == nil || index == nil {
		return
	}
	t.peeks++
	f := followed{t: t, look: t.peeks}
	d.soon(func() event {
		for range mostTurns {
			r, err := reader.Read(ctx, assist.TypeAnswer, id)
			a, ok := r.(assist.Answer)
			if err != nil || !ok || a.Into == "" {
				return nothing{}
			}
			id = a.Into
			if _, ok := index.Answer(id); ok {
				f.into = id
				return f
			}
		}
		return nothing{}
	})
}

// followed is the answer that says now what another one said.
type followed struct {
	t    *talk
	look uint64 // generation of peeks
	into assist.ID
}

func (f followed) apply(d *Desk) {
	if f.look == f.t.peeks && !f.t.gone {
		d.openAnswer(f.t, f.into)
	}
}

// hit finds an answer in the list, with the words that found it, else in the
// library.
func (d *Desk) hit(t *talk, id assist.ID) (h search.Hit, words string, ok bool) {
	for _, h := range t.hits {
		if h.Answer.ID == id {
			return h, t.found, true
		}
	}
	if d.library.Index == nil {
		return h, "", false
	}
	a, ok := d.library.Index.Answer(id)
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
	o := &Open{AnswerHit: d.answerHit(t, t.opened, facts), Also: a.Also, Steps: stepsOf(a, t.ticked[a.ID], facts), Web: a.Web,
		Deputy: d.name(a.Deputy), Files: a.Files}
	t.showFlag(o, facts)
	o.Liked = d.likedOf(a)
	o.Warnings = d.flagLines(d.flagsOn(t, a), facts)
	if o.Stale {
		o.Warnings = append(o.Warnings, strings.ToUpper(o.Verified[:1])+o.Verified[1:]+": check before you say it.")
	}
	var mind string
	if o.Site, mind = d.siteOf(a, facts.Now); mind != "" {
		o.Warnings = append(o.Warnings, mind)
	}
	if i := t.usedAt(); i >= 0 {
		u := t.call.Used[i]
		o.Said, o.Helped, o.Wrong = u.Said, u.Helped, u.Wrong
	}
	return o
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

// closeAnswer closes what lies on top: a peek, else the open answer.
func (d *Desk) closeAnswer(t *talk) {
	if t.peek != nil {
		d.closePeek(t)
		return
	}
	if t.open != nil {
		d.endFlagging(t)
		t.open = nil
		d.changed = true
	}
}
