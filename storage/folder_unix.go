//go:build !windows

package storage

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"

	"golang.org/x/sys/unix"

	"ringside/assist"
)

// lockDir takes the data folder for this process; the lock ends with the process.
func lockDir(dir string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, notWritable(dir, err)
	}
	err = unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if err == nil {
		return f, nil
	}
	f.Close()
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, inUse(dir, err)
	}
	return nil, notWritable(dir, err)
}

func inUse(dir string, err error) error {
	return &assist.Fault{What: "another Ringside has the data folder open", Where: dir,
		Do: "Close the other one, or use its window.", Err: errors.Join(assist.ErrInUse, err)}
}

// diskSpace returns the bytes that this user may still write, and those of the whole disk.
func diskSpace(dir string) (free, total uint64, err error) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return 0, 0, err
	}
	return uint64(s.Bavail) * uint64(s.Bsize), uint64(s.Blocks) * uint64(s.Bsize), nil
}
