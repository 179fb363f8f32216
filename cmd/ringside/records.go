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
	each := map[assist.Type]func(context.Context, *storage.DB, func(assist.Record) error) error{
		assist.TypeRep: records[assist.Rep], assist.TypeCompany: records[assist.Company], assist.TypeCustomer: records[assist.Customer],
		assist.TypeAnswer: records[assist.Answer], assist.TypePrompt: records[assist.Prompt], assist.TypeIncident: records[assist.Incident],
		assist.TypeCall: records[assist.Call], assist.TypeNote: records[assist.Note], assist.TypePromise: records[assist.Promise],
		assist.TypeInsight: records[assist.Insight], assist.TypeAsked: records[assist.Asked], assist.TypeGap: records[assist.Gap],
		assist.TypeProposal: records[assist.Proposal], assist.TypeDraft: records[assist.Draft],
		assist.TypeTact: records[assist.Tact], assist.TypeSubject: records[assist.Subject], assist.TypeDeal: records[assist.Deal],
		assist.TypeFocus: records[assist.Focus], assist.TypeAffected: records[assist.Affected], assist.TypeKudos: records[assist.Kudos],
		assist.TypeRevision: records[assist.Revision], assist.TypeFlag: records[assist.Flag], assist.TypeApart: records[assist.Apart],
		assist.TypeQuestion: records[assist.Question], assist.TypeWebPage: records[assist.WebPage], assist.TypeDrill: records[assist.Drill],
		assist.TypeBlob: records[assist.Blob], assist.TypeOrder: records[assist.Order], assist.TypeMerge: records[assist.Merge],
		assist.TypeErasure: records[assist.Erasure],
	}[t]
	if each == nil {
		return nil
	}
	if t == assist.TypeDraft {
		f = unfinished(f)
	}
	if err := each(ctx, db, f); err != nil {
		return fmt.Errorf("read the %s: %w", plural(t), err)
	}
	return nil
}

func records[T assist.Record](ctx context.Context, db *storage.DB, f func(assist.Record) error) error {
	return eachOf(ctx, db, func(r T) error { return f(r) })
}

// unfinished passes over the drafts of calls that are over: all that was in them is
// kept elsewhere.
func unfinished(f func(assist.Record) error) func(assist.Record) error {
	return func(r assist.Record) error {
		if r.(assist.Draft).Done {
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

// shared returns the reps whose practice may leave this machine: the one who sits here,
// and those who share it.
func shared(ctx context.Context, db *storage.DB) (map[assist.ID]bool, error) {
	set, err := db.Settings(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the settings: %w", err)
	}
	out := map[assist.ID]bool{set.Me: true}
	return out, eachOf(ctx, db, func(r assist.Rep) error {
		out[r.ID] = out[r.ID] || r.Shared
		return nil
	})
}

// plural is what several records of a type are called, and their file in an export.
func plural(t assist.Type) string {
	switch t {
	case assist.TypeCompany:
		return "companies"
	case assist.TypeFocus:
		return "focuses"
	case assist.TypeAsked, assist.TypeAffected, assist.TypeKudos, assist.TypeTact, assist.TypeApart:
		return string(t)
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
