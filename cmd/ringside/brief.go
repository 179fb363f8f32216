package main

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	base "fyne.io/fyne/v2/theme"

	"ringside/assist"
	"ringside/assist/brief"
	"ringside/assist/stay"
	"ringside/storage"
	"ringside/storage/report"
)

// briefAsk says which brief is wanted.
type briefAsk struct {
	Weeks  int
	Until  time.Time // a time on the last day
	Hidden bool      // the names of people
	Parts  []brief.Part
	Team   string
}

// makeBrief reads what a brief is made of, and makes it.
func makeBrief(ctx context.Context, h *house, ask briefAsk) (b brief.Brief, err error) {
	in := brief.Inputs{Team: ask.Team, Until: ask.Until, From: ask.Until.AddDate(0, 0, 1-7*ask.Weeks), Made: h.now(), Parts: ask.Parts}
	since := ask.Until.AddDate(0, 0, -7*max(ask.Weeks, brief.Weeks)-1)
	r := briefReader{naming: newNaming(h.db), notes: map[assist.ID]assist.Note{}, since: since}
	if in.Heard, err = r.heard(ctx); err != nil {
		return b, err
	}
	if in.Promises, err = wanted(ctx, h.db, func(p assist.Promise) bool { return !p.Made.Before(since) || !p.Due.Before(since) }); err != nil {
		return b, fmt.Errorf("read the promises: %w", err)
	}
	if in.Gaps, err = wanted(ctx, h.db, func(g assist.Gap) bool { return !g.At.Before(since) }); err != nil {
		return b, fmt.Errorf("read the open questions: %w", err)
	}
	if err := r.patterns(ctx, h, &in); err != nil {
		return b, err
	}
	if in.Stays, err = stayed(ctx, h, ask.Until); err != nil {
		return b, err
	}
	b = brief.Compose(in)
	if !ask.Hidden {
		return b, nil
	}
	people, err := r.people(ctx, b)
	if err != nil {
		return b, err
	}
	b = brief.Hide(b, people)
	b.Lead = append(b.Lead, "The names of people, their numbers and addresses were taken out. The same customer has the same number throughout.")
	return b, nil
}

// wanted returns the records of a type that are wanted, by id.
func wanted[T assist.Record](ctx context.Context, db *storage.DB, want func(T) bool) (out []T, err error) {
	var one sync.Mutex
	var of T
	t, _ := of.Ident()
	err = storage.Scan(ctx, db, t, runtime.GOMAXPROCS(0), func(_ int, r T) error {
		if want(r) {
			one.Lock()
			defer one.Unlock()
			out = append(out, r)
		}
		return nil
	})
	id := func(r T) assist.ID {
		_, id := r.Ident()
		return id
	}
	slices.SortFunc(out, func(a, b T) int { return cmp.Compare(id(a), id(b)) })
	return out, err
}

// briefReader reads with the names of people.
type briefReader struct {
	naming
	notes map[assist.ID]assist.Note
	since time.Time
}

// who returns a customer, or who has taken their place.
func (r briefReader) who(ctx context.Context, id assist.ID) assist.Customer {
	c := once(ctx, r.db, r.customers, id)
	for hops := 0; c.Into != "" && hops < 8; hops++ {
		c = once(ctx, r.db, r.customers, c.Into)
	}
	return c
}

func (r briefReader) heard(ctx context.Context) ([]brief.Heard, error) {
	insights, err := wanted(ctx, r.db, func(i assist.Insight) bool {
		return !i.At.Before(r.since) && i.Intelligence != assist.FrontLine
	})
	if err != nil {
		return nil, fmt.Errorf("read what was said: %w", err)
	}
	out := make([]brief.Heard, len(insights))
	for k, i := range insights {
		out[k] = r.words(ctx, i)
	}
	return out, nil
}

// words returns an insight in the customer's own words, where they were kept.
func (r briefReader) words(ctx context.Context, i assist.Insight) brief.Heard {
	if note := once(ctx, r.db, r.notes, i.Note); note.Intelligence != "" {
		i.Text = note.Text
	}
	return brief.Heard{Insight: i, Who: called(r.who(ctx, i.Customer)), RepName: r.rep(ctx, i.Rep)}
}

