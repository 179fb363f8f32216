package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
	"time"

	"ringside/assist"
	"ringside/assist/concierge"
	"ringside/assist/phone"
	"ringside/storage"
	"ringside/ui/incident"
)

// usualDays is how many days of calls say how often an answer is usually needed: each
// day of the week once, and the last.
const usualDays = 8

// incidentSource reads and keeps what the page of incidents shows.
type incidentSource struct{ r *running }

// Load implements incident.Source.
func (s incidentSource) Load(ctx context.Context) (data incident.Data, err error) {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return data, err
	}
	return loadIncidents(ctx, h.db, s.r.now())
}

func loadIncidents(ctx context.Context, db *storage.DB, now time.Time) (data incident.Data, err error) {
	var found []concierge.Suggestion
	var alike error
	var wait sync.WaitGroup
	wait.Go(func() { found, alike = alikeUses(ctx, db, now) })
	data.Open, data.Closed, err = incidentRows(ctx, db)
	if wait.Wait(); err != nil || alike != nil {
		return data, errors.Join(err, alike)
	}
	data.Maybe, err = maybeIncidents(ctx, newNaming(db), data.Open, found)
	return data, err
}

// incidentRows reads the incidents, and counts who is in them.
func incidentRows(ctx context.Context, db *storage.DB) (open, closed []incident.Row, err error) {
	o, c, err := db.Incidents(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("read the incidents: %w", err)
	}
	rows := make([]incident.Row, 0, len(o)+len(c))
	for _, i := range slices.Concat(o, c) {
		all, told, err := db.AffectedCount(ctx, i)
		if err != nil {
			return nil, nil, fmt.Errorf("count who is in the incident: %w", err)
		}
		rows = append(rows, incident.Row{Incident: i, All: all, Told: told})
	}
	return rows[:len(o):len(o)], rows[len(o):], nil
}

// alikeUses finds customers who seem to have one trouble.
func alikeUses(ctx context.Context, db *storage.DB, now time.Time) ([]concierge.Suggestion, error) {
	used, err := db.RecentUses(ctx, now.AddDate(0, 0, -usualDays))
	if err != nil {
		return nil, fmt.Errorf("read the calls: %w", err)
	}
	uses := make([]concierge.Use, len(used))
	for k, u := range used {
		uses[k] = concierge.Use(u)
	}
	return concierge.Alike(uses, now), nil
}

// maybeIncidents leaves out who is in an open incident already, and finds the names.
func maybeIncidents(ctx context.Context, n naming, open []incident.Row, found []concierge.Suggestion) (out []incident.Suggestion, err error) {
	for _, f := range found {
		s := incident.Suggestion{Title: string(f.Answer), Since: f.Since}
		for _, id := range f.Customers {
			in, err := inOne(ctx, n, open, id)
			if err != nil {
				return nil, err
			}
			if !in {
				s.Customers, s.Names = append(s.Customers, id), append(s.Names, n.customer(ctx, id))
			}
		}
		if len(s.Customers) < concierge.Fewest {
			continue
		}
		a, err := storage.Find[assist.Answer](ctx, n.db, f.Answer)
		if err == nil {
			s.Title = a.Title
		} else if !errors.Is(err, assist.ErrNotFound) {
			return nil, fmt.Errorf("read the answer: %w", err)
		}
		out = append(out, s)
	}
	return out, nil
}

// inOne reports whether a customer is in one of the incidents, by a place or by what the
// incident says of itself.
func inOne(ctx context.Context, n naming, open []incident.Row, customer assist.ID) (bool, error) {
	for _, row := range open {
		place, err := storage.Find[assist.Affected](ctx, n.db, assist.Affected{Incident: row.ID, Customer: customer}.Key())
		if err != nil && !errors.Is(err, assist.ErrNotFound) {
			return false, fmt.Errorf("read who is in the incident: %w", err)
		}
		if err == nil && place.Into == "" || row.Touches(once(ctx, n.db, n.customers, customer)) {
			return true, nil
		}
	}
	return false, nil
}

// People implements incident.Source.
func (s incidentSource) People(ctx context.Context, id, after assist.ID, most int) ([]incident.Person, error) {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return nil, err
	}
	return incidentPeople(ctx, h.db, id, after, most)
}

func incidentPeople(ctx context.Context, db *storage.DB, id, after assist.ID, most int) ([]incident.Person, error) {
	i, err := storage.Find[assist.Incident](ctx, db, id)
	if err != nil {
		return nil, fmt.Errorf("find the incident: %w", err)
	}
	set, err := db.Settings(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the settings: %w", err)
	}
	list, err := db.Affected(ctx, id, after, most)
	if err != nil {
		return nil, fmt.Errorf("read who is in the incident: %w", err)
	}
	n := newNaming(db)
	out := make([]incident.Person, len(list))
	for k, a := range list {
		c := once(ctx, db, n.customers, a.Customer)
		out[k] = incident.Person{Affected: a, Name: c.Name, Concierge: n.rep(ctx, a.Concierge), Knows: a.Knows(i)}
		out[k].CallMe = c.CallMe
		if len(c.Emails) > 0 {
			out[k].Email = c.Emails[0]
		}
		if len(c.Phones) > 0 {
			out[k].Number = phone.Kept(c.Phones[0], regionOf(set)).Show()
		}
	}
	return out, ctx.Err()
}

