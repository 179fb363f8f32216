//go:build linux

package native

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/xproto"
)

// screen is an X server of the test's own, with a window manager unless it is bare.
type screen struct {
	t       *testing.T
	display string
	conn    *xgb.Conn
	root    xproto.Window
	// starting: the window manager is not yet listening, and may miss a request.
	starting bool
}

func tool(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is needed in CI: %v", name, err)
		}
		t.Skipf("%s is not installed", name)
	}
	return path
}

func start(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
}

func newScreen(t *testing.T, managed bool) *screen {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	server := exec.Command(tool(t, "Xvfb"), "-displayfd", "3", "-screen", "0", "1280x720x24", "-nolisten", "tcp")
	server.ExtraFiles = []*os.File{write}
	start(t, server)
	write.Close()
	line, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb named no display: %v", err)
	}
	s := &screen{t: t, display: ":" + strings.TrimSpace(line)}
	xgb.Logger.SetOutput(io.Discard)
	if s.conn, err = xgb.NewConnDisplay(s.display); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.conn.Close)
	s.root = xproto.Setup(s.conn).DefaultScreen(s.conn).Root
	if managed {
		wm := exec.Command(tool(t, "openbox"), "--sm-disable")
		wm.Env = append(os.Environ(), "DISPLAY="+s.display, "HOME="+t.TempDir())
		start(t, wm)
		s.until("openbox manages the screen", func() bool { return s.desk(0).managed("_NET_RESTACK_WINDOW") })
		s.starting = true
		first := s.window(0)
		s.starting = false
		xproto.DestroyWindow(s.conn, first)
		s.until("the first window is gone", func() bool { return s.top() == 0 })
	}
	return s
}

// desk looks at a window through the test's own connection.
func (s *screen) desk(w xproto.Window) *desk { return &desk{conn: s.conn, window: w, root: s.root} }

