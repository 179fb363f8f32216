package call

import (
	"cmp"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// catching offers to keep what the customer just said: what they love or wish, whom
// they praise, a name that nobody here knows yet.
type catching struct {
	p              *Page
	box            *fyne.Container
	head, words    *widgets.Text
	kinds          *fyne.Container
	kind, feel, on *widgets.Action
	keep           *widgets.Action
	done           *widgets.Text // what was kept last
}

func newCatching(p *Page) *catching {
	c := &catching{p: p,
		head:  widgets.Heading("HEARD"),
		words: widgets.NewText(widgets.Style{Lines: 2}),
		done:  widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Good, Lines: 2}),
	}
	keys := p.keys()
	use := func(u live.CatchUse) func() { return func() { p.caught(u) } }
	c.kind = widgets.NewAction(widgets.Quiet, "", "Alt+G", keys, use(live.CatchUse{Intelligence: true}))
	c.feel = widgets.NewAction(widgets.Quiet, "", "Alt+F", keys, use(live.CatchUse{Feeling: true}))
	c.on = widgets.NewAction(widgets.Quiet, "", "Alt+B", keys, use(live.CatchUse{About: true}))
	c.kinds = widgets.Wrapped(theme.Grid, c.kind, c.feel, c.on)
	c.keep = widgets.NewAction(widgets.Quiet, "Keep it", "Alt+K", keys, p.keepHeard)
	c.box = widgets.On(widgets.NewGround(theme.AccentPale, "", 8), widgets.Even(3*theme.Grid), widgets.Column(theme.Grid,
		c.head, c.words, c.kinds, widgets.Wrapped(theme.Grid, c.keep,
			widgets.NewAction(widgets.Plain, "No", "", keys, use(live.CatchUse{Refuse: true})))))
	c.set(live.View{})
	return c
}

func (c *catching) set(v live.View) {
	c.done.SetText("")
	if v.Caught != "" {
		c.done.SetText("✓  " + v.Caught)
	}
	h := v.Catch
	c.box.Hidden = h == nil || !mayCatch(v)
	if h == nil {
		return
	}
	c.words.SetText("“" + h.Words + "”")
	c.kinds.Hidden = h.Kind != live.CatchInsight && h.Kind != live.CatchName
	c.kind.Hidden, c.feel.Hidden = h.Kind != live.CatchInsight, h.Kind != live.CatchInsight
	c.kind.SetLabel(string(h.Intelligence))
	c.feel.SetLabel(cmp.Or(string(h.Feeling), "no feeling"))
	c.on.SetLabel(about(*h))
	switch h.Kind {
	case live.CatchPraise:
		c.head.SetText("PRAISE FOR " + h.Rep)
		c.keep.SetLabel("Pass it on")
	case live.CatchAdvocate:
		c.head.SetText("THEY RECOMMEND US")
		c.keep.SetLabel("Remember it")
	case live.CatchName:
		c.head.SetText("A NEW NAME: " + h.Subject)
		c.keep.SetLabel("Add it to the list")
	default:
		c.head.SetText("HEARD: KEEP IT AS AN INSIGHT?")
		c.keep.SetLabel("Keep it")
	}
}

func about(h live.Catch) string {
	switch {
	case h.Kind == live.CatchName:
		return string(h.About)
	case h.About == "":
		return "about nothing named"
	case h.Subject == "":
		return "about " + aboutWords(h.About)
	}
	return "about " + h.Subject
}

func aboutWords(k assist.SubjectKind) string {
	switch k {
	case assist.AboutUs:
		return "us"
	case assist.AboutPerson:
		return "a person"
	case assist.AboutPlace:
		return "a place to buy"
	}
	return "a " + string(k)
}

// mayCatch reports whether there is room for what was heard: one question at a time.
func mayCatch(v live.View) bool { return v.Promise == nil }

// caught tells what the rep wants with what was heard.
func (p *Page) caught(u live.CatchUse) {
	if p.view.Catch != nil && mayCatch(p.view) {
		p.desk.Use(live.Use{Catch: u})
	}
}

// keepHeard keeps what is offered, or the last words as they are.
func (p *Page) keepHeard() {
	if p.view.Call != "" && mayCatch(p.view) {
		p.desk.Use(live.Use{Catch: live.CatchUse{Keep: true}})
	}
}
