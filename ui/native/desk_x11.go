//go:build unix && !darwin && !ios && !android

package native

import (
	"encoding/binary"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/randr"
	"github.com/jezek/xgb/xproto"
)

// desk is one window on one open display.
type desk struct {
	conn   *xgb.Conn
	window xproto.Window
	root   xproto.Window
}

// frame is what a window manager draws around a window.
type frame struct{ left, right, top, bottom int }

func (d *desk) atom(name string) xproto.Atom {
	reply, err := xproto.InternAtom(d.conn, false, uint16(len(name)), name).Reply()
	if err != nil {
		return 0
	}
	return reply.Atom
}

// numbers reads a property of 32-bit numbers; nil when it is not there.
func (d *desk) numbers(of xproto.Window, property string) []uint32 {
	reply, err := xproto.GetProperty(d.conn, false, of, d.atom(property), xproto.GetPropertyTypeAny, 0, 4096).Reply()
	if err != nil || reply.Format != 32 {
		return nil
	}
	out := make([]uint32, 0, reply.ValueLen)
	for b := reply.Value; len(b) >= 4; b = b[4:] {
		out = append(out, xgb.Get32(b))
	}
	return out
}

func (d *desk) has(of xproto.Window, property, value string) bool {
	atom := uint32(d.atom(value))
	for _, n := range d.numbers(of, property) {
		if n == atom {
			return true
		}
	}
	return false
}

func (d *desk) hasState(state string) bool { return d.has(d.window, "_NET_WM_STATE", state) }

// managed reports whether a window manager is there that knows the request.
func (d *desk) managed(request string) bool { return d.has(d.root, "_NET_SUPPORTED", request) }

// ask sends a request about the window to the window manager.
func (d *desk) ask(request string, data ...uint32) error {
	five := make([]uint32, 5)
	copy(five, data)
	event := xproto.ClientMessageEvent{
		Format: 32, Window: d.window, Type: d.atom(request),
		Data: xproto.ClientMessageDataUnionData32New(five),
	}
	mask := uint32(xproto.EventMaskSubstructureRedirect | xproto.EventMaskSubstructureNotify)
	return xproto.SendEventChecked(d.conn, false, d.root, mask, string(event.Bytes())).Check()
}

// state adds or removes up to two states. Before a window is shown nobody manages
// it, and its states are a property that the manager reads later.
func (d *desk) state(action uint32, first, second string) error {
	atoms := []uint32{uint32(d.atom(first)), 0}
	if second != "" {
		atoms[1] = uint32(d.atom(second))
	}
	seen, err := xproto.GetWindowAttributes(d.conn, d.window).Reply()
	if err != nil {
		return err
	}
	if seen.MapState != xproto.MapStateUnmapped || len(d.numbers(d.window, "WM_STATE")) > 0 {
		return d.ask("_NET_WM_STATE", action, atoms[0], atoms[1], fromPager)
	}
	kept := make([]byte, 0, 16)
	for _, n := range d.numbers(d.window, "_NET_WM_STATE") {
		if n != atoms[0] && n != atoms[1] {
			kept = binary.LittleEndian.AppendUint32(kept, n)
		}
	}
	for _, n := range atoms {
		if action == stateAdd && n != 0 {
			kept = binary.LittleEndian.AppendUint32(kept, n)
		}
	}
	return xproto.ChangePropertyChecked(d.conn, xproto.PropModeReplace, d.window, d.atom("_NET_WM_STATE"),
		xproto.AtomAtom, 32, uint32(len(kept)/4), kept).Check()
}

// unmaximise gives a window that was maximised its own size back, and waits a moment for
// the window manager.
func (d *desk) unmaximise() (was bool, err error) {
	const vert, horz = "_NET_WM_STATE_MAXIMIZED_VERT", "_NET_WM_STATE_MAXIMIZED_HORZ"
	maximised := func() bool { return d.hasState(vert) || d.hasState(horz) }
	if !maximised() {
		return false, nil
	}
	if err := d.state(stateRemove, vert, horz); err != nil {
		return true, err
	}
	for range patience {
		if !maximised() {
			break
		}
		time.Sleep(look)
	}
	return true, nil
}

