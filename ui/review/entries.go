package review

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"ringside/assist"
	"ringside/ui/panes"
	"ringside/ui/say"
)

// entry is one row of a list, and what the reading pane says of it.
type entry struct {
	id       assist.ID
	line     panes.Line
	customer assist.ID
	title    string // of the reading pane
	text     string
	facts    []string
	promise  *Promise // nil: a note or a question
	// teaches returns what an answer could be made of; nil: nothing.
	teaches func() assist.Revision
}

// dayNumber counts calendar days.
func dayNumber(t time.Time) int {
	y, m, d := t.Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// noteEntries keeps the notes that have all the words.
func noteEntries(list []Note, lowered []string, words string, now time.Time) []entry {
	want := strings.Fields(strings.ToLower(words))
	out := make([]entry, 0, len(list))
	for i, n := range list {
		if !all(lowered[i], want) {
			continue
		}
		who := cmp.Or(n.CustomerName, "Nobody we know")
		out = append(out, entry{
			id: n.ID, customer: n.Customer, title: who, text: n.Text, teaches: ofNote(n),
			line:  panes.Line{Title: firstLine(n.Text), Sub: join(day(n.At, now), who, by(n.RepName)), Badge: string(n.Intelligence), Tone: panes.Own},
			facts: []string{join(say.Day(n.At, now), say.Clock(n.At.In(now.Location())), by(n.RepName)), saidTo(n.Intelligence)},
		})
	}
	return out
}

func saidTo(i assist.Intelligence) string {
	switch i {
	case assist.Competitive:
		return "Said to a question about rivals"
	case assist.Market:
		return "Said to a question about the market"
	case assist.Relationship:
		return "Said to a question about the customer"
	}
	return ""
}

func heardEntries(list []Heard, now time.Time) []entry {
	out := make([]entry, 0, len(list))
	for _, h := range list {
		who, badge := cmp.Or(h.CustomerName, "Nobody we know"), cmp.Or(string(h.Feeling), string(h.Intelligence))
		facts := []string{join(say.Day(h.At, now), say.Clock(h.At.In(now.Location())), prefix("heard by ", h.RepName)),
			join(string(h.Intelligence), string(h.Feeling), prefix("about ", cmp.Or(h.Subject, string(h.About))))}
		switch {
		case h.Praised != "":
			badge, facts[1] = "praise", "Praise for "+h.Praised
		case h.Intelligence == assist.FrontLine:
			who = cmp.Or(h.RepName, "One of us")
		}
		out = append(out, entry{id: h.ID, customer: h.Customer, title: who, text: h.Text, facts: facts,
			line: panes.Line{Title: firstLine(h.Text), Sub: join(day(h.At, now), who, prefix("about ", h.Subject), prefix("for ", h.Praised)),
				Badge: badge, Tone: panes.Own}})
	}
	return out
}

func gapEntries(list []Gap, now time.Time) []entry {
	out := make([]entry, 0, len(list))
	for _, g := range list {
		asked := "asked " + day(g.At, now)
		if g.CustomerName != "" {
			asked = "asked by " + g.CustomerName + ", " + day(g.At, now)
		}
		out = append(out, entry{
			id: g.ID, customer: g.Customer, title: "Nobody could answer this", text: g.Text, teaches: ofGap(g),
			line:  panes.Line{Title: firstLine(g.Text), Sub: join(asked, prefix("heard by ", g.RepName))},
			facts: []string{say.Sentence(asked), prefix("Heard by ", g.RepName)},
		})
	}
	return out
}

// ofNote makes an answer of what a rep wrote. What a customer told of themselves is none.
func ofNote(n Note) func() assist.Revision {
	if n.Intelligence != "" {
		return nil
	}
	return func() assist.Revision { return assist.Revision{Next: assist.Answer{Say: n.Text}} }
}

// ofGap makes an answer of a question, which is then found by the customer's words.
func ofGap(g Gap) func() assist.Revision {
	return func() assist.Revision {
		return assist.Revision{Next: assist.Answer{Title: firstLine(g.Text), Phrasings: []string{firstLine(g.Text)}}, Gaps: []assist.ID{g.ID}}
	}
}

func all(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// firstLine cuts a text to what a row can show.
func firstLine(s string) string {
	s = strings.TrimSpace(s)
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		s = s[:i] + " …"
	}
	if r := []rune(s[:min(len(s), 1200)]); len(r) > 200 {
		s = string(r[:200]) + "…"
	}
	return s
}

// day is short: a row has little room.
func day(t, now time.Time) string {
	t = t.In(now.Location())
	switch d := dayNumber(t) - dayNumber(now); {
	case d == 0:
		return "today"
	case d == -1:
		return "yesterday"
	case t.Year() != now.Year():
		return t.Format("2 Jan 2006")
	}
	return t.Format("2 Jan")
}

func by(name string) string { return prefix("by ", name) }

func prefix(before, s string) string {
	if s == "" {
		return ""
	}
	return before + s
}

func join(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}
