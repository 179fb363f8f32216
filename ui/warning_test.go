package ui_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"ringside/ui"
	"ringside/ui/widgets"
)

// seen is what can be read in a window.
func seen(w *ui.Window) string {
	var words []string
	walkWindow(w, func(o fyne.CanvasObject) {
		if text, ok := o.(*canvas.Text); ok {
			words = append(words, text.Text)
		}
	})
	return strings.Join(words, " ")
}

// walkWindow goes through all that is visible in a window.
func walkWindow(w *ui.Window, at func(fyne.CanvasObject)) {
	var walk func(fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		at(o)
		switch o := o.(type) {
		case *fyne.Container:
			for _, inner := range o.Objects {
				walk(inner)
			}
		case fyne.Widget:
			for _, inner := range test.WidgetRenderer(o).Objects() {
				walk(inner)
			}
		}
	}
	walk(w.Window().Content())
	if top := w.Window().Canvas().Overlays().Top(); top != nil {
		walk(top)
	}
}

// button returns a visible button; nil when there is none.
func button(w *ui.Window, label string) (found *widgets.Action) {
	walkWindow(w, func(o fyne.CanvasObject) {
		if a, ok := o.(*widgets.Action); ok && a.Label() == label {
			found = a
		}
	})
	return found
}

var little = ui.Warning{Name: "little", Text: "1.4 GB are left."}

func TestAWarningIsQuietAndCanBeClosed(t *testing.T) {
	w, _ := open(t, nil)
	w.Warn(little)
	if !strings.Contains(seen(w), "1.4 GB") || w.Window().Canvas().Overlays().Top() != nil {
		t.Fatalf("it shows %s", seen(w))
	}
	w.Show(ui.Library)
	if !strings.Contains(seen(w), "1.4 GB") || !strings.Contains(seen(w), "the library") {
		t.Errorf("on another page: %s", seen(w))
	}
	press(t, w, "Close")
	w.Warn(ui.Warning{Name: "little", Text: "1.3 GB are left."})
	if strings.Contains(seen(w), "are left") {
		t.Errorf("closed, it comes again: %s", seen(w))
	}
	w.Warn()
	w.Warn(little)
	if !strings.Contains(seen(w), "1.4 GB") {
		t.Errorf("it was over and is here again, and nobody is told: %s", seen(w))
	}
	w.Warn()
	if strings.Contains(seen(w), "are left") {
		t.Errorf("it is over: %s", seen(w))
	}
}

func TestTheWorstWarningComesFirstAndStays(t *testing.T) {
	w, _ := open(t, nil)
	w.Warn(ui.Warning{Name: "full", Text: "The disk is full.", Late: true}, little)
	if got := seen(w); !strings.Contains(got, "is full") || strings.Contains(got, "are left") || button(w, "Close") != nil {
		t.Errorf("it shows %s", got)
	}
	w.Warn(little, ui.Warning{Name: "synced", Text: "The folder is synced."})
	press(t, w, "Close")
	if got := seen(w); !strings.Contains(got, "is synced") {
		t.Errorf("behind the first it shows %s", got)
	}
}

func TestALastingWarningIsClosedForGood(t *testing.T) {
	synced := ui.Warning{Name: "synced", Text: "The folder is synced.", Lasting: true}
	app := test.NewTempApp(t)
	for _, want := range []bool{true, false} {
		w := ui.New(ui.Options{App: app, Desk: &desk{}})
		w.Window().Show()
		w.Warn(synced)
		if got := strings.Contains(seen(w), "is synced"); got != want {
			t.Fatalf("shown: %v, want %v", got, want)
		}
		if want {
			press(t, w, "Close")
		}
		w.Window().Close()
	}
}

func TestTheRepIsAskedBeforeWhatIsNotKeptIsLost(t *testing.T) {
	app := test.NewTempApp(t)
	for _, unkept := range []bool{false, true} {
		closed := false
		w := ui.New(ui.Options{App: app, Desk: &desk{}, OnClosed: func() { closed = true }})
		w.Window().Show()
		v := mary()
		v.Unkept = unkept
		w.SetView(v)
		quit(w)
		if closed == unkept {
			t.Fatalf("not kept %v: closed %v", unkept, closed)
		}
		if unkept {
			quit(w) // once more asks nothing new
			press(t, w, "Stay")
			if closed || w.Window().Canvas().Overlays().Top() != nil {
				t.Fatalf("closed %v, and it shows %s", closed, seen(w))
			}
			quit(w)
			press(t, w, "Quit and lose it")
			if !closed {
				t.Error("the rep wants to quit and cannot")
			}
		}
	}
}

func quit(w *ui.Window) {
	for _, m := range w.Window().MainMenu().Items {
		for _, item := range m.Items {
			if item.IsQuit {
				item.Action()
			}
		}
	}
}
