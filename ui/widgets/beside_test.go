package widgets_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"ringside/ui/widgets"
)

func TestTwoStandBesideWhileThereIsRoom(t *testing.T) {
	test.NewTempApp(t)
	a, b := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	a.SetMinSize(fyne.NewSize(10, 30))
	b.SetMinSize(fyne.NewSize(10, 50))
	box := widgets.Beside(20, 100, a, b)
	for _, c := range []struct {
		name          string
		width, height float32
		hidden        fyne.CanvasObject
		at            fyne.Position // of b
		wide          float32       // of what is visible
	}{
		{"beside", 220, 50, nil, fyne.NewPos(120, 0), 100},
		{"below", 219, 100, nil, fyne.NewPos(0, 50), 219},
		{"alone", 220, 50, a, fyne.NewPos(0, 0), 220},
	} {
		if c.hidden != nil {
			c.hidden.Hide()
		}
		if got := widgets.HeightFor(box, c.width); got != c.height {
			t.Errorf("%s: %v high, want %v", c.name, got, c.height)
		}
		box.Resize(fyne.NewSize(c.width, c.height))
		if b.Position() != c.at || b.Size().Width != c.wide {
			t.Errorf("%s: at %v, %v wide", c.name, b.Position(), b.Size().Width)
		}
	}
}
