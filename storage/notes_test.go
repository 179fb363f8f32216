package storage

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/storage/index"
)

var firstDay = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

// allNotes returns the ids of all notes that fit, read in pages of a size.
func allNotes(t testing.TB, db *DB, q glance.NoteQuery, size int) (out []assist.ID) {
	t.Helper()
	from := ""
	for {
		page, err := db.Notes(context.Background(), q, from, size)
		if err != nil {
			t.Fatalf("%+v: %v", q, err)
		}
		if len(page.Notes) > size || len(page.Notes) < size && page.Next != "" {
			t.Fatalf("%+v: a page of %d, and then %q", q, len(page.Notes), page.Next)
		}
		for _, n := range page.Notes {
			out = append(out, n.ID)
		}
		if from = page.Next; from == "" {
			return out
		}
	}
}

func joinIDs(list []assist.ID) string {
	var out []string
	for _, id := range list {
		out = append(out, string(id))
	}
	return strings.Join(out, " ")
}

// team makes a store of a few notes that differ in everything by which they can be found.
func team(t testing.TB, db *DB) {
	t.Helper()
	at := func(days int) time.Time { return firstDay.AddDate(0, 0, days) }
	save(t, db, assist.Company{ID: "acme", Name: "Acme"}, assist.Rep{ID: "tom", Name: "Tom Baker"}, assist.Rep{ID: "ann", Name: "Ann Okafor"},
		assist.Customer{ID: "mary", Name: "Mary Shaw", Company: "acme"}, assist.Customer{ID: "ali", Name: "Ali Khan", Company: "acme", Kind: assist.KindProspect},
		assist.Customer{ID: "ben", Name: "Ben Ray"},
		assist.Subject{ID: "gb", Kind: assist.AboutCompetitor, Name: "GreenBarn", Also: []string{"Green Barn Ltd"}},
		assist.Subject{ID: "h3", Kind: assist.AboutProduct, Name: "Hedge 300"},
		assist.Call{ID: "c1", Customer: "mary", Started: at(1), Mood: assist.Upset, Used: []assist.Used{{Answer: "refund", Said: true}, {Answer: "late"}}},
		assist.Call{ID: "c2", Started: at(3), Used: []assist.Used{{Answer: "late", Said: true}}},
		assist.Note{ID: "n1", Customer: "mary", Rep: "tom", Call: "c1", At: at(1).Add(time.Hour), Text: "Wants her refund for the Hedge 300", Tags: []string{"Big  Order"}},
		assist.Note{ID: "n2", Customer: "ali", Rep: "ann", At: at(2), Text: "Looks at GreenBarn, and at 300 hedges", Reviewed: at(3)},
		assist.Note{ID: "n3", Rep: "tom", Call: "c2", At: at(3), Text: "Bought from green barn ltd. שלום 🌳 Grüße", Reviewed: at(3)},
		assist.Note{ID: "n4", Customer: "ben", Rep: "ann", At: at(400), Text: "Next year: hedge shears", Reviewed: at(3),
			Remarks: []assist.Remark{{By: "tom", For: "ann", At: at(401), Text: "Ask about the battery"}}})
}

func TestNotesAreFoundByWordsAndFilters(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	team(t, db)
	cases := map[string]struct {
		q    glance.NoteQuery
		want string
	}{
		"everything":               {glance.NoteQuery{}, "n4 n3 n2 n1"},
		"a word":                   {glance.NoteQuery{Text: "refund"}, "n1"},
		"part of a word":           {glance.NoteQuery{Text: "efun"}, "n1"},
		"misspelt":                 {glance.NoteQuery{Text: "refudn"}, "n1"},
		"without accents":          {glance.NoteQuery{Text: "grusse"}, "n3"},
		"another script":           {glance.NoteQuery{Text: "שלום"}, "n3"},
		"a word of a remark":       {glance.NoteQuery{Text: "battery"}, "n4"},
		"a word of a tag":          {glance.NoteQuery{Text: "order"}, "n1"},
		"no such word":             {glance.NoteQuery{Text: "zebra"}, ""},
		"a facet typed":            {glance.NoteQuery{Text: "amary"}, ""},
		"customer":                 {glance.NoteQuery{Customer: "mary"}, "n1"},
		"company":                  {glance.NoteQuery{Company: "acme"}, "n2 n1"},
		"company of nobody":        {glance.NoteQuery{Company: "none"}, ""},
		"rep":                      {glance.NoteQuery{Rep: "tom"}, "n3 n1"},
		"kind":                     {glance.NoteQuery{Kind: assist.KindProspect}, "n2"},
		"the usual kind":           {glance.NoteQuery{Kind: assist.KindCustomer}, "n4 n1"},
		"product, words in a row":  {glance.NoteQuery{Product: "Hedge 300"}, "n1"},
		"competitor, all writings": {glance.NoteQuery{Competitor: "greenbarn"}, "n3 n2"},
		"from a day":               {glance.NoteQuery{From: assist.Date{Year: 2026, Month: 3, Day: 3}}, "n4 n3 n2"},
		"up to a day":              {glance.NoteQuery{Until: assist.Date{Year: 2026, Month: 3, Day: 3}}, "n2 n1"},
		"one day":                  {glance.NoteQuery{From: assist.Date{Year: 2026, Month: 3, Day: 3}, Until: assist.Date{Year: 2026, Month: 3, Day: 3}}, "n2"},
		"a month":                  {glance.NoteQuery{From: assist.Date{Year: 2026, Month: 3}, Until: assist.Date{Year: 2026, Month: 3}}, "n3 n2 n1"},
		"the days the wrong way":   {glance.NoteQuery{From: assist.Date{Year: 2027}, Until: assist.Date{Year: 2026}}, ""},
		"answered with":            {glance.NoteQuery{Answer: "refund"}, "n1"},
		"an answer that was read":  {glance.NoteQuery{Answer: "late"}, "n3"},
		"mood":                     {glance.NoteQuery{Mood: assist.Upset}, "n1"},
		"tag":                      {glance.NoteQuery{Tag: "big order"}, "n1"},
		"not reviewed":             {glance.NoteQuery{Unreviewed: true}, "n1"},
		"words and filters":        {glance.NoteQuery{Text: "hedge", Rep: "ann"}, "n4 n2"},
		"filters that exclude":     {glance.NoteQuery{Rep: "ann", Mood: assist.Upset}, ""},
	}
	check := func(when string) {
		t.Helper()
		for name, c := range cases {
			for size := 1; size <= 5; size++ {
				if got := joinIDs(allNotes(t, db, c.q, size)); got != c.want {
					t.Errorf("%s, %s, in pages of %d: %q, want %q", when, name, size, got, c.want)
				}
			}
		}
	}
	check("just written")
	if err := db.Indexed(context.Background()); err != nil {
		t.Fatal(err)
	}
	check("from a segment")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	check("after a restart")
}

