package ledger

import (
	"cmp"
	"slices"
	"time"

	"ringside/assist"
)

// Why says what a Reminder is about.
type Why int

// The reasons, in the order in which they come for one promise.
const (
	Soon     Why = iota // due at a time that is near
	DueToday            // for the day that has begun
	NowLate
)

// Reminder is a moment at which a rep is to be reminded of a promise.
type Reminder struct {
	Promise assist.Promise
	Why     Why
	At      time.Time
}

// A rep is reminded a quarter of an hour before a time. Of whole days they are reminded
// when the shop opens, in the morning and the morning after: at midnight nobody listens.
const (
	ahead   = 15 * time.Minute
	opening = 9 // o'clock
)

// Reminders returns those of the open promises whose moment came after since and not
// after now, at most one a promise, the earliest first. What was promised or moved after
// a moment has none for it.
func Reminders(promises []assist.Promise, since, now time.Time) []Reminder {
	var out []Reminder
	for _, p := range promises {
		moments := momentsOf(p, now.Location())
		for _, r := range slices.Backward(moments) {
			if r.At.After(since) && !r.At.After(now) && r.At.After(p.Made) && r.At.After(p.Moved) {
				out = append(out, r)
				break
			}
		}
	}
	slices.SortFunc(out, func(a, b Reminder) int { return cmp.Or(a.At.Compare(b.At), Compare(a.Promise, b.Promise)) })
	return out
}

func momentsOf(p assist.Promise, zone *time.Location) []Reminder {
	if !p.Open() || p.Due.IsZero() {
		return nil
	}
	at := At(p, zone)
	if !p.AllDay {
		return []Reminder{{p, Soon, at.Add(-ahead)}, {p, NowLate, at}}
	}
	y, m, d := at.Date()
	return []Reminder{
		{p, DueToday, time.Date(y, m, d, opening, 0, 0, 0, zone)},
		{p, NowLate, time.Date(y, m, d+1, opening, 0, 0, 0, zone)},
	}
}

// Reach returns between which times a promise is due that can have a reminder after
// since and not after now.
func Reach(since, now time.Time) (from, until time.Time) {
	const day = 24 * time.Hour // a whole day is another one elsewhere
	return since.Add(-3 * day), now.Add(2 * day)
}
