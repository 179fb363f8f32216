package live

import (
	"cmp"
	"slices"
	"strings"

	"ringside/assist"
	"ringside/assist/compose/check"
	lang "ringside/assist/search/text"
)

// Making is an answer that can be made of what this call has taught.
type Making struct {
	Title string `json:"title"`          // in the customer's words, else as the note begins
	Made  bool   `json:"made,omitempty"` // it waits among the trainers' drafts
}

// makingOf offers to make an answer of the call: where a question had none, or where the
// rep wrote what was done and no answer was said. nil: there is nothing to make it of.
func makingOf(t *talk) *Making {
	if t.draftAnswer != "" {
		return &Making{Title: t.draftAnswer, Made: true}
	}
	asked, _ := t.questions()
	solved := strings.TrimSpace(t.note) != "" && !slices.ContainsFunc(t.call.Used, func(u assist.Used) bool { return u.Said && !u.Wrong })
	if len(asked) == 0 && !solved {
		return nil
	}
	return &Making{Title: titleFor(t, asked)}
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
	m := makingOf(t)
	if t.phase != Wrapping || m == nil || m.Made {
		return
	}
	now := d.now()
	asked, gaps := t.questions()
	say := strings.TrimSpace(t.note)
	if name := t.profile.Customer.Name; name != "" {
		say = strings.ReplaceAll(say, name, "{{customer.name}}")
	}
	if len(asked) == 0 && m.Title != say {
		asked = []string{m.Title}
	}
	a := assist.Answer{ID: assist.NewID(now), Title: m.Title, Say: say, Phrasings: asked, Owner: d.cfg.Me.ID}
	if len(d.cfg.Me.Departments) > 0 {
		a.Department = d.cfg.Me.Departments[0]
	}
	r := assist.Revision{ID: assist.NewID(now), Answer: a.ID, Next: a, By: d.cfg.Me.ID, At: now, Stage: assist.StageDraft,
		Why: "Made from a call " + on(t.call.Started, now), Gaps: gaps}
	if !d.valid("This answer", r) {
		return
	}
	t.draftAnswer = m.Title
	d.save("The answer for the trainers", t, r)
}
