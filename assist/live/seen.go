package live

import (
	"slices"
	"time"
)

// mostSeen is how many answers a call remembers as shown.
const mostSeen = 50

// rested notes what stands in the lists of calls in which the rep has stopped typing, and
// reads what they have typed.
func (d *Desk) rested(now time.Time) {
	for _, t := range d.talks {
		if !t.rest.IsZero() && !t.rest.After(now) {
			d.seen(t)
		}
		if !t.resting.IsZero() && !t.resting.After(now) {
			d.listen(t)
		}
		if again := t.looksAgain(); !again.IsZero() && !again.After(now) {
			d.advise(t)
		}
	}
}

// seen notes, each once, the answers that stand in the list of the call.
func (d *Desk) seen(t *talk) {
	t.rest = time.Time{}
	shown := t.call.Shown
	for _, h := range t.hits {
		if len(shown) < mostSeen && !slices.Contains(shown, h.Answer.ID) {
			shown = with(shown, h.Answer.ID)
		}
	}
	if len(shown) == len(t.call.Shown) || t.idle() {
		return
	}
	t.call.Shown = shown
	t.draft.rev++ // saved with the words themselves
	if t.draft.first.IsZero() {
		t.draft.first = time.Now()
	}
}
