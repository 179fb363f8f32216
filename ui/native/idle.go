package native

import "time"

// Idle returns for how long the user has touched neither keyboard nor pointer, in whatever
// program. An error says that this system does not tell. It takes a few milliseconds, and
// any goroutine may call it.
func Idle() (time.Duration, error) { return system{}.idle() }
