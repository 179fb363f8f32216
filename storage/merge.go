package storage

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
)

// MergeCustomers makes one customer of several: kept stands for the others from now on.
// All that belongs to them belongs to kept, in one write: all of it or nothing. The
// others are kept, Into the one who stands for them; whatever is written to them later is
// written to that one. It fails with assist.ErrNotFound and assist.ErrInvalid when one of
// them is not there or has gone into another already.
func (db *DB) MergeCustomers(ctx context.Context, kept assist.Customer, others []assist.ID, by assist.ID, at time.Time) (m assist.Merge, err error) {
	err = db.alone(func(txn *badger.Txn) error {
		j := joining{db: db, txn: txn, keeper: kept.ID, gone: map[assist.ID]bool{}, changed: map[assist.Ref]assist.Record{},
			merge: assist.Merge{ID: assist.NewID(at), Keeper: kept.ID, After: kept, Moved: map[assist.ID][]assist.Ref{},
				Related: map[assist.ID][]assist.Relation{}, By: by, At: at}}
		if err := j.people(others); err != nil {
			return err
		}
		for _, id := range others {
			if err := j.move(ctx, id); err != nil {
				return err
			}
		}
		err := j.write(kept)
		m = j.merge
		return err
	})
	if err != nil {
		return assist.Merge{}, fmt.Errorf("merge customers: %w", err)
	}
	return m, nil
}

