package call

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// hearing is the middle: what the customer says, and what can be answered.
type hearing struct {
	p       *Page
	head    *fyne.Container // the box
	results *fyne.Container
	tall    *widgets.Tall // results, scrolled; only in the wide layout
	entry   *widgets.Entry
	hint    *widgets.Text
	weak    *widgets.Text
	none    *fyne.Container
	list    *widgets.AnswerList
	open    *openAnswer
	before  *fyne.Container // what was said before, until the first word
	past    []*widgets.FactRow
}

func newHearing(p *Page) *hearing {
	h := &hearing{p: p}
	h.entry = widgets.NewEntry("A few of their words: charged twice", 1, p.keys())
	h.entry.OnTyped = func(s string) {
		h.list.Select(0)
		p.desk.Hear(s)
	}
	h.entry.First = func(r rune) bool { return r == '/' } // the key that leads here
	label := widgets.Say(widgets.Style{Size: theme.Lead, Bold: true, Lines: 1}, "What does the customer say?")
	slash := widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 1}, "/  or  Ctrl+F")
	h.head = widgets.Column(2*theme.Grid, widgets.Row(2*theme.Grid, label, label, slash), h.entry)

	h.weak = widgets.NewText(widgets.Style{Colour: theme.Amber, Lines: 2})
	findOut := widgets.NewAction(widgets.Primary, "I'll find out", "Ctrl+I", p.keys(), p.findOut)
	h.none = widgets.On(widgets.NewGround(theme.AmberPale, "", 8), widgets.Even(4*theme.Grid), widgets.Column(2*theme.Grid,
		widgets.Say(widgets.Style{Size: theme.Lead, Bold: true, Lines: 2}, "Nothing in the library fits"),
		widgets.Say(widgets.Style{}, "Do not guess. Say that you will find out: it becomes a promise to the customer and a question for the trainers."),
		widgets.Wrapped(0, findOut)))
	h.list = widgets.NewAnswerList(p.keys(), func(i int) string { return fmt.Sprintf("Ctrl+%d", i+1) })
	h.list.OnOpen = func(id assist.ID) { p.desk.Use(live.Use{Answer: id}) }
	h.open = newOpenAnswer(p)
	h.hint = widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 2})
	h.before = widgets.Column(3*theme.Grid, widgets.Heading("WHAT WAS SAID BEFORE"))
	for range mostContacts {
		r := widgets.NewFactRow(4, p.arrange)
		h.past = append(h.past, r)
		h.before.Objects = append(h.before.Objects, r)
	}
	h.results = widgets.Column(2*theme.Grid, h.weak, h.none, h.open.box, h.list, h.hint,
		widgets.Pad(widgets.Edges{Top: 4 * theme.Grid}, h.before))
	return h
}

// setBefore fills the middle, where it is wide and nothing was heard yet, with the
// earlier contacts: customers mostly call about the same again.
func (h *hearing) setBefore(v live.View) {
	h.before.Hidden = h.tall == nil || v.Card == nil || len(v.Card.Last) == 0 || v.Open != nil || v.Answers.State != "" || len(v.Answers.Hits) > 0
	if h.before.Hidden {
		return
	}
	for i, r := range h.past {
		r.SetFact("", "", "")
		if i < len(v.Card.Last) {
			c := v.Card.Last[i]
			r.SetFact(c.When, c.Text, c.By)
		}
	}
}

func (h *hearing) set(old, v live.View, fresh bool) {
	if fresh {
		h.entry.SetShown(v.Heard)
		h.list.Select(0)
	}
	if fresh || old.Answers.State != v.Answers.State || !slices.Equal(old.Answers.Hits, v.Answers.Hits) {
		h.list.SetAnswers(v.Answers)
	}
	h.open.set(v.Open)
	if (old.Open == nil) != (v.Open == nil) || fresh || openID(old) != openID(v) {
		h.list.SetOpen(openID(v))
		if h.tall != nil {
			h.tall.ScrollToTop()
		}
	}
	h.none.Hidden = v.Answers.State != "none" || v.Open != nil
	weak := ""
	if v.Answers.State == "dim" && v.Open == nil {
		weak = "Weak matches: read before you speak."
	}
	h.weak.SetText(weak)
	h.hint.SetText(h.advice(v))
	h.setBefore(v)
}

