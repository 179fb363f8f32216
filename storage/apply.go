package storage

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/storage/journal"
)

// writer collects changes in a transaction, and begins another one between two
// records when it grows too large.
type writer struct {
	db          *DB
	txn         *badger.Txn
	count, size int64
	wrote       map[string]bool // records in txn of which every version is kept
}

// newWriter takes the transaction that depart has put ready, if any: beginning one
// waits for all that is on the way into the picture.
func (db *DB) newWriter() *writer {
	w := &writer{db: db, txn: db.spare, wrote: map[string]bool{}}
	if w.txn == nil {
		w.txn = db.picture.NewTransaction(true)
	}
	db.spare = nil
	return w
}

func (w *writer) discard() { w.txn.Discard() }

// apply brings the changes into the transaction, and with them the place in the
// journal up to which the picture is complete. More than one transaction can hold
// goes into several, the place into the last: until then the journal has it all.
func (w *writer) apply(changes []change, end journal.Position) error {
	for _, c := range changes {
		if err := w.change(c); err != nil {
			return err
		}
	}
	return w.place(end)
}

// depart sends the transaction on its way, behind the one before.
func (w *writer) depart(states map[string]*state, names []named) {
	w.db.settle()
	if w.db.behind != nil {
		return
	}
	w.db.spare = w.db.picture.NewTransaction(true)
	f := &flight{make(chan error, 1), states, names}
	w.txn.CommitWith(func(err error) { f.done <- err })
	w.db.flight = f
}

// change writes the state of one record, its way into the indexes, and what clashed with it.
func (w *writer) change(c change) error {
	for _, x := range c.clashes {
		key, value := append(clashPrefix(c.t, c.id), x.field...), x.encode()
		if err := w.room(int64(len(value)), 0); err != nil {
			return err
		}
		if err := w.txn.SetEntry(badger.NewEntry(key, value).WithDiscard()); err != nil {
			return err
		}
	}
	if c.after == c.before {
		return nil
	}
	if err := w.confide(c); err != nil {
		return err
	}
	oldKeys, newKeys, err := w.db.keysOf(c)
	if err != nil {
		return err
	}
	key, value := recordKey(c.t, c.id), c.after.encode(nil)
	if versioned(key) {
		if w.wrote[string(key)] { // one transaction has one version of it
			if err := w.next(); err != nil {
				return err
			}
		}
		w.wrote[string(key)] = true
	}
	entry := badger.NewEntry(key, value)
	if c.t == assist.TypeDraft {
		entry.WithDiscard()
	}
	if err := w.room(int64(len(value)), int64(len(oldKeys)+len(newKeys))); err != nil {
		return err
	}
	if err := w.txn.SetEntry(entry); err != nil {
		return err
	}
	return w.set(oldKeys, newKeys)
}

// move changes index entries alone.
func (w *writer) move(oldKeys, newKeys [][]byte) error {
	if err := w.room(0, int64(len(oldKeys)+len(newKeys))); err != nil {
		return err
	}
	return w.set(oldKeys, newKeys)
}

// set takes away the index entries that are no more and adds those that are new.
func (w *writer) set(oldKeys, newKeys [][]byte) error {
	for _, k := range oldKeys {
		if !has(newKeys, k) {
			if err := w.txn.Delete(k); err != nil {
				return err
			}
		}
	}
	for _, k := range newKeys {
		if !has(oldKeys, k) {
			if err := w.txn.SetEntry(badger.NewEntry(k, nil).WithDiscard()); err != nil {
				return err
			}
		}
	}
	return nil
}

func has(keys [][]byte, k []byte) bool {
	return slices.ContainsFunc(keys, func(x []byte) bool { return bytes.Equal(x, k) })
}

// keysOf returns the index entries of a record before and after a change.
func (db *DB) keysOf(c change) (before, after [][]byte, err error) {
	if c.before != nil {
		r, err := db.codec.record(c.t, c.before.raw)
		if err != nil {
			return nil, nil, err
		}
		before = indexKeys(r, db.home)
	}
	r := c.record
	if r == nil || c.before != nil { // fields of an older write may count as well
		if r, err = db.codec.record(c.t, c.after.raw); err != nil {
			return nil, nil, err
		}
	}
	return before, indexKeys(r, db.home), nil
}

// room commits what there is when the next record would be too much.
func (w *writer) room(size, keys int64) error {
	size += 200 + keys*160
	if w.count+keys+2 < w.db.picture.MaxBatchCount() && w.size+size < w.db.picture.MaxBatchSize() {
		w.count += keys + 1
		w.size += size
		return nil
	}
	if err := w.next(); err != nil {
		return err
	}
	w.count, w.size = keys+1, size
	return nil
}

// next commits what there is and begins another transaction.
func (w *writer) next() error {
	w.db.settle()
	if err := w.txn.Commit(); err != nil {
		return err
	}
	w.txn = w.db.picture.NewTransaction(true)
	w.count, w.size = 0, 0
	clear(w.wrote)
	return nil
}

