// Package panes holds what the pages with a list and a reading pane share: the
// two panes, which take turns in a narrow window, the rows of the list, the box
// that filters it, and what an empty page says.
package panes

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/widgets"
)

// narrowBelow is the width under which list and reading pane take turns.
const narrowBelow = 720

// Split shows a list at the left and what was chosen at the right. In a narrow
// window it shows one of them: the list, or after Read the reading pane with a
// way back above it.
type Split struct {
	widget.BaseWidget
	// OnBack is called when the rep goes back from the reading pane to the list.
	OnBack func()

	list, reading fyne.CanvasObject
	rule          fyne.CanvasObject
	back          *widget.Button
	narrow, read  bool
}

// NewSplit returns a Split of the two.
func NewSplit(list, reading fyne.CanvasObject) *Split {
	s := &Split{list: list, reading: reading, rule: widget.NewSeparator()}
	s.back = widget.NewButtonWithIcon("Back to the list", theme.NavigateBackIcon(), func() {
		s.Read(false)
		if s.OnBack != nil {
			s.OnBack()
		}
	})
	s.back.Importance = widget.LowImportance
	s.back.Alignment = widget.ButtonAlignLeading
	s.ExtendBaseWidget(s)
	return s
}

// Read turns to the reading pane, or back to the list. In a wide window, where
// both are seen, it shows at once only after the window has become narrow.
func (s *Split) Read(on bool) {
	s.read = on
	s.arrange(s.Size())
}

// Arrange lays both panes out again, after texts in them have changed.
func (s *Split) Arrange() { s.arrange(s.Size()) }

// Narrow reports whether the panes take turns.
func (s *Split) Narrow() bool { return s.narrow }

// ReadingSeen reports whether the reading pane is shown.
func (s *Split) ReadingSeen() bool { return s.reading.Visible() }

// MinSize implements fyne.CanvasObject.
func (s *Split) MinSize() fyne.Size { return fyne.NewSize(240, 160) }

// CreateRenderer implements fyne.Widget.
func (s *Split) CreateRenderer() fyne.WidgetRenderer { return &splitRenderer{s} }

func (s *Split) arrange(size fyne.Size) {
	if size.Width <= 0 {
		return
	}
	s.narrow = size.Width < narrowBelow
	show(s.list, !s.narrow || !s.read)
	show(s.reading, !s.narrow || s.read)
	show(s.back, s.narrow && s.read)
	show(s.rule, !s.narrow)
	if s.narrow {
		put(s.list, 0, 0, size.Width, size.Height)
		bar := s.back.MinSize()
		put(s.back, 8, 4, bar.Width, bar.Height)
		put(s.reading, 0, bar.Height+8, size.Width, size.Height-bar.Height-8)
		return
	}
	left := min(max(size.Width*0.36, 300), 440)
	put(s.list, 0, 0, left, size.Height)
	put(s.rule, left, 0, 1, size.Height)
	put(s.reading, left+1, 0, size.Width-left-1, size.Height)
}

func show(o fyne.CanvasObject, on bool) {
	if on == o.Visible() {
		return
	}
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

// put lays o out at this place, also when its size stays: its texts may be others.
func put(o fyne.CanvasObject, x, y, w, h float32) {
	size := fyne.NewSize(w, h)
	same := o.Size() == size
	o.Move(fyne.NewPos(x, y))
	o.Resize(size)
	if same {
		widgets.Arrange(o)
	}
}

type splitRenderer struct{ s *Split }

func (r *splitRenderer) Layout(size fyne.Size) { r.s.arrange(size) }
func (r *splitRenderer) MinSize() fyne.Size    { return r.s.MinSize() }
func (r *splitRenderer) Destroy()              {}
func (r *splitRenderer) Refresh() {
	r.s.arrange(r.s.Size())
	for _, o := range r.Objects() {
		o.Refresh()
	}
}
func (r *splitRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.s.list, r.s.rule, r.s.back, r.s.reading}
}

// Measured keeps an object from becoming wider than can be read with ease.
type Measured struct {
	widget.BaseWidget
	object fyne.CanvasObject
	most   float32
	middle bool // between left and right
	centre bool // and a little above the middle of the height
}

// Most returns o at most so wide, at the left.
func Most(width float32, o fyne.CanvasObject) *Measured {
	m := &Measured{object: o, most: width}
	m.ExtendBaseWidget(m)
	return m
}

// Centred moves the inside to the middle of what is wider than it may be.
func Centred(m *Measured) *Measured {
	m.middle = true
	return m
}

// HeightFor implements widgets.Flow.
func (m *Measured) HeightFor(width float32) float32 {
	return widgets.HeightFor(m.object, min(width, m.most))
}

// MinSize implements fyne.CanvasObject.
func (m *Measured) MinSize() fyne.Size {
	return fyne.NewSize(m.object.MinSize().Width, m.HeightFor(max(m.Size().Width, 1)))
}

// Resize implements fyne.CanvasObject. The inside is laid out even when the size
// stays, because its texts may have changed.
func (m *Measured) Resize(size fyne.Size) {
	m.BaseWidget.Resize(size)
	m.arrange()
}

func (m *Measured) arrange() {
	size := m.Size()
	if size.Width <= 0 {
		return
	}
	w := min(size.Width, m.most)
	at, h := fyne.NewPos(0, 0), size.Height
	if m.centre {
		h = widgets.HeightFor(m.object, w)
		at = fyne.NewPos((size.Width-w)/2, max(size.Height*0.4-h/2, 0))
	}
	if m.middle {
		at.X = (size.Width - w) / 2
	}
	m.object.Move(at)
	m.object.Resize(fyne.NewSize(w, h))
	widgets.Arrange(m.object)
}

// Arrange lays the inside out again at the size that there is, after texts have
// changed.
func (m *Measured) Arrange() { m.arrange() }

// CreateRenderer implements fyne.Widget.
func (m *Measured) CreateRenderer() fyne.WidgetRenderer { return &measuredRenderer{m} }

type measuredRenderer struct{ m *Measured }

func (r *measuredRenderer) Layout(fyne.Size)             { r.m.arrange() }
func (r *measuredRenderer) MinSize() fyne.Size           { return r.m.MinSize() }
func (r *measuredRenderer) Refresh()                     { r.m.arrange(); r.m.object.Refresh() }
func (r *measuredRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.m.object} }
func (r *measuredRenderer) Destroy()                     {}
