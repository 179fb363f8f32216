package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"ringside/assist"
	"ringside/storage"
)

// ofType is how the records of one type are read.
type ofType struct {
	each func(context.Context, *storage.DB, func(assist.Record) error) error
	find func(context.Context, *storage.DB, assist.ID) (assist.Record, error)
}

func reading[T assist.Record]() ofType {
	return ofType{records[T], func(ctx context.Context, db *storage.DB, id assist.ID) (assist.Record, error) {
		r, err := storage.Find[T](ctx, db, id)
		return r, err
	}}
}

// readers know the records that the store keeps.
var readers = map[assist.Type]ofType{
	assist.TypeRep: reading[assist.Rep](), assist.TypeCompany: reading[assist.Company](), assist.TypeCustomer: reading[assist.Customer](),
	assist.TypeAnswer: reading[assist.Answer](), assist.TypePrompt: reading[assist.Prompt](), assist.TypeIncident: reading[assist.Incident](),
	assist.TypeCall: reading[assist.Call](), assist.TypeNote: reading[assist.Note](), assist.TypePromise: reading[assist.Promise](),
	assist.TypeInsight: reading[assist.Insight](), assist.TypeAsked: reading[assist.Asked](), assist.TypeGap: reading[assist.Gap](),
	assist.TypeProposal: reading[assist.Proposal](), assist.TypeDraft: reading[assist.Draft](),
	assist.TypeTact: reading[assist.Tact](), assist.TypeSubject: reading[assist.Subject](), assist.TypeDeal: reading[assist.Deal](),
	assist.TypeFocus: reading[assist.Focus](), assist.TypeAffected: reading[assist.Affected](), assist.TypeKudos: reading[assist.Kudos](),
	assist.TypeRevision: reading[assist.Revision](), assist.TypeFlag: reading[assist.Flag](), assist.TypeApart: reading[assist.Apart](),
	assist.TypeQuestion: reading[assist.Question](), assist.TypeWebPage: reading[assist.WebPage](), assist.TypeDrill: reading[assist.Drill](),
	assist.TypeBlob: reading[assist.Blob](), assist.TypeOrder: reading[assist.Order](), assist.TypeMerge: reading[assist.Merge](),
	assist.TypeErasure: reading[assist.Erasure](),
}

// findLike returns the record with the type and the id of another, as the store has it.
// It fails with assist.ErrNotFound when there is none.
func findLike(ctx context.Context, db *storage.DB, like assist.Record) (assist.Record, error) {
	t, id := like.Ident()
	r, err := readers[t].find(ctx, db, id)
	if err != nil {
		return nil, fmt.Errorf("find the %s: %w", t, err)
	}
	return r, nil
}

// unchanged fails when a record is not in the store as it is here.
func unchanged(ctx context.Context, db *storage.DB, before assist.Record) error {
	now, err := findLike(ctx, db, before)
	if err != nil {
		return err
	}
	was, err := json.Marshal(before)
	if err != nil {
		return err
	}
	is, err := json.Marshal(now)
	if err == nil && !bytes.Equal(is, was) {
		err = &assist.Fault{What: "this was changed elsewhere meanwhile", Do: "See how it stands now, and decide again.", Err: assist.ErrInvalid}
	}
	return err
}

// eachRecord calls f with every record of a type, by id, until f fails. Drafts of
// calls that are over are none.
func eachRecord(ctx context.Context, db *storage.DB, t assist.Type, f func(assist.Record) error) error {
	of, ok := readers[t]
	if !ok {
		return nil
	}
	if t == assist.TypeDraft {
		f = unfinished(f)
	}
	if err := of.each(ctx, db, f); err != nil {
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
