package main

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"ringside/ui/panes/look"
	"ringside/ui/setup"
	"ringside/ui/widgets"
)

func TestTheBriefIsReadInTheApp(t *testing.T) {
	d := newDesktop(t)
	d.over.(*setup.First).OnSample()
	d.until(t, "the sample team is there", func() bool { return d.over == nil && len(d.team) > 0 })
	tab := d.briefTab()
	w := test.NewTempWindow(t, tab.Object)
	w.Resize(w.Canvas().Size().AddWidthHeight(1000, 9000))
	tab.Reload()
	d.until(t, "the brief", func() bool { return strings.Contains(look.Words(tab.Object), "At a glance") })
	look.Reads(t, tab.Object, "Rivals", "Promises due", "Rohan Desai, Leeds")
	test.Tap(look.Find(t, tab.Object, func(a *widgets.Action) bool { return strings.HasPrefix(a.Label(), "Names shown") }))
	d.until(t, "the brief without names", func() bool { return strings.Contains(look.Words(tab.Object), "Customer 1, ") })
	look.Hides(t, tab.Object, "Rohan Desai")
}

func TestALongBriefWaitsOnTheClipboard(t *testing.T) {
	d := newDesktop(t)
	long := strings.Repeat("What customers told us. ", 200)
	d.mailBrief("The brief", long)
	if got := d.app.Clipboard().Content(); got != long {
		t.Errorf("the clipboard holds %d letters", len(got))
	}
	d.app.Clipboard().SetContent("mine")
	d.mailBrief("The brief", "Short.")
	if got := d.app.Clipboard().Content(); got != "mine" {
		t.Errorf("a short brief took the clipboard: %q", got)
	}
}
