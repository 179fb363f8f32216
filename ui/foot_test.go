package ui_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"ringside/ui"
	"ringside/ui/cards"
	"ringside/ui/widgets"
)

// words are all texts that are seen below o.
func words(o fyne.CanvasObject) (out []string) {
	for _, o := range test.LaidOutObjects(o) {
		if t, ok := o.(*canvas.Text); ok {
			out = append(out, t.Text)
		}
	}
	return out
}

func says(w *ui.Window, text string) bool {
	all := strings.Join(words(w.Window().Content()), "\n")
	for _, o := range w.Window().Canvas().Overlays().List() {
		all += "\n" + strings.Join(words(o), "\n")
	}
	return strings.Contains(all, text)
}

// press presses the last button with these words, in what lies on top.
func press(t *testing.T, w *ui.Window, label string) {
	t.Helper()
	var last *widgets.Action
	roots := append([]fyne.CanvasObject{w.Window().Content()}, w.Window().Canvas().Overlays().List()...)
	for _, root := range roots {
		for _, o := range test.LaidOutObjects(root) {
			if a, ok := o.(*widgets.Action); ok && a.Visible() && strings.Contains(strings.Join(words(a), " "), label) {
				last = a
			}
		}
	}
	if last == nil {
		t.Fatalf("there is no button %q", label)
	}
	test.Tap(last)
}

func TestOneLineSaysThatACardWasHiddenAndGivesItBack(t *testing.T) {
	var c cards.Cards
	w, _ := open(t, func(o *ui.Options) { o.Cards = &c })
	e := widgets.NewEntry("", 4, widgets.Keys{Cards: &c})
	test.NewTempWindow(t, e).Canvas().Focus(e)
	for _, back := range []func(){
		func() { press(t, w, "It is no card") },
		func() { w.Window().Canvas().(interface{ TypedShortcut(fyne.Shortcut) }).TypedShortcut(cards.BackKey) },
	} {
		c.Spared = nil
		e.SetTyped("order 4111-1111-1111-1111 exp 12/27.")
		if e.Text != "order •••• •••• •••• 1111 exp ••/••." || !says(w, "•••• •••• •••• 1111") {
			t.Fatalf("the box has %q", e.Text)
		}
		back()
		if e.Text != "order 4111-1111-1111-1111 exp 12/27." || says(w, "•••• •••• •••• 1111") {
			t.Errorf("given back, the box has %q", e.Text)
		}
	}
	c.Spared = nil
	e.SetTyped("4111-1111-1111-1111")
	w.SetView(mary())
	if says(w, "•••• •••• •••• 1111") {
		t.Error("it is said in the next call, too")
	}
}

func TestACrashIsToldInOneSentence(t *testing.T) {
	w, _ := open(t, nil)
	w.Notice("It broke down.", "What broke down", "panic: here")
	if !says(w, "It broke down.") || says(w, "panic: here") {
		t.Error("the sentence is not there, or all of it")
	}
	press(t, w, "Copy")
	if got := fyne.CurrentApp().Clipboard().Content(); got != "panic: here" {
		t.Errorf("copied %q", got)
	}
	press(t, w, "Close")
	if says(w, "It broke down.") {
		t.Error("it does not go")
	}
	w.Notice("It broke down.", "What broke down", "panic: here")
	press(t, w, "Show")
	if !says(w, "panic: here") {
		t.Error("the report is not shown")
	}
}

func TestAboutShowsEveryLicence(t *testing.T) {
	w, _ := open(t, func(o *ui.Options) {
		o.About = &ui.About{Lines: []string{"Ringside 1"}, Licences: "== one v1\nMIT\n\nas is\n\n== two v2\nBSD\n"}
	})
	w.ShowAbout()
	if !says(w, "Ringside 1") || !says(w, "one v1") || !says(w, "two v2") || says(w, "as is") {
		t.Error("the sheet is not complete")
	}
	press(t, w, "one v1")
	if !says(w, "as is") {
		t.Error("the licence is not shown")
	}
}
