package safety_test

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/panes/look"
	"ringside/ui/safety"
	"ringside/ui/theme"
)

var at = time.Date(2026, 5, 3, 10, 12, 0, 0, time.UTC)

// shownLog is the part in a window, and what it asked for.
func shownLog(t *testing.T) (*safety.Log, *[]safety.LogAsk) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Of(theme.Light))
	l := safety.NewLog([]safety.LogKind{{Kind: "import", Name: "Imports"}, {Kind: "erasure", Name: "Erasures"}})
	l.Now = func() time.Time { return at }
	var asked []safety.LogAsk
	l.OnLoad = func(ask safety.LogAsk) { asked = append(asked, ask) }
	page := safety.New(safety.Part{Object: l.Object(), Reload: l.Reload})
	w := test.NewTempWindow(t, page.Object())
	w.Resize(fyne.NewSize(700, 900))
	if len(asked) > 0 {
		t.Fatalf("before it was in front it asked for %v", asked)
	}
	page.Reload()
	return l, &asked
}

func choose(t *testing.T, l *safety.Log, from, name string) {
	t.Helper()
	s := look.Find(t, l.Object(), func(s *widget.Select) bool {
		return len(s.Options) > 0 && s.Options[0] == from
	})
	s.SetSelected(name)
}

func entries(n int) (out []safety.LogEntry) {
	for i := range n {
		out = append(out, safety.LogEntry{At: at.Add(time.Duration(-i) * time.Hour), Who: "Ann", What: fmt.Sprintf("Import: customers (%d)", i+1)})
	}
	return out
}

func TestTheLogIsReadAndMoreOfIt(t *testing.T) {
	l, asked := shownLog(t)
	l.Set(safety.LogPage{Entries: entries(20), More: true, Who: []string{"Ann", "Ben"}})
	look.Reads(t, l.Object(), "3 May 2026 10:12 · Ann", "Import: customers (1)", "Show more")
	look.Hides(t, l.Object(), "was changed between")
	look.Press(t, l.Object(), "Show more")
	if n := len(*asked); n != 2 || (*asked)[1].Most != 40 {
		t.Fatalf("asked for %+v", *asked)
	}
	l.Set(safety.LogPage{Entries: entries(25), Who: []string{"Ann", "Ben"}})
	look.Reads(t, l.Object(), "Import: customers (25)")
	look.Hides(t, l.Object(), "Show more")
	l.Set(safety.LogPage{})
	look.Reads(t, l.Object(), "Nothing of this is in the log.")
}

func TestTheLogIsFilteredByKindWhoAndWhen(t *testing.T) {
	l, asked := shownLog(t)
	l.Set(safety.LogPage{Entries: entries(3), Who: []string{"Ann", "Ben"}})
	choose(t, l, "Everything", "Erasures")
	choose(t, l, "Everybody", "Ben")
	choose(t, l, "At any time", "The last 7 days")
	want := safety.LogAsk{Kind: "erasure", Who: "Ben", From: at.AddDate(0, 0, -7), Most: 20}
	if got := (*asked)[len(*asked)-1]; len(*asked) != 4 || got != want {
		t.Errorf("asked for %+v", *asked)
	}
	l.Set(safety.LogPage{Who: []string{"Ann", "Ben", "Cy"}}) // who is chosen stays
	var saved safety.LogAsk
	l.OnSave = func(ask safety.LogAsk) { saved = ask }
	look.Press(t, l.Object(), "Save as text…")
	if want.Most = 0; saved != want || len(*asked) != 4 {
		t.Errorf("saves %+v, asked %d times", saved, len(*asked))
	}
}

func TestALogThatWasChangedIsToldFirst(t *testing.T) {
	l, _ := shownLog(t)
	l.Set(safety.LogPage{Entries: entries(1), Changed: []string{"The log of who did what was changed between 3 May 2026 10:12 and 3 May 2026 10:15."}})
	look.Reads(t, l.Object(), "was changed between 3 May 2026 10:12 and 3 May 2026 10:15.", "Import: customers (1)")
	l.Set(safety.LogPage{Entries: entries(1)})
	look.Hides(t, l.Object(), "was changed between")
}

func TestTheLogLiesOnNothingElse(t *testing.T) {
	l, _ := shownLog(t)
	l.Set(safety.LogPage{Entries: append(entries(3), safety.LogEntry{At: at, Who: "Wilhelmina Featherstonehaugh-Cholmondeley of the night shift",
		What: "erasure: one person ygk4kqmz1x75cnsck03qpjnzwgygk4kqmz1x75cnsck03qpjnzwg (12)"}), More: true, Who: []string{"Ann"},
		Changed: []string{"The log of who did what was changed between 3 May 2026 10:12 and 3 May 2026 10:15."}})
	for _, size := range []fyne.Size{fyne.NewSize(1000, 900), fyne.NewSize(380, 1200)} {
		w := test.NewTempWindow(t, l.Object())
		w.Resize(size)
		look.Apart(t, l.Object(), size, "the log")
	}
}
