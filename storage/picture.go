package storage

import (
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

	"ringside/storage/journal"
)

// The folder "picture" holds a folder for the picture, named by a number, a file that
// says which number, and what is known of how it was left (inventoryFile, seenFile). A
// second one is there only while it is being made.
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

// memTable is how much of the picture is in memory until it is written as a table.
const memTable = 16 << 20

func pictureOptions(dir string, key []byte) badger.Options {
	return badger.DefaultOptions(dir).
		WithMemTableSize(memTable).
		WithNumMemtables(2).
		WithNumLevelZeroTables(6).
		WithNumLevelZeroTablesStall(16).
		WithNumCompactors(2).
		WithBaseTableSize(128 << 10). // 4 MB at the lowest level
		WithBaseLevelSize(64 << 20).
		WithBlockCacheSize(16 << 20).
		WithIndexCacheSize(32 << 20).
		WithValueLogFileSize(8 << 20). // twice that is taken from the disk at once
		WithValueThreshold(1 << 20).
		WithNumVersionsToKeep(math.MaxInt).
		WithDetectConflicts(false). // one writer
		WithSyncWrites(false).      // the journal is synced
		WithMetricsEnabled(false).
		WithChecksumVerificationMode(options.OnBlockRead).
		WithVerifyValueChecksum(true).
		WithEncryptionKey(key).
		WithEncryptionKeyRotationDuration(30 * 24 * time.Hour).
		WithLogger(nil)
}

// usePicture opens the picture, or makes an empty one, and notes before anything in it
// changes that it is in use.
func (db *DB) usePicture() (err error) {
	db.readers = &sync.WaitGroup{}
	_, err = os.Stat(filepath.Join(db.pictureDir(), "MANIFEST"))
	made := errors.Is(err, os.ErrNotExist)
	if !made {
		if err := db.noteOpen(); err != nil {
			return err
		}
	}
	if db.picture, err = db.openBadger(db.pictureDir()); err == nil && made {
		err = db.noteOpen()
	}
	if err == nil {
		err = db.openSeen()
	}
	if err == nil {
		db.taken = map[string]bool{}
		err = db.reserve()
	}
	return err
}

// errPicture marks what a new picture mends.
var errPicture = errors.New("the picture cannot be used")

// openBadger opens or makes a picture.
func (db *DB) openBadger(dir string) (*badger.DB, error) {
	key, err := db.pictureKey()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, notWritable(db.opt.Dir, err)
	}
	picture, err := badger.Open(pictureOptions(dir, key))
	switch {
	case err == nil:
		return picture, nil
	case locked(err):
		return nil, inUse(db.opt.Dir, err)
	case errors.Is(err, os.ErrPermission):
		return nil, notWritable(db.opt.Dir, err)
	case journal.Full(err):
		return nil, diskFull(db.opt.Dir, err)
	case helpless(err):
		return nil, fmt.Errorf("open store: %w", err)
	}
	return nil, fmt.Errorf("open store: %w: %w", errPicture, err)
}

func (db *DB) pictureKey() ([]byte, error) {
	key, err := hkdf.Key(sha256.New, db.opt.Key[:], nil, "ringside picture v1", 32)
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	return key, nil
}

// locked reports whether Badger says that another process has the picture open.
func locked(err error) bool {
	return strings.Contains(err.Error(), "Cannot acquire directory lock") || strings.Contains(err.Error(), "Another process is using")
}

// helpless reports whether a new picture would fare no better.
func helpless(err error) bool {
	return errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENOMEM) || errors.Is(err, syscall.ENOSPC)
}
