package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/theme"
)

// NavItem is one page in the bar of pages: a drawing with its word below. Without a drawing
// it is a few quiet words.
type NavItem struct {
	press
	ground       *Ground
	word         *Text
	chosen, warn bool
}

// NewNavItem returns an item that reports when it is pressed. icon may be nil.
func NewNavItem(icon fyne.Resource, word string, onPressed func()) *NavItem {
	n := &NavItem{ground: NewGround("", "", 8), word: Say(Style{Size: theme.Small, Colour: theme.Muted, Lines: 1}, word)}
	n.OnPressed, n.paint, n.self = onPressed, n.repaint, n
	if icon == nil {
		n.word.style.Lines, n.word.style.Middle = 3, true
		n.content = On(n.ground, Sides(2, 3), n.word)
	} else {
		n.content = On(n.ground, Edges{}, contain(&navLayout{}, widget.NewIcon(icon), n.word))
	}
	n.ExtendBaseWidget(n)
	return n
}

// SetWords shows other words; none hide the item. warn: they need an eye. The parent has
// to be arranged.
func (n *NavItem) SetWords(words string, warn bool) {
	n.word.SetText(words)
	n.Hidden, n.warn = words == "", warn
	n.repaint()
}

// SetChosen marks the page in front.
func (n *NavItem) SetChosen(chosen bool) {
	n.chosen = chosen
	n.repaint()
}

func (n *NavItem) repaint() {
	fill, line, ink := fyne.ThemeColorName(""), fyne.ThemeColorName(""), theme.Muted
	if n.warn {
		ink = theme.Amber
	}
	if n.chosen {
		fill, ink = theme.AccentPale, theme.Accent
	} else if n.hovered {
		fill = theme.Ground
	}
	if n.focused {
		line = theme.Accent
	}
	n.word.SetColour(ink)
	n.ground.ring = n.focused
	n.ground.fill, n.ground.line = fill, line
	n.ground.Refresh()
}

// navLayout centres a drawing above a word.
type navLayout struct{}

func (navLayout) heightFor([]fyne.CanvasObject, float32) float32 { return 52 }

// Layout implements fyne.Layout.
func (navLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	const icon = 20
	word := min(natural(o[1]), size.Width)
	high := HeightFor(o[1], word)
	top := (size.Height - icon - high - 2) / 2
	place(o[0], fyne.NewPos((size.Width-icon)/2, top), fyne.NewSize(icon, icon))
	place(o[1], fyne.NewPos((size.Width-word)/2, top+icon+2), fyne.NewSize(word, high))
}

// MinSize implements fyne.Layout.
func (navLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(64, 52) }
