package ui_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"ringside/ui"
	"ringside/ui/panes/look"
	"ringside/ui/widgets"
)

// place is where the page in front stands.
func place(w *ui.Window) (at fyne.Position, size fyne.Size) {
	o := w.CallPage().Object()
	return fyne.CurrentApp().Driver().AbsolutePositionForObject(o), o.Size()
}

func TestTheTeamSignNeverMovesThePage(t *testing.T) {
	for _, size := range []fyne.Size{{Width: 1280, Height: 720}, {Width: 600, Height: 400}, {Width: 380, Height: 720}, {Width: 320, Height: 360}} {
		w, _ := open(t, nil)
		w.Window().Resize(size)
		w.SetTeamSign("All here", false)
		at, had := place(w)
		for _, words := range []string{"1,203 waiting", "Offline since yesterday", "Offline since 12:12"} {
			w.SetTeamSign(words, true)
			if now, has := place(w); now != at || has != had {
				t.Errorf("%v: with %q the page is %v at %v, it was %v at %v", size, words, has, now, had, at)
			}
			look.Reads(t, w.Window().Content(), words)
			look.Apart(t, w.Window().Content(), size, words)
			look.Walk(w.Window().Content(), func(o fyne.CanvasObject, seen, whole look.Area) {
				if _, ok := o.(*widgets.NavItem); ok && (seen != whole || whole.Bottom > w.Window().Canvas().Size().Height) {
					t.Errorf("%v: a part of the bar is cut off: %v of %v", size, seen, whole)
				}
			})
		}
		w.SetTeamSign("", false)
		look.Hides(t, w.Window().Content(), "Offline")
	}
}

func TestTheTeamSignOpensTheTeam(t *testing.T) {
	opened := 0
	w, _ := open(t, func(o *ui.Options) { o.OnTeam = func() { opened++ } })
	w.SetTeamSign("3 waiting", false)
	sign := look.Find(t, w.Window().Content(), func(n *widgets.NavItem) bool { return look.Words(n) == "3 waiting\n" })
	test.Tap(sign)
	sign.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	seven := &desktop.CustomShortcut{KeyName: fyne.Key7, Modifier: fyne.KeyModifierAlt}
	w.Window().Canvas().(fyne.Shortcutable).TypedShortcut(seven)
	w.CallPage().StartFind() // the next key is pressed in a box
	w.Window().Canvas().Focused().(fyne.Shortcutable).TypedShortcut(seven)
	if opened != 4 {
		t.Errorf("opened %d times, want for a press, Enter and the key twice", opened)
	}
	w.ShowKeys()
	if !says(w, "How it stands with the team") {
		t.Error("the key is not in the sheet")
	}
}
