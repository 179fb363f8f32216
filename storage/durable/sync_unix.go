//go:build !windows

package durable

import (
	"errors"
	"os"
)

// SyncDir makes the names of new files in a folder as durable as what is in them.
func SyncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
