package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"ringside/assist"
	"ringside/assist/search/text"
	"ringside/assist/twin"
	"ringside/storage"
)

// householdMark is the other program's id by which a company is known as a household.
const householdMark = "ringside:household"

// keeping lets one at a time change customers, and has the desk read those on the line
// again.
func (s *customerSource) keeping(ctx context.Context, do func(h *house, me assist.ID) error) error {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return err
	}
	set, err := h.db.Settings(ctx)
	if err != nil {
		return fmt.Errorf("read the settings: %w", err)
	}
	h.editing.Lock()
	defer h.editing.Unlock()
	defer s.r.desk.Refresh()
	return do(h, set.Me)
}

// asShown fails when a customer does not stand as they were shown.
func asShown(ctx context.Context, db *storage.DB, shown assist.Customer) error {
	now, err := storage.Find[assist.Customer](ctx, db, shown.ID)
	if err != nil && !errors.Is(err, assist.ErrNotFound) {
		return fmt.Errorf("find the customer: %w", err)
	}
	a, errA := json.Marshal(now)
	b, errB := json.Marshal(shown)
	if err := errors.Join(errA, errB); err != nil {
		return err
	}
	if string(a) != string(b) {
		return &assist.Fault{What: orElse(shown.Name, "this customer") + " was changed meanwhile", Do: "See how they stand now, and decide again.", Err: assist.ErrInvalid}
	}
	return nil
}

// Merge implements customers.Keeper.
func (s *customerSource) Merge(ctx context.Context, shown []assist.Customer, choices twin.Choices) (m assist.Merge, err error) {
	err = s.keeping(ctx, func(h *house, me assist.ID) error {
		var others []assist.ID
		for i, c := range shown {
			if err := asShown(ctx, h.db, c); err != nil {
				return err
			}
			if i > 0 {
				others = append(others, c.ID)
			}
		}
		whole, _ := twin.Join(shown[0], shown[1:], choices)
		return h.perform(ctx, actMerge.about(whole.ID), func() (int, error) {
			m, err = h.db.MergeCustomers(ctx, whole, others, me, s.r.now())
			return wholly(len(shown), err)
		})
	})
	return m, err
}

// Part implements customers.Keeper.
func (s *customerSource) Part(ctx context.Context, merge assist.ID) (stayed int, err error) {
	s.stale()
	err = s.keeping(ctx, func(h *house, _ assist.ID) error {
		return h.perform(ctx, actPart.about(merge), func() (int, error) {
			p, err := h.db.UndoMerge(ctx, merge, s.r.now())
			stayed = p.Stayed
			return 0, err
		})
	})
	return stayed, err
}

// Save implements customers.Keeper.
func (s *customerSource) Save(ctx context.Context, before, after assist.Customer, company string) (assist.Customer, error) {
	s.stale()
	err := s.keeping(ctx, func(h *house, _ assist.ID) error {
		now, err := storage.Find[assist.Customer](ctx, h.db, before.ID)
		if err != nil {
			return fmt.Errorf("find the customer: %w", err)
		}
		firm, list, err := companyNamed(ctx, h.db, company, after.Company, s.r)
		if err != nil {
			return err
		}
		after.Company = firm
		if after, err = onto(h.db, before, after, now); err != nil {
			return err
		}
		if err := h.db.Save(ctx, append(list, after)...); err != nil {
			return err
		}
		after, err = storage.Find[assist.Customer](ctx, h.db, after.ID)
		return err
	})
	return after, err
}

// companyNamed returns the company of a name, and the record to be saved when it is new.
// Of several of one name it is the one that the customer has.
func companyNamed(ctx context.Context, db *storage.DB, name string, own assist.ID, r *running) (id assist.ID, fresh []assist.Record, err error) {
	key := text.Fold(name)
	if key == "" {
		return "", nil, nil
	}
	err = eachOf(ctx, db, func(c assist.Company) error {
		if text.Fold(c.Name) == key && (id == "" || c.ID == own) {
			id = c.ID
		}
		return nil
	})
	if err != nil || id != "" {
		return id, nil, err
	}
	c := assist.Company{ID: assist.NewID(r.now()), Name: strings.TrimSpace(name)}
	return c.ID, []assist.Record{c}, nil
}

// House implements customers.Keeper. Who is of a company already stays there; a household
// that one of them has takes in the others.
func (s *customerSource) House(ctx context.Context, f twin.Household, before []assist.Customer, on bool) error {
	if !on {
		s.stale()
	}
	return s.keeping(ctx, func(h *house, _ assist.ID) error {
		home := assist.Company{ID: assist.IDFrom("household", ids(f.Members)), Name: f.Name, Phones: f.Phones, External: []string{householdMark}}
		var list []assist.Record
		for _, c := range before {
			own, err := storage.Find[assist.Company](ctx, h.db, c.Company)
			if err == nil && slices.Contains(own.External, householdMark) {
				home = own
			} else if err != nil && !errors.Is(err, assist.ErrNotFound) {
				return err
			}
		}
		if len(before) > 0 && on {
			list = append(list, home)
		}
		for _, was := range before {
			c, err := h.db.Standing(ctx, was.ID)
			switch {
			case err != nil:
				return err
			case on && c.Company == "":
				c.Company = home.ID
			case !on && c.Company == home.ID:
				c.Company = was.Company
			default:
				continue
			}
			list = append(list, c)
		}
		return h.db.Save(ctx, list...)
	})
}

func ids(list []assist.ID) string {
	var out []string
	for _, id := range list {
		out = append(out, string(id))
	}
	return strings.Join(out, " ")
}

// Apart implements customers.Keeper.
func (s *customerSource) Apart(ctx context.Context, pairs [][2]assist.ID, on bool) error {
	if !on {
		s.stale()
	}
	return s.keeping(ctx, func(h *house, me assist.ID) error {
		say := twin.Together
		if on {
			say = twin.Apart
		}
		var list []assist.Record
		for _, p := range pairs {
			list = append(list, say(p[0], p[1], me, s.r.now()))
		}
		return h.db.Save(ctx, list...)
	})
}