// alone lets nobody else write until do has ended. What do reads is what is kept.
func (db *DB) alone(do func(txn *badger.Txn) error) error {
	db.bulk.Lock()
	defer db.bulk.Unlock()
	if err := db.landHeld(); err != nil {
		return err
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	db.settle()
	if err := db.usable(); err != nil {
		return err
	}
	txn, done := db.begin()
	defer done()
	return do(txn)
}

// joining is a merge under way.
type joining struct {
	db      *DB
	txn     *badger.Txn
	keeper  assist.ID
	gone    map[assist.ID]bool
	merge   assist.Merge
	others  []assist.Customer
	changed map[assist.Ref]assist.Record
	order   []assist.Ref // of changed
}

// people reads who is merged.
func (j *joining) people(others []assist.ID) error {
	if len(others) == 0 {
		return &assist.Fault{What: "a merge is of two customers or more", Err: assist.ErrInvalid}
	}
	for _, id := range append([]assist.ID{j.keeper}, others...) {
		var c assist.Customer
		found, err := get(j.db, j.txn, id, &c)
		switch {
		case err != nil:
			return err
		case !found:
			return &assist.Fault{What: "there is no such customer", Where: string(id), Err: assist.ErrNotFound}
		case c.Into != "":
			return &assist.Fault{What: c.Name + " was merged with another record meanwhile", Do: "Look at the list again.", Err: assist.ErrInvalid}
		case j.gone[id] || id == j.keeper && len(j.merge.Before) > 0:
			return &assist.Fault{What: c.Name + " cannot be merged with themselves", Err: assist.ErrInvalid}
		}
		j.merge.Before = append(j.merge.Before, c)
		if id != j.keeper {
			j.gone[id] = true
			c.Into = j.keeper
			j.others = append(j.others, c)
		}
	}
	return nil
}

// move gives the keeper all that names another.
func (j *joining) move(ctx context.Context, other assist.ID) error {
	refs, err := j.db.naming(ctx, j.txn, other)
	if err != nil {
		return err
	}
	for _, ref := range refs {
		if ref.Type == assist.TypeCustomer && (ref.ID == j.keeper || j.gone[ref.ID]) {
			continue // they are written whole
		}
		r, err := j.record(ref)
		if err != nil {
			return err
		}
		if a, ok := r.(assist.Affected); ok {
			err = j.place(a)
		} else {
			j.rename(ref, r, other)
		}
		if err != nil {
			return err
		}
		j.merge.Moved[other] = append(j.merge.Moved[other], ref)
	}
	return nil
}

// rename makes a record name the keeper in place of another.
func (j *joining) rename(ref assist.Ref, r assist.Record, other assist.ID) {
	if !j.has(ref) {
		j.remember(r)
	}
	r, _ = renamed(r, func(id assist.ID) assist.ID {
		if id == other {
			return j.keeper
		}
		return id
	})
	j.change(ref, r)
}

// remember notes what a record that names several customers was like.
func (j *joining) remember(r assist.Record) {
	switch x := r.(type) {
	case assist.Incident:
		if slices.Contains(x.Customers, j.keeper) {
			j.merge.Also = append(j.merge.Also, x.ID)
		}
	case assist.Customer:
		for _, r := range x.Relations {
			if r.To == j.keeper || j.gone[r.To] {
				j.merge.Related[x.ID] = append(j.merge.Related[x.ID], r)
			}
		}
	}
}

// place gives the keeper the place of another in an incident. Who has a concierge keeps
// them; who was told last has heard it.
func (j *joining) place(a assist.Affected) error {
	own := assist.Affected{Incident: a.Incident, Customer: j.keeper, Concierge: a.Concierge, At: a.At, Told: a.Told}
	own.ID = own.Key()
	ref := assist.Ref{Type: assist.TypeAffected, ID: own.ID}
	r, err := j.record(ref)
	if err != nil {
		return err
	}
	if had, ok := r.(assist.Affected); ok {
		if !j.has(ref) {
			j.merge.Places = append(j.merge.Places, had)
		}
		if had.Into == "" {
			own = united(had, a)
		}
	}
	j.change(ref, own)
	a.Into = j.keeper
	j.change(assist.Ref{Type: assist.TypeAffected, ID: a.ID}, a)
	return nil
}

// united is one place in an incident made of two.
func united(own, other assist.Affected) assist.Affected {
	if own.Concierge == "" {
		own.Concierge = other.Concierge
	}
	if other.At.Before(own.At) {
		own.At = other.At
	}
	if other.Told.After(own.Told) {
		own.Told = other.Told
	}
	return own
}

func (j *joining) has(ref assist.Ref) bool {
	_, ok := j.changed[ref]
	return ok
}

func (j *joining) change(ref assist.Ref, r assist.Record) {
	if !j.has(ref) {
		j.order = append(j.order, ref)
	}
	j.changed[ref] = r
}

// record reads a record as it will be; nil when there is none.
func (j *joining) record(ref assist.Ref) (assist.Record, error) {
	if r, ok := j.changed[ref]; ok {
		return r, nil
	}
	return j.db.recordOf(j.txn, ref)
}

// write keeps the merge: first what it did, then who stands for whom, then what moved.
func (j *joining) write(kept assist.Customer) error {
	kept.Relations = relate(kept, func(id assist.ID) assist.ID {
		if j.gone[id] {
			return j.keeper
		}
		return id
	})
	j.merge.After = kept
	list := []assist.Record{j.merge, kept}
	for _, c := range j.others {
		list = append(list, c)
	}
	for _, ref := range j.order {
		list = append(list, j.changed[ref])
	}
	return j.db.putRecords(list)
}

func (db *DB) putRecords(records []assist.Record) error {
	list := make([]encoded, 0, len(records))
	for _, r := range records {
		e, err := db.encode(r)
		if err != nil {
			return err
		}
		list = append(list, e)
	}
	return db.put(list, false)
}

// recordOf reads a record of any type; nil when there is none.
func (db *DB) recordOf(txn *badger.Txn, ref assist.Ref) (assist.Record, error) {
	s, err := readState(txn, recordKey(ref.Type, ref.ID))
	if err != nil || s == nil {
		return nil, err
	}
	return db.codec.record(ref.Type, s.raw)
}

// childTypes are the types of what belongs to a customer, by its kind.
var childTypes = map[byte]assist.Type{childPromise: assist.TypePromise, childEnded: assist.TypePromise, childCall: assist.TypeCall,
	childNote: assist.TypeNote, childHeard: assist.TypeNote, childInsight: assist.TypeInsight, childAsked: assist.TypeAsked,
	childAffected: assist.TypeAffected, childOrder: assist.TypeOrder}

// alsoNaming are the types whose records name a customer without an index entry that says
// so. There are few of them.
var alsoNaming = []assist.Type{assist.TypeKudos, assist.TypeGap, assist.TypeFlag, assist.TypeDraft, assist.TypeIncident}

// naming returns every record that names a customer as theirs, or as a relation.
func (db *DB) naming(ctx context.Context, txn *badger.Txn, customer assist.ID) (out []assist.Ref, err error) {
	prefix := refKey(spaceChild, customer)
	it := txn.NewIterator(keysOnly(prefix))
	for it.Rewind(); it.Valid() && err == nil; it.Next() {
		rest := it.Item().Key()[len(prefix):]
		id, _, ok := cutRef(rest[min(9, len(rest)):])
		if t := childTypes[rest[0]]; ok && t != "" {
			out = append(out, assist.Ref{Type: t, ID: id})
		}
		err = ctx.Err()
	}
	it.Close()
	if err != nil {
		return nil, err
	}
	for _, t := range alsoNaming {
		more, err := db.scan(ctx, txn, t, customer)
		if err != nil {
			return nil, err
		}
		out = append(out, more...)
	}
	err = refs(ctx, txn, refKey(spaceRelation, customer), func(id assist.ID) error {
		out = append(out, assist.Ref{Type: assist.TypeCustomer, ID: id})
		return nil
	})
	return out, err
}

// scan looks at all records of a type for those that name a customer.
func (db *DB) scan(ctx context.Context, txn *badger.Txn, t assist.Type, customer assist.ID) (out []assist.Ref, err error) {
	opt := badger.DefaultIteratorOptions
	opt.Prefix = typeKey(t)
	it := txn.NewIterator(opt)
	defer it.Close()
	for it.Rewind(); it.Valid(); it.Next() {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		err := it.Item().Value(func(b []byte) error {
			if !bytes.Contains(b, []byte(customer)) {
				return nil // not worth decoding
			}
			s, err := decodeState(b)
			if err != nil {
				return err
			}
			r, err := db.codec.record(t, s.raw)
			if err == nil && concerns(r, customer) {
				_, id := r.Ident()
				out = append(out, assist.Ref{Type: t, ID: id})
			}
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", t, err)
		}
	}
	return out, nil
}

// concerns reports whether a record names a customer; a merge does while it stands.
func concerns(r assist.Record, customer assist.ID) bool {
	if m, ok := r.(assist.Merge); ok {
		return m.Keeper == customer && m.Undone.IsZero()
	}
	_, named := renamed(r, func(id assist.ID) assist.ID {
		if id == customer {
			return ""
		}
		return id
	})
	return named
}
