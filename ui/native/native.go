// Package native asks the window system for the few things that Fyne has no
// call for: to keep the window on top, to stand at the right edge of the
// screen, to come to the front without taking the keyboard, and to ask for
// attention.
package native

import (
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"

	"ringside/assist"
)

// ErrNotHere: this window system cannot do what was asked. The window works on
// without it.
var ErrNotHere = errors.New("not on this system")

// Window is what the window system can do with one window. All methods are for
// Fyne's goroutine, after the window was shown; they take a few milliseconds.
// None of them takes the keyboard from another program. An error is a
// *assist.Fault; where the system has no such thing it wraps ErrNotHere.
type Window interface {
	// KeepOnTop keeps the window above all others, or lets it go again.
	KeepOnTop(on bool) error
	// DockRight puts the window at the right edge of its screen, as high as the
	// space that panels leave. The width is in Fyne's units; a window that
	// cannot be so narrow is as narrow as it can be.
	DockRight(width float32) error
	// Undock puts the window back to where it was before the first DockRight;
	// it does nothing when the window is not docked.
	Undock() error
	// Raise brings the window in front of the others. A minimised window asks
	// for attention instead where opening it would take the keyboard.
	Raise() error
	// AskAttention marks the window in the task bar until it is looked at.
	AskAttention() error
}

// Of returns the native side of a Fyne window.
func Of(w fyne.Window) Window { return &window{fyne: w} }

// rect is a place on the screen, in pixels.
type rect struct{ x, y, w, h int }

// window joins the Fyne window to the calls of this system, which know nothing
// of Fyne and name the window by its handle.
type window struct {
	fyne   fyne.Window
	system system
	before rect // where it stood before it was docked; zero when it is not
}

func (w *window) KeepOnTop(on bool) error {
	return w.with(func(id uintptr) error { return w.system.keepOnTop(id, on) })
}

func (w *window) DockRight(width float32) error {
	pixels := int(width * w.fyne.Canvas().Scale())
	return w.with(func(id uintptr) error {
		before, err := w.system.dockRight(id, pixels)
		if err == nil && w.before == (rect{}) {
			w.before = before
		}
		return err
	})
}

func (w *window) Undock() error {
	if w.before == (rect{}) {
		return nil
	}
	return w.with(func(id uintptr) error {
		err := w.system.place(id, w.before)
		w.before = rect{}
		return err
	})
}

func (w *window) Raise() error {
	return w.with(w.system.raise)
}

func (w *window) AskAttention() error {
	return w.with(w.system.askAttention)
}

// with runs do with the window's handle.
func (w *window) with(do func(id uintptr) error) error {
	native, ok := w.fyne.(driver.NativeWindow)
	if !ok {
		return notHere()
	}
	err := notHere()
	native.RunNative(func(context any) {
		if id := handle(context); id != 0 {
			err = do(id)
		}
	})
	return err
}

// handle returns the number by which the window system knows the window; 0 where
// there is none, as for a window that is not shown yet.
func handle(context any) uintptr {
	switch c := context.(type) {
	case driver.X11WindowContext:
		return c.WindowHandle
	case driver.WindowsWindowContext:
		return c.HWND
	}
	return 0
}

func notHere() error {
	return &assist.Fault{
		What: "this window system cannot keep Ringside on top or beside the phone",
		Do:   "Place the window by hand; everything else works as usual.",
		Err:  ErrNotHere,
	}
}
