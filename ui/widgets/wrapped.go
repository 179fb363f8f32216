package widgets

import "fyne.io/fyne/v2"

// wrapped is a layout of small things in rows, as words are in lines.
type wrapped struct{ gap float32 }

// Wrapped puts objects side by side, and goes on below when the width is used up.
func Wrapped(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return contain(&wrapped{gap}, objects...)
}

func (l *wrapped) each(objects []fyne.CanvasObject, width float32, at func(fyne.CanvasObject, fyne.Position, fyne.Size)) float32 {
	x, y, high := float32(0), float32(0), float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		w := min(natural(o), width)
		if x > 0 && x+w > width {
			x, y, high = 0, y+high+l.gap, 0
		}
		h := HeightFor(o, w)
		at(o, fyne.NewPos(x, y), fyne.NewSize(w, h))
		x, high = x+w+l.gap, max(high, h)
	}
	return y + high
}

func (l *wrapped) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return l.each(objects, width, func(fyne.CanvasObject, fyne.Position, fyne.Size) {})
}

// Layout implements fyne.Layout.
func (l *wrapped) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if size.Width > 0 {
		l.each(objects, size.Width, place)
	}
}

// MinSize implements fyne.Layout.
func (l *wrapped) MinSize(objects []fyne.CanvasObject) fyne.Size {
	w, h := float32(0), float32(0)
	for _, o := range objects {
		if o.Visible() {
			m := o.MinSize()
			w, h = max(w, m.Width), max(h, m.Height)
		}
	}
	return fyne.NewSize(w, h)
}

// pair is a layout of a narrow first object and a wide second one.
type pair struct{ first float32 }

// Pair puts name, as wide as first says, beside o, which gets the rest.
func Pair(first float32, name, o fyne.CanvasObject) *fyne.Container {
	return contain(&pair{first}, name, o)
}

func (l *pair) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	return max(HeightFor(objects[0], l.first), HeightFor(objects[1], width-l.first))
}

// Layout implements fyne.Layout.
func (l *pair) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	place(objects[0], fyne.NewPos(0, 1), fyne.NewSize(l.first-4, HeightFor(objects[0], l.first-4)))
	place(objects[1], fyne.NewPos(l.first, 0), fyne.NewSize(size.Width-l.first, HeightFor(objects[1], size.Width-l.first)))
}

// MinSize implements fyne.Layout.
func (l *pair) MinSize(objects []fyne.CanvasObject) fyne.Size {
	m := objects[1].MinSize()
	return fyne.NewSize(l.first+m.Width, max(objects[0].MinSize().Height, m.Height))
}
