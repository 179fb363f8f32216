package incident

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"ringside/assist"
	"ringside/ui/panes"
	"ringside/ui/say"
)

// entry is one row of the list: a heading, an incident, one that is only being written,
// or a suggestion.
type entry struct {
	key   string // "" for a heading
	line  panes.Line
	row   *Row // nil: not an incident that is kept
	maybe *Suggestion
}

func keyOf(id assist.ID) string { return "kept:" + string(id) }

func (s Suggestion) key() string { return fmt.Sprint("maybe:", s.Title, s.Customers) }

// entries are the rows in the order of need: what is open, what is being written, what
// may be an incident, what is over.
func (p *Page) entries() []entry {
	now := p.opt.Now()
	var out []entry
	add := func(words string, tone panes.Tone, list []entry) {
		if len(list) > 0 {
			out = append(append(out, entry{line: panes.Line{Title: fmt.Sprintf("%s  %d", words, len(list)), Tone: tone, Heading: true}}), list...)
		}
	}
	add("OPEN", panes.Eye, p.keptEntries(p.data.Open, now))
	add("BEING WRITTEN", panes.Own, p.freshEntries())
	var maybe []entry
	for i := range p.data.Maybe {
		m := &p.data.Maybe[i]
		if p.drafts[m.key()] == nil {
			maybe = append(maybe, entry{key: m.key(), maybe: m, line: panes.Line{Title: short(m.Title),
				Sub: join(say.Count(len(m.Customers), "customer")+" since "+day(m.Since, now), strings.Join(m.Names[:min(len(m.Names), 3)], ", "))}})
		}
	}
	add("MIGHT BE ONE", panes.Quiet, maybe)
	add("FIXED", panes.Quiet, p.keptEntries(p.data.Closed, now))
	return out
}

func (p *Page) keptEntries(list []Row, now time.Time) []entry {
	var out []entry
	for i := range list {
		r := &list[i]
		e := entry{key: keyOf(r.ID), row: r, line: panes.Line{Title: short(r.Title), Sub: join(span(r.Incident, now), untold(*r))}}
		e.line.Badge, e.line.Tone = nextUpdate(r.Incident, now)
		if d := p.drafts[e.key]; d != nil && d.dirty() {
			e.line.Badge, e.line.Tone = "not saved", panes.Own
		}
		out = append(out, e)
	}
	return out
}

// freshEntries are the incidents that were begun and never saved, the oldest first.
func (p *Page) freshEntries() []entry {
	var out []entry
	for key, d := range p.drafts {
		if d.base.ID == "" {
			name := short(strings.TrimSpace(d.text[title]))
			if name == "" {
				name = "New incident"
			}
			out = append(out, entry{key: key, line: panes.Line{Title: name, Sub: "nobody sees it yet", Badge: "not saved", Tone: panes.Own}})
		}
	}
	slices.SortFunc(out, func(a, b entry) int {
		if c := p.drafts[a.key].base.Opened.Compare(p.drafts[b.key].base.Opened); c != 0 {
			return c
		}
		return strings.Compare(a.key, b.key)
	})
	return out
}

// span says since when, or from when to when.
func span(i assist.Incident, now time.Time) string {
	if i.Closed.IsZero() {
		return "since " + day(i.Opened, now)
	}
	return "fixed " + day(i.Closed, now)
}

// untold says how many have not heard the latest.
func untold(r Row) string {
	switch left := r.All - r.Told; {
	case r.All <= 0:
		return "touches nobody yet"
	case left <= 0:
		return "all " + say.Thousands(r.All) + " told"
	default:
		return say.Thousands(left) + " of " + say.Thousands(r.All) + " not told"
	}
}

// nextUpdate says when the customers are to hear again.
func nextUpdate(i assist.Incident, now time.Time) (string, panes.Tone) {
	at := i.NextUpdate()
	if at.IsZero() {
		return "", panes.Quiet
	}
	when := say.Clock(at.In(now.Location()))
	if d := day(at, now); d != "today" {
		when = d + " " + when
	}
	if at.After(now) {
		return "due " + when, panes.Quiet
	}
	return "late since " + when, panes.Late
}

func (p *Page) counted() string {
	late, now := 0, p.opt.Now()
	for _, r := range p.data.Open {
		if at := r.NextUpdate(); !at.IsZero() && !at.After(now) {
			late++
		}
	}
	switch {
	case late > 0:
		return say.Count(late, "update") + " late"
	case len(p.data.Open) > 0:
		return say.Thousands(len(p.data.Open)) + " open"
	}
	return ""
}

// day is short: a row has little room.
func day(t, now time.Time) string {
	t = t.In(now.Location())
	switch d := say.Day(t, now); {
	case d == "today" || d == "tomorrow" || d == "yesterday":
		return d
	case t.Year() != now.Year():
		return t.Format("2 Jan 2006")
	}
	return t.Format("2 Jan")
}

// dayAndClock is "Friday 27 November, 3 pm".
func dayAndClock(t, now time.Time) string {
	return say.Day(t, now) + ", " + say.Clock(t.In(now.Location()))
}

// short cuts a title to what a row can show: a very long one takes a second to measure.
func short(s string) string {
	if r := []rune(s[:min(len(s), 1200)]); len(r) > 200 {
		return string(r[:200]) + "…"
	}
	return s
}

func join(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}
