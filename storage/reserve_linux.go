package storage

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// takeRoom fills the holes of a file; what is in it stays. A file system that cannot do so is
// not held against it.
func takeRoom(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.Size() == 0 {
		return err
	}
	if err := unix.Fallocate(int(f.Fd()), 0, 0, info.Size()); err != nil && !errors.Is(err, unix.EOPNOTSUPP) && !errors.Is(err, unix.EINTR) {
		return err
	}
	return nil
}
