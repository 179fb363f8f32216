package library_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/ui/library"
	"ringside/ui/library/used"
	"ringside/ui/panes"
	"ringside/ui/panes/look"
	"ringside/ui/theme"
)

// newCountedDesk is a desk that knows how answers fared.
func newCountedDesk(t *testing.T, size fyne.Size) *desk {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Of(theme.Light))
	d := &desk{t: t, queue: make(chan func(), 16)}
	counts := map[assist.ID]glance.Counts{
		"charged-twice": {Shown: 9, Opened: 8, Said: 7, Helped: 6},
		"refund-late":   {Shown: 9, Opened: 8, Said: 3, Helped: 0, Wrong: 2},
		"moved":         {Shown: 20},
	}
	opt := library.Options{Now: func() time.Time { return now }, Post: func(f func()) { d.queue <- f },
		Find:      func(context.Context, string) ([]library.Hit, error) { return []library.Hit{{Answer: "moved"}}, nil },
		AllCounts: func(context.Context) (map[assist.ID]glance.Counts, error) { return counts, nil },
		Trend: func(_ context.Context, id assist.ID) ([]used.Week, error) {
			return []used.Week{{From: now.AddDate(0, 0, -7), Counts: counts[id]}, {From: now}}, nil
		}}
	d.page = library.New(opt)
	d.w = test.NewTempWindow(t, d.page.Object())
	d.w.SetPadded(false)
	d.w.Resize(size)
	d.page.SetAnswers(answers())
	d.settle()
	return d
}

func TestTheListIsOrderedByHowAnswersFare(t *testing.T) {
	d := newCountedDesk(t, wide)
	for order, want := range map[string][2]string{
		"Most said":    {"Charged twice for one order", "Refund not there yet"},
		"Never opened": {"Moved house: where will my order go?", "Blade jams on high hedges"},
		"Least helped": {"Refund not there yet", "Charged twice for one order"},
		"Often wrong":  {"Refund not there yet", "Charged twice for one order"},
		"Stale first":  {"Refund not there yet", "Charged twice for one order"},
		"A to Z":       {"Charged twice for one order", "Refund not there yet"},
	} {
		look.Find(t, d.page.Object(), func(s *widget.Select) bool { return slices.Contains(s.Options, "Most said") }).SetSelected(order)
		for len(d.queue) > 0 || order != "A to Z" && order != "Stale first" && titles(d)[0] != want[0] {
			d.settle()
		}
		if got := titles(d); got[0] != want[0] || got[1] != want[1] {
			t.Errorf("%s begins with %q", order, got[:2])
		}
	}
	d.page.Find("moved")
	d.until("1 found")
	d.unseen("A to Z")
}

// until lets results come until the words are to be seen.
func (d *desk) until(words string) {
	d.t.Helper()
	for !strings.Contains(look.Words(d.page.Object()), words) {
		d.settle()
	}
}

func titles(d *desk) (out []string) {
	look.Walk(d.page.Object(), func(o fyne.CanvasObject, _, _ look.Area) {
		if r, ok := o.(*panes.Row); ok {
			out = append(out, r.Line().Title)
		}
	})
	return out
}

func TestTheAnswerThatIsReadHasItsChart(t *testing.T) {
	for _, size := range []fyne.Size{wide, slim} {
		d := newCountedDesk(t, size)
		d.page.Open("refund-late")
		d.page.Open("charged-twice") // the first is not waited for
		d.until("2 weeks: shown 9, opened 8, said 7, helped 6, wrong 0")
		look.Apart(t, d.page.Object(), size, "chart")
		d.page.Open("margin")
		d.unseen("weeks:")
	}
}

func TestWhatIsOffIsNotInTheList(t *testing.T) {
	d := newDesk(t, wide)
	list := answers()
	list[1].Off, list[1].Into = true, "charged-twice"
	d.page.SetAnswers(list)
	d.see("7 answers")
	d.unseen("Refund not there yet")
}
