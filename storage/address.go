package storage

import (
	"context"
	"fmt"
	"slices"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
)

// Records that name a customer whose place another has taken are kept as that one's: what
// a call wrote that began before a merge is not lost on a record that nobody sees.

// readInto reads whose place another has taken.
func (db *DB) readInto() error {
	db.into = map[assist.ID]assist.ID{}
	return db.picture.View(func(txn *badger.Txn) error {
		it := txn.NewIterator(keysOnly([]byte{spaceInto}))
		defer it.Close()
		for it.Rewind(); it.Valid(); it.Next() {
			keeper, rest, ok := cutRef(it.Item().Key()[1:])
			if !ok {
				return errMerges()
			}
			gone, _, ok := cutRef(rest)
			if !ok {
				return errMerges()
			}
			db.into[gone] = keeper
		}
		return nil
	})
}

// stands notes whether a customer who was written stands for themselves.
func (db *DB) stands(c assist.Customer) {
	if c.Into != "" {
		db.into[c.ID] = c.Into
	} else {
		delete(db.into, c.ID)
	}
}

// maxInto is how many times in a row one record may have gone into another.
const maxInto = 100

// keeperOf returns who stands for a customer.
func (db *DB) keeperOf(id assist.ID) assist.ID {
	for range maxInto {
		next, gone := db.into[id]
		if !gone {
			break
		}
		id = next
	}
	return id
}

// standing reads the customer who stands for one.
func (db *DB) standing(txn *badger.Txn, id assist.ID, out *assist.Customer) (found bool, err error) {
	for range maxInto {
		*out = assist.Customer{}
		if found, err = get(db, txn, id, out); err != nil || !found || out.Into == "" {
			break
		}
		id = out.Into
	}
	return found, err
}

// Standing returns the customer who stands for one: themselves, or whose record theirs
// went into. It fails with assist.ErrNotFound when there is none.
func (db *DB) Standing(ctx context.Context, id assist.ID) (c assist.Customer, err error) {
	if err := ctx.Err(); err != nil {
		return c, err
	}
	err = db.read(func(txn *badger.Txn) error {
		found, err := db.standing(txn, id, &c)
		if err == nil && !found {
			err = &assist.Fault{What: "there is no such customer", Where: string(id), Err: assist.ErrNotFound}
		}
		return err
	})
	return c, err
}

// addressed is readdress for those who do not hold db.mu.
func (db *DB) addressed(list []encoded) ([]encoded, error) {
	db.mu.Lock()
	defer db.mu.Unlock()
	return db.readdress(list)
}

// readdress makes records that name a customer whose place another has taken name that
// one. A record of the customer themselves stays theirs: it is written as one whose place
// is taken. The caller holds db.mu.
func (db *DB) readdress(list []encoded) ([]encoded, error) {
	if len(db.into) == 0 {
		return list, nil
	}
	list = slices.Clone(list)
	for i, e := range list {
		r, changed := renamed(e.record, db.keeperOf)
		if c, ok := r.(assist.Customer); ok && c.Into == "" && db.into[c.ID] != "" {
			c.Into = db.into[c.ID]
			r, changed = c, true
		}
		if !changed {
			continue
		}
		var err error
		if list[i], err = db.encode(r); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// renamed returns the record with other customers in place of those that it names, and
// whether any is another.
func renamed(r assist.Record, to func(assist.ID) assist.ID) (assist.Record, bool) {
	changed := false
	name := func(id assist.ID) assist.ID {
		next := to(id)
		changed = changed || next != id
		return next
	}
	switch x := r.(type) {
	case assist.Affected:
		if x.Into == "" { // else another has this place already
			x.Customer = name(x.Customer)
			x.ID = x.Key()
		}
		r = x
	case assist.Incident:
		x.Customers = each(x.Customers, name)
		r = x
	case assist.Customer:
		x.Relations = relate(x, name)
		r = x
	default:
		r = owned(r, name)
	}
	return r, changed
}

// owned renames the customer whose record it is.
func owned(r assist.Record, name func(assist.ID) assist.ID) assist.Record {
	switch x := r.(type) {
	case assist.Call:
		x.Customer = name(x.Customer)
		return x
	case assist.Note:
		x.Customer = name(x.Customer)
		return x
	case assist.Promise:
		x.Customer = name(x.Customer)
		return x
	case assist.Insight:
		x.Customer = name(x.Customer)
		return x
	case assist.Asked:
		x.Customer = name(x.Customer)
		return x
	case assist.Order:
		x.Customer = name(x.Customer)
		return x
	case assist.Kudos:
		x.Customer = name(x.Customer)
		return x
	case assist.Gap:
		x.Customer = name(x.Customer)
		return x
	case assist.Flag:
		x.Customer = name(x.Customer)
		return x
	case assist.Draft:
		x.Call.Customer = name(x.Call.Customer)
		return x
	}
	return r
}

// each renames a list in which nobody stands twice. It is long in an incident of a town.
func each(list []assist.ID, name func(assist.ID) assist.ID) []assist.ID {
	if !slices.ContainsFunc(list, func(id assist.ID) bool { return name(id) != id }) {
		return list
	}
	out, there := make([]assist.ID, 0, len(list)), make(map[assist.ID]bool, len(list))
	for _, id := range list {
		if id = name(id); !there[id] {
			there[id] = true
			out = append(out, id)
		}
	}
	return out
}

// relate renames a customer's relations; none is told twice, and nobody is their own.
func relate(c assist.Customer, name func(assist.ID) assist.ID) (out []assist.Relation) {
	for _, r := range c.Relations {
		if r.To = name(r.To); r.To != c.ID && !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out
}

func errMerges() error {
	return fmt.Errorf("the index of merged customers is not readable: %w", assist.ErrDamaged)
}
