package storage

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/assist/phone"
)

// Trace is all that the store knows of one person, and where else it speaks of them.
type Trace struct {
	// Customers are the records of the person: the one that was asked for, and those that
	// were merged with it.
	Customers []assist.ID
	// Own is all that is theirs, in the order of assist.Types and then by id.
	Own []assist.Ref
	// Unlinked are records of others that point to one of these; an erasure takes out the
	// pointer and leaves the rest.
	Unlinked []assist.Ref
	// Mentions are records of others that have their name, a number or an address of theirs
	// in their words; an erasure leaves them as they are.
	Mentions []assist.Ref
}

// Trace finds everything of one person by reading the whole store. It fails with
// assist.ErrNotFound when there is no such customer.
//
// Theirs is what names them as its customer; what names nobody and belongs to a call or a
// note of theirs; calls of nobody with a number that only they have; the merges of their
// records; and a company that nobody else belongs to and that has their name or number: a
// household of one. Questions that were saved of their calls, and wordings that were
// proposed, have been cleaned of names so that all may read them: they are theirs only
// when they name them all the same.
func (db *DB) Trace(ctx context.Context, customer assist.ID) (out Trace, err error) {
	err = db.read(func(txn *badger.Txn) error {
		x, err := db.trace(ctx, txn, customer)
		if err == nil {
			out, err = x.around()
		}
		return err
	})
	return out, err
}

// tracer finds what is of one person.
type tracer struct {
	db     *DB
	ctx    context.Context
	txn    *badger.Txn
	people map[assist.ID]bool // the person's records
	own    gone
	found  Trace
	marks  marks
	alone  map[string]bool // the keys of numbers that nobody else has
}

func (db *DB) trace(ctx context.Context, txn *badger.Txn, customer assist.ID) (*tracer, error) {
	if s, err := readState(txn, recordKey(assist.TypeCustomer, customer)); err != nil {
		return nil, err
	} else if s == nil {
		return nil, &assist.Fault{What: "there is no such customer", Where: string(customer), Err: assist.ErrNotFound}
	}
	return db.traceAll(ctx, txn, customer)
}

// traceAll is trace for a customer of whom there may be no more than what is theirs.
func (db *DB) traceAll(ctx context.Context, txn *badger.Txn, customer assist.ID) (*tracer, error) {
	x := &tracer{db: db, ctx: ctx, txn: txn, people: map[assist.ID]bool{}, own: gone{}, alone: map[string]bool{}}
	if err := x.persons(customer); err != nil {
		return nil, err
	}
	if err := x.learn(); err != nil {
		return nil, err
	}
	// What belongs to a call or a note comes after it.
	first := []assist.Type{assist.TypeCustomer, assist.TypeCompany, assist.TypeCall, assist.TypeDraft, assist.TypeNote}
	rest := slices.DeleteFunc(assist.Types(), func(t assist.Type) bool { return slices.Contains(first, t) || t == assist.TypeBlob })
	for _, t := range append(first, rest...) {
		if err := x.each(typeKey(t), x.take); err != nil {
			return nil, err
		}
	}
	err := x.each([]byte{spaceRecord, 255}, x.take) // of a newer version
	slices.SortStableFunc(x.found.Own, func(a, b assist.Ref) int {
		return cmp.Compare(slices.Index(assist.Types(), a.Type), slices.Index(assist.Types(), b.Type))
	})
	return x, err
}

// each calls f with every record whose key begins so, as it stands.
func (x *tracer) each(prefix []byte, f func(n named, raw []byte) error) error {
	it := x.txn.NewIterator(badger.IteratorOptions{Prefix: prefix, PrefetchValues: true, PrefetchSize: 100})
	defer it.Close()
	for it.Rewind(); it.Valid(); it.Next() {
		if err := x.ctx.Err(); err != nil {
			return err
		}
		t, id := typeOf(it.Item().Key())
		err := it.Item().Value(func(b []byte) error {
			s, err := decodeState(b)
			if err != nil {
				return err
			}
			return f(named{t, id}, s.raw)
		})
		if err != nil {
			return fmt.Errorf("trace: read %s: %w", t, err)
		}
	}
	return nil
}

// persons finds the records that are one person: those that took the place of others,
// and the others.
func (x *tracer) persons(customer assist.ID) error {
	into := map[assist.ID]assist.ID{}
	err := x.each(typeKey(assist.TypeCustomer), func(n named, raw []byte) error {
		if to := fieldText(raw, "into"); to != "" {
			into[n.id] = assist.ID(to)
		}
		return nil
	})
	x.people[customer] = true
	for before := 0; before < len(x.people); {
		before = len(x.people)
		for from, to := range into {
			if x.people[from] || x.people[to] {
				x.people[from], x.people[to] = true, true
			}
		}
	}
	x.found.Customers = []assist.ID{customer}
	for id := range x.people {
		if id != customer {
			x.found.Customers = append(x.found.Customers, id)
		}
	}
	slices.Sort(x.found.Customers[1:])
	return err
}

// learn reads what the person was ever called and how they were reached.
func (x *tracer) learn() error {
	companies := map[assist.ID]bool{}
	numbers := map[string]bool{}
	for _, id := range x.found.Customers {
		err := x.versions(assist.TypeCustomer, id, func(r assist.Record) {
			c := r.(assist.Customer)
			x.marks.learn(c, x.db.home)
			companies[c.Company] = true
			for _, p := range c.Phones {
				if keys := phone.KeysOf(p, x.db.home); len(keys) > 0 {
					numbers[keys[0]] = true
				}
			}
		})
		if err != nil {
			return err
		}
	}
	for id := range companies {
		if err := x.household(id, numbers); err != nil {
			return err
		}
	}
	for key := range numbers {
		others, err := x.othersWith(key)
		if err != nil {
			return err
		}
		x.alone[key] = !others
	}
	return nil
}

