// Package used shows how an answer fared in calls, week by week.
package used

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringside/assist/glance"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// Week is how an answer fared in the calls of one week.
type Week struct {
	From time.Time // its Monday
	glance.Counts
}

// seen is in how many calls somebody saw the answer: opened from elsewhere, it stood in no
// list.
func (w Week) seen() int { return max(w.Shown, w.Opened, w.Said) }

// Chart is a bar for each week: how often the answer was seen, within it how often it
// was said, and a mark on it where somebody found it wrong. The line below says the
// figures: of all weeks, or of the one under the mouse, or of the one that the arrow keys
// chose.
type Chart struct {
	widget.BaseWidget
	weeks   []Week
	at      int // the week whose figures are told; -1: all
	focused bool
	says    *widgets.Text
}

const (
	barsHigh = 56 // of the bars, the marks above them included
	markHigh = 4
	oneLine  = 420 // the width from which the figures need one line
)

// NewChart returns a chart of nothing, which is hidden.
func NewChart() *Chart {
	c := &Chart{at: -1, says: widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 2})}
	c.ExtendBaseWidget(c)
	c.Hide()
	return c
}

// SetWeeks shows these weeks, the earliest first. When nothing was in any of them, the
// chart hides.
func (c *Chart) SetWeeks(weeks []Week) {
	c.weeks, c.at = weeks, -1
	c.Hidden = total(weeks) == glance.Counts{}
	c.tell()
	c.Refresh()
}

// Says returns the line below the bars.
func (c *Chart) Says() string { return c.says.Text() }

func total(weeks []Week) (sum glance.Counts) {
	for _, w := range weeks {
		sum.Shown += w.Shown
		sum.Opened += w.Opened
		sum.Said += w.Said
		sum.Helped += w.Helped
		sum.Wrong += w.Wrong
	}
	return sum
}

// tell says the figures.
func (c *Chart) tell() {
	counts, when := total(c.weeks), say.Count(len(c.weeks), "week")
	if c.at >= 0 {
		w := c.weeks[c.at]
		counts, when = w.Counts, "From "+w.From.Format("2 Jan")
	}
	c.says.SetText(fmt.Sprintf("%s: shown %d, opened %d, said %d, helped %d, wrong %d", when, counts.Shown, counts.Opened, counts.Said, counts.Helped, counts.Wrong))
}

// choose tells of one week; -1 tells of all.
func (c *Chart) choose(at int) {
	if at = max(min(at, len(c.weeks)-1), -1); at != c.at {
		c.at = at
		c.tell()
		c.Refresh()
	}
}

// HeightFor implements widgets.Flow. It does not follow the words, so that nothing moves
// under the mouse.
func (c *Chart) HeightFor(width float32) float32 {
	if width < oneLine {
		return barsHigh + 40
	}
	return barsHigh + 22
}

// MinSize implements fyne.CanvasObject.
func (c *Chart) MinSize() fyne.Size { return fyne.NewSize(160, c.HeightFor(c.Size().Width)) }

// MouseIn implements desktop.Hoverable.
func (c *Chart) MouseIn(ev *desktop.MouseEvent) { c.MouseMoved(ev) }

// MouseMoved implements desktop.Hoverable.
func (c *Chart) MouseMoved(ev *desktop.MouseEvent) {
	if width := c.Size().Width; width > 0 && len(c.weeks) > 0 {
		c.choose(int(ev.Position.X / width * float32(len(c.weeks))))
	}
}

// MouseOut implements desktop.Hoverable.
func (c *Chart) MouseOut() { c.choose(-1) }

// FocusGained implements fyne.Focusable.
func (c *Chart) FocusGained() {
	c.focused = true
	c.choose(len(c.weeks) - 1)
	c.Refresh()
}

// FocusLost implements fyne.Focusable.
func (c *Chart) FocusLost() {
	c.focused = false
	c.choose(-1)
	c.Refresh()
}

