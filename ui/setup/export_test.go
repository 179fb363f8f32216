package setup

import "fyne.io/fyne/v2"

// Hint returns what a box asks for, as it is shown while it is empty.
func Hint(o fyne.CanvasObject) string {
	if f, ok := o.(*field); ok {
		return f.PlaceHolder
	}
	return ""
}
