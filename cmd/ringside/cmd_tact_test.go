package main

import (
	"errors"
	"maps"
	"path/filepath"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/ask"
	"ringside/storage"
	"ringside/storage/secret"
)

func TestTheSampleTeamShowsEveryMove(t *testing.T) {
	own(t)
	now := time.Date(2026, 11, 21, 14, 15, 0, 0, time.Local)
	at := func() time.Time { return now }
	dir := t.TempDir()
	p := &program{ctx: t.Context(), now: at, key: secret.Options{NoKeychain: true}}
	if err := sampleHouse(p, dir); err != nil {
		t.Fatal(err)
	}
	h, err := openHouse(t.Context(), dir, at)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	lib, err := h.shelf.library(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	team := ask.New(ask.Kept{Prompts: lib.Prompts, Tact: lib.Tact, Subjects: lib.Subjects, Deals: lib.Deals})
	customers, err := all[assist.Customer](t.Context(), h.db)
	if err != nil {
		t.Fatal(err)
	}
	shown, held, asked := map[string]assist.ID{}, map[assist.ID]assist.ID{}, 0
	for _, c := range customers {
		p, err := h.db.Profile(t.Context(), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		reasons := team.Tact(p, ask.Call{}, now)
		for _, r := range reasons {
			t.Logf("%s: %s (%s)", c.ID, r.Rule, r.Because)
			held[r.Rule] = c.ID
		}
		for _, m := range team.Moves(p, ask.Call{}, reasons, nil, now) {
			t.Logf("%s: %s: %s [%s]", c.ID, m.Kind, m.Text, m.Why)
			shown[m.Kind] = c.ID
		}
		if len(team.Pick(p, ask.Call{}, reasons, now)) > 0 {
			asked++
		}
	}
	for _, kind := range ask.MoveKinds() {
		if shown[kind] == "" {
			t.Errorf("nobody shows %s", kind)
		}
	}
	for _, rule := range []assist.ID{"do-not-ask", "no-consent", "minor", "late-promise", "incident", "broken-promise", "complaint", "bereavement"} {
		if held[rule] == "" {
			t.Errorf("nobody shows the rule %s", rule)
		}
	}
	if asked < 8 {
		t.Errorf("%d of %d can be asked something", asked, len(customers))
	}
}

// TestAStoreOfAnOlderVersionGetsTheRulesOnce: with answers, but without rules.
func TestAStoreOfAnOlderVersionGetsTheRulesOnce(t *testing.T) {
	own(t)
	ctx, dir := t.Context(), filepath.Join(t.TempDir(), "data")
	key, _, err := secret.Key(ctx, dir, secretOptions(func(string) string { return "1" }))
	if err != nil {
		t.Fatal(err)
	}
	db, err := storage.Open(ctx, storage.Options{Dir: dir, Key: key, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Save(ctx, zebra), db.Close()); err != nil {
		t.Fatal(err)
	}
	open := func(work func(*house, map[assist.Type]int)) {
		t.Helper()
		h, err := openHouseWith(ctx, dir, time.Now, secretOptions(func(string) string { return "1" }))
		if err != nil {
			t.Fatal(err)
		}
		report, err := h.db.Check(ctx)
		if err != nil {
			t.Fatal(err)
		}
		work(h, report.Counts)
		if err := h.Close(); err != nil {
			t.Fatal(err)
		}
	}
	shipped, err := starter()
	if err != nil {
		t.Fatal(err)
	}
	open(func(h *house, got map[assist.Type]int) {
		want := map[assist.Type]int{assist.TypeAnswer: 1, assist.TypeTact: len(shipped.Tact), assist.TypeSubject: len(shipped.Subjects)}
		if !maps.Equal(got, want) {
			t.Errorf("got %v, want %v", got, want)
		}
		mine := shipped.Tact[0]
		mine.ID, mine.Title = "mine", "Mine"
		gone, err := offPage(ctx, h, []assist.Tact{mine})
		if err != nil || len(gone) != len(shipped.Tact) {
			t.Errorf("%d gone, %v", len(gone), err)
		}
		if err := h.db.Save(ctx, append(gone, mine)...); err != nil {
			t.Fatal(err)
		}
	})
	open(func(h *house, got map[assist.Type]int) {
		lib, err := h.shelf.library(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if len(lib.Tact) != 1 || lib.Tact[0].ID != "mine" {
			t.Errorf("in force: %+v", lib.Tact)
		}
	})
}

func TestShelfSeesWhatDecidesOverAConversation(t *testing.T) {
	s := shelfOf(t)
	before, err := s.library(t.Context())
	if err != nil || len(before.Tact) == 0 || len(before.Subjects) == 0 || len(before.Deals) == 0 {
		t.Fatalf("%d rules, %d subjects, %d deals, %v", len(before.Tact), len(before.Subjects), len(before.Deals), err)
	}
	monday := assist.Date{Year: 2026, Month: 11, Day: 16}
	for name, c := range map[string]struct {
		record assist.Record
		more   func() int
	}{
		"a rule":    {assist.Tact{ID: "x", Title: "X", When: assist.WhenMinor, Quiet: assist.Parts(), Say: "X."}, func() int { return len(s.stands().Tact) - len(before.Tact) }},
		"a subject": {assist.Subject{ID: "x", Kind: assist.AboutPlace, Name: "X"}, func() int { return len(s.stands().Subjects) - len(before.Subjects) }},
		"a deal":    {assist.Deal{ID: "x", Title: "X"}, func() int { return len(s.stands().Deals) - len(before.Deals) }},
		"a focus":   {assist.Focus{ID: "x", Topic: "x", From: monday, Until: monday}, func() int { return len(s.stands().Focus) }},
	} {
		if err := s.db.Save(t.Context(), c.record); err != nil {
			t.Fatal(err)
		}
		if got, err := s.refresh(t.Context()); err != nil || !got.Talk || c.more() != 1 {
			t.Errorf("%s: %d more, %+v, %v", name, c.more(), got, err)
		}
	}
}
