package storage

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/storage/index"
	"ringside/storage/journal"
)

// Indexed returns when everything that was written before can be found, and from a
// segment: for programs that measure, and for those that can wait. The app need not
// call it.
func (db *DB) Indexed(ctx context.Context) error { return db.indexed(ctx, false) }

// Seekable returns when everything that was written before can be found: for a program
// that seeks once and ends. Mostly that is at once; behind a bad end, or an import, so much
// may have been written since the last segment that Seek knows of it only later.
func (db *DB) Seekable(ctx context.Context) error { return db.indexed(ctx, true) }

func (db *DB) indexed(ctx context.Context, needed bool) error {
	if err := db.seekReady(ctx); err != nil {
		return err
	}
	db.seek.hurry.Add(1)
	defer db.seek.hurry.Add(-1)
	return db.buildAll(ctx, needed)
}

// buildAll makes the segments that are worth it. With manners, it leaves half of the
// time to others; without, every type that has changed gets a new
// segment, and one of which there is nothing gets an empty one, so that the next start
// need not read the journal for it.
func (db *DB) buildAll(ctx context.Context, manners bool) error {
	db.seek.build.Lock()
	defer db.seek.build.Unlock()
	for _, t := range seekTypes() {
		if !db.worthBuilding(t, manners) {
			continue
		}
		if err := db.buildThriftily(ctx, t, manners); err != nil {
			return fmt.Errorf("build the index of every %s: %w", t, err)
		}
	}
	return nil
}

// A segment is built beside everything else that the app does, in little memory.
const (
	buildMemory = 32 << 20 // by how much the heap may grow
	buildSlab   = 4 << 20  // bytes sorted at a time
	buildBlock  = 16 << 10
)

func (db *DB) buildThriftily(ctx context.Context, t assist.Type, manners bool) error {
	defer db.Spare(buildMemory)()
	if err := db.buildShelf(ctx, t, manners); err != nil {
		return err
	}
	if db.segmentLen(t) > manyBuilt {
		debug.FreeOSMemory()
	}
	return nil
}

// manyBuilt is from how many records on a build leaves enough behind to be swept up.
const manyBuilt = 100_000

func (db *DB) segmentLen(t assist.Type) int {
	db.seek.mu.RLock()
	defer db.seek.mu.RUnlock()
	if s := db.seek.shelves[t]; s != nil && s.segment != nil {
		return s.segment.Len()
	}
	return 0
}

func (db *DB) worthBuilding(t assist.Type, manners bool) bool {
	k := db.seek
	k.mu.RLock()
	defer k.mu.RUnlock()
	s := k.shelves[t]
	if s == nil {
		return false
	}
	stale := s.stale || s.segment != nil && s.made.region != k.region().name
	return stale || len(s.over) > maxOver || !manners && (len(s.over) > 0 || s.segment == nil)
}

// outdated tells that the picture was replaced: more has been written than was noted.
func (db *DB) outdated() {
	k := db.seek
	k.mu.Lock()
	k.pictures++
	for _, s := range k.shelves {
		s.stale = true
	}
	k.mu.Unlock()
	k.kick()
}

// snapshot is the picture at a moment.
type snapshot struct {
	txn  *badger.Txn
	done func()
	made made
	turn uint64 // what was noted before is in it
	last int    // seeker.pictures
	home *region
}

func (db *DB) snapshot() (s snapshot, err error) {
	db.mu.Lock()
	defer db.mu.Unlock()
	if err := db.usable(); err != nil {
		return s, err
	}
	db.settle()
	s.home, s.last = db.seek.region(), db.seek.pictures
	s.made = made{db.journal.End(), s.home.name}
	if db.held != nil {
		s.made.end = db.held.from.end
	}
	db.seek.noting.Lock()
	s.turn = db.seek.turn
	db.seek.noting.Unlock()
	s.txn, s.done = db.begin()
	return s, nil
}

// buildShelf makes a new segment of all records of a type.
func (db *DB) buildShelf(ctx context.Context, t assist.Type, manners bool) error {
	snap, err := db.snapshot()
	if err != nil {
		return err
	}
	defer snap.done()
	if err := os.MkdirAll(db.seekDir(), 0o700); err != nil {
		return err
	}
	// What is put in order lies on the disk twice, and takes no more than the journal.
	if err := checkSpace(db.opt.Dir, int(db.journal.Since(journal.Position{}))); err != nil {
		return err
	}
	pace := &pace{ctx: ctx, manners: manners, hurry: &db.seek.hurry}
	sorts := 0
	b, err := index.NewBuilder(ctx, func() (index.Sorter, error) {
		sorts++
		s, err := newSorter(filepath.Join(db.seekDir(), fmt.Sprintf("sort-%s-%d", t, sorts)))
		if err != nil {
			return nil, err
		}
		s.slab, s.block = buildSlab, buildBlock
		return &paced{s, pace}, nil
	})
	if err != nil {
		return err
	}
	r := indexing{db: db, snap: snap, pace: pace, builder: b, names: map[assist.ID]string{}}
	if err := r.all(t); err != nil {
		return errors.Join(err, b.Close())
	}
	path := filepath.Join(db.seekDir(), string(t)+".new")
	if err := b.Finish(path, db.opt.Key, snap.made.encode()); err != nil {
		return errors.Join(err, b.Close())
	}
	return db.shelve(t, path, snap)
}

// shelve puts a new segment in place of the one before.
func (db *DB) shelve(t assist.Type, path string, snap snapshot) error {
	k := db.seek
	k.mu.Lock()
	defer k.mu.Unlock()
	s := k.shelves[t]
	if s == nil {
		return errors.Join(errSeekClosed, os.Remove(path))
	}
	number := s.file + 1
	if err := os.Rename(path, db.segmentPath(t, number)); err != nil {
		return err
	}
	seg, err := index.Open(db.segmentPath(t, number), db.opt.Key)
	if err != nil {
		return err
	}
	if s.segment != nil {
		s.segment.Close()
		_ = os.Remove(db.segmentPath(t, s.file))
	}
	s.segment, s.file, s.made, s.stale = seg, number, snap.made, snap.last != k.pictures
	for id, o := range s.over {
		if o.turn <= snap.turn {
			delete(s.over, id)
		}
	}
	return nil
}
