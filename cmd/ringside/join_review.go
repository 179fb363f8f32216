package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"ringside/assist"
	"ringside/storage"
	"ringside/ui"
	"ringside/ui/panes"
	"ringside/ui/review"
)

// reviewHeard is how much of the latest that was heard the review page shows, reviewPromises how
// many of the promises that wait, the earliest due first.
const (
	reviewHeard    = 2000
	reviewPromises = 5000
)

// The lists of the Review page that other files speak of.
const (
	tabPromises = "Promises"
	tabNotes    = "Notes"
)

// joinReview makes the room of the review: each list is one line here.
func (p *pages) joinReview() {
	p.review = review.New(review.Options{Source: reviewSource{p.r.store}, Save: p.r.changePromise, ReadDay: p.readDay, Draft: p.draft,
		Now: p.r.now, Post: p.postTo(ui.Review)})
	p.review.OnAnswer, p.review.OnCustomer = p.editAnswer, p.showCustomer
	p.review.OnCount = func(l review.List, n int) {
		if p.reviews != nil {
			p.reviews.SetCount(listNames[l], n)
		}
	}
	p.joinLedger()
	p.reviews = panes.NewRoom(
		p.todayTab(),
		p.listTab(review.OfPromises),
		p.notesTab(),
		p.listTab(review.OfHeard),
		p.listTab(review.OfQuestions),
		p.patternsTab(p.showNote, p.showCustomer),
		p.staysTab(),
		p.customersTab(),
		p.briefTab(),
	)
}

var listNames = map[review.List]string{review.OfPromises: tabPromises, review.OfHeard: "Heard", review.OfQuestions: "Questions"}

// showNote brings a note to the front.
func (p *pages) showNote(id assist.ID) {
	p.reviews.Show(tabNotes)
	p.notes.Show(id)
}

// showCustomer brings a customer to the front.
func (p *pages) showCustomer(id assist.ID) {
	p.reviews.Show(tabCustomers)
	p.customers.Open(id)
}

// listTab is one of the lists of the page that has several.
func (p *pages) listTab(l review.List) panes.Tab {
	return panes.Tab{Name: listNames[l], Object: p.review.Object(), Focus: p.review.Focus, Follows: true, Reload: func() {
		p.review.Show(l)
		p.review.Reload()
	}}
}

// reviewSource reads what the review page shows.
type reviewSource struct{ store *opening }

// Promises implements review.Source.
func (s reviewSource) Promises(ctx context.Context) (review.Data, error) {
	var data review.Data
	h, err := s.store.wait(ctx)
	if err != nil {
		return data, err
	}
	set, err := h.db.Settings(ctx)
	if err != nil {
		return data, fmt.Errorf("read the settings: %w", err)
	}
	data.Me = set.Me
	n := newNaming(h.db)
	for p, err := range h.db.Due(ctx, time.Time{}, time.Time{}) {
		if err != nil {
			return data, fmt.Errorf("read the promises: %w", err)
		}
		if data.More = len(data.Promises) == reviewPromises; data.More {
			break
		}
		who := once(ctx, n.db, n.customers, p.Customer)
		q := review.Promise{Promise: p, CustomerName: who.Name, CallMe: who.CallMe, RepName: n.rep(ctx, p.Rep)}
		if len(who.Emails) > 0 {
			q.Email = who.Emails[0]
		}
		data.Promises = append(data.Promises, q)
	}
	return data, nil
}

// Talk implements review.Source.
func (s reviewSource) Talk(ctx context.Context) (review.Data, error) {
	var data review.Data
	h, err := s.store.wait(ctx)
	if err != nil {
		return data, err
	}
	n := newNaming(h.db)
	if data.Heard, err = n.heard(ctx); err != nil {
		return data, err
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

// heard returns the latest of what customers and reps told us, and of praise.
func (n naming) heard(ctx context.Context) ([]review.Heard, error) {
	insights, err := latest(ctx, n.db, func(i assist.Insight) time.Time { return i.At })
	if err != nil {
		return nil, err
	}
	kudos, err := n.db.KudosOf(ctx, "", reviewHeard)
	if err != nil {
		return nil, fmt.Errorf("read the praise: %w", err)
	}
	out := make([]review.Heard, 0, len(insights)+len(kudos))
	for _, i := range insights {
		out = append(out, review.Heard{Insight: i, CustomerName: n.customer(ctx, i.Customer), RepName: n.rep(ctx, i.Rep)})
	}
	for _, k := range kudos {
		out = append(out, review.Heard{Insight: assist.Insight{ID: k.ID, Customer: k.Customer, At: k.At, Text: k.Words},
			CustomerName: n.customer(ctx, k.Customer), RepName: n.rep(ctx, k.By), Praised: cmp.Or(n.rep(ctx, k.Rep), "a colleague")})
	}
	slices.SortStableFunc(out, func(a, b review.Heard) int { return b.At.Compare(a.At) })
	return out, nil
}

// latest keeps the latest records of a type, the latest first, in the memory of about
// twice as many.
func latest[T assist.Record](ctx context.Context, db *storage.DB, at func(T) time.Time) ([]T, error) {
	var list []T
	newestFirst := func(a, b T) int { return at(b).Compare(at(a)) }
	for r, err := range storage.List[T](ctx, db) {
		if err != nil {
			return nil, fmt.Errorf("read what was said: %w", err)
		}
		if list = append(list, r); len(list) >= 2*reviewHeard {
			slices.SortStableFunc(list, newestFirst)
			list = list[:reviewHeard]
		}
	}
	slices.SortStableFunc(list, newestFirst)
	return list[:min(len(list), reviewHeard)], nil
}

// naming finds the names behind ids, each once.
type naming struct {
	db        *storage.DB
	customers map[assist.ID]assist.Customer
	reps      map[assist.ID]assist.Rep
}

func newNaming(db *storage.DB) naming {
	return naming{db: db, customers: map[assist.ID]assist.Customer{}, reps: map[assist.ID]assist.Rep{}}
}

func (n naming) customer(ctx context.Context, id assist.ID) string {
	return once(ctx, n.db, n.customers, id).Name
}

func (n naming) rep(ctx context.Context, id assist.ID) string {
	return once(ctx, n.db, n.reps, id).Name
}

// once reads a record the first time that it is wanted; who is not there is the zero one.
func once[T assist.Record](ctx context.Context, db *storage.DB, known map[assist.ID]T, id assist.ID) T {
	r, ok := known[id]
	if ok || id == "" {
		return r
	}
	r, err := storage.Find[T](ctx, db, id)
	if err == nil || errors.Is(err, assist.ErrNotFound) {
		known[id] = r
	}
	return r
}
