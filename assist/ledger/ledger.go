// Package ledger sorts promises by what is to be done about them: which is late, which
// is for today, of which the customer has yet to hear, which letter to write, and when
// the rep is to be reminded.
package ledger

import (
	"cmp"
	"time"

	"ringside/assist"
)

// Group is a part of the list of promises that wait.
type Group int

// The groups, in the order in which a rep sees to them. A promise is in one of them.
const (
	Late  Group = iota
	Today       // to be kept before the day is over
	Tell        // broken, or moved to another day, and the customer has not heard
	Week        // within seven days
	Later
	NoDay
)

// GroupOf returns the group of a promise that is open, or broken and not told.
func GroupOf(p assist.Promise, now time.Time) Group {
	switch {
	case !p.Broken.IsZero():
		return Tell
	case p.Late(now):
		return Late
	case p.Due.IsZero():
		return NoDay
	}
	switch ahead := DaysTo(p, now); {
	case ahead <= 0:
		return Today
	case p.Untold(now):
		return Tell
	case ahead <= 7:
		return Week
	}
	return Later
}

// At returns when p is due as the clock at zone shows it. A whole day stays the day
// that was meant, wherever it was written down.
func At(p assist.Promise, zone *time.Location) time.Time {
	if p.AllDay && !p.Due.IsZero() {
		y, m, d := p.Due.Date()
		return time.Date(y, m, d, 0, 0, 0, 0, zone)
	}
	return p.Due.In(zone)
}

// DaysTo counts the calendar days from now to the day of p, below 0 when that is over.
func DaysTo(p assist.Promise, now time.Time) int {
	to, from := assist.DateOf(At(p, now.Location())).Time(), assist.DateOf(now).Time()
	return int(to.Sub(from) / (24 * time.Hour))
}

// Compare orders promises by when they are due, those without a day last, then by when
// they were made.
func Compare(a, b assist.Promise) int {
	if a.Due.IsZero() != b.Due.IsZero() {
		return b.Due.Compare(a.Due)
	}
	return cmp.Or(a.Due.Compare(b.Due), a.Made.Compare(b.Made), cmp.Compare(a.ID, b.ID))
}

// A promise is at risk in its last hours; one for a whole day in those before the shop
// closes.
const (
	lastHours = 4 * time.Hour
	closing   = 17 // o'clock
)

// AtRisk reports whether so little time is left to keep p that the customer should hear
// so before it is late.
func AtRisk(p assist.Promise, now time.Time) bool {
	if !p.Open() || p.Due.IsZero() || p.Late(now) {
		return false
	}
	end := At(p, now.Location())
	if p.AllDay {
		end = time.Date(end.Year(), end.Month(), end.Day(), closing, 0, 0, 0, now.Location())
	}
	return !now.Before(end.Add(-lastHours))
}

// Letter is what a customer may be written about a promise.
type Letter string

// The letters.
const (
	Progress  Letter = "progress"    // before it is due: how it stands
	MayBeLate Letter = "may be late" // before it is late
	IsLate    Letter = "late"
	IsMoved   Letter = "moved"
	IsBroken  Letter = "broken"
)

// LetterOf returns the letter that fits how p stands, one that waits or that was broken.
func LetterOf(p assist.Promise, now time.Time) Letter {
	switch {
	case !p.Broken.IsZero():
		return IsBroken
	case p.Late(now):
		return IsLate
	case p.Untold(now):
		return IsMoved
	case AtRisk(p, now):
		return MayBeLate
	}
	return Progress
}
