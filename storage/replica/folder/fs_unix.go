//go:build !windows

package folder

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"ringside/storage/journal"
)

func full(err error) bool { return journal.Full(err) }

func readOnly(err error) bool {
	return errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS)
}

// syncDir makes the names in a folder durable, where the file system of it can.
func syncDir(root *os.Root, dir string) error {
	d, err := root.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, errors.ErrUnsupported) {
		return err
	}
	return nil
}
