package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"ringside/assist"
	"ringside/storage"
	"ringside/ui/say"
)

// ofType is how the records of one type are read.
type ofType struct {
	each func(context.Context, *storage.DB, func(assist.Record) error) error
	find func(context.Context, *storage.DB, assist.ID) (assist.Record, error)
}

func readsOf[T assist.Record]() ofType {
	return ofType{records[T], func(ctx context.Context, db *storage.DB, id assist.ID) (assist.Record, error) {
		r, err := storage.Find[T](ctx, db, id)
		return r, err
	}}
}

// readers know the records that the store keeps.
var readers = map[assist.Type]ofType{
	assist.TypeRep: readsOf[assist.Rep](), assist.TypeCompany: readsOf[assist.Company](), assist.TypeCustomer: readsOf[assist.Customer](),
	assist.TypeAnswer: readsOf[assist.Answer](), assist.TypePrompt: readsOf[assist.Prompt](), assist.TypeIncident: readsOf[assist.Incident](),
	assist.TypeCall: readsOf[assist.Call](), assist.TypeNote: readsOf[assist.Note](), assist.TypePromise: readsOf[assist.Promise](),
	assist.TypeInsight: readsOf[assist.Insight](), assist.TypeAsked: readsOf[assist.Asked](), assist.TypeGap: readsOf[assist.Gap](),
	assist.TypeProposal: readsOf[assist.Proposal](), assist.TypeDraft: readsOf[assist.Draft](),
	assist.TypeTact: readsOf[assist.Tact](), assist.TypeSubject: readsOf[assist.Subject](), assist.TypeDeal: readsOf[assist.Deal](),
	assist.TypeFocus: readsOf[assist.Focus](), assist.TypeAffected: readsOf[assist.Affected](), assist.TypeKudos: readsOf[assist.Kudos](),
	assist.TypeRevision: readsOf[assist.Revision](), assist.TypeFlag: readsOf[assist.Flag](), assist.TypeApart: readsOf[assist.Apart](),
	assist.TypeQuestion: readsOf[assist.Question](), assist.TypeWebPage: readsOf[assist.WebPage](), assist.TypeDrill: readsOf[assist.Drill](),
	assist.TypeBlob: readsOf[assist.Blob](), assist.TypeOrder: readsOf[assist.Order](), assist.TypeMerge: readsOf[assist.Merge](),
	assist.TypeErasure: readsOf[assist.Erasure](),
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

// onto returns what somebody has made of a record, who saw it as it was before, on top of
// what it is by now. It fails where they and somebody else have changed the same field.
func onto[T assist.Record](db *storage.DB, before, after, now T) (T, error) {
	merged, both, err := storage.Rebase(db, before, after, now)
	if err != nil || len(both) == 0 {
		return merged, err
	}
	t, _ := now.Ident()
	for i, name := range both {
		both[i] = say.Field(t, name)
	}
	return merged, &assist.Fault{What: "somebody else has changed this meanwhile, too", Where: strings.Join(both, ", "),
		Do: "See how it stands now, and decide again.", Err: assist.ErrInvalid}
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
