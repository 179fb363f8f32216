package live

import (
	"slices"
	"strings"
	"time"

	"ringside/assist"
)

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
	t = d.hand(t)
	d.touch(t)
	now := d.now()
	p := assist.Promise{ID: assist.NewID(now), Customer: t.call.Customer, Call: t.call.ID, Rep: d.cfg.Me.ID,
		Text: text, Made: now, Due: nextWorkingDay(now), AllDay: true}
	g := assist.Gap{ID: assist.NewID(now), Text: words, Customer: t.call.Customer, Call: t.call.ID, Rep: d.cfg.Me.ID, At: now}
	if !d.valid("This promise", p, g) {
		return
	}
	t.made, t.gaps = with(t.made, p), with(t.gaps, g)
	t.meet()
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
