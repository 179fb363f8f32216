package people

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"ringside/assist"
)

// Store is what an import needs of the store. FindByKey, Customer and Company are
// called from several goroutines.
type Store interface {
	// FindByKey finds a customer by "email:mary@x.org" or by an id of another
	// program, "hubspot:12".
	FindByKey(ctx context.Context, key string) (assist.ID, bool, error)
	// Customer and Company return assist.ErrNotFound for an unknown id.
	Customer(ctx context.Context, id assist.ID) (assist.Customer, error)
	Company(ctx context.Context, id assist.ID) (assist.Company, error)
	// Companies calls each for every company, and reports whether there are neither
	// customers nor companies. An import into an empty store looks for none.
	Companies(ctx context.Context, each func(assist.Company)) (empty bool, err error)
	// Bulk starts to write. It is closed before another is started.
	Bulk(ctx context.Context) Bulk
}

// Bulk takes many records. What was added is sure to be kept when Flush or Close
// has returned nil.
type Bulk interface {
	Add(assist.Record) error
	Flush() error
	Close() error
}

// maxProblems is how many problems a Report keeps.
const maxProblems = 10_000

// Run imports the file. It tells progress now and then, from the caller's
// goroutine; progress may be nil. When ctx ends or the store fails, the Report
// still says what was done up to then, and all of that is in the store.
func (p *Plan) Run(ctx context.Context, store Store, progress func(Progress)) (Report, error) {
	var report Report
	if err := p.refresh(ctx); err != nil {
		return report, err
	}
	if outcome, reason := p.Outcome(); outcome == Refuse {
		return report, p.fault(reason, "Nothing was imported.")
	}
	named := map[string]assist.ID{}
	fresh, err := store.Companies(ctx, func(c assist.Company) {
		name := firmName(c.Name)
		if _, ok := named[name]; !ok && c.ID != idOfFirm(name) {
			named[name] = c.ID
		}
	})
	if err != nil {
		return report, fmt.Errorf("import customers: %w", err)
	}
	w := &writer{store: store, fresh: fresh, named: named, region: p.opt.Region, bulk: store.Bulk(context.WithoutCancel(ctx)), report: &report,
		firms: map[assist.ID]*assist.Company{}, touched: map[assist.ID]bool{}}
	for _, r := range p.columnWarnings() {
		w.problem(r)
	}
	err = p.stream(ctx, p.understand(w.prepare), func(d *draft, offset int64) error {
		report.Rows++
		if progress != nil && report.Rows%2000 == 0 {
			progress(Progress{Rows: report.Rows, Bytes: min(offset, p.size), Total: p.size})
		}
		return w.write(ctx, d)
	})
	if closeErr := w.bulk.Close(); closeErr != nil {
		// What the last pack held is not sure to be kept: it is not counted.
		report.Added, report.Changed, report.Companies = w.sure.Added, w.sure.Changed, w.sure.Companies
		err = errors.Join(err, fmt.Errorf("import customers: %w", closeErr))
	}
	if progress != nil && err == nil {
		progress(Progress{Rows: report.Rows, Bytes: p.size, Total: p.size})
	}
	return report, err
}

// writer puts drafts into the store. prepare runs in the workers, write in one
// goroutine.
type writer struct {
	store   Store
	fresh   bool // the store was empty when the import began
	bulk    Bulk
	region  string
	report  *Report
	sure    Report               // as it stood at the last flush
	named   map[string]assist.ID // by firmName: companies that did not come with an import
	firms   map[assist.ID]*assist.Company
	touched map[assist.ID]bool // customers of the store that this import has changed
}

// write keeps a draft and counts it.
func (w *writer) write(ctx context.Context, d *draft) error {
	for _, r := range d.problems() {
		w.problem(r)
	}
	if !d.taken() {
		return nil
	}
	if d.stored == nil {
		return w.addNew(d)
	}
	if err := w.company(d); err != nil {
		return err
	}
	if w.touched[d.stored.ID] {
		// An earlier row has changed this customer: what was read is old.
		if err := w.flush(); err != nil {
			return err
		}
		again, err := w.store.Customer(ctx, d.stored.ID)
		if err != nil {
			return fmt.Errorf("find customer: %w", err)
		}
		d.stored = &again
	}
	if !gain(d.stored, d.customer, w.region, func(field, kept, other string) {
		w.problem(Result{Kind: KindWarning, Line: d.line, Reason: fmt.Sprintf("the %s in the file is %q; %q was there before and is kept", field, short(other), short(kept))})
	}) {
		w.report.Unchanged++
		return nil
	}
	w.touched[d.stored.ID] = true
	w.report.Changed++
	return w.add(*d.stored)
}

// addNew keeps a new customer, and then their company: nothing of a line is kept when the
// store refuses the customer, as it does with those who were erased.
func (w *writer) addNew(d *draft) error {
	w.report.Added++
	err := w.add(d.customer)
	if fault := (*assist.Fault)(nil); errors.As(err, &fault) && errors.Is(err, assist.ErrInvalid) {
		w.report.Added--
		w.problem(Result{Kind: KindRefused, Line: d.line, Reason: fault.What})
		return nil
	}
	if err != nil {
		return err
	}
	return w.company(d)
}

// company keeps the company of a draft when it is new or has gained something.
func (w *writer) company(d *draft) error {
	if d.company.ID == "" {
		return nil
	}
	have, seen := w.firms[d.company.ID]
	switch {
	case !seen && d.storedFirm == nil:
		firm := d.company
		have = &firm
	case !seen:
		have = d.storedFirm
		if !gainCompany(have, d.company, w.region) {
			w.firms[d.company.ID] = w.remember(have)
			return nil
		}
	case len(d.company.Phones) == 0 && d.company.Web == "":
		return nil
	default:
		if have == nil {
			firm := d.company
			have = &firm
		} else if !gainCompany(have, d.company, w.region) {
			return nil
		}
	}
	w.firms[d.company.ID] = w.remember(have)
	w.report.Companies++
	return w.add(*have)
}

// remember keeps a company only when it has more than a name, so that a million
// of them take little room.
func (w *writer) remember(c *assist.Company) *assist.Company {
	if len(c.Phones) == 0 && c.Web == "" && c.City == "" && c.About == "" && len(c.External) == 0 {
		return nil
	}
	return c
}

func (w *writer) add(r assist.Record) error {
	if err := w.bulk.Add(r); err != nil {
		return fmt.Errorf("import customers: %w", err)
	}
	if (w.report.Added+w.report.Changed+w.report.Companies)%20_000 == 0 {
		return w.flush()
	}
	return nil
}

func (w *writer) flush() error {
	if err := w.bulk.Flush(); err != nil {
		return fmt.Errorf("import customers: %w", err)
	}
	w.sure = *w.report
	return nil
}

func (w *writer) problem(r Result) {
	switch r.Kind {
	case KindCustomer:
		return
	case KindRefused:
		w.report.Refused++
	case KindDuplicate:
		w.report.Duplicate++
	case KindWarning:
		w.report.Warnings++
	}
	if len(w.report.Problems) < maxProblems {
		r.Reason = strings.Clone(r.Reason)
		w.report.Problems = append(w.report.Problems, r)
	}
}
