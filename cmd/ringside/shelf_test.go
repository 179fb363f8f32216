package main

import (
	"context"
	"slices"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/search"
)

func shelfOf(t *testing.T) *shelf {
	t.Helper()
	own(t)
	h, err := openHouse(t.Context(), t.TempDir(), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	return h.shelf
}

func first(t *testing.T, lib live.Library, words string) assist.ID {
	t.Helper()
	r, err := lib.Index.Find(t.Context(), search.Query{Text: words})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Hits) == 0 {
		return ""
	}
	return r.Hits[0].Answer.ID
}

var zebra = assist.Answer{ID: "zebra", Title: "Zebra crossings", Department: "sales", Say: "We paint them.",
	Phrasings: []string{"paint me a zebra crossing", "zebra stripes for the yard"}}

func TestShelfSeesWhatIsWrittenAtOnce(t *testing.T) {
	s := shelfOf(t)
	lib, err := s.library(t.Context())
	if err != nil || first(t, lib, "zebra stripes") == "zebra" {
		t.Fatalf("there is a zebra before it was written: %v", err)
	}
	if err := s.db.Save(t.Context(), zebra, assist.Prompt{ID: "new", Intelligence: assist.Market, Topic: "t", Ask: []string{"a"}}); err != nil {
		t.Fatal(err)
	}
	c, err := s.refresh(t.Context())
	if err != nil || len(c.Answers) != 1 || !c.Prompts {
		t.Fatalf("changes %+v, %v", c, err)
	}
	now := s.stands()
	if got := first(t, now, "zebra stripes"); got != "zebra" {
		t.Errorf("%q is found", got)
	}
	if len(now.Prompts) != len(lib.Prompts)+1 {
		t.Errorf("%d prompts after %d", len(now.Prompts), len(lib.Prompts))
	}
	if first(t, lib, "zebra stripes") == "zebra" {
		t.Error("the library that was handed out has changed")
	}
}

func TestShelfReadsAllAnewWhenVeryMuchWasWritten(t *testing.T) {
	s := shelfOf(t)
	if _, err := s.learnedLibrary(t.Context()); err != nil {
		t.Fatal(err)
	}
	var records []assist.Record
	for range atOnce + 1 {
		a := zebra
		a.ID = assist.NewID(time.Now())
		records = append(records, a)
	}
	if err := s.db.Save(t.Context(), records...); err != nil {
		t.Fatal(err)
	}
	if _, err := s.refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	ix := s.stands().Index.(*search.Index)
	if _, ok := ix.Answer(records[atOnce].(assist.Answer).ID); !ok || ix.Late() != 0 {
		t.Errorf("the last answer is there: %t; %d are late", ok, ix.Late())
	}
}

