package storage

import (
	"context"
	"errors"
	"path/filepath"

	"ringside/storage/journal"
)

// leapBytes is how much the journal must have beyond the picture so that its new
// records are put in order first: what an import that was broken off has left, or
// everything, when the picture is made anew.
const leapBytes = 4 << 20

// leap makes a new picture of the old one and of all records that the journal has
// beyond it. Later operations on them are still to be applied; the filters tell, in
// the order of the journal, which are not. They are nil when there was no leap.
func (db *DB) leap(ctx context.Context, from journal.Position, told *climb) (filters, error) {
	at := mark{from, db.n, db.clock}
	f := filters{}
	if err := f.addEmpty(db.picture); err != nil || len(f) == 0 {
		return nil, err
	}
	s, err := newSorter(filepath.Join(db.pictureRoot(), sortFolder))
	if err != nil {
		return nil, err
	}
	size := told.all
	told.all = 3 * size // read, written in order, and read again for what came later
	l := leaper{db: db, ctx: ctx, filters: f, sort: s, climb: told}
	err = db.journal.Read(from, l.pack)
	if err == nil {
		s.passed = func(entry int) error {
			told.step(int64(float64(entry) / float64(s.size) * float64(size)))
			return ctx.Err()
		}
		err = db.renew(s, at)
	}
	return f.again(), errors.Join(err, s.remove())
}

// renew replaces the picture by one that has what was put in order too.
func (db *DB) renew(s *sorter, at mark) error {
	txn, done := db.begin()
	next, name, err := db.rewrite(txn, s, at, nil)
	done()
	if err != nil {
		return err
	}
	return db.replace(next, name, func() error { return nil })
}

// leaper takes the first operation on every new record out of the journal.
type leaper struct {
	db      *DB
	ctx     context.Context
	filters filters
	sort    *sorter
	climb   *climb
}

func (l *leaper) pack(_ journal.Position, payload []byte) error {
	if err := l.ctx.Err(); err != nil {
		return err
	}
	l.climb.step(int64(len(payload)))
	p, err := decodePack(payload)
	if err != nil {
		return err
	}
	for i, o := range p.ops {
		if o.void() || !l.filters.isNew(o.t, o.id) {
			continue
		}
		s, _ := o.onto(nil, p.stamp(i), p.rep)
		r, err := l.db.codec.record(o.t, s.raw)
		if err != nil {
			return err
		}
		if err := l.sort.record(change{t: o.t, id: o.id, after: s, record: r}, l.db.home); err != nil {
			return err
		}
	}
	return nil
}
