//go:build windows

package native

import (
	"fmt"
	"syscall"
	"unsafe"

	"ringside/assist"
)

// system calls user32 and dwmapi.
type system struct{}

const (
	aboveAll    = ^uintptr(0)     // HWND_TOPMOST
	notAboveAll = ^uintptr(0) - 1 // HWND_NOTOPMOST

	keepSize  = 0x0001 // SWP_NOSIZE
	keepPlace = 0x0002 // SWP_NOMOVE
	keepOrder = 0x0004 // SWP_NOZORDER
	noFocus   = 0x0010 // SWP_NOACTIVATE

	showQuietly = 4 // SW_SHOWNOACTIVATE
	restore     = 9 // SW_RESTORE

	extendedStyle = ^uintptr(19) // GWL_EXSTYLE, -20
	topmostStyle  = 0x0008       // WS_EX_TOPMOST
	nearest       = 2            // MONITOR_DEFAULTTONEAREST
	visibleFrame  = 9            // DWMWA_EXTENDED_FRAME_BOUNDS
	flashInTray   = 0x0002       // FLASHW_TRAY
	untilLookedAt = 0x000C       // FLASHW_TIMERNOFG
)

type winRect struct{ left, top, right, bottom int32 }

type monitorInfo struct {
	size          uint32
	monitor, work winRect
	flags         uint32
}

type flashInfo struct {
	size    uint32
	window  uintptr
	flags   uint32
	count   uint32
	timeout uint32
}

func (s system) keepOnTop(id uintptr, on bool) error {
	after := notAboveAll
	if on {
		after = aboveAll
	}
	return s.setPos(id, after, rect{}, keepSize|keepPlace|noFocus)
}

func (s system) dockRight(id uintptr, width int) (rect, error) {
	if zoomed, _ := s.call("user32", "IsZoomed", id); zoomed != 0 {
		s.call("user32", "ShowWindow", id, restore)
	}
	var outer winRect
	if ok, err := s.call("user32", "GetWindowRect", id, uintptr(unsafe.Pointer(&outer))); ok == 0 {
		return rect{}, refused("find the window", err)
	}
	info := monitorInfo{size: uint32(unsafe.Sizeof(monitorInfo{}))}
	monitor, _ := s.call("user32", "MonitorFromWindow", id, nearest)
	if ok, err := s.call("user32", "GetMonitorInfoW", monitor, uintptr(unsafe.Pointer(&info))); ok == 0 {
		return rect{}, refused("find the screen", err)
	}
	// Windows draws the frame narrower than the window is: without the difference
	// a gap would stay at the edge.
	seen := outer
	s.call("dwmapi", "DwmGetWindowAttribute", id, visibleFrame, uintptr(unsafe.Pointer(&seen)), unsafe.Sizeof(seen))
	left, right, bottom := seen.left-outer.left, outer.right-seen.right, outer.bottom-seen.bottom
	to := rect{
		x: int(info.work.right) - width - int(left),
		y: int(info.work.top),
		w: width + int(left+right),
		h: int(info.work.bottom - info.work.top + bottom),
	}
	before := rect{int(outer.left), int(outer.top), int(outer.right - outer.left), int(outer.bottom - outer.top)}
	return before, s.place(id, to)
}

func (s system) place(id uintptr, to rect) error {
	return s.setPos(id, 0, to, keepOrder|noFocus)
}

func (s system) raise(id uintptr) error {
	if minimised, _ := s.call("user32", "IsIconic", id); minimised != 0 {
		s.call("user32", "ShowWindow", id, showQuietly)
	}
	style, _ := s.call("user32", "GetWindowLongW", id, extendedStyle)
	if err := s.setPos(id, aboveAll, rect{}, keepSize|keepPlace|noFocus); err != nil {
		return err
	}
	if style&topmostStyle != 0 {
		return nil
	}
	return s.setPos(id, notAboveAll, rect{}, keepSize|keepPlace|noFocus)
}

// askAttention never fails: what FlashWindowEx returns is how the window looked before.
func (s system) askAttention(id uintptr) error {
	info := flashInfo{window: id, flags: flashInTray | untilLookedAt}
	info.size = uint32(unsafe.Sizeof(info))
	s.call("user32", "FlashWindowEx", uintptr(unsafe.Pointer(&info)))
	return nil
}

func (s system) setPos(id, after uintptr, to rect, flags uintptr) error {
	ok, err := s.call("user32", "SetWindowPos", id, after,
		uintptr(to.x), uintptr(to.y), uintptr(to.w), uintptr(to.h), flags)
	if ok == 0 {
		return refused("move the window", err)
	}
	return nil
}

// call runs a function of a library of the system; 0 when it is not there.
//
//go:uintptrescapes
func (system) call(library, name string, args ...uintptr) (uintptr, error) {
	proc := syscall.NewLazyDLL(library + ".dll").NewProc(name)
	if err := proc.Find(); err != nil {
		return 0, err
	}
	result, _, err := proc.Call(args...)
	return result, err
}

func refused(what string, err error) error {
	return &assist.Fault{
		What: "Windows would not " + what,
		Do:   "Place the window by hand; everything else works as usual.",
		Err:  fmt.Errorf("%s: %w", what, err),
	}
}
