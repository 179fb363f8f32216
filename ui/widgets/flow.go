package widgets

import "fyne.io/fyne/v2"

// Flow is an object whose height follows from its width.
type Flow interface {
	fyne.CanvasObject
	// HeightFor returns the height that the object needs at this width.
	HeightFor(width float32) float32
}

// flowLayout is a layout that knows the height of its objects at a width.
type flowLayout interface {
	fyne.Layout
	heightFor(objects []fyne.CanvasObject, width float32) float32
}

// arranged is a widget that can lay out its inside again at the size it has.
type arranged interface{ Arrange() }

// HeightFor returns the height that any object needs at a width: by Flow, by the
// layout of a container of this package, else its MinSize.
func HeightFor(o fyne.CanvasObject, width float32) float32 {
	switch o := o.(type) {
	case Flow:
		return o.HeightFor(width)
	case *fyne.Container:
		if l, ok := o.Layout.(flowLayout); ok {
			return l.heightFor(o.Objects, width)
		}
	}
	return o.MinSize().Height
}

// natural returns the width at which the object shows all on one line.
func natural(o fyne.CanvasObject) float32 {
	switch o := o.(type) {
	case interface{ natural() float32 }:
		return o.natural()
	case *fyne.Container:
		if l, ok := o.Layout.(*inset); ok && len(o.Objects) == 2 {
			return natural(o.Objects[1]) + l.pad.Left + l.pad.Right
		}
		if l, ok := o.Layout.(*row); ok {
			return l.natural(o.Objects)
		}
		if _, ok := o.Layout.(*column); ok {
			return widest(o.Objects)
		}
	}
	return o.MinSize().Width
}

func widest(objects []fyne.CanvasObject) float32 {
	w := float32(0)
	for _, o := range objects {
		if o.Visible() {
			w = max(w, natural(o))
		}
	}
	return w
}

// Arrange lays o and all below it out again, at the size that o has. It is to be
// called once on the common parent after texts have changed.
func Arrange(o fyne.CanvasObject) { place(o, o.Position(), o.Size()) }

// place moves and resizes o; its inside is laid out even when neither changes. A
// container that is moved to where it is would have the window painted again. What has no
// width is not seen: it is laid out once it has one.
func place(o fyne.CanvasObject, at fyne.Position, size fyne.Size) {
	if size.Width <= 0 && o.Size().Width <= 0 {
		return
	}
	if o.Position() != at {
		o.Move(at)
	}
	if o.Size() != size {
		o.Resize(size)
		return
	}
	switch o := o.(type) {
	case arranged:
		o.Arrange()
	case *fyne.Container:
		if o.Layout != nil {
			o.Layout.Layout(o.Objects, size)
		}
	}
}

// column is a layout from top to bottom. It remembers its width, so that Fyne,
// which asks for a minimum without naming one, gets an honest answer.
type column struct {
	gap   float32
	fill  fyne.CanvasObject // takes the height that is left over
	width float32
}

// contain returns a container that is laid out when it gets a size, and not, as Fyne's own
// are, while it is being made: most of a window is not seen at its start.
func contain(l fyne.Layout, objects ...fyne.CanvasObject) *fyne.Container {
	return &fyne.Container{Layout: l, Objects: objects}
}

// Column puts objects below one another, each as wide as the column and as high
// as its text needs, with gap between those that are visible.
func Column(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return contain(&column{gap: gap}, objects...)
}

// ColumnFilled is a Column in which fill, one of the objects, takes the height
// that the others leave, but at least its own.
func ColumnFilled(gap float32, fill fyne.CanvasObject, objects ...fyne.CanvasObject) *fyne.Container {
	return contain(&column{gap: gap, fill: fill}, objects...)
}

// either is the layout of objects of which one is shown at a time.
type either struct{}

// Either gives all the room to the first object that is visible.
func Either(objects ...fyne.CanvasObject) *fyne.Container {
	return contain(&either{}, objects...)
}

func (*either) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	for _, o := range objects {
		if o.Visible() {
			return HeightFor(o, width)
		}
	}
	return 0
}

// Layout implements fyne.Layout.
func (*either) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		if o.Visible() {
			place(o, fyne.NewPos(0, 0), size)
			return
		}
	}
}

