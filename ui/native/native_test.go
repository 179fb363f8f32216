package native

import (
	"errors"
	"testing"

	"fyne.io/fyne/v2/driver"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

func TestAWindowWithoutANativeSideSaysSo(t *testing.T) {
	test.NewTempApp(t)
	w := Of(test.NewTempWindow(t, widget.NewLabel("desk")))
	for name, err := range map[string]error{
		"KeepOnTop":    w.KeepOnTop(true),
		"DockRight":    w.DockRight(380),
		"Raise":        w.Raise(),
		"AskAttention": w.AskAttention(),
	} {
		if !errors.Is(err, ErrNotHere) {
			t.Errorf("%s: got %v, want ErrNotHere", name, err)
		}
	}
	if err := w.Undock(); err != nil {
		t.Errorf("Undock of a window that is not docked: %v", err)
	}
}

func TestHandleKnowsTheSystemsThatCanBeAsked(t *testing.T) {
	for _, c := range []struct {
		context any
		want    uintptr
	}{
		{driver.X11WindowContext{WindowHandle: 7}, 7},
		{driver.WindowsWindowContext{HWND: 9}, 9},
		{driver.WaylandWindowContext{WaylandSurface: 5}, 0},
		{driver.MacWindowContext{NSWindow: 5}, 0},
		{driver.UnknownContext{}, 0},
	} {
		if got := handle(c.context); got != c.want {
			t.Errorf("%T: handle %d, want %d", c.context, got, c.want)
		}
	}
}
