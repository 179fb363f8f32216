package storage

import (
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

// share returns what kind of share a folder lies on; empty for a disk of this computer.
func share(dir string) string {
	volume := filepath.VolumeName(dir)
	root, err := windows.UTF16PtrFromString(volume + `\`)
	if strings.HasPrefix(volume, `\\`) || err == nil && windows.GetDriveType(root) == windows.DRIVE_REMOTE {
		return "network"
	}
	return ""
}
