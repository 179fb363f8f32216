// Package theme holds the look of Ringside: a warm neutral ground, one accent,
// red only for what is late or broken, amber for what needs an eye. Sizes follow
// one scale of type (12, 14, 16, 20, 28) and a grid of 4 px.
package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
)

// The colours that Fyne has no name for. Text in Late, Amber, Accent and Muted
// can be read on Ground, on Raised and on the matching pale ground.
const (
	Ground     fyne.ThemeColorName = "ringsideGround"     // the window
	Raised     fyne.ThemeColorName = "ringsideRaised"     // what lies on the ground: boxes to type in, the open answer
	Rail       fyne.ThemeColorName = "ringsideRail"       // the bar of pages at the left
	Ink        fyne.ThemeColorName = "ringsideInk"        // text
	Muted      fyne.ThemeColorName = "ringsideMuted"      // text of less weight
	Hairline   fyne.ThemeColorName = "ringsideHairline"   // lines between things
	Accent     fyne.ThemeColorName = "ringsideAccent"     // the next step
	AccentPale fyne.ThemeColorName = "ringsideAccentPale" // ground of what is chosen
	Late       fyne.ThemeColorName = "ringsideLate"       // late or broken
	LatePale   fyne.ThemeColorName = "ringsideLatePale"
	Amber      fyne.ThemeColorName = "ringsideAmber" // needs an eye
	AmberPale  fyne.ThemeColorName = "ringsideAmberPale"
	Good       fyne.ThemeColorName = "ringsideGood" // kept, verified
)

// The scale of type, by Fyne's names, so that a widget can ask for any of them.
const (
	Small   = base.SizeNameCaptionText    // 12
	Body    = base.SizeNameText           // 14
	Lead    = fyne.ThemeSizeName("lead")  // 16
	Title   = base.SizeNameSubHeadingText // 20
	Display = base.SizeNameHeadingText    // 28
)

// Grid is the unit of every distance, in Fyne's pixels.
const Grid float32 = 4

// Look is what a rep chose for light and dark.
type Look string

// The looks. The empty Look is System.
const (
	System Look = "system"
	Light  Look = "light"
	Dark   Look = "dark"
)

// New returns the theme that follows the system's light or dark.
func New() fyne.Theme { return Of(System) }

// Of returns the theme in the given look.
func Of(look Look) fyne.Theme {
	return &ringside{Theme: base.DefaultTheme(), look: look}
}

type ringside struct {
	fyne.Theme
	look Look
}

// Color implements fyne.Theme.
func (r *ringside) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	switch r.look {
	case Light:
		variant = base.VariantLight
	case Dark:
		variant = base.VariantDark
	}
	colours := light
	if variant == base.VariantDark {
		colours = dark
	}
	if c, ok := colours(name); ok {
		return c
	}
	return r.Theme.Color(name, variant)
}

// Size implements fyne.Theme.
func (r *ringside) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case Small:
		return 12
	case Body:
		return 14
	case Lead:
		return 16
	case Title:
		return 20
	case Display:
		return 28
	case base.SizeNamePadding, base.SizeNameLineSpacing:
		return Grid
	case base.SizeNameInnerPadding:
		return 2 * Grid
	case base.SizeNameInputRadius:
		return 6
	case base.SizeNameSelectionRadius:
		return 4
	case base.SizeNameScrollBar:
		return 8
	case base.SizeNameInlineIcon:
		return 20
	}
	return r.Theme.Size(name)
}
