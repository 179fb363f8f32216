package main

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ringside/ui"
)

func TestWhatComesLateLeavesTheKeyboardWhereItIs(t *testing.T) {
	d := newDesktop(t)
	here, there := widget.NewEntry(), widget.NewEntry()
	d.win.Window().SetContent(container.NewVBox(here, there))
	c := d.win.Window().Canvas()
	for name, want := range map[ui.Page]fyne.Focusable{ui.Call: here, ui.Library: there} {
		d.win.Show(name)
		c.Focus(here)
		done := false
		d.postTo(ui.Library)(func() { c.Focus(there); done = true })
		d.until(t, "the result", func() bool { return done })
		if c.Focused() != want {
			t.Errorf("with %s in front, what comes to the library gives the keyboard to %v", name, c.Focused())
		}
	}
	d.win.Show(ui.Call)
	c.Unfocus()
	done := false
	d.postTo(ui.Review)(func() { c.Focus(there); done = true })
	d.until(t, "the result", func() bool { return done })
	if c.Focused() != nil {
		t.Error("it took the keyboard that nobody had")
	}
}
