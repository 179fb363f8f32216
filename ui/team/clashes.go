package team

import (
	"fyne.io/fyne/v2"

	"ringside/ui/marked"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// mostClashes is how many are shown at once; the next come when these are settled.
const mostClashes = 5

// clashes are what two desks wrote without knowing of one another.
type clashes struct {
	p       *Page
	box, in *fyne.Container
	rows    map[string]*clash
	rest    *widgets.Text
}

func newClashes(p *Page) *clashes {
	c := &clashes{p: p, in: widgets.Column(20), rest: widgets.NewText(widgets.Style{Colour: theme.Muted})}
	c.box = section("Written twice", "Two desks changed the same thing without knowing of one another. The later one counts until you choose; both are kept. Words that differ are marked.", c.in, c.rest)
	return c
}

func (c *clashes) set(list []Clash) {
	c.box.Hidden = len(list) == 0
	shown := list[:min(len(list), mostClashes)]
	c.rows = rows(c.in, c.rows, shown, func(c Clash) string { return c.ID }, func() *clash { return newClash(c.p) })
	c.rest.SetText("")
	if n := len(list) - len(shown); n > 0 {
		c.rest.SetText("And " + say.Thousands(n) + " more after these.")
	}
}

// clash is one of them, side by side.
type clash struct {
	p            *Page
	box          *fyne.Container
	what, at     *widgets.Text
	ours, theirs *version
	told         *told
	id           string
}

func newClash(p *Page) *clash {
	c := &clash{p: p, what: widgets.NewText(widgets.Style{Bold: true}), at: widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted}), told: newTold(p)}
	c.ours = newVersion(p.action(widgets.Quiet, "Keep ours", func() { c.settle(true) }))
	c.theirs = newVersion(p.action(widgets.Quiet, "Take theirs", func() { c.settle(false) }))
	c.box = widgets.Column(6, c.what, c.at, widgets.Beside(12, 220, c.ours.box, c.theirs.box), c.told.text)
	return c
}

func (c *clash) object() fyne.CanvasObject { return c.box }

func (c *clash) settle(ours bool) {
	c.told.run("Keeping it…", "", func(reply func(error)) { c.p.acts.Settle(c.id, ours, reply) }, nil)
}

func (c *clash) set(of Clash) {
	c.id = of.ID
	c.what.SetText(say.Capital(of.What))
	c.at.SetText(of.Field + "  ·  " + when(of.At, c.p.Now()))
	ours, theirs := differing(of.Ours, of.Theirs)
	c.ours.set("Ours", of.OursBy, of.Ours, ours)
	c.theirs.set("Theirs", of.TheirsBy, of.Theirs, theirs)
}

// version is one side of a clash.
type version struct {
	box      *fyne.Container
	head, by *widgets.Text
	text     *marked.Text
	marks    letters
}

func newVersion(choose *widgets.Action) *version {
	v := &version{head: widgets.NewText(widgets.Style{Size: theme.Small, Bold: true, Colour: theme.Muted}), by: widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted})}
	v.text = marked.New(theme.Body, func(lines []string) [][]marked.Span { return v.marks.in(lines) })
	v.box = widgets.On(widgets.NewGround(theme.Raised, theme.Hairline, 6), widgets.Sides(12, 10),
		widgets.Column(6, v.head, v.by, v.text, widgets.Row(0, nil, choose)))
	return v
}

func (v *version) set(head, by, text string, marks letters) {
	v.head.SetText(head)
	v.by.SetText(by)
	if text == "" {
		text = "(empty)"
	}
	v.marks = marks
	v.text.SetText(text)
}
