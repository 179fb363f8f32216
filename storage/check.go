package storage

import (
	"context"
	"errors"
	"fmt"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/storage/journal"
)

// Report is what Check has found.
type Report struct {
	// Counts says how many records there are of each type.
	Counts map[assist.Type]int
	// Operations is how many writes the journal holds.
	Operations uint64
	// Digest is of all packs of the journal in their order, in hexadecimal; Check leaves it empty.
	Digest string
	// Wrong says in words what does not agree, at most 20 of it; empty when all is well.
	Wrong []string
}

// Check reads the whole store as it was when it began, and compares the journal with
// the picture of it and the indexes with the records. Writers need not wait. An error
// means that it could not finish; what is not as it should be is in the Report.
func (db *DB) Check(ctx context.Context) (Report, error) {
	c := checker{db: db, ctx: ctx, report: Report{Counts: map[assist.Type]int{}}, index: map[byte]int{}, twice: map[named]bool{}}
	if err := c.begin(); err != nil {
		return c.report, err
	}
	defer c.done()
	for _, step := range []func() error{c.journal, c.records, c.indexes} {
		if err := step(); err != nil {
			return c.report, fmt.Errorf("check: %w", err)
		}
	}
	return c.report, nil
}

// checker is one run of Check.
type checker struct {
	db      *DB
	ctx     context.Context
	txn     *badger.Txn
	done    func()
	end     journal.Position // of the journal when txn began
	n       uint64           // and its last operation
	report  Report
	recasts recasts
	latest  int            // operations that are the latest of their record
	twice   map[named]bool // records of which it came from elsewhere, and may come again
	index   map[byte]int   // index entries that records ask for, by space
}

func (c *checker) wrong(format string, args ...any) {
	if len(c.report.Wrong) < 20 {
		c.report.Wrong = append(c.report.Wrong, fmt.Sprintf(format, args...))
	}
}

// begin takes journal and picture at the same moment.
func (c *checker) begin() error {
	c.db.bulk.Lock()
	defer c.db.bulk.Unlock()
	if err := c.db.landHeld(); err != nil {
		return err
	}
	c.db.mu.Lock()
	defer c.db.mu.Unlock()
	c.db.settle()
	if err := c.db.usable(); err != nil {
		return err
	}
	if _, begun, err := c.db.readMarker(); begun || err != nil {
		c.wrong("a customer was begun to be erased, and it is not finished; the next start goes on with it")
	}
	c.txn, c.done = c.db.begin()
	c.end, c.n, c.recasts = c.db.journal.End(), c.db.n, c.db.recast()
	return nil
}

// journal looks whether the picture has what the journal has.
func (c *checker) journal() error {
	err := c.db.journal.Read(journal.Position{}, c.pack)
	if err != nil && !errors.Is(err, errStop) {
		return err
	}
	if c.report.Operations != c.n {
		c.wrong("the journal has %d operations, the picture %d", c.report.Operations, c.n)
	}
	return nil
}

// pack takes in one pack of the journal.
func (c *checker) pack(after journal.Position, payload []byte) error {
	if err := c.ctx.Err(); err != nil {
		return err
	}
	if after.Seq > c.end.Seq {
		return errStop
	}
	p, err := decodePack(payload)
	if err != nil {
		return err
	}
	if p.own() {
		if p.n != c.report.Operations+1 {
			c.wrong("operation %d is followed by %d", c.report.Operations, p.n)
		}
		c.report.Operations = p.n + uint64(len(p.ops)) - 1
	}
	for i, o := range p.ops {
		if o.void() {
			continue
		}
		at := p.stamp(i)
		if !p.taken {
			at = c.recasts.op(p.n+uint64(i), at)
		}
		if err := c.op(o, at, p.taken); err != nil {
			return err
		}
	}
	return nil
}

// op looks whether the picture of a record is as new as an operation on it.
func (c *checker) op(o op, at stamp, taken bool) error {
	item, err := c.txn.Get(recordKey(o.t, o.id))
	if errors.Is(err, badger.ErrKeyNotFound) {
		c.wrong("the %s %s is in the journal only", o.t, o.id)
		return nil
	}
	if err != nil {
		return err
	}
	return item.Value(func(b []byte) error {
		s, err := decodeState(b)
		if err != nil {
			return err
		}
		switch order := s.latest().compare(at); {
		case order == 0 && taken && c.twice[named{o.t, o.id}]:
		case order == 0:
			c.latest++
			c.twice[named{o.t, o.id}] = taken
		case order < 0:
			c.wrong("the %s %s is older than in the journal", o.t, o.id)
		}
		return nil
	})
}

// records looks at every record of the picture and at the index entries that lead to it.
func (c *checker) records() error {
	seen := 0
	it := c.txn.NewIterator(badger.IteratorOptions{Prefix: []byte{spaceRecord}, PrefetchValues: true, PrefetchSize: 100})
	defer it.Close()
	for it.Rewind(); it.Valid(); it.Next() {
		if err := c.ctx.Err(); err != nil {
			return err
		}
		seen++
		if err := it.Item().Value(func(b []byte) error { return c.record(it.Item().Key(), b) }); err != nil {
			return err
		}
	}
	if seen != c.latest {
		c.wrong("the journal has %d records as they stand, the picture %d", c.latest, seen)
	}
	return nil
}

func (c *checker) record(key, value []byte) error {
	s, err := decodeState(value)
	if err != nil {
		return err
	}
	t, id := typeOf(key)
	c.report.Counts[t]++
	r, err := c.db.codec.record(t, s.raw)
	if err != nil {
		c.wrong("the %s %s is not readable", t, id)
		return nil
	}
	once := map[string]bool{}
	for _, k := range indexKeys(r, c.db.home) {
		if once[string(k)] {
			continue
		}
		once[string(k)] = true
		c.index[k[0]]++
		if _, err := c.txn.Get(k); err != nil {
			c.wrong("no index entry %q leads to the %s %s", k[0], t, id)
		}
	}
	return nil
}

// indexes counts the entries that there are: as every record has found its own, more
// of them means that some lead nowhere.
func (c *checker) indexes() error {
	for _, space := range []byte{spaceNumber, spaceLookup, spaceMember, spaceInto, spaceRelation, spaceChild, spaceIncident, spaceDue,
		spaceAffected, spaceTown, spaceDraft, spaceUse, spaceOurs, spaceLink} {
		n := 0
		it := c.txn.NewIterator(keysOnly([]byte{space}))
		for it.Rewind(); it.Valid(); it.Next() {
			n++
		}
		it.Close()
		if want := c.index[space]; n != want {
			c.wrong("there are %d index entries %q, the records have %d", n, space, want)
		}
		if err := c.ctx.Err(); err != nil {
			return err
		}
	}
	return nil
}
