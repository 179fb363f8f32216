package storage

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/storage/index"
)

func bothWays(t *testing.T, db *DB, check func(t *testing.T)) {
	t.Helper()
	t.Run("in memory", check)
	if err := db.Indexed(context.Background()); err != nil {
		t.Fatal(err)
	}
	t.Run("from a segment", check)
}

func TestSeekPutsTheLatestContactFirstAmongEquals(t *testing.T) {
	db := open(t, t.TempDir())
	for i := range 12 {
		id := assist.ID(fmt.Sprintf("c%02d", i))
		save(t, db, assist.Customer{ID: id, Name: "Mary Shaw"})
		if i%3 == 0 {
			save(t, db, assist.Call{ID: "call-" + id, Customer: id, Started: day.Add(time.Duration(i) * time.Hour)})
		}
		if i%4 == 0 {
			save(t, db, assist.Note{ID: "note-" + id, Customer: id, Text: "x", At: day.Add(-time.Duration(i) * time.Hour)})
		}
	}
	want := "c09 c06 c03 c00 c04 c08 c01 c02 c05 c07 c10 c11"
	bothWays(t, db, func(t *testing.T) {
		got := seek(t, db, "shaw", assist.TypeCustomer)
		if ids(got) != want {
			t.Errorf("%v, want %v", ids(got), want)
		}
		if len(got) > 0 && !got[0].At.Equal(day.Add(9*time.Hour).Truncate(time.Microsecond)) {
			t.Errorf("the latest contact was %v", got[0].At)
		}
	})
	save(t, db, assist.Note{ID: "late", Customer: "c11", Text: "y", At: day.AddDate(0, 1, 0)})
	if got := ids(seek(t, db, "shaw", assist.TypeCustomer)); !strings.HasPrefix(got, "c11 c09") {
		t.Errorf("a new note does not bring its customer to the front: %v", got)
	}
	save(t, db, assist.Note{ID: "late", Customer: "c10", Text: "y", At: day.AddDate(0, 1, 0)})
	if got := ids(seek(t, db, "shaw", assist.TypeCustomer)); !strings.HasPrefix(got, "c10 c09") {
		t.Errorf("a note that moves does not take its customer along: %v", got)
	}
}

func TestSeekOrdersByHowWellARecordFits(t *testing.T) {
	db := open(t, t.TempDir())
	save(t, db,
		assist.Customer{ID: "sure", Name: "Shaw"}, assist.Customer{ID: "word", Name: "Ann Shaw"}, assist.Customer{ID: "begin", Name: "Ann Shawcross"},
		assist.Customer{ID: "mail", Name: "Ann", Emails: []string{"shaw@example.org"}}, assist.Customer{ID: "city", Name: "Bo", City: "Shawfield"},
		assist.Customer{ID: "inner", Name: "Ann Bradshaw"}, assist.Customer{ID: "slip", Name: "Ann Show"}, assist.Customer{ID: "none", Name: "Ann Lee"})
	bothWays(t, db, func(t *testing.T) {
		if got := ids(seek(t, db, "shaw")); got != "sure word begin city mail inner slip" {
			t.Errorf("%v", got)
		}
		if got := ids(seek(t, db, "shaw ann")); got != "word begin mail inner slip city none sure" {
			t.Errorf("%v", got)
		}
	})
}

func TestSeekKeepsToItsTypesAndItsLimit(t *testing.T) {
	db := open(t, t.TempDir())
	people(t, db)
	bothWays(t, db, func(t *testing.T) {
		for _, typ := range seekTypes() {
			for _, text := range []string{"acme", "refund", "mary", "rivals"} {
				for _, f := range seek(t, db, text, typ) {
					if f.Type != typ {
						t.Errorf("%q for every %s: %+v", text, typ, f)
					}
				}
			}
		}
		if got := seek(t, db, "refund", assist.TypeAnswer); len(got) != 0 {
			t.Errorf("answers are found elsewhere: %v", got)
		}
		for limit, want := range map[int]int{-1: 3, 0: 3, 1: 1, 2: 2, 100: 3} {
			got, err := db.Seek(context.Background(), glance.Seek{Text: "refund", Limit: limit})
			if err != nil || len(got) != want {
				t.Errorf("limit %d: %d, %v", limit, len(got), err)
			}
		}
	})
}

