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
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"
)

// The folder "picture" holds a folder for the picture, named by a number, and a file
// that says which number. A second one is there only while it is being made.
const (
	firstPicture = "1"
	currentFile  = "current"
)

func (db *DB) pictureRoot() string { return filepath.Join(db.opt.Dir, "picture") }

func (db *DB) pictureDir() string { return filepath.Join(db.pictureRoot(), db.name) }

// begin begins to read the picture. The caller must call done, and knows that the
// store is open.
func (db *DB) begin() (txn *badger.Txn, done func()) {
	txn, done, _ = db.enter(false)
	return txn, done
}

// enter begins to read the picture, if it may be read by who does not know whether
// the store is open.
func (db *DB) enter(ask bool) (txn *badger.Txn, done func(), err error) {
	db.gate.RLock()
	if ask && db.shut {
		db.gate.RUnlock()
		return nil, nil, fmt.Errorf("read: %w", os.ErrClosed)
	}
	picture, readers := db.picture, db.readers
	readers.Add(1)
	db.gate.RUnlock()
	txn = picture.NewTransaction(false)
	return txn, func() {
		txn.Discard()
		readers.Done()
	}, nil
}

// read fails with os.ErrClosed when the store is closed.
func (db *DB) read(look func(*badger.Txn) error) error {
	txn, done, err := db.enter(true)
	if err != nil {
		return err
	}
	defer done()
	return look(txn)
}

// findPicture learns which picture counts, and removes what a crash left of others.
func (db *DB) findPicture() error {
	db.name = firstPicture
	b, err := os.ReadFile(filepath.Join(db.pictureRoot(), currentFile))
	if name := strings.TrimSpace(string(b)); err == nil && isNumber(name) {
		db.name = name
	}
	entries, err := os.ReadDir(db.pictureRoot())
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		if n := e.Name(); n != db.name && (isNumber(n) || n == sortFolder) {
			err = errors.Join(err, os.RemoveAll(filepath.Join(db.pictureRoot(), n)))
		}
	}
	return err
}

func isNumber(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && n > 0 && strconv.Itoa(n) == s
}

func pictureOptions(dir string, key []byte) badger.Options {
	return badger.DefaultOptions(dir).
		WithMemTableSize(16 << 20).
		WithNumMemtables(2).
		WithNumLevelZeroTables(6).
		WithNumLevelZeroTablesStall(16).
		WithNumCompactors(2).
		WithBaseTableSize(128 << 10). // 4 MB at the lowest level
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
	if err := db.findPicture(); err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	if err := preflight(db.pictureDir()); err != nil {
		if err := db.moveAside(); err != nil {
			return err
		}
	}
	err := db.usePicture()
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
	db.name = firstPicture
	if err := db.usePicture(); err != nil {
		return err
	}
	return db.catchUp(ctx)
}

func (db *DB) usePicture() (err error) {
	db.readers = &sync.WaitGroup{}
	db.picture, err = db.openBadger(db.pictureDir())
	return err
}

// errPicture marks what a new picture mends.
var errPicture = errors.New("the picture cannot be used")

// openBadger opens or makes a picture.
func (db *DB) openBadger(dir string) (*badger.DB, error) {
	key, err := hkdf.Key(sha256.New, db.opt.Key[:], nil, "ringside picture v1", 32)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, notWritable(db.opt.Dir, err)
	}
	picture, err := badger.Open(pictureOptions(dir, key))
	switch {
	case err == nil:
		return picture, nil
	case strings.Contains(err.Error(), "Cannot acquire directory lock"), strings.Contains(err.Error(), "Another process is using"):
		return nil, inUse(db.opt.Dir, err)
	case errors.Is(err, os.ErrPermission):
		return nil, notWritable(db.opt.Dir, err)
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENOMEM), errors.Is(err, syscall.ENOSPC):
		return nil, fmt.Errorf("open store: %w", err) // a new picture would fare no better
	}
	return nil, fmt.Errorf("open store: %w: %w", errPicture, err)
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
	to := fmt.Sprintf("%s.bad-%s", db.pictureRoot(), db.opt.Now().UTC().Format("20060102-150405"))
	for i := 2; ; i++ {
		if _, err := os.Lstat(to); errors.Is(err, os.ErrNotExist) {
			break
		}
		to = fmt.Sprintf("%s.bad-%s-%d", db.pictureRoot(), db.opt.Now().UTC().Format("20060102-150405"), i)
	}
	if err := os.Rename(db.pictureRoot(), to); err != nil {
		return notWritable(db.opt.Dir, err)
	}
	return nil
}
