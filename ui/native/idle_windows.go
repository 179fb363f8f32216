package native

import (
	"time"
	"unsafe"
)

// lastInput is LASTINPUTINFO of winuser.h.
type lastInput struct{ size, at uint32 }

func (s system) idle() (time.Duration, error) {
	info := lastInput{size: uint32(unsafe.Sizeof(lastInput{}))}
	if ok, err := s.call("user32", "GetLastInputInfo", uintptr(unsafe.Pointer(&info))); ok == 0 {
		return 0, refused("say how long nothing was typed", err)
	}
	now, err := s.call("kernel32", "GetTickCount")
	if err != nil && now == 0 {
		return 0, refused("say what time it is", err)
	}
	return time.Duration(uint32(now)-info.at) * time.Millisecond, nil
}
