package storage

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"ringside/assist"
)

func storm() assist.Incident {
	return assist.Incident{ID: "storm", Title: "No power", Opened: day}
}

// placeOf is a customer's place in an incident; told zero is never.
func placeOf(i assist.Incident, customer assist.ID, told time.Time) assist.Affected {
	return assist.Affected{ID: assist.Affected{Incident: i.ID, Customer: customer}.Key(), Incident: i.ID, Customer: customer, Concierge: "tom", At: day, Told: told}
}

func wantCount(t *testing.T, db *DB, i assist.Incident, all, told int) {
	t.Helper()
	a, n, err := db.AffectedCount(t.Context(), i)
	if err != nil || a != all || n != told {
		t.Errorf("%d are affected and %d know, %v; want %d and %d", a, n, err, all, told)
	}
}

func wantAffected(t *testing.T, db *DB, incident, after assist.ID, most int, want string) {
	t.Helper()
	got, err := db.Affected(t.Context(), incident, after, most)
	var words []string
	for _, a := range got {
		words = append(words, string(a.Customer))
	}
	if w := strings.Join(words, " "); err != nil || w != want {
		t.Errorf("%d behind %q: %s, %v; want %s", most, after, w, err, want)
	}
}

func TestIncidentsStandTheLatestFirst(t *testing.T) {
	db := open(t, t.TempDir())
	for i := range 60 {
		at := day.Add(time.Duration(i) * time.Hour)
		save(t, db, assist.Incident{ID: assist.ID(fmt.Sprintf("old-%02d", i)), Title: "Over", Opened: day.Add(-at.Sub(day)), Closed: at})
	}
	save(t, db, storm(), assist.Incident{ID: "later", Title: "Late bills", Opened: day.Add(time.Minute)})
	open, closed, err := db.Incidents(t.Context())
	if err != nil || idsOf(open) != "later storm" || len(closed) != 50 || closed[0].ID != "old-59" || closed[49].ID != "old-10" {
		t.Errorf("open %s, closed %s, %v", idsOf(open), idsOf(closed), err)
	}
}

func TestThoseNeverToldComeFirstThenThoseToldLongestAgo(t *testing.T) {
	dir, i, none := t.TempDir(), storm(), time.Time{}
	db := open(t, dir)
	save(t, db, i, placeOf(i, "d", none), placeOf(i, "a", day.Add(2*time.Hour)), placeOf(i, "b", day.Add(time.Hour)), placeOf(i, "c", none),
		placeOf(assist.Incident{ID: "stor"}, "x", none), placeOf(assist.Incident{ID: "storm-2"}, "y", day))
	for range 2 {
		wantAffected(t, db, "storm", "", 10, "c d b a")
		wantAffected(t, db, "storm", "", 2, "c d")
		wantAffected(t, db, "storm", "d", 10, "b a")
		wantAffected(t, db, "storm", "c", 1, "d")
		wantAffected(t, db, "storm", "a", 10, "")
		wantAffected(t, db, "storm", "", 0, "")
		wantAffected(t, db, "storm", "", -1, "")
		wantAffected(t, db, "nothing", "", 10, "")
		wantAffected(t, db, "stor", "", 10, "x")
		if _, err := db.Affected(t.Context(), "storm", "x", 1); !errors.Is(err, assist.ErrNotFound) {
			t.Errorf("behind somebody who is in another incident: %v", err)
		}
		wantCount(t, db, i, 4, 2)
		later := i
		later.Updated = day.Add(90 * time.Minute)
		wantCount(t, db, later, 4, 1)
		later.Updated = day.Add(2 * time.Hour) // the moment in which they were told
		wantCount(t, db, later, 4, 1)
		later.Closed = day.Add(3 * time.Hour)
		wantCount(t, db, later, 4, 0)
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		db = open(t, dir)
	}
	mustCheck(t, db)
}

func TestTellingMovesThoseInTheIncidentAndNobodyElse(t *testing.T) {
	db, i, none := open(t, t.TempDir()), storm(), time.Time{}
	save(t, db, i, placeOf(i, "a", none), placeOf(i, "b", none), placeOf(i, "c", none))
	at := day.Add(time.Hour)
	if err := db.Tell(t.Context(), "storm", at, "b", "stranger", "", "b"); err != nil {
		t.Fatal(err)
	}
	wantAffected(t, db, "storm", "", 10, "a c b")
	wantCount(t, db, i, 3, 1)
	a, err := Find[assist.Affected](t.Context(), db, assist.Affected{Incident: "storm", Customer: "b"}.Key())
	if err != nil || !a.Told.Equal(at) || a.Concierge != "tom" || !a.Knows(i) {
		t.Errorf("%+v, %v", a, err)
	}
	if err := db.Tell(t.Context(), "storm", at); err != nil {
		t.Errorf("nobody: %v", err)
	}
	if err := db.Tell(t.Context(), "nothing", at, "a"); err != nil {
		t.Errorf("no incident: %v", err)
	}
	wantCount(t, db, i, 3, 1)
	mustCheck(t, db)
}

