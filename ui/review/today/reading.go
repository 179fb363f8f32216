package today

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/panes"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// reading is the pane that shows one thing whole, and what can be done about it.
type reading struct {
	page               *Page
	key                string
	title, facts, text *widgets.Text
	letterHead, letter *widgets.Text
	buttons            *fyne.Container
	body, written      *fyne.Container
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
	}
	r.body = widgets.On(widgets.NewGround(theme.Raised, theme.Hairline, 8), widgets.Even(16), r.text)
	r.written = widgets.On(widgets.NewGround(theme.Raised, theme.Hairline, 8), widgets.Even(16), widgets.Column(12, r.letterHead, r.letter))
	r.measured = panes.Most(680, widgets.Pad(widgets.Sides(24, 20), widgets.Column(16, r.title, r.facts, r.body, r.buttons, r.written)))
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
	r.title.SetText(e.title)
	r.facts.SetText(strings.Join(slices.DeleteFunc(e.facts, func(s string) bool { return s == "" }), "\n"))
	r.text.SetText(e.text)
	r.body.Hidden = e.text == "" || e.text == e.title
	r.buttons.Objects = nil
	for _, a := range r.page.acts(e.thing) {
		b := widget.NewButton(fmt.Sprintf("%s (%s)", a.words, strings.ToUpper(string(a.key))), func() { r.page.run(a) })
		if a.first {
			b.Importance = widget.HighImportance
		}
		r.buttons.Add(b)
	}
	if e.thing.Customer != "" && r.page.OnCustomer != nil {
		r.buttons.Add(widget.NewButton("Show the customer", func() { r.page.OnCustomer(e.thing.Customer) }))
	}
	letter := r.page.letterTo(e.thing)
	r.letterHead.SetText(letter.Subject)
	r.letter.SetText(letter.Body)
	r.written.Hidden = letter == Letter{}
	r.scroll.Hidden = false
	r.measured.Arrange()
	widgets.Arrange(r.scroll)
	if another {
		r.scroll.ScrollToTop()
	}
	r.scroll.Refresh()
}
