package review

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"ringside/assist"
	"ringside/assist/ledger"
	"ringside/ui/panes"
	"ringside/ui/say"
)

func heading(g ledger.Group) (string, panes.Tone) {
	switch g {
	case ledger.Late:
		return "LATE", panes.Late
	case ledger.Today:
		return "TODAY", panes.Eye
	case ledger.Tell:
		return "TELL THE CUSTOMER", panes.Eye
	case ledger.Week:
		return "IN THE NEXT SEVEN DAYS", panes.Quiet
	case ledger.Later:
		return "LATER", panes.Quiet
	}
	return "NO DAY NAMED", panes.Quiet
}

// promiseEntries sorts the promises into groups, the earliest due first.
func promiseEntries(list []Promise, now time.Time) []entry {
	var groups [ledger.NoDay + 1][]Promise
	for _, p := range list {
		g := ledger.GroupOf(p.Promise, now)
		groups[g] = append(groups[g], p)
	}
	var out []entry
	for g, ps := range groups {
		if len(ps) == 0 {
			continue
		}
		words, tone := heading(ledger.Group(g))
		out = append(out, entry{line: panes.Line{Title: fmt.Sprintf("%s  %d", words, len(ps)), Tone: tone, Heading: true}})
		slices.SortFunc(ps, func(a, b Promise) int { return ledger.Compare(a.Promise, b.Promise) })
		for _, p := range ps {
			out = append(out, promiseEntry(p, ledger.Group(g), now))
		}
	}
	return out
}

func promiseEntry(p Promise, g ledger.Group, now time.Time) entry {
	e := entry{id: p.ID, customer: p.Customer, title: firstLine(p.Text), text: p.Text, promise: &p}
	tell := ""
	if p.Untold(now) {
		tell = "tell them"
	}
	e.line = panes.Line{Title: firstLine(p.Text), Sub: join(tell, "for "+who(p), by(p.RepName)), Badge: badge(p.Promise, now)}
	switch {
	case g == ledger.Late, !p.Broken.IsZero():
		e.line.Tone = panes.Late
	case g == ledger.Today, g == ledger.Tell:
		e.line.Tone = panes.Eye
	}
	e.facts = []string{
		"For " + who(p),
		dueWords(p.Promise, now),
		"Promised " + say.Day(p.Made, now) + prefix(" by ", p.RepName) + ".",
		movedWords(p.Promise, now),
		toldWords(p.Promise, now),
	}
	return e
}

func who(p Promise) string { return cmp.Or(p.CustomerName, "a caller without a name") }

// badge says in a few words when the promise is due and what became of it.
func badge(p assist.Promise, now time.Time) string {
	told := ""
	if !p.Told.IsZero() && !p.Untold(now) {
		told = "told"
	}
	switch {
	case !p.Broken.IsZero():
		return "broken"
	case !p.Moved.IsZero():
		return join(due(p, now), "moved", told)
	}
	return join(due(p, now), told)
}

// due says in a word or two when the promise is due.
func due(p assist.Promise, now time.Time) string {
	if p.Due.IsZero() {
		return ""
	}
	at, days := ledger.At(p, now.Location()), ledger.DaysTo(p, now)
	switch {
	case p.Late(now) && days == 0 && !p.AllDay:
		return "since " + say.Clock(at)
	case p.Late(now):
		return say.Count(max(-days, 1), "day") + " late"
	case days <= 0 && p.AllDay:
		return "today"
	case days <= 0:
		return say.Clock(at)
	case days == 1:
		return "tomorrow"
	case days <= 7:
		return at.Format("Monday")
	case at.Year() != now.Year():
		return at.Format("2 Jan 2006")
	}
	return at.Format("2 Jan")
}

// dueWords say by when the promise is to be kept.
func dueWords(p assist.Promise, now time.Time) string {
	switch when := dayAndClock(p, now); {
	case !p.Broken.IsZero():
		return "It was seen " + say.Day(p.Broken, now) + " that it will not be kept."
	case when == "":
		return "No day was named."
	case p.Late(now):
		return "Was due " + when + "."
	default:
		return "Due " + when + "."
	}
}

// dayAndClock is when the promise is due: "Friday 27 November, 3 pm"; "" when no day
// was named.
func dayAndClock(p assist.Promise, now time.Time) string {
	if p.Due.IsZero() {
		return ""
	}
	at := ledger.At(p, now.Location())
	if p.AllDay {
		return say.Day(at, now)
	}
	return say.Day(at, now) + ", " + say.Clock(at)
}

func movedWords(p assist.Promise, now time.Time) string {
	switch {
	case p.Moved.IsZero():
		return ""
	case p.FirstDue.IsZero():
		return "A day was named " + say.Day(p.Moved, now) + "."
	}
	return "First promised for " + say.Day(p.FirstDue, now) + ", and moved " + say.Day(p.Moved, now) + "."
}

func toldWords(p assist.Promise, now time.Time) string {
	told := say.Day(p.Told, now) + ", " + say.Clock(p.Told.In(now.Location()))
	switch {
	case p.Untold(now) && p.Told.IsZero():
		return "The customer has not been told."
	case p.Untold(now):
		return "The customer was last told " + told + ", and does not know how it stands now."
	case p.Told.IsZero():
		return ""
	}
	return "The customer was told " + told + "."
}
