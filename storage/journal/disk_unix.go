//go:build !windows

package journal

import (
	"errors"
	"syscall"
)

// Full reports whether an error of the system says that the disk is full.
func Full(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}