// place writes how far the picture is.
func (w *writer) place(end journal.Position) error {
	m := mark{end, w.db.n, w.db.clock}
	if w.db.held != nil {
		m = w.db.held.from
	}
	return w.txn.SetEntry(badger.NewEntry(keyApplied, m.encode()).WithDiscard())
}

func (m mark) encode() []byte {
	b := binary.BigEndian.AppendUint32(nil, m.end.Segment)
	for _, v := range []uint64{uint64(m.end.Offset), m.end.Seq, m.n, m.clock} {
		b = binary.BigEndian.AppendUint64(b, v)
	}
	return b
}

// applied reads how far the picture is.
func (db *DB) applied() (end journal.Position, err error) {
	err = db.picture.View(func(txn *badger.Txn) error {
		item, err := txn.Get(keyApplied)
		if errors.Is(err, badger.ErrKeyNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		return item.Value(func(b []byte) error {
			if len(b) != 36 {
				return fmt.Errorf("%w: its place in the journal is not readable", errPicture)
			}
			end.Segment = binary.BigEndian.Uint32(b)
			end.Offset = int64(binary.BigEndian.Uint64(b[4:]))
			end.Seq = binary.BigEndian.Uint64(b[12:])
			db.n, db.clock = binary.BigEndian.Uint64(b[20:]), binary.BigEndian.Uint64(b[28:])
			return nil
		})
	})
	return end, err
}

// replayBatch is how many operations of the journal are applied in one go.
const replayBatch = 1000

// catchUp applies what the journal has beyond the picture.
func (db *DB) catchUp(ctx context.Context) error {
	if err := db.checkRegion(ctx); err != nil {
		return err
	}
	if err := db.backfill(ctx); err != nil {
		return err
	}
	from, err := db.applied()
	if err == nil {
		err = errors.Join(db.readRecasts(), db.loadConfidants())
	}
	if err != nil {
		return fmt.Errorf("open store: %w: %w", errPicture, err)
	}
	end := db.journal.End()
	if from.Seq > end.Seq {
		return db.endMissing()
	}
	if from.Seq == end.Seq {
		return nil
	}
	r := replay{db: db, ctx: ctx}
	if size := db.journal.Since(from); size >= leapBytes {
		r.climb = &climb{tell: db.opt.Progress}
		r.climb.begin(size)
		r.taken, err = db.leap(ctx, from, r.climb)
	}
	if err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	if err := db.journal.Read(from, r.add); err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	if err := r.flush(); err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	return db.checkRegion(ctx) // the rep's choice may have been in the journal
}

// replay applies packs of the journal, several in one go.
type replay struct {
	db    *DB
	ctx   context.Context // nil when it must not end early
	taken filters         // tell which operations the picture has already
	climb *climb          // nil when there is little to apply
	packs []*pack
	ops   int
	end   journal.Position
}

func (r *replay) add(after journal.Position, payload []byte) error {
	if r.ctx != nil && r.ctx.Err() != nil {
		return r.ctx.Err()
	}
	if r.climb != nil {
		r.climb.step(int64(len(payload)))
	}
	p, err := decodePack(payload)
	if err != nil {
		return err
	}
	if p.recast != nil {
		return r.recast(p, after)
	}
	r.packs, r.end = append(r.packs, p), after
	r.ops += len(p.ops)
	if !p.taken {
		if p.n != r.db.n+1 {
			return fmt.Errorf("operation %d follows %d: %w", p.n, r.db.n, assist.ErrDamaged)
		}
		r.db.n += uint64(len(p.ops))
	}
	r.db.hear(p.last())
	if r.ops >= replayBatch {
		return r.flush()
	}
	return nil
}

func (r *replay) flush() error {
	if len(r.packs) == 0 {
		return nil
	}
	txn := r.db.picture.NewTransaction(false)
	defer txn.Discard()
	seen := map[string]*state{}
	var changes []change
	for _, p := range r.packs {
		for i, o := range p.ops {
			if o.void() || r.taken.isNew(o.t, o.id) {
				continue
			}
			key := string(recordKey(o.t, o.id))
			before, ok := seen[key]
			if !ok {
				var err error
				if before, err = readState(txn, []byte(key)); err != nil {
					return err
				}
			}
			after, changed := o.onto(before, p.stamp(i), p.rep)
			c := change{t: o.t, id: o.id, before: before, after: after}
			if p.taken {
				c.clashes = o.clashes(before, p.stamp(i), p.rep, r.db.journal.Device())
			}
			if changed || c.clashes != nil {
				changes = append(changes, c)
			}
			seen[key] = after
		}
	}
	r.packs, r.ops = nil, 0
	w := r.db.newWriter()
	defer w.discard()
	if err := w.apply(changes, r.end); err != nil {
		return err
	}
	if err := w.txn.Commit(); err != nil {
		return err
	}
	r.db.seek.note(r.db.touched(changes))
	return nil
}
