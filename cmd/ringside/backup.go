package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"ringside/assist"
	"ringside/storage"
	"ringside/storage/backup"
	"ringside/storage/secret"
)

// backupKey is what backups of this house are sealed with. Where the key of the store lies
// open or in the keychain, only a passphrase that was given lets another machine open them.
func (h *house) backupKey() (backup.Key, error) {
	boxes, err := secret.Boxes(h.dir)
	if err != nil {
		return backup.Key{}, err
	}
	if words := h.drawer.Options.Passphrase; len(boxes) == 0 && words != "" {
		box, err := secret.Seal(h.drawer.Key, words)
		if err != nil {
			return backup.Key{}, err
		}
		boxes = []secret.Box{*box}
	}
	return backup.Key{Store: h.drawer.Key, Boxes: boxes}, nil
}

// backupDir is where backups go: the folder that was chosen, else one in the data folder.
func (h *house) backupDir(ctx context.Context) (string, error) {
	s, err := h.db.Settings(ctx)
	if err != nil {
		return "", fmt.Errorf("read the settings: %w", err)
	}
	return backupsIn(h.dir, s.Backups), nil
}

func backupsIn(data, chosen string) string {
	if chosen != "" {
		return chosen
	}
	return filepath.Join(data, "backups")
}

// backUp makes a backup in the folder for them, or at another path, and leaves of those in
// the folder what is to be kept.
func (h *house) backUp(ctx context.Context, path string) (string, backup.About, error) {
	dir, err := h.backupDir(ctx)
	if err != nil {
		return "", backup.About{}, err
	}
	if path == "" {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return "", backup.About{}, &assist.Fault{What: "the folder for backups cannot be made", Where: dir, Do: "Plug it in, or choose another one.", Err: err}
		}
		path = filepath.Join(dir, backup.Name(h.db.Name(), h.now().Local()))
	}
	h.backing.Lock()
	defer h.backing.Unlock()
	var about backup.About
	err = h.perform(ctx, actBackUp, func() (n int, err error) {
		about, err = h.writeBackup(ctx, path)
		return int(about.Operations), err
	})
	if err == nil && filepath.Dir(path) == dir {
		err = backup.Tidy(dir, h.db.Name(), h.now())
	}
	return path, about, err
}

func (h *house) writeBackup(ctx context.Context, path string) (backup.About, error) {
	key, err := h.backupKey()
	if err != nil {
		return backup.About{}, err
	}
	about, err := backup.Write(ctx, path, h.db, key, h.now())
	if err != nil {
		return backup.About{}, err
	}
	return about, backup.KeepErased(filepath.Dir(path), key, about.Erased)
}

// noteErased tells the backups that exist who must stay erased.
func (h *house) noteErased(ctx context.Context, customers []assist.ID) error {
	dir, err := h.backupDir(ctx)
	if err != nil {
		return err
	}
	if _, err := os.Stat(dir); err != nil {
		return nil // there are no backups
	}
	key, err := h.backupKey()
	if err != nil {
		return err
	}
	return backup.KeepErased(dir, key, customers)
}

// When the daily backup is made: not while the first calls of the day come in, and tried
// again when it fails or the phone rings.
const (
	backFirst = 3 * time.Minute
	backRetry = 20 * time.Minute
	backEvery = 20 * time.Hour
)

// backDaily makes a backup a day while the app is open, between calls, and tells how it went.
func (r *running) backDaily(ctx context.Context, h *house, tell func(error)) {
	failed := "" // said once, and not every time it is tried again
	for wait := backFirst; ; wait = backRetry {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		if r.desk.View().Call != "" {
			continue
		}
		due, err := h.backupDue(ctx)
		if err == nil && !due {
			continue
		}
		if err == nil {
			_, _, err = h.backUp(ctx, "")
		}
		if ctx.Err() != nil {
			return
		}
		if err == nil {
			failed = ""
			tell(nil)
		} else if err.Error() != failed {
			failed = err.Error()
			tell(err)
		}
	}
}

func (h *house) backupDue(ctx context.Context) (bool, error) {
	dir, err := h.backupDir(ctx)
	if err != nil {
		return false, err
	}
	list, err := backup.List(dir, h.db.Name())
	return len(list) == 0 || h.now().Sub(list[0].Made) > backEvery, err
}

