package call

import (
	"strings"

	"fyne.io/fyne/v2"

	"ringside/assist/live"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

const mostHelpers = 5

// helping shows who can help, and what is honestly true of the competitor whom the
// customer has named.
type helping struct {
	p      *Page
	paper  *fyne.Container
	rows   []*widgets.FactRow
	none   *widgets.Text
	honest *fyne.Container
	name   *widgets.Text
	theirs *widgets.FactRow
	ours   *widgets.FactRow
	source *widgets.Text
}

func newHelping(p *Page) *helping {
	h := &helping{p: p, none: widgets.NewText(widgets.Style{Colour: theme.Muted}),
		name:   widgets.NewText(widgets.Style{Bold: true, Lines: 1}),
		theirs: widgets.NewFactRow(4, p.arrange), ours: widgets.NewFactRow(4, p.arrange),
		source: widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 1})}
	list := widgets.Column(2*theme.Grid, widgets.Heading("WHO CAN HELP"), h.none)
	for range mostHelpers {
		r := widgets.NewFactRow(2, p.arrange)
		h.rows = append(h.rows, r)
		list.Objects = append(list.Objects, r)
	}
	list.Objects = append(list.Objects, widgets.Wrapped(0, widgets.NewAction(widgets.Plain, "Close", "Esc", p.keys(), p.closeHelp)))
	h.paper = widgets.On(widgets.NewGround(theme.Raised, theme.Hairline, 8), widgets.Even(3*theme.Grid), list)
	h.honest = widgets.On(widgets.NewGround(theme.Raised, theme.Hairline, 8), widgets.Even(3*theme.Grid),
		widgets.Column(theme.Grid, h.name, h.theirs, h.ours, h.source))
	h.set(live.View{})
	return h
}

func (h *helping) set(v live.View) {
	h.paper.Hidden = v.Helpers == nil
	if v.Helpers != nil {
		h.setHelpers(*v.Helpers)
	}
	h.honest.Hidden = v.Honest == nil
	if v.Honest == nil {
		return
	}
	h.name.SetText("Frankly: " + v.Honest.Name + " and us")
	h.theirs.SetFact("WHERE THEY ARE BETTER", lines(v.Honest.Theirs), "")
	h.ours.SetFact("WHERE WE ARE", lines(v.Honest.Ours), "")
	h.source.SetText(v.Honest.Source)
}

func (h *helping) setHelpers(who live.Helpers) {
	h.none.SetText("")
	switch {
	case who.Looking:
		h.none.SetText("Looking…")
	case len(who.Who) == 0:
		h.none.SetText("Nobody has answered anything like it yet. Open an answer or type what they say, and ask again.")
	}
	for i, r := range h.rows {
		r.SetFact("", "", "")
		if i < len(who.Who) {
			r.SetFact(strings.ToUpper(who.Who[i].Name), who.Who[i].Why, "")
		}
	}
}

func lines(list []string) string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = "·  " + s
	}
	return strings.Join(out, "\n")
}

// askHelp asks who can help, or closes the answer.
func (p *Page) askHelp() {
	if p.view.Helpers != nil {
		p.closeHelp()
		return
	}
	p.desk.Use(live.Use{Help: live.PaperUse{Make: true}})
}

func (p *Page) closeHelp() { p.desk.Use(live.Use{Help: live.PaperUse{Close: true}}) }
