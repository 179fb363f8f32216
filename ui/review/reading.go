package review

import (
	"strings"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/library/panes"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// reading is the pane that shows one promise, note or question whole.
type reading struct {
	page  *Page
	entry entry

	title, facts, text *widgets.Text
	keep, customer     *widget.Button
	body               *fyne.Container
	measured           *panes.Measured
	scroll             *widgets.Tall
	object             fyne.CanvasObject
}

func newReading(p *Page) *reading {
	r := &reading{
		page:  p,
		title: widgets.NewText(widgets.Style{Size: theme.Title, Bold: true}),
		facts: widgets.NewText(widgets.Style{Colour: theme.Muted}),
		text:  widgets.NewText(widgets.Style{Size: theme.Lead}),
	}
	r.keep = widget.NewButtonWithIcon("Kept (K)", base.ConfirmIcon(), p.keep)
	r.keep.Importance = widget.HighImportance
	r.customer = widget.NewButtonWithIcon("Show the customer", base.AccountIcon(), func() {
		if p.OnCustomer != nil {
			p.OnCustomer(r.entry.customer)
		}
	})
	r.body = widgets.On(widgets.NewGround(theme.Raised, theme.Hairline, 8), widgets.Even(16), r.text)
	all := widgets.Column(16, r.title, r.facts, r.body, widgets.Row(8, nil, r.keep, r.customer))
	r.measured = panes.Most(680, widgets.Pad(widgets.Sides(24, 20), all))
	r.scroll = widgets.NewTall(r.measured)
	r.object = fyne.NewContainerWithLayout(&fill{}, r.scroll)
	r.scroll.Hide()
	return r
}

func (r *reading) clear() { r.scroll.Hide() }

func (r *reading) show(e entry) {
	r.entry = e
	r.title.SetText(e.title)
	r.facts.SetText(strings.TrimSpace(strings.Join(e.facts, "\n")))
	r.text.SetText(e.text)
	r.body.Hidden = e.text == e.title
	r.keep.Hidden = !e.promise
	r.customer.Hidden = e.customer == "" || r.page.OnCustomer == nil
	r.scroll.Hidden = false
	r.measured.Arrange()
	widgets.Arrange(r.scroll)
	r.scroll.ScrollToTop()
	r.scroll.Refresh()
}
