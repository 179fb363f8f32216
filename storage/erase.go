package storage

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/storage/journal"
)

// Erase takes one person out of the store for good: all that Trace finds to be theirs,
// in every version, out of the journal, the picture and what Seek goes by. Of others'
// records it takes out the ids that point there, and nothing else. What stays of the
// person is one assist.Erasure for each of their records as a customer, which holds their
// id, who erased them and when; from then on nothing of theirs can be saved or imported.
//
// Reading and saving go on meanwhile. Once it is begun an erasure is finished, by this
// call, by the next one or by the next start, whatever dies in between: until then an
// error says why not all is gone yet. progress may be nil; it is called on the caller's
// goroutine.
func (db *DB) Erase(ctx context.Context, customer, by assist.ID, at time.Time, progress func(done, all int)) (Trace, error) {
	db.bulk.Lock()
	defer db.bulk.Unlock()
	if err := db.landHeld(); err != nil {
		return Trace{}, err
	}
	e := &eraser{db: db, ctx: ctx, tell: progress}
	if m, ok, err := db.readMarker(); err != nil {
		return Trace{}, err
	} else if ok {
		if err := e.carryOut(m); err != nil {
			return Trace{}, err
		}
	}
	found, m, err := e.begin(customer, by, at)
	if err != nil {
		return Trace{}, err
	}
	return found, e.carryOut(m)
}

// Erased reports whether a customer was erased: whatever brings older records back, a
// backup, an export or another machine, must leave out what is theirs. Save and Bulk
// refuse it.
func (db *DB) Erased(ctx context.Context, customer assist.ID) (bool, error) {
	return db.erased.set()[named{assist.TypeCustomer, customer}], ctx.Err()
}

// eraser is one run of Erase, or what the next start does of it.
type eraser struct {
	db        *DB
	ctx       context.Context
	tell      func(done, all int)
	done, all int64 // bytes that were looked at, and about how many there are
}

// parts is how many times an erasure tells how far it is, besides between its steps.
const parts = 100

// step counts bytes that were looked at.
func (e *eraser) step(size int) error {
	before := e.part()
	if e.done += int64(size); e.part() != before {
		e.report()
	}
	return e.ctx.Err()
}

func (e *eraser) part() int { return int(min(parts*e.done/max(e.all, 1), parts)) }

// report tells how far it is; that all is done is said at the end alone.
func (e *eraser) report() {
	if e.tell != nil {
		e.tell(e.part(), parts+1)
	}
}

// tries is how often the person is looked for anew when something of theirs is written
// meanwhile.
const tries = 3

// begin finds what is theirs and writes the marker. From then on nothing of theirs is
// taken in any more.
func (e *eraser) begin(customer, by assist.ID, at time.Time) (Trace, marker, error) {
	for range tries {
		found, m, late, err := e.tryBegin(customer, by, at)
		if !late || err != nil {
			return found, m, err
		}
	}
	return Trace{}, marker{}, &assist.Fault{What: "something is written of this customer at this moment", Where: string(customer),
		Do: "Erase them when their calls are over."}
}

