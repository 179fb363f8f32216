package storage

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"

	"github.com/dgraph-io/badger/v4"
	"github.com/dgraph-io/badger/v4/pb"
	"github.com/dgraph-io/ristretto/v2/z"

	"ringside/assist"
	"ringside/storage/durable"
	"ringside/storage/journal"
)

// mark is a place in the journal and what had been written up to it.
type mark struct {
	end      journal.Position
	n, clock uint64
}

// held is new records of an import that are in the journal and not yet in the
// picture. Many of them are cheaper put in order and written with the old picture
// into a new one, than given to it one by one.
type held struct {
	from mark // the picture is complete up to here
	sort *sorter
	ops  int
}

const sortFolder = "sort" // beside the pictures

// worthwhile is how many records must be held so that a new picture is made.
const worthwhile = 20_000

func (db *DB) mark() mark { return mark{db.journal.End(), db.n, db.clock} }

// hold keeps new records for land. Of the list it takes what is surely new and
// returns the rest. Only the holder of db.bulk may call it.
func (db *DB) hold(list []encoded) (rest []encoded, err error) {
	taken, p, err := db.holdJournal(list)
	if err != nil {
		return nil, err
	}
	next := 0
	for i, e := range list {
		if !taken[i] {
			rest = append(rest, e)
			continue
		}
		s, _ := merge(nil, e.fields, p.stamp(next), p.rep)
		next++
		if err := db.held.sort.record(change{t: e.t, id: e.id, after: s, record: e.record}, db.home); err != nil {
			return nil, db.fail(err)
		}
	}
	return rest, nil
}

func (db *DB) fail(err error) error {
	db.mu.Lock()
	defer db.mu.Unlock()
	db.fell(err)
	return db.behind
}

// holdJournal writes what is surely new into the journal, and tells what that is.
func (db *DB) holdJournal(list []encoded) (taken []bool, p *pack, err error) {
	db.mu.Lock()
	defer db.mu.Unlock()
	if err := db.usable(); err != nil {
		return nil, nil, err
	}
	if err := db.leaveOutAll(list); err != nil {
		return nil, nil, err
	}
	taken = make([]bool, len(list))
	p = db.newPack(len(list))
	for i, e := range list {
		if taken[i] = db.fresh.isNew(e.t, e.id); taken[i] {
			p.ops = append(p.ops, op{t: e.t, id: e.id, fields: e.fields})
		}
	}
	if len(p.ops) == 0 {
		return taken, p, nil
	}
	if db.held == nil {
		s, err := newSorter(filepath.Join(db.pictureRoot(), sortFolder))
		if err != nil {
			return nil, nil, err
		}
		db.settle()
		db.held = &held{from: db.mark(), sort: s}
	}
	if _, err := db.log(p); err != nil {
		return nil, nil, err
	}
	db.held.ops += len(p.ops)
	return taken, p, nil
}

// land brings what is held into the picture. Reading and saving go on meanwhile.
func (db *DB) land() error {
	db.bulk.Lock()
	defer db.bulk.Unlock()
	return db.landHeld()
}

func (db *DB) landHeld() error {
	db.mu.Lock()
	h := db.held
	if h == nil || db.usable() != nil {
		defer db.mu.Unlock()
		if db.closed {
			db.dropHeld()
		}
		return db.usable()
	}
	db.settle()
	if !db.worthRewriting(h) {
		defer db.mu.Unlock()
		db.held = nil
		return db.landed(errors.Join(db.follow(h.from), h.sort.remove()))
	}
	txn, done := db.begin()
	at := db.mark()
	db.mu.Unlock()
	next, name, err := db.rewrite(txn, h.sort, at, nil)
	done()
	db.mu.Lock()
	defer db.mu.Unlock()
	db.settle()
	if db.closed {
		if err == nil {
			err = closePicture(next)
		}
		db.dropHeld()
		return db.landed(errors.Join(os.ErrClosed, err))
	}
	if err == nil {
		err = db.replace(next, name, func() error {
			db.held = nil
			return db.follow(at)
		})
	}
	return db.landed(errors.Join(err, h.sort.remove()))
}

// dropHeld forgets what is held when the store is closed: the journal has it.
func (db *DB) dropHeld() {
	if db.held != nil {
		_ = db.held.sort.remove()
		db.held = nil
	}
}

func (db *DB) landed(err error) error {
	if err == nil {
		err = db.readInto()
	}
	if err != nil {
		db.fell(err)
	}
	db.tellAll()
	return db.behind
}

// worthRewriting weighs what is held against what would be written again with it.
func (db *DB) worthRewriting(h *held) bool {
	return h.ops >= worthwhile && 4*h.sort.size > db.pictureSize()
}

// pictureSize returns about how many bytes the picture has on the disk.
func (db *DB) pictureSize() (size int64) {
	for _, l := range db.picture.Levels() {
		size += l.Size
	}
	return size
}

// follow applies what the journal has behind a place. The caller holds db.mu.
func (db *DB) follow(from mark) error {
	if from.end.Seq == db.journal.End().Seq {
		return nil
	}
	db.n, db.clock = from.n, from.clock
	r := replay{db: db}
	if err := db.journal.Read(from.end, r.add); err != nil {
		return err
	}
	return r.flush()
}