func (s *screen) until(what string, ok func() bool) {
	s.t.Helper()
	for range 500 {
		if ok() {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	s.t.Fatalf("never: %s", what)
}

// window shows a window with a least width and waits until it is seen.
func (s *screen) window(minWidth uint32) xproto.Window {
	s.t.Helper()
	id, err := xproto.NewWindowId(s.conn)
	if err != nil {
		s.t.Fatal(err)
	}
	info := xproto.Setup(s.conn).DefaultScreen(s.conn)
	err = xproto.CreateWindowChecked(s.conn, info.RootDepth, id, s.root, 100, 80, 600, 400, 0,
		xproto.WindowClassInputOutput, info.RootVisual, xproto.CwBackPixel, []uint32{0xffffff}).Check()
	if err != nil {
		s.t.Fatal(err)
	}
	// Flags: min size and gravity; gravity static, as GLFW sets it.
	hints := make([]byte, 18*4)
	xgb.Put32(hints, 1<<4|1<<9)
	xgb.Put32(hints[5*4:], minWidth)
	xgb.Put32(hints[6*4:], 100)
	xgb.Put32(hints[17*4:], 10)
	xproto.ChangeProperty(s.conn, xproto.PropModeReplace, id, xproto.AtomWmNormalHints, xproto.AtomWmSizeHints, 32, 18, hints)
	xproto.MapWindow(s.conn, id)
	s.until("the window is seen", func() bool {
		if s.starting {
			xproto.MapWindow(s.conn, id)
		}
		a, err := xproto.GetWindowAttributes(s.conn, id).Reply()
		return err == nil && a.MapState == xproto.MapStateViewable
	})
	return id
}

func (s *screen) focus() xproto.Window {
	reply, err := xproto.GetInputFocus(s.conn).Reply()
	if err != nil {
		s.t.Fatal(err)
	}
	return reply.Focus
}

// top returns the window that the manager has in front of all.
func (s *screen) top() xproto.Window {
	list := s.desk(0).numbers(s.root, "_NET_CLIENT_LIST_STACKING")
	if len(list) == 0 {
		return 0
	}
	return xproto.Window(list[len(list)-1])
}

func (s *screen) system() system { return system{display: s.display} }

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestKeepOnTopSetsAndClearsTheState(t *testing.T) {
	s := newScreen(t, true)
	w := s.window(0)
	above := func() bool { return s.desk(w).hasState("_NET_WM_STATE_ABOVE") }
	must(t, s.system().keepOnTop(uintptr(w), true))
	s.until("on top", above)
	s.window(0)
	s.until("still in front of a newer window", func() bool { return s.top() == w })
	must(t, s.system().keepOnTop(uintptr(w), false))
	s.until("no longer on top", func() bool { return !above() })
}

func TestRaiseComesInFrontAndLeavesTheKeyboard(t *testing.T) {
	s := newScreen(t, true)
	ours, other := s.window(0), s.window(0)
	s.until("the other program has the keyboard", func() bool { return s.focus() == other && s.top() == other })
	must(t, s.system().raise(uintptr(ours)))
	s.until("our window is in front", func() bool { return s.top() == ours })
	if s.focus() != other {
		t.Error("raising took the keyboard from the other program")
	}
}

func TestRaiseOfAMinimisedWindowAsksInstead(t *testing.T) {
	s := newScreen(t, true)
	ours, other := s.window(0), s.window(0)
	s.until("the other program has the keyboard", func() bool { return s.focus() == other })
	const iconic = 3
	must(t, s.desk(ours).ask("WM_CHANGE_STATE", iconic))
	s.until("minimised", func() bool { return s.desk(ours).hasState("_NET_WM_STATE_HIDDEN") })
	must(t, s.system().raise(uintptr(ours)))
	s.until("it asks", func() bool { return s.desk(ours).hasState("_NET_WM_STATE_DEMANDS_ATTENTION") })
	if s.focus() != other {
		t.Error("a minimised window took the keyboard")
	}
}

func TestAskAttentionMarksTheWindow(t *testing.T) {
	s := newScreen(t, true)
	ours, other := s.window(0), s.window(0)
	s.until("the other program has the keyboard", func() bool { return s.focus() == other })
	must(t, s.system().askAttention(uintptr(ours)))
	s.until("it asks", func() bool { return s.desk(ours).hasState("_NET_WM_STATE_DEMANDS_ATTENTION") })
	if s.focus() != other {
		t.Error("asking took the keyboard")
	}
}

func TestDockRightFillsTheRightEdgeAndUndoes(t *testing.T) {
	for _, width := range []int{380, 200} {
		t.Run(fmt.Sprint(width), func(t *testing.T) {
			s := newScreen(t, true)
			const least = 320
			w := s.window(least)
			s.until("a frame is drawn", func() bool { return s.desk(w).frame().top > 0 })
			was, err := s.desk(w).place()
			must(t, err)
			before, err := s.system().dockRight(uintptr(w), width)
			must(t, err)
			if before != was {
				t.Errorf("was at %v, dockRight says %v", was, before)
			}
			want := dockedAt(rect{0, 0, 1280, 720}, max(width, least), s.desk(w).frame())
			s.until(fmt.Sprintf("docked at %v", want), func() bool {
				now, err := s.desk(w).place()
				return err == nil && now == want
			})
			must(t, s.system().place(uintptr(w), before))
			s.until("back where it was", func() bool {
				now, err := s.desk(w).place()
				return err == nil && now == was
			})
		})
	}
}

func TestDockRightOfAMaximisedWindow(t *testing.T) {
	s := newScreen(t, true)
	w := s.window(0)
	must(t, s.desk(w).state(stateAdd, "_NET_WM_STATE_MAXIMIZED_VERT", "_NET_WM_STATE_MAXIMIZED_HORZ"))
	s.until("maximised", func() bool { return s.desk(w).hasState("_NET_WM_STATE_MAXIMIZED_VERT") })
	_, err := s.system().dockRight(uintptr(w), 380)
	must(t, err)
	s.until("docked", func() bool {
		now, err := s.desk(w).place()
		f := s.desk(w).frame()
		return err == nil && now.w == 380 && now.x+now.w+f.left+f.right == 1280
	})
}

func TestWithoutAWindowManagerTheServerIsAsked(t *testing.T) {
	s := newScreen(t, false)
	w := s.window(0)
	_, err := s.system().dockRight(uintptr(w), 380)
	must(t, err)
	s.until("docked", func() bool {
		now, err := s.desk(w).place()
		return err == nil && now == rect{900, 0, 380, 720}
	})
	must(t, s.system().raise(uintptr(w)))
	must(t, s.system().askAttention(uintptr(w)))
}

func TestStatesSetBeforeTheWindowIsShown(t *testing.T) {
	s := newScreen(t, true)
	id, err := xproto.NewWindowId(s.conn)
	must(t, err)
	info := xproto.Setup(s.conn).DefaultScreen(s.conn)
	must(t, xproto.CreateWindowChecked(s.conn, info.RootDepth, id, s.root, 0, 0, 300, 200, 0,
		xproto.WindowClassInputOutput, info.RootVisual, 0, nil).Check())
	must(t, s.system().keepOnTop(uintptr(id), true))
	must(t, s.system().askAttention(uintptr(id)))
	must(t, s.system().keepOnTop(uintptr(id), false))
	d := s.desk(id)
	if d.hasState("_NET_WM_STATE_ABOVE") || !d.hasState("_NET_WM_STATE_DEMANDS_ATTENTION") {
		t.Errorf("states before it is shown: %v", d.numbers(id, "_NET_WM_STATE"))
	}
}

func TestNoDisplayIsAnErrorThatSaysSo(t *testing.T) {
	err := system{display: ":no-such-display"}.raise(1)
	if err == nil || !strings.Contains(err.Error(), "by hand") {
		t.Errorf("got %v", err)
	}
}
