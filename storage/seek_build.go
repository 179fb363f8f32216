package storage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/storage/index"
)

// Indexed returns when everything that was written before can be found, and from a
// segment: for programs that measure, and for those that can wait. The app need not
// call it.
func (db *DB) Indexed(ctx context.Context) error {
	if err := db.seekReady(ctx); err != nil {
		return err
	}
	return db.buildAll(ctx, false)
}

// buildAll makes the segments that are worth it. With manners, it leaves half of the
// time to others; without, every type that has changed gets a new segment.
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
	db.mu.Lock()
	db.saveMemory(buildMemory)
	db.mu.Unlock()
	defer func() {
		db.mu.Lock()
		defer db.mu.Unlock()
		db.spendMemory()
	}()
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
	return stale || len(s.over) > maxOver || !manners && len(s.over) > 0
}

// outdated tells that the picture was replaced: more has been written than was noted.
func (db *DB) outdated() {
	k := db.seek
	k.mu.Lock()
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
	home *region
}

func (db *DB) snapshot() (s snapshot, err error) {
	db.mu.Lock()
	defer db.mu.Unlock()
	if err := db.usable(); err != nil {
		return s, err
	}
	db.settle()
	s.home = db.seek.region()
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
	if err := checkSpace(db.opt.Dir, 0); err != nil {
		return err
	}
	pace := &pace{ctx: ctx, manners: manners}
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
	s.segment, s.file, s.made, s.stale = seg, number, snap.made, false
	for id, o := range s.over {
		if o.turn <= snap.turn {
			delete(s.over, id)
		}
	}
	return nil
}

// pace lets whoever works in the background rest as long as it has worked.
type pace struct {
	ctx     context.Context
	manners bool
	steps   int
	since   time.Time
}

func (p *pace) step() error {
	if p.steps++; p.steps%512 != 0 {
		return nil
	}
	if err := p.ctx.Err(); err != nil || !p.manners {
		return err
	}
	if !p.since.IsZero() {
		rest := time.NewTimer(min(time.Since(p.since), 100*time.Millisecond))
		defer rest.Stop()
		select {
		case <-p.ctx.Done():
			return p.ctx.Err()
		case <-rest.C:
		}
	}
	p.since = time.Now()
	return nil
}

// paced is a sorter with manners.
type paced struct {
	*sorter
	pace *pace
}

// Add implements index.Sorter.
func (p *paced) Add(key, value []byte) error {
	if err := p.pace.step(); err != nil {
		return err
	}
	return p.add(key, value)
}

// Each implements index.Sorter.
func (p *paced) Each(f func(key, value []byte) error) error {
	m, err := p.merge()
	if err != nil {
		return err
	}
	defer m.close()
	for m.key() != nil {
		if err := p.pace.step(); err != nil {
			return err
		}
		if err := f(m.key(), m.top.value); err != nil {
			return err
		}
		if err := m.next(); err != nil {
			return err
		}
	}
	return nil
}

// Remove implements index.Sorter.
func (p *paced) Remove() error { return p.remove() }

// indexing reads the records of one type for a builder.
type indexing struct {
	db      *DB
	snap    snapshot
	pace    *pace
	builder *index.Builder
	names   map[assist.ID]string // of companies
	last    contacts
}

const maxNames = 50_000

func (x *indexing) all(t assist.Type) error {
	it := x.snap.txn.NewIterator(badger.IteratorOptions{Prefix: typeKey(t), PrefetchValues: true, PrefetchSize: 100})
	defer it.Close()
	if t == assist.TypeCustomer {
		x.last.it = x.snap.txn.NewIterator(keysOnly([]byte{spaceChild}))
		defer x.last.it.Close()
	}
	for it.Rewind(); it.Valid(); it.Next() {
		if err := x.pace.step(); err != nil {
			return err
		}
		if err := it.Item().Value(func(b []byte) error { return x.add(t, b) }); err != nil {
			return err
		}
	}
	return nil
}

func (x *indexing) add(t assist.Type, value []byte) error {
	s, err := decodeState(value)
	if err != nil {
		return err
	}
	r, err := x.db.codec.record(t, s.raw)
	if err != nil {
		return err
	}
	c, ok := r.(assist.Customer)
	if !ok {
		return x.builder.Add(docOf(r, "", x.snap.home))
	}
	company, err := x.company(c.Company)
	if err != nil {
		return err
	}
	d := docOf(c, company, x.snap.home)
	d.At = x.last.of(c.ID)
	return x.builder.Add(d)
}

// company returns a company's name.
func (x *indexing) company(id assist.ID) (string, error) {
	if id == "" {
		return "", nil
	}
	if name, ok := x.names[id]; ok {
		return name, nil
	}
	if len(x.names) >= maxNames {
		clear(x.names)
	}
	var c assist.Company
	if _, err := get(x.db, x.snap.txn, id, &c); err != nil {
		return "", err
	}
	x.names[id] = c.Name
	return c.Name, nil
}

// contacts finds the latest contact of one customer after the other with one iterator.
type contacts struct {
	it    *badger.Iterator
	begun bool
}

// of returns the latest contact in microseconds; 0 when there was none.
func (c *contacts) of(customer assist.ID) int64 {
	prefix := refKey(spaceChild, customer)
	for steps := 0; ; steps++ {
		ahead := c.begun && c.it.Valid() && bytes.Compare(c.it.Item().Key(), prefix) < 0
		if !ahead {
			break
		}
		if steps == 32 {
			c.begun = false
			break
		}
		c.it.Next()
	}
	if !c.begun || !c.it.ValidForPrefix(prefix) {
		c.it.Seek(prefix)
		c.begun = true
	}
	last := int64(0)
	for ; c.it.ValidForPrefix(prefix); c.it.Next() {
		if at, ok := contactAt(c.it.Item().Key()[len(prefix):]); ok {
			last = max(last, at)
		}
	}
	return last
}