// replace makes next the picture. Readers wait until complete has given it what was
// written meanwhile, so that nothing that they have seen is gone again. The one before
// goes when its last reader has ended. The caller holds db.mu.
func (db *DB) replace(next *badger.DB, name string, complete func() error) error {
	if err := durable.Write(filepath.Join(db.pictureRoot(), currentFile), []byte(name+"\n")); err != nil {
		return errors.Join(err, closePicture(next))
	}
	db.gate.Lock()
	old, readers, dir := db.picture, db.readers, db.pictureDir()
	db.picture, db.readers, db.name, db.tables = next, &sync.WaitGroup{}, name, nil
	err := errors.Join(db.noteOpen(), complete())
	db.gate.Unlock()
	db.outdated()
	db.leaving.Add(1)
	go func() {
		defer db.leaving.Done()
		readers.Wait()
		// What fails here is left for the next start, which removes it.
		if closePicture(old) == nil {
			_ = os.RemoveAll(dir)
		}
	}()
	return err
}

// rewrite makes a new picture of the one that txn sees and of what was put in order,
// complete up to a place in the journal, without what is to be cut out; nil cuts nothing.
func (db *DB) rewrite(txn *badger.Txn, s *sorter, at mark, without *cut) (next *badger.DB, name string, err error) {
	if err := db.whole(); err != nil {
		return nil, "", err
	}
	number, err := strconv.Atoi(db.name)
	if err != nil {
		return nil, "", err
	}
	name = strconv.Itoa(number + 1)
	dir := filepath.Join(db.pictureRoot(), name)
	if err := checkSpace(db.opt.Dir, int(s.size/2)); err != nil {
		return nil, "", err
	}
	if err := s.add(keyApplied, at.encode()); err != nil {
		return nil, "", err
	}
	entries, err := s.merge()
	if err != nil {
		return nil, "", err
	}
	defer entries.close()
	if err := os.RemoveAll(dir); err != nil {
		return nil, "", err
	}
	if next, err = db.openBadger(dir); err != nil {
		return nil, "", err
	}
	b := builder{stream: next.NewStreamWriter(), buf: z.NewBuffer(2*buildBuffer, "picture"), version: txn.ReadTs() + 1, without: without}
	if err := errors.Join(b.all(txn, entries), b.buf.Release()); err != nil {
		return nil, "", errors.Join(err, closePicture(next), os.RemoveAll(dir))
	}
	return next, name, nil
}

const buildBuffer = 1 << 20

// builder writes a picture from the first key to the last.
type builder struct {
	stream  *badger.StreamWriter
	buf     *z.Buffer
	version uint64 // of what is new
	last    []byte // the key written last
	without *cut
}

func (b *builder) all(txn *badger.Txn, entries *merger) error {
	if err := b.stream.Prepare(); err != nil {
		b.stream.Cancel()
		return err
	}
	err := b.both(txn, entries)
	if err == nil {
		err = b.stream.Write(b.buf)
	}
	if err != nil {
		b.stream.Cancel()
		return err
	}
	return b.stream.Flush()
}

// both merges the old picture with what is new.
func (b *builder) both(txn *badger.Txn, entries *merger) error {
	it := txn.NewIterator(badger.IteratorOptions{AllVersions: true, PrefetchValues: true, PrefetchSize: 100})
	defer it.Close()
	for it.Rewind(); it.Valid(); it.Next() {
		item := it.Item()
		for k := entries.key(); k != nil && bytes.Compare(k, item.Key()) <= 0; k = entries.key() {
			if err := b.add(entries); err != nil {
				return err
			}
		}
		if bytes.Equal(item.Key(), b.last) && !versioned(item.Key()) {
			continue
		}
		b.last = append(b.last[:0], item.Key()...)
		if item.IsDeletedOrExpired() {
			continue
		}
		err := item.Value(func(value []byte) error {
			value, keep, err := b.without.entry(item.Key(), value)
			if err != nil || !keep {
				return err
			}
			return b.put(item.Key(), value, item.Version())
		})
		if err != nil {
			return err
		}
	}
	for entries.key() != nil {
		if err := b.add(entries); err != nil {
			return err
		}
	}
	return nil
}

// versioned reports whether every version of an entry is kept.
func versioned(key []byte) bool {
	return key[0] == spaceRecord && len(key) > 1 && key[1] != typeCode(assist.TypeDraft)
}

// add writes the new entry that entries stands on, once.
func (b *builder) add(entries *merger) error {
	if !bytes.Equal(entries.key(), b.last) {
		if err := b.put(entries.key(), entries.top.value, b.version); err != nil {
			return err
		}
		b.last = append(b.last[:0], entries.key()...)
	}
	return entries.next()
}

func (b *builder) put(key, value []byte, version uint64) error {
	badger.KVToBuffer(&pb.KV{Key: key, Value: value, Version: version, StreamId: 1}, b.buf)
	if b.buf.LenNoPadding() < buildBuffer {
		return nil
	}
	if err := b.stream.Write(b.buf); err != nil {
		return fmt.Errorf("write picture: %w", err)
	}
	b.buf.Reset()
	return nil
}
