package setup

import (
	"math"
	"strings"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// paper shows bytes as they are, in a window of fixed height. It breaks their lines
// itself, into a grid: Fyne's label takes minutes for a text of this length.
type paper struct {
	widget.BaseWidget
	high   float32
	whole  string
	across int // letters in a line now
	grid   *widget.TextGrid
}

func newPaper(high float32) *paper {
	p := &paper{high: high, grid: widget.NewTextGrid()}
	p.grid.Scroll = fyne.ScrollVerticalOnly
	p.ExtendBaseWidget(p)
	return p
}

func (p *paper) setText(s string) {
	p.whole, p.across = s, 0
	p.fit(p.Size().Width)
	p.grid.ScrollToTop()
}

// fit breaks the lines for a width.
func (p *paper) fit(width float32) {
	letter := fyne.MeasureText("M", p.Theme().Size(base.SizeNameText), fyne.TextStyle{Monospace: true}).Width
	across := int((width - p.Theme().Size(base.SizeNameScrollBar)) / float32(math.Round(float64(letter)+.5)))
	if across < 4 || across == p.across {
		return
	}
	p.across = across
	var b strings.Builder
	n := 0
	for _, r := range p.whole {
		if n == across {
			b.WriteByte('\n')
			n = 0
		}
		if n++; r == '\n' {
			n = 0
		}
		b.WriteRune(r)
	}
	p.grid.SetText(b.String())
}

// Resize implements fyne.CanvasObject.
func (p *paper) Resize(size fyne.Size) {
	p.fit(size.Width)
	p.BaseWidget.Resize(size)
}

// HeightFor implements widgets.Flow.
func (p *paper) HeightFor(float32) float32 { return p.high }

// MinSize implements fyne.CanvasObject.
func (p *paper) MinSize() fyne.Size { return fyne.NewSize(64, p.high) }

// CreateRenderer implements fyne.Widget.
func (p *paper) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.grid) }
