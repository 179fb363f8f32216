package storage

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"slices"
	"time"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/assist/glance"
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
	maxEnded    = 20
	maxAffected = 50
	maxNearby   = 20
	maxMatches  = 100
)

// Profile returns what a card needs of one customer, as of one moment. Of one whose place
// another has taken it is that one's. It fails with assist.ErrNotFound when there is no
// such customer.
func (db *DB) Profile(ctx context.Context, customer assist.ID) (glance.Profile, error) {
	var p glance.Profile
	if err := ctx.Err(); err != nil {
		return p, err
	}
	err := db.read(func(txn *badger.Txn) error {
		found, err := db.standing(txn, customer, &p.Customer)
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
		if err := db.nearby(txn, &p); err != nil {
			return err
		}
		return db.incidents(ctx, txn, &p)
	})
	return p, err
}

// incidents fills in the open incidents that the customer is in, by a place of their own
// or by what the incident says of itself, and leaves only the places in those.
func (db *DB) incidents(ctx context.Context, txn *badger.Txn, p *glance.Profile) error {
	err := refs(ctx, txn, []byte{spaceIncident}, func(id assist.ID) error {
		var i assist.Incident
		found, err := get(db, txn, id, &i)
		if found && (placeIn(p.Affected, id) >= 0 || i.Touches(p.Customer)) {
			p.Incidents = append(p.Incidents, i)
		}
		return err
	})
	p.Affected = slices.DeleteFunc(p.Affected, func(a assist.Affected) bool {
		return !slices.ContainsFunc(p.Incidents, func(i assist.Incident) bool { return i.ID == a.Incident })
	})
	return err
}

func placeIn(list []assist.Affected, incident assist.ID) int {
	return slices.IndexFunc(list, func(a assist.Affected) bool { return a.Incident == incident })
}

// children fills in what belongs to the customer, with one iterator.
func (db *DB) children(txn *badger.Txn, p *glance.Profile) error {
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
	p.Affected = readChildren[assist.Affected](&r, childAffected, maxAffected)
	p.Ended = readChildren[assist.Promise](&r, childEnded, maxEnded)
	sortChildren(p)
	return r.err
}

// sortChildren settles what the index cannot tell apart: times within a microsecond.
func sortChildren(p *glance.Profile) {
	latest := func(a, b time.Time, i, j assist.ID) int { return cmp.Or(b.Compare(a), cmp.Compare(i, j)) }
	slices.SortFunc(p.Calls, func(a, b assist.Call) int { return latest(a.Started, b.Started, a.ID, b.ID) })
	slices.SortFunc(p.Notes, func(a, b assist.Note) int { return latest(a.At, b.At, a.ID, b.ID) })
	slices.SortFunc(p.Heard, func(a, b assist.Note) int { return latest(a.At, b.At, a.ID, b.ID) })
	slices.SortFunc(p.Insights, func(a, b assist.Insight) int { return latest(a.At, b.At, a.ID, b.ID) })
	slices.SortFunc(p.Asked, func(a, b assist.Asked) int { return latest(a.At, b.At, a.ID, b.ID) })
}

// Asked returns what a customer was offered to be asked, or a rep, and what became of it,
// the latest first, at most 200.
func (db *DB) Asked(ctx context.Context, who assist.ID) (out []assist.Asked, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	err = db.read(func(txn *badger.Txn) error {
		prefix := refKey(spaceChild, who)
		it := txn.NewIterator(keysOnly(prefix))
		defer it.Close()
		r := childReader{db: db, txn: txn, it: it, prefix: prefix}
		out = readChildren[assist.Asked](&r, childAsked, maxAsked)
		return r.err
	})
	return out, err
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
// themselves and those whose company has it. Who has the extension, too, comes first,
// then the latest contact. When nobody has the number, those come, marked as Tail, of
// whose number or whose caller's only the end is known, and fits. A number that nobody
// has gives no match and no error.
func (db *DB) FindByNumber(ctx context.Context, n phone.Number) ([]glance.Match, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	m := matcher{db: db, number: n, region: db.seek.region().name, seen: map[assist.ID]bool{}}
	err := db.read(func(txn *badger.Txn) error {
		m.txn = txn
		if err := m.owners(ctx, numberOwners(txn, n)); err != nil || slices.ContainsFunc(m.out, surely) {
			return err
		}
		return m.owners(ctx, endOwners(txn, n))
	})
	slices.SortFunc(m.out, func(a, b glance.Match) int {
		return cmp.Or(b.LastContact.Compare(a.LastContact), cmp.Compare(a.Customer.ID, b.Customer.ID))
	})
	return phone.Fitting(m.out, phone.FitOf), err
}

func surely(m glance.Match) bool { return !m.Tail }

// owners are customers and companies by id.
type owners struct{ customers, companies []assist.ID }

// numberOwners returns who has the number.
func numberOwners(txn *badger.Txn, n phone.Number) (o owners) {
	for _, k := range n.Keys() {
		o.read(txn, append(numberPrefix(k), 0))
	}
	return o
}

// endOwners returns who has a number that ends as this one does, where one of the two
// may be known by its end only.
func endOwners(txn *badger.Txn, n phone.Number) (o owners) {
	if n.Withheld || len(n.Digits) < phone.LeastTail {
		return o
	}
	if n.Tail {
		o.read(txn, numberPrefix(n.Digits))
	}
	for from := len(n.Digits) - phone.LeastTail; from > 0; from-- {
		o.read(txn, append(numberPrefix(n.Digits[from:]), 0))
	}
	return o
}

// read adds the owners that the keys with this prefix lead to.
func (o *owners) read(txn *badger.Txn, prefix []byte) {
	it := txn.NewIterator(keysOnly(prefix))
	defer it.Close()
	for it.Rewind(); it.Valid() && len(o.customers)+len(o.companies) < maxMatches; it.Next() {
		key := it.Item().Key()[1:]
		rest := key[bytes.IndexByte(key, 0)+1:]
		if len(rest) == 0 {
			continue
		}
		id, _, ok := cutRef(rest[1:])
		switch {
		case !ok:
		case rest[0] == ownNumber:
			o.customers = append(o.customers, id)
		case rest[0] == switchboard:
			o.companies = append(o.companies, id)
		}
	}
}

// matcher collects matches of a number, each customer once.
type matcher struct {
	db     *DB
	txn    *badger.Txn
	number phone.Number
	region string
	seen   map[assist.ID]bool
	out    []glance.Match
}

func (m *matcher) owners(ctx context.Context, o owners) error {
	for _, id := range o.customers {
		if err := m.add(id, false); err != nil {
			return err
		}
	}
	for _, company := range o.companies {
		if err := refs(ctx, m.txn, refKey(spaceMember, company), func(id assist.ID) error { return m.add(id, true) }); err != nil {
			return err
		}
	}
	return nil
}

func (m *matcher) add(id assist.ID, switchboard bool) error {
	if m.seen[id] || len(m.out) >= maxMatches {
		return nil
	}
	match := glance.Match{Switchboard: switchboard}
	found, err := get(m.db, m.txn, id, &match.Customer)
	if err != nil || !found {
		return err
	}
	phones := match.Customer.Phones
	if match.Customer.Company != "" {
		var c assist.Company
		if _, err := get(m.db, m.txn, match.Customer.Company, &c); err != nil {
			return err
		}
		match.Company = c.Name
		if switchboard {
			phones = c.Phones
		}
	}
	fit := phone.BestOf(phones, m.number, m.region)
	if fit == phone.Different {
		return nil
	}
	m.seen[id] = true
	match.Exact, match.Tail = fit == phone.Exact, fit == phone.Maybe
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
