package main

import (
	"context"
	"fmt"

	"ringside/assist"
	"ringside/storage"
)

// repointed returns the saved questions that must find another answer once these records are
// kept: those of an answer that goes into another, and back again when that is undone.
func repointed(ctx context.Context, db *storage.DB, before, after []assist.Record) (out []assist.Record, err error) {
	was := map[assist.ID]assist.Answer{}
	for _, r := range before {
		if a, ok := r.(assist.Answer); ok {
			was[a.ID] = a
		}
	}
	for _, r := range after {
		a, ok := r.(assist.Answer)
		if !ok {
			continue
		}
		switch b := was[a.ID]; {
		case a.Off && a.Into != "" && !b.Off:
			out, err = moveQuestions(ctx, db, out, a.ID, a.Into, false)
		case !a.Off && b.Off && b.Into != "":
			out, err = moveQuestions(ctx, db, out, b.Into, a.ID, true)
		}
		if err != nil {
			return nil, fmt.Errorf("read the saved questions: %w", err)
		}
	}
	return out, nil
}

// moveQuestions adds the questions of one answer, as those of another; with back only those
// that were the other's before.
func moveQuestions(ctx context.Context, db *storage.DB, out []assist.Record, from, to assist.ID, back bool) ([]assist.Record, error) {
	err := eachOf(ctx, db, func(q assist.Question) error {
		if q.Answer != from {
			return nil
		}
		if back {
			was, err := oncePointed(ctx, db, q.ID, to)
			if err != nil || !was {
				return err
			}
		}
		q.Answer = to
		out = append(out, q)
		return nil
	})
	return out, err
}

// oncePointed reports whether a question has ever been one of an answer.
func oncePointed(ctx context.Context, db *storage.DB, question, answer assist.ID) (bool, error) {
	versions, err := db.History(ctx, assist.TypeQuestion, question)
	for _, v := range versions {
		if q, ok := v.Record.(assist.Question); ok && q.Answer == answer {
			return true, nil
		}
	}
	return false, err
}
