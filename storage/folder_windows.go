package storage

import (
	"errors"
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"

	"ringside/assist"
)

// lockDir takes the data folder for this process; the lock ends with the process.
func lockDir(dir string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, notWritable(dir, err)
	}
	err = windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY,
		0, 1, 0, new(windows.Overlapped))
	if err == nil {
		return f, nil
	}
	f.Close()
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
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
	p, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, 0, err
	}
	err = windows.GetDiskFreeSpaceEx(p, &free, &total, nil)
	return free, total, err
}