func TestANoteIsFoundAsItStandsNow(t *testing.T) {
	db := open(t, t.TempDir())
	team(t, db)
	if err := db.Indexed(context.Background()); err != nil {
		t.Fatal(err)
	}
	allNotes(t, db, glance.NoteQuery{}, 10)
	n, err := Find[assist.Note](context.Background(), db, "n2")
	if err != nil {
		t.Fatal(err)
	}
	n.Tags, n.Reviewed = []string{"vip"}, time.Time{}
	n.Remarks = []assist.Remark{{By: "tom", At: firstDay, Text: "a correction: chippers"}}
	save(t, db, n, assist.Call{ID: "c2", Started: firstDay, Mood: assist.Hurried}, assist.Call{ID: "c1", Customer: "mary", Started: firstDay, Mood: assist.Hurried},
		assist.Note{ID: "n5", Rep: "ann", At: firstDay.AddDate(2, 0, 0), Text: "brand new"})
	for want, q := range map[string]glance.NoteQuery{"n2": {Tag: "VIP"}, "n2 n1": {Unreviewed: true, Until: assist.Date{Year: 2027}}, "": {Mood: assist.Upset}, "n3 n1": {Mood: assist.Hurried}, "n5": {Text: "brand"}} {
		if got := joinIDs(allNotes(t, db, q, 2)); got != want {
			t.Errorf("%+v: %q, want %q", q, got, want)
		}
	}
	if got := joinIDs(allNotes(t, db, glance.NoteQuery{Text: "chippers"}, 2)); got != "n2" {
		t.Errorf("what was added is found in %q", got)
	}
}

func TestAPageGoesOnWhereTheOneBeforeEndedWhateverIsWritten(t *testing.T) {
	db := open(t, t.TempDir())
	for i := range 40 {
		save(t, db, assist.Note{ID: assist.ID(fmt.Sprintf("n%02d", i)), At: firstDay.Add(time.Duration(i) * time.Minute), Text: "parcel"})
	}
	if err := db.Indexed(context.Background()); err != nil {
		t.Fatal(err)
	}
	page, err := db.Notes(context.Background(), glance.NoteQuery{Text: "parcel"}, "", 10)
	if err != nil {
		t.Fatal(err)
	}
	save(t, db, assist.Note{ID: "new", At: firstDay.AddDate(1, 0, 0), Text: "parcel"}, assist.Note{ID: "n05", At: firstDay.Add(5 * time.Minute), Text: "parcel, amended"})
	if err := db.Indexed(context.Background()); err != nil {
		t.Fatal(err)
	}
	rest, err := db.Notes(context.Background(), glance.NoteQuery{Text: "parcel"}, page.Next, 100)
	if err != nil || len(rest.Notes) != 30 || rest.Notes[0].ID != "n29" || rest.Notes[29].ID != "n00" || rest.Next != "" {
		t.Errorf("%d notes from %v on, then %q, %v", len(rest.Notes), rest.Notes, rest.Next, err)
	}
	for _, bad := range []string{"x", "9.1.n1", "-1.1.n1", "1.x.n1", "1.1.No id", "0.1."} {
		if _, err := db.Notes(context.Background(), glance.NoteQuery{}, bad, 10); !errors.Is(err, assist.ErrInvalid) {
			t.Errorf("from %q: %v", bad, err)
		}
	}
}

