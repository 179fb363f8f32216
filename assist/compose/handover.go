package compose

import (
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
)

// Passing is a call that is passed on to a colleague.
type Passing struct {
	Profile glance.Profile // of the customer; zero when nobody knows who it is
	Caller  string         // the number as people write it; "" when it was withheld
	By      string         // the name of the rep who passes the call on
	Call    assist.Call
	Heard   []string // what the customer said, the oldest first
	Told    []string // titles of the answers that were said
	Note    string
	Made    []assist.Promise // in this call
}

// HandOver is what the colleague reads before the first word, so that the customer need
// not tell it again: who it is, what they said, what they were told, what was promised.
// It is plain text of a few lines; a line with nothing to say is left out.
func HandOver(p Passing, names Names, now time.Time) string {
	var lines []string
	add := func(head string, parts ...string) {
		if text := join("; ", parts); text != "" {
			lines = append(lines, head+text)
		}
	}
	add("", who(p, now))
	add("", "Passed on"+by(p.By)+", on the line since "+clock(p.Call.Started.In(now.Location())))
	add("", sorry(p.Profile.Promises, names, now), trouble(p.Profile.Incidents, now))
	add("They say: ", p.Heard...)
	add("They were told: ", p.Told...)
	add("Note: ", p.Note)
	add("Promised in this call: ", promises(p.Made, now)...)
	add("Still promised: ", promises(earlier(p), now)...)
	return strings.Join(lines, "\n")
}

func who(p Passing, now time.Time) string {
	c := p.Profile.Customer
	name := c.Name
	if name == "" {
		name = "Name not known"
	}
	return join(", ", []string{name, p.Profile.Company.Name, p.Caller, Tenure(c, now)})
}

// earlier are the open promises that were made before this call.
func earlier(p Passing) (out []assist.Promise) {
	for _, q := range p.Profile.Promises {
		if q.Open() && q.Call != p.Call.ID {
			out = append(out, q)
		}
	}
	return out
}

func promises(list []assist.Promise, now time.Time) (out []string) {
	for _, q := range list {
		out = append(out, strings.TrimRight(line(q.Text), ".")+", "+Due(q, now))
	}
	return out
}

// join puts texts on one line, those with nothing in them left out.
func join(between string, parts []string) string {
	var out []string
	for _, s := range parts {
		if s = line(s); s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, between)
}

func by(name string) string {
	if name = line(name); name != "" {
		return " by " + name
	}
	return ""
}
