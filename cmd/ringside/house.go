package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/storage"
	"ringside/storage/audit"
	"ringside/storage/secret"
)

// errCannotOpen marks whatever keeps the store from being opened.
var errCannotOpen = errors.New("the store cannot be opened")

// house is the open data folder: the store and what is made of it. Its methods may
// be called from any goroutine.
type house struct {
	dir   string
	db    *storage.DB
	where string // where the key was when the house was opened, in words for people
	now   func() time.Time
	shelf *shelf
	tally *counting // of patterns
	log   *audit.Log
	// drawer keeps the keys to services that the user named.
	drawer  secret.Drawer
	crew    *crew            // this desk's part in a team
	backing sync.Mutex       // one backup at a time
	editing sync.Mutex       // one at a time reads what others may change, and writes it
	desk    func() live.View // what is on the desk of the running app; nil without one
}

// hasStore reports whether a store was ever made in the folder, or may have been:
// what cannot be looked at is for openHouse to explain.
func hasStore(dir string) bool {
	for _, name := range []string{"store.json", "journal", "picture"} {
		if _, err := os.Stat(filepath.Join(dir, name)); !errors.Is(err, fs.ErrNotExist) {
			return true
		}
	}
	return false
}

// openHouse opens the store in dir, or makes one, and gives a store without a
// library the one that is shipped.
func openHouse(ctx context.Context, dir string, now func() time.Time) (*house, error) {
	return openHouseWith(ctx, dir, now, secretOptions(os.Getenv))
}

// openHouseWith is openHouse with what is known about the key.
func openHouseWith(ctx context.Context, dir string, now func() time.Time, opt secret.Options) (*house, error) {
	return openHouseTelling(ctx, dir, now, opt, storeNews{})
}

// storeNews is who hears of a store that is not as it should be; nil hears nothing.
type storeNews struct {
	progress func(done, all int) // it is being put in order again, on the goroutine that opens it
	damaged  func(error)         // it was found damaged while it is open, from any goroutine
}

// openHouseTelling is openHouseWith that tells.
func openHouseTelling(ctx context.Context, dir string, now func() time.Time, opt secret.Options, tell storeNews) (*house, error) {
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return nil, &assist.Fault{What: "the data folder is a file", Where: dir, Do: "Name a folder instead.", Err: errCannotOpen}
	}
	if err := finishRestore(dir); err != nil {
		return nil, marked{err, errCannotOpen}
	}
	key, where, err := secret.Key(ctx, dir, opt)
	if err != nil {
		return nil, marked{err, errCannotOpen}
	}
	db, err := storage.Open(ctx, storage.Options{Dir: dir, Key: key, Now: now, Region: regionFrom(os.Getenv),
		Child: startProbe, Progress: tell.progress, Damaged: tell.damaged})
	if err != nil {
		return nil, marked{err, errCannotOpen}
	}
	log, err := audit.Open(dir, key, db)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	h := &house{dir: dir, db: db, where: where, now: now, shelf: &shelf{db: db}, tally: newCounting(db), log: log,
		drawer: secret.Drawer{Dir: dir, Key: key, Options: opt}}
	h.crew = newCrew(h)
	if err := errors.Join(h.noteRestore(ctx), h.stock(ctx)); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return h, nil
}

// inOrderAgain says how far a store is that has to be put in order again.
func inOrderAgain(done, all int) string {
	return fmt.Sprintf("Your notes are being put in order again: %d %%.", 100*done/all)
}

// secretOptions reads from the environment what cannot be asked on a command line.
func secretOptions(env func(string) string) secret.Options {
	return secret.Options{Passphrase: env("RINGSIDE_PASSPHRASE"), NoKeychain: env("RINGSIDE_NO_KEYCHAIN") != ""}
}

// stock gives a library to a store that has none, and rules of tact and names to one from
// before there were any. Such a store has deals of its own, or none.
func (h *house) stock(ctx context.Context) error {
	p, err := starter()
	if err != nil {
		return err
	}
	answers, err := has[assist.Answer](ctx, h.db)
	if err != nil {
		return err
	}
	rules, err := has[assist.Tact](ctx, h.db)
	if err != nil {
		return err
	}
	switch {
	case answers && rules:
		return nil
	case answers: // a store from before there was tact
		p = assist.Pack{Tact: p.Tact, Subjects: p.Subjects}
	}
	if err := h.db.Save(ctx, p.Records()...); err != nil {
		return fmt.Errorf("keep the starter library: %w", err)
	}
	return nil
}

// has reports whether there is any record of a type.
func has[T assist.Record](ctx context.Context, db *storage.DB) (bool, error) {
	for _, err := range storage.List[T](ctx, db) {
		return err == nil, err
	}
	return false, nil
}

// Close ends taking part in a team and closes the store; what was acknowledged is safe
// whatever it returns.
func (h *house) Close() error { return errors.Join(h.crew.stop(), h.db.Close()) }
