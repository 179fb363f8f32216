package main

import (
	"errors"
	"fmt"
	"time"

	"ringside/assist"
	"ringside/assist/compose"
	"ringside/assist/compose/check"
)

const letterRuns = 400 // of each kind

// letters measures the first text by rule, from the key to a letter that has been read
// for what could be better, for a customer with many notes and whatever there is to
// write about.
func (b *callBench) letters() (figures []figure, err error) {
	now := time.Date(2026, 11, 18, 14, 0, 0, 0, time.UTC)
	db, err := openTalkative(b, "letters", now)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	p, err := db.Profile(b.ctx, "talkative")
	if err != nil {
		return nil, err
	}
	p.Customer.Advocate = assist.DateOf(now)
	p.Promises = append(p.Promises, assist.Promise{ID: "late", Text: "Ring back with a firm day", Made: now.AddDate(0, 0, -9), Due: now.AddDate(0, 0, -2)})
	p.Incidents = []assist.Incident{{ID: "flood", Title: "Flood", What: "A pipe burst at the depot.", Why: "The frost.", Doing: "We dry it.", Opened: now.Add(-time.Hour), Every: 24}}
	said := compose.Conversation{Call: assist.Call{ID: "c", Started: now.Add(-time.Minute)}, Said: []string{"charged twice"}, Told: []string{"Charged twice for one order"}}
	var took []time.Duration
	for _, kind := range []compose.Letter{compose.LetterLate, compose.LetterIncident, compose.LetterApology, compose.LetterPromise,
		compose.LetterCall, compose.LetterThanks, compose.LetterAdvocate} {
		for i := range letterRuns {
			about := compose.About{Profile: p, Call: said, Facts: compose.Facts{Rep: assist.Rep{ID: "jo", Name: "Jo Reed"}, Now: now.Add(time.Duration(i) * time.Second)}}
			if kind == compose.LetterPromise { // else the one that is late is written about
				about.Promise = p.Promises[0]
			}
			start := time.Now()
			kinds := compose.Kinds(about)
			text := compose.Draft(kind, about)
			advice := check.Check(text.Body)
			took = append(took, time.Since(start))
			if len(kinds) == 0 || text.Body == "" || len(advice) > 0 {
				return nil, fmt.Errorf("%s: %d kinds, advice %v on %q", kind, len(kinds), advice, text.Body)
			}
		}
	}
	return []figure{{Name: "draft_p99_ms", Value: percentile(took, .99), Limit: 50,
		Note: fmt.Sprintf("the kinds, the letter and its check; %d letters of 7 kinds, p50 %.3f", len(took), percentile(took, .5))}}, nil
}
