package panes

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/theme"
)

func TestTheRoomShowsOneTabAndFillsIt(t *testing.T) {
	filled := map[string]int{}
	tab := func(name string) Tab {
		return Tab{Name: name, Object: canvas.NewRectangle(nil), Focus: func(fyne.Canvas) {}, Reload: func() { filled[name]++ }}
	}
	tabs := []Tab{tab("Answers"), tab("To do"), tab("Questions")}
	r := NewRoom(tabs...)
	test.NewTempApp(t).Settings().SetTheme(theme.Of(theme.Light))
	w := test.NewTempWindow(t, r.Object())
	w.Resize(fyne.NewSize(800, 600))
	seen := func(want int) {
		t.Helper()
		for i, x := range tabs {
			if x.Object.Visible() != (i == want) {
				t.Errorf("tab %d is shown: %v", i, x.Object.Visible())
			}
			if (r.buttons[i].Importance == widget.HighImportance) != (i == want) {
				t.Errorf("the button of tab %d does not say whether it is in front", i)
			}
		}
	}
	seen(0)
	test.Tap(r.buttons[1])
	seen(1)
	r.Turn(-1)
	r.Turn(-1)
	seen(2)
	if filled["To do"] != 1 || filled["Answers"] != 1 || filled["Questions"] != 1 {
		t.Errorf("filled %v", filled)
	}
	r.SetCount("To do", 7)
	if got := r.buttons[1].Text; got != "To do 7" {
		t.Errorf("says %q", got)
	}
	r.Show("To do")
	seen(1)
	r.Show("Nowhere")
	seen(1)
}
