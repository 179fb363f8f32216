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
	"ringside/storage"
	"ringside/storage/secret"
)

// errCannotOpen marks whatever keeps the store from being opened.
var errCannotOpen = errors.New("the store cannot be opened")

// house is the open data folder: the store and what is made of it. Its methods may
// be called from any goroutine.
type house struct {
	dir   string
	db    *storage.DB
	where string // where the key is, in words for people
	now   func() time.Time
	shelf *shelf
	tally *counting // of patterns
	// drawer keeps the keys to services that the user named.
	drawer  secret.Drawer
	editing sync.Mutex // one at a time changes an answer or a revision of one
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
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return nil, &assist.Fault{What: "the data folder is a file", Where: dir, Do: "Name a folder instead.", Err: errCannotOpen}
	}
	key, where, err := secret.Key(ctx, dir, opt)
	if err != nil {
		return nil, marked{err, errCannotOpen}
	}
	db, err := storage.Open(ctx, storage.Options{Dir: dir, Key: key, Now: now, Region: regionFrom(os.Getenv)})
	if err != nil {
		return nil, marked{err, errCannotOpen}
	}
	h := &house{dir: dir, db: db, where: where, now: now, shelf: &shelf{db: db}, tally: newCounting(db),
		drawer: secret.Drawer{Dir: dir, Key: key, Options: opt}}
	if err := h.stock(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return h, nil
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

// Close closes the store; what was acknowledged is safe whatever it returns.
func (h *house) Close() error { return h.db.Close() }
