package edit

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// field is a box with its name: at the left, or above it where there is little room.
type field struct {
	widget.BaseWidget
	name, box fyne.CanvasObject
}

const (
	nameWidth  = 104
	nameHigh   = 20
	aboveBelow = 440 // the width under which the name stands above
)

func newField(name string, box fyne.CanvasObject) *field {
	f := &field{name: widgets.Say(widgets.Style{Size: theme.Small, Bold: true, Lines: 1}, name), box: box}
	f.ExtendBaseWidget(f)
	return f
}

// HeightFor implements widgets.Flow.
func (f *field) HeightFor(width float32) float32 {
	if width < aboveBelow {
		return nameHigh + widgets.HeightFor(f.box, width)
	}
	return widgets.HeightFor(f.box, width-nameWidth)
}

// Arrange lays the inside out again.
func (f *field) Arrange() {
	size := f.Size()
	if size.Width < aboveBelow {
		put(f.name, 0, 0, size.Width, nameHigh)
		put(f.box, 0, nameHigh, size.Width, size.Height-nameHigh)
		return
	}
	put(f.name, 0, 8, nameWidth-4, nameHigh)
	put(f.box, nameWidth, 0, size.Width-nameWidth, size.Height)
}

// MinSize implements fyne.CanvasObject.
func (f *field) MinSize() fyne.Size { return fyne.NewSize(120, 20) }

// CreateRenderer implements fyne.Widget.
func (f *field) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(fyne.NewContainerWithLayout(&inside{f}, f.name, f.box))
}

// twins are two things to compare: side by side, or below one another where there is
// little room.
type twins struct {
	widget.BaseWidget
	a, b fyne.CanvasObject
}

const twinGap = 8

func newTwins(a, b fyne.CanvasObject) *twins {
	t := &twins{a: a, b: b}
	t.ExtendBaseWidget(t)
	return t
}

// half is the width of each; stacked tells that they stand below one another.
func (t *twins) half(width float32) (half float32, stacked bool) {
	if width < aboveBelow {
		return width, true
	}
	return (width - twinGap) / 2, false
}

// HeightFor implements widgets.Flow.
func (t *twins) HeightFor(width float32) float32 {
	half, stacked := t.half(width)
	a, b := widgets.HeightFor(t.a, half), widgets.HeightFor(t.b, half)
	if stacked {
		return a + twinGap + b
	}
	return max(a, b)
}

// Arrange lays both out again.
func (t *twins) Arrange() {
	half, stacked := t.half(t.Size().Width)
	if stacked {
		a := widgets.HeightFor(t.a, half)
		put(t.a, 0, 0, half, a)
		put(t.b, 0, a+twinGap, half, widgets.HeightFor(t.b, half))
		return
	}
	put(t.a, 0, 0, half, t.Size().Height)
	put(t.b, half+twinGap, 0, half, t.Size().Height)
}

// MinSize implements fyne.CanvasObject.
func (t *twins) MinSize() fyne.Size { return fyne.NewSize(120, 20) }

// CreateRenderer implements fyne.Widget.
func (t *twins) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(fyne.NewContainerWithLayout(&inside{t}, t.a, t.b))
}

// inside lets a widget lay out what is in it.
type inside struct {
	of interface {
		Arrange()
		MinSize() fyne.Size
	}
}

// Layout implements fyne.Layout.
func (l *inside) Layout([]fyne.CanvasObject, fyne.Size) { l.of.Arrange() }

// MinSize implements fyne.Layout.
func (l *inside) MinSize([]fyne.CanvasObject) fyne.Size { return l.of.MinSize() }

// growing is a box that has as many rows as its text has lines, within bounds.
type growing struct {
	box       *widgets.Entry
	least, to int
	rows      int
}

// fit gives the box its rows, and reports whether they are others than before.
func (g *growing) fit() bool {
	width := g.box.Size().Width - 18
	if width < 40 {
		return false
	}
	lines, size := 0, g.box.Theme().Size(theme.Body)
	for _, l := range strings.Split(g.box.Text, "\n") {
		lines++
		need := float32(utf8.RuneCountInString(l)) * size * 0.55
		if need > width*0.7 && need < width*3 { // near enough to the edge to be measured
			need = fyne.MeasureText(l, size, fyne.TextStyle{}).Width
		}
		if need > width {
			lines += int(need * 1.06 / width) // words do not fill their lines
		}
	}
	lines = min(max(lines, g.least), g.to)
	if lines == g.rows {
		return false
	}
	g.rows = lines
	g.box.SetMinRowsVisible(lines)
	return true
}
