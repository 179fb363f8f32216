package theme_test

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	base "fyne.io/fyne/v2/theme"

	"ringside/ui/theme"
)

// TestTextCanBeRead computes the contrast of every text colour on every ground
// that it may stand on, as WCAG 2.1 defines it.
func TestTextCanBeRead(t *testing.T) {
	th := theme.New()
	pairs := []struct{ text, ground fyne.ThemeColorName }{
		{theme.Late, theme.LatePale}, {theme.Amber, theme.AmberPale}, {theme.Accent, theme.AccentPale},
		{theme.Ink, theme.AccentPale}, {theme.Ink, theme.LatePale}, {theme.Ink, theme.AmberPale},
		{theme.Muted, theme.AccentPale}, {theme.Muted, theme.AmberPale}, {theme.Muted, theme.LatePale},
		{theme.Ink, theme.Rail}, {theme.Muted, theme.Rail}, {theme.Accent, theme.Rail},
		{base.ColorNameForeground, base.ColorNameButton}, {base.ColorNameForegroundOnPrimary, base.ColorNamePrimary},
		{base.ColorNameForegroundOnError, base.ColorNameError}, {base.ColorNameForegroundOnWarning, base.ColorNameWarning},
		{base.ColorNameForegroundOnSuccess, base.ColorNameSuccess}, {base.ColorNamePlaceHolder, base.ColorNameInputBackground},
		{base.ColorNameDisabled, base.ColorNameBackground}, {base.ColorNameForeground, base.ColorNameMenuBackground},
		{base.ColorNameHyperlink, base.ColorNameOverlayBackground},
	}
	for _, text := range []fyne.ThemeColorName{theme.Ink, theme.Muted, theme.Accent, theme.Late, theme.Amber, theme.Good} {
		for _, ground := range []fyne.ThemeColorName{theme.Ground, theme.Raised} {
			pairs = append(pairs, struct{ text, ground fyne.ThemeColorName }{text, ground})
		}
	}
	for name, variant := range test.KnownThemeVariants() {
		for _, p := range pairs {
			if got := contrast(th.Color(p.text, variant), th.Color(p.ground, variant)); got < 4.5 {
				t.Errorf("%s: %s on %s has contrast %.2f, want 4.5", name, p.text, p.ground, got)
			}
		}
	}
}

func TestAButtonWithTheKeyboardCanBeReadAndToldApart(t *testing.T) {
	for _, v := range []fyne.ThemeVariant{base.VariantLight, base.VariantDark} {
		th := theme.New()
		plain := th.Color(base.ColorNameButton, v)
		focused := over(th.Color(base.ColorNameFocus, v), plain)
		if c := contrast(th.Color(theme.Ink, v), focused); c < 4.5 {
			t.Errorf("variant %d: words stand out by %.2f", v, c)
		}
		if c := contrast(plain, focused); c < 1.3 {
			t.Errorf("variant %d: the button with the keyboard differs by %.2f", v, c)
		}
	}
}

// over lays a veil over a ground.
func over(veil, ground color.Color) color.Color {
	r, g, b, a := veil.RGBA()
	x, y, z, _ := ground.RGBA()
	mix := func(v, w uint32) uint16 { return uint16(v + w*(0xffff-a)/0xffff) }
	return color.RGBA64{R: mix(r, x), G: mix(g, y), B: mix(b, z), A: 0xffff}
}

func TestLooksHoldAgainstTheSystem(t *testing.T) {
	if theme.Of(theme.Dark).Color(theme.Ground, base.VariantLight) != theme.New().Color(theme.Ground, base.VariantDark) {
		t.Error("the dark look follows the system's light")
	}
	if theme.Of(theme.Light).Color(theme.Ground, base.VariantDark) != theme.New().Color(theme.Ground, base.VariantLight) {
		t.Error("the light look follows the system's dark")
	}
}

func TestScaleOfType(t *testing.T) {
	want := []float32{12, 14, 16, 20, 28}
	for i, name := range []fyne.ThemeSizeName{theme.Small, theme.Body, theme.Lead, theme.Title, theme.Display} {
		if got := theme.New().Size(name); got != want[i] {
			t.Errorf("size %s is %v, want %v", name, got, want[i])
		}
	}
}

func TestEveryColourThatFyneAsksForIsThere(t *testing.T) {
	test.AssertAllColorNamesDefined(t, theme.New(), "ringside")
}

func contrast(a, b color.Color) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		s := float64(v) / 0xffff
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}