// TypedRune implements fyne.Focusable.
func (c *Chart) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (c *Chart) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyLeft:
		c.choose(max(c.at-1, 0))
	case fyne.KeyRight:
		c.choose(c.at + 1)
	case fyne.KeyHome:
		c.choose(0)
	case fyne.KeyEnd:
		c.choose(len(c.weeks) - 1)
	default:
		widgets.PassKey(c, ev)
	}
}

// CreateRenderer implements fyne.Widget.
func (c *Chart) CreateRenderer() fyne.WidgetRenderer {
	r := &renderer{c: c, ground: canvas.NewRectangle(nil), line: canvas.NewRectangle(nil)}
	r.Refresh()
	return r
}

// bar is what is drawn of one week.
type bar struct{ shown, said, wrong *canvas.Rectangle }

type renderer struct {
	c            *Chart
	ground, line *canvas.Rectangle // the chosen week, and what the bars stand on
	bars         []bar
	objects      []fyne.CanvasObject
}

// Layout implements fyne.WidgetRenderer.
func (r *renderer) Layout(size fyne.Size) {
	most := 1
	for _, w := range r.c.weeks {
		most = max(most, w.seen())
	}
	const high = barsHigh - markHigh - 2
	wide := size.Width / float32(max(len(r.bars), 1))
	stand := func(o *canvas.Rectangle, x, width float32, n int) {
		h := float32(n) / float32(most) * high
		if n > 0 {
			h = max(h, 2)
		}
		put(o, x, barsHigh-h, width, h)
		o.Hidden = n == 0
	}
	for i, b := range r.bars {
		w, x := r.c.weeks[i], float32(i)*wide
		stand(b.shown, x+1, wide-2, w.seen())
		stand(b.said, x+wide*.3, wide*.4, w.Said)
		put(b.wrong, x+1, b.shown.Position().Y-markHigh-1, wide-2, markHigh)
		b.wrong.Hidden = w.Wrong == 0
		if i == r.c.at {
			put(r.ground, x, 0, wide, barsHigh)
		}
	}
	put(r.line, 0, barsHigh, size.Width, 1)
	r.c.says.Move(fyne.NewPos(0, barsHigh+4))
	r.c.says.Resize(fyne.NewSize(size.Width, size.Height-barsHigh-4))
}

func put(o *canvas.Rectangle, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// MinSize implements fyne.WidgetRenderer.
func (r *renderer) MinSize() fyne.Size { return r.c.MinSize() }

// Refresh implements fyne.WidgetRenderer.
func (r *renderer) Refresh() {
	if len(r.bars) != len(r.c.weeks) {
		r.bars = make([]bar, len(r.c.weeks))
		r.objects = []fyne.CanvasObject{r.ground, r.line}
		for i := range r.bars {
			r.bars[i] = bar{canvas.NewRectangle(nil), canvas.NewRectangle(nil), canvas.NewRectangle(nil)}
			r.objects = append(r.objects, r.bars[i].shown, r.bars[i].said, r.bars[i].wrong)
		}
		r.objects = append(r.objects, r.c.says)
	}
	paint := func(o *canvas.Rectangle, name fyne.ThemeColorName) {
		o.FillColor = r.c.Theme().Color(name, fyne.CurrentApp().Settings().ThemeVariant())
	}
	line := theme.Hairline
	if r.c.focused {
		line = theme.Accent
	}
	paint(r.line, line)
	paint(r.ground, theme.AccentPale)
	r.ground.Hidden = r.c.at < 0
	for _, b := range r.bars {
		paint(b.shown, base.ColorNameInputBorder)
		b.shown.StrokeColor, b.shown.StrokeWidth = r.c.Theme().Color(theme.Muted, fyne.CurrentApp().Settings().ThemeVariant()), 1
		paint(b.said, theme.Accent)
		paint(b.wrong, theme.Late)
	}
	r.Layout(r.c.Size())
	for _, o := range r.objects {
		o.Refresh()
	}
}

// Objects implements fyne.WidgetRenderer.
func (r *renderer) Objects() []fyne.CanvasObject { return r.objects }

// Destroy implements fyne.WidgetRenderer.
func (r *renderer) Destroy() {}
