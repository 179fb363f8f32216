package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Edges are distances inside a box, in Fyne's pixels.
type Edges struct{ Left, Top, Right, Bottom float32 }

// Even returns the same distance at all four edges.
func Even(d float32) Edges { return Edges{d, d, d, d} }

// Sides returns x at the left and right, y at the top and bottom.
func Sides(x, y float32) Edges { return Edges{x, y, x, y} }

// inset puts its second object on its first, with a distance to its edges.
type inset struct{ pad Edges }

// Pad gives o room on all sides.
func Pad(pad Edges, o fyne.CanvasObject) *fyne.Container {
	return On(canvas.NewRectangle(color.Transparent), pad, o)
}

// On puts o on a ground that covers all, with room on all sides.
func On(ground fyne.CanvasObject, pad Edges, o fyne.CanvasObject) *fyne.Container {
	return contain(&inset{pad}, ground, o)
}

func (l *inset) heightFor(objects []fyne.CanvasObject, width float32) float32 {
	inner := visibleHeight(objects[1], width-l.pad.Left-l.pad.Right)
	if inner <= 0 {
		return 0
	}
	return inner + l.pad.Top + l.pad.Bottom
}

// Layout implements fyne.Layout.
func (l *inset) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	place(objects[0], fyne.NewPos(0, 0), size)
	place(objects[1], fyne.NewPos(l.pad.Left, l.pad.Top),
		size.SubtractWidthHeight(l.pad.Left+l.pad.Right, l.pad.Top+l.pad.Bottom))
}

// MinSize implements fyne.Layout.
func (l *inset) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return objects[1].MinSize().AddWidthHeight(l.pad.Left+l.pad.Right, l.pad.Top+l.pad.Bottom)
}

// Ground is a plain or rounded area in colours of the theme; an empty name means
// none.
type Ground struct {
	widget.BaseWidget
	fill, line fyne.ThemeColorName
	radius     float32
	ring       bool // a thick edge: this has the keyboard
	rect       *canvas.Rectangle
}

// NewGround returns a Ground filled with fill and edged with line.
func NewGround(fill, line fyne.ThemeColorName, radius float32) *Ground {
	g := &Ground{fill: fill, line: line, radius: radius, rect: canvas.NewRectangle(color.Transparent)}
	g.ExtendBaseWidget(g)
	return g
}