// Save implements incident.Source. An incident that was kept comes back even when not
// everybody could be given a place; saving it again gives the rest theirs.
func (s incidentSource) Save(ctx context.Context, i assist.Incident) (assist.Incident, error) {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return i, err
	}
	s.r.places.Lock()
	defer s.r.places.Unlock()
	kept, err := asKept(ctx, h.db, i, s.r.now())
	if err != nil {
		return i, err
	}
	if err := h.db.Save(ctx, kept); err != nil {
		return i, fmt.Errorf("keep the incident: %w", err)
	}
	defer s.r.desk.Refresh()
	if err := givePlaces(ctx, h.db, kept, s.r.now()); err != nil {
		return kept, fmt.Errorf("give everybody a place in the incident: %w", err)
	}
	return kept, nil
}

// asKept returns an incident as it is to be kept: when it was closed and when what is told
// changed are not for the page to say.
func asKept(ctx context.Context, db *storage.DB, i assist.Incident, now time.Time) (assist.Incident, error) {
	if i.ID == "" {
		i.ID, i.Updated, i.Closed = assist.NewID(now), time.Time{}, time.Time{}
		if i.Opened.IsZero() {
			i.Opened = now
		}
		return i, nil
	}
	was, err := storage.Find[assist.Incident](ctx, db, i.ID)
	if err != nil {
		return i, fmt.Errorf("find the incident: %w", err)
	}
	i.Updated, i.Closed = was.Updated, was.Closed
	if i.What != was.What || i.Why != was.Why || i.Doing != was.Doing || !i.FixedBy.Equal(was.FixedBy) {
		i.Updated = now
	}
	if i.Opened.IsZero() {
		i.Opened = was.Opened
	}
	return i, nil
}

// givePlaces gives everybody whom an incident touches a place in it and a concierge, and
// another concierge to those whose rep has left.
func givePlaces(ctx context.Context, db *storage.DB, i assist.Incident, now time.Time) error {
	touched, err := db.Touched(ctx, i)
	if err != nil {
		return fmt.Errorf("find whom it touches: %w", err)
	}
	list, err := assignPlaces(ctx, db, i, touched, now)
	if err != nil {
		return err
	}
	return keepPlaces(ctx, db, list)
}

// assignPlaces returns the places in an incident that are to be kept: those that are new,
// for the customers who have none, and those with another concierge.
func assignPlaces(ctx context.Context, db *storage.DB, i assist.Incident, touched []assist.ID, now time.Time) ([]assist.Affected, error) {
	reps, err := all[assist.Rep](ctx, db)
	if err != nil {
		return nil, fmt.Errorf("read the team: %w", err)
	}
	list, err := db.Affected(ctx, i.ID, "", math.MaxInt)
	if err != nil {
		return nil, fmt.Errorf("read who is in the incident: %w", err)
	}
	before := len(list)
	has := make(map[assist.ID]bool, before)
	for _, a := range list {
		has[a.Customer] = true
	}
	for _, c := range touched {
		if !has[c] {
			list = append(list, assist.Affected{ID: assist.Affected{Incident: i.ID, Customer: c}.Key(), Incident: i.ID, Customer: c, At: now})
		}
	}
	who := make([]concierge.Place, len(list))
	ids := make([]assist.ID, len(list))
	for k, a := range list {
		who[k], ids[k] = concierge.Place{Customer: a.Customer, Concierge: a.Concierge}, a.Customer
	}
	knows, err := db.Knows(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("read who knows them: %w", err)
	}
	for k := range who {
		who[k].Knows = knows[k]
	}
	var out []assist.Affected
	for k, rep := range concierge.Assign(who, reps) {
		a := list[k]
		if a.Concierge != rep || k >= before {
			a.Concierge = rep
			out = append(out, a)
		}
	}
	return out, nil
}

func keepPlaces(ctx context.Context, db *storage.DB, list []assist.Affected) error {
	bulk := db.Bulk(ctx)
	for _, a := range list {
		if err := bulk.Add(a); err != nil {
			return errors.Join(err, bulk.Close())
		}
	}
	return bulk.Close()
}

// Close implements incident.Source.
func (s incidentSource) Close(ctx context.Context, id assist.ID) error {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return err
	}
	s.r.places.Lock()
	defer s.r.places.Unlock()
	i, err := storage.Find[assist.Incident](ctx, h.db, id)
	if err != nil {
		return fmt.Errorf("find the incident: %w", err)
	}
	if !i.Closed.IsZero() {
		return nil
	}
	i.Closed = s.r.now()
	if err := h.db.Save(ctx, i); err != nil {
		return fmt.Errorf("keep the incident: %w", err)
	}
	s.r.desk.Refresh()
	return nil
}

// Tell implements incident.Source.
func (s incidentSource) Tell(ctx context.Context, id assist.ID, customers ...assist.ID) error {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return err
	}
	s.r.places.Lock()
	defer s.r.places.Unlock()
	defer s.r.desk.Refresh()
	if err := h.db.Tell(ctx, id, s.r.now(), customers...); err != nil {
		return fmt.Errorf("note that they were told: %w", err)
	}
	return nil
}