// MinSize implements fyne.Layout.
func (*either) MinSize(objects []fyne.CanvasObject) fyne.Size {
	for _, o := range objects {
		if o.Visible() {
			return o.MinSize()
		}
	}
	return fyne.Size{}
}

func (c *column) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	h, n := float32(0), 0
	for _, o := range objects {
		if own := visibleHeight(o, width); own > 0 {
			h += own
			n++
		}
	}
	return h + c.gap*float32(max(n-1, 0))
}

// Layout implements fyne.Layout.
func (c *column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if size.Width <= 0 {
		return // it is being made
	}
	c.width = size.Width
	spare := max(size.Height-c.heightFor(objects, size.Width), 0)
	y := float32(0)
	for _, o := range objects {
		h := visibleHeight(o, size.Width)
		if h <= 0 {
			continue
		}
		if o == c.fill {
			h += spare
		}
		place(o, fyne.NewPos(0, y), fyne.NewSize(size.Width, h))
		y += h + c.gap
	}
}

// visibleHeight is 0 for what is hidden: it takes no room, and no gap.
func visibleHeight(o fyne.CanvasObject, width float32) float32 {
	if !o.Visible() {
		return 0
	}
	return HeightFor(o, width)
}

// MinSize implements fyne.Layout.
func (c *column) MinSize(objects []fyne.CanvasObject) fyne.Size {
	w := float32(0)
	for _, o := range objects {
		if o.Visible() {
			w = max(w, o.MinSize().Width)
		}
	}
	return fyne.NewSize(w, c.heightFor(objects, max(c.width, w)))
}

// row is a layout from left to right.
type row struct {
	gap     float32
	stretch fyne.CanvasObject
}

// Row puts objects side by side at their natural widths, centred on one line
// when they are lower than the highest; stretch, one of them, takes the rest.
func Row(gap float32, stretch fyne.CanvasObject, objects ...fyne.CanvasObject) *fyne.Container {
	return contain(&row{gap: gap, stretch: stretch}, objects...)
}

func (r *row) natural(objects []fyne.CanvasObject) float32 {
	w, n := float32(0), 0
	for _, o := range objects {
		if o.Visible() {
			w += natural(o)
			n++
		}
	}
	return w + r.gap*float32(max(n-1, 0))
}

// widths shares width among the visible objects: the stretched one gets what is
// left, and when that is not enough the others are cut from the right.
func (r *row) widths(objects []fyne.CanvasObject, width float32) []float32 {
	out := make([]float32, len(objects))
	left, n := width, 0
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		n++
		if o != r.stretch {
			out[i] = min(natural(o), width)
			left -= out[i]
		}
	}
	left -= r.gap * float32(max(n-1, 0))
	for i, o := range objects {
		if o == r.stretch && o.Visible() {
			out[i] = max(left, o.MinSize().Width)
			left -= out[i]
		}
	}
	for i := len(objects) - 1; i >= 0 && left < 0; i-- {
		if objects[i].Visible() && objects[i] != r.stretch {
			cut := min(-left, max(out[i]-24, 0))
			out[i] -= cut
			left += cut
		}
	}
	return out
}

func (r *row) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	h := float32(0)
	for i, w := range r.widths(objects, width) {
		if objects[i].Visible() {
			h = max(h, HeightFor(objects[i], w))
		}
	}
	return h
}

// Layout implements fyne.Layout.
func (r *row) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if size.Width <= 0 {
		return // it is being made
	}
	x := float32(0)
	for i, w := range r.widths(objects, size.Width) {
		o := objects[i]
		if !o.Visible() {
			continue
		}
		h := min(HeightFor(o, w), size.Height)
		place(o, fyne.NewPos(x, (size.Height-h)/2), fyne.NewSize(w, h))
		x += w + r.gap
	}
}

// MinSize implements fyne.Layout.
func (r *row) MinSize(objects []fyne.CanvasObject) fyne.Size {
	w, h, n := float32(0), float32(0), 0
	for _, o := range objects {
		if o.Visible() {
			m := o.MinSize()
			w, h, n = w+m.Width, max(h, m.Height), n+1
		}
	}
	return fyne.NewSize(w+r.gap*float32(max(n-1, 0)), h)
}
