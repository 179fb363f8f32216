package past

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"ringside/assist"
	"ringside/assist/phone"
	"ringside/storage"
)

// Report is what an import has done.
type Report struct {
	Added     int
	Changed   int // they were here, and their customer is known now
	Unchanged int
	Nobody    int // kept without a customer, for none here is the one in the file
	Several   int // of these: more than one customer here fits
	NoRep     int // kept without a rep, for nobody here, or more than one, has that name
}

// Keep matches the rows with the customers here and keeps them; with dry it only counts.
// Until the first record is kept it can be stopped and leaves nothing. From then on it
// goes on to the end; where the machine stops it, every record is whole, and the same
// file once more brings the rest.
func (f *File) Keep(ctx context.Context, db *storage.DB, dry bool, progress func(done, total int)) (Report, error) {
	var report Report
	if len(f.Questions) > 0 {
		return report, f.fault(f.Questions[0].Text+" Nothing was kept", f.Questions[0].Do)
	}
	known, err := f.learn(ctx, db)
	if err != nil {
		return report, err
	}
	var list []assist.Record
	for i, e := range f.entries {
		if err := ctx.Err(); err != nil {
			return Report{}, &assist.Fault{What: "stopped before anything was kept", Where: f.Name, Err: err}
		}
		changed, err := known.match(ctx, db, e, &report)
		if err != nil {
			return Report{}, fmt.Errorf("import %s: %w", f.Kind, err)
		}
		list = append(list, changed...)
		if progress != nil && i%2000 == 0 {
			progress(i, len(f.entries))
		}
	}
	if dry || len(list) == 0 {
		return report, nil
	}
	bulk := db.Bulk(context.WithoutCancel(ctx))
	for _, r := range list {
		if err = bulk.Add(r); err != nil {
			break
		}
	}
	if err = errors.Join(err, bulk.Close()); err != nil {
		return Report{}, fmt.Errorf("import %s: %w", f.Kind, err)
	}
	return report, nil
}

// known are the people here, by what a file may call them.
type known struct {
	region    string
	customers map[string]assist.ID // an empty id: more than one customer has it
	reps      map[string]assist.ID // an empty id: more than one rep has the name
}

// learn reads who is here. Of people who were merged it is the one record that stands.
func (f *File) learn(ctx context.Context, db *storage.DB) (known, error) {
	k := known{f.opt.Region, map[string]assist.ID{}, map[string]assist.ID{}}
	for c, err := range storage.List[assist.Customer](ctx, db) {
		if err != nil {
			return k, fmt.Errorf("read the customers: %w", err)
		}
		id := c.ID
		if c.Into != "" {
			stands, err := db.Standing(ctx, c.ID)
			if errors.Is(err, assist.ErrNotFound) {
				continue
			}
			if err != nil {
				return k, fmt.Errorf("read the customers: %w", err)
			}
			id = stands.ID
		}
		k.learn("id", string(c.ID), id)
		for _, ext := range c.External {
			k.learn("id", ext, id)
			if _, bare, ok := strings.Cut(ext, ":"); ok {
				k.learn("id", bare, id)
			}
		}
		for _, mail := range c.Emails {
			k.learn("mail", mail, id)
		}
		for _, p := range c.Phones {
			k.learn("number", phone.Kept(p, k.region).Digits, id)
		}
		k.learn("name", c.Name, id)
	}
	for rep, err := range storage.List[assist.Rep](ctx, db) {
		if err != nil {
			return k, fmt.Errorf("read who is in the team: %w", err)
		}
		name, id := strings.ToLower(rep.Name), rep.ID
		if _, two := k.reps[name]; two {
			id = ""
		}
		k.reps[name] = id
	}
	return k, nil
}

func (k known) learn(what, text string, id assist.ID) {
	key := what + ":" + strings.ToLower(strings.TrimSpace(text))
	if have, ok := k.customers[key]; ok && have != id {
		id = ""
	}
	if strings.TrimSpace(text) != "" {
		k.customers[key] = id
	}
}

// find returns the customer of a row: by id, else by address, number or exact name. What
// several customers have is passed over.
func (k known) find(w who) (id assist.ID, several bool) {
	for _, try := range []struct {
		what  string
		texts []string
	}{{"id", w.ids}, {"mail", w.mails}, {"number", w.numbers}, {"name", w.names}} {
		for _, text := range try.texts {
			if try.what == "number" {
				text = phone.Parse(text, k.region).Digits
			}
			id, ok := k.customers[try.what+":"+strings.ToLower(strings.TrimSpace(text))]
			if id != "" {
				return id, false
			}
			several = several || ok
		}
	}
	return "", several
}

// match gives an entry its customer and returns what has to be kept of it. A record that
// is here already stays as it is, and at most learns whose it is.
func (k known) match(ctx context.Context, db *storage.DB, e *entry, report *Report) (out []assist.Record, err error) {
	id, several := k.find(e.who)
	rep := k.reps[strings.ToLower(e.who.rep)]
	if id == "" {
		report.Nobody++
		if several {
			report.Several++
		}
	}
	if e.who.rep != "" && rep == "" {
		report.NoRep++
	}
	var fresh, gained bool
	switch r := e.record.(type) {
	case assist.Order:
		r.Customer = id
		e.record = r // not a second one: there may be a million
		out, fresh, gained, err = weigh(ctx, db, out, e.record, func(o *assist.Order) *assist.ID { return &o.Customer })
	case assist.Note:
		r.Customer, r.Rep = id, rep
		e.record = r
		out, fresh, gained, err = weigh(ctx, db, out, e.record, func(n *assist.Note) *assist.ID { return &n.Customer })
	case assist.Call:
		r.Customer, r.Rep = id, rep
		e.record = r
		out, fresh, gained, err = weigh(ctx, db, out, e.record, func(c *assist.Call) *assist.ID { return &c.Customer })
	}
	if err == nil && e.note != nil {
		n := *e.note
		n.Customer, n.Rep = id, rep
		out, _, _, err = weigh(ctx, db, out, n, func(n *assist.Note) *assist.ID { return &n.Customer })
	}
	switch {
	case fresh:
		report.Added++
	case gained:
		report.Changed++
	default:
		report.Unchanged++
	}
	return out, err
}

// weigh adds a record to out when it is new, or when its customer is known now.
func weigh[T assist.Record](ctx context.Context, db *storage.DB, out []assist.Record, record assist.Record, customer func(*T) *assist.ID) (_ []assist.Record, fresh, gained bool, err error) {
	r := record.(T)
	_, id := r.Ident()
	have, err := storage.Find[T](ctx, db, id)
	if errors.Is(err, assist.ErrNotFound) {
		return append(out, record), true, false, nil
	}
	if err != nil || *customer(&have) != "" || *customer(&r) == "" {
		return out, false, false, err
	}
	*customer(&have) = *customer(&r)
	return append(out, have), false, true, nil
}
