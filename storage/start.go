package storage

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ringside/assist"
	"ringside/storage/journal"
)

// openPicture opens the Badger database and brings it up to date. A picture that is
// damaged, or not of this journal, is moved aside and made anew: it holds nothing that the
// journal does not.
func (db *DB) openPicture(ctx context.Context) error {
	if err := db.findPicture(); err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	if err := db.checkSeen(); err != nil {
		return err
	}
	rest, err := db.examine(ctx)
	if err == nil {
		db.examineBeside(rest)
		if err = db.usePicture(); err == nil {
			err = db.catchUp(ctx)
		}
	}
	if err == nil || errors.Is(err, ctx.Err()) || !errors.Is(err, errPicture) {
		return err
	}
	db.beside.Wait()
	if db.picture != nil {
		if err := closePicture(db.picture); err != nil {
			return fmt.Errorf("open store: %w", err)
		}
		db.picture = nil
	}
	if err := db.closeSeen(); err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	// What is damaged too cannot stand in for it: then all stays where it is.
	if err := db.journal.Read(journal.Position{}, func(journal.Position, []byte) error { return ctx.Err() }); err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	if err := db.moveAside(); err != nil {
		return err
	}
	db.name, db.tables, db.damaged = firstPicture, nil, nil
	if err := db.usePicture(); err != nil {
		return err
	}
	return db.catchUp(ctx)
}

// examine looks at the files of the picture before Badger does, whose goroutines end the
// whole program when a table is damaged, and which takes missing ones for an empty store.
// It fails with errPicture when the picture must be made anew, and returns what could not
// be read in time.
func (db *DB) examine(ctx context.Context) (rest []unsummed, err error) {
	switch _, err := os.Stat(db.pictureDir()); {
	case errors.Is(err, os.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("open store: %w", err)
	}
	if err := preflight(db.pictureDir()); err != nil {
		return nil, err
	}
	v := db.readInventory()
	if v.State == pictureDamaged {
		return nil, fmt.Errorf("%w: it was found damaged in an earlier run", errPicture)
	}
	if rest, err = v.check(db.pictureDir(), cmp.Or(db.opt.patience, patience)); err != nil || v.State == pictureClosed {
		db.tables = slices.DeleteFunc(v.Files, func(s fileSum) bool { return !s.isTable() })
		return rest, err
	}
	closeAll(rest)
	return nil, db.probe(ctx)
}

// preflight removes what a run that did not end well has left of Badger's write-ahead log:
// it holds nothing that the journal does not, and when its first bytes are altered Badger
// takes noise for keys. What a crash left empty goes too, which Badger cannot open. It
// fails with errPicture when the list of tables is gone, which Badger takes for an empty
// store.
func preflight(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	manifest, tables := false, false
	for _, e := range entries {
		ext := filepath.Ext(e.Name())
		manifest = manifest || e.Name() == "MANIFEST"
		tables = tables || ext == ".sst"
		info, err := e.Info()
		if ext == ".mem" || ext == ".vlog" && err == nil && info.Size() == 0 {
			if err := os.Remove(filepath.Join(dir, e.Name())); err != nil {
				return notWritable(dir, err)
			}
		}
	}
	if tables && !manifest {
		return fmt.Errorf("%w: its list of tables is missing", errPicture)
	}
	return nil
}

// examineBeside reads what was not read before the start. Should it be damaged, the next
// start makes the picture anew. Until then what is written is safe in the journal, and what
// is read may be incomplete.
func (db *DB) examineBeside(rest []unsummed) {
	if len(rest) == 0 {
		return
	}
	db.beside.Go(func() {
		left, err := checkAll(rest, func() bool { return true })
		closeAll(left)
		if err == nil {
			return
		}
		db.noting.Lock()
		err = errors.Join(assist.ErrDamaged, err, db.writeInventory(inventory{State: pictureDamaged}))
		db.damaged = &assist.Fault{What: "files were damaged on the disk, and what is shown may be incomplete", Where: db.opt.Dir,
			Do: "Start Ringside again: everything is put in order from the journal, and nothing is lost.", Err: err}
		db.noting.Unlock()
		if db.opt.Damaged != nil {
			db.opt.Damaged(db.damaged)
		}
	})
}

// whole fails when the picture is damaged, after all of it was read: what is made of it
// must not lack what could not be read.
func (db *DB) whole() error {
	db.beside.Wait()
	return db.damaged
}

// aside is how many pictures that were moved aside are kept.
const aside = 2

// moveAside renames the picture. It is not deleted; only of what was moved aside before,
// no more than the newest are kept, so that the disk does not fill.
func (db *DB) moveAside() error {
	stamp := db.opt.Now().UTC().Format("20060102-150405")
	to := fmt.Sprintf("%s.bad-%s", db.pictureRoot(), stamp)
	for i := 2; ; i++ {
		if _, err := os.Lstat(to); err != nil {
			break // mostly there is nothing; what else it may be, Rename says
		}
		to = fmt.Sprintf("%s.bad-%s-%d", db.pictureRoot(), stamp, i)
	}
	if err := os.Rename(db.pictureRoot(), to); err != nil {
		return notWritable(db.opt.Dir, err)
	}
	return db.dropAside(to)
}

// dropAside removes what was moved aside, but for to and the newest of the others.
func (db *DB) dropAside(to string) error {
	old, err := db.movedAside()
	old = slices.DeleteFunc(old, func(path string) bool { return path == to })
	for _, path := range old[:max(len(old)-(aside-1), 0)] {
		err = errors.Join(err, os.RemoveAll(path))
	}
	return err
}

// movedAside returns the pictures that were moved aside, the oldest first.
func (db *DB) movedAside() (paths []string, err error) {
	entries, err := os.ReadDir(db.opt.Dir)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), filepath.Base(db.pictureRoot())+".bad-") {
			paths = append(paths, filepath.Join(db.opt.Dir, e.Name()))
		}
	}
	return paths, err
}
