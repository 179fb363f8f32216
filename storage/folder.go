package storage

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"ringside/assist"
	"ringside/storage/journal"
)

// Format is the version of the data folder that this program writes.
const Format = 1

// minFree is the room on the disk below which nothing is written any more: Badger
// writes through memory maps, and a full disk would end the whole program.
const minFree = 64 << 20

// about is what store.json says.
type about struct {
	Format int    `json:"format"`
	Store  string `json:"store"`
	store  [16]byte
}

func newDevice() (d [8]byte) {
	rand.Read(d[:])
	return d
}

// prepareDir makes the data folder and checks that files can be made in it.
func prepareDir(dir string) error {
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return &assist.Fault{What: "the data folder is a file", Where: dir, Do: "Name a folder instead.", Err: assist.ErrInvalid}
	}
	if err := os.MkdirAll(filepath.Join(dir, "journal"), 0o700); err != nil {
		return notWritable(dir, err)
	}
	f, err := os.CreateTemp(dir, ".writable-*")
	if err != nil {
		return notWritable(dir, err)
	}
	f.Close()
	return os.Remove(f.Name())
}

func notWritable(dir string, err error) error {
	return &assist.Fault{What: "the data folder cannot be written", Where: dir,
		Do: "Allow writing to it, or name another folder.", Err: errors.Join(assist.ErrReadOnly, err)}
}

// readAbout reads store.json; a new store gets a new name.
func readAbout(dir string) (a about, err error) {
	path := filepath.Join(dir, "store.json")
	b, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		rand.Read(a.store[:])
		return a, nil
	}
	if err != nil {
		return a, fmt.Errorf("open store: %w", err)
	}
	if json.Unmarshal(b, &a) != nil || len(a.Store) != 32 {
		return about{}, nil // the journal knows the same
	}
	if a.Format > Format {
		return a, &assist.Fault{What: "the data folder was written by a newer version of Ringside", Where: dir,
			Do: "Install the newest version.", Err: assist.ErrNewer}
	}
	_, err = hex.Decode(a.store[:], []byte(a.Store))
	return a, err
}

// confirm compares store.json with the journal and writes it when it is not there.
func (a about) confirm(dir string, j *journal.Journal) error {
	id := j.Store()
	name := hex.EncodeToString(id[:])
	if a.Store == name {
		if j.End().Segment == 0 {
			return a.lost(dir)
		}
		return nil
	}
	if a.Store != "" {
		return &assist.Fault{What: "the journal belongs to another data folder", Where: dir,
			Do: "Put back the folder \"journal\" that was here before.", Err: assist.ErrDamaged}
	}
	if err := j.Begin(); err != nil {
		return err
	}
	b, err := json.Marshal(about{Format: Format, Store: name})
	if err != nil {
		return err
	}
	return writeFile(filepath.Join(dir, "store.json"), append(b, '\n'))
}

func (a about) lost(dir string) error {
	return &assist.Fault{What: "the journal is missing", Where: filepath.Join(dir, "journal"),
		Do: "Put back the folder \"journal\" that was here before, or restore a backup.", Err: assist.ErrDamaged}
}

// writeFile writes a small file so that it is there whole or not at all.
func writeFile(path string, b []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*") // 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(b)
	err = errors.Join(err, f.Sync(), f.Close())
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// checkSpace refuses a write of so many bytes when the disk has no room for it.
func checkSpace(dir string, size int) error {
	free, err := freeSpace(dir)
	if err != nil || free >= minFree+4*uint64(size) {
		return nil // a disk that cannot tell is not held against the write
	}
	return &assist.Fault{What: "the disk is full", Where: dir,
		Do: "Free some space; what was saved before is safe.", Err: assist.ErrDiskFull}
}