// SetColours changes both colours.
func (g *Ground) SetColours(fill, line fyne.ThemeColorName) {
	if g.fill != fill || g.line != line {
		g.fill, g.line = fill, line
		g.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (g *Ground) CreateRenderer() fyne.WidgetRenderer {
	g.paint()
	return &groundRenderer{widget.NewSimpleRenderer(g.rect), g}
}

type groundRenderer struct {
	fyne.WidgetRenderer
	g *Ground
}

// Refresh implements fyne.WidgetRenderer.
func (r *groundRenderer) Refresh() {
	r.g.paint()
	r.g.rect.Refresh()
}

func (g *Ground) paint() {
	g.rect.CornerRadius = g.radius
	g.rect.FillColor = colour(g, g.fill)
	g.rect.StrokeColor, g.rect.StrokeWidth = colour(g, g.line), 1
	switch {
	case g.ring:
		g.rect.StrokeWidth = 2
	case g.line == "":
		g.rect.StrokeWidth = 0
	}
}

// colour is a colour of the theme that w stands in; an empty name is transparent.
func colour(w fyne.Widget, name fyne.ThemeColorName) color.Color {
	if name == "" {
		return color.Transparent
	}
	themed, ok := w.(interface{ Theme() fyne.Theme })
	if !ok {
		return color.Transparent
	}
	return themed.Theme().Color(name, fyne.CurrentApp().Settings().ThemeVariant())
}

// Line returns a hairline across.
func Line() fyne.CanvasObject { return widget.NewSeparator() }

// Tall scrolls a Flow that is higher than the room it has; it is never scrolled
// sideways.
type Tall struct {
	box
	// Fit, when it is set, is called before the inside is laid out and may show less
	// until fits says that all of it can be seen without scrolling. resized: the room
	// has changed since the last time.
	Fit    func(resized bool, fits func() bool)
	fitted fyne.Size
	inner  *box // a scroll paints the window for every move of a container, but not of a widget
	scroll *container.Scroll
}

// NewTall returns a Tall that shows o.
func NewTall(o fyne.CanvasObject) *Tall {
	t := &Tall{inner: &box{content: Column(0, o)}}
	t.inner.ExtendBaseWidget(t.inner)
	t.scroll = container.NewVScroll(t.inner)
	t.content = t.scroll
	t.ExtendBaseWidget(t)
	return t
}

// HeightFor implements Flow: enough to show that there is something.
func (t *Tall) HeightFor(float32) float32 { return 48 }

// ScrollToTop shows the beginning. The scroll is told only when it shows something
// else: it draws everything in it again.
func (t *Tall) ScrollToTop() {
	if t.scroll.Offset.Y != 0 {
		t.scroll.ScrollToTop()
	}
}

// Page scrolls by most of what is seen: down by 1, up by -1. It reports whether there was
// more that way.
func (t *Tall) Page(way int) bool {
	before := t.scroll.Offset.Y
	to := before + float32(way)*0.85*t.Size().Height
	t.scroll.ScrollToOffset(fyne.NewPos(0, min(max(to, 0), max(t.inner.Size().Height-t.Size().Height, 0))))
	return t.scroll.Offset.Y != before
}

// Reveal scrolls no further than it takes to see an object inside, with room above
// and below it.
func (t *Tall) Reveal(o fyne.CanvasObject, above, below float32) {
	d := fyne.CurrentApp().Driver()
	top := d.AbsolutePositionForObject(o).Y - d.AbsolutePositionForObject(t.inner).Y
	to := max(t.scroll.Offset.Y, top+o.Size().Height+below-t.Size().Height)
	to = min(to, max(top-above, 0))
	to = min(to, max(t.inner.Size().Height-t.Size().Height, 0))
	if to != t.scroll.Offset.Y {
		t.scroll.ScrollToOffset(fyne.NewPos(0, to))
	}
}

// Resize implements fyne.CanvasObject.
func (t *Tall) Resize(size fyne.Size) {
	t.BaseWidget.Resize(size)
	t.Arrange()
}

// Arrange lays the inside out again. The scroll is told only of a new size: its
// Refresh draws everything in it again.
func (t *Tall) Arrange() {
	size, before := t.Size(), t.inner.Size()
	if size.Width <= 0 {
		return
	}
	if t.Fit != nil {
		t.Fit(size != t.fitted, func() bool { return HeightFor(t.inner, size.Width) <= size.Height })
		t.fitted = size
	}
	inner := fyne.NewSize(size.Width, max(HeightFor(t.inner, size.Width), size.Height))
	place(t.inner, t.inner.Position(), inner)
	t.scroll.Resize(size)
	if inner != before {
		t.scroll.Refresh()
	}
}

// MinSize implements fyne.CanvasObject.
func (t *Tall) MinSize() fyne.Size { return fyne.NewSize(32, 48) }

// box is a widget whose inside is one object of this package.
type box struct {
	widget.BaseWidget
	content fyne.CanvasObject
}

// CreateRenderer implements fyne.Widget.
func (b *box) CreateRenderer() fyne.WidgetRenderer {
	return &boxRenderer{widget.NewSimpleRenderer(b.content), b}
}

// HeightFor implements Flow.
func (b *box) HeightFor(width float32) float32 { return HeightFor(b.content, width) }

func (b *box) natural() float32 { return natural(b.content) }

// Arrange lays the inside out again.
func (b *box) Arrange() { place(b.content, fyne.NewPos(0, 0), b.Size()) }

type boxRenderer struct {
	fyne.WidgetRenderer
	b *box
}

// Layout implements fyne.WidgetRenderer.
func (r *boxRenderer) Layout(size fyne.Size) { place(r.b.content, fyne.NewPos(0, 0), size) }
