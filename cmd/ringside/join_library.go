package main

import (
	"context"
	"fmt"

	"ringside/assist"
	"ringside/assist/search"
	"ringside/ui/library"
)

// libraryFind answers the library page's box from the library that the desk uses.
func (r *running) libraryFind(ctx context.Context, words string) ([]library.Hit, error) {
	h, err := r.store.wait(ctx)
	if err != nil {
		return nil, err
	}
	lib, err := h.shelf.library(ctx)
	if err != nil {
		return nil, err
	}
	found, err := lib.Index.Find(ctx, search.Query{Text: words, Limit: 50, Now: r.now()})
	if err != nil {
		return nil, err
	}
	hits := make([]library.Hit, 0, len(found.Hits))
	for _, hit := range found.Hits {
		hits = append(hits, library.Hit{Answer: hit.Answer.ID, Why: hit.Why})
	}
	return hits, nil
}

// answers lists all answers that can be read, drafts included.
func (r *running) answers(ctx context.Context) ([]assist.Answer, error) {
	h, err := r.store.wait(ctx)
	if err != nil {
		return nil, err
	}
	list, err := all[assist.Answer](ctx, h.db)
	if err != nil {
		return nil, fmt.Errorf("read the answers: %w", err)
	}
	return list, nil
}
