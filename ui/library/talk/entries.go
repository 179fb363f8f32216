package talk

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"ringside/assist"
	"ringside/ui/panes"
	"ringside/ui/say"
)

// entry is one row of the list.
type entry struct {
	kind   kind
	key    string
	prompt assist.Prompt
	line   panes.Line
}

type kind int

const (
	ofPrompt kind = iota
	ofRules
	ofFocus
)

// entries lists what guides every call first, then the questions by what they are good
// for. Words leave only the questions that have them all.
func (p *Page) entries(words string) []entry {
	var out []entry
	if strings.TrimSpace(words) == "" {
		out = append(out, entry{kind: ofFocus, key: "focus", line: panes.Line{Title: "This week", Sub: focusLine(p.data.Focus)}},
			entry{kind: ofRules, key: "rules", line: panes.Line{Title: "Rules of tact", Sub: "When to ask nothing, thank nobody and offer nothing"}})
		if p.rules.dirty() {
			out[1].line.Badge, out[1].line.Tone = "not saved", panes.Eye
		}
	}
	for _, about := range append(assist.Intelligences(), assist.FrontLine) {
		var group []entry
		for _, q := range p.prompts() {
			if q.Intelligence == about && hasAll(q, words) {
				group = append(group, p.promptEntry(q))
			}
		}
		if len(group) > 0 {
			out = append(out, entry{line: panes.Line{Heading: true, Title: strings.ToUpper(aboutWords(about))}})
			out = append(out, group...)
		}
	}
	return out
}

// prompts are those that are kept, as they were typed where they were, and new ones.
func (p *Page) prompts() []assist.Prompt {
	out := slices.Clone(p.data.Prompts)
	for id, d := range p.drafts {
		if i := slices.IndexFunc(out, func(q assist.Prompt) bool { return q.ID == id }); i >= 0 {
			out[i] = d
		} else {
			out = append(out, d)
		}
	}
	slices.SortFunc(out, func(a, b assist.Prompt) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.Topic), strings.ToLower(b.Topic)), cmp.Compare(a.ID, b.ID))
	})
	return out
}

func (p *Page) promptEntry(q assist.Prompt) entry {
	l := panes.Line{Title: cmp.Or(q.Topic, "New question"), Sub: strings.Join(q.Ask, " / ")}
	_, typed := p.drafts[q.ID]
	switch {
	case typed:
		l.Badge, l.Tone = "not saved", panes.Eye
	case q.Off:
		l.Badge, l.Tone = "off", panes.Quiet
	default:
		if f := p.data.Fared[q.ID]; f.Asked > 0 {
			l.Badge = fmt.Sprintf("asked %d", f.Asked)
		}
	}
	return entry{key: string(q.ID), prompt: q, line: l}
}

func hasAll(q assist.Prompt, words string) bool {
	text := strings.ToLower(q.Topic + "\n" + strings.Join(q.Ask, "\n") + "\n" + strings.Join(q.After, "\n"))
	return !slices.ContainsFunc(strings.Fields(strings.ToLower(words)), func(w string) bool { return !strings.Contains(text, w) })
}

// aboutWords is what an intelligence is called in a list.
func aboutWords(i assist.Intelligence) string {
	switch i {
	case assist.Competitive:
		return "Rivals"
	case assist.Market:
		return "The market"
	case assist.Relationship:
		return "The customer"
	}
	return "For the rep, at an idle desk"
}

func focusLine(list []assist.Focus) string {
	var parts []string
	for _, f := range list {
		what := f.Topic
		if f.Intelligence != "" {
			what = strings.TrimSpace(string(f.Intelligence) + " " + what)
		}
		parts = append(parts, fmt.Sprintf("%s, until %s", what, say.Date(f.Until)))
	}
	return cmp.Or(strings.Join(parts, "; "), "No focus: rivals, market and customer in balance")
}