// called is how a brief names a customer.
func called(c assist.Customer) string {
	if c.Name != "" && c.City != "" {
		return c.Name + ", " + c.City
	}
	return c.Name
}

// people returns everybody whose name stands in the brief: those who are heard in it, and
// whoever else of ours is named in it in full.
func (r briefReader) people(ctx context.Context, b brief.Brief) (out []brief.Person, err error) {
	words := strings.ToLower(b.Words())
	customers, err := wanted(ctx, r.db, func(c assist.Customer) bool {
		_, about := r.customers[c.ID]
		return named(words, c.Name) || about && c.Name != "" && strings.Contains(words, strings.ToLower(c.Name))
	})
	if err != nil {
		return nil, fmt.Errorf("read the customers: %w", err)
	}
	firms := map[assist.ID]bool{}
	for _, c := range customers {
		firms[c.Company] = true
		out = append(out, personOf(c))
	}
	companies, err := wanted(ctx, r.db, func(c assist.Company) bool { return firms[c.ID] || named(words, c.Name) })
	if err != nil {
		return nil, fmt.Errorf("read the companies: %w", err)
	}
	for _, c := range companies {
		out = append(out, brief.Person{Is: "Company", Names: []string{c.Name}, Numbers: raw(c.Phones)})
	}
	team, err := all[assist.Rep](ctx, r.db)
	if err != nil {
		return nil, fmt.Errorf("read the team: %w", err)
	}
	for _, rep := range team {
		out = append(out, brief.Person{Is: "Rep", Names: []string{rep.Name}})
	}
	return out, nil
}

// named tells whether a whole name stands in a text of small letters. One word alone may be
// any word.
func named(words, name string) bool {
	name = strings.ToLower(strings.TrimSpace(name))
	return strings.Contains(name, " ") && strings.Contains(words, name)
}

func personOf(c assist.Customer) brief.Person {
	p := brief.Person{Is: "Customer", Names: []string{c.Name}, Numbers: raw(c.Phones)}
	if c.CallMe != "" {
		p.Names = append(p.Names, c.CallMe)
	}
	for _, line := range strings.FieldsFunc(c.Address, func(r rune) bool { return r == ',' || r == '\n' }) {
		if line = strings.TrimSpace(line); !strings.EqualFold(line, c.City) {
			p.Places = append(p.Places, line)
		}
	}
	return p
}

func raw(phones []assist.Phone) (out []string) {
	for _, p := range phones {
		out = append(out, cmp.Or(p.Raw, p.E164))
	}
	return out
}

// The forms of a brief, by the ends of their files.
const (
	formMarkdown = "md"
	formHTML     = "html"
	formPDF      = "pdf"
)

// printed writes a brief in a form. A PDF is set in the letters of the window.
func printed(b brief.Brief, form string) ([]byte, error) {
	switch form {
	case formHTML:
		return report.HTML(b), nil
	case formPDF:
		return report.PDF(b, report.Fonts{Regular: base.DefaultTextFont().Content(), Bold: base.DefaultTextBoldFont().Content()})
	}
	return report.Markdown(b), nil
}

// stayed tells who stays and who goes, of all that is on record: growth beside loss.
func stayed(ctx context.Context, h *house, until time.Time) (s brief.Section, err error) {
	tally := stay.New(until)
	if err := tallied(ctx, h.db, tally, func(string) {}); err != nil {
		return s, fmt.Errorf("read who stays: %w", err)
	}
	found := tally.Report()
	if !found.Enough() {
		return s, nil
	}
	month := found.Months[len(found.Months)-1]
	for _, f := range []struct {
		label, how string
		n          int
	}{
		{"Came this month", found.How, month.Came}, {"Came back this month", "they were gone, and were in touch again", month.Back},
		{"Went this month", "by their own rhythm, as above", month.Went},
		{"Slipping away now", fmt.Sprintf("of %d customers with a contact on record; each with the reasons on the page Who stays", found.Counted), len(found.Slipping)},
	} {
		s.Figures = append(s.Figures, brief.Figure{Label: f.label, Value: strconv.Itoa(f.n), How: f.how})
	}
	s.Charts = append(s.Charts, found.Doors())
	return s, nil
}
