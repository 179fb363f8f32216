package main

import (
	"context"
	"slices"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/storage"
	"ringside/storage/backup"
)

// eraseCustomer takes a customer out of the store for good, as storage.DB.Erase does.
// While a call of theirs is on the desk it is refused. progress may be nil.
func (r *running) eraseCustomer(ctx context.Context, id assist.ID, progress func(done, all int)) error {
	h, err := r.store.wait(ctx)
	if err != nil {
		return err
	}
	_, err = h.erase(ctx, id, r.desk.View, progress)
	r.desk.Refresh()
	return err
}

// erase takes a customer out of the store for good, in the name of who sits here. desk
// tells what is on the desk; nil where there is none.
func (h *house) erase(ctx context.Context, id assist.ID, desk func() live.View, progress func(done, all int)) (storage.Trace, error) {
	if backup.Announced(h.dir) { // what is erased now would be back with it
		return storage.Trace{}, &assist.Fault{What: "a backup takes the place of these notes at the next start", Do: "Start Ringside again, then erase them.", Err: assist.ErrInUse}
	}
	set, err := h.db.Settings(ctx)
	if err != nil {
		return storage.Trace{}, err
	}
	found, err := h.db.Trace(ctx, id)
	if err != nil {
		return storage.Trace{}, err
	}
	if desk != nil {
		if err := offTheLine(desk(), found); err != nil {
			return storage.Trace{}, err
		}
	}
	err = h.perform(ctx, actErase.about(id), func() (int, error) {
		found, err = h.db.Erase(ctx, id, set.Me, h.now(), progress)
		h.tally.forget()
		if err == nil {
			err = h.noteErased(ctx, found.Customers)
		}
		return len(found.Own), err
	})
	return found, err
}

// offTheLine refuses while the desk has a call of the person, or may have one: what is
// written in it could not be kept.
func offTheLine(v live.View, found storage.Trace) error {
	theirs := func(call, customer assist.ID) bool {
		return slices.Contains(found.Customers, customer) || slices.Contains(found.Own, assist.Ref{Type: assist.TypeDraft, ID: call}) ||
			slices.Contains(found.Own, assist.Ref{Type: assist.TypeCall, ID: call})
	}
	open := v.Call != "" && theirs(v.Call, "") || v.Card != nil && v.Call != "" && theirs("", v.Card.Customer.ID)
	for _, c := range v.Choices {
		open = open || theirs("", c.Customer)
	}
	if open {
		return &assist.Fault{What: "this customer is on the line", Do: "End the call and its wrap-up, then erase them.", Err: assist.ErrInUse}
	}
	for _, w := range slices.Concat(v.Others, v.Unfinished) {
		if theirs(w.Call, w.Customer) {
			return &assist.Fault{What: "a call of this customer is not finished", Where: w.Since.Format("2 Jan 2006 15:04"),
				Do: "Finish it or put it away, then erase them.", Err: assist.ErrInUse}
		}
	}
	return nil
}
