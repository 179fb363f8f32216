//go:build !windows && (!unix || darwin || ios || android)

package native

// system is a window system that Ringside has no words for.
type system struct{}

func (system) keepOnTop(uintptr, bool) error        { return notHere() }
func (system) dockRight(uintptr, int) (rect, error) { return rect{}, notHere() }
func (system) place(uintptr, rect) error            { return notHere() }
func (system) raise(uintptr) error                  { return notHere() }
func (system) askAttention(uintptr) error           { return notHere() }
