package ui

import (
	"fyne.io/fyne/v2"

	"ringside/ui/theme"
)

// What the window remembers. It is of no weight: a file that cannot be read gives
// a window as it was made.
const (
	prefWidth  = "window.width"
	prefHeight = "window.height"
	prefPage   = "window.page"
	prefBeside = "window.beside"
	prefLook   = "look"
)

// restore gives the window the size that it had.
func (w *Window) restore(prefs fyne.Preferences) {
	w.win.Resize(w.kept())
	w.SetNarrow(prefs.Bool(prefBeside))
}

// kept is the size that is remembered.
func (w *Window) kept() fyne.Size {
	prefs := w.opt.App.Preferences()
	width := prefs.FloatWithFallback(prefWidth, wideWidth)
	height := prefs.FloatWithFallback(prefHeight, wideHeight)
	return fyne.NewSize(float32(max(width, 320)), float32(max(height, 360)))
}

// keepSize remembers the size, except beside the phone, where it is not the rep's.
func (w *Window) keepSize() {
	size := w.win.Canvas().Size()
	if size.Width <= besideWidth || size.Height <= 0 {
		return
	}
	prefs := w.opt.App.Preferences()
	prefs.SetFloat(prefWidth, float64(size.Width))
	prefs.SetFloat(prefHeight, float64(size.Height))
}

// SetLook changes between light, dark and the system's, and remembers it.
func (w *Window) SetLook(look theme.Look) {
	w.opt.App.Preferences().SetString(prefLook, string(look))
	w.setLook(look)
}

// Look returns the look that was chosen, theme.System when none was.
func (w *Window) Look() theme.Look {
	return theme.Look(w.opt.App.Preferences().StringWithFallback(prefLook, string(theme.System)))
}

func (w *Window) setLook(look theme.Look) { w.opt.App.Settings().SetTheme(theme.Of(look)) }
