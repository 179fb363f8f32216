package live

import (
	"cmp"
	"slices"
	"strings"

	"ringside/assist"
	"ringside/assist/compose/check"
	lang "ringside/assist/search/text"
)

// teaches returns the title of an answer that can be made of the call: where a question had
// none, or where the rep wrote what was done and no answer was said. Empty: there is nothing
// to make it of.
func teaches(t *talk) string {
	if t.draftAnswer != "" {
		return t.draftAnswer
	}
	asked, _ := t.questions()
	solved := strings.TrimSpace(t.note) != "" && !slices.ContainsFunc(t.call.Used, func(u assist.Used) bool { return u.Said && !u.Wrong })
	if len(asked) == 0 && !solved {
		return ""
	}
	return titleFor(t, asked)
}

// questions returns what the customer asked without an answer, in words for everybody's
// eyes, and the questions for the trainers that it is in.
func (t *talk) questions() (words []string, gaps []assist.ID) {
	for _, g := range t.gaps {
		if w := wording(g.Text, t.profile.Customer); w != "" && g.Closed.IsZero() {
			words, gaps = append(words, w), append(gaps, g.ID)
		}
	}
	return words, gaps
}

func titleFor(t *talk, asked []string) string {
	if len(asked) > 0 {
		return asked[0]
	}
	heard := wording(cmp.Or(strings.TrimSpace(t.heard), strings.Join(t.before[max(len(t.before)-1, 0):], "")), t.profile.Customer)
	if lang.For(t.profile.Customer.Language).Telling(heard) > 0 {
		return heard
	}
	for _, s := range check.Sentences(t.note) {
		if s = wording(s, t.profile.Customer); s != "" {
			return s
		}
	}
	return "A call without words"
}

// makeAnswer keeps a draft of a new answer for the trainers: the customer's words find
// it, the note is what to say.
func (d *Desk) makeAnswer(t *talk) {
	title := teaches(t)
	if t.phase != Wrapping || title == "" || t.draftAnswer != "" {
		return
	}
	now := d.now()
	asked, gaps := t.questions()
	say := strings.TrimSpace(t.note)
	if name := t.profile.Customer.Name; name != "" {
		say = strings.ReplaceAll(say, name, "{{customer.name}}")
	}
	if len(asked) == 0 && title != say {
		asked = []string{title}
	}
	a := assist.Answer{ID: assist.NewID(now), Title: title, Say: say, Phrasings: asked, Owner: d.cfg.Me.ID}
	if len(d.cfg.Me.Departments) > 0 {
		a.Department = d.cfg.Me.Departments[0]
	}
	r := assist.Revision{ID: assist.NewID(now), Answer: a.ID, Next: a, By: d.cfg.Me.ID, At: now, Stage: assist.StageDraft,
		Why: "Made from a call " + on(t.call.Started, now), Gaps: gaps}
	if !d.valid("This answer", r) {
		return
	}
	t.draftAnswer = title
	d.save("The answer for the trainers", t, r)
}
