package stays

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/charts"
	"ringside/ui/panes"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// reading is the pane that shows one figure as a chart, or one customer with the reasons
// and what can be done about them.
type reading struct {
	page               *Page
	key                string
	title, facts, text *widgets.Text
	letterHead, letter *widgets.Text
	buttons            *fyne.Container
	body, written      *fyne.Container
	customer, figure   *fyne.Container
	chart              *charts.View
	measured           *panes.Measured
	scroll             *widgets.Tall
	object             fyne.CanvasObject
}

func newReading(p *Page) *reading {
	r := &reading{page: p,
		title:      widgets.NewText(widgets.Style{Size: theme.Title, Bold: true}),
		facts:      widgets.NewText(widgets.Style{Colour: theme.Muted}),
		text:       widgets.NewText(widgets.Style{Size: theme.Lead}),
		letterHead: widgets.NewText(widgets.Style{Bold: true}),
		letter:     widgets.NewText(widgets.Style{}),
		buttons:    widgets.Wrapped(8),
		chart:      charts.New(),
	}
	r.body = widgets.On(widgets.NewGround(theme.Raised, theme.Hairline, 8), widgets.Even(16), r.text)
	r.written = widgets.On(widgets.NewGround(theme.Raised, theme.Hairline, 8), widgets.Even(16), widgets.Column(12, r.letterHead, r.letter))
	r.customer = widgets.Column(16, r.title, r.facts, r.body, r.buttons, r.written)
	r.figure = widgets.Column(0, r.chart.Object())
	r.measured = panes.Most(680, widgets.Pad(widgets.Sides(24, 20), widgets.Column(0, r.customer, r.figure)))
	r.scroll = widgets.NewTall(r.measured)
	r.object = panes.Fill(r.scroll)
	r.scroll.Hide()
	return r
}

func (r *reading) clear() {
	r.key = ""
	r.scroll.Hide()
}

func (r *reading) show(e entry) {
	another := e.key != r.key
	r.key = e.key
	r.figure.Hidden, r.customer.Hidden = e.chart == nil, e.chart != nil
	if e.chart != nil {
		r.chart.OnSave = r.page.OnPicture
		r.chart.SetChart(e.chart)
	} else {
		r.slip(e)
	}
	r.scroll.Hidden = false
	r.measured.Arrange()
	widgets.Arrange(r.scroll)
	if another {
		r.scroll.ScrollToTop()
	}
	r.scroll.Refresh()
}

func (r *reading) slip(e entry) {
	r.title.SetText(r.page.name(e.slip))
	r.facts.SetText(r.page.facts(e.slip))
	r.text.SetText(r.page.reasons(e.slip))
	r.buttons.Objects = nil
	for i, a := range r.page.acts(e.slip) {
		b := widget.NewButton(fmt.Sprintf("%s (%s)", a.words, strings.ToUpper(string(a.key))), func() { r.page.run(a) })
		if i == 0 {
			b.Importance = widget.HighImportance
		}
		r.buttons.Add(b)
	}
	letter := r.page.letterTo(e.slip)
	r.letterHead.SetText(letter.Subject)
	r.letter.SetText(letter.Body)
	r.written.Hidden = letter == Letter{}
}
