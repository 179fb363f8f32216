package team

import (
	"fyne.io/fyne/v2"

	"ringside/ui/widgets"
)

// ask is a button that does something only after it was said what that means.
type ask struct {
	p      *Page
	words  *widgets.Text // what it means
	do     func(reply func(error))
	open   *widgets.Action
	asking *fyne.Container
	leave  *widgets.Action
	told   *told
}

func newAsk(p *Page, opens, does, meanwhile string) *ask {
	a := &ask{p: p, words: widgets.NewText(widgets.Style{}), told: newTold(p)}
	a.open = p.action(widgets.Quiet, opens, func() { a.show(true) })
	shut := func() { a.show(false) }
	yes := p.closing(widgets.Quiet, does, "", func() {
		a.told.run(meanwhile, "", a.do, shut)
	}, shut)
	a.leave = p.closing(widgets.Quiet, "Leave it as it is", "Esc", shut, shut)
	a.asking = widgets.Column(6, a.words, widgets.Wrapped(8, a.leave, yes), a.told.text)
	a.asking.Hide()
	return a
}

// offer lets somebody begin with it, or not.
func (a *ask) offer(on bool) {
	a.open.Hidden = !on || a.asking.Visible()
	a.asking.Hidden = !on || a.asking.Hidden
}

// show asks, with the keyboard on what changes nothing, or goes back to the button.
func (a *ask) show(on bool) {
	if a.told.busy {
		return
	}
	a.told.text.SetText("")
	a.open.Hidden, a.asking.Hidden = on, !on
	a.p.arrange()
	switch {
	case on:
		a.p.focus(a.leave)
	case seen(a.p.all, a.open):
		a.p.focus(a.open)
	}
}
