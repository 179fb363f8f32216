package storage

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
)

// maxClosed is how many incidents that are over Incidents returns.
const maxClosed = 50

// Incidents returns the incidents that are open, and the latest 50 of those that are
// over, the latest first.
func (db *DB) Incidents(ctx context.Context) (open, closed []assist.Incident, err error) {
	for i, err := range List[assist.Incident](ctx, db) {
		if err != nil {
			return nil, nil, err
		}
		if i.Closed.IsZero() {
			open = append(open, i)
		} else {
			closed = append(closed, i)
		}
	}
	latest := func(a, b time.Time, x, y assist.ID) int { return cmp.Or(b.Compare(a), cmp.Compare(x, y)) }
	slices.SortFunc(open, func(a, b assist.Incident) int { return latest(a.Opened, b.Opened, a.ID, b.ID) })
	slices.SortFunc(closed, func(a, b assist.Incident) int { return latest(a.Closed, b.Closed, a.ID, b.ID) })
	return open, closed[:min(len(closed), maxClosed)], nil
}

// AffectedCount returns how many customers have a place in the incident, and how many of
// them have heard the latest of it, to the microsecond. It reads no records.
func (db *DB) AffectedCount(ctx context.Context, i assist.Incident) (all, told int, err error) {
	news := earliestFirst(i.News())
	err = db.eachAffected(ctx, i.ID, nil, func(at uint64, _ []byte) error {
		if all++; at >= news {
			told++
		}
		return nil
	})
	return all, told, err
}

// Affected returns the places in an incident, at most so many: first of those who were
// never told, then of who was told longest ago. It begins behind where the place of the
// customer after is now, with an empty one at the start. It fails with assist.ErrNotFound
// when after is not in the incident.
func (db *DB) Affected(ctx context.Context, incident, after assist.ID, most int) (out []assist.Affected, err error) {
	var from []byte
	if after != "" {
		a, err := Find[assist.Affected](ctx, db, assist.Affected{Incident: incident, Customer: after}.Key())
		if err != nil {
			return nil, err
		}
		from = append(affectedKey(a), 0)
	}
	err = db.read(func(txn *badger.Txn) error {
		return eachAffected(ctx, txn, incident, from, func(_ uint64, ref []byte) error {
			if len(out) >= most {
				return errStop
			}
			customer, _, ok := cutRef(ref)
			if !ok {
				return errAffected()
			}
			var a assist.Affected
			found, err := get(db, txn, assist.Affected{Incident: incident, Customer: customer}.Key(), &a)
			if found {
				out = append(out, a)
			}
			return err
		})
	})
	if errors.Is(err, errStop) {
		err = nil
	}
	return out, err
}

func errAffected() error {
	return fmt.Errorf("the index of incidents is not readable: %w", assist.ErrDamaged)
}

func (db *DB) eachAffected(ctx context.Context, incident assist.ID, from []byte, each func(told uint64, customer []byte) error) error {
	return db.read(func(txn *badger.Txn) error { return eachAffected(ctx, txn, incident, from, each) })
}

// eachAffected calls each with when the customers of an incident were told, in the order
// of the keys, and with their refs, which are good until each returns.
func eachAffected(ctx context.Context, txn *badger.Txn, incident assist.ID, from []byte, each func(told uint64, customer []byte) error) error {
	if incident == "" { // no ref, and the beginning of others
		return ctx.Err()
	}
	prefix := refKey(spaceAffected, incident)
	it := txn.NewIterator(keysOnly(prefix))
	defer it.Close()
	for it.Seek(from); it.Valid(); it.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		rest := it.Item().Key()[len(prefix):]
		if len(rest) < 9 {
			return errAffected()
		}
		if err := each(binary.BigEndian.Uint64(rest), rest[8:]); err != nil {
			return err
		}
	}
	return nil
}

// Touched returns the customers whom an open incident touches, by id, each once. Those
// whom it names and who are not there are left out; of one that is closed there are none.
func (db *DB) Touched(ctx context.Context, i assist.Incident) ([]assist.ID, error) {
	if !i.Closed.IsZero() {
		return nil, ctx.Err()
	}
	out, err := db.named(ctx, i)
	if err != nil {
		return nil, err
	}
	if len(i.Products)+len(i.Cities) > 0 {
		rest := assist.Incident{Products: i.Products, Cities: i.Cities} // long lists of others cost time
		for c, err := range List[assist.Customer](ctx, db) {
			if err != nil {
				return nil, err
			}
			if c.Into == "" && rest.Touches(c) {
				out = append(out, c.ID)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// named returns the customers whom an incident touches by name or company.
func (db *DB) named(ctx context.Context, i assist.Incident) (out []assist.ID, err error) {
	err = db.read(func(txn *badger.Txn) error {
		for _, id := range i.Customers {
			if err := ctx.Err(); err != nil {
				return err
			}
			_, err := txn.Get(recordKey(assist.TypeCustomer, id))
			if err == nil {
				out = append(out, id)
			} else if !errors.Is(err, badger.ErrKeyNotFound) {
				return fmt.Errorf("read customer: %w", err)
			}
		}
		for _, company := range i.Companies {
			err := refs(ctx, txn, refKey(spaceMember, company), func(id assist.ID) error {
				out = append(out, id)
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

// Tell notes that these customers have heard at a time how an incident stands. Who has
// no place in it gets none.
func (db *DB) Tell(ctx context.Context, incident assist.ID, at time.Time, customers ...assist.ID) error {
	for some := range slices.Chunk(customers, bulkPack) {
		var list []assist.Record
		err := db.read(func(txn *badger.Txn) error {
			for _, c := range some {
				var a assist.Affected
				found, err := get(db, txn, assist.Affected{Incident: incident, Customer: c}.Key(), &a)
				if err != nil {
					return err
				}
				if a.Told = at; found && a.Into == "" {
					list = append(list, a)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		if err := db.Save(ctx, list...); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// Use is an answer that was opened in a call with a customer; who it was may be empty.
type Use struct {
	Answer, Customer assist.ID
	At               time.Time
}

// RecentUses returns the answers that were opened at or after a time in the calls that
// began since then. It knows those by their ids: calls that were not made here, whose ids
// do not tell their time, may be missing.
func (db *DB) RecentUses(ctx context.Context, since time.Time) (out []Use, err error) {
	err = db.read(func(txn *badger.Txn) error {
		it := txn.NewIterator(keysOnly(typeKey(assist.TypeCall)))
		defer it.Close()
		end := timeKey(assist.TypeCall, db.opt.Now().AddDate(0, 0, 1)) // ids of imports sort behind
		for it.Seek(timeKey(assist.TypeCall, since)); it.Valid() && bytes.Compare(it.Item().Key(), end) < 0; it.Next() {
			if err := ctx.Err(); err != nil {
				return err
			}
			var c struct { // of a call, what is needed
				Customer assist.ID `json:"customer"`
				Used     []struct {
					Answer assist.ID `json:"answer"`
					At     time.Time `json:"at"`
				} `json:"used"`
			}
			if err := db.decode(it.Item(), &c); err != nil {
				return fmt.Errorf("read call: %w", err)
			}
			for _, u := range c.Used {
				if !u.At.Before(since) {
					out = append(out, Use{u.Answer, c.Customer, u.At})
				}
			}
		}
		return nil
	})
	return out, err
}

// timeKey is before the key of every record whose id was made at a time, and behind those
// made eight milliseconds earlier.
func timeKey(t assist.Type, at time.Time) []byte {
	const wholly = 9 // so many characters say nothing but the time
	return recordKey(t, assist.NewID(at)[:wholly])
}
