package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/insight"
	"ringside/ui/review/patterns"
)

// telling are notes of so many customers who name a competitor for its price.
func telling(from, n int, at time.Time) (out []assist.Record) {
	for i := from; i < from+n; i++ {
		who := assist.ID(fmt.Sprint("customer-", i))
		out = append(out, assist.Customer{ID: who, Name: fmt.Sprint("Mary Shaw ", i)},
			assist.Note{ID: assist.ID(fmt.Sprint("note-", i)), Customer: who, Rep: assist.ID([]string{"tom", "ann"}[i%2]), At: at, Text: "Zebrafarm is cheaper, she says."})
	}
	return out
}

func TestPatternsAreOfWhatIsKeptNow(t *testing.T) {
	own(t)
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	ctx, s, db := t.Context(), patternSource{a.running}, a.running.store.house.db
	save := func(records ...assist.Record) {
		t.Helper()
		if err := db.Save(ctx, records...); err != nil {
			t.Fatal(err)
		}
	}
	zebra := insight.Theme{Group: insight.Competitive, Kind: insight.Named, About: assist.AboutCompetitor, Subject: "Zebrafarm"}
	look := func() (p insight.Pattern, told []patterns.Progress) {
		t.Helper()
		found, err := s.Patterns(ctx, insight.Quarter, func(at patterns.Progress) { told = append(told, at) })
		if err != nil {
			t.Fatal(err)
		}
		if i := slices.IndexFunc(found, func(p insight.Pattern) bool { return p.Theme == zebra }); i >= 0 {
			p = found[i]
		}
		return p, told
	}
	now := a.running.now()
	save(assist.Rep{ID: "tom", Name: "Tom Hale"}, assist.Rep{ID: "ann", Name: "Ann Li"}, assist.Subject{ID: "zebra", Kind: assist.AboutCompetitor, Name: "Zebrafarm"})
	save(telling(0, 7, now.Add(-time.Hour))...)
	p, told := look()
	if p.Customers != 7 || p.Reps != 2 || p.Grade != insight.Early || len(told) == 0 {
		t.Fatalf("%+v, told %v", p, told)
	}
	save(telling(7, 5, now.Add(-time.Minute))...)
	if p, told = look(); p.Customers != 12 || p.Grade != insight.Some || len(told) > 0 {
		t.Errorf("a new note: %+v; read anew: %v", p, told)
	}
	other := telling(3, 1, now)[1].(assist.Note)
	other.Text = "Nothing of the kind."
	save(other)
	if p, _ = look(); p.Customers != 11 {
		t.Errorf("a note that was changed still counts: %d customers", p.Customers)
	}
	save(assist.Subject{ID: "zebra", Kind: assist.AboutCompetitor, Name: "Zebrafarm", Also: []string{"the kind"}})
	if p, told = look(); p.Customers != 12 || len(told) == 0 {
		t.Errorf("another name for it was not read: %d customers, told %v", p.Customers, told)
	}
	quotes, err := s.Quotes(ctx, zebra, append(p.Refs[:2:2], assist.Ref{Type: assist.TypeNote, ID: "gone"}))
	if err != nil || len(quotes) != 2 || quotes[1].Words != "Zebrafarm is cheaper, she says." || quotes[1].Who == "" || quotes[1].Rep == "" || quotes[1].Note == "" {
		t.Errorf("quotes %+v, %v", quotes, err)
	}
	if c, err := s.Chart(ctx, zebra, insight.Quarter); err != nil || c.Says() == "" {
		t.Errorf("chart %v, %v", c, err)
	}
}

