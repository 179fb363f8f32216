package main

import (
	"context"

	"ringside/assist"
	"ringside/storage"
	"ringside/storage/people"
)

// importCustomers brings customers in.
func (h *house) importCustomers(ctx context.Context, plan *people.Plan, progress func(people.Progress)) (report people.Report, err error) {
	err = h.perform(ctx, actImportCustomers, func() (int, error) {
		report, err = plan.Run(ctx, customerStore{h.db}, progress)
		return report.Added + report.Changed, err
	})
	return report, err
}

// customerStore is the store as an import of customers needs it.
type customerStore struct{ db *storage.DB }

// FindByKey implements people.Store.
func (s customerStore) FindByKey(ctx context.Context, key string) (assist.ID, bool, error) {
	return s.db.FindByKey(ctx, key)
}

// Customer implements people.Store. What a file tells of somebody whose record went into
// another is told of that one.
func (s customerStore) Customer(ctx context.Context, id assist.ID) (assist.Customer, error) {
	return s.db.Standing(ctx, id)
}

// Company implements people.Store.
func (s customerStore) Company(ctx context.Context, id assist.ID) (assist.Company, error) {
	return storage.Find[assist.Company](ctx, s.db, id)
}

// Companies implements people.Store.
func (s customerStore) Companies(ctx context.Context, each func(assist.Company)) (empty bool, err error) {
	empty = true
	for c, err := range storage.List[assist.Company](ctx, s.db) {
		if err != nil {
			return false, err
		}
		empty = false
		each(c)
	}
	if !empty {
		return false, nil
	}
	for _, err := range storage.List[assist.Customer](ctx, s.db) {
		return false, err
	}
	return true, nil
}

// Bulk implements people.Store.
func (s customerStore) Bulk(ctx context.Context) people.Bulk { return s.db.Bulk(ctx) }
