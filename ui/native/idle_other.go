//go:build !windows && (!unix || darwin || ios || android)

package native

import "time"

func (system) idle() (time.Duration, error) { return 0, notHere() }
