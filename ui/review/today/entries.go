package today

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/compose"
	"ringside/assist/evening"
	"ringside/assist/ledger"
	"ringside/ui/panes"
	"ringside/ui/say"
)

// entry is one row of the list, and what the reading pane says of it.
type entry struct {
	key   string
	thing evening.Thing
	line  panes.Line
	title string
	facts []string
	text  string
}

// headings are the names of the groups.
var headings = map[evening.Kind]string{
	evening.Tell: "TELL THEM FIRST", evening.Promise: "PROMISES", evening.Thank: "SAY THANK YOU", evening.Remark: "WORDS FOR YOU",
	evening.Question: "NOBODY COULD ANSWER", evening.Flag: "FLAGGED ANSWERS", evening.Draft: "DRAFTS NOT SENT",
}

// entries returns the rows of what is left, in groups.
func (p *Page) entries(left []evening.Thing) (out []entry) {
	for _, k := range evening.Kinds() {
		of := slices.DeleteFunc(slices.Clone(left), func(t evening.Thing) bool { return t.Kind != k })
		if len(of) == 0 {
			continue
		}
		tone := panes.Quiet
		if k == evening.Tell {
			tone = panes.Late
		}
		out = append(out, entry{line: panes.Line{Title: fmt.Sprintf("%s  %d", headings[k], len(of)), Tone: tone, Heading: true}})
		for _, t := range of {
			out = append(out, p.entry(t))
		}
	}
	return out
}

func (p *Page) entry(t evening.Thing) entry {
	e := entry{key: t.Key(), thing: t}
	now := p.opt.Now()
	customer := p.data.Names[t.Customer]
	switch r := t.Record.(type) {
	case assist.Promise:
		p.promise(&e, r, now)
	case assist.Affected:
		e.title, e.text = t.Incident.Title, words(t.Incident.What, t.Incident.Why, t.Incident.Doing)
		e.line = panes.Line{Title: e.title, Sub: prefix("tell ", customer), Badge: "news", Tone: panes.Late}
		e.facts = []string{prefix("Tell ", customer), "You look after them in it. It last changed " + say.Day(t.Incident.News(), now) + ".", told(r.Told, now)}
	case assist.Kudos:
		e.title, e.text = "Thank "+cmp.Or(customer, "them"), "“"+r.Words+"”"
		e.line = panes.Line{Title: e.title, Sub: join("praised "+p.who(r.Rep), say.Day(r.At, now))}
		e.facts = []string{fmt.Sprintf("Praised %s, %s.", p.who(r.Rep), say.Day(r.At, now)), "Nobody has thanked them yet."}
	case assist.Note:
		p.note(&e, r, now)
	case assist.Gap:
		e.title, e.text = "“"+firstLine(r.Text)+"”", r.Text
		e.line = panes.Line{Title: firstLine(r.Text), Sub: join(prefix("asked by ", customer), say.Day(r.At, now))}
		e.facts = []string{say.Sentence(join("asked", customer, say.Day(r.At, now))), "Nobody could answer it."}
	case assist.Flag:
		e.title, e.text = t.Answer.Title, "“"+cmp.Or(r.Sentence, "The whole answer")+"”"+prefix("\n\nWhy: ", r.Why)
		e.line = panes.Line{Title: t.Answer.Title, Sub: join("flagged by "+p.who(r.Rep), say.Day(r.At, now)), Badge: "flagged", Tone: panes.Late}
		e.facts = []string{fmt.Sprintf("Flagged by %s, %s.", p.who(r.Rep), say.Day(r.At, now)), "The answer is yours to look after."}
	case assist.Revision:
		e.title, e.text = cmp.Or(r.Next.Title, "An answer without a title"), r.Next.Say
		e.line = panes.Line{Title: e.title, Sub: "last written " + say.Day(r.At, now), Badge: "draft", Tone: panes.Own}
		e.facts = []string{"You last wrote on it " + say.Day(r.At, now) + ". Nobody else has seen it."}
	}
	return e
}

func (p *Page) promise(e *entry, r assist.Promise, now time.Time) {
	customer := cmp.Or(p.data.Names[r.Customer], "a caller without a name")
	e.title, e.text = firstLine(r.Text), r.Text
	e.line = panes.Line{Title: e.title, Sub: "for " + customer, Badge: compose.Due(r, now), Tone: panes.Eye}
	if r.Late(now) || !r.Broken.IsZero() {
		e.line.Tone = panes.Late
	}
	e.facts = []string{"For " + customer, "Promised " + say.Day(r.Made, now) + prefix(" by ", p.data.Names[r.Rep]) + "."}
	switch {
	case !r.Broken.IsZero():
		e.line.Badge = "broken"
		e.facts = append(e.facts, "It will not be kept, and they do not know it yet.")
	case e.thing.Kind == evening.Tell:
		e.line.Badge = "moved"
		e.facts = append(e.facts, "It was moved to "+say.Day(ledger.At(r, now.Location()), now)+", and they do not know it yet.")
	}
}

func (p *Page) note(e *entry, r assist.Note, now time.Time) {
	e.title = "About a note on " + cmp.Or(p.data.Names[r.Customer], "a caller without a name")
	for _, m := range r.Remarks {
		if m.For == "" || m.For != p.data.Me && p.data.Me != "" || !m.Seen.IsZero() {
			continue
		}
		e.text += fmt.Sprintf("%s, %s:\n%s\n\n", p.who(m.By), say.Day(m.At, now), m.Text)
		e.line = panes.Line{Title: firstLine(m.Text), Sub: join("from "+p.who(m.By), p.data.Names[r.Customer]), Badge: "for you", Tone: panes.Own}
	}
	e.text += "The note:\n" + cut(r.Text)
	e.facts = []string{"Written " + say.Day(r.At, now) + prefix(" by ", p.data.Names[r.Rep]) + "."}
}

func (p *Page) who(rep assist.ID) string { return cmp.Or(p.data.Names[rep], "a colleague") }

func told(at, now time.Time) string {
	if at.IsZero() {
		return "They have not heard of it from us."
	}
	return "They last heard of it from us " + say.Day(at, now) + "."
}

// most is how many letters of a note the pane lays out: it can be read whole in Notes.
const most = 4000

func cut(s string) string {
	if r := []rune(s[:min(len(s), 4*most)]); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// firstLine cuts a text to what a row can show.
func firstLine(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	if r := []rune(s[:min(len(s), 1200)]); len(r) > 200 {
		return string(r[:200]) + "…"
	}
	return s
}

func words(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), "\n\n")
}

func join(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " · ")
}

func prefix(before, s string) string {
	if s == "" {
		return ""
	}
	return before + s
}
