package storage

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/assist/twin"
)

// Parted is what taking back a merge has done.
type Parted struct {
	Back   int // records that belong to those again whose they were
	Stayed int // records that were written since the merge: they stay with the keeper
}

// UndoMerge takes a merge back, in one write: the customers stand for themselves again,
// and what belonged to them does. What was written since stays with the keeper, and so
// does what was changed of the keeper since. It fails with assist.ErrInvalid when the merge
// was taken back before, or when the keeper has gone into another.
func (db *DB) UndoMerge(ctx context.Context, id assist.ID, at time.Time) (p Parted, err error) {
	err = db.alone(func(txn *badger.Txn) error {
		u := parting{joining: joining{db: db, txn: txn, changed: map[assist.Ref]assist.Record{}}, at: at}
		if err := u.read(id); err != nil {
			return err
		}
		for _, c := range u.merge.Before[1:] {
			if err := u.part(ctx, c.ID); err != nil {
				return err
			}
		}
		if err := u.people(); err != nil {
			return err
		}
		if p, err = u.count(); err != nil {
			return err
		}
		u.merge.Undone = at
		list := []assist.Record{u.merge}
		for _, people := range []bool{true, false} { // who takes this in elsewhere must know first who stands
			for _, ref := range u.order {
				if (ref.Type == assist.TypeCustomer) == people {
					list = append(list, u.changed[ref])
				}
			}
		}
		return db.putRecords(list)
	})
	if err != nil {
		return Parted{}, fmt.Errorf("take the merge back: %w", err)
	}
	return p, nil
}

// parting is an UndoMerge under way.
type parting struct {
	joining
	now   assist.Customer // the keeper
	since stamp           // of the merge
	at    time.Time
	back  int
}

func (u *parting) read(id assist.ID) error {
	s, err := readState(u.txn, recordKey(assist.TypeMerge, id))
	if err != nil {
		return err
	}
	if s == nil {
		return &assist.Fault{What: "there is no such merge", Where: string(id), Err: assist.ErrNotFound}
	}
	u.since = s.base
	if _, err := get(u.db, u.txn, id, &u.merge); err != nil {
		return err
	}
	u.keeper = u.merge.Keeper
	found, err := get(u.db, u.txn, u.keeper, &u.now)
	switch {
	case err != nil:
		return err
	case !u.merge.Undone.IsZero():
		return &assist.Fault{What: "this merge was taken back before", Err: assist.ErrInvalid}
	case !found:
		return &assist.Fault{What: "there is no such customer", Where: string(u.keeper), Err: assist.ErrNotFound}
	case u.now.Into != "":
		return &assist.Fault{What: u.now.Name + " was merged into another record since", Do: "Take that merge back first.", Err: assist.ErrInvalid}
	}
	return nil
}

