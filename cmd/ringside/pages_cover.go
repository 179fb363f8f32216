package main

import "fyne.io/fyne/v2"

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
