package people

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"ringside/assist"
)

// prepare finds the customer and the company in the store. A customer with an id of
// our own is nobody else, whatever address they share with others.
func (w *writer) prepare(ctx context.Context, d *draft) (err error) {
	if w.fresh {
		return nil
	}
	if d.own {
		d.stored, err = w.load(ctx, d.customer.ID)
	} else {
		d.stored, err = w.find(ctx, &d.customer)
	}
	if err != nil {
		return err
	}
	if d.company.ID == "" {
		return nil
	}
	firm, err := w.store.Company(ctx, d.company.ID)
	if id, ok := w.named[firmName(d.company.Name)]; ok && errors.Is(err, assist.ErrNotFound) {
		d.company.ID, d.customer.Company = id, id
		firm, err = w.store.Company(ctx, id)
	}
	if err == nil {
		d.storedFirm = &firm
	} else if !errors.Is(err, assist.ErrNotFound) {
		return fmt.Errorf("find company: %w", err)
	}
	return nil
}

// find returns the customer as the store has it, nil when it has not. An id from a
// column that any file may have ("ID", "Customer no") is not enough when nothing
// else agrees, for two files may both count from 1; the customer then gets an id
// of its own.
func (w *writer) find(ctx context.Context, c *assist.Customer) (*assist.Customer, error) {
	for _, key := range keysOf(*c) {
		id, ok, err := w.store.FindByKey(ctx, key)
		if err != nil {
			return nil, fmt.Errorf("find customer: %w", err)
		}
		if !ok {
			continue
		}
		stored, err := w.load(ctx, id)
		if err != nil || stored != nil && (!anyFiles(key) || w.alike(*stored, *c)) {
			return stored, err
		}
	}
	stored, err := w.load(ctx, c.ID)
	if err == nil && stored != nil && len(c.External) > 0 && anyFiles(c.External[0]) && !w.alike(*stored, *c) {
		c.ID = assist.IDFrom("customer", c.External[0], strings.ToLower(c.Name))
		stored, err = w.load(ctx, c.ID)
	}
	return stored, err
}

func (w *writer) load(ctx context.Context, id assist.ID) (*assist.Customer, error) {
	stored, err := w.store.Customer(ctx, id)
	if errors.Is(err, assist.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find customer: %w", err)
	}
	return &stored, nil
}

// anyFiles reports whether a key is an id that does not name its program.
func anyFiles(key string) bool {
	program, _, _ := strings.Cut(key, ":")
	switch program {
	case "email", "hubspot", "zoho", "salesforce", "pipedrive", "vcard":
		return false
	}
	return true
}

// alike reports whether two records may be one person: a word of the name, a
// number or an address is the same, or one of them has no name.
func (w *writer) alike(a, b assist.Customer) bool {
	if a.Name == "" || b.Name == "" {
		return true
	}
	words := strings.Fields(strings.ToLower(b.Name))
	for _, word := range strings.Fields(strings.ToLower(a.Name)) {
		if has(words, word) {
			return true
		}
	}
	for _, mail := range a.Emails {
		if has(b.Emails, mail) {
			return true
		}
	}
	_, more := addPhones(a.Phones, b.Phones, w.region)
	return len(b.Phones) > 0 && !more
}
