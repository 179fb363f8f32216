//go:build unix && !darwin && !ios && !android

package native

import (
	"io"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"

	"ringside/assist"
)

// system talks to the X server beside Fyne, with a connection for each request:
// they are rare, and an idle connection would have to be watched.
type system struct{ display string }

// Of _NET_WM_STATE and _NET_MOVERESIZE_WINDOW in the EWMH.
const (
	stateRemove = 0
	stateAdd    = 1
	fromPager   = 2 // the request comes from the user's own will
	gravityNW   = 1
	allOfRect   = 0xF << 8
)

func (s system) keepOnTop(id uintptr, on bool) error {
	return s.on(id, func(d *desk) error {
		action := uint32(stateRemove)
		if on {
			action = stateAdd
		}
		return d.state(action, "_NET_WM_STATE_ABOVE", "")
	})
}

func (s system) askAttention(id uintptr) error {
	return s.on(id, func(d *desk) error { return d.state(stateAdd, "_NET_WM_STATE_DEMANDS_ATTENTION", "") })
}

func (s system) raise(id uintptr) error {
	return s.on(id, func(d *desk) error {
		if d.hasState("_NET_WM_STATE_HIDDEN") {
			return d.state(stateAdd, "_NET_WM_STATE_DEMANDS_ATTENTION", "")
		}
		if d.managed("_NET_RESTACK_WINDOW") {
			return d.ask("_NET_RESTACK_WINDOW", fromPager, 0, xproto.StackModeAbove)
		}
		return xproto.ConfigureWindowChecked(d.conn, d.window, xproto.ConfigWindowStackMode,
			[]uint32{xproto.StackModeAbove}).Check()
	})
}

func (s system) dockRight(id uintptr, width int) (before rect, err error) {
	err = s.on(id, func(d *desk) error {
		if before, err = d.place(); err != nil {
			return err
		}
		was, err := d.unmaximise()
		if err != nil {
			return err
		}
		area, width := d.workArea(before), max(width, d.minWidth())
		if err := d.move(dockedAt(area, width, d.frame())); err != nil || !was {
			return err
		}
		return d.settle(func() rect { return dockedAt(area, width, d.frame()) })
	})
	return before, err
}

func (s system) place(id uintptr, to rect) error {
	return s.on(id, func(d *desk) error { return d.move(to) })
}

// dockedAt returns the outer corner and the inner size of a window at the right
// edge of the area, with a frame around it.
func dockedAt(area rect, width int, f frame) rect {
	outer := min(width+f.left+f.right, area.w)
	return rect{x: area.x + area.w - outer, y: area.y, w: outer - f.left - f.right, h: area.h - f.top - f.bottom}
}

// on opens the display, runs do for the window and closes the display.
func (s system) on(id uintptr, do func(*desk) error) error {
	xgb.Logger.SetOutput(io.Discard)
	conn, err := xgb.NewConnDisplay(s.display)
	if err != nil {
		return noDisplay(err)
	}
	defer conn.Close()
	d := &desk{conn: conn, window: xproto.Window(id), root: xproto.Setup(conn).DefaultScreen(conn).Root}
	if err := do(d); err != nil {
		return noDisplay(err)
	}
	// One answer from the server: everything that was sent before has arrived.
	_, err = xproto.GetInputFocus(conn).Reply()
	return noDisplay(err)
}

func noDisplay(err error) error {
	if err == nil {
		return nil
	}
	return &assist.Fault{
		What: "the screen would not move the window",
		Do:   "Place the window by hand; everything else works as usual.",
		Err:  err,
	}
}
