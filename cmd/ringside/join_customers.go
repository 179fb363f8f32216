package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"ringside/assist"
	"ringside/assist/curate"
	"ringside/assist/glance"
	"ringside/assist/twin"
	"ringside/storage"
	"ringside/ui"
	"ringside/ui/panes"
	"ringside/ui/review/customers"
)

// tabCustomers is the list of customers on the Review page.
const tabCustomers = "Customers"

// customersTab makes the page on which customers are merged, housed and read.
func (p *pages) customersTab() panes.Tab {
	s := &customerSource{r: p.r}
	page := customers.New(customers.Options{Source: s, Cards: &p.cards, Keep: s, Region: s.homeRegion, Now: p.r.now, Post: p.postTo(ui.Review),
		Saved: func(name string, data []byte) { p.saveFile(name, data, nil) }, Export: p.r.exportCustomer, Erase: s.erase})
	p.customers = page
	return panes.Tab{Name: tabCustomers, Object: page.Object(), Focus: page.Focus, Reload: page.Reload}
}

// erase erases a customer for good, when the name that was typed is theirs.
func (s *customerSource) erase(ctx context.Context, id assist.ID, typed string) error {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return err
	}
	who, err := storage.Find[assist.Customer](ctx, h.db, id)
	if err != nil {
		return fmt.Errorf("find the customer: %w", err)
	}
	if !strings.EqualFold(flat(typed), nameToType(who)) {
		return &assist.Fault{What: "that is not the name, and nothing was erased", Do: "Type: " + nameToType(who) + ".", Err: assist.ErrInvalid}
	}
	defer s.stale()
	return s.r.eraseCustomer(ctx, id, nil)
}

// customerSource reads and keeps what the page of customers shows.
type customerSource struct {
	r *running

	mu     sync.Mutex
	found  twin.Found // when customers were last compared
	count  int
	at     time.Time
	region string
}

// compareAgain is how long what was found holds while only what was found is settled.
const compareAgain = 5 * time.Minute

func (s *customerSource) homeRegion() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.region
}

// stale has all customers compared at the next look.
func (s *customerSource) stale() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.at = time.Time{}
}

// Look implements customers.Source.
func (s *customerSource) Look(ctx context.Context, progress func(done, all int)) (d customers.Data, err error) {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return d, err
	}
	set, err := h.db.Settings(ctx)
	if err != nil {
		return d, fmt.Errorf("read the settings: %w", err)
	}
	apart, err := all[assist.Apart](ctx, h.db)
	if err != nil {
		return d, fmt.Errorf("read who is kept apart: %w", err)
	}
	if d.Found, d.Count, err = s.compare(ctx, h.db, twin.Options{Region: regionOf(set), Apart: apart, Progress: progress}); err != nil {
		return d, err
	}
	d.Me, d.Names, d.People = set.Me, map[assist.ID]string{}, map[assist.ID]assist.Customer{}
	me, team, err := h.sitting(ctx)
	if err != nil {
		return d, err
	}
	for _, rep := range team {
		d.Names[rep.ID] = rep.Name
	}
	d.MayErase = curate.May(me, team, actErase.needs)
	if d.Merges, err = merges(ctx, h.db); err != nil {
		return d, err
	}
	return d, s.settle(ctx, h.db, &d, apart)
}

