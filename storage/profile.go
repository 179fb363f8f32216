package storage

import (
	"cmp"
	"context"
	"encoding/binary"
	"slices"
	"time"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/assist/phone"
)

// How much of each kind a card takes.
const (
	maxPromises = 200
	maxCalls    = 3
	maxNotes    = 20
	maxHeard    = 50
	maxInsights = 50
	maxAsked    = 200
	maxMatches  = 100
)

// Profile returns what a card needs of one customer, as of one moment. It fails with
// assist.ErrNotFound when there is no such customer.
func (db *DB) Profile(ctx context.Context, customer assist.ID) (assist.Profile, error) {
	var p assist.Profile
	if err := ctx.Err(); err != nil {
		return p, err
	}
	err := db.read(func(txn *badger.Txn) error {
		found, err := get(db, txn, customer, &p.Customer)
		if err == nil && !found {
			err = &assist.Fault{What: "there is no such customer", Where: string(customer), Err: assist.ErrNotFound}
		}
		if err == nil && p.Customer.Company != "" {
			_, err = get(db, txn, p.Customer.Company, &p.Company)
		}
		if err != nil {
			return err
		}
		if err := db.children(txn, &p); err != nil {
			return err
		}
		return refs(ctx, txn, []byte{spaceIncident}, func(id assist.ID) error {
			var i assist.Incident
			found, err := get(db, txn, id, &i)
			if found && i.Touches(p.Customer) {
				p.Incidents = append(p.Incidents, i)
			}
			return err
		})
	})
	return p, err
}

// children fills in what belongs to the customer, with one iterator.
func (db *DB) children(txn *badger.Txn, p *assist.Profile) error {
	prefix := refKey(spaceChild, p.Customer.ID)
	it := txn.NewIterator(keysOnly(prefix))
	defer it.Close()
	r := childReader{db: db, txn: txn, it: it, prefix: prefix}
	p.Promises = readChildren[assist.Promise](&r, childPromise, maxPromises)
	p.Calls = readChildren[assist.Call](&r, childCall, maxCalls)
	p.Notes = readChildren[assist.Note](&r, childNote, maxNotes)
	p.Heard = readChildren[assist.Note](&r, childHeard, maxHeard)
	p.Insights = readChildren[assist.Insight](&r, childInsight, maxInsights)
	p.Asked = readChildren[assist.Asked](&r, childAsked, maxAsked)
	sortChildren(p)
	return r.err
}

// sortChildren settles what the index cannot tell apart: times within a microsecond.
func sortChildren(p *assist.Profile) {
	latest := func(a, b time.Time, i, j assist.ID) int { return cmp.Or(b.Compare(a), cmp.Compare(i, j)) }
	slices.SortFunc(p.Calls, func(a, b assist.Call) int { return latest(a.Started, b.Started, a.ID, b.ID) })
	slices.SortFunc(p.Notes, func(a, b assist.Note) int { return latest(a.At, b.At, a.ID, b.ID) })
	slices.SortFunc(p.Heard, func(a, b assist.Note) int { return latest(a.At, b.At, a.ID, b.ID) })
	slices.SortFunc(p.Insights, func(a, b assist.Insight) int { return latest(a.At, b.At, a.ID, b.ID) })
	slices.SortFunc(p.Asked, func(a, b assist.Asked) int { return latest(a.At, b.At, a.ID, b.ID) })
}

// childReader reads a customer's children kind by kind, in the order of the kinds.
// Once err is set it reads nothing more.
type childReader struct {
	db     *DB
	txn    *badger.Txn
	it     *badger.Iterator
	prefix []byte
	begun  bool
	err    error
}

// seek goes to the first child of a kind.
func (r *childReader) seek(kind byte) {
	if r.begun && (!r.it.Valid() || r.it.Item().Key()[len(r.prefix)] >= kind) {
		return // already there or beyond
	}
	r.begun = true
	r.it.Seek(append(slices.Clip(r.prefix), kind))
}