func TestShelfLosesNothingWhenItCannotRead(t *testing.T) {
	s := shelfOf(t)
	if _, err := s.library(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.db.Save(t.Context(), zebra); err != nil {
		t.Fatal(err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := s.refresh(ended); err == nil {
		t.Fatal("it was read")
	}
	if err := s.db.Save(t.Context(), assist.Rep{ID: "jo", Name: "Jo"}); err != nil {
		t.Fatal(err)
	}
	if c, err := s.refresh(t.Context()); err != nil || !c.Reps || len(c.Answers) != 1 {
		t.Errorf("changes %+v, %v", c, err)
	}
	if got := first(t, s.stands(), "zebra stripes"); got != "zebra" {
		t.Errorf("%q is found", got)
	}
}

func TestShelfLearnsBesideAndKeepsWhatWasWrittenMeanwhile(t *testing.T) {
	s := shelfOf(t)
	learned := s.learnAnew(t.Context())
	if learned == nil {
		t.Fatal("nothing was learned")
	}
	if _, err := s.library(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.db.Save(t.Context(), zebra); err != nil {
		t.Fatal(err)
	}
	lib, err := s.adopt(t.Context(), learned, []assist.ID{"zebra"})
	if err != nil || first(t, lib, "zebra stripes") != "zebra" {
		t.Errorf("the zebra is lost: %v", err)
	}
	if again, err := s.learnedLibrary(t.Context()); err != nil || again.Index != lib.Index {
		t.Errorf("it is learned twice: %v", err)
	}
}

func TestShelfFollowsUntilItsContextEnds(t *testing.T) {
	s := shelfOf(t)
	ctx, stop := context.WithCancel(t.Context())
	libs, team, ended := make(chan live.Library, 100), make(chan bool, 100), make(chan bool)
	go func() {
		s.follow(ctx, func(l live.Library) { libs <- l }, func() { team <- true })
		close(ended)
	}()
	if err := s.db.Save(t.Context(), zebra); err != nil {
		t.Fatal(err)
	}
	for first(t, <-libs, "zebra stripes") != "zebra" {
	}
	if err := s.db.Save(t.Context(), assist.Subject{ID: "mossgate", Kind: assist.AboutPlace, Name: "Mossgate Hill"}); err != nil {
		t.Fatal(err)
	}
	for lib := <-libs; !slices.ContainsFunc(lib.Subjects, func(s assist.Subject) bool { return s.ID == "mossgate" }); lib = <-libs {
	}
	if err := s.db.Save(t.Context(), assist.Rep{ID: "jo", Name: "Jo"}); err != nil {
		t.Fatal(err)
	}
	<-team
	stop()
	<-ended
}

func TestTheShelfHandsOutNoAnswerThatIsOff(t *testing.T) {
	s := shelfOf(t)
	save := func(records ...assist.Record) {
		t.Helper()
		if err := s.db.Save(t.Context(), records...); err != nil {
			t.Fatal(err)
		}
	}
	save(zebra)
	if lib, err := s.learnedLibrary(t.Context()); err != nil || first(t, lib, "zebra stripes") != "zebra" {
		t.Fatalf("no zebra: %v", err)
	}
	off := zebra
	off.Off = true
	save(off)
	if _, err := s.refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	lib, err := readLibrary(t.Context(), s.db)
	if err != nil {
		t.Fatal(err)
	}
	for name, f := range map[string]live.Finder{"at once": s.stands().Index, "read anew": lib.Index, "learned": s.learnAnew(t.Context())} {
		if got := first(t, live.Library{Index: f}, "zebra stripes"); got == "zebra" {
			t.Errorf("%s: it is found", name)
		}
		if _, ok := f.Answer("zebra"); ok {
			t.Errorf("%s: it is there", name)
		}
	}
	save(zebra)
	if _, err := s.refresh(t.Context()); err != nil || first(t, s.stands(), "zebra stripes") != "zebra" {
		t.Errorf("it does not come back: %v", err)
	}
}

func TestTheShelfKnowsOpenFlagsAndThePagesOfTheSite(t *testing.T) {
	s := shelfOf(t)
	if _, err := s.library(t.Context()); err != nil {
		t.Fatal(err)
	}
	page := assist.WebPage{URL: "example.org/help", Title: "Help", Text: "It takes five days.", Read: time.Now()}
	page.ID = page.Key()
	flag := assist.Flag{ID: "f", Answer: "zebra", At: time.Now()}
	closed := assist.Flag{ID: "g", Answer: "zebra", At: time.Now(), Closed: time.Now()}
	if err := s.db.Save(t.Context(), page, flag, closed); err != nil {
		t.Fatal(err)
	}
	c, err := s.refresh(t.Context())
	if err != nil || !c.Flags || !c.Pages || !inLibrary(c) {
		t.Fatalf("changes %+v, %v", c, err)
	}
	lib, err := readLibrary(t.Context(), s.db)
	if err != nil {
		t.Fatal(err)
	}
	for name, lib := range map[string]live.Library{"at once": s.stands(), "read anew": lib} {
		if f := lib.Flags["zebra"]; len(f) != 1 || f[0].ID != "f" {
			t.Errorf("%s: flags %+v", name, f)
		}
		if p := lib.Pages[page.ID]; p.Title != "Help" || p.Text != "" {
			t.Errorf("%s: the page %+v", name, p)
		}
	}
	flag.Closed = time.Now()
	if err := s.db.Save(t.Context(), flag); err != nil {
		t.Fatal(err)
	}
	if _, err := s.refresh(t.Context()); err != nil || len(s.stands().Flags["zebra"]) != 0 {
		t.Errorf("a flag that was settled warns: %v", err)
	}
}
