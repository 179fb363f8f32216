package storage

import (
	"context"
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"
)

func (db *DB) pictureDir() string { return filepath.Join(db.opt.Dir, "picture") }

func pictureOptions(dir string, key []byte) badger.Options {
	return badger.DefaultOptions(dir).
		WithMemTableSize(16 << 20).
		WithNumMemtables(2).
		WithNumLevelZeroTables(6).
		WithNumLevelZeroTablesStall(16).
		WithNumCompactors(2).
		WithBaseLevelSize(64 << 20).
		WithBlockCacheSize(16 << 20).
		WithIndexCacheSize(32 << 20).
		WithValueLogFileSize(64 << 20).
		WithValueThreshold(1 << 20).
		WithNumVersionsToKeep(math.MaxInt).
		WithDetectConflicts(false). // one writer
		WithSyncWrites(false).      // the journal is synced
		WithMetricsEnabled(false).
		WithChecksumVerificationMode(options.OnBlockRead).
		WithEncryptionKey(key).
		WithEncryptionKeyRotationDuration(30 * 24 * time.Hour).
		WithLogger(nil)
}

// openPicture opens the Badger database and brings it up to date. A picture that
// cannot be opened, or is not of this journal, is moved aside and made anew: it
// holds nothing that the journal does not.
func (db *DB) openPicture(ctx context.Context) error {
	// A damaged table ends the process from one of Badger's own goroutines. Whether
	// the picture can be opened is asked here, before it is opened for use.
	if err := preflight(db.pictureDir()); err != nil {
		if err := db.moveAside(); err != nil {
			return err
		}
	}
	err := db.openBadger()
	if err == nil {
		err = db.catchUp(ctx)
	}
	if err == nil || errors.Is(err, ctx.Err()) || !errors.Is(err, errPicture) {
		return err
	}
	if db.picture != nil {
		if err := closePicture(db.picture); err != nil {
			return fmt.Errorf("open store: %w", err)
		}
		db.picture = nil
	}
	if err := db.moveAside(); err != nil {
		return err
	}
	if err := db.openBadger(); err != nil {
		return err
	}
	return db.catchUp(ctx)
}

// errPicture marks what a new picture mends.
var errPicture = errors.New("the picture cannot be used")

func (db *DB) openBadger() error {
	key, err := hkdf.Key(sha256.New, db.opt.Key[:], nil, "ringside picture v1", 32)
	if err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	if err := os.MkdirAll(db.pictureDir(), 0o700); err != nil {
		return notWritable(db.opt.Dir, err)
	}
	picture, err := badger.Open(pictureOptions(db.pictureDir(), key))
	switch {
	case err == nil:
		db.picture = picture
		return nil
	case strings.Contains(err.Error(), "Cannot acquire directory lock"), strings.Contains(err.Error(), "Another process is using"):
		return inUse(db.opt.Dir, err)
	case errors.Is(err, os.ErrPermission):
		return notWritable(db.opt.Dir, err)
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENOMEM), errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("open store: %w", err) // a new picture would fare no better
	}
	return fmt.Errorf("open store: %w: %w", errPicture, err)
}

// preflight removes files that a crash left empty, which Badger cannot open, and
// fails when the list of tables is gone, which Badger takes for an empty store.
func preflight(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	manifest, tables := false, false
	for _, e := range entries {
		ext := filepath.Ext(e.Name())
		manifest = manifest || e.Name() == "MANIFEST"
		tables = tables || ext == ".sst" || ext == ".mem"
		info, err := e.Info()
		if err == nil && info.Size() == 0 && (ext == ".mem" || ext == ".vlog") {
			if err := os.Remove(filepath.Join(dir, e.Name())); err != nil {
				return err
			}
		}
	}
	if tables && !manifest {
		return errPicture
	}
	return nil
}

// moveAside renames the picture; nothing is deleted.
func (db *DB) moveAside() error {
	to := fmt.Sprintf("%s.bad-%s", db.pictureDir(), db.opt.Now().UTC().Format("20060102-150405"))
	for i := 2; ; i++ {
		if _, err := os.Lstat(to); errors.Is(err, os.ErrNotExist) {
			break
		}
		to = fmt.Sprintf("%s.bad-%s-%d", db.pictureDir(), db.opt.Now().UTC().Format("20060102-150405"), i)
	}
	if err := os.Rename(db.pictureDir(), to); err != nil {
		return notWritable(db.opt.Dir, err)
	}
	return nil
}