func readChildren[T assist.Record](r *childReader, kind byte, limit int) (out []T) {
	if r.err != nil {
		return nil
	}
	for r.seek(kind); r.it.Valid() && len(out) < limit; r.it.Next() {
		rest := r.it.Item().Key()[len(r.prefix):]
		if rest[0] != kind {
			break
		}
		id, _, ok := cutRef(rest[9:])
		if !ok {
			continue
		}
		var v T
		found, err := get(r.db, r.txn, id, &v)
		if err != nil {
			r.err = err
			return out
		}
		if found {
			out = append(out, v)
		}
	}
	return out
}

// FindByNumber returns the customers whom the number may belong to: those who have it
// themselves and those whose company has it, the latest contact first. A number that
// nobody has gives no match and no error.
func (db *DB) FindByNumber(ctx context.Context, n phone.Number) ([]assist.Match, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var out []assist.Match
	err := db.read(func(txn *badger.Txn) error {
		owners, companies := numberOwners(txn, n)
		m := matcher{db: db, txn: txn, seen: map[assist.ID]bool{}}
		for _, id := range owners {
			if err := m.add(id, false); err != nil {
				return err
			}
		}
		for _, company := range companies {
			if err := refs(ctx, txn, refKey(spaceMember, company), func(id assist.ID) error { return m.add(id, true) }); err != nil {
				return err
			}
		}
		out = m.out
		return nil
	})
	slices.SortStableFunc(out, func(a, b assist.Match) int {
		return cmp.Or(b.LastContact.Compare(a.LastContact), cmp.Compare(a.Customer.ID, b.Customer.ID))
	})
	return out, err
}

// numberOwners returns who has the number: customers and companies.
func numberOwners(txn *badger.Txn, n phone.Number) (customers, companies []assist.ID) {
	for _, k := range n.Keys() {
		prefix := append(append([]byte{spaceNumber}, k...), 0)
		it := txn.NewIterator(keysOnly(prefix))
		for it.Rewind(); it.Valid(); it.Next() {
			rest := it.Item().Key()[len(prefix):]
			id, _, ok := cutRef(rest[1:])
			switch {
			case !ok:
			case rest[0] == ownNumber:
				customers = append(customers, id)
			case rest[0] == switchboard:
				companies = append(companies, id)
			}
		}
		it.Close()
	}
	return customers, companies
}

// matcher collects matches, each customer once.
type matcher struct {
	db   *DB
	txn  *badger.Txn
	seen map[assist.ID]bool
	out  []assist.Match
}

func (m *matcher) add(id assist.ID, switchboard bool) error {
	if m.seen[id] || len(m.out) >= maxMatches {
		return nil
	}
	m.seen[id] = true
	match := assist.Match{Switchboard: switchboard}
	found, err := get(m.db, m.txn, id, &match.Customer)
	if err != nil || !found {
		return err
	}
	if match.Customer.Company != "" {
		var c assist.Company
		if _, err := get(m.db, m.txn, match.Customer.Company, &c); err != nil {
			return err
		}
		match.Company = c.Name
	}
	match.LastContact = lastContact(m.txn, id)
	m.out = append(m.out, match)
	return nil
}

// lastContact returns the time of the latest call or note, to the microsecond.
func lastContact(txn *badger.Txn, customer assist.ID) (last time.Time) {
	prefix := refKey(spaceChild, customer)
	it := txn.NewIterator(keysOnly(prefix))
	defer it.Close()
	r := childReader{it: it, prefix: prefix}
	for _, kind := range []byte{childCall, childNote, childHeard} {
		if r.seek(kind); !it.Valid() {
			break
		}
		rest := it.Item().Key()[len(prefix):]
		if at, ok := contactAt(rest); ok && rest[0] == kind && time.UnixMicro(at).After(last) {
			last = time.UnixMicro(at)
		}
	}
	return last
}

// contactAt returns when the call or note was that a child's key leads to, in
// microseconds.
func contactAt(rest []byte) (at int64, ok bool) {
	if len(rest) < 9 || rest[0] != childCall && rest[0] != childNote && rest[0] != childHeard {
		return 0, false
	}
	return timeOfLatest(binary.BigEndian.Uint64(rest[1:])).UnixMicro(), true
}
