package widgets_test

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/ui/widgets"
)

func finds() []glance.Found {
	return []glance.Found{
		{Type: assist.TypeNote, ID: "n1", Title: "the first note"}, {Type: assist.TypeCustomer, ID: "mary", Title: "Mary Shaw"},
		{Type: assist.TypeNote, ID: "n2", Title: "the second note"}, {Type: assist.TypeGap, ID: "g", Title: "of no kind that is shown"},
		{Type: assist.TypePromise, ID: "p", Title: "a promise"}, {Type: assist.TypePrompt, ID: "q", Title: "a question"},
		{Type: assist.TypeCompany, ID: "firm", Title: "a firm"}, {Type: assist.TypePrompt, ID: "q2", Title: "one too many"},
	}
}

func TestFindListStandsByKindAndKeepsTheOrderInEach(t *testing.T) {
	var opened []assist.ID
	l := widgets.NewFindList(widgets.Keys{}, true)
	l.OnOpen = func(f glance.Found) { opened = append(opened, f.ID) }
	window(t, l, 400)
	l.SetFinds(finds(), time.Now())
	for i := -1; i <= l.Len(); i++ {
		l.Open(i)
	}
	if want := []assist.ID{"mary", "firm", "n1", "n2", "p", "q"}; !slices.Equal(opened, want) {
		t.Errorf("opened %v, want %v", opened, want)
	}
	for _, c := range []struct{ mark, want int }{{-5, -1}, {2, 2}, {99, 5}} {
		if l.Select(c.mark); l.Selected() != c.want {
			t.Errorf("Select(%d) marks %d, want %d", c.mark, l.Selected(), c.want)
		}
	}
	l.SetFinds(nil, time.Now())
	if l.Selected() != -1 || l.Len() != 0 || l.Visible() {
		t.Errorf("an empty list marks %d of %d", l.Selected(), l.Len())
	}
}

func TestAMouseThatComesToAListIsTold(t *testing.T) {
	moved := 0
	l := widgets.NewFindList(widgets.Keys{}, false)
	l.OnMoved = func() { moved++ }
	window(t, l, 400)
	l.SetFinds(finds()[:2], time.Now())
	widgets.Arrange(l)
	for y := float32(5); y < 100; y += 10 {
		test.MoveMouse(fyne.CurrentApp().Driver().CanvasForObject(l), fyne.NewPos(20, y))
	}
	if moved != 2 {
		t.Errorf("the mouse came to two rows, and %d were told", moved)
	}
}
