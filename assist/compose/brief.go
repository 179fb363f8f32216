package compose

import (
	"fmt"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
)

const (
	briefLines = 3
	briefWidth = 88 // letters of a line: what a glance takes in
)

// Brief says what a rep must know before the first word, in at most three lines of
// at most 88 letters, the most pressing first: a promise that is late, a trouble
// that touches them, a promise that is due, the last contact, who they are.
func Brief(p glance.Profile, names Names, now time.Time) []string {
	var lines []string
	add := func(s string) {
		if s = line(s); s != "" && len(lines) < briefLines {
			lines = append(lines, clip(sentence(s), briefWidth))
		}
	}
	add(sorry(p.Promises, names, now))
	add(trouble(p.Incidents, now))
	add(promised(p.Promises, names, now))
	add(lastContact(p, names, now))
	add(whoTheyAre(p))
	return lines
}

func sorry(promises []assist.Promise, names Names, now time.Time) string {
	var late []assist.Promise
	for _, q := range promises {
		if q.Late(now) {
			late = append(late, q)
		}
	}
	if len(late) == 0 {
		return ""
	}
	tail := " is " + Due(late[0], now)
	if by := names.of(late[0].Rep); by != "" {
		tail += " (" + by + ")"
	}
	if len(late) > 1 {
		tail += fmt.Sprintf(", and %d more", len(late)-1)
	}
	return quote("Say sorry first: ", late[0].Text, tail)
}

// quote puts a text between a head and a tail and shortens only the text, so that
// the line still fits.
func quote(head, text, tail string) string {
	room := briefWidth - len([]rune(head)) - len([]rune(tail)) - 2
	return head + "“" + clip(line(text), max(room, 20)) + "”" + tail
}

func trouble(incidents []assist.Incident, now time.Time) string {
	for _, i := range incidents {
		if !i.Closed.IsZero() {
			continue
		}
		tail := ""
		if !i.FixedBy.IsZero() && i.FixedBy.After(now) {
			tail = ", fixed by " + When(i.FixedBy, false, now)
		}
		return quote("Affected by ", i.Title, tail)
	}
	return ""
}

func promised(promises []assist.Promise, names Names, now time.Time) string {
	for _, q := range promises {
		if q.Open() && !q.Late(now) {
			head := "We promised "
			if by := names.of(q.Rep); by != "" {
				head = by + " promised "
			}
			return quote(head, q.Text, ", "+Due(q, now))
		}
	}
	return ""
}

func lastContact(p glance.Profile, names Names, now time.Time) string {
	var at time.Time
	var rep assist.ID
	text := ""
	if len(p.Calls) > 0 {
		at, rep, text = p.Calls[0].Started, p.Calls[0].Rep, p.Calls[0].Disposition
	}
	for _, n := range p.Notes[:min(len(p.Notes), 1)] {
		// A note says more than an outcome, also when it was begun before the call was.
		if !n.At.Before(at) || len(p.Calls) > 0 && n.Call == p.Calls[0].ID {
			at, rep, text = n.At, n.Rep, firstSentence(n.Text)
		}
	}
	if at.IsZero() {
		return ""
	}
	said := "Last spoke " + Ago(at, now)
	if day := at.In(now.Location()); Ago(at, now) == day.Format("2 Jan") || Ago(at, now) == day.Format("2 Jan 2006") {
		said = "Last spoke on " + Ago(at, now)
	}
	if by := names.of(rep); by != "" {
		said += " with " + by
	}
	if text != "" {
		said += ": " + text
	}
	return said
}

func whoTheyAre(p glance.Profile) string {
	c := p.Customer
	who := line(c.Role)
	switch company := line(p.Company.Name); {
	case who != "" && company != "":
		who += " at " + company
	case company != "":
		who = "at " + company
	}
	var owns []string
	for _, o := range c.Owns {
		if o.Ours() && len(owns) < 2 {
			owns = append(owns, "the "+line(o.Name))
		}
	}
	if len(owns) > 0 {
		if who != "" {
			who += ", "
		}
		who += "owns " + and(owns)
	}
	if who == "" && c.City != "" {
		who = "from " + line(c.City)
	}
	if who == "" && len(p.Calls) == 0 && len(p.Notes) == 0 {
		return "First contact that we know of"
	}
	return who
}
