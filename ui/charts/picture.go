package charts

import (
	"bytes"
	"image"
	"image/color"
	"image/png"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/software"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"golang.org/x/image/vector"

	"ringside/assist/chart"
	"ringside/ui/theme"
)

// picture is a chart as it stands in the window.
type picture struct {
	widget.BaseWidget
	chart chart.Chart
	drawn chart.Picture // at the width that it was last asked for
}

func newPicture() *picture {
	p := &picture{}
	p.Hidden = true
	p.ExtendBaseWidget(p)
	return p
}

func (p *picture) set(c chart.Chart) {
	p.chart, p.drawn = c, chart.Picture{}
	p.Refresh()
}

// draw lays the chart out, unless it has that width already.
func (p *picture) draw(width float32) chart.Picture {
	if p.chart == nil {
		return chart.Picture{}
	}
	if p.drawn.Width != width {
		p.drawn = p.chart.Draw(width, measure)
	}
	return p.drawn
}

func measure(text string, size float32, bold bool) float32 {
	return fyne.MeasureText(text, size, fyne.TextStyle{Bold: bold}).Width
}

// HeightFor implements widgets.Flow.
func (p *picture) HeightFor(width float32) float32 { return p.draw(width).Height }

// MinSize implements fyne.CanvasObject.
func (p *picture) MinSize() fyne.Size { return fyne.NewSize(160, p.HeightFor(p.Size().Width)) }

// CreateRenderer implements fyne.Widget.
func (p *picture) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{p: p}
	r.Refresh()
	return r
}

type renderer struct {
	p       *picture
	width   float32
	objects []fyne.CanvasObject
}

// Layout implements fyne.WidgetRenderer.
func (r *renderer) Layout(size fyne.Size) {
	if r.width != size.Width {
		r.paint()
	}
}

// MinSize implements fyne.WidgetRenderer.
func (r *renderer) MinSize() fyne.Size { return r.p.MinSize() }

// Refresh implements fyne.WidgetRenderer. Letters may have another size in another theme.
func (r *renderer) Refresh() {
	r.p.drawn = chart.Picture{}
	r.paint()
	canvas.Refresh(r.p)
}

func (r *renderer) paint() {
	r.width = r.p.Size().Width
	if r.width <= 0 { // its place is not known yet
		r.objects = nil
		return
	}
	th, variant := r.p.Theme(), fyne.CurrentApp().Settings().ThemeVariant()
	r.objects = objects(r.p.draw(r.width), func(name fyne.ThemeColorName) color.Color { return th.Color(name, variant) })
}

// Objects implements fyne.WidgetRenderer.
func (r *renderer) Objects() []fyne.CanvasObject { return r.objects }

// Destroy implements fyne.WidgetRenderer.
func (r *renderer) Destroy() {}

var tones = map[chart.Tone]fyne.ThemeColorName{
	chart.Ink: theme.Ink, chart.Muted: theme.Muted, chart.Accent: theme.Accent, chart.Pale: base.ColorNameSelection,
	chart.Faint: theme.Hairline, chart.Good: theme.Good, chart.Late: theme.Late,
}

// objects returns the marks of a picture in the colours of a theme.
func objects(p chart.Picture, colour func(fyne.ThemeColorName) color.Color) (out []fyne.CanvasObject) {
	for _, m := range p.Marks {
		c, at := colour(tones[m.Tone]), m.Points[0]
		switch m.Shape {
		case chart.Line:
			for i, end := range m.Points[1:] {
				l := canvas.NewLine(c)
				l.StrokeWidth = m.Size
				l.Position1, l.Position2 = pos(m.Points[i]), pos(end)
				out = append(out, l)
			}
		case chart.Area:
			out = append(out, area(m.Points, c))
		case chart.Rectangle:
			out = append(out, between(canvas.NewRectangle(c), at, m.Points[1]))
		case chart.Dot:
			out = append(out, between(canvas.NewCircle(c), chart.Point{X: at.X - m.Size, Y: at.Y - m.Size}, chart.Point{X: at.X + m.Size, Y: at.Y + m.Size}))
		case chart.Words:
			out = append(out, words(m, c))
		}
	}
	return out
}

func pos(p chart.Point) fyne.Position { return fyne.NewPos(p.X, p.Y) }

func between(o fyne.CanvasObject, a, b chart.Point) fyne.CanvasObject {
	o.Move(pos(a))
	o.Resize(fyne.NewSize(b.X-a.X, b.Y-a.Y))
	return o
}

// words returns a text on its baseline.
func words(m chart.Mark, c color.Color) fyne.CanvasObject {
	t := canvas.NewText(m.Text, c)
	t.TextSize, t.TextStyle = m.Size, fyne.TextStyle{Bold: m.Bold}
	size, baseline := fyne.CurrentApp().Driver().RenderedTextSize(t.Text, t.TextSize, t.TextStyle, nil)
	at := m.Points[0]
	switch m.Align {
	case chart.Centred:
		at.X -= size.Width / 2
	case chart.Ends:
		at.X -= size.Width
	}
	t.Move(fyne.NewPos(at.X, at.Y-baseline))
	t.Resize(size)
	return t
}

// area returns a filled polygon: Fyne has regular ones only.
func area(points []chart.Point, c color.Color) fyne.CanvasObject {
	low, high := points[0], points[0]
	for _, p := range points {
		low = chart.Point{X: min(low.X, p.X), Y: min(low.Y, p.Y)}
		high = chart.Point{X: max(high.X, p.X), Y: max(high.Y, p.Y)}
	}
	return between(canvas.NewRaster(func(w, h int) image.Image {
		img := image.NewNRGBA(image.Rect(0, 0, w, h))
		if w == 0 || h == 0 {
			return img
		}
		r := vector.NewRasterizer(w, h)
		for i, p := range points {
			x, y := (p.X-low.X)/(high.X-low.X)*float32(w), (p.Y-low.Y)/(high.Y-low.Y)*float32(h)
			if i == 0 {
				r.MoveTo(x, y)
			} else {
				r.LineTo(x, y)
			}
		}
		r.ClosePath()
		r.Draw(img, img.Rect, image.NewUniform(c), image.Point{})
		return img
	}), low, high)
}

// How a picture that is saved looks: on white, in the light colours, with two points for
// each of the window's.
const (
	narrowest, widest = 480, 1000
	fine              = 2
	border            = 12
)

// paper returns the width of a saved picture: that in the window, within reason.
func (p *picture) paper() float32 { return min(max(p.Size().Width, narrowest), widest) }

func (p *picture) png() []byte {
	drawn := p.chart.Draw(p.paper(), measure)
	light := theme.Of(theme.Light)
	colour := func(name fyne.ThemeColorName) color.Color { return light.Color(name, base.VariantLight) }
	marks := container.NewWithoutLayout(objects(drawn, colour)...)
	marks.Move(fyne.NewPos(border, border))
	whole := fyne.NewSize(drawn.Width+2*border, drawn.Height+2*border)
	ground := canvas.NewRectangle(color.White)
	ground.Resize(whole)
	c := software.NewTransparentCanvas()
	c.SetPadded(false)
	c.SetScale(fine)
	c.SetContent(container.NewWithoutLayout(ground, marks))
	c.Resize(whole)
	var out bytes.Buffer
	_ = png.Encode(&out, c.Capture()) // memory takes it
	return out.Bytes()
}
