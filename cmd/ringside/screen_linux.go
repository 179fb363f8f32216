package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/damage"
	"github.com/jezek/xgb/xproto"
	"github.com/jezek/xgb/xtest"
)

// screen watches a window from outside, as an eye would: it learns from the X
// server when the window was painted, and types as a hand would. It belongs to
// the benchmark.
type screen struct {
	conn *xgb.Conn
	root xproto.Window
	keys map[xproto.Keysym]xproto.Keycode
}

var errNoScreen = errors.New("there is no X display")

func openScreen() (*screen, error) {
	if os.Getenv("DISPLAY") == "" {
		return nil, errNoScreen
	}
	xgb.Logger.SetOutput(io.Discard) // it tells of every missing .Xauthority
	conn, err := xgb.NewConn()
	if err != nil {
		return nil, errNoScreen
	}
	s := &screen{conn: conn, keys: map[xproto.Keysym]xproto.Keycode{}}
	setup := xproto.Setup(conn)
	s.root = setup.DefaultScreen(conn).Root
	if damage.Init(conn) != nil || xtest.Init(conn) != nil {
		conn.Close()
		return nil, errors.New("the X display cannot report what is painted")
	}
	if _, err := damage.QueryVersion(conn, 1, 1).Reply(); err != nil {
		conn.Close()
		return nil, fmt.Errorf("ask what is painted: %w", err)
	}
	return s, s.readKeys(setup)
}

func (s *screen) readKeys(setup *xproto.SetupInfo) error {
	n := byte(setup.MaxKeycode - setup.MinKeycode + 1)
	m, err := xproto.GetKeyboardMapping(s.conn, setup.MinKeycode, n).Reply()
	if err != nil {
		return fmt.Errorf("read the keyboard: %w", err)
	}
	for i := range int(n) {
		sym := m.Keysyms[i*int(m.KeysymsPerKeycode)]
		if _, known := s.keys[sym]; !known && sym != 0 {
			s.keys[sym] = setup.MinKeycode + xproto.Keycode(i)
		}
	}
	return nil
}

func (s *screen) close() { s.conn.Close() }

// window waits for a visible top-level window of the process.
func (s *screen) window(pid int, limit time.Duration) (xproto.Window, error) {
	atom, err := xproto.InternAtom(s.conn, false, uint16(len("_NET_WM_PID")), "_NET_WM_PID").Reply()
	if err != nil {
		return 0, fmt.Errorf("look for the window: %w", err)
	}
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if w := s.search(s.root, atom.Atom, uint32(pid), 3); w != 0 {
			return w, nil
		}
	}
	return 0, fmt.Errorf("the window did not open within %v", limit)
}

func (s *screen) search(w xproto.Window, pidAtom xproto.Atom, pid uint32, depth int) xproto.Window {
	if p, err := xproto.GetProperty(s.conn, false, w, pidAtom, xproto.AtomCardinal, 0, 1).Reply(); err == nil && len(p.Value) == 4 && xgb.Get32(p.Value) == pid && s.visible(w) {
		return w
	}
	if depth == 0 {
		return 0
	}
	tree, err := xproto.QueryTree(s.conn, w).Reply()
	if err != nil {
		return 0
	}
	for _, c := range tree.Children {
		if found := s.search(c, pidAtom, pid, depth-1); found != 0 {
			return found
		}
	}
	return 0
}

func (s *screen) visible(w xproto.Window) bool {
	a, err := xproto.GetWindowAttributes(s.conn, w).Reply()
	if err != nil || a.MapState != xproto.MapStateViewable {
		return false
	}
	g, err := xproto.GetGeometry(s.conn, xproto.Drawable(w)).Reply()
	return err == nil && g.Width > 40
}

// lit reports whether the middle of the window shows anything but black.
func (s *screen) lit(w xproto.Window) bool {
	g, err := xproto.GetGeometry(s.conn, xproto.Drawable(w)).Reply()
	if err != nil {
		return false
	}
	img, err := xproto.GetImage(s.conn, xproto.ImageFormatZPixmap, xproto.Drawable(w), int16(g.Width/2), int16(g.Height/2), 8, 8, 0xffffff).Reply()
	if err != nil {
		return false
	}
	for i, b := range img.Data {
		if i%4 != 3 && b != 0 {
			return true
		}
	}
	return false
}

// watch starts to report each painting of the window.
func (s *screen) watch(w xproto.Window) error {
	id, err := damage.NewDamageId(s.conn)
	if err != nil {
		return err
	}
	return damage.CreateChecked(s.conn, id, xproto.Drawable(w), damage.ReportLevelRawRectangles).Check()
}

// quiet waits until nothing was painted for the time given.
func (s *screen) quiet(calm time.Duration) {
	for {
		if _, painted := s.painted(calm); !painted {
			return
		}
	}
}

// painted waits at most limit for the next painting and returns when it was seen.
func (s *screen) painted(limit time.Duration) (time.Time, bool) {
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(200 * time.Microsecond) {
		if ev, err := s.conn.PollForEvent(); ev == nil && err == nil {
			continue
		} else if _, ok := ev.(damage.NotifyEvent); ok {
			return time.Now(), true
		}
	}
	return time.Time{}, false
}

// burst returns how long after start the last painting came that follows the
// first within calm; ok is false when nothing was painted within limit.
func (s *screen) burst(start time.Time, limit, calm time.Duration) (last time.Duration, ok bool) {
	at, ok := s.painted(limit)
	for next, more := at, ok; more; next, more = s.painted(calm) {
		at = next
	}
	return at.Sub(start), ok
}

// focus gives the keyboard to the window.
func (s *screen) focus(w xproto.Window) error {
	return xproto.SetInputFocusChecked(s.conn, xproto.InputFocusPointerRoot, w, xproto.TimeCurrentTime).Check()
}

// press types one key, named by its X keysym, which for ASCII is the character.
func (s *screen) press(sym xproto.Keysym) error {
	code, ok := s.keys[sym]
	if !ok {
		return fmt.Errorf("this keyboard has no key %#x", uint32(sym))
	}
	xtest.FakeInput(s.conn, xproto.KeyPress, byte(code), 0, s.root, 0, 0, 0)
	return xtest.FakeInputChecked(s.conn, xproto.KeyRelease, byte(code), 0, s.root, 0, 0, 0).Check()
}
