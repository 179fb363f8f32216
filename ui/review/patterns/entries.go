package patterns

import (
	"fmt"
	"math"
	"strings"

	"ringside/assist/insight"
	"ringside/ui/panes"
	"ringside/ui/say"
)

var groups = []struct {
	group           insight.Group
	choice, heading string
}{
	{insight.Competitive, "Competitors", "COMPETITORS, AND WHAT FOR"},
	{insight.Market, "Market", "WHERE AND WHY PEOPLE BUY"},
	{insight.Relationship, "Love, hate, wishes", "WHAT THEY LOVE, HATE, THINK AND WISH"},
	{insight.BackDoor, "Back door", "WHY THEY LEAVE, WHY THEY STAY"},
	{insight.Questions, "Questions", "QUESTIONS"},
	{insight.FrontLine, "Front line", "WHAT THE FRONT LINE TELLS"},
}

// entry is one row: a pattern, or the row that leads to what is not enough yet.
type entry struct {
	key     string
	line    panes.Line
	pattern insight.Pattern
	more    int // how much is not enough yet; 0: it is a pattern
}

var tones = map[insight.Grade]panes.Tone{insight.Strong: panes.Own, insight.Some: panes.Fine, insight.Early: panes.Quiet, insight.NotYet: panes.Quiet}

// entries lists the patterns under their headings. What is not enough yet stands at the
// end, when it is wanted.
func (p *Page) entries() (out []*entry) {
	var missing []*entry
	for _, g := range groups {
		if p.what.Selected != everything && p.what.Selected != g.choice {
			continue
		}
		var of []*entry
		for _, f := range p.found {
			if f.Group != g.group {
				continue
			}
			if e := entryOf(f); f.Grade == insight.NotYet {
				missing = append(missing, e)
			} else {
				of = append(of, e)
			}
		}
		if len(of) > 0 {
			out = append(append(out, heading(g.heading, len(of))), of...)
		}
	}
	if len(missing) == 0 {
		return out
	}
	words := "Show them (N)"
	if p.open {
		words = "Hide them (N)"
	}
	out = append(out, heading("NOT ENOUGH YET", len(missing)), &entry{key: "more", more: len(missing),
		line: panes.Line{Title: words, Sub: "Too few customers, reps or times to call it a pattern"}})
	if p.open {
		out = append(out, missing...)
	}
	return out
}

func heading(words string, n int) *entry {
	return &entry{line: panes.Line{Title: fmt.Sprintf("%s  %d", words, n), Heading: true}}
}

func entryOf(f insight.Pattern) *entry {
	e := &entry{key: fmt.Sprintf("%+v", f.Theme), pattern: f}
	title := f.Head()
	e.line = panes.Line{Title: title, Sub: brief(f), Badge: string(f.Grade), Tone: tones[f.Grade]}
	switch {
	case f.Grade == insight.NotYet:
		e.line.Badge = ""
	case f.Trend.Claimed && f.Trend.Ratio > 1:
		e.line.Badge = "rising, " + e.line.Badge
	case f.Trend.Claimed:
		e.line.Badge = "falling, " + e.line.Badge
	}
	return e
}

// brief says of the figures what there is room for in a row; the pane has all of them.
func brief(f insight.Pattern) string {
	parts := []string{say.Count(f.Customers, "customer"), say.Count(f.Reps, "rep")}
	if f.Group == insight.FrontLine {
		parts = parts[1:]
	}
	out := strings.Join(parts, ", ")
	switch t := f.Trend; {
	case f.Grade == insight.NotYet:
		return out + "; lacks " + f.Lacks.String()
	case !t.Claimed:
		return out
	case math.IsInf(t.Ratio, 1):
		return out + "; nobody before"
	default:
		return out + fmt.Sprintf("; %.1f times as often", t.Ratio)
	}
}

// toggle shows or hides what is not enough yet.
func (p *Page) toggle() {
	p.open = !p.open
	p.list()
}