func TestQuotesSayWhatWasSaid(t *testing.T) {
	own(t)
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	ctx, s, db := t.Context(), patternSource{a.running}, a.running.store.house.db
	at := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	err := db.Save(ctx, assist.Rep{ID: "tom", Name: "Tom"}, assist.Customer{ID: "mary", Name: "Mary Shaw"},
		assist.Note{ID: "reply", Customer: "mary", Rep: "tom", At: at, Intelligence: assist.Market, Text: "In my own words."},
		assist.Insight{ID: "i", Customer: "mary", Rep: "tom", At: at, Note: "reply", Intelligence: assist.Market, Text: "In ours."},
		assist.Gap{ID: "g", Customer: "mary", Rep: "tom", At: at, Text: "Do you rent?"},
		assist.Kudos{ID: "k", Customer: "mary", Rep: "ann", By: "tom", At: at, Words: "Ann was kind."},
		assist.Call{ID: "c", Customer: "mary", Rep: "tom", Started: at, Used: []assist.Used{{Answer: "one", Heard: "first"}, {Answer: "two", Heard: "second"}}},
		assist.Order{ID: "o", Customer: "mary", At: at})
	if err != nil {
		t.Fatal(err)
	}
	refs := []assist.Ref{{Type: assist.TypeInsight, ID: "i"}, {Type: assist.TypeGap, ID: "g"}, {Type: assist.TypeKudos, ID: "k"}, {Type: assist.TypeCall, ID: "c"}, {Type: assist.TypeOrder, ID: "o"}, {Type: assist.TypeCustomer, ID: "mary"}}
	quotes, err := s.Quotes(ctx, insight.Theme{Kind: insight.Opened, Subject: "two"}, refs)
	if err != nil || len(quotes) != len(refs) {
		t.Fatalf("%+v, %v", quotes, err)
	}
	for i, want := range []string{"In my own words.", "Do you rent?", "Ann was kind.", "second", "", ""} {
		if q := quotes[i]; q.Words != want || q.Who != "Mary Shaw" || i < 4 && (q.Rep != "Tom" || !q.At.Equal(at)) {
			t.Errorf("%s: %+v", refs[i].Type, q)
		}
	}
}

func TestPlantedTrendsThatAreClaimedAreTrue(t *testing.T) {
	for _, f := range benchTrends(time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC), 1, false) {
		t.Logf("%s %.3f %s", f.Name, f.Value, f.Note)
		if f.Limit > 0 && f.Value > f.Limit {
			t.Errorf("%s is %.3f, the limit %.3f", f.Name, f.Value, f.Limit)
		}
		if f.Name == "trends_found" && f.Value < 100 {
			t.Errorf("only %.0f trends were found", f.Value)
		}
	}
}

// BenchmarkPlantedTrends counts the sets that nothing was tried out on.
func BenchmarkPlantedTrends(b *testing.B) {
	for b.Loop() {
		for _, f := range benchTrends(time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC), plantedSets, true) {
			b.ReportMetric(f.Value, f.Name)
			b.Log(f.Name, f.Value, f.Note)
		}
	}
}

// BenchmarkPatterns counts the patterns of RINGSIDE_BENCH_NOTES notes, else of 20,000.
func BenchmarkPatterns(b *testing.B) {
	n := 20_000
	if v, err := strconv.Atoi(os.Getenv("RINGSIDE_BENCH_NOTES")); err == nil {
		n = v
	}
	b.Setenv("RINGSIDE_NO_KEYCHAIN", "1")
	ctx, now := context.Background(), time.Now()
	dir := b.TempDir()
	h, err := openHouse(ctx, dir, time.Now)
	if err != nil {
		b.Fatal(err)
	}
	bulk := h.db.Bulk(ctx)
	add := func(r assist.Record) {
		if err := bulk.Add(r); err != nil {
			b.Fatal(err)
		}
	}
	for i := range n {
		at, who, rep := now.Add(-time.Duration(i)*97*time.Second), crowdID("customer", i*7919%(n/5)), assist.ID(fmt.Sprint("rep-", i%20))
		note := assist.Note{ID: crowdID("note", i), Customer: who, Rep: rep, Call: crowdID("call", i), At: at,
			Text: "Asked about: " + benchTalk[i%len(benchTalk)] + ". Told what happens next and by when, and that somebody rings before we come."}
		if i%3 == 0 {
			note.Text += " " + []string{"Brackmoor", "GreenBarn", "Hedge 300", "Saw 40"}[i/3%4] + " was named for the price."
		}
		add(note)
		add(assist.Call{ID: note.Call, Customer: who, Rep: rep, Started: at, Used: []assist.Used{{Answer: assist.ID(fmt.Sprint("answer-", i%500))}}})
		if i%5 == 0 {
			add(assist.Insight{ID: crowdID("insight", i), Customer: who, Rep: rep, Note: note.ID, Call: note.Call, At: at, Intelligence: assist.Intelligences()[i%3],
				Topic: []string{"price", "season", "noise", "trade"}[i%4], Feeling: assist.Feelings()[i%6], About: assist.AboutProduct, Subject: "Hedge 300", Text: note.Text})
			add(assist.Customer{ID: crowdID("customer", i/5), Name: fmt.Sprint("Mary Shaw ", i)})
		}
	}
	if err := bulk.Close(); err != nil {
		b.Fatal(err)
	}
	defer h.Close()
	for b.Loop() {
		figures, err := benchStore(ctx, h, now)
		if err != nil {
			b.Fatal(err)
		}
		for _, f := range figures {
			b.ReportMetric(f.Value, f.Name)
			b.Log(f.Name, f.Value, f.Note)
		}
	}
}
