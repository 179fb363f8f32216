package compose

import (
	"fmt"
	"math"
	"time"

	"ringside/assist"
)

// dayOf returns the calendar day of t, as midnight UTC, so that days can be
// counted without the jumps of summer time.
func dayOf(t time.Time) time.Time { return assist.DateOf(t).Time() }

func daysBetween(from, to time.Time) int {
	return int(math.Round(dayOf(to).Sub(dayOf(from)).Hours() / 24))
}

// seen returns t as the clock on the rep's wall shows it. A whole day stays the day
// that was meant, wherever it was written down.
func seen(t time.Time, allDay bool, now time.Time) time.Time {
	if allDay {
		return t
	}
	return t.In(now.Location())
}

// clock returns "3 pm", "3:30 pm", "noon" or "midnight".
func clock(t time.Time) string {
	switch {
	case t.Hour() == 12 && t.Minute() == 0:
		return "noon"
	case t.Hour() == 0 && t.Minute() == 0:
		return "midnight"
	case t.Minute() == 0:
		return t.Format("3 pm")
	}
	return t.Format("3:04 pm")
}

// When says in words when something will be, seen from now: "today, 3 pm",
// "tomorrow", "Friday 27 November, 3 pm"; the year only when it is another one. A
// zero time is "no day named".
func When(t time.Time, allDay bool, now time.Time) string {
	if t.IsZero() {
		return "no day named"
	}
	t = seen(t, allDay, now)
	day := t.Format("Monday 2 January")
	if t.Year() != now.Year() {
		day = t.Format("Monday 2 January 2006")
	}
	return near(t, now, day) + atClock(t, allDay)
}

// Due says in words when a promise is due: "due Friday, 3 pm", "due 4 December",
// "2 days late", "3 hours late", "no day named".
func Due(p assist.Promise, now time.Time) string {
	if p.Due.IsZero() {
		return "no day named"
	}
	t := seen(p.Due, p.AllDay, now)
	if p.Late(now) {
		return late(t, p.AllDay, now)
	}
	day := t.Format("2 January")
	switch ahead := daysBetween(now, t); {
	case t.Year() != now.Year() && ahead > 6:
		day = t.Format("2 January 2006")
	case ahead >= 0 && ahead <= 6:
		day = t.Weekday().String()
	}
	return "due " + near(t, now, day) + atClock(t, p.AllDay)
}

func near(t, now time.Time, otherwise string) string {
	switch daysBetween(now, t) {
	case -1:
		return "yesterday"
	case 0:
		return "today"
	case 1:
		return "tomorrow"
	}
	return otherwise
}

func atClock(t time.Time, allDay bool) string {
	if allDay {
		return ""
	}
	return ", " + clock(t)
}

func late(t time.Time, allDay bool, now time.Time) string {
	if days := daysBetween(t, now); allDay || days > 0 {
		return count(max(days, 1), "day") + " late"
	}
	if hours := int(now.Sub(t).Hours()); hours > 0 {
		return count(hours, "hour") + " late"
	}
	return count(max(int(now.Sub(t).Minutes()), 1), "minute") + " late"
}

// Ago says in words on which day something was, seen from now: "today",
// "yesterday", "3 Nov", "3 Nov 2024"; "" when it is not known.
func Ago(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(now.Location())
	switch {
	case daysBetween(t, now) == 0:
		return "today"
	case daysBetween(t, now) == 1:
		return "yesterday"
	case t.Year() != now.Year():
		return fmt.Sprintf("%d %s", t.Day(), t.Format("Jan 2006"))
	}
	return t.Format("2 Jan")
}
