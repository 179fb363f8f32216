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
	signHeight = 56  // of the sign below the pages: its words may be others, the pages stay
	signLine   = 22  // of the sign above pages that lie at the bottom
)

// rail is the bar of pages: at the left, or below a narrow window.
type rail struct {
	box   *fyne.Container
	items map[Page]*widgets.NavItem
	sign  *widgets.NavItem // how it stands with the team
}

func newRail(show func(Page), team func()) *rail {
	r := &rail{items: map[Page]*widgets.NavItem{}, sign: widgets.NewNavItem(nil, "", team)}
	r.sign.SetWords("", false)
	var list []fyne.CanvasObject
	for _, p := range Pages() {
		item := widgets.NewNavItem(icon(p), string(p), func() { show(p) })
		r.items[p] = item
		list = append(list, item)
	}
	r.box = fyne.NewContainerWithLayout(&bar{}, append([]fyne.CanvasObject{widgets.NewGround(theme.Rail, "", 0), r.sign}, list...)...)
	return r
}

func (r *rail) choose(p Page) {
	for name, item := range r.items {
		item.SetChosen(name == p)
	}
}

// bar lays the pages out along its longer side, on a ground, with the sign at its end or,
// where the pages lie side by side, above them.
type bar struct{}

// Layout implements fyne.Layout.
func (bar) Layout(o []fyne.CanvasObject, size fyne.Size) {
	ground, sign, items := o[0], o[1], o[2:]
	ground.Move(fyne.NewPos(0, 0))
	ground.Resize(size)
	n := float32(len(items))
	if size.Width > size.Height {
		top := signRoom(sign, signLine)
		sign.Move(fyne.NewPos(0, 0))
		sign.Resize(fyne.NewSize(size.Width, signLine))
		for i, item := range items {
			item.Move(fyne.NewPos(float32(i)*size.Width/n, top))
			item.Resize(fyne.NewSize(size.Width/n, size.Height-top))
		}
		return
	}
	high := min(railHeight, (size.Height-2*theme.Grid-signRoom(sign, signHeight))/n-theme.Grid)
	for i, item := range items {
		item.Move(fyne.NewPos(theme.Grid, 2*theme.Grid+float32(i)*(high+theme.Grid)))
		item.Resize(fyne.NewSize(size.Width-2*theme.Grid, high))
	}
	words := min(widgets.HeightFor(sign, size.Width-2*theme.Grid), signHeight)
	sign.Move(fyne.NewPos(theme.Grid, size.Height-theme.Grid-words))
	sign.Resize(fyne.NewSize(size.Width-2*theme.Grid, words))
}

func signRoom(sign fyne.CanvasObject, high float32) float32 {
	if sign.Visible() {
		return high
	}
	return 0
}

// MinSize implements fyne.Layout.
func (bar) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(railWidth, railHeight+signRoom(o[1], signLine))
}

// shell puts the bar at the left of the pages, or below them, the notice above them while
// there is one, and a line of words under them.
type shell struct{}

// Layout implements fyne.Layout.
func (shell) Layout(o []fyne.CanvasObject, size fyne.Size) {
	rail, pages, notice, foot := o[0], o[1], o[2], o[3]
	left, width, height := float32(railWidth), size.Width-railWidth, size.Height
	if size.Width < railSlim {
		high := rail.MinSize().Height
		left, width, height = 0, size.Width, size.Height-high
		rail.Move(fyne.NewPos(0, height))
		rail.Resize(fyne.NewSize(width, high))
	} else {
		rail.Move(fyne.NewPos(0, 0))
		rail.Resize(fyne.NewSize(railWidth, height))
	}
	place := func(o fyne.CanvasObject, top func(high float32) float32) (high float32) {
		if o.Visible() {
			high = widgets.HeightFor(o, width)
			o.Move(fyne.NewPos(left, top(high)))
			o.Resize(fyne.NewSize(width, high))
		}
		return high
	}
	above := place(notice, func(float32) float32 { return 0 })
	below := place(foot, func(high float32) float32 { return height - high })
	pages.Move(fyne.NewPos(left, above))
	pages.Resize(fyne.NewSize(width, height-above-below))
}

// MinSize implements fyne.Layout: narrow enough to stand beside a phone.
func (shell) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(320, 360) }
