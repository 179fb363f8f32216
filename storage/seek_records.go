package storage

import (
	"bytes"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/storage/index"
)

// indexing reads the records of one type for a builder.
type indexing struct {
	db      *DB
	snap    snapshot
	pace    *pace
	builder *index.Builder
	names   map[assist.ID]string // of companies
	last    contacts
	filing  *filing
}

const maxNames = 50_000

func (x *indexing) all(t assist.Type) error {
	it := x.snap.txn.NewIterator(badger.IteratorOptions{Prefix: typeKey(t), PrefetchValues: true, PrefetchSize: 100})
	defer it.Close()
	if t == assist.TypeCustomer {
		x.last.it = x.snap.txn.NewIterator(keysOnly([]byte{spaceChild}))
		defer x.last.it.Close()
	}
	if t == assist.TypeNote {
		var err error
		if x.filing, err = newFiling(x.db, x.snap.txn, x.pace); err != nil {
			return err
		}
		defer x.filing.close()
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
	if n, ok := r.(assist.Note); ok {
		d := docOf(n, "", x.snap.home)
		if d.Facets, err = x.filing.facets(n); err != nil {
			return err
		}
		return x.builder.Add(d)
	}
	c, ok := r.(assist.Customer)
	if !ok {
		return x.builder.Add(docOf(r, "", x.snap.home))
	}
	if c.Into != "" {
		return nil // another has taken their place
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
