// Package durable writes small files so that they are there as before or as wanted, name
// and all, whatever dies.
package durable

import (
	"errors"
	"os"
	"path/filepath"
)

// Write puts a file, for this user only, in the place of the one before, and returns when
// it would outlive a power cut.
func Write(path string, b []byte) error {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, ".new-*") // 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(b)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	return SyncDir(dir)
}
