package storage

import "golang.org/x/sys/unix"

// share returns what kind of share a folder lies on; empty for a disk of this computer.
func share(dir string) string {
	var s unix.Statfs_t
	if unix.Statfs(dir, &s) != nil || s.Flags&unix.MNT_LOCAL != 0 {
		return ""
	}
	return unix.ByteSliceToString(s.Fstypename[:])
}