// How long a window manager has to do what it was asked for, in looks.
const (
	look     = 20 * time.Millisecond
	patience = 25
	still    = 5 // looks at which nothing changed any more
)

// settle moves the window until it stays where it is to be: a window manager draws another
// frame around one that is maximised no more, some time after it has said so.
func (d *desk) settle(to func() rect) error {
	for tries, there := 0, 0; tries < patience && there < still; tries++ {
		time.Sleep(look)
		now, err := d.place()
		if err != nil {
			return err
		}
		if want := to(); now == want {
			there++
		} else if err := d.move(want); err != nil {
			return err
		} else {
			there = 0
		}
	}
	return nil
}

// place returns the outer corner and the inner size of the window: what move takes.
func (d *desk) place() (rect, error) {
	size, err := xproto.GetGeometry(d.conn, xproto.Drawable(d.window)).Reply()
	if err != nil {
		return rect{}, err
	}
	at, err := xproto.TranslateCoordinates(d.conn, d.window, d.root, 0, 0).Reply()
	if err != nil {
		return rect{}, err
	}
	f := d.frame()
	return rect{int(at.DstX) - f.left, int(at.DstY) - f.top, int(size.Width), int(size.Height)}, nil
}

func (d *desk) move(to rect) error {
	x, y, w, h := uint32(int32(to.x)), uint32(int32(to.y)), uint32(max(to.w, 1)), uint32(max(to.h, 1))
	if d.managed("_NET_MOVERESIZE_WINDOW") {
		return d.ask("_NET_MOVERESIZE_WINDOW", gravityNW|allOfRect|fromPager<<12, x, y, w, h)
	}
	mask := uint16(xproto.ConfigWindowX | xproto.ConfigWindowY | xproto.ConfigWindowWidth | xproto.ConfigWindowHeight)
	return xproto.ConfigureWindowChecked(d.conn, d.window, mask, []uint32{x, y, w, h}).Check()
}

func (d *desk) frame() frame {
	n := d.numbers(d.window, "_NET_FRAME_EXTENTS")
	if len(n) < 4 {
		return frame{}
	}
	return frame{int(n[0]), int(n[1]), int(n[2]), int(n[3])}
}

// minWidth returns the least width that the window allows, in pixels.
func (d *desk) minWidth() int {
	const hasMinSize, minWidthAt = 1 << 4, 5
	n := d.numbers(d.window, "WM_NORMAL_HINTS")
	if len(n) <= minWidthAt || n[0]&hasMinSize == 0 {
		return 0
	}
	return int(n[minWidthAt])
}

// workArea returns the part of the window's own monitor that panels leave.
func (d *desk) workArea(window rect) rect {
	area := d.monitor(window)
	work := d.numbers(d.root, "_NET_WORKAREA")
	desktop := 0
	if n := d.numbers(d.root, "_NET_CURRENT_DESKTOP"); len(n) > 0 {
		desktop = int(n[0]) * 4
	}
	if len(work) < desktop+4 {
		return area
	}
	w := work[desktop : desktop+4]
	if both := overlap(area, rect{int(w[0]), int(w[1]), int(w[2]), int(w[3])}); both.w > 0 && both.h > 0 {
		return both
	}
	return area
}

// monitor returns the monitor that shows the middle of the window, else the whole
// screen.
func (d *desk) monitor(window rect) rect {
	screen := xproto.Setup(d.conn).DefaultScreen(d.conn)
	whole := rect{0, 0, int(screen.WidthInPixels), int(screen.HeightInPixels)}
	if randr.Init(d.conn) != nil {
		return whole
	}
	monitors, err := randr.GetMonitors(d.conn, d.root, true).Reply()
	if err != nil {
		return whole
	}
	x, y := window.x+window.w/2, window.y+window.h/2
	for _, m := range monitors.Monitors {
		r := rect{int(m.X), int(m.Y), int(m.Width), int(m.Height)}
		if x >= r.x && x < r.x+r.w && y >= r.y && y < r.y+r.h {
			return r
		}
	}
	return whole
}

func overlap(a, b rect) rect {
	x, y := max(a.x, b.x), max(a.y, b.y)
	return rect{x, y, min(a.x+a.w, b.x+b.w) - x, min(a.y+a.h, b.y+b.h) - y}
}
