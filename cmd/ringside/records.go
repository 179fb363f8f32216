package main

import (
	"context"
	"fmt"
	"strings"

	"ringside/assist"
	"ringside/storage"
)

// eachRecord calls f with every record of a type, by id, until f fails. Drafts of
// calls that are over are none.
func eachRecord(ctx context.Context, db *storage.DB, t assist.Type, f func(assist.Record) error) error {
	var err error
	switch t {
	case assist.TypeRep:
		err = eachOf(ctx, db, func(r assist.Rep) error { return f(r) })
	case assist.TypeCompany:
		err = eachOf(ctx, db, func(r assist.Company) error { return f(r) })
	case assist.TypeCustomer:
		err = eachOf(ctx, db, func(r assist.Customer) error { return f(r) })
	case assist.TypeAnswer:
		err = eachOf(ctx, db, func(r assist.Answer) error { return f(r) })
	case assist.TypePrompt:
		err = eachOf(ctx, db, func(r assist.Prompt) error { return f(r) })
	case assist.TypeIncident:
		err = eachOf(ctx, db, func(r assist.Incident) error { return f(r) })
	case assist.TypeCall:
		err = eachOf(ctx, db, func(r assist.Call) error { return f(r) })
	case assist.TypeNote:
		err = eachOf(ctx, db, func(r assist.Note) error { return f(r) })
	case assist.TypePromise:
		err = eachOf(ctx, db, func(r assist.Promise) error { return f(r) })
	case assist.TypeInsight:
		err = eachOf(ctx, db, func(r assist.Insight) error { return f(r) })
	case assist.TypeAsked:
		err = eachOf(ctx, db, func(r assist.Asked) error { return f(r) })
	case assist.TypeGap:
		err = eachOf(ctx, db, func(r assist.Gap) error { return f(r) })
	case assist.TypeProposal:
		err = eachOf(ctx, db, func(r assist.Proposal) error { return f(r) })
	case assist.TypeDraft:
		err = eachOf(ctx, db, unfinished(f))
	}
	if err != nil {
		return fmt.Errorf("read the %s: %w", plural(t), err)
	}
	return nil
}

// unfinished passes over the drafts of calls that are over: all that was in them is
// kept elsewhere.
func unfinished(f func(assist.Record) error) func(assist.Draft) error {
	return func(r assist.Draft) error {
		if r.Done {
			return nil
		}
		return f(r)
	}
}

func eachOf[T assist.Record](ctx context.Context, db *storage.DB, f func(T) error) error {
	for r, err := range storage.List[T](ctx, db) {
		if err != nil {
			return err
		}
		if err := f(r); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// plural is what several records of a type are called, and their file in an export.
func plural(t assist.Type) string {
	switch t {
	case assist.TypeCompany:
		return "companies"
	case assist.TypeAsked:
		return "asked"
	}
	return string(t) + "s"
}

// counted writes "25 customers, 1 note" for every type that there is something of.
func counted(counts map[assist.Type]int) string {
	var parts []string
	for _, t := range assist.Types() {
		n, name := counts[t], plural(t)
		if n == 1 {
			name = string(t)
		}
		if n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, name))
		}
	}
	if len(parts) == 0 {
		return "nothing"
	}
	return strings.Join(parts, ", ")
}
