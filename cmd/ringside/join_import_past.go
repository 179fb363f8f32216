package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"ringside/assist"
	"ringside/storage/past"
	"ringside/ui/say"
	"ringside/ui/setup"
)

// lookPast says what a file of orders, notes or calls is, and what would become of it.
func (m importer) lookPast(ctx context.Context, path string, c setup.Chosen) (pic setup.Picture, err error) {
	file, err := m.openPast(ctx, path, c)
	if err != nil {
		return pic, err
	}
	pic = setup.Picture{Kind: "a table", KeepOut: string(past.Skip), Rows: file.Rows()}
	for _, meaning := range file.Kind.Meanings() {
		pic.Meanings = append(pic.Meanings, string(meaning))
	}
	for _, col := range file.Columns {
		pic.Columns = append(pic.Columns, setup.Column{Name: col.Name, Samples: col.Sample, Meaning: string(col.Meaning), Sure: col.Meaning != past.Unknown})
	}
	for _, q := range file.Questions {
		askPast(&pic, q)
	}
	if len(file.Questions) > 0 {
		return pic, nil
	}
	h, err := m.r.store.wait(ctx)
	if err != nil {
		return pic, err
	}
	report, err := file.Keep(ctx, h.db, true, nil)
	pic.Would = wouldPast(file, report)
	return pic, err
}

// askPast puts a question to the rep.
func askPast(pic *setup.Picture, q past.Question) {
	switch {
	case strings.Contains(q.Do, "--dates"):
		pic.Date = q.Text
		for _, col := range pic.Columns {
			if col.Meaning == "date" && len(col.Samples) > 0 {
				pic.Date = col.Samples[0]
			}
		}
	case strings.Contains(q.Do, "--decimal"):
		pic.Amounts = q.Text
	default: // more columns than one could be the same
		_, meaning, _ := strings.Cut(q.Do, "NAME=")
		meaning, _, _ = strings.Cut(meaning, "'")
		for i, col := range pic.Columns {
			if col.Meaning == meaning {
				pic.Columns[i].Ask, pic.Columns[i].May = true, meaning
			}
		}
	}
}

// wouldPast says what would become of the rows.
func wouldPast(f *past.File, r past.Report) string {
	return strings.TrimSpace(fmt.Sprintf("%d would be new, %d would find their customer, %d are here as they are; %s cannot be taken. %s",
		r.Added, r.Changed, r.Unchanged, say.Count(f.Refused(), "line"), alsoPast(r)))
}

// alsoPast says what is kept without a customer or a rep.
func alsoPast(r past.Report) string {
	var out []string
	if r.Nobody > 0 {
		several := ""
		if r.Several > 0 {
			several = fmt.Sprintf("; for %d of them several have it", r.Several)
		}
		out = append(out, fmt.Sprintf("%d without a customer: nobody here has that id, address, number or name%s.", r.Nobody, several))
	}
	if r.NoRep > 0 {
		out = append(out, fmt.Sprintf("%d without a rep: nobody in the team has that name.", r.NoRep))
	}
	return strings.Join(out, " ")
}

// runPast brings orders, notes or calls in.
func (m importer) runPast(ctx context.Context, path string, c setup.Chosen, progress func(done, total int)) (out setup.Outcome, err error) {
	file, err := m.openPast(ctx, path, c)
	if err != nil {
		return out, err
	}
	h, err := m.r.store.wait(ctx)
	if err != nil {
		return out, err
	}
	report, err := h.importPast(ctx, file, progress)
	if err != nil {
		return out, err
	}
	m.r.desk.Refresh()
	out = setup.Outcome{Imported: report.Added, Merged: report.Changed, Unchanged: report.Unchanged, Also: alsoPast(report)}
	for _, p := range file.Problems {
		switch {
		case p.Refused && p.Column != "": // without this value there is no record
			out.Refused = append(out.Refused, setup.Refusal{Line: p.Line, Reason: p.Column + ": " + p.Reason})
		case p.Refused || p.Line > 0 && p.Column != "":
			out.Refused = append(out.Refused, setup.Refusal{Line: p.Line, Column: p.Column, Reason: p.Reason})
		}
	}
	return out, nil
}

// openPast looks the file through with what the rep and the settings say of it.
func (m importer) openPast(ctx context.Context, path string, c setup.Chosen) (*past.File, error) {
	s, err := m.r.settings(ctx)
	if err != nil {
		return nil, err
	}
	opt := past.Options{Region: regionOf(s), MonthFirst: c.MonthFirst, Comma: c.Comma, Columns: map[string]past.Meaning{}, Now: m.r.now}
	if opt.MonthFirst == nil && s.MonthFirst {
		opt.MonthFirst = &s.MonthFirst
	}
	for column, meaning := range c.Meanings {
		opt.Columns[column] = past.Meaning(meaning)
	}
	file, err := past.Open(ctx, path, past.Kind(c.Kind), opt)
	return file, inWindow(err)
}

// inWindow says for the window what the command line does with a flag.
func inWindow(err error) error {
	var fault *assist.Fault
	if !errors.As(err, &fault) || !strings.Contains(fault.Do, "--column") {
		return err
	}
	said := *fault
	said.Do = "Name it so in the first line of the file, and bring it again."
	if i := strings.Index(fault.Do, "The columns are:"); i >= 0 {
		said.Do += " " + fault.Do[i:]
	}
	return &said
}