// compare finds duplicates among all customers, unless they were compared a moment ago.
func (s *customerSource) compare(ctx context.Context, db *storage.DB, opt twin.Options) (twin.Found, int, error) {
	s.mu.Lock()
	found, count, fresh := s.found, s.count, s.r.now().Sub(s.at) < compareAgain
	s.region = opt.Region
	s.mu.Unlock()
	if fresh {
		return found, count, nil
	}
	begun := s.r.now()
	people, err := all[assist.Customer](ctx, db)
	if err != nil {
		return found, 0, fmt.Errorf("read the customers: %w", err)
	}
	people = slices.DeleteFunc(people, func(c assist.Customer) bool { return c.Into != "" })
	if opt.Companies, err = all[assist.Company](ctx, db); err != nil {
		return found, 0, fmt.Errorf("read the companies: %w", err)
	}
	if found, err = twin.Find(ctx, people, opt); err != nil {
		return found, 0, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.found, s.count, s.at = found, len(people), begun
	return found, len(people), nil
}

// settle fills in who was found, and leaves out what was settled since.
func (s *customerSource) settle(ctx context.Context, db *storage.DB, d *customers.Data, apart []assist.Apart) error {
	two := map[assist.ID]bool{}
	for _, a := range apart {
		two[a.ID] = a.Stood[0] != ""
	}
	var failed error
	stand := func(ids []assist.ID) bool {
		for i, id := range ids {
			c, err := db.Standing(ctx, id)
			if err != nil && !errors.Is(err, assist.ErrNotFound) {
				failed = err
			}
			if d.People[id] = c; err != nil || c.ID != id || i > 0 && two[twin.Together(ids[0], id, "", time.Time{}).ID] {
				return false
			}
		}
		return true
	}
	d.Found.Groups = slices.DeleteFunc(slices.Clone(d.Found.Groups), func(g twin.Group) bool { return !stand(g.Customers) })
	d.Found.Households = slices.DeleteFunc(slices.Clone(d.Found.Households), func(h twin.Household) bool {
		return !stand(h.Members) || !slices.ContainsFunc(h.Members, func(id assist.ID) bool { return d.People[id].Company == "" })
	})
	return failed
}

// Find implements customers.Source.
func (s *customerSource) Find(ctx context.Context, words string) ([]glance.Found, error) {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return nil, err
	}
	return h.db.Seek(ctx, glance.Seek{Text: words, Types: []assist.Type{assist.TypeCustomer, assist.TypeCompany}, Limit: 50})
}

// Members implements customers.Source.
func (s *customerSource) Members(ctx context.Context, company assist.ID) ([]assist.Customer, error) {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return nil, err
	}
	return h.db.Members(ctx, company)
}

// Records implements customers.Source.
func (s *customerSource) Records(ctx context.Context, refs []assist.Ref) ([]assist.Record, error) {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return nil, err
	}
	return h.db.Records(ctx, refs)
}

// Read implements customers.Source.
func (s *customerSource) Read(ctx context.Context, ids []assist.ID) (out []customers.Person, err error) {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		c, err := h.db.Standing(ctx, id)
		if errors.Is(err, assist.ErrNotFound) {
			continue // erased meanwhile
		}
		if err != nil {
			return nil, err
		}
		p, err := wholePerson(ctx, h.db, c)
		if err != nil {
			return nil, fmt.Errorf("read the customer: %w", err)
		}
		out = append(out, p)
	}
	return out, nil
}

// wholePerson reads all that belongs to a customer.
func wholePerson(ctx context.Context, db *storage.DB, c assist.Customer) (p customers.Person, err error) {
	p = customers.Person{Customer: c, People: map[assist.ID]assist.Customer{}}
	known := map[assist.ID]assist.Company{}
	p.Company = once(ctx, db, known, c.Company)
	if p.Members, err = db.Members(ctx, c.Company); err != nil {
		return p, err
	}
	p.Members = slices.DeleteFunc(p.Members, func(m assist.Customer) bool { return m.ID == c.ID })
	if p.Related, err = db.Related(ctx, c.ID); err != nil {
		return p, err
	}
	for _, r := range c.Relations {
		other, err := db.Standing(ctx, r.To)
		if err != nil && !errors.Is(err, assist.ErrNotFound) {
			return p, err
		}
		p.People[r.To] = other
	}
	life, err := db.Life(ctx, c.ID)
	if err != nil {
		return p, err
	}
	var merged []assist.ID
	for _, m := range life {
		p.Life = append(p.Life, customers.Moment(m))
		if m.Type == assist.TypeMerge {
			merged = append(merged, m.ID)
		}
	}
	for _, id := range merged {
		m, err := storage.Find[assist.Merge](ctx, db, id)
		if err != nil {
			return p, err
		}
		p.Merges = append(p.Merges, m)
	}
	versions, err := db.History(ctx, assist.TypeCustomer, c.ID)
	for _, v := range versions {
		if was, ok := v.Record.(assist.Customer); ok {
			p.Versions = append(p.Versions, customers.Version{At: v.At, Rep: v.Rep, Customer: was})
		}
	}
	return p, err
}

// merges returns the merges that stand, the latest first.
func merges(ctx context.Context, db *storage.DB) (out []assist.Merge, err error) {
	err = eachOf(ctx, db, func(m assist.Merge) error {
		if m.Undone.IsZero() {
			out = append(out, m)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the merges: %w", err)
	}
	slices.SortFunc(out, func(a, b assist.Merge) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.ID, b.ID)) })
	return out[:min(len(out), mostMerges)], nil
}

// mostMerges is how many of the latest merges the page lists.
const mostMerges = 200
