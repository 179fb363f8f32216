package main

import (
	"context"
	"fmt"
	"slices"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/search"
	"ringside/assist/search/text"
	"ringside/storage"
	"ringside/ui/library"
	"ringside/ui/library/used"
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

// libraryCounts returns how an answer fared in calls.
func (r *running) libraryCounts(ctx context.Context, answer assist.ID) (glance.Counts, error) {
	h, err := r.store.wait(ctx)
	if err != nil {
		return glance.Counts{}, err
	}
	return h.db.CountsOf(ctx, answer)
}

// libraryAllCounts returns how every answer fared.
func (r *running) libraryAllCounts(ctx context.Context) (map[assist.ID]glance.Counts, error) {
	h, err := r.store.wait(ctx)
	if err != nil {
		return nil, err
	}
	return h.db.Counts(ctx)
}

// trendWeeks is how many weeks the chart of an answer has.
const trendWeeks = 26

// libraryTrend returns how an answer fared week by week, this week last.
func (r *running) libraryTrend(ctx context.Context, answer assist.ID) ([]used.Week, error) {
	h, err := r.store.wait(ctx)
	if err != nil {
		return nil, err
	}
	weeks, err := h.db.Trend(ctx, answer, r.now().AddDate(0, 0, -7*(trendWeeks-1)))
	out := make([]used.Week, len(weeks))
	for i, w := range weeks {
		out[i] = used.Week{From: w.From, Counts: w.Counts}
	}
	return out, err
}

// shelved is what the library page shows.
type shelved struct {
	answers   []assist.Answer   // all that can be read, drafts included
	proposals []assist.Proposal // those that wait, the oldest first
}

func (r *running) shelved(ctx context.Context) (s shelved, err error) {
	h, err := r.store.wait(ctx)
	if err != nil {
		return s, err
	}
	if s.answers, err = all[assist.Answer](ctx, h.db); err != nil {
		return s, fmt.Errorf("read the answers: %w", err)
	}
	if s.proposals, err = all[assist.Proposal](ctx, h.db); err != nil {
		return s, fmt.Errorf("read the phrasings that wait: %w", err)
	}
	s.proposals = slices.DeleteFunc(s.proposals, func(p assist.Proposal) bool { return !p.Closed.IsZero() })
	slices.SortStableFunc(s.proposals, func(a, b assist.Proposal) int { return a.At.Compare(b.At) })
	return s, nil
}

// mostPhrasings is how many phrasings an answer has at most.
const mostPhrasings = 200

// settleProposal closes a proposal and, when it is taken, adds its phrasing to the
// answer in the same write. One that somebody else has closed stays as it is.
func (r *running) settleProposal(ctx context.Context, id assist.ID, take bool) error {
	h, err := r.store.wait(ctx)
	if err != nil {
		return err
	}
	h.editing.Lock()
	defer h.editing.Unlock()
	p, err := storage.Find[assist.Proposal](ctx, h.db, id)
	if err != nil {
		return fmt.Errorf("find the phrasing: %w", err)
	}
	if !p.Closed.IsZero() {
		return nil
	}
	p.Closed, p.Taken = h.now(), take
	records := []assist.Record{p}
	if take {
		a, err := storage.Find[assist.Answer](ctx, h.db, p.Answer)
		if err != nil {
			return fmt.Errorf("find the answer: %w", err)
		}
		if a, err = withPhrasing(a, p.Phrasing); err != nil {
			return err
		}
		records = append(records, a)
	}
	if err := h.db.Save(ctx, records...); err != nil {
		return fmt.Errorf("keep the phrasing: %w", err)
	}
	return nil
}

// withPhrasing adds a phrasing to an answer that does not have it in other letters.
func withPhrasing(a assist.Answer, phrasing string) (assist.Answer, error) {
	same := func(other string) bool { return text.Fold(other) == text.Fold(phrasing) }
	switch {
	case slices.ContainsFunc(a.Phrasings, same):
		return a, nil
	case len(a.Phrasings) >= mostPhrasings:
		return a, &assist.Fault{What: fmt.Sprintf("this answer has %d phrasings already", mostPhrasings), Where: a.Title,
			Do: "Take some away first, or refuse this one.", Err: assist.ErrInvalid}
	}
	a.Phrasings = append(slices.Clone(a.Phrasings), phrasing)
	return a, nil
}
