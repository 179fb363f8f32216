package notes

import (
	"image/color"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"ringside/assist/sift"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// marked is a text in which words that were looked for stand on a ground of their own.
type marked struct {
	widget.BaseWidget
	text  *widgets.Text
	size  fyne.ThemeSizeName
	words string
	marks []*canvas.Rectangle
	seen  int // how many of them are shown
}

func newMarked(size fyne.ThemeSizeName) *marked {
	m := &marked{size: size, text: widgets.NewText(widgets.Style{Size: size})}
	m.ExtendBaseWidget(m)
	return m
}

// set shows a text; the parent has to be arranged.
func (m *marked) set(text, words string) {
	m.words = words
	m.text.SetText(text)
}

// HeightFor implements widgets.Flow.
func (m *marked) HeightFor(width float32) float32 { return m.text.HeightFor(width) }

// MinSize implements fyne.CanvasObject.
func (m *marked) MinSize() fyne.Size { return m.text.MinSize() }

// Arrange lays the marks out again, after the text has changed.
func (m *marked) Arrange() { m.arrange(m.Size()) }

func (m *marked) arrange(size fyne.Size) {
	m.text.Resize(size)
	m.text.Move(fyne.NewPos(0, 0))
	m.seen = 0
	lines := m.text.Shown()
	if m.words == "" || len(lines) == 0 || size.Width <= 0 {
		return
	}
	high := m.HeightFor(size.Width) / float32(len(lines))
	letters := m.Theme().Size(m.size)
	wide := func(s string) float32 { return fyne.MeasureText(s, letters, fyne.TextStyle{}).Width }
	for i, line := range lines {
		for _, at := range sift.Marks(line, m.words) {
			left, right := wide(line[:at.From]), wide(line[:at.To])
			if fromRight(line) { // where a part of such a line stands is known to who shapes it
				left, right = size.Width-min(wide(line), size.Width), size.Width
			}
			m.mark(left, float32(i)*high, right-left, high)
		}
	}
}

func (m *marked) mark(x, y, w, h float32) {
	if m.seen == len(m.marks) {
		r := canvas.NewRectangle(color.Transparent)
		r.CornerRadius = 3
		m.marks = append(m.marks, r)
	}
	r := m.marks[m.seen]
	m.seen++
	r.FillColor = m.Theme().Color(theme.AmberPale, fyne.CurrentApp().Settings().ThemeVariant())
	r.StrokeColor, r.StrokeWidth = m.Theme().Color(theme.Amber, fyne.CurrentApp().Settings().ThemeVariant()), 1
	r.Move(fyne.NewPos(x-1, y))
	r.Resize(fyne.NewSize(w+2, h))
}

func fromRight(line string) bool {
	for _, r := range line {
		if unicode.Is(unicode.Hebrew, r) || unicode.Is(unicode.Arabic, r) {
			return true
		}
	}
	return false
}

// CreateRenderer implements fyne.Widget.
func (m *marked) CreateRenderer() fyne.WidgetRenderer { return &markedRenderer{m} }

type markedRenderer struct{ m *marked }

func (r *markedRenderer) Layout(size fyne.Size) { r.m.arrange(size) }
func (r *markedRenderer) MinSize() fyne.Size    { return r.m.MinSize() }
func (r *markedRenderer) Destroy()              {}

func (r *markedRenderer) Refresh() {
	r.m.text.Refresh()
	r.m.arrange(r.m.Size())
	canvas.Refresh(r.m)
}

func (r *markedRenderer) Objects() []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, 0, r.m.seen+1)
	for _, mark := range r.m.marks[:r.m.seen] {
		out = append(out, mark)
	}
	return append(out, r.m.text)
}