// part gives another what was theirs, as far as it is the keeper's still.
func (u *parting) part(ctx context.Context, other assist.ID) error {
	for _, ref := range u.merge.Moved[other] {
		if err := ctx.Err(); err != nil {
			return err
		}
		r, err := u.record(ref)
		if err != nil {
			return err
		}
		switch x := r.(type) {
		case nil:
		case assist.Affected:
			err = u.place(ref, x)
		case assist.Incident:
			x.Customers = u.again(x, other)
			u.give(ref, x)
		case assist.Customer:
			if !u.has(ref) {
				x.Relations = u.relations(x)
				u.give(ref, x)
			}
		default:
			if concerns(r, u.keeper) {
				r, _ = renamed(r, func(assist.ID) assist.ID { return other })
				u.give(ref, r)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (u *parting) give(ref assist.Ref, r assist.Record) {
	u.back++
	u.change(ref, r)
}

// again puts another into an incident beside the keeper, who leaves it when they were not
// in it before. Who was taken out of it since stays out.
func (u *parting) again(i assist.Incident, other assist.ID) []assist.ID {
	list := slices.Clone(i.Customers)
	at := slices.Index(list, u.keeper)
	switch {
	case slices.Contains(list, other), at < 0 && !u.has(assist.Ref{Type: assist.TypeIncident, ID: i.ID}):
		return list
	case at < 0 || slices.Contains(u.merge.Also, i.ID):
		return append(list, other)
	}
	list[at] = other
	return list
}

// relations returns a customer's relations, those to the keeper as they were before. What
// was taken away since stays away, and what is new stays.
func (u *parting) relations(c assist.Customer) (out []assist.Relation) {
	before := u.merge.Related[c.ID]
	for _, r := range c.Relations {
		had := slices.ContainsFunc(before, func(b assist.Relation) bool { return b.Who == r.Who })
		if r.To != u.keeper || !had {
			out = append(out, r)
			continue
		}
		for _, b := range before {
			if b.Who == r.Who {
				out = append(out, b)
			}
		}
	}
	return out
}

// place gives another their place in an incident again. The keeper's is as it was, but for
// what was done with it since.
func (u *parting) place(ref assist.Ref, a assist.Affected) error {
	a.Into = ""
	own := assist.Ref{Type: assist.TypeAffected, ID: assist.Affected{Incident: a.Incident, Customer: u.keeper}.Key()}
	if !u.has(own) {
		r, err := u.record(own)
		if err != nil {
			return err
		}
		if now, ok := r.(assist.Affected); ok {
			if now, err = u.placeBefore(now); err != nil {
				return err
			}
			u.change(own, now)
		}
	}
	u.give(ref, a)
	return nil
}

// placeBefore returns the keeper's place as it was; hidden when they had none and nothing
// was done with it since.
func (u *parting) placeBefore(now assist.Affected) (assist.Affected, error) {
	var before, merged assist.Affected
	at := slices.IndexFunc(u.merge.Places, func(p assist.Affected) bool { return p.ID == now.ID })
	if at >= 0 {
		before = u.merge.Places[at]
		merged = before
	}
	var last assist.ID
	for _, c := range u.merge.Before[1:] {
		r, err := u.record(assist.Ref{Type: assist.TypeAffected, ID: assist.Affected{Incident: now.Incident, Customer: c.ID}.Key()})
		if err != nil {
			return now, err
		}
		if a, ok := r.(assist.Affected); ok && a.Into == u.keeper {
			last = c.ID
			merged = united(merged, a)
		}
	}
	same := now.Told.Equal(merged.Told) && now.Concierge == merged.Concierge
	if at < 0 && same {
		now.Into = last
	}
	if at < 0 {
		return now, nil
	}
	if now.Told.Equal(merged.Told) {
		now.Told = before.Told
	}
	if now.Concierge == merged.Concierge {
		now.Concierge = before.Concierge
	}
	now.At, now.Into = before.At, before.Into
	return now, nil
}

// people lets everybody stand for themselves.
func (u *parting) people() error {
	for _, c := range u.merge.Before[1:] {
		var now assist.Customer
		found, err := get(u.db, u.txn, c.ID, &now)
		if err != nil {
			return err
		}
		if found && now.Into == u.keeper {
			now.Into = ""
			u.change(assist.Ref{Type: assist.TypeCustomer, ID: c.ID}, now)
		}
	}
	u.change(assist.Ref{Type: assist.TypeCustomer, ID: u.keeper}, twin.Part(u.merge.Before[0], u.merge.After, u.now))
	return nil
}

// count tells what of the keeper's was written since the merge.
func (u *parting) count() (Parted, error) {
	p := Parted{Back: u.back}
	prefix := refKey(spaceChild, u.keeper)
	it := u.txn.NewIterator(keysOnly(prefix))
	defer it.Close()
	for it.Rewind(); it.Valid(); it.Next() {
		rest := it.Item().Key()[len(prefix):]
		id, _, ok := cutRef(rest[min(9, len(rest)):])
		if !ok || rest[0] == childAffected {
			continue
		}
		s, err := readState(u.txn, recordKey(childTypes[rest[0]], id))
		if err != nil {
			return p, err
		}
		if s != nil && s.base.compare(u.since) > 0 {
			p.Stayed++
		}
	}
	return p, nil
}
