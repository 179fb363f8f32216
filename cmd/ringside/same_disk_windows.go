package main

import (
	"path/filepath"
	"strings"
)

// sameDisk reports whether two folders are known to be on one disk.
func sameDisk(a, b string) bool {
	return strings.EqualFold(filepath.VolumeName(a), filepath.VolumeName(b))
}
