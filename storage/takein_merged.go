package storage

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
)

// Somebody merges two customers at one desk while another desk writes to the one whose
// place is taken. Whichever comes in where, what names that one is written as the other's,
// by an ordinary write of this desk: so all desks end alike, and nothing is lost on a
// record that nobody sees.

// whoStands notes the customers whose place another has taken, when that came in, or a record
// that names them. The caller holds db.mu.
func (m *merging) whoStands() error {
	db := m.db
	for _, c := range m.changes {
		if c.t != assist.TypeCustomer && len(db.into) == 0 {
			continue
		}
		r, err := db.codec.record(c.t, c.after.raw)
		if err != nil {
			return err
		}
		if customer, ok := r.(assist.Customer); ok {
			db.stands(customer)
			if customer.Into != "" {
				m.moved[customer.ID] = true
			}
		}
		renamed(r, func(id assist.ID) assist.ID {
			if db.into[id] != "" {
				m.moved[id] = true
			}
			return id
		})
	}
	return nil
}

// readdressAll writes what names one of these customers as the one's who stands for them.
func (db *DB) readdressAll(ctx context.Context, moved map[assist.ID]bool) error {
	err := db.alone(func(txn *badger.Txn) error {
		for id := range moved {
			if err := db.breakCircle(txn, id); err != nil {
				return err
			}
		}
		j := joining{db: db, txn: txn, gone: moved, changed: map[assist.Ref]assist.Record{},
			merge: assist.Merge{Related: map[assist.ID][]assist.Relation{}}}
		for _, id := range slices.Sorted(maps.Keys(moved)) {
			if err := j.readdress(ctx, id); err != nil {
				return err
			}
		}
		var list []encoded
		for _, ref := range j.order {
			e, err := db.encodeAsIs(j.changed[ref])
			if errors.Is(err, assist.ErrInvalid) { // of somebody who was erased, or of a newer version
				continue
			}
			if err != nil {
				return err
			}
			list = append(list, e)
		}
		return db.put(list, false)
	})
	if err != nil {
		return fmt.Errorf("give what came to who stands for another: %w", err)
	}
	return nil
}

// untended notes the customers to whom something still belongs though their place is taken:
// a run that died may have left it so. The caller holds db.mu.
func (in *intake) untended() error {
	return in.db.picture.View(func(txn *badger.Txn) error {
		for id := range in.db.into {
			it := txn.NewIterator(keysOnly(refKey(spaceChild, id)))
			it.Rewind()
			if it.Valid() {
				in.moved[id] = true
			}
			it.Close()
		}
		return nil
	})
}

// breakCircle lets one stand again of those who have taken each other's place at different
// desks: the one whose id comes first, so that all desks choose the same.
func (db *DB) breakCircle(txn *badger.Txn, id assist.ID) error {
	way := []assist.ID{id}
	for {
		next, gone := db.into[way[len(way)-1]]
		if !gone {
			return nil
		}
		if at := slices.Index(way, next); at >= 0 {
			way = way[at:]
			break
		}
		way = append(way, next)
	}
	var c assist.Customer
	found, err := get(db, txn, slices.Min(way), &c)
	if err != nil || !found {
		return err
	}
	c.Into = ""
	e, err := db.encodeAsIs(c)
	if err != nil {
		return err
	}
	return db.put([]encoded{e}, false)
}

// readdress changes what names a customer whose place another has taken.
func (j *joining) readdress(ctx context.Context, id assist.ID) error {
	if j.keeper = j.db.keeperOf(id); j.keeper == id {
		return nil
	}
	refs, err := j.db.naming(ctx, j.txn, id)
	if err != nil {
		return err
	}
	for _, ref := range refs {
		r, err := j.record(ref)
		if err != nil {
			return err
		}
		switch x := r.(type) {
		case nil:
		case assist.Affected:
			err = j.place(x)
		case assist.Customer:
			if x.Into == "" {
				j.rename(ref, x, id)
			}
		default:
			j.rename(ref, x, id)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// encodeAsIs is encode for what is kept already: nothing in it is hidden a second time.
func (db *DB) encodeAsIs(r assist.Record) (encoded, error) {
	if err := r.Validate(); err != nil {
		return encoded{}, err
	}
	t, id := r.Ident()
	fs, err := db.codec.fields(r)
	if err != nil {
		return encoded{}, err
	}
	e := encoded{record: r, t: t, id: id, fields: fs}
	return e, db.leaveOut(&e)
}