func TestAnIncidentTouchesByNameCompanyProductAndCity(t *testing.T) {
	db := open(t, t.TempDir())
	save(t, db, acme(), assist.Company{ID: "acm", Name: "Acm"},
		assist.Customer{ID: "a", Name: "A", Company: "acme", City: "Leeds"}, assist.Customer{ID: "b", Name: "B", Company: "acm"},
		assist.Customer{ID: "c", Name: "C", City: "Leeds"}, assist.Customer{ID: "d", Name: "D", Owns: []assist.Product{{Name: "Mower"}}},
		assist.Customer{ID: "e", Name: "E", Owns: []assist.Product{{Name: "Mower", Maker: "Rival"}}})
	for want, i := range map[string]assist.Incident{
		"[a]":       {Companies: []assist.ID{"acme", "nobody"}},
		"[a c]":     {Cities: []string{"Leeds"}},
		"[d]":       {Products: []string{"Mower"}},
		"[a b c d]": {Products: []string{"Mower"}, Cities: []string{"Leeds"}, Companies: []assist.ID{"acme"}, Customers: []assist.ID{"b", "a", "gone", "", "b"}},
		"[]":        {Closed: day, Cities: []string{"Leeds"}, Customers: []assist.ID{"a"}},
	} {
		got, err := db.Touched(t.Context(), i)
		if err != nil || fmt.Sprint(got) != want {
			t.Errorf("%v, %v; want %s", got, err, want)
		}
	}
}

func TestWhoKnowsACustomerIsReadFromTheirLastCalls(t *testing.T) {
	db := open(t, t.TempDir())
	call := func(customer, rep assist.ID, hours int) assist.Call {
		at := day.Add(time.Duration(hours) * time.Hour)
		return assist.Call{ID: assist.NewID(at), Customer: customer, Rep: rep, Started: at}
	}
	save(t, db, call("b", "tom", 1), call("b", "ewa", 2), call("b", "tom", 3), call("b", "long-ago", 0),
		call("a", "", 1), call("a", "ida", 0), call("aa", "jo", 1),
		promisedFor("p", day), assist.Note{ID: "n", Customer: "d", Rep: "tom", At: day, Text: "only a note"})
	got, err := db.Knows(t.Context(), []assist.ID{"b", "a", "d", "nobody", "", "aa", "b"})
	if want := "[[tom ewa] [ida] [] [] [] [jo] [tom ewa]]"; err != nil || fmt.Sprint(got) != want {
		t.Errorf("%v, %v; want %s", got, err, want)
	}
	if got, err := db.Knows(t.Context(), nil); err != nil || len(got) != 0 {
		t.Errorf("nobody: %v, %v", got, err)
	}
}

func TestRecentUsesLeaveOutWhatIsOlderAndWhatWasNotMadeHere(t *testing.T) {
	db := open(t, t.TempDir())
	now := time.Now()
	var want []string
	for hours := range 10 {
		at := now.Add(time.Duration(hours-10) * time.Hour)
		customer := assist.ID(fmt.Sprint("c", hours))
		save(t, db, assist.Call{ID: assist.NewID(at), Customer: customer, Started: at, Used: []assist.Used{{Answer: "a", At: at}, {Answer: "b", At: at, Said: true}}})
		if hours >= 4 {
			want = append(want, "a "+string(customer), "b "+string(customer))
		}
	}
	used := []assist.Used{{Answer: "a", At: now}}
	save(t, db, assist.Call{ID: assist.IDFrom("imported"), Started: now, Used: used}, assist.Call{ID: "0", Started: now, Used: used},
		assist.Call{ID: "zz", Started: now, Used: used}, assist.Call{ID: assist.NewID(now), Started: now})
	got, err := db.RecentUses(t.Context(), now.Add(-6*time.Hour))
	var words []string
	for _, u := range got {
		words = append(words, string(u.Answer)+" "+string(u.Customer))
	}
	if err != nil || !slices.Equal(words, want) {
		t.Errorf("%q, %v, want %q", words, err, want)
	}
	if got, err := db.RecentUses(t.Context(), now.Add(time.Hour)); err != nil || len(got) != 0 {
		t.Errorf("from the future: %v, %v", got, err)
	}
}

func TestNobodyIsNotTheBeginningOfSomebody(t *testing.T) {
	db := open(t, t.TempDir())
	i, customer := assist.Incident{ID: assist.NewID(day), Title: "Theirs", Opened: day}, assist.ID("")
	for n := 0; !strings.HasPrefix(string(customer), "08"); n++ { // as bytes it begins with the code of calls
		customer = assist.IDFrom(fmt.Sprint(n))
	}
	save(t, db, i, placeOf(i, customer, day), assist.Call{ID: "c", Customer: customer, Rep: "tom", Started: day})
	if got, err := db.Knows(t.Context(), []assist.ID{"", customer}); err != nil || fmt.Sprint(got) != "[[] [tom]]" {
		t.Errorf("%v, %v", got, err)
	}
	wantCount(t, db, assist.Incident{}, 0, 0)
	wantAffected(t, db, "", "", 10, "")
}

