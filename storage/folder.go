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
	"ringside/storage/durable"
	"ringside/storage/journal"
)

// Format is the version of the data folder that this program writes.
const Format = 1

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
	return durable.Write(filepath.Join(dir, "store.json"), append(b, '\n'))
}

func (a about) lost(dir string) error {
	return &assist.Fault{What: "the journal is missing", Where: filepath.Join(dir, "journal"),
		Do: "Put back the folder \"journal\" that was here before, or restore a backup: ringside restore FILE.", Err: assist.ErrDamaged}
}

// DiskFull reports whether an error of the system says that there is no room.
func DiskFull(err error) bool { return errors.Is(err, assist.ErrDiskFull) || journal.Full(err) }

// Alone does something to a data folder while no store is open in it; assist.ErrInUse says
// that one is.
func Alone(dir string, work func() error) error {
	lock, err := lockDir(dir)
	if err != nil {
		return err
	}
	return errors.Join(work(), lock.Close())
}
