package review

import (
	"strings"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/panes"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// reading is the pane that shows one promise, note or question whole, and what can be
// done about a promise.
type reading struct {
	page  *Page
	entry entry

	title, facts, text      *widgets.Text
	keep, move, tell, broke *widget.Button
	customer, answer        *widget.Button
	body                    *fyne.Container
	moving                  *moving
	letter                  *letter
	measured                *panes.Measured
	scroll                  *widgets.Tall
	object                  fyne.CanvasObject
}

func newReading(p *Page) *reading {
	r := &reading{
		page:   p,
		title:  widgets.NewText(widgets.Style{Size: theme.Title, Bold: true}),
		facts:  widgets.NewText(widgets.Style{Colour: theme.Muted}),
		text:   widgets.NewText(widgets.Style{Size: theme.Lead}),
		moving: newMoving(p),
		letter: newLetter(p),
	}
	r.keep = widget.NewButtonWithIcon("Kept (K)", base.ConfirmIcon(), p.keep)
	r.keep.Importance = widget.HighImportance
	r.move = widget.NewButtonWithIcon("Move (M)", base.HistoryIcon(), r.moving.open)
	r.tell = widget.NewButtonWithIcon("Told (T)", base.MailSendIcon(), p.tell)
	r.broke = widget.NewButtonWithIcon("Broken (B)", base.CancelIcon(), p.breakIt)
	r.customer = widget.NewButtonWithIcon("Show the customer", base.AccountIcon(), func() {
		if p.OnCustomer != nil {
			p.OnCustomer(r.entry.customer)
		}
	})
	r.answer = widget.NewButtonWithIcon("Make this an answer (A)", base.DocumentCreateIcon(), p.makeAnswer)
	r.body = widgets.On(widgets.NewGround(theme.Raised, theme.Hairline, 8), widgets.Even(16), r.text)
	all := widgets.Column(16, r.title, r.facts, r.body, widgets.Wrapped(8, r.keep, r.move, r.tell, r.broke, r.answer, r.customer),
		r.moving.box, r.letter.box)
	r.measured = panes.Most(680, widgets.Pad(widgets.Sides(24, 20), all))
	r.scroll = widgets.NewTall(r.measured)
	r.object = panes.Fill(r.scroll)
	r.scroll.Hide()
	return r
}

func (r *reading) clear() {
	r.entry = entry{}
	r.moving.box.Hide()
	r.letter.show(nil)
	r.scroll.Hide()
}

func (r *reading) show(e entry) {
	another := e.id != r.entry.id
	r.entry = e
	r.title.SetText(e.title)
	r.facts.SetText(strings.Join(strings.FieldsFunc(strings.Join(e.facts, "\n"), func(c rune) bool { return c == '\n' }), "\n"))
	r.text.SetText(e.text)
	r.body.Hidden = e.text == e.title
	open := e.promise != nil && e.promise.Open()
	r.keep.Hidden, r.move.Hidden, r.broke.Hidden = !open, !open, !open
	r.tell.Hidden = e.promise == nil
	r.tell.Importance = widget.MediumImportance
	if e.promise != nil && !open {
		r.tell.Importance = widget.HighImportance
	}
	r.answer.Hidden = e.teaches == nil || r.page.OnAnswer == nil
	r.customer.Hidden = e.customer == "" || r.page.OnCustomer == nil
	if another || !open {
		r.moving.box.Hide()
	}
	r.letter.show(e.promise)
	r.scroll.Hidden = false
	r.arrange()
	if another {
		r.scroll.ScrollToTop()
	}
	r.scroll.Refresh()
}

func (r *reading) arrange() {
	if r == nil || r.measured == nil {
		return // while the page is being made
	}
	r.measured.Arrange()
	widgets.Arrange(r.scroll)
}
