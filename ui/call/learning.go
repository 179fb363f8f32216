package call

import (
	"strings"

	"fyne.io/fyne/v2"

	"ringside/assist/live"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// learning offers to find an answer by the customer's words from now on.
type learning struct {
	p          *Page
	box, ask   *fyne.Container
	head, done *widgets.Text
	entry      *widgets.Entry
	add        *widgets.Action
	shown      live.Learn
}

func newLearning(p *Page) *learning {
	l := &learning{p: p,
		head: widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted, Bold: true, Lines: 2}),
		done: widgets.NewText(widgets.Style{Colour: theme.Good, Lines: 3}),
	}
	keys := p.keys()
	l.entry = widgets.NewEntry("The customer's words", 1, keys)
	l.add = widgets.NewAction(widgets.Quiet, "Add these words", "Alt+L", keys, l.take)
	no := widgets.NewAction(widgets.Plain, "No", "Esc", keys, l.refuse)
	l.ask = widgets.Column(theme.Grid, l.head, l.entry, widgets.Wrapped(theme.Grid, l.add, no))
	l.box = widgets.On(widgets.NewGround(theme.AccentPale, "", 8), widgets.Sides(4*theme.Grid, 3*theme.Grid),
		widgets.Column(0, l.ask, l.done))
	l.box.Hide()
	return l
}

func (l *learning) set(v *live.Learn) {
	if l.box.Hidden = v == nil; l.box.Hidden {
		if l.entry.Focused() {
			l.p.focus(l.p.hear.entry)
		}
		l.shown = live.Learn{}
		return
	}
	if *v == l.shown {
		return
	}
	if v.Words != l.shown.Words || v.Answer != l.shown.Answer {
		l.entry.SetShown(v.Words)
	}
	if v.Taken && l.entry.Focused() {
		l.p.focus(l.p.hear.entry)
	}
	l.shown = *v
	l.ask.Hidden = v.Taken
	l.head.SetText("FIND THIS ANSWER BY THESE WORDS, TOO?")
	l.add.SetLabel("Add these words")
	done := "✓  From now on this finds it, too: “" + v.Words + "”"
	if v.Review {
		l.add.SetLabel("Send to the trainers")
		done = "✓  Sent to the trainers: “" + v.Words + "”"
	}
	if !v.Taken {
		done = ""
	}
	l.done.SetText(done)
}

// offered reports whether the rep is still asked.
func (l *learning) offered() bool {
	return !l.box.Hidden && !l.shown.Taken && (l.p.view.Open != nil || l.p.frame.slim)
}

// take takes the words as they stand in the box.
func (l *learning) take() {
	words := strings.TrimSpace(l.entry.Text)
	if !l.offered() {
		return
	}
	if words == "" {
		l.refuse()
		return
	}
	l.p.desk.Use(live.Use{Learn: live.LearnUse{Words: words}})
}

func (l *learning) refuse() {
	l.p.desk.Use(live.Use{Learn: live.LearnUse{Refuse: true}})
}
