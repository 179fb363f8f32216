package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"ringside/assist"
	"ringside/assist/curate"
	"ringside/assist/search"
	"ringside/storage"
	"ringside/ui"
	"ringside/ui/library/questions"
	"ringside/ui/panes"
)

// questionsTab makes the list of real questions on which the library is proved.
func (p *pages) questionsTab(open func(assist.ID)) panes.Tab {
	page := questions.New(questions.Options{Source: questionSource{p.r}, OnAnswer: open, Now: p.r.now, Post: p.postTo(ui.Library)})
	return panes.Tab{Name: "Saved questions", Object: page.Object(), Focus: page.Focus, Reload: page.Reload}
}

// questionSource reads, asks and keeps saved questions.
type questionSource struct{ r *running }

// Load implements questions.Source.
func (s questionSource) Load(ctx context.Context) (d questions.Data, err error) {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return d, err
	}
	set, err := h.db.Settings(ctx)
	if err != nil {
		return d, fmt.Errorf("read the settings: %w", err)
	}
	d.Me, d.Answers, d.Names, d.Calls = set.Me, map[assist.ID]assist.Answer{}, map[assist.ID]string{}, map[assist.ID]time.Time{}
	if d.Questions, err = all[assist.Question](ctx, h.db); err != nil {
		return d, fmt.Errorf("read the saved questions: %w", err)
	}
	answers, err := all[assist.Answer](ctx, h.db)
	if err != nil {
		return d, fmt.Errorf("read the answers: %w", err)
	}
	for _, a := range answers {
		d.Answers[a.ID] = a
	}
	reps, err := all[assist.Rep](ctx, h.db)
	if err != nil {
		return d, fmt.Errorf("read the team: %w", err)
	}
	for _, rep := range reps {
		d.Names[rep.ID] = rep.Name
	}
	for _, q := range d.Questions {
		if q.Call == "" {
			continue
		}
		c, err := storage.Find[assist.Call](ctx, h.db, q.Call)
		switch {
		case err == nil:
			d.Calls[c.ID] = c.Started
		case !errors.Is(err, assist.ErrNotFound):
			return d, fmt.Errorf("read the call of a question: %w", err)
		}
	}
	return d, nil
}

// Score implements questions.Source.
func (s questionSource) Score(ctx context.Context) (curate.Score, error) {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return curate.Score{}, err
	}
	lib, err := h.shelf.library(ctx)
	if err != nil {
		return curate.Score{}, err
	}
	list, err := all[assist.Question](ctx, h.db)
	if err != nil {
		return curate.Score{}, fmt.Errorf("read the saved questions: %w", err)
	}
	return curate.Bench(ctx, lib.Index.(*search.Index), list)
}

// Find implements questions.Source.
func (s questionSource) Find(ctx context.Context, words string) ([]questions.Hit, error) {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return nil, err
	}
	lib, err := h.shelf.library(ctx)
	if err != nil {
		return nil, err
	}
	found, err := lib.Index.Find(ctx, search.Query{Text: words, Now: s.r.now()})
	if err != nil {
		return nil, err
	}
	var out []questions.Hit
	for _, hit := range found.Hits {
		out = append(out, questions.Hit{ID: hit.Answer.ID, Title: hit.Answer.Title, Why: hit.Why})
	}
	return out, nil
}

// Save implements questions.Source.
func (s questionSource) Save(ctx context.Context, before, after assist.Question) error {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return err
	}
	h.editing.Lock()
	defer h.editing.Unlock()
	now, err := storage.Find[assist.Question](ctx, h.db, after.ID)
	if err != nil && !errors.Is(err, assist.ErrNotFound) {
		return fmt.Errorf("find the question: %w", err)
	}
	now.At, before.At = time.Time{}, time.Time{} // which is never changed, and is kept to the millisecond
	if now != before {
		return &assist.Fault{What: "this question was changed elsewhere meanwhile", Where: after.Text, Do: "See how it stands now, and decide again.", Err: assist.ErrInvalid}
	}
	if after.Answer != before.Answer {
		a, err := storage.Find[assist.Answer](ctx, h.db, after.Answer)
		if err != nil && !errors.Is(err, assist.ErrNotFound) {
			return fmt.Errorf("find the answer: %w", err)
		}
		if err != nil || a.Off {
			return &assist.Fault{What: "this answer cannot be found any more", Where: a.Title, Do: "Choose another one.", Err: errors.Join(assist.ErrNotFound, err)}
		}
	}
	err = eachOf(ctx, h.db, func(q assist.Question) error {
		if q.ID != after.ID && !q.Off && !after.Off && questions.Same(q.Text, after.Text) {
			return &assist.Fault{What: "these words are saved already", Where: q.Text, Do: "Look for them in the list.", Err: assist.ErrInvalid}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return h.db.Save(ctx, after)
}