func (e *eraser) tryBegin(customer, by assist.ID, at time.Time) (found Trace, m marker, late bool, err error) {
	db := e.db
	txn, done, seen, err := db.freeze()
	if err != nil {
		return found, m, false, err
	}
	x, err := db.trace(e.ctx, txn, customer)
	if err == nil {
		found, err = x.around()
	}
	done()
	if err != nil {
		return found, m, false, err
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	if err := db.usable(); err != nil {
		return found, m, false, err
	}
	db.settle()
	if late, err = x.late(seen.end); late || err != nil {
		return found, m, late, err
	}
	m = markerOf(x, by, at)
	if err := m.write(db); err != nil {
		return found, m, false, err
	}
	db.erased.add(m.Erasures)
	return found, m, false, nil
}

// late reports whether something of the person was written since. The caller holds
// db.mu.
func (x *tracer) late(seen journal.Position) (late bool, err error) {
	var done func()
	x.txn, done = x.db.begin()
	defer done()
	err = x.db.journal.Read(seen, func(_ journal.Position, payload []byte) error {
		p, err := decodePack(payload)
		if err != nil {
			return err
		}
		for _, o := range p.ops {
			s, err := readState(x.txn, recordKey(o.t, o.id))
			if err != nil || s == nil || x.own[named{o.t, o.id}] {
				return err
			}
			theirs, err := x.owns(named{o.t, o.id}, s.raw)
			if err != nil {
				return err
			}
			late = late || theirs || o.t == assist.TypeCustomer && x.people[assist.ID(fieldText(s.raw, "into"))]
		}
		return nil
	})
	return late, err
}

// carryOut does what the marker says; what of it was done before is done again.
func (e *eraser) carryOut(m marker) error {
	e.done, e.all = 0, e.db.journal.Since(journal.Position{})+e.db.pictureSize()
	if err := e.carry(m); err != nil {
		return &assist.Fault{What: "the customer is not wholly erased yet: " + err.Error(),
			Do: "Start Ringside again: it goes on where it was.", Err: err}
	}
	if e.tell != nil {
		e.tell(parts+1, parts+1)
	}
	return nil
}

func (e *eraser) carry(m marker) error {
	if err := e.remember(m); err != nil {
		return err
	}
	if err := e.journal(m.gone()); err != nil {
		return err
	}
	return e.rest(m)
}

// remember keeps who was erased.
func (e *eraser) remember(m marker) error {
	list := make([]assist.Record, len(m.Erasures))
	for i, r := range m.Erasures {
		list[i] = r
	}
	return e.db.Save(e.ctx, list...)
}

// journal takes what is gone out of the journal.
func (e *eraser) journal(g gone) error {
	return e.db.journal.Rewrite(e.ctx, func(payload []byte) ([]byte, error) {
		if err := e.step(len(payload)); err != nil {
			return nil, err
		}
		return g.payload(payload)
	})
}

// rest is what is made of the journal: the picture, and what Seek goes by.
func (e *eraser) rest(m marker) error {
	if err := e.picture(m.gone()); err != nil {
		return err
	}
	e.report()
	if err := e.db.dropPictures(e.ctx); err != nil {
		return err
	}
	e.report()
	if err := e.seek(); err != nil {
		return err
	}
	e.report()
	if err := e.db.dropMarker(m); err != nil {
		return err
	}
	for _, r := range m.Gone {
		e.db.notify(r.Type, r.ID)
	}
	return nil
}

// picture makes the picture anew without what is gone.
func (e *eraser) picture(g gone) error {
	db := e.db
	txn, done, at, err := db.freeze()
	if err != nil {
		return err
	}
	next, name, err := e.newPicture(txn, g, at)
	done()
	if err != nil {
		return err
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	db.settle()
	if err := db.usable(); err != nil {
		return errors.Join(err, closePicture(next))
	}
	return db.landed(db.replace(next, name, func() error { return db.follow(at) }))
}

func (e *eraser) newPicture(txn *badger.Txn, g gone, at mark) (next *badger.DB, name string, err error) {
	if err := checkSpace(e.db.opt.Dir, int(e.db.pictureSize()/4)); err != nil {
		return nil, "", err
	}
	without, err := e.db.cutOf(txn, g)
	if err != nil {
		return nil, "", err
	}
	without.pass = e.step
	s, err := newSorter(filepath.Join(e.db.pictureRoot(), sortFolder))
	if err != nil {
		return nil, "", err
	}
	next, name, err = e.db.rewrite(txn, s, at, without)
	return next, name, errors.Join(err, s.remove())
}

// freeze begins to read the picture as it is at this place of the journal.
func (db *DB) freeze() (txn *badger.Txn, done func(), at mark, err error) {
	db.mu.Lock()
	defer db.mu.Unlock()
	if err := db.usable(); err != nil {
		return nil, nil, at, err
	}
	db.settle()
	txn, done = db.begin()
	return txn, done, db.mark(), nil
}

// seek makes the segments of what can be found anew, when they are in use; else they are
// deleted, and made when somebody seeks.
func (e *eraser) seek() error {
	k := e.db.seek
	k.mu.RLock()
	used := k.shelves != nil
	k.mu.RUnlock()
	if !used {
		return os.RemoveAll(e.db.seekDir())
	}
	return e.db.Indexed(e.ctx)
}

// openErasing opens the picture. What an erasure of before has left is done: in the
// journal first, so that nothing of it comes back should the picture be made anew. A
// store in which it cannot be done opens all the same; it is tried again at the next
// start, and Check tells of it.
func (db *DB) openErasing(ctx context.Context) error {
	m, begun, err := db.readMarker()
	if err != nil {
		return err
	}
	e := &eraser{db: db, ctx: ctx}
	if begun {
		err = e.journal(m.gone())
	}
	if err := db.openPicture(ctx); err != nil {
		return err
	}
	if err := db.loadErased(ctx); err != nil || !begun {
		return err
	}
	db.erased.add(m.Erasures)
	if err == nil {
		err = e.remember(m)
	}
	if err == nil {
		_ = e.rest(m)
	}
	return ctx.Err()
}

// dropPictures waits until the pictures that were replaced are gone, and deletes those
// that were moved aside.
func (db *DB) dropPictures(ctx context.Context) error {
	gone := make(chan struct{})
	go func() {
		db.leaving.Wait()
		close(gone)
	}()
	select {
	case <-gone:
	case <-ctx.Done():
		return ctx.Err()
	}
	old, err := db.movedAside()
	for _, path := range old {
		err = errors.Join(err, os.RemoveAll(path))
	}
	pictures, readErr := os.ReadDir(db.pictureRoot())
	for _, e := range pictures {
		if e.IsDir() && e.Name() != db.name {
			err = errors.Join(err, os.RemoveAll(filepath.Join(db.pictureRoot(), e.Name())))
		}
	}
	return errors.Join(err, readErr)
}
