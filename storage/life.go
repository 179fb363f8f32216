package storage

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"time"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
)

// Moment is one record of the life of a customer with us, and when it was.
type Moment struct {
	assist.Ref
	At time.Time
}

// Life returns all that happened between a customer and us, the latest first: calls,
// notes, what was heard, promises, orders, questions that were asked, incidents, praise,
// what nobody knew, and merges. Of somebody whose record went into another it is that
// one's. Records gives what it was, for as many moments as are shown.
func (db *DB) Life(ctx context.Context, customer assist.ID) (out []Moment, err error) {
	err = db.read(func(txn *badger.Txn) error {
		var c assist.Customer
		found, err := db.standing(txn, customer, &c)
		if err != nil || !found {
			return err
		}
		if out, err = indexed(ctx, txn, c.ID); err != nil {
			return err
		}
		for _, t := range []assist.Type{assist.TypeKudos, assist.TypeGap, assist.TypeFlag, assist.TypeMerge} {
			more, err := db.also(ctx, txn, t, c.ID)
			if err != nil {
				return err
			}
			out = append(out, more...)
		}
		return nil
	})
	slices.SortFunc(out, func(a, b Moment) int {
		return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.Type, b.Type), cmp.Compare(a.ID, b.ID))
	})
	return out, err
}

// indexed reads the moments that index entries lead to, to the microsecond. Of a promise
// that is open it is when it is due; one without a day is left to the end.
func indexed(ctx context.Context, txn *badger.Txn, customer assist.ID) (out []Moment, err error) {
	prefix := refKey(spaceChild, customer)
	it := txn.NewIterator(keysOnly(prefix))
	defer it.Close()
	for it.Rewind(); it.Valid(); it.Next() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		rest := it.Item().Key()[len(prefix):]
		id, _, ok := cutRef(rest[min(9, len(rest)):])
		if !ok {
			return nil, fmt.Errorf("the index of a customer is not readable: %w", assist.ErrDamaged)
		}
		m := Moment{Ref: assist.Ref{Type: childTypes[rest[0]], ID: id}}
		switch order := binary.BigEndian.Uint64(rest[1:]); {
		case rest[0] != childPromise:
			m.At = timeOfLatest(order)
		case order != earliestFirst(time.Time{}):
			m.At = timeOfLatest(^order)
		}
		out = append(out, m)
	}
	return out, nil
}

// also reads the moments of a type whose records no index entry leads to. There are few of
// them.
func (db *DB) also(ctx context.Context, txn *badger.Txn, t assist.Type, customer assist.ID) (out []Moment, err error) {
	list, err := db.scan(ctx, txn, t, customer)
	if err != nil {
		return nil, err
	}
	for _, ref := range list {
		r, err := db.recordOf(txn, ref)
		if err != nil {
			return nil, err
		}
		m := Moment{Ref: ref}
		switch x := r.(type) {
		case assist.Kudos:
			m.At = x.At
		case assist.Gap:
			m.At = x.At
		case assist.Flag:
			m.At = x.At
		case assist.Merge:
			m.At = x.At
		}
		out = append(out, m)
	}
	return out, nil
}

// Records returns records of any types in the order in which they are named; what is not
// there is left out.
func (db *DB) Records(ctx context.Context, refs []assist.Ref) (out []assist.Record, err error) {
	err = db.read(func(txn *badger.Txn) error {
		for _, ref := range refs {
			if err := ctx.Err(); err != nil {
				return err
			}
			r, err := db.recordOf(txn, ref)
			if err != nil {
				return fmt.Errorf("read %s: %w", ref.Type, err)
			}
			if r != nil {
				out = append(out, r)
			}
		}
		return nil
	})
	return out, err
}

// Members returns who belongs to a company or household, by id.
func (db *DB) Members(ctx context.Context, company assist.ID) ([]assist.Customer, error) {
	return db.customers(ctx, spaceMember, company)
}

// Related returns the customers who name one as a relation, by id.
func (db *DB) Related(ctx context.Context, customer assist.ID) ([]assist.Customer, error) {
	return db.customers(ctx, spaceRelation, customer)
}

// customers reads those whom the index entries of something lead to.
func (db *DB) customers(ctx context.Context, space byte, of assist.ID) (out []assist.Customer, err error) {
	if of == "" { // no ref, and the beginning of others
		return nil, ctx.Err()
	}
	err = db.read(func(txn *badger.Txn) error {
		return refs(ctx, txn, refKey(space, of), func(id assist.ID) error {
			var c assist.Customer
			found, err := get(db, txn, id, &c)
			if found {
				out = append(out, c)
			}
			return err
		})
	})
	slices.SortFunc(out, func(a, b assist.Customer) int { return cmp.Compare(a.ID, b.ID) })
	return out, err
}
