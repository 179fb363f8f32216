package used_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"ringside/assist/glance"
	"ringside/ui/library/used"
	"ringside/ui/panes/look"
	"ringside/ui/theme"
)

var monday = time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC)

func weeks() []used.Week {
	return []used.Week{
		{From: monday, Counts: glance.Counts{Shown: 8, Opened: 5, Said: 4, Helped: 3}},
		{From: monday.AddDate(0, 0, 7)},
		{From: monday.AddDate(0, 0, 14), Counts: glance.Counts{Shown: 4, Opened: 2, Said: 2, Helped: 1, Wrong: 1}},
		{From: monday.AddDate(0, 0, 21), Counts: glance.Counts{Shown: 400, Said: 1}},
	}
}

func open(t *testing.T) (*used.Chart, fyne.Window) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Of(theme.Light))
	c := used.NewChart()
	w := test.NewTempWindow(t, c)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(400, 90))
	return c, w
}

func TestAChartTellsAllWeeksOrOne(t *testing.T) {
	c, w := open(t)
	c.SetWeeks(weeks())
	says := func(want string) {
		t.Helper()
		if c.Says() != want {
			t.Errorf("says %q, want %q", c.Says(), want)
		}
	}
	all := "4 weeks: shown 412, opened 7, said 7, helped 4, wrong 1"
	says(all)
	third := "From 16 Nov: shown 4, opened 2, said 2, helped 1, wrong 1"
	c.MouseIn(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(250, 20)}})
	says(third)
	c.MouseOut()
	says(all)
	w.Canvas().Focus(c)
	says("From 23 Nov: shown 400, opened 0, said 1, helped 0, wrong 0")
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	says(third)
	for range 5 {
		c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	}
	says("From 2 Nov: shown 8, opened 5, said 4, helped 3, wrong 0")
	w.Canvas().Unfocus()
	says(all)
}

func TestAChartOfNothingIsHidden(t *testing.T) {
	c, _ := open(t)
	c.SetWeeks(weeks())
	if !c.Visible() {
		t.Error("a chart of something is hidden")
	}
	c.SetWeeks([]used.Week{{From: monday}})
	if c.Visible() {
		t.Error("a chart of nothing is shown")
	}
}

func TestEveryFigureIsSeen(t *testing.T) {
	c, _ := open(t)
	c.SetWeeks(weeks())
	var bars int
	look.Walk(c, func(o fyne.CanvasObject, seen, whole look.Area) {
		if r, ok := o.(*canvas.Rectangle); ok && r.Visible() {
			bars++
			if whole.Bottom-whole.Top < 1 || whole.Top < 0 || whole.Right > 401 {
				t.Errorf("a bar stands at %v", whole)
			}
		}
	})
	if bars != 3+3+1 { // shown, said, wrong; the line below is too thin to count
		t.Errorf("%d bars", bars)
	}
}

func TestPictureOfAChart(t *testing.T) {
	look.Gallery(t)
	c, w := open(t)
	list := weeks()
	list[3].Counts = glance.Counts{Shown: 11, Said: 9}
	c.SetWeeks(list)
	c.MouseIn(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(250, 20)}})
	look.Picture(t, w, "chart")
}
