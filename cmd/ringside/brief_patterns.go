package main

import (
	"context"
	"fmt"

	"ringside/assist"
	"ringside/assist/brief"
	"ringside/assist/chart"
	"ringside/assist/insight"
	"ringside/storage"
)

// briefPatterns says in which part of a brief a group of patterns stands. What the front
// line says of itself stays with the team.
var briefPatterns = map[insight.Group]brief.Part{
	insight.Competitive: brief.Competitive, insight.Market: brief.Market, insight.Relationship: brief.Relationship,
	insight.BackDoor: brief.Retention, insight.Questions: brief.Questions,
}

const (
	briefClaims = 5 // of each part, at most
	samePattern = 2 // of one subject in a part, at most: "Halden loved" says little beside "Halden loved for robots"
	claimQuotes = 2
)

// patterns adds the patterns of the quarter up to the last day, against the quarter before:
// together they are the weeks that a brief looks back on.
func (r briefReader) patterns(ctx context.Context, in *brief.Inputs) error {
	book, err := readPatterns(ctx, r.db)
	if err != nil {
		return err
	}
	in.Patterns, in.Trends = map[brief.Part][]brief.Claim{}, map[brief.Part][]chart.Chart{}
	type subject struct {
		part brief.Part
		name string
	}
	quoted, told := map[string]bool{}, map[subject]int{}
	for _, p := range book.Patterns(in.Until, insight.Quarter) {
		part, ok := briefPatterns[p.Group]
		of := subject{part, p.Subject}
		if !ok || p.Grade == insight.NotYet || p.N == 0 || len(in.Patterns[part]) == briefClaims || p.Subject != "" && told[of] == samePattern {
			continue
		}
		told[of]++
		if len(in.Patterns[part]) == 0 {
			in.Trends[part] = []chart.Chart{book.Chart(p.Theme, in.Until, insight.Quarter)}
		}
		in.Patterns[part] = append(in.Patterns[part], brief.Claim{Says: p.Sentence + ".", Quotes: r.quotes(ctx, p.Refs, quoted),
			Basis: brief.Basis{N: p.N, Counted: "conversation", Customers: p.Customers, Reps: p.Reps, From: p.From, Until: p.Until, Grade: string(p.Grade)}})
	}
	return nil
}

// quotes returns the latest words behind a pattern that were not quoted before.
func (r briefReader) quotes(ctx context.Context, refs []assist.Ref, quoted map[string]bool) (out []brief.Quote) {
	insights := map[assist.ID]assist.Insight{}
	for _, ref := range refs {
		if ref.Type != assist.TypeInsight || len(out) == claimQuotes {
			continue
		}
		if q := r.words(ctx, once(ctx, r.db, insights, ref.ID)).Quote(); q.Words != "" && !quoted[q.Words] {
			quoted[q.Words] = true
			out = append(out, q)
		}
	}
	return out
}

// readPatterns counts all that was kept.
func readPatterns(ctx context.Context, db *storage.DB) (*insight.Book, error) {
	subjects, err := all[assist.Subject](ctx, db)
	if err != nil {
		return nil, fmt.Errorf("read the subjects: %w", err)
	}
	answers := map[assist.ID]assist.Answer{}
	book := &insight.Book{Title: func(id assist.ID) string { return once(ctx, db, answers, id).Title }}
	reader := insight.NewReader(subjects)
	for _, t := range insight.Types() {
		err := eachRecord(ctx, db, t, func(rec assist.Record) error {
			book.Put(reader.Read(rec))
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return book, nil
}
