package setup

import (
	"image/color"
	"math"
	"strings"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/theme"
)

// paper shows bytes as they are, in a window of fixed height. It breaks their lines
// itself, into a grid: Fyne's label takes minutes for a text of this length.
type paper struct {
	widget.BaseWidget
	high   float32
	whole  string
	across int // letters in a line now
	grid   *widget.TextGrid
	faint  func(line int) bool // lines that are shown as less important; nil: none
}

// newSlip returns a paper that is as high as its text.
func newSlip(text string) *paper {
	p := newPaper(0)
	p.grid.Scroll = fyne.ScrollNone
	p.setText(text)
	return p
}

func newPaper(high float32) *paper {
	p := &paper{high: high, grid: widget.NewTextGrid()}
	p.grid.Scroll = fyne.ScrollVerticalOnly
	p.ExtendBaseWidget(p)
	return p
}

// setText shows a text from its beginning; the same text stays where it is scrolled to.
func (p *paper) setText(s string) {
	if s == p.whole && p.across > 0 {
		return
	}
	p.whole, p.across = s, 0
	p.fit(p.Size().Width)
	if p.high > 0 && p.across > 0 { // what was never shown is not scrolled, and cannot be
		p.grid.ScrollToTop()
	}
}

// fit breaks the lines for a width.
func (p *paper) fit(width float32) {
	across := p.letters(width)
	if across < 4 || across == p.across {
		return
	}
	p.across = across
	broken, from := p.broken(across)
	p.grid.SetText(strings.Join(broken, "\n"))
	for row, line := range from {
		if p.faint != nil && p.faint(line) {
			p.grid.SetRowStyle(row, faint{p})
		}
	}
}

// letters is how many go into a line.
func (p *paper) letters(width float32) int {
	return int((width - p.Theme().Size(base.SizeNameScrollBar)) / float32(math.Round(float64(p.letter().Width)+.5)))
}

func (p *paper) letter() fyne.Size {
	return fyne.MeasureText("M", p.Theme().Size(base.SizeNameText), fyne.TextStyle{Monospace: true})
}

// broken returns the rows of a paper so wide, and of which line each is a part.
func (p *paper) broken(across int) (rows []string, from []int) {
	for i, line := range strings.Split(p.whole, "\n") {
		letters := []rune(line)
		for len(letters) > across {
			cut := afterBlank(letters[:across])
			rows, from = append(rows, string(letters[:cut])), append(from, i)
			letters = letters[cut:]
		}
		rows, from = append(rows, string(letters)), append(from, i)
	}
	return rows, from
}

// afterBlank is where a row ends that is too long: behind its last blank, if that leaves
// not half of it empty.
func afterBlank(row []rune) int {
	for i := len(row) - 1; i > len(row)/2; i-- {
		if row[i] == ' ' {
			return i + 1
		}
	}
	return len(row)
}

// Resize implements fyne.CanvasObject.
func (p *paper) Resize(size fyne.Size) {
	p.fit(size.Width)
	p.BaseWidget.Resize(size)
}

// HeightFor implements widgets.Flow.
func (p *paper) HeightFor(width float32) float32 {
	across := p.letters(width)
	if p.high > 0 || across < 4 {
		return max(p.high, p.letter().Height)
	}
	rows, _ := p.broken(across)
	return float32(len(rows)) * p.letter().Height
}

// MinSize implements fyne.CanvasObject.
func (p *paper) MinSize() fyne.Size { return fyne.NewSize(64, max(p.high, p.letter().Height)) }

// CreateRenderer implements fyne.Widget.
func (p *paper) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.grid) }

// faint is the look of a line that is less important. It follows the theme.
type faint struct{ p *paper }

// Style implements widget.TextGridStyle.
func (faint) Style() fyne.TextStyle { return fyne.TextStyle{Monospace: true} }

// TextColor implements widget.TextGridStyle.
func (f faint) TextColor() color.Color {
	return f.p.Theme().Color(theme.Muted, fyne.CurrentApp().Settings().ThemeVariant())
}

// BackgroundColor implements widget.TextGridStyle.
func (faint) BackgroundColor() color.Color { return color.Transparent }
