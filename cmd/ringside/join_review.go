package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"ringside/assist"
	"ringside/storage"
	"ringside/ui/review"
)

// reviewNotes is how many of the latest notes the review page shows.
const reviewNotes = 2000

// reviewSource reads what the review page shows.
type reviewSource struct{ store *opening }

// Load implements review.Source.
func (s reviewSource) Load(ctx context.Context) (review.Data, error) {
	h, err := s.store.wait(ctx)
	if err != nil {
		return review.Data{}, err
	}
	n := naming{db: h.db, customers: map[assist.ID]string{}, reps: map[assist.ID]string{}}
	var data review.Data
	for p, err := range storage.List[assist.Promise](ctx, h.db) {
		if err != nil {
			return data, fmt.Errorf("read the promises: %w", err)
		}
		if p.Open() {
			data.Promises = append(data.Promises, review.Promise{Promise: p, CustomerName: n.customer(ctx, p.Customer), RepName: n.rep(ctx, p.Rep)})
		}
	}
	notes, err := latestNotes(ctx, h.db)
	if err != nil {
		return data, err
	}
	for _, note := range notes {
		data.Notes = append(data.Notes, review.Note{Note: note, CustomerName: n.customer(ctx, note.Customer), RepName: n.rep(ctx, note.Rep)})
	}
	for g, err := range storage.List[assist.Gap](ctx, h.db) {
		if err != nil {
			return data, fmt.Errorf("read the open questions: %w", err)
		}
		if g.Closed.IsZero() {
			data.Gaps = append(data.Gaps, review.Gap{Gap: g, CustomerName: n.customer(ctx, g.Customer), RepName: n.rep(ctx, g.Rep)})
		}
	}
	slices.SortStableFunc(data.Gaps, func(a, b review.Gap) int { return b.At.Compare(a.At) })
	return data, nil
}

// latestNotes keeps the latest notes of all, the latest first, in the memory of
// about twice as many.
func latestNotes(ctx context.Context, db *storage.DB) ([]assist.Note, error) {
	var notes []assist.Note
	newestFirst := func(a, b assist.Note) int { return b.At.Compare(a.At) }
	for note, err := range storage.List[assist.Note](ctx, db) {
		if err != nil {
			return nil, fmt.Errorf("read the notes: %w", err)
		}
		if notes = append(notes, note); len(notes) >= 2*reviewNotes {
			slices.SortStableFunc(notes, newestFirst)
			notes = notes[:reviewNotes]
		}
	}
	slices.SortStableFunc(notes, newestFirst)
	return notes[:min(len(notes), reviewNotes)], nil
}

// naming finds the names behind ids, each once.
type naming struct {
	db              *storage.DB
	customers, reps map[assist.ID]string
}

func (n naming) customer(ctx context.Context, id assist.ID) string {
	return nameOf(ctx, n.db, n.customers, id, func(c assist.Customer) string { return c.Name })
}

func (n naming) rep(ctx context.Context, id assist.ID) string {
	return nameOf(ctx, n.db, n.reps, id, func(r assist.Rep) string { return r.Name })
}

func nameOf[T assist.Record](ctx context.Context, db *storage.DB, known map[assist.ID]string, id assist.ID, name func(T) string) string {
	if text, ok := known[id]; ok || id == "" {
		return text
	}
	r, err := storage.Find[T](ctx, db, id)
	if err == nil {
		known[id] = name(r)
	} else if errors.Is(err, assist.ErrNotFound) {
		known[id] = ""
	}
	return known[id]
}

// keepPromise marks a promise as kept, or takes that back.
func (r *running) keepPromise(ctx context.Context, id assist.ID, kept bool) error {
	h, err := r.store.wait(ctx)
	if err != nil {
		return err
	}
	p, err := storage.Find[assist.Promise](ctx, h.db, id)
	if err != nil {
		return fmt.Errorf("find the promise: %w", err)
	}
	p.Kept = time.Time{}
	if kept {
		p.Kept = r.now()
	}
	if err := h.db.Save(ctx, p); err != nil {
		return fmt.Errorf("keep the promise: %w", err)
	}
	r.desk.Refresh()
	return nil
}
