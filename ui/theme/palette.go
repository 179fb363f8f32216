package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
)

// rgb spells a colour as on paper: 0xRRGGBB.
func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}

func veil(hex uint32, alpha uint8) color.NRGBA {
	c := rgb(hex)
	c.A = alpha
	return c
}

// palette is one look: a ground, what lies on it, and the few colours that mean
// something. Every other colour that Fyne asks for is one of these.
type palette struct {
	ground, raised, rail, ink, muted, hairline, edge color.NRGBA
	accent, accentPale, onAccent                     color.NRGBA
	late, latePale, amber, amberPale, good           color.NRGBA
	button, hover, pressed, selection, shadow        color.NRGBA
}

func light(name fyne.ThemeColorName) (color.Color, bool) {
	return palette{
		ground: rgb(0xf7f5f1), raised: rgb(0xffffff), rail: rgb(0xedeae4),
		ink: rgb(0x26231f), muted: rgb(0x635d55), hairline: rgb(0xe1dcd3), edge: rgb(0xc9c2b7),
		accent: rgb(0x0d6863), accentPale: rgb(0xe1efec), onAccent: rgb(0xffffff),
		late: rgb(0xb3261e), latePale: rgb(0xfbe8e5), amber: rgb(0x835400), amberPale: rgb(0xfaefd9), good: rgb(0x2c6b34),
		button: rgb(0xebe7e0), hover: veil(0x26231f, 0x0f), pressed: veil(0x26231f, 0x1f),
		selection: veil(0x0d6863, 0x33), shadow: veil(0x26231f, 0x24),
	}.colour(name)
}

func dark(name fyne.ThemeColorName) (color.Color, bool) {
	return palette{
		ground: rgb(0x1d1b19), raised: rgb(0x282522), rail: rgb(0x161413),
		ink: rgb(0xeeeae4), muted: rgb(0xb0a99f), hairline: rgb(0x3a3632), edge: rgb(0x57514b),
		accent: rgb(0x66c6ba), accentPale: rgb(0x203835), onAccent: rgb(0x0c2422),
		late: rgb(0xf59a91), latePale: rgb(0x45251f), amber: rgb(0xe6b866), amberPale: rgb(0x3b301b), good: rgb(0x8ccb92),
		button: rgb(0x36322e), hover: veil(0xffffff, 0x12), pressed: veil(0xffffff, 0x22),
		selection: veil(0x66c6ba, 0x44), shadow: veil(0x000000, 0x80),
	}.colour(name)
}

// colour maps our names and Fyne's to the palette; false for a name that neither
// of us gave a meaning.
func (p palette) colour(name fyne.ThemeColorName) (color.Color, bool) {
	if c, ok := p.own(name); ok {
		return c, true
	}
	switch name {
	case base.ColorNameBackground:
		return p.ground, true
	case base.ColorNameForeground:
		return p.ink, true
	case base.ColorNameInputBackground, base.ColorNameMenuBackground, base.ColorNameOverlayBackground:
		return p.raised, true
	case base.ColorNameInputBorder, base.ColorNameScrollBar:
		return p.edge, true
	case base.ColorNameScrollBarBackground:
		return veil(0, 0), true
	case base.ColorNamePlaceHolder, base.ColorNameDisabled:
		return p.muted, true
	}
	return p.touched(name)
}

// touched holds the colours of what can be pressed, and of what it tells.
func (p palette) touched(name fyne.ThemeColorName) (color.Color, bool) {
	switch name {
	case base.ColorNameButton, base.ColorNameHeaderBackground, base.ColorNameDisabledButton:
		return p.button, true
	case base.ColorNamePrimary, base.ColorNameHyperlink:
		return p.accent, true
	case base.ColorNameFocus: // Fyne lays it over the ground of a button and below its words
		return color.NRGBA{R: p.accent.R, G: p.accent.G, B: p.accent.B, A: 0x60}, true
	case base.ColorNameForegroundOnPrimary, base.ColorNameForegroundOnError,
		base.ColorNameForegroundOnWarning, base.ColorNameForegroundOnSuccess:
		return p.onAccent, true
	case base.ColorNameHover:
		return p.hover, true
	case base.ColorNamePressed:
		return p.pressed, true
	case base.ColorNameSelection:
		return p.selection, true
	case base.ColorNameSeparator:
		return p.hairline, true
	case base.ColorNameShadow:
		return p.shadow, true
	}
	return nil, false
}

func (p palette) own(name fyne.ThemeColorName) (color.Color, bool) {
	switch name {
	case Ground:
		return p.ground, true
	case Raised:
		return p.raised, true
	case Rail:
		return p.rail, true
	case Ink:
		return p.ink, true
	case Muted:
		return p.muted, true
	case Hairline:
		return p.hairline, true
	case Accent:
		return p.accent, true
	case AccentPale:
		return p.accentPale, true
	}
	return p.telling(name)
}

func (p palette) telling(name fyne.ThemeColorName) (color.Color, bool) {
	switch name {
	case Late, base.ColorNameError:
		return p.late, true
	case LatePale:
		return p.latePale, true
	case Amber, base.ColorNameWarning:
		return p.amber, true
	case AmberPale:
		return p.amberPale, true
	case Good, base.ColorNameSuccess:
		return p.good, true
	}
	return nil, false
}
