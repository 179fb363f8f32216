package main

import (
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/live"
)

func TestSampleTeamAnswersTheFirstRun(t *testing.T) {
	own(t)
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	if err := a.takeSample(t.Context()); err != nil {
		t.Fatal(err)
	}
	s, err := a.settings(t.Context())
	if err != nil || !s.Started || s.Me == "" {
		t.Errorf("settings %+v, %v; want that it started and somebody sits here", s, err)
	}
	customers, err := all[assist.Customer](t.Context(), a.store.house.db)
	if err != nil || len(customers) < 25 {
		t.Fatalf("%d customers, %v; want 25", len(customers), err)
	}
	for _, c := range customers {
		if len(c.Phones) > 0 && c.Phones[0].E164 != "" {
			ringside(t, "ring", "--data", a.dir, c.Phones[0].E164)
			a.view(t, func(v live.View) bool { return v.Who == live.Known || v.Who == live.Several })
			return
		}
	}
	t.Error("nobody in the sample team can be called")
}

func TestStartEmptyAsksNotAgain(t *testing.T) {
	own(t)
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	if s, err := a.settings(t.Context()); err != nil || s.Started {
		t.Errorf("a new folder: %+v, %v; want that it has not started", s, err)
	}
	if err := a.startEmpty(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s, err := a.settings(t.Context()); err != nil || !s.Started {
		t.Errorf("settings %+v, %v; want that it started", s, err)
	}
}

func TestReviewShowsWhatWaits(t *testing.T) {
	own(t)
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	ctx, db := t.Context(), a.store.house.db
	now := time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC)
	err := db.Save(ctx, assist.Rep{ID: "tom", Name: "Tom"}, assist.Customer{ID: "mary", Name: "Mary Shaw", Emails: []string{"mary@shaw.example", "m@x.example"}},
		assist.Promise{ID: "refund", Customer: "mary", Rep: "tom", Text: "refund", Made: now},
		assist.Promise{ID: "done", Text: "done", Made: now, Kept: now},
		assist.Insight{ID: "early", Customer: "mary", At: now, Text: "early", Intelligence: assist.Market},
		assist.Insight{ID: "late", Customer: "gone", At: now.Add(time.Hour), Text: "late", Intelligence: assist.Market},
		assist.Gap{ID: "open", Text: "open", At: now}, assist.Gap{ID: "shut", Text: "shut", At: now, Closed: now})
	if err != nil {
		t.Fatal(err)
	}
	data, err := reviewSource{a.store}.Promises(ctx)
	if err != nil {
		t.Fatal(err)
	}
	talk, err := reviewSource{a.store}.Talk(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if len(data.Promises) != 1 || data.Promises[0].CustomerName != "Mary Shaw" || data.Promises[0].RepName != "Tom" {
		t.Errorf("promises %+v, want Tom's to Mary", data.Promises)
	}
	if len(talk.Heard) != 2 || talk.Heard[0].ID != "late" || talk.Heard[0].CustomerName != "" || talk.Heard[1].CustomerName != "Mary Shaw" {
		t.Errorf("heard %+v, want the latest first", talk.Heard)
	}
	if len(talk.Gaps) != 1 || talk.Gaps[0].ID != "open" {
		t.Errorf("gaps %+v, want the open one", talk.Gaps)
	}
	if data.More || data.Me != "" || data.Promises[0].Email != "mary@shaw.example" {
		t.Errorf("more %v, me %q, mail to %q", data.More, data.Me, data.Promises[0].Email)
	}
}

func TestLibraryPageFindsWhatTheDeskFinds(t *testing.T) {
	own(t)
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	hits, err := a.libraryFind(t.Context(), "charged twice")
	if err != nil || len(hits) == 0 || hits[0].Answer != "charged-twice" || hits[0].Why == "" {
		t.Errorf("hits %.3v, %v", hits, err)
	}
	s, err := a.shelved(t.Context())
	answers := s.answers
	if err != nil || len(answers) < 60 {
		t.Errorf("%d answers, %v", len(answers), err)
	}
	answers[0].Draft, answers[0].Title = true, "Brand new zebra stripes"
	if err := a.store.house.db.Save(t.Context(), answers[0]); err != nil {
		t.Fatal(err)
	}
	_, err = a.store.house.shelf.refresh(t.Context())
	lib := a.store.house.shelf.stands()
	if a, ok := lib.Index.Answer(answers[0].ID); !ok || !a.Draft || err != nil {
		t.Errorf("a draft is hidden from the rep (%v)", err)
	}
}
