package notes

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/sift"
	"ringside/ui/panes"
	"ringside/ui/say"
)

// entry is one row of the list.
type entry struct {
	note glance.NoteFound
	line panes.Line
}

// seeing is how the notes of a list are looked at.
type seeing struct {
	words string // that were looked for
	me    assist.ID
	now   time.Time
}

const mostInRow = 120 // letters of a note

func (s seeing) entries(list []glance.NoteFound) []entry {
	out := make([]entry, len(list))
	for i, n := range list {
		out[i] = s.entry(n)
	}
	return out
}

func (s seeing) entry(n glance.NoteFound) entry {
	l := panes.Line{Title: sift.Around(n.Text, s.words, mostInRow),
		Sub: join(day(n.At, s.now), who(n), prefix("by ", n.RepName), n.Why, tagged(n.Tags))}
	switch {
	case n.Private:
		l.Badge, l.Tone = "not shared", panes.Own
	case unread(n.Note, s.me):
		l.Badge, l.Tone = "for you", panes.Eye
	case !n.Reviewed.IsZero():
		l.Badge, l.Tone = "reviewed", panes.Fine
	case n.Intelligence != "":
		l.Badge, l.Tone = string(n.Intelligence), panes.Own
	}
	return entry{n, l}
}

func who(n glance.NoteFound) string { return cmp.Or(n.CustomerName, "Nobody we know") }

// unread reports whether the note has a comment for a rep who has not seen it.
func unread(n assist.Note, me assist.ID) bool {
	return me != "" && slices.ContainsFunc(n.Remarks, func(r assist.Remark) bool { return r.For == me && r.Seen.IsZero() })
}

func tagged(tags []string) string {
	var out []string
	for _, t := range tags {
		out = append(out, "#"+t)
	}
	return strings.Join(out, " ")
}

// day is short: a row has little room.
func day(t, now time.Time) string {
	t = t.In(now.Location())
	if words := say.Day(t, now); words == "today" || words == "yesterday" || words == "tomorrow" {
		return words
	}
	if t.Year() != now.Year() {
		return t.Format("2 Jan 2006")
	}
	return t.Format("2 Jan")
}

func prefix(before, s string) string {
	if s == "" {
		return ""
	}
	return before + s
}

func join(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}
