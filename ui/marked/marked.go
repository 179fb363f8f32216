// Package marked is a text in which some words stand on a ground of their own.
package marked

import (
	"image/color"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// Span is a part of a line, in bytes.
type Span struct{ From, To int }

// Text is a text with marks.
type Text struct {
	widget.BaseWidget
	text  *widgets.Text
	size  fyne.ThemeSizeName
	find  func(lines []string) [][]Span
	marks []*canvas.Rectangle
	seen  int // how many of them are shown
}

// New returns an empty Text. find says for each of the lines what is marked in it.
func New(size fyne.ThemeSizeName, find func(lines []string) [][]Span) *Text {
	m := &Text{text: widgets.NewText(widgets.Style{Size: size}), size: size, find: find}
	m.ExtendBaseWidget(m)
	return m
}

// SetText shows a text; the parent has to be arranged.
func (m *Text) SetText(text string) { m.text.SetText(text) }

// Text returns all of the text.
func (m *Text) Text() string { return m.text.Text() }

// Marks returns how many marks are shown.
func (m *Text) Marks() int { return m.seen }

// HeightFor implements widgets.Flow.
func (m *Text) HeightFor(width float32) float32 { return m.text.HeightFor(width) }

// MinSize implements fyne.CanvasObject.
func (m *Text) MinSize() fyne.Size { return m.text.MinSize() }

// Arrange lays the marks out again, after the text has changed.
func (m *Text) Arrange() { m.arrange(m.Size()) }

func (m *Text) arrange(size fyne.Size) {
	m.text.Resize(size)
	m.text.Move(fyne.NewPos(0, 0))
	m.seen = 0
	lines := m.text.Shown()
	if m.text.Text() == "" || len(lines) == 0 || size.Width <= 0 {
		return
	}
	high := m.HeightFor(size.Width) / float32(len(lines))
	letters := m.Theme().Size(m.size)
	wide := func(s string) float32 { return fyne.MeasureText(s, letters, fyne.TextStyle{}).Width }
	for i, spans := range m.find(lines) {
		line := lines[i]
		for _, at := range spans {
			left, right := wide(line[:at.From]), wide(line[:at.To])
			if fromRight(line) { // where a part of such a line stands is known to who shapes it
				left, right = 0, size.Width
			}
			m.mark(left, float32(i)*high, right-left, high)
		}
	}
}

func (m *Text) mark(x, y, w, h float32) {
	if m.seen == len(m.marks) {
		r := canvas.NewRectangle(color.Transparent)
		r.CornerRadius = 3
		m.marks = append(m.marks, r)
	}
	r := m.marks[m.seen]
	m.seen++
	variant := fyne.CurrentApp().Settings().ThemeVariant()
	r.FillColor = m.Theme().Color(theme.AmberPale, variant)
	r.StrokeColor, r.StrokeWidth = m.Theme().Color(theme.Amber, variant), 1
	r.Move(fyne.NewPos(x-1, y))
	r.Resize(fyne.NewSize(w+2, h))
}

// fromRight reports whether some letter belongs to a script that runs from right to
// left.
func fromRight(line string) bool {
	for _, r := range line {
		if unicode.Is(unicode.Hebrew, r) || unicode.Is(unicode.Arabic, r) {
			return true
		}
	}
	return false
}

// CreateRenderer implements fyne.Widget.
func (m *Text) CreateRenderer() fyne.WidgetRenderer { return &renderer{m} }

type renderer struct{ m *Text }

func (r *renderer) Layout(size fyne.Size) { r.m.arrange(size) }
func (r *renderer) MinSize() fyne.Size    { return r.m.MinSize() }
func (r *renderer) Destroy()              {}

func (r *renderer) Refresh() {
	r.m.text.Refresh()
	r.m.arrange(r.m.Size())
	canvas.Refresh(r.m)
}

func (r *renderer) Objects() []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, 0, r.m.seen+1)
	for _, mark := range r.m.marks[:r.m.seen] {
		out = append(out, mark)
	}
	return append(out, r.m.text)
}