func TestAnIncidentOfFiveThousandOutlivesReopening(t *testing.T) {
	const n = 5000
	dir, i := t.TempDir(), storm()
	db := open(t, dir)
	bulk := db.Bulk(t.Context())
	var customers []assist.ID
	for k := range n {
		c := assist.IDFrom("customer", fmt.Sprint(k))
		customers = append(customers, c)
		at := day.Add(time.Duration(k) * time.Second)
		for _, r := range []assist.Record{assist.Customer{ID: c, Name: "C", City: "Leeds"}, placeOf(i, c, time.Time{}),
			assist.Call{ID: assist.NewID(at), Customer: c, Rep: assist.ID(fmt.Sprint("r", k%40)), Started: at}} {
			if err := bulk.Add(r); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := bulk.Close(); err != nil {
		t.Fatal(err)
	}
	if err := db.Tell(t.Context(), i.ID, day.Add(time.Hour), customers[:2500]...); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	wantCount(t, db, i, n, 2500)
	seen, after := map[assist.ID]bool{}, assist.ID("")
	for {
		list, err := db.Affected(t.Context(), i.ID, after, 333)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) == 0 {
			break
		}
		for _, a := range list {
			if seen[a.Customer] || len(seen) < 2500 != a.Told.IsZero() {
				t.Fatalf("%d: %+v", len(seen), a)
			}
			seen[a.Customer] = true
		}
		after = list[len(list)-1].Customer
	}
	if len(seen) != n {
		t.Errorf("page by page there are %d", len(seen))
	}
	knows, err := db.Knows(t.Context(), customers)
	if err != nil {
		t.Fatal(err)
	}
	for k, reps := range knows {
		if len(reps) != 1 || reps[0] != assist.ID(fmt.Sprint("r", k%40)) {
			t.Fatalf("%d is known by %v", k, reps)
		}
	}
	touched, err := db.Touched(t.Context(), assist.Incident{Cities: []string{"Leeds"}})
	if slices.Sort(customers); err != nil || !slices.Equal(touched, customers) {
		t.Errorf("%d are touched, %v", len(touched), err)
	}
	mustCheck(t, db)
}

func TestReadingIncidentsStopsWithItsContextAndItsStore(t *testing.T) {
	db, i := open(t, t.TempDir()), storm()
	save(t, db, i, mary(), placeOf(i, "mary", time.Time{}), assist.Call{ID: assist.NewID(time.Now()), Customer: "mary", Started: time.Now()})
	reads := map[string]func(context.Context) error{
		"incidents": func(ctx context.Context) error { _, _, err := db.Incidents(ctx); return err },
		"count":     func(ctx context.Context) error { _, _, err := db.AffectedCount(ctx, i); return err },
		"affected":  func(ctx context.Context) error { _, err := db.Affected(ctx, i.ID, "", 5); return err },
		"touched": func(ctx context.Context) error {
			_, err := db.Touched(ctx, assist.Incident{Cities: []string{"Leeds"}})
			return err
		},
		"knows": func(ctx context.Context) error { _, err := db.Knows(ctx, []assist.ID{"mary"}); return err },
		"tell":  func(ctx context.Context) error { return db.Tell(ctx, i.ID, day, "mary") },
		"uses":  func(ctx context.Context) error { _, err := db.RecentUses(ctx, day); return err },
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for name, read := range reads {
		if err := read(t.Context()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := read(ended); !errors.Is(err, context.Canceled) {
			t.Errorf("%s, cancelled: %v", name, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for name, read := range reads {
		if err := read(t.Context()); !errors.Is(err, os.ErrClosed) {
			t.Errorf("%s, closed: %v", name, err)
		}
	}
}

// BenchmarkKnows reads who knows 100,000 customers with two calls each.
func BenchmarkKnows(b *testing.B) {
	const n = 100_000
	db := open(b, b.TempDir())
	bulk := db.Bulk(b.Context())
	var customers []assist.ID
	for k := range n {
		c := assist.IDFrom("customer", fmt.Sprint(k))
		customers = append(customers, c)
		for call := range 2 {
			at := day.Add(time.Duration((k*7919+call*31)%130_000) * time.Minute)
			if err := bulk.Add(assist.Call{ID: assist.NewID(at), Customer: c, Rep: assist.ID(fmt.Sprint("r", (k+call*k/7)%40)), Started: at,
				Ended: at.Add(5 * time.Minute), Used: []assist.Used{{Answer: "no-power", Heard: "the power is gone", At: at}}}); err != nil {
				b.Fatal(err)
			}
		}
	}
	if err := bulk.Close(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := db.Knows(b.Context(), customers); err != nil {
			b.Fatal(err)
		}
	}
}
