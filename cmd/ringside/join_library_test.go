package main

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/storage"
)

func TestATakenPhrasingFindsItsAnswer(t *testing.T) {
	own(t)
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	ctx, db := t.Context(), a.store.house.db
	at := time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)
	err := db.Save(ctx, assist.Proposal{ID: "one", Answer: "charged-twice", Phrasing: "zebra stripes on my statement", At: at.Add(time.Hour)},
		assist.Proposal{ID: "two", Answer: "charged-twice", Phrasing: "Zebra stripes on my statement!", At: at},
		assist.Proposal{ID: "no", Answer: "charged-twice", Phrasing: "never mind", At: at.Add(2 * time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	s, err := a.shelved(ctx)
	if err != nil || len(s.proposals) != 3 || s.proposals[0].ID != "two" {
		t.Fatalf("proposals %+v, %v; want the oldest first", s.proposals, err)
	}
	before, err := storage.Find[assist.Answer](ctx, db, "charged-twice")
	if err != nil {
		t.Fatal(err)
	}
	for id, take := range map[assist.ID]bool{"one": true, "no": false} {
		if err := a.settleProposal(ctx, id, take); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 { // the second time it is closed already
		if err := a.settleProposal(ctx, "two", true); err != nil {
			t.Fatal(err)
		}
	}
	after, err := storage.Find[assist.Answer](ctx, db, "charged-twice")
	if err != nil || !slices.Equal(after.Phrasings, append(before.Phrasings, "zebra stripes on my statement")) {
		t.Errorf("phrasings %q, %v", after.Phrasings, err)
	}
	for id, taken := range map[assist.ID]bool{"one": true, "two": true, "no": false} {
		p, err := storage.Find[assist.Proposal](ctx, db, id)
		if err != nil || p.Closed.IsZero() || p.Taken != taken {
			t.Errorf("%+v, %v", p, err)
		}
	}
	if s, err := a.shelved(ctx); err != nil || len(s.proposals) != 0 {
		t.Errorf("still waiting: %+v, %v", s.proposals, err)
	}
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		hits, err := a.libraryFind(ctx, "zebra stripes")
		if err == nil && len(hits) > 0 && hits[0].Answer == "charged-twice" {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("the new words find %+v, %v", hits, err)
		}
	}
	if err := a.settleProposal(ctx, "nonsense", true); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("a proposal that is not there: %v", err)
	}
}

func TestAnAnswerTakesNoMorePhrasingsThanCanBeRead(t *testing.T) {
	a := assist.Answer{Title: "Full"}
	for i := range mostPhrasings {
		a.Phrasings = append(a.Phrasings, strings.Repeat("x", i+1))
	}
	if _, err := withPhrasing(a, "one more"); !errors.Is(err, assist.ErrInvalid) {
		t.Errorf("took it: %v", err)
	}
	if got, err := withPhrasing(a, "XX"); err != nil || len(got.Phrasings) != mostPhrasings {
		t.Errorf("one that is there already: %d, %v", len(got.Phrasings), err)
	}
}
