package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// More is a Text that a tap shows in full when it was cut, and cuts again.
type More struct {
	Text
	// OnGrown is called when the text needs another height.
	OnGrown func()
}

// NewMore returns an empty More.
func NewMore(style Style, onGrown func()) *More {
	m := &More{Text: Text{style: style, fitted: -1}, OnGrown: onGrown}
	if style.Size == "" || style.Colour == "" {
		m.style = NewText(style).style
	}
	m.ExtendBaseWidget(m)
	return m
}

// ShowAll shows every line, or again only as many as the style says.
func (m *More) ShowAll(all bool) {
	if m.whole == all {
		return
	}
	m.whole = all
	m.Refresh()
	if m.OnGrown != nil {
		m.OnGrown()
	}
}

// Tapped implements fyne.Tappable.
func (m *More) Tapped(*fyne.PointEvent) {
	if m.cut || m.whole {
		m.ShowAll(!m.whole)
	}
}

// Cursor implements desktop.Cursorable.
func (m *More) Cursor() desktop.Cursor {
	if m.cut || m.whole {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}
