package people

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"

	"ringside/assist"
	"ringside/assist/phone"
)

// Each calls do with the result of every record, in the order of the file, and
// stops with the first error that do returns, or with ctx's. Nothing is kept
// anywhere.
func (p *Plan) Each(ctx context.Context, do func(Result) error) error {
	if err := p.refresh(ctx); err != nil {
		return err
	}
	for _, r := range p.columnWarnings() {
		if err := do(r); err != nil {
			return err
		}
	}
	return p.stream(ctx, p.understand(nil), func(d *draft, _ int64) error {
		for _, r := range d.results() {
			if err := do(r); err != nil {
				return err
			}
		}
		return nil
	})
}

func (p *Plan) refresh(ctx context.Context) error {
	if !p.stale {
		return nil
	}
	p.stale = false
	return p.look(ctx)
}

// columnWarnings says which columns with something in them are left out.
func (p *Plan) columnWarnings() []Result {
	var known []string
	var out []Result
	for i, c := range p.columns {
		if i < len(p.survey.hasValue) && !p.survey.hasValue[i] {
			continue
		}
		switch c.Meaning {
		case Unknown:
			out = append(out, Result{Kind: KindWarning, Line: max(p.layout.line, 1), Column: c.Name, Reason: "nobody knows what is in this column; it is left out"})
		case Skip, Staff:
			known = append(known, c.Name)
		}
	}
	if len(known) > 0 {
		out = append(out, Result{Kind: KindWarning, Line: max(p.layout.line, 1), Reason: "columns that are left out: " + strings.Join(known, ", ")})
	}
	return out
}

// results returns what a draft says, the customer first.
func (d *draft) results() []Result {
	if !d.taken() {
		return d.problems()
	}
	r := Result{Kind: KindCustomer, Line: d.line, Customer: d.customer, Company: d.company, Notes: strings.Join(d.notes, "\n")}
	return append([]Result{r}, d.problems()...)
}

// taken reports whether the draft is a customer of its own.
func (d *draft) taken() bool { return d.refused.Reason == "" && d.same.line == 0 }

// problems returns what there is to say of a draft beside the customer.
func (d *draft) problems() []Result {
	switch {
	case d.refused.Reason != "":
		out := []Result{d.refused}
		for _, w := range d.warnings {
			if w.Column != "" {
				out = append(out, w)
			}
		}
		return out
	case d.same.line > 0:
		by := "id " + d.same.by
		if mail, ok := strings.CutPrefix(d.same.by, "email:"); ok {
			by = "e-mail address " + mail
		}
		r := Result{Kind: KindDuplicate, Line: d.line, Reason: fmt.Sprintf("the same %s as in line %d; what is new here was added there", by, d.same.line)}
		return append([]Result{r}, d.warnings...)
	case len(d.conflicts) == 0:
		return d.warnings
	}
	return append(append([]Result{}, d.warnings...), d.conflicts...)
}

// batchSize is how many records a worker takes at a time.
const batchSize = 256

// batch is some records in a row, on their way through a worker. drafts has one for
// each of them.
type batch struct {
	records []record
	drafts  []draft
	offset  int64
	err     error
	done    chan struct{}
}

// stream understands the records in several workers, each with a function that
// makes its own, and hands the drafts to emit in the order of the file, one at a
// time. A draft is used again when emit has returned.
func (p *Plan) stream(ctx context.Context, worker func() func(context.Context, *batch), emit func(*draft, int64) error) error {
	src, err := p.source()
	if err != nil {
		return err
	}
	defer src.file.Close()
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	workers := runtime.GOMAXPROCS(0)
	todo, inOrder := make(chan *batch, workers), make(chan *batch, 2*workers)
	used := make(chan *batch, cap(inOrder))
	for range workers {
		running.Go(func() {
			work := worker()
			for b := range todo {
				work(ctx, b)
				close(b.done)
			}
		})
	}
	running.Go(func() {
		defer close(inOrder)
		defer close(todo)
		src.batches(ctx, used, todo, inOrder)
	})
	for b := range inOrder {
		<-b.done
		for i := range b.drafts {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := emit(&b.drafts[i], b.offset); err != nil {
				return err
			}
		}
		if b.err != nil && b.err != io.EOF {
			return fmt.Errorf("read %s: %w", p.path, b.err)
		}
		select {
		case used <- b:
		default:
		}
	}
	return ctx.Err()
}

// batches reads the file into batches until it ends or ctx does. It takes batches
// that were used before, when there are any.
func (s *source) batches(ctx context.Context, used <-chan *batch, todo, inOrder chan<- *batch) {
	for {
		b := empty(used)
		for len(b.records) < batchSize && b.err == nil {
			var rec record
			if rec, b.err = s.next(); b.err == nil {
				b.records = append(b.records, rec)
			}
		}
		b.drafts = b.drafts[:len(b.records)]
		b.offset = s.offset()
		last := b.err != nil // behind here the batch is the worker's
		select {
		case inOrder <- b:
		case <-ctx.Done():
			return
		}
		todo <- b // a worker is always there to take it
		if last {
			return
		}
	}
}

func empty(used <-chan *batch) *batch {
	select {
	case b := <-used:
		b.records, b.err, b.done = b.records[:0], nil, make(chan struct{})
		return b
	default:
		return &batch{records: make([]record, 0, batchSize), drafts: make([]draft, batchSize), done: make(chan struct{})}
	}
}

// understand returns what a worker does to the records of a batch: it makes drafts
// of them, with ids and with what later rows of the same person add. also, when it
// is there, is called for each customer.
func (p *Plan) understand(also func(context.Context, *draft) error) func() func(context.Context, *batch) {
	return func() func(context.Context, *batch) {
		rd := p.reader(phone.NewParser(p.opt.Region))
		return func(ctx context.Context, b *batch) {
			for i, rec := range b.records {
				if ctx.Err() != nil {
					b.drafts = b.drafts[:i]
					return
				}
				if err := p.one(ctx, rd, &b.drafts[i], rec, also); err != nil {
					b.drafts, b.err = b.drafts[:i], err
					return
				}
			}
		}
	}
}

// one makes a draft of a record.
func (p *Plan) one(ctx context.Context, rd *reader, d *draft, rec record, also func(context.Context, *draft) error) error {
	rd.draft(d, rec)
	if d.refused.Reason != "" {
		return nil
	}
	if d.same = p.survey.dupOf[d.line]; d.same.line > 0 {
		return nil
	}
	p.complete(rd, d)
	if also == nil {
		return nil
	}
	return also(ctx, d)
}

// complete gives a draft its id and what later rows of the same person add.
func (p *Plan) complete(rd *reader, d *draft) {
	p.name(d)
	m := merger{into: &d.customer, region: p.opt.Region}
	for _, later := range p.survey.later[d.line] {
		var from draft
		rd.draft(&from, later.record)
		d.absorb(&from, later.foreign, &m)
	}
}

// name gives the customer the id that this record always has.
func (p *Plan) name(d *draft) {
	c := &d.customer
	switch {
	case c.ID != "": // it came with the record
	case len(c.External) > 0:
		c.ID = assist.IDFrom("customer", c.External[0])
	case len(c.Emails) > 0:
		c.ID = assist.IDFrom("customer", "email:"+c.Emails[0])
	default:
		nth := 0
		if first, ok := p.survey.twin[d.line]; ok {
			nth = p.survey.nth[d.line]
			d.warn("", fmt.Sprintf("the same name, company and numbers as in line %d, but no e-mail address that tells whether it is the same person; kept as another", first))
		}
		c.ID = assist.IDFrom("customer", "row", d.identity(), fmt.Sprint(nth))
	}
}