func openID(v live.View) assist.ID {
	if v.Open == nil {
		return ""
	}
	return v.Open.ID
}

func (h *hearing) advice(v live.View) string {
	switch {
	case v.Open != nil && len(v.Answers.Hits) > 0:
		return "Other answers: Ctrl+1 to 5"
	case v.Open != nil || v.Answers.State == "none":
		return ""
	case len(v.Answers.Hits) > 0:
		return "Enter opens the marked one   ·   Up and Down move   ·   Esc clears"
	}
	return "Answers come while you type, from every department. A few words are enough."
}

// key moves the mark and opens the marked answer, from the answer box.
func (h *hearing) key(at fyne.CanvasObject, ev *fyne.KeyEvent) bool {
	if at != h.entry {
		return false
	}
	switch ev.Name {
	case fyne.KeyDown:
		h.list.Select(h.list.Selected() + 1)
	case fyne.KeyUp:
		h.list.Select(h.list.Selected() - 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		h.list.Open(h.list.Selected())
	default:
		return false
	}
	return true
}

// openAnswer is the answer in front of the rep, to be read aloud.
type openAnswer struct {
	p            *Page
	box          *fyne.Container
	title, where *widgets.Text
	aside        *widgets.Text
	words        *widgets.Text
	source, web  *widgets.Text
	steps        *fyne.Container
	rows         []*widgets.PickRow
	shown        *live.Open
}

func newOpenAnswer(p *Page) *openAnswer {
	o := &openAnswer{p: p,
		title:  widgets.NewText(widgets.Style{Size: theme.Title, Bold: true, Lines: 2}),
		where:  widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 1}),
		aside:  widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Amber, Bold: true, Lines: 1}),
		words:  widgets.NewText(widgets.Style{Size: theme.Lead}),
		source: widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 2}),
		web:    widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Accent, Lines: 1}),
		steps:  widgets.Column(theme.Grid),
	}
	shut := widgets.NewAction(widgets.Plain, "Close", "Esc", p.keys(), func() { p.desk.Use(live.Use{CloseAnswer: true}) })
	o.box = widgets.On(widgets.NewGround(theme.Raised, theme.Hairline, 8), widgets.Even(4*theme.Grid),
		widgets.Column(3*theme.Grid,
			widgets.Column(2, widgets.Row(2*theme.Grid, o.title, o.title, shut), o.where),
			o.aside, o.words, o.steps, widgets.Column(2, o.source, o.web)))
	o.box.Hide()
	return o
}

func (o *openAnswer) set(v *live.Open) {
	o.box.Hidden = v == nil
	if v == nil || o.shown == v {
		return
	}
	o.shown = v
	o.title.SetText(v.Title)
	o.where.SetText(say.Capital(v.Department))
	words, aside := v.Say, ""
	if v.Internal {
		aside = "For you only: not for saying aloud"
	}
	o.aside.SetText(aside)
	o.words.SetText(words)
	o.source.SetText(widgets.Source(v.AnswerHit))
	tone := theme.Muted
	if v.Stale {
		tone = theme.Amber
	}
	o.source.SetColour(tone)
	o.web.SetText(v.Web)
	o.setSteps(v.Steps)
}

func (o *openAnswer) setSteps(steps []live.Step) {
	for i := len(o.rows); i < len(steps); i++ {
		r := widgets.NewPickRow(o.p.keys(), func() { o.p.desk.Use(live.Use{Step: i + 1}) })
		o.rows = append(o.rows, r)
		o.steps.Objects = append(o.steps.Objects, r)
	}
	for i, r := range o.rows {
		r.Hidden = i >= len(steps)
		if r.Hidden {
			continue
		}
		done := "to do"
		if steps[i].Done {
			done = "✓ done"
		}
		r.SetPick(fmt.Sprintf("%d.  %s", i+1, steps[i].Text), "", done, steps[i].Done)
	}
	o.steps.Hidden = len(steps) == 0
}
