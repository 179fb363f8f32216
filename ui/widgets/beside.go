package widgets

import "fyne.io/fyne/v2"

// beside is a layout of two equals.
type beside struct{ gap, least float32 }

// Beside puts two objects side by side while each has at least so much width, else below
// one another. Where one is hidden, the other has all the room.
func Beside(gap, least float32, a, b fyne.CanvasObject) *fyne.Container {
	return contain(&beside{gap, least}, a, b)
}

// half returns the width of each, and whether they stand side by side.
func (l *beside) half(width float32) (float32, bool) {
	if half := (width - l.gap) / 2; half >= l.least {
		return half, true
	}
	return width, false
}

// alone returns the one object that is visible; nil when both are.
func (*beside) alone(objects []fyne.CanvasObject) fyne.CanvasObject {
	switch {
	case !objects[0].Visible():
		return objects[1]
	case !objects[1].Visible():
		return objects[0]
	}
	return nil
}

func (l *beside) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	if o := l.alone(objects); o != nil {
		return visibleHeight(o, width)
	}
	w, side := l.half(width)
	a, b := HeightFor(objects[0], w), HeightFor(objects[1], w)
	if side {
		return max(a, b)
	}
	return a + l.gap + b
}

// Layout implements fyne.Layout.
func (l *beside) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if o := l.alone(objects); o != nil {
		place(o, fyne.NewPos(0, 0), size)
		return
	}
	w, side := l.half(size.Width)
	a, b := HeightFor(objects[0], w), HeightFor(objects[1], w)
	at := fyne.NewPos(0, a+l.gap)
	if side {
		a, b = max(a, b), max(a, b)
		at = fyne.NewPos(w+l.gap, 0)
	}
	place(objects[0], fyne.NewPos(0, 0), fyne.NewSize(w, a))
	place(objects[1], at, fyne.NewSize(w, b))
}

// MinSize implements fyne.Layout.
func (l *beside) MinSize(objects []fyne.CanvasObject) fyne.Size {
	w := max(objects[0].MinSize().Width, objects[1].MinSize().Width)
	return fyne.NewSize(w, l.heightFor(objects, w))
}
