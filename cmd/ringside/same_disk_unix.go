//go:build !windows

package main

import (
	"os"
	"syscall"
)

// sameDisk reports whether two folders are known to be on one disk.
func sameDisk(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	if err != nil {
		return false
	}
	one, ok := x.Sys().(*syscall.Stat_t)
	other, too := y.Sys().(*syscall.Stat_t)
	return ok && too && one.Dev == other.Dev
}
