package storage

import (
	"context"
	"iter"
	"maps"
	"slices"
	"sync/atomic"

	"ringside/assist"
)

// erased knows the customers who were erased for good, and the ids of all that was theirs.
// Who adds to it holds DB.mu, or carries an erasure out.
type erased struct{ now, ids atomic.Pointer[gone] }

func (e *erased) add(list []assist.Erasure) {
	next := e.with(list)
	e.now.Store(&next)
}

// with returns the customers and these.
func (e *erased) with(list []assist.Erasure) gone {
	if len(list) == 0 && e.now.Load() != nil {
		return *e.now.Load()
	}
	next := gone{}
	maps.Copy(next, e.set())
	for _, r := range list {
		next[named{assist.TypeCustomer, r.ID}] = true
	}
	return next
}

// set returns the customers; it is empty when none was ever erased.
func (e *erased) set() gone {
	if now := e.now.Load(); now != nil {
		return *now
	}
	return nil
}

// Erasures returns how many customers were erased for good.
func (db *DB) Erasures() int { return len(db.erased.set()) }

func (db *DB) loadErased(ctx context.Context) error {
	var list []assist.Erasure
	for e, err := range List[assist.Erasure](ctx, db) {
		if err != nil {
			return err
		}
		list = append(list, e)
	}
	db.erased.add(list)
	m, _, err := db.readMarkerOf(goneFile)
	ids := m.gone()
	db.erased.ids.Store(&ids)
	return err
}

// leaveOut takes out of a record on its way into the store what points to customers who
// were erased, and refuses a record that is theirs.
func (db *DB) leaveOut(e *encoded) error {
	set := db.erased.set()
	if len(set) == 0 {
		return nil
	}
	what := "this " + string(e.t) + " is of a customer who was erased for good"
	if e.t == assist.TypeCustomer {
		what = "this customer was erased for good"
	}
	for id := range customers(*e) {
		if set[named{assist.TypeCustomer, id}] {
			return &assist.Fault{What: what, Where: string(e.t) + " " + string(e.id),
				Do: "Leave it out.", Err: assist.ErrInvalid}
		}
	}
	if fs := set.fields(e.fields); fs != nil {
		e.fields = slices.DeleteFunc(fs, field.deleted)
	}
	return nil
}

// leaveOutAll is leaveOut for what was encoded a while ago: somebody may have been erased
// since. The caller holds db.mu.
func (db *DB) leaveOutAll(list []encoded) error {
	for i := range list {
		if err := db.leaveOut(&list[i]); err != nil {
			return err
		}
	}
	return nil
}

// customers returns whose a record is.
func customers(e encoded) iter.Seq[assist.ID] {
	return func(yield func(assist.ID) bool) {
		if e.t == assist.TypeCustomer && !yield(e.id) {
			return
		}
		for _, f := range e.fields {
			var id []byte
			switch {
			case f.name == "customer", f.name == "keeper", f.name == "into" && e.t == assist.TypeCustomer:
				id, _ = textOf(f.raw)
			case f.name == "call":
				id = []byte(fieldText(f.raw, "customer")) // of a draft
			case f.name == "before":
				in := items{b: f.raw}
				for range in.count(majorArray) {
					if !yield(assist.ID(fieldText(in.raw(), "id"))) {
						return
					}
				}
			}
			if len(id) > 0 && !yield(assist.ID(id)) {
				return
			}
		}
	}
}
