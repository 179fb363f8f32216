// Package storage keeps the records of Ringside on the rep's own disk. A write is
// first sealed and synced in the journal, which is the truth, and then shown in
// the picture of it, a Badger database that answers quickly. Whatever the picture
// lacks at the start is applied from the journal; when the picture is gone it is
// made anew.
//
// The data folder holds store.json (version and name of the store), journal/,
// picture/, seek/ (what Seek goes by; it may be deleted) and lock. Everything in
// journal, picture and seek is encrypted.
package storage

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/storage/journal"
)

// Options say which store to open.
type Options struct {
	Dir    string   // the data folder; made when there is none
	Key    [32]byte // the store's key, see package secret
	Region string   // for numbers without a country code, until the settings name one; empty means GB
	Now    func() time.Time
}

// DB is an open store. Its methods may be called from any goroutine. One process
// at a time can have a data folder open.
type DB struct {
	opt     Options
	codec   *codec
	lock    *os.File
	journal *journal.Journal
	changed chan struct{}
	told    sync.Mutex // guards changes, written and watchers
	changes Changes
	written map[assist.ID]bool // answers, since changes were taken

	watchers map[*watcher]struct{}

	// gate is shut while the picture is replaced; readers counts who reads it. Whoever
	// holds mu may use picture without them.
	gate    sync.RWMutex
	shut    bool // nobody begins to read any more
	picture *badger.DB
	readers *sync.WaitGroup
	name    string         // of the picture's folder
	leaving sync.WaitGroup // pictures that have been replaced

	bulk   sync.Mutex  // one import writes or lands at a time; taken before mu
	mu     sync.Mutex  // one writer at a time
	n      uint64      // number of the last operation
	clock  uint64      // the latest clock seen
	rep    string      // who sits here
	home   string      // the region of numbers without a country code
	behind error       // set when the picture could not follow the journal
	flight *flight     // what is on the way into the picture; nil when nothing is
	spare  *badger.Txn // begun before flight departed; nil when flight is
	closed bool
	fresh  filters // types that were empty when an import began
	bulks  int     // imports that go on
	saving int     // how many things save memory
	limit  int64   // the process's memory limit from before them
	held   *held   // what an import keeps back; nil when there is nothing
	seek   *seeker
}

// Open opens the store in opt.Dir, or makes one. What people can do something about
// comes as a *assist.Fault: assist.ErrInUse, ErrReadOnly, ErrWrongKey, ErrNewer,
// ErrDamaged or ErrDiskFull.
func Open(ctx context.Context, opt Options) (*DB, error) {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	c, err := newCodec()
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	db := &DB{opt: opt, codec: c, changed: make(chan struct{}, 1), fresh: filters{}, seek: newSeeker()}
	if err := db.open(ctx); err != nil {
		return nil, errors.Join(err, db.release())
	}
	db.startSeek()
	return db, nil
}

func (db *DB) open(ctx context.Context) (err error) {
	if err := prepareDir(db.opt.Dir); err != nil {
		return err
	}
	if db.lock, err = lockDir(db.opt.Dir); err != nil {
		return err
	}
	about, err := readAbout(db.opt.Dir)
	if err != nil {
		return err
	}
	if err := checkSpace(db.opt.Dir, 0); err != nil {
		return err
	}
	db.journal, err = journal.Open(journal.Options{Dir: filepath.Join(db.opt.Dir, "journal"),
		Key: db.opt.Key, Store: about.store, Device: newDevice()})
	if err != nil {
		return err
	}
	if err := about.confirm(db.opt.Dir, db.journal); err != nil {
		return err
	}
	if err := db.openPicture(ctx); err != nil {
		return err
	}
	s, err := db.Settings(ctx)
	db.rep = string(s.Me)
	return err
}

// Changes are what has been written of the library and the team.
type Changes struct {
	Answers       []assist.ID // by id
	Prompts, Reps bool
	Talk          bool // rules of tact, subjects, deals or what is to be learned in a week
	Flags         bool // of sentences that are wrong
	Pages         bool // of the company's site
}

// Changed tells that answers, prompts, reps, flags, pages of the site or what else guides a
// conversation have been written since it last told: what was made of them is out of date.
// It is for one reader.
func (db *DB) Changed() <-chan struct{} { return db.changed }

// TakeChanges returns what has been written since it was last called.
func (db *DB) TakeChanges() Changes {
	db.told.Lock()
	defer db.told.Unlock()
	c := db.changes
	c.Answers = slices.Sorted(maps.Keys(db.written))
	db.changes, db.written = Changes{}, nil
	return c
}

// Close ends all writing, waits for a while for those who read, and closes the store.
// What was acknowledged is safe even when Close fails or is never called.
func (db *DB) Close() error {
	seek := db.stopSeek()
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.closed {
		return nil
	}
	db.closed = true
	db.settle()
	if db.bulk.TryLock() { // or an import is at work with what is held, and sees to it
		db.dropHeld()
		db.bulk.Unlock()
	}
	db.gate.Lock()
	db.shut = true
	readers := db.readers
	db.gate.Unlock()
	return errors.Join(seek, inTime(func() error { readers.Wait(); return nil }), db.release())
}

// closeLimit is how long Badger may take; the journal makes up for what it loses.
const closeLimit = 10 * time.Second

func (db *DB) release() error {
	var errs []error
	if db.picture != nil {
		errs = append(errs, inTime(func() error { db.leaving.Wait(); return nil }), closePicture(db.picture))
	}
	if db.journal != nil {
		errs = append(errs, db.journal.Close())
	}
	if db.lock != nil {
		errs = append(errs, db.lock.Close())
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("close store: %w", err)
	}
	return nil
}

func closePicture(p *badger.DB) error { return inTime(p.Close) }

func inTime(end func() error) error {
	done := make(chan error, 1)
	go func() { done <- end() }()
	select {
	case err := <-done:
		return err
	case <-time.After(closeLimit):
		return errors.New("the picture did not close in time; it will be brought up to date at the next start")
	}
}

func (db *DB) notify(t assist.Type, id assist.ID) {
	db.told.Lock()
	defer db.told.Unlock()
	db.tell(t, id)
	switch t {
	case assist.TypeAnswer:
		if db.written == nil {
			db.written = map[assist.ID]bool{}
		}
		db.written[id] = true
	case assist.TypePrompt:
		db.changes.Prompts = true
	case assist.TypeRep:
		db.changes.Reps = true
	case assist.TypeTact, assist.TypeSubject, assist.TypeDeal, assist.TypeFocus:
		db.changes.Talk = true
	case assist.TypeFlag:
		db.changes.Flags = true
	case assist.TypeWebPage:
		db.changes.Pages = true
	default:
		return
	}
	select {
	case db.changed <- struct{}{}:
	default:
	}
}
