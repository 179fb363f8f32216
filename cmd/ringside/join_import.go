package main

import (
	"context"
	"slices"

	"ringside/storage/people"
	"ringside/ui/setup"
)

// importer brings customers in for the import page, and what a team had of them before.
type importer struct{ r *running }

// Look implements setup.Importer.
func (m importer) Look(ctx context.Context, path string, c setup.Chosen) (setup.Picture, error) {
	if c.Kind.Past() {
		return m.lookPast(ctx, path, c)
	}
	plan, err := m.plan(ctx, path, c)
	if err != nil {
		return setup.Picture{}, err
	}
	pic := setup.Picture{Kind: "a list of contacts (vCard)", KeepOut: string(people.Skip), AsNote: "notes"}
	if len(plan.Columns()) > 0 {
		pic.Kind = "a table"
	}
	for _, meaning := range people.Meanings() {
		pic.Meanings = append(pic.Meanings, string(meaning))
	}
	err = plan.Each(ctx, func(r people.Result) error {
		if r.Kind == people.KindCustomer {
			pic.Rows++
		}
		return nil
	})
	if err != nil {
		return pic, err
	}
	questions := plan.Questions()
	for _, col := range plan.Columns() {
		asked := slices.ContainsFunc(questions, func(q people.Question) bool { return q.Column == col.Name && !aboutDates(q) })
		pic.Columns = append(pic.Columns, setup.Column{Name: col.Name, Samples: col.Sample, Meaning: string(col.Meaning),
			Sure: col.Sure, Ask: asked && col.Meaning == people.Unknown})
		unclear := slices.ContainsFunc(questions, func(q people.Question) bool { return q.Column == col.Name && aboutDates(q) })
		if unclear && pic.Date == "" && len(col.Sample) > 0 {
			pic.Date = col.Sample[0]
		}
	}
	return pic, nil
}

func aboutDates(q people.Question) bool { return slices.Equal(q.Choices, []string{"day", "month"}) }

// Run implements setup.Importer.
func (m importer) Run(ctx context.Context, path string, c setup.Chosen, progress func(done, total int)) (setup.Outcome, error) {
	if c.Kind.Past() {
		return m.runPast(ctx, path, c, progress)
	}
	plan, err := m.plan(ctx, path, c)
	if err != nil {
		return setup.Outcome{}, err
	}
	h, err := m.r.store.wait(ctx)
	if err != nil {
		return setup.Outcome{}, err
	}
	report, err := h.importCustomers(ctx, plan, func(now people.Progress) {
		if now.Bytes > 0 {
			progress(now.Rows, int(int64(now.Rows)*now.Total/now.Bytes))
		}
	})
	m.r.desk.Refresh()
	out := setup.Outcome{Imported: report.Added + report.Changed, Merged: report.Duplicate, Unchanged: report.Unchanged}
	for _, p := range report.Problems {
		if p.Kind != people.KindDuplicate {
			out.Refused = append(out.Refused, setup.Refusal{Line: p.Line, Column: p.Column, Reason: p.Reason})
		}
	}
	return out, err
}

// plan opens the file with what the rep and the settings say of it.
func (m importer) plan(ctx context.Context, path string, c setup.Chosen) (*people.Plan, error) {
	s, err := m.r.settings(ctx)
	if err != nil {
		return nil, err
	}
	opt := people.Options{Region: regionOf(s), MonthFirst: c.MonthFirst, Meanings: map[string]people.Meaning{}, Now: m.r.now}
	if opt.MonthFirst == nil && s.MonthFirst {
		opt.MonthFirst = &s.MonthFirst
	}
	for column, meaning := range c.Meanings {
		opt.Meanings[column] = people.Meaning(meaning)
	}
	return people.Open(path, opt)
}
