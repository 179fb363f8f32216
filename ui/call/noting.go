package call

import (
	"fmt"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

const (
	mostMade    = 3
	mostLetters = 10_000 // of a note; Fyne becomes slow in more
)

// noting is the note of the call, the promise that it seems to make, and what was
// promised so far.
type noting struct {
	p     *Page
	box   *fyne.Container
	entry *widgets.Entry
	state *widgets.Text
	full  bool // the last letters found no room
	offer *fyne.Container
	text  *widgets.Text
	when  *widgets.Text
	ask   *widgets.Text
	made  *fyne.Container
	lines []*widgets.Text
	rest  *widgets.Text
	next  *fyne.Container // what else can be done with the call
}

func newNoting(p *Page) *noting {
	n := &noting{p: p,
		state: widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 1}),
		text:  widgets.NewText(widgets.Style{Lines: 2}),
		when:  widgets.NewText(widgets.Style{Bold: true, Lines: 1}),
		ask:   widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Amber, Lines: 2}),
		rest:  widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 1}),
	}
	n.entry = widgets.NewEntry("What was said and done. A promise is noticed: I'll call you on Friday at 3", 4, p.keys())
	n.entry.OnTyped = func(s string) {
		n.full = false
		p.desk.NoteIn(p.view.Call, s)
		n.showState(p.view)
	}
	n.entry.Most = mostLetters
	n.entry.OnFull = func() {
		n.full = true
		n.showState(p.view)
		p.arrange()
	}
	keys := p.keys()
	n.offer = widgets.On(widgets.NewGround(theme.AccentPale, "", 8), widgets.Even(3*theme.Grid), widgets.Column(theme.Grid,
		widgets.Heading("A PROMISE?"), n.text, n.when, n.ask,
		widgets.Wrapped(theme.Grid,
			widgets.NewAction(widgets.Quiet, "Keep it", "Ctrl+P", keys, p.keepPromise),
			widgets.NewAction(widgets.Plain, "No promise", "", keys, n.refuse))))
	n.made = widgets.Column(2, widgets.Heading("PROMISED IN THIS CALL"))
	for range mostMade {
		t := widgets.NewText(widgets.Style{Lines: 2})
		n.lines = append(n.lines, t)
		n.made.Objects = append(n.made.Objects, t)
	}
	n.made.Objects = append(n.made.Objects, n.rest)
	n.next = widgets.Wrapped(0, p.pass.offer,
		widgets.NewAction(widgets.Plain, "Write to them", "Alt+E", keys, p.write),
		widgets.NewAction(widgets.Plain, "Who can help?", "Alt+Y", keys, p.askHelp))
	label := widgets.Heading("NOTE")
	key := widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 1}, "Ctrl+J")
	n.box = widgets.ColumnFilled(2*theme.Grid, n.entry,
		widgets.Row(2*theme.Grid, n.state, label, n.state, key), n.entry, n.offer, p.catch.box, p.catch.done, n.made, n.next)
	return n
}

func (n *noting) refuse() {
	if o := n.p.view.Promise; o != nil {
		n.p.desk.Promise(live.PromiseUse{Text: o.Text, Due: o.Due, AllDay: o.AllDay, Refuse: true})
	}
}

func (n *noting) set(_, v live.View, fresh bool) {
	n.box.Hidden = v.Call == ""
	if fresh {
		n.full = false
		n.entry.SetShown(v.Note.Text)
	}
	n.showState(v)
	n.offer.Hidden = v.Promise == nil
	if o := v.Promise; o != nil {
		n.text.SetText(o.Text)
		n.when.SetText(o.When)
		n.ask.SetText(o.Ask)
	}
	n.made.Hidden = len(v.Made) == 0
	for i, t := range n.lines {
		t.SetText("")
		if i < len(v.Made) {
			t.SetText("✓  " + madeLine(v.Made[i], v))
		}
	}
	n.rest.SetText(more(len(v.Made) - mostMade))
}

func madeLine(m assist.Promise, v live.View) string {
	if m.Due.IsZero() {
		return m.Text
	}
	due := say.Day(m.Due, v.At)
	if !m.AllDay {
		due += ", " + say.Clock(m.Due)
	}
	return m.Text + "  ·  " + due
}

// showState says whether the words in the box are safe. A View that is older than
// the last key says nothing about them.
func (n *noting) showState(v live.View) {
	n.state.SetColour(theme.Muted)
	switch {
	case n.full:
		n.state.SetColour(theme.Amber)
		n.state.SetText("This note is full: the last letters are not in it")
	case n.entry.Text == "":
		n.state.SetText("kept as you type")
	case v.Note.Saved && v.Note.Text == n.entry.Text:
		n.state.SetText("kept")
	default:
		n.state.SetText("keeping …")
	}
}

// more says that n things are not shown; empty when there are none.
func more(n int) string {
	if n <= 0 {
		return ""
	}
	return fmt.Sprintf("and %d more", n)
}
