package storage

import (
	"cmp"
	"errors"
	"fmt"
	"hash/maphash"
	"slices"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
)

// filing says under what notes are filed, for the builder of a segment: very many of them
// in the order of their ids, in which calls and insights made here are near one another
// too. Customers are not, so that what matters of them is held.
type filing struct {
	db        *DB
	txn       *badger.Txn
	links     *walker
	seed      maphash.Seed
	people    []filed // by hash
	kinds     []assist.Kind
	companies []assist.ID
}

// filed is a customer in 16 bytes: the hash of the id, and places in lists. Should two have
// one hash, a note may not be found by one of them; none is shown that is not theirs.
type filed struct {
	hash    uint64
	company uint32
	kind    uint8
}

func newFiling(db *DB, txn *badger.Txn, pace *pace) (*filing, error) {
	f := &filing{db: db, txn: txn, seed: maphash.MakeSeed()}
	if err := f.read(pace); err != nil {
		return nil, err
	}
	slices.SortFunc(f.people, func(a, b filed) int { return cmp.Compare(a.hash, b.hash) })
	f.links = newWalker(txn, []byte{spaceLink, linkInsight})
	return f, nil
}

func (f *filing) close() { f.links.Close() }

// read reads all customers.
func (f *filing) read(pace *pace) error {
	places := map[assist.ID]uint32{}
	prefix := typeKey(assist.TypeCustomer)
	it := f.txn.NewIterator(badger.IteratorOptions{Prefix: prefix, PrefetchValues: true, PrefetchSize: 100})
	defer it.Close()
	for it.Rewind(); it.Valid(); it.Next() {
		if err := pace.step(); err != nil {
			return err
		}
		var c fileOf
		if err := f.db.decode(it.Item(), &c); err != nil {
			return err
		}
		place, ok := places[c.Company]
		if !ok {
			place = uint32(len(f.companies))
			places[c.Company], f.companies = place, append(f.companies, c.Company)
		}
		kind := slices.Index(f.kinds, c.kind())
		if kind < 0 {
			kind, f.kinds = len(f.kinds), append(f.kinds, c.kind())
		}
		f.people = append(f.people, filed{maphash.Bytes(f.seed, it.Item().Key()[len(prefix):]), place, uint8(kind)})
	}
	return nil
}

func (f *filing) facets(n assist.Note) ([]string, error) {
	var b beside
	if n.Customer != "" {
		hash := maphash.String(f.seed, string(n.Customer))
		i, ok := slices.BinarySearchFunc(f.people, hash, func(p filed, h uint64) int { return cmp.Compare(p.hash, h) })
		if ok {
			b.kind, b.company = f.kinds[f.people[i].kind], f.companies[f.people[i].company]
		}
	}
	if n.Call != "" {
		if err := f.call(n.Call, &b); err != nil {
			return nil, err
		}
	}
	var err error
	b.subjects, err = subjectsOf(f.db, f.txn, f.links, n.ID)
	return facetsOf(n, b), err
}

func (f *filing) call(id assist.ID, b *beside) error {
	item, err := f.txn.Get(recordKey(assist.TypeCall, id))
	if errors.Is(err, badger.ErrKeyNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read call: %w", err)
	}
	var c struct {
		Mood assist.Mood   `json:"mood"`
		Used []assist.Used `json:"used"`
	}
	if err := f.db.decode(item, &c); err != nil {
		return err
	}
	b.mood, b.said = c.Mood, said(c.Used)
	return nil
}
