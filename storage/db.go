// Package storage keeps the records of Ringside on the rep's own disk. A write is
// first sealed and synced in the journal, which is the truth, and then shown in
// the picture of it, a Badger database that answers quickly. Whatever the picture
// lacks at the start is applied from the journal; when the picture is gone it is
// made anew.
//
// The data folder holds store.json (version and name of the store), journal/,
// picture/, seek/ (what Seek goes by; it may be deleted), ballast
// (room for the last notes), lock, erased (the ids of what was erased for good), while
// somebody is, erasing, and in a team team/, which is package replica's. Everything in
// journal, picture, seek, erased, erasing and team is encrypted. Beside them lies
// audit.log, see package audit.
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
	"sync/atomic"
	"time"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/assist/mask"
	"ringside/storage/journal"
)

// Options say which store to open.
type Options struct {
	Dir    string   // the data folder; made when there is none
	Key    [32]byte // the store's key, see package secret
	Region string   // for numbers without a country code, until the settings name one; empty means GB
	Now    func() time.Time

	// Child starts this program once more, as the process that calls Probe, gives it
	// question on its standard input, which must stay open as long as this process lives,
	// and returns its exit code. It ends the process when ctx ends. nil: a picture that was
	// not closed well is opened without being looked at.
	Child func(ctx context.Context, question []byte) (exit int, err error)

	// Progress is told, on the goroutine of Open, how far it is in putting everything in
	// order again, when it must: the picture was lost, or an import broken off. nil tells
	// nobody.
	Progress func(done, all int)

	// Damaged is told, from any goroutine, when files are found damaged after Open: what is
	// read may be incomplete until the next one. Close returns the same. nil tells nobody.
	Damaged func(error)

	segment  int64         // bytes of a file of the journal; 0 means as many as the journal thinks fit
	patience time.Duration // see there; 0 means the usual
	limit    time.Duration // of a probe; 0 means probeLimit
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
	sight   *os.File       // of what the journal has, see seenFile
	tables  []fileSum      // of its files those that never change, as they were noted at the last Close
	beside  sync.WaitGroup // what is still read of it to see whether it is damaged
	noting  sync.Mutex     // guards the inventory of an open picture, and damaged while beside goes on
	damaged error          // set when its files were found damaged while it was in use

	bulk    sync.Mutex    // one import writes or lands at a time; taken before mu
	mu      sync.Mutex    // one writer at a time
	n       uint64        // number of the last operation
	clock   uint64        // the latest clock seen
	offset  time.Duration // see SetOffset
	recasts atomic.Pointer[recasts]

	confidants confidants
	shared     bool        // see SetShared
	rep        string      // who sits here
	home       string      // the region of numbers without a country code
	behind     error       // set when the picture could not follow the journal
	flight     *flight     // what is on the way into the picture; nil when nothing is
	spare      *badger.Txn // begun before flight departed; nil when flight is
	closed     bool
	fresh      filters                 // types that were empty when an import began
	bulks      int                     // imports that go on
	taken      map[string]bool         // files of the picture that have their room on the disk
	writes     uint64                  // since the start
	saving     int                     // how many things save memory
	limit      int64                   // the process's memory limit from before them
	held       *held                   // what an import keeps back; nil when there is nothing
	into       map[assist.ID]assist.ID // customers whose place another has taken
	tended     bool                    // nothing names them that came in before
	seek       *seeker
	erased     erased
	spared     *mask.Spared
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
	db := &DB{opt: opt, codec: c, changed: make(chan struct{}, 1), fresh: filters{}, seek: newSeeker(), spared: &mask.Spared{}}
	if err := db.open(ctx); err != nil {
		db.beside.Wait()
		return nil, errors.Join(err, db.release())
	}
	db.startSeek()
	return db, nil
}

func (db *DB) open(ctx context.Context) (err error) {
	if err := Prepare(db.opt.Dir); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(db.opt.Dir, "journal"), 0o700); err != nil {
		return notWritable(db.opt.Dir, err)
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
		Key: db.opt.Key, Store: about.store, Device: newDevice(), SegmentSize: db.opt.segment})
	if err != nil {
		return err
	}
	if err := about.confirm(db.opt.Dir, db.journal); err != nil {
		return err
	}
	if err := db.openErasing(ctx); err != nil {
		return err
	}
	if err := db.readInto(); err != nil {
		return err
	}
	s, err := db.Settings(ctx)
	db.rep = string(s.Me)
	return errors.Join(err, db.readSpared(ctx))
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
	seek = errors.Join(seek, inTime(func() error { db.beside.Wait(); return nil }))
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
	return errors.Join(db.damaged, seek, inTime(func() error { readers.Wait(); return nil }), db.release())
}

// closeLimit is how long Badger may take; the journal makes up for what it loses.
const closeLimit = 10 * time.Second

func (db *DB) release() error {
	var errs []error
	if db.picture != nil && db.canClose() {
		errs = append(errs, inTime(func() error { db.leaving.Wait(); return nil }), closePicture(db.picture))
		if errors.Join(errs...) == nil && db.behind == nil && db.damaged == nil {
			_ = db.noteClosed() // or the next start looks at it as if it had not been closed
		}
	}
	if db.journal != nil {
		errs = append(errs, db.journal.Close(), db.closeSeen())
	}
	if db.lock != nil {
		errs = append(errs, db.lock.Close())
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("close store: %w", err)
	}
	return nil
}

// canClose reports whether the picture can be written as it is in memory. It would wait
// for room without end; left open it is what a crash leaves, and the journal has it all.
func (db *DB) canClose() bool {
	free, _, err := diskSpace(db.opt.Dir)
	return err != nil || free >= memTable
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
