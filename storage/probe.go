package storage

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/options"

	"ringside/assist"
)

// The exit codes of Probe. Any other one, as of a process that Badger has ended, says the
// same as probeDamaged.
const (
	probeSound   = 0
	probeDamaged = 65
	probeUnable  = 75 // nothing can be said of the picture
)

// probeLimit is how long a probe may take; one that hangs says that the picture is damaged.
const probeLimit = time.Minute

// lockLimit is how long a probe waits for an earlier one whose parent was killed.
const lockLimit = 5 * time.Second

// question is what a probe is asked, on its standard input: nobody else can read it there.
type question struct {
	Dir string
	Key []byte // of the picture
}

// probe lets another process open the picture and read all of it. It fails with errPicture
// when that process found it damaged, or did not live through it.
func (db *DB) probe(ctx context.Context) error {
	if db.opt.Child == nil {
		return nil
	}
	key, err := db.pictureKey()
	if err != nil {
		return err
	}
	q, err := json.Marshal(question{db.pictureDir(), key})
	if err != nil {
		return err
	}
	limited, stop := context.WithTimeout(ctx, cmp.Or(db.opt.limit, probeLimit))
	defer stop()
	exit, err := db.opt.Child(limited, append(q, '\n'))
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case limited.Err() != nil:
		return fmt.Errorf("%w: to look at it took too long", errPicture)
	case err != nil || exit == probeSound:
		return nil // a program that cannot be started twice goes on as well as it can
	case exit == probeUnable:
		return inUse(db.opt.Dir, errors.New("the picture cannot be looked at"))
	}
	return fmt.Errorf("%w: who looked at it ended with %d", errPicture, exit)
}

// Probe is the process that Options.Child starts. It opens the picture that in names, reads
// all of it, and returns the exit code that tells how it is; a damaged one may end the
// process from one of Badger's goroutines, which tells the same. When in ends, which it does
// with the process that asked, Probe ends this one.
func Probe(in io.Reader) (exit int) {
	var q question
	decoder := json.NewDecoder(in)
	if err := decoder.Decode(&q); err != nil {
		return probeUnable
	}
	go func() {
		_, _ = io.Copy(io.Discard, in)
		os.Exit(probeUnable)
	}()
	err := q.look()
	switch {
	case err == nil:
		return probeSound
	case locked(err), helpless(err), errors.Is(err, os.ErrPermission):
		return probeUnable
	}
	return probeDamaged
}

// look reads every table of the picture and every value beside them.
func (q question) look() (err error) {
	opt := pictureOptions(q.Dir, q.Key).
		WithChecksumVerificationMode(options.NoVerification). // or VerifyChecksum verifies nothing
		WithNumCompactors(0)                                  // they would drop what they cannot read
	var picture *badger.DB
	for until := time.Now().Add(lockLimit); ; {
		picture, err = badger.Open(opt)
		if err == nil || !locked(err) || time.Now().After(until) {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, picture.Close()) }()
	if err := picture.VerifyChecksum(); err != nil {
		return err
	}
	return lookBeside(picture)
}

// lookBeside reads what may stand beside the tables, because it is longer than 1 MB: blobs.
func lookBeside(picture *badger.DB) error {
	return picture.View(func(txn *badger.Txn) error {
		it := txn.NewIterator(badger.IteratorOptions{AllVersions: true, Prefix: typeKey(assist.TypeBlob)})
		defer it.Close()
		for it.Rewind(); it.Valid(); it.Next() {
			if it.Item().IsDeletedOrExpired() {
				continue
			}
			if err := it.Item().Value(func(b []byte) error { _, err := decodeState(b); return err }); err != nil {
				return err
			}
		}
		return nil
	})
}
