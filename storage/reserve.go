package storage

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"ringside/storage/journal"
)

// Badger writes its log through memory maps of files with holes in them. When the disk is
// full, a write into a hole ends the program by a signal. So the holes are filled before:
// when a picture is opened, and soon after Badger has begun another file.

// reserveEvery is how many writes may pass before new files are looked for. Each of them was
// let through because there was room for several such files.
const reserveEvery = 8

// reserve takes the room on the disk that the files of the picture will need. The caller
// holds db.mu, or nobody else has the store yet.
func (db *DB) reserve() error {
	if err := takeAll(db.pictureDir(), db.taken); err != nil {
		if journal.Full(err) {
			return diskFull(db.opt.Dir, err)
		}
		return fmt.Errorf("take room on the disk: %w", err)
	}
	return nil
}

// takeAll fills the holes of a picture's files. taken are those that have their room; what
// is done is added.
func takeAll(dir string, taken map[string]bool) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		path := filepath.Join(dir, e.Name())
		if ext := filepath.Ext(path); taken[path] || ext != ".mem" && ext != ".vlog" && e.Name() != "DISCARD" {
			continue
		}
		switch err := takeRoom(path); {
		case err == nil:
			taken[path] = true
		case !errors.Is(err, os.ErrNotExist): // Badger is done with it already
			return err
		}
	}
	return nil
}