func TestALargeNoteIsKeptAndFound(t *testing.T) {
	db := open(t, t.TempDir())
	save(t, db, assist.Note{ID: "big", At: firstDay, Text: "needle " + strings.Repeat("hay ", 249_000)})
	if got := joinIDs(allNotes(t, db, glance.NoteQuery{Text: "needle"}, 5)); got != "big" {
		t.Errorf("found %q", got)
	}
}

// TestNotesAreThoseThatALookAtEveryOneFinds compares with a plain look at every note, over
// changes, new segments and restarts.
func TestNotesAreThoseThatALookAtEveryOneFinds(t *testing.T) {
	dir, r := t.TempDir(), rand.New(rand.NewPCG(7, 8))
	db := open(t, dir)
	words := []string{"parcel", "refund", "hedge", "hedges", "trimmer", "battery", "late", "GreenBarn", "kitchen", "ditch"}
	pick := func() string { return words[r.IntN(len(words))] }
	for i := range 8 {
		save(t, db, assist.Customer{ID: assist.ID(fmt.Sprint("c", i)), Name: pick(), Kind: assist.Kinds()[i%3]})
	}
	note := func(i int) assist.Note {
		n := assist.Note{ID: assist.ID(fmt.Sprint("n", i)), Rep: assist.ID(fmt.Sprint("r", r.IntN(3))), At: firstDay.Add(time.Duration(r.IntN(5000)) * time.Hour), Text: pick() + " " + pick() + " " + pick()}
		if r.IntN(4) > 0 {
			n.Customer = assist.ID(fmt.Sprint("c", r.IntN(8)))
		}
		if r.IntN(2) > 0 {
			n.Reviewed = firstDay
		}
		return n
	}
	for step := range 400 {
		save(t, db, note(r.IntN(150)))
		if r.IntN(60) == 0 {
			if err := db.Indexed(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
		if r.IntN(120) == 0 {
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			db = open(t, dir)
		}
		if step%5 > 0 {
			continue
		}
		q := glance.NoteQuery{Unreviewed: r.IntN(3) == 0}
		if r.IntN(3) > 0 {
			q.Text = []string{pick(), pick() + " " + pick(), pick()[1:], pick()[:3]}[r.IntN(4)]
		}
		if r.IntN(3) == 0 {
			q.Rep = "r1"
		}
		if r.IntN(3) == 0 {
			q.Kind = assist.Kinds()[r.IntN(3)]
		}
		if r.IntN(3) == 0 {
			q.From = assist.DateOf(firstDay.AddDate(0, r.IntN(6), 0))
		}
		if got, want := allNotes(t, db, q, 1+r.IntN(20)), lookAtAll(t, db, q); !slices.Equal(got, want) {
			t.Fatalf("step %d, %+v:\n%q\nwant\n%q", step, q, got, want)
		}
	}
}

func lookAtAll(t *testing.T, db *DB, q glance.NoteQuery) (out []assist.ID) {
	t.Helper()
	type hit struct {
		tier index.Tier
		n    assist.Note
	}
	var hits []hit
	words := index.Parse(q.Text, nil)
	for n, err := range List[assist.Note](context.Background(), db) {
		if err != nil {
			t.Fatal(err)
		}
		var c assist.Customer
		if n.Customer != "" {
			if c, err = Find[assist.Customer](context.Background(), db, n.Customer); err != nil {
				t.Fatal(err)
			}
		}
		h, ok := words.Look(index.Doc{Texts: []string{n.Text}}.Terms())
		fits := (ok || q.Text == "") && (q.Rep == "" || n.Rep == q.Rep) && (!q.Unreviewed || n.Reviewed.IsZero()) &&
			(q.Kind == "" || n.Customer != "" && cmp.Or(c.Kind, assist.KindCustomer) == q.Kind) && (q.From.IsZero() || !n.At.Before(q.From.Time()))
		if fits {
			hits = append(hits, hit{h.Tier, n})
		}
	}
	slices.SortFunc(hits, func(a, b hit) int {
		return cmp.Or(cmp.Compare(a.tier, b.tier), b.n.At.Compare(a.n.At), cmp.Compare(a.n.ID, b.n.ID))
	})
	for _, h := range hits {
		out = append(out, h.n.ID)
	}
	return out
}

func TestRemarksForARepWaitUntilTheyAreRead(t *testing.T) {
	db, ctx := open(t, t.TempDir()), context.Background()
	team(t, db)
	got, err := db.RemarksFor(ctx, "ann", 10)
	if err != nil || len(got) != 1 || got[0].ID != "n4" {
		t.Fatalf("%v, %v", got, err)
	}
	if others, err := db.RemarksFor(ctx, "tom", 10); err != nil || len(others) > 0 {
		t.Errorf("%v, %v", others, err)
	}
	n := got[0]
	n.Remarks = slices.Clone(n.Remarks)
	n.Remarks[0].Seen = firstDay
	save(t, db, n)
	if got, err := db.RemarksFor(ctx, "", 10); err != nil || len(got) > 0 {
		t.Errorf("read, and still %v, %v", got, err)
	}
}
