package brief

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"ringside/assist/brief"
	"ringside/ui/charts"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// The looks of what is read.
var (
	title   = widgets.Style{Size: theme.Title, Bold: true}
	heading = widgets.Style{Size: theme.Lead, Bold: true}
	strong  = widgets.Style{Bold: true}
	body    = widgets.Style{}
	muted   = widgets.Style{Size: theme.Small, Colour: theme.Muted}
)

// show fills the preview with the brief.
func (p *Page) show() {
	b := p.shown
	p.preview.RemoveAll()
	add := func(o fyne.CanvasObject) { p.preview.Objects = append(p.preview.Objects, o) }
	add(widgets.Say(title, b.Title))
	span := brief.Span(b.From, b.Until)
	if b.Team != "" {
		span = b.Team + " · " + span
	}
	add(widgets.Say(muted, span))
	for _, l := range b.Lead {
		add(widgets.Say(body, l))
	}
	for _, s := range b.Sections {
		add(widgets.Pad(widgets.Edges{Top: 16}, widgets.Column(2*theme.Grid, p.section(s)...)))
	}
	p.preview.Refresh()
	p.scroll.Arrange()
}

func (p *Page) section(s brief.Section) (out []fyne.CanvasObject) {
	out = append(out, widgets.Say(heading, s.Title))
	if s.None != "" {
		out = append(out, widgets.Say(widgets.Style{Colour: theme.Muted}, s.None))
	}
	for _, t := range s.Paragraphs {
		out = append(out, widgets.Say(body, t))
	}
	for _, f := range s.Figures {
		out = append(out, figure(f))
	}
	for _, c := range s.Claims {
		out = append(out, widgets.Column(0, widgets.Say(strong, c.Says), widgets.Say(muted, c.Basis.String())))
		for _, q := range c.Quotes {
			out = append(out, quote(q))
		}
	}
	for _, c := range s.Charts {
		v := charts.New()
		if p.OnSaveFile != nil {
			v.OnSave = p.OnSaveFile
		}
		v.SetChart(c)
		out = append(out, widgets.Pad(widgets.Edges{Top: 8, Bottom: 8}, v.Object()))
	}
	for _, q := range s.Quotes {
		out = append(out, quote(q))
	}
	return out
}

func figure(f brief.Figure) fyne.CanvasObject {
	how := f.How
	if f.N > 0 {
		how = strings.TrimSuffix(fmt.Sprintf("of %d; %s", f.N, how), "; ")
	}
	return widgets.Pair(150, widgets.Say(body, f.Label), widgets.Pair(44, widgets.Say(strong, f.Value), widgets.Say(muted, how)))
}

// quote shows words on a ground of their own.
func quote(q brief.Quote) fyne.CanvasObject {
	var said []string
	for _, part := range []string{q.Who, q.At.Format("2 January 2006"), q.Ref} {
		if part != "" {
			said = append(said, part)
		}
	}
	return widgets.On(widgets.NewGround(theme.AccentPale, "", 6), widgets.Sides(12, 8),
		widgets.Column(0, widgets.Say(body, "“"+strings.TrimSpace(q.Words)+"”"), widgets.Say(muted, strings.Join(said, "; "))))
}
