package ui

import (
	"fyne.io/fyne/v2"

	"ringside/ui/theme"
	"ringside/ui/widgets"
)

const (
	railWidth  = 76
	railHeight = 56
	railSlim   = 600 // below this width of the window the bar lies at the bottom
)

// rail is the bar of pages: at the left, or below a narrow window.
type rail struct {
	box   *fyne.Container
	items map[Page]*widgets.NavItem
}

func newRail(show func(Page)) *rail {
	r := &rail{items: map[Page]*widgets.NavItem{}}
	var list []fyne.CanvasObject
	for _, p := range Pages() {
		item := widgets.NewNavItem(icon(p), string(p), func() { show(p) })
		r.items[p] = item
		list = append(list, item)
	}
	r.box = fyne.NewContainerWithLayout(&bar{}, append([]fyne.CanvasObject{widgets.NewGround(theme.Rail, "", 0)}, list...)...)
	return r
}

func (r *rail) choose(p Page) {
	for name, item := range r.items {
		item.SetChosen(name == p)
	}
}

// bar lays the pages out along its longer side, on a ground.
type bar struct{}

// Layout implements fyne.Layout.
func (bar) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(size)
	n := float32(len(o) - 1)
	for i, item := range o[1:] {
		if size.Width > size.Height {
			w := size.Width / n
			item.Move(fyne.NewPos(float32(i)*w, 0))
			item.Resize(fyne.NewSize(w, size.Height))
			continue
		}
		item.Move(fyne.NewPos(theme.Grid, 2*theme.Grid+float32(i)*(railHeight+theme.Grid)))
		item.Resize(fyne.NewSize(size.Width-2*theme.Grid, railHeight))
	}
}

// MinSize implements fyne.Layout.
func (bar) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(railWidth, railHeight) }

// shell puts the bar at the left of the pages, or below them.
type shell struct{}

// Layout implements fyne.Layout.
func (shell) Layout(o []fyne.CanvasObject, size fyne.Size) {
	rail, pages := o[0], o[1]
	if size.Width < railSlim {
		pages.Move(fyne.NewPos(0, 0))
		pages.Resize(size.SubtractWidthHeight(0, railHeight))
		rail.Move(fyne.NewPos(0, size.Height-railHeight))
		rail.Resize(fyne.NewSize(size.Width, railHeight))
		return
	}
	rail.Move(fyne.NewPos(0, 0))
	rail.Resize(fyne.NewSize(railWidth, size.Height))
	pages.Move(fyne.NewPos(railWidth, 0))
	pages.Resize(size.SubtractWidthHeight(railWidth, 0))
}

// MinSize implements fyne.Layout: narrow enough to stand beside a phone.
func (shell) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(320, 360) }
