package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// covering is a page that covers the whole window.
type covering interface {
	Object() fyne.CanvasObject
	Focus(fyne.Canvas)
}

// cover shows one page in place of everything, but never over a call.
func (p *pages) cover(page covering) {
	p.over = page
	p.arrange()
}

// uncover brings the window back.
func (p *pages) uncover() { p.cover(nil) }

// leavable is a covering page with a way out at its top.
type leavable struct {
	covering
	whole fyne.CanvasObject
}

// Object implements covering.
func (l leavable) Object() fyne.CanvasObject { return l.whole }

func (p *pages) withBack(page covering) covering {
	back := widgets.NewAction(widgets.Plain, "Back", "", widgets.Keys{}, func() {
		p.uncover()
		p.turned(p.win.Page())
	})
	top := widgets.Pad(widgets.Sides(theme.Grid*3, theme.Grid*2), widgets.Row(0, nil, back))
	return leavable{page, container.NewBorder(top, nil, nil, nil, page.Object())}
}

// arrange gives a call the window, and the window back to what covered it.
func (p *pages) arrange() {
	w := p.win.Window()
	switch covered := p.over != nil && !p.call; {
	case covered && w.Content() != p.over.Object():
		w.SetContent(p.over.Object())
		p.over.Focus(w.Canvas())
	case !covered && w.Content() != p.content:
		w.SetContent(p.content)
	}
}
