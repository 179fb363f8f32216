package storage

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
)

// openAt opens a store whose clock stands.
func openAt(t testing.TB, now time.Time) *DB {
	t.Helper()
	db, err := Open(context.Background(), Options{Dir: t.TempDir(), Key: testKey, Region: "GB", Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

var tuesday = time.Date(2026, 11, 24, 15, 0, 0, 0, time.UTC)

func TestATrendGoesWeekByWeek(t *testing.T) {
	db := openAt(t, tuesday)
	began := func(day, hour int) time.Time { return time.Date(2026, 11, day, hour, 0, 0, 0, time.UTC) }
	call := func(id assist.ID, at time.Time, used ...assist.Used) assist.Call {
		return assist.Call{ID: id, Started: at, Shown: []assist.ID{"a"}, Used: used}
	}
	save(t, db,
		call(assist.NewID(began(1, 12)), began(1, 12)), // the Sunday before
		call(assist.NewID(began(2, 0)), began(2, 0), assist.Used{Answer: "a", Said: true}),
		call(assist.NewID(began(8, 23)), began(8, 23), assist.Used{Answer: "a", Said: true, Helped: true}, assist.Used{Answer: "b"}),
		call(assist.IDFrom("from elsewhere"), began(16, 9), assist.Used{Answer: "a", Wrong: true}),
		call("short", began(24, 9)),
		call(assist.NewID(began(24, 10)), began(24, 10), assist.Used{Answer: "ab", Said: true}))
	got, err := db.Trend(t.Context(), "a", began(4, 12))
	want := []Week{
		{began(2, 0), glance.Counts{Shown: 2, Opened: 2, Said: 2, Helped: 1}},
		{began(9, 0), glance.Counts{}},
		{began(16, 0), glance.Counts{Shown: 1, Opened: 1, Wrong: 1}},
		{began(23, 0), glance.Counts{Shown: 2}},
	}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got  %+v %v\nwant %+v", got, err, want)
	}
	if got, err := db.Trend(t.Context(), "nobody", began(24, 0)); err != nil || len(got) != 1 || got[0].Counts != (glance.Counts{}) {
		t.Errorf("nobody: %+v %v", got, err)
	}
	if got, err := db.Trend(t.Context(), "a", began(30, 0).AddDate(0, 1, 0)); err != nil || len(got) != 0 {
		t.Errorf("from the future: %+v %v", got, err)
	}
	if got, err := db.CountsSince(t.Context(), "a", began(8, 23)); err != nil || got != (glance.Counts{Shown: 4, Opened: 2, Said: 1, Helped: 1, Wrong: 1}) {
		t.Errorf("since a time: %+v %v", got, err)
	}
	all, err := db.CountsSince(t.Context(), "a", time.Time{})
	if whole, _ := db.CountsOf(t.Context(), "a"); err != nil || all != whole {
		t.Errorf("since ever: %+v, of all %+v, %v", all, whole, err)
	}
}

func TestWeeksBeginOnMondayAlsoWhereClocksAreChanged(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Skip("no time zones here:", err)
	}
	db := openAt(t, tuesday)
	got, err := db.Trend(t.Context(), "a", time.Date(2026, 10, 12, 8, 0, 0, 0, london))
	if err != nil || len(got) != 7 {
		t.Fatalf("%d weeks, %v", len(got), err)
	}
	for _, w := range got {
		if w.From.Weekday() != time.Monday || w.From.Hour() != 0 {
			t.Errorf("a week from %s", w.From)
		}
	}
}

func TestPromptsAreCountedByWhatRepsDecided(t *testing.T) {
	db := open(t, t.TempDir())
	decided := func(n int, prompt assist.ID, r assist.Reply) assist.Asked {
		return assist.Asked{ID: assist.IDFrom(fmt.Sprint(n)), Customer: "mary", Prompt: prompt, Reply: r, At: day}
	}
	save(t, db, decided(1, "p", assist.ReplyAsked), decided(2, "p", assist.ReplyAsked), decided(3, "p", assist.ReplyNotNow),
		decided(4, "q", assist.ReplyNever), decided(5, "move", assist.ReplyDone), decided(6, "q", assist.ReplyNotNow))
	save(t, db, decided(6, "q", assist.ReplyAsked)) // they thought better of it
	got, err := db.PromptCounts(t.Context())
	want := map[assist.ID]PromptCount{"p": {Asked: 2, NotNow: 1}, "q": {Asked: 1, Never: 1}, "move": {Done: 1}}
	if err != nil || !maps.Equal(got, want) {
		t.Errorf("got %+v %v, want %+v", got, err, want)
	}
}

func TestRepliesAreTheLatestFirst(t *testing.T) {
	db := open(t, t.TempDir())
	said := func(id assist.ID, prompt assist.ID, hours int) assist.Note {
		return assist.Note{ID: id, Customer: "mary", Prompt: prompt, At: day.Add(time.Duration(hours) * time.Hour), Text: "said " + string(id) + " to rivals"}
	}
	save(t, db, said("a", "rivals", 1), said("b", "rivals", 3), said("c", "rivals", 2), said("d", "rivals-now", 4), said("e", "", 5))
	ids := func(notes []assist.Note, err error) (out []assist.ID) {
		if err != nil {
			t.Error(err)
		}
		for _, n := range notes {
			out = append(out, n.ID)
		}
		return out
	}
	if got := ids(db.Replies(t.Context(), "rivals", 9)); !slices.Equal(got, []assist.ID{"b", "c", "a"}) {
		t.Errorf("got %v", got)
	}
	if got := ids(db.Replies(t.Context(), "rivals", 2)); !slices.Equal(got, []assist.ID{"b", "c"}) {
		t.Errorf("two: %v", got)
	}
	if got := ids(db.Replies(t.Context(), "", 9)); len(got) != 0 {
		t.Errorf("to no prompt: %v", got)
	}
}

func TestFiguresOverTimeStopWithTheirContext(t *testing.T) {
	db := open(t, t.TempDir())
	save(t, db, callWith("one", []assist.ID{"a"}), assist.Note{ID: "n", At: day, Text: "x", Prompt: "p"},
		assist.Asked{ID: "x", Customer: "c", Prompt: "p", Reply: assist.ReplyAsked, At: day})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, read := range map[string]func() error{
		"trend":   func() error { _, err := db.Trend(ctx, "a", day); return err },
		"since":   func() error { _, err := db.CountsSince(ctx, "a", day); return err },
		"prompts": func() error { _, err := db.PromptCounts(ctx); return err },
		"replies": func() error { _, err := db.Replies(ctx, "p", 1); return err },
	} {
		if err := read(); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// BenchmarkFigures reads 100,000 notes and as many decisions, and the trend of an answer
// that 20,000 calls count for.
func BenchmarkFigures(b *testing.B) {
	db := openAt(b, tuesday)
	bulk := db.Bulk(b.Context())
	for i := range 100_000 {
		at := tuesday.Add(-time.Duration(i) * time.Minute)
		n := assist.Note{ID: assist.NewID(at), Customer: assist.IDFrom(fmt.Sprint(i % 5000)), At: at, Text: "They asked for a refund of the second charge and were glad."}
		if i%20 == 0 {
			n.Prompt = "rivals"
		}
		records := []assist.Record{n, assist.Asked{ID: assist.NewID(at), Customer: n.Customer, Prompt: assist.ID(fmt.Sprint("p", i%40)), Reply: assist.ReplyAsked, At: at}}
		if i%5 == 0 {
			records = append(records, assist.Call{ID: assist.NewID(at), Started: at, Shown: []assist.ID{"a"}})
		}
		for _, r := range records {
			if err := bulk.Add(r); err != nil {
				b.Fatal(err)
			}
		}
	}
	if err := bulk.Close(); err != nil {
		b.Fatal(err)
	}
	for name, read := range map[string]func() error{
		"replies": func() error { _, err := db.Replies(b.Context(), "rivals", 50); return err },
		"prompts": func() error { _, err := db.PromptCounts(b.Context()); return err },
		"trend":   func() error { _, err := db.Trend(b.Context(), "a", tuesday.AddDate(0, -6, 0)); return err },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := read(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