// versions calls f with every version of a record.
func (x *tracer) versions(t assist.Type, id assist.ID, f func(assist.Record)) error {
	it := x.txn.NewKeyIterator(recordKey(t, id), badger.IteratorOptions{AllVersions: true})
	defer it.Close()
	for it.Rewind(); it.Valid(); it.Next() {
		err := it.Item().Value(func(b []byte) error {
			s, err := decodeState(b)
			if err != nil {
				return err
			}
			r, err := x.db.codec.record(t, s.raw)
			if err == nil {
				f(r)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// household takes in a company that is only another name of the person.
func (x *tracer) household(id assist.ID, numbers map[string]bool) error {
	var c assist.Company
	if found, err := get(x.db, x.txn, id, &c); id == "" || err != nil || !found {
		return err
	}
	others := false
	err := refs(x.ctx, x.txn, refKey(spaceMember, id), func(member assist.ID) error {
		others = others || !x.people[member]
		return nil
	})
	theirs := x.marks.nameIn(c.Name)
	for _, p := range c.Phones {
		for _, k := range phone.KeysOf(p, x.db.home) {
			theirs = theirs || numbers[k]
		}
	}
	if theirs && !others {
		x.own[named{assist.TypeCompany, id}] = true
	}
	return err
}

// othersWith reports whether anybody else has a number.
func (x *tracer) othersWith(key string) (others bool, err error) {
	prefix := append(numberPrefix(key), 0)
	it := x.txn.NewIterator(keysOnly(prefix))
	defer it.Close()
	for it.Rewind(); it.Valid(); it.Next() {
		rest := it.Item().Key()[len(prefix):]
		if len(rest) == 0 {
			continue
		}
		id, _, ok := cutRef(bytes.Clone(rest[1:]))
		if !ok {
			return true, fmt.Errorf("the index of numbers is not readable: %w", assist.ErrDamaged)
		}
		t := assist.TypeCustomer
		if rest[0] == switchboard {
			t = assist.TypeCompany
		}
		others = others || !x.people[id] && !x.own[named{t, id}]
	}
	return others, nil
}

// take notes a record that is theirs.
func (x *tracer) take(n named, raw []byte) error {
	theirs, err := x.owns(n, raw)
	if err != nil || !theirs {
		return err
	}
	x.own[n] = true
	if n.t == assist.TypeDraft { // its call may not be kept yet
		x.own[named{assist.TypeCall, n.id}] = true
	}
	x.found.Own = append(x.found.Own, assist.Ref{Type: n.t, ID: n.id})
	return nil
}

// owns reports whether a record is theirs, when it is known which calls and notes are.
func (x *tracer) owns(n named, raw []byte) (bool, error) {
	switch n.t {
	case assist.TypeCustomer:
		return x.people[n.id], nil
	case assist.TypeCompany:
		return x.own[n], nil
	case assist.TypeErasure, typeSettings:
		return false, nil
	case assist.TypeMerge:
		r, err := x.db.codec.record(n.t, raw)
		return err == nil && x.merges(r.(assist.Merge)), err
	case assist.TypeDraft:
		r, err := x.db.codec.record(n.t, raw)
		return err == nil && (x.own[named{assist.TypeCall, n.id}] || x.called(r.(assist.Draft).Call)), err
	case assist.TypeCall:
		r, err := x.db.codec.record(n.t, raw)
		return err == nil && x.called(r.(assist.Call)), err
	}
	return x.belongs(n, raw), nil
}

// belongs reports whether a record is theirs by the customer, the call or the note that
// it names.
func (x *tracer) belongs(n named, raw []byte) bool {
	if customer := fieldText(raw, "customer"); customer != "" {
		return x.people[assist.ID(customer)]
	}
	if !x.own[named{assist.TypeCall, assist.ID(fieldText(raw, "call"))}] &&
		!x.own[named{assist.TypeNote, assist.ID(fieldText(raw, "note"))}] {
		return false
	}
	switch n.t {
	case assist.TypeQuestion, assist.TypeProposal:
		return x.marks.nameIn(fieldText(raw, "text")+" "+fieldText(raw, "phrasing")) || x.marks.in(n.t, raw)
	case assist.TypeInsight: // what a rep sees and worries about is the rep's
		return fieldText(raw, "intelligence") != string(assist.FrontLine)
	}
	return true
}

func (x *tracer) merges(m assist.Merge) bool {
	return x.people[m.Keeper] || slices.ContainsFunc(m.Before, func(c assist.Customer) bool { return x.people[c.ID] })
}

// called reports whether the call is with the person, or with nobody and over a number
// that only they have.
func (x *tracer) called(c assist.Call) bool {
	if c.Customer != "" {
		return x.people[c.Customer]
	}
	number := c.From
	if c.Outgoing {
		number = c.To
	}
	keys := phone.Parse(number, x.db.home).Keys()
	return len(keys) > 0 && x.alone[keys[0]]
}

// around returns what was found, and where others speak of the person.
func (x *tracer) around() (Trace, error) {
	out := x.found
	err := x.each([]byte{spaceRecord}, func(n named, raw []byte) error {
		ref := assist.Ref{Type: n.t, ID: n.id}
		if x.own[n] || n.t == assist.TypeErasure || n.t == typeSettings || n.t == assist.TypeBlob {
			return nil
		}
		if x.own.points(raw) {
			out.Unlinked = append(out.Unlinked, ref)
		}
		if x.marks.in(n.t, raw) {
			out.Mentions = append(out.Mentions, ref)
		}
		return nil
	})
	return out, err
}