// restoring is a backup that waits to take the place of what is in the data folder.
type restoring struct {
	path, dir string
	key       backup.Key
	present   *storage.DB // what is in the data folder, where it is open
	here      [32]byte    // else its key, if it is known
	erased    []assist.ID // who must be erased again
	about     backup.About
}

// unpack reads the backup whole, and lets it wait in the data folder.
func (r *restoring) unpack(ctx context.Context) (err error) {
	waiting := backup.Waiting(r.dir)
	if err := r.drop(); err != nil {
		return &assist.Fault{What: "the data folder cannot be written", Where: waiting, Err: err}
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, r.drop())
		}
	}()
	if r.about, err = backup.Unpack(ctx, r.path, waiting, r.key); err != nil {
		return err
	}
	if r.key.Store, err = backup.StoreKey(r.path, r.key); err != nil {
		return err
	}
	if r.erased, err = r.erasedHere(ctx); err != nil {
		return err
	}
	for _, dir := range []string{filepath.Dir(r.path), backupsIn(r.dir, "")} {
		more, err := backup.Erased(dir, r.key)
		if err != nil && !errors.Is(err, assist.ErrWrongKey) { // of another store
			return err
		}
		r.erased = append(r.erased, more...)
	}
	slices.Sort(r.erased)
	r.erased = slices.Compact(r.erased)
	return nil
}

// drop takes away what waits.
func (r *restoring) drop() error { return os.RemoveAll(backup.Waiting(r.dir)) }

// replace lets it take the place of what is there at the next start, or when finishRestore
// is called. It returns where that is kept from then on.
func (r *restoring) replace(ctx context.Context, opt secret.Options, now func() time.Time) (aside string, err error) {
	if err := r.eraseAgain(ctx, now); err != nil {
		return "", err
	}
	if !secret.Opens(r.dir, r.key.Store) {
		if _, err := secret.Adopt(ctx, backup.Waiting(r.dir), r.key.Store, opt); err != nil {
			return "", err
		}
	}
	if aside, err = backup.Replace(r.dir, now()); err != nil {
		return "", err
	}
	return aside, nil
}

// eraseAgain erases from what waits who was erased after the backup was made.
func (r *restoring) eraseAgain(ctx context.Context, now func() time.Time) error {
	if r.present != nil { // somebody may have been erased while the backup was looked at
		since, err := r.erasedHere(ctx)
		if err != nil {
			return err
		}
		r.erased = append(r.erased, since...)
	}
	db, err := storage.Open(ctx, storage.Options{Dir: backup.Waiting(r.dir), Key: r.key.Store, Now: now})
	if err != nil {
		return err
	}
	list := make([]assist.Erasure, len(r.erased))
	for i, id := range r.erased {
		list[i] = assist.Erasure{ID: id, At: now()}
	}
	return errors.Join(db.EraseAgain(ctx, list), db.Close())
}

// erasedHere returns who was erased in the store that is in the data folder. One that does
// not open cannot tell.
func (r *restoring) erasedHere(ctx context.Context) (customers []assist.ID, err error) {
	db := r.present
	if db == nil {
		if r.here == [32]byte{} || !hasStore(r.dir) {
			return nil, nil
		}
		db, err = storage.Open(ctx, storage.Options{Dir: r.dir, Key: r.here, Child: startProbe})
		if errors.Is(err, assist.ErrInUse) || ctx.Err() != nil {
			return nil, err
		}
		if err != nil {
			return nil, nil
		}
		defer func() { err = errors.Join(err, db.Close()) }()
	}
	list, err := all[assist.Erasure](ctx, db)
	for _, e := range list {
		customers = append(customers, e.ID)
	}
	return customers, err
}

// finishRestore does what a restore has left to the next start.
func finishRestore(dir string) error {
	if !backup.Announced(dir) {
		return nil
	}
	return storage.Alone(dir, func() error {
		_, err := backup.Finish(dir)
		return err
	})
}

// noteRestore writes down what finishRestore did: it may have been at an earlier start,
// which could not open the store.
func (h *house) noteRestore(ctx context.Context) error {
	if !backup.Done(h.dir) {
		return nil
	}
	if err := h.note(ctx, actRestore, 0); err != nil {
		return err
	}
	return backup.Noted(h.dir)
}