func TestSeekShowsTheSameListForTheSameText(t *testing.T) {
	db := open(t, t.TempDir())
	for i := range 40 {
		save(t, db, assist.Customer{ID: assist.ID(fmt.Sprint("c", i)), Name: "Mary Shaw"})
	}
	want := ids(seek(t, db, "mary"))
	for range 20 {
		if got := ids(seek(t, db, "mary")); got != want {
			t.Fatalf("%v, before %v", got, want)
		}
	}
}

func TestSnippetsHoldWhatWasFoundAndFitALine(t *testing.T) {
	long := strings.Repeat("wörter über wörter ", 30) + "nadel" + strings.Repeat(" im heu haufen", 30)
	for _, c := range []struct{ text, typed, want string }{
		{"short  and\nplain", "plain", "short and plain"},
		{long, "nadel", "… wörter über wörter nadel im heu haufen"},
		{long, "worter", "wörter über wörter"},
		{"nadel " + strings.Repeat("x", 500), "nadel", "nadel xxx"},
		{strings.Repeat("x", 500) + " nadel", "nadel", "nadel"},
		{"", "nadel", ""},
	} {
		q := index.Parse(c.typed, nil)
		hit, _ := q.Look(index.Doc{Texts: []string{c.text}}.Terms())
		got := around(c.text, hit)
		if !strings.Contains(got, c.want) || utf8.RuneCountInString(got) > snippet || strings.ContainsAny(got, "\n\x00") {
			t.Errorf("%q: %q", c.typed, got)
		}
	}
}

func TestRegionReadsWhatIsBeingTyped(t *testing.T) {
	gb, us := newRegion("GB"), newRegion("US")
	for _, c := range []struct {
		home   *region
		typed  string
		whole  string
		begins string
	}{
		{gb, "0113 49", "", "4411349"}, {gb, "+44113", "", "44113"}, {gb, "0044 113", "", "44113"}, {gb, "113 496 0123", "441134960123", "441134960123"},
		{gb, "+44 (0)113 496", "", "44113496"}, {gb, "0", "", ""}, {us, "(212) 555-0100", "12125550100", "12125550100"}, {us, "1 212", "", "1212"},
	} {
		whole, begins, _ := c.home.read(c.typed)
		if whole != c.whole && c.whole != "" || c.begins != "" && !slices.Contains(begins, c.begins) {
			t.Errorf("%q: whole %q, begins %q, want %q and %q", c.typed, whole, begins, c.whole, c.begins)
		}
		for _, b := range begins {
			if strings.Trim(b, "0123456789") != "" || b == "" {
				t.Errorf("%q: %q is no figures", c.typed, b)
			}
		}
	}
	if got := gb.national("33142685300"); got != "142685300" {
		t.Errorf("%q", got)
	}
}

func TestTheTailOfTheJournalIsReadOnce(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	people(t, db)
	if err := db.Indexed(context.Background()); err != nil {
		t.Fatal(err)
	}
	save(t, db, assist.Customer{ID: "new", Name: "Wilhelmina"})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	if got := ids(seek(t, db, "wilhelm")); got != "new" {
		t.Fatalf("%v", got)
	}
	s := db.seek.shelves[assist.TypeCustomer]
	if s.segment == nil || s.segment.Len() != 5 || len(s.over) != 1 || s.stale {
		t.Errorf("%d beside the segment, stale %v", len(s.over), s.stale)
	}
	disk, held, err := db.IndexSize(context.Background())
	if err != nil || disk <= 0 || held <= 0 {
		t.Errorf("%d %d %v", disk, held, err)
	}
}

func TestMadeComesBack(t *testing.T) {
	m := made{region: "GB"}
	m.end.Segment, m.end.Offset, m.end.Seq = 3, 1<<40, 77
	if got, ok := decodeMade(m.encode()); !ok || got != m {
		t.Errorf("%+v %v", got, ok)
	}
	for n := range 4 {
		if _, ok := decodeMade(m.encode()[:n]); ok {
			t.Errorf("%d bytes are enough", n)
		}
	}
	if _, ok := decodeMade(append([]byte{seekVersion + 1}, m.encode()[1:]...)); ok {
		t.Error("another version is taken")
	}
}
