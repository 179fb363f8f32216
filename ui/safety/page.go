// Package safety is the part of the settings that keeps what is written from getting lost
// and from getting read: the key, the backups, the lock, and the log of who did what.
package safety

import (
	"fyne.io/fyne/v2"

	"ringside/ui/panes"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// Part is one of the things on the page.
type Part struct {
	Object fyne.CanvasObject
	Reload func() // what it shows may have changed
}

// Page shows the parts, one below the other. Its methods are for the window's goroutine.
type Page struct {
	parts  []Part
	scroll *widgets.Tall
}

// New returns the page; Reload fills it.
func New(parts ...Part) *Page {
	p := &Page{parts: parts}
	all := widgets.Column(28, widgets.Say(widgets.Style{Size: theme.Title, Bold: true}, "Safety"))
	for _, part := range parts {
		all.Add(part.Object)
	}
	p.scroll = widgets.NewTall(panes.Centred(panes.Most(640, widgets.Pad(widgets.Sides(24, 20), all))))
	return p
}

// Object returns what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.scroll }

// Reload fills every part anew.
func (p *Page) Reload() {
	for _, part := range p.parts {
		part.Reload()
	}
}

// Section is a part's name, what it is for, and what can be done.
func Section(name, means string, parts ...fyne.CanvasObject) *fyne.Container {
	col := widgets.Column(6, widgets.Say(widgets.Style{Size: theme.Lead, Bold: true}, name))
	if means != "" {
		col.Add(widgets.Say(widgets.Style{Colour: theme.Muted}, means))
	}
	for _, o := range parts {
		col.Add(o)
	}
	return col
}
