package main

import (
	"context"
	"fmt"
	"time"

	"ringside/assist"
	"ringside/assist/brief"
	"ringside/assist/chart"
	"ringside/assist/insight"
)

// briefGroups says in which part of a brief a group of patterns stands. What the front
// line says of itself stays with the team.
var briefGroups = map[insight.Group]brief.Part{
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
func (r briefReader) patterns(ctx context.Context, h *house, in *brief.Inputs) error {
	chosen := map[brief.Part][]insight.Pattern{}
	in.Patterns, in.Trends = map[brief.Part][]brief.Claim{}, map[brief.Part][]chart.Chart{}
	err := h.tally.use(ctx, nil, func(book *insight.Book) {
		chosen = briefPatterns(book.Patterns(in.Until, insight.Quarter))
		for part, list := range chosen {
			in.Trends[part] = []chart.Chart{book.Chart(list[0].Theme, in.Until, insight.Quarter)}
		}
	})
	if err != nil {
		return fmt.Errorf("count the patterns: %w", err)
	}
	quoted := map[string]bool{}
	for _, part := range brief.Parts() {
		for _, p := range chosen[part] {
			in.Patterns[part] = append(in.Patterns[part], brief.Claim{Says: p.Sentence + ".", Quotes: r.quotes(ctx, p.Refs, quoted),
				Basis: brief.Basis{N: p.N, Counted: "conversation", Customers: p.Customers, Reps: p.Reps, From: p.From, Until: p.Until, Grade: string(p.Grade)}})
		}
	}
	return nil
}

// briefPatterns chooses the patterns that are told in each part, the surest first: those of
// which there is enough, few of one subject, and none that rests on the conversations of
// another.
func briefPatterns(all []insight.Pattern) map[brief.Part][]insight.Pattern {
	type subject struct {
		part brief.Part
		name string
	}
	type basis struct {
		part         brief.Part
		n, customers int
		from, until  time.Time
	}
	out, told, seen := map[brief.Part][]insight.Pattern{}, map[subject]int{}, map[basis]bool{}
	for _, p := range all {
		part, ok := briefGroups[p.Group]
		of, on := subject{part, p.Subject}, basis{part, p.N, p.Customers, p.From, p.Until}
		switch {
		case !ok, p.Grade == insight.NotYet, p.N == 0, len(out[part]) == briefClaims, seen[on], p.Subject != "" && told[of] == samePattern:
			continue
		}
		seen[on] = true
		told[of]++
		out[part] = append(out[part], p)
	}
	return out
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
