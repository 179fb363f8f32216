package widgets

import (
	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"

	"ringside/ui/theme"
)

// Weight says how much an Action asks to be pressed.
type Weight int

// The weights. A page has one Primary action at most.
const (
	Quiet Weight = iota
	Primary
	Plain
)

// Action is a button that shows its key.
type Action struct {
	press
	weight     Weight
	name       string
	on         bool
	label, key *Text
	ground     *Ground
}

// NewAction returns a button with a label and the name of its key, which may be
// empty.
func NewAction(weight Weight, label, key string, keys Keys, onPressed func()) *Action {
	a := &Action{weight: weight, name: label}
	a.OnPressed, a.Keys, a.paint = onPressed, keys, a.repaint
	ink, hint := theme.Ink, theme.Muted
	switch weight {
	case Primary:
		ink, hint = base.ColorNameForegroundOnPrimary, base.ColorNameForegroundOnPrimary
	case Plain:
		ink = theme.Accent
	}
	a.label = Say(Style{Colour: ink, Bold: weight == Primary, Lines: 1}, label)
	a.key = Say(Style{Size: theme.Small, Colour: hint, Lines: 1}, key)
	a.key.Hidden = key == ""
	a.ground = NewGround("", "", 6)
	a.repaint()
	side := 3 * theme.Grid
	if weight == Plain {
		side = 2 * theme.Grid
	}
	a.content = On(a.ground, Sides(side, 6), Row(2*theme.Grid, nil, a.label, a.key))
	a.self = a
	a.ExtendBaseWidget(a)
	return a
}

// SetLabel changes the words; the parent has to be arranged.
func (a *Action) SetLabel(label string) {
	a.name = label
	a.label.SetText(label)
}

// SetOn shows whether what the button stands for is so.
func (a *Action) SetOn(on bool) {
	if a.on != on {
		a.on = on
		a.repaint()
	}
}

// Label returns the words.
func (a *Action) Label() string { return a.name }

// leastLabel is the width below which a label is not cut.
const leastLabel = 200

// MinSize implements fyne.CanvasObject. A long label does not widen what is around it.
func (a *Action) MinSize() fyne.Size {
	return fyne.NewSize(min(a.natural(), leastLabel), a.HeightFor(a.natural()))
}

func (a *Action) repaint() {
	fill, line := theme.Raised, theme.Hairline
	switch {
	case a.weight == Primary:
		fill, line = theme.Accent, ""
	case a.weight == Plain:
		fill, line = "", ""
	}
	if a.on {
		fill, line = theme.AccentPale, theme.Accent
	}
	if a.hovered {
		line = theme.Accent
		if a.weight != Primary {
			fill = theme.AccentPale
		}
	}
	if a.focused {
		line = theme.Accent
		if a.weight == Primary {
			line = theme.Ink
		}
	}
	a.ground.ring = a.focused
	a.ground.fill, a.ground.line = fill, line
	a.ground.Refresh()
}
