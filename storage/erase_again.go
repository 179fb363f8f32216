package storage

import (
	"context"
	"errors"
	"maps"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
)

// EraseAgain takes out of a store that is older than these erasures all that Erase has
// taken out of the newer one, and remembers who was erased. Nobody else may write
// meanwhile. Like Erase it is finished once it is begun.
func (db *DB) EraseAgain(ctx context.Context, list []assist.Erasure) error {
	db.bulk.Lock()
	defer db.bulk.Unlock()
	if err := db.landHeld(); err != nil {
		return err
	}
	e := &eraser{db: db, ctx: ctx}
	if begun, ok, err := db.readMarker(); err != nil {
		return err
	} else if ok {
		if err := e.carryOut(begun); err != nil {
			return err
		}
	}
	m, err := db.markAgain(ctx, list)
	if err != nil || len(m.Erasures)+len(m.Gone) == 0 {
		return err
	}
	if err := m.write(db); err != nil {
		return err
	}
	db.erased.add(m.Erasures)
	return e.carryOut(m)
}

// markAgain finds what is theirs who are not erased here yet.
func (db *DB) markAgain(ctx context.Context, list []assist.Erasure) (m marker, err error) {
	txn, done, _, err := db.freeze()
	if err != nil {
		return m, err
	}
	defer done()
	own, known := gone{}, gone{}
	maps.Copy(known, db.erased.set())
	for _, r := range list {
		theirs, err := lingers(txn, r.ID)
		if err != nil {
			return m, err
		}
		if known[named{assist.TypeCustomer, r.ID}] && !theirs {
			continue
		}
		found, err := db.ofErased(ctx, txn, r, theirs)
		if err != nil {
			return m, err
		}
		for _, e := range found.Erasures {
			if !known[named{assist.TypeCustomer, e.ID}] {
				known[named{assist.TypeCustomer, e.ID}] = true
				m.Erasures = append(m.Erasures, e)
			}
		}
		for _, ref := range found.Gone {
			own[named{ref.Type, ref.ID}] = true
		}
	}
	for n := range own {
		m.Gone = append(m.Gone, assist.Ref{Type: n.t, ID: n.id})
	}
	return m, nil
}

// lingers reports whether something of a customer is in the store: themselves, or what
// came in before them from another replica.
func lingers(txn *badger.Txn, customer assist.ID) (bool, error) {
	switch _, err := txn.Get(recordKey(assist.TypeCustomer, customer)); {
	case err == nil:
		return true, nil
	case !errors.Is(err, badger.ErrKeyNotFound):
		return false, err
	}
	it := txn.NewIterator(keysOnly(refKey(spaceChild, customer)))
	defer it.Close()
	it.Rewind()
	return it.Valid(), nil
}

// ofErased is what an erasure means here: somebody of whom there is nothing was not known.
func (db *DB) ofErased(ctx context.Context, txn *badger.Txn, r assist.Erasure, theirs bool) (marker, error) {
	if !theirs {
		return marker{Erasures: []assist.Erasure{r}}, nil
	}
	x, err := db.traceAll(ctx, txn, r.ID)
	if err != nil {
		return marker{}, err
	}
	return markerOf(x, r.By, r.At), nil
}
