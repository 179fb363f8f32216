package storage

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
)

func seek(t testing.TB, db *DB, text string, types ...assist.Type) []glance.Found {
	t.Helper()
	out, err := db.Seek(context.Background(), glance.Seek{Text: text, Types: types, Limit: 20})
	if err != nil {
		t.Fatalf("seek %q: %v", text, err)
	}
	return out
}

// ids are those of a list, in its order.
func ids(list []glance.Found) string {
	var out []string
	for _, f := range list {
		out = append(out, string(f.ID))
	}
	return strings.Join(out, " ")
}

// people makes a store of a few customers, with all that can be found.
func people(t testing.TB, db *DB) {
	t.Helper()
	number := func(raw string) []assist.Phone { return []assist.Phone{{Raw: raw}} }
	save(t, db, assist.Company{ID: "acme", Name: "Acme Ltd", City: "Leeds", Phones: number("0113 496 0000")},
		assist.Customer{ID: "mary", Name: "Mary Shaw", Company: "acme", City: "York", Phones: number("0113 496 0123"), Emails: []string{"Mary.Shaw@Example.org"}},
		assist.Customer{ID: "cross", Name: "Thomas Shawcross", CallMe: "Tom"},
		assist.Customer{ID: "diallo", Name: "Aïssatou Diallo", Phones: number("+33 1 42 68 53 00")},
		assist.Customer{ID: "weiss", Name: "Jürgen Weiß", City: "Köln"},
		assist.Customer{ID: "nameless", Phones: number("07700 900456")},
		assist.Note{ID: "n1", Customer: "mary", At: day, Text: "Wants her refund by Friday"},
		assist.Note{ID: "n2", Customer: "cross", At: day.Add(time.Hour), Text: "The trimmer X200 does not start.\nSaid we refund it"},
		assist.Promise{ID: "p1", Customer: "mary", Text: "Ring about the refund", Made: day, Due: day.AddDate(0, 0, 2)},
		assist.Prompt{ID: "q1", Intelligence: assist.Market, Topic: "rivals", Ask: []string{"Who else did you look at?"}})
}

func TestSeekFindsWhateverIsTyped(t *testing.T) {
	db := open(t, t.TempDir())
	people(t, db)
	for pass, built := range []bool{false, true} {
		if built {
			if err := db.Indexed(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
		for typed, want := range map[string]string{
			"mary shaw": "mary cross", "Shaw, Mary": "mary cross", "sha": "cross mary", "haw": "cross mary", "Shwa": "mary",
			"tom": "cross", "aissatou": "diallo", "Dialo": "diallo", "WEISS": "weiss", "koln": "weiss", "Jurgen": "weiss",
			"acme": "acme mary", "leeds": "acme", "refund": "p1 n2 n1", "efund": "p1 n2 n1", "x200": "n2", "rivals": "q1",
			"look": "q1", "friday refund": "n1 p1 n2", "mary.shaw@example.org": "mary", "mary.shaw@e": "mary",
			"07700 900456": "nameless", "0113 496 0": "mary acme", "zzzz": "", "": "", "  ": "", "🙂": "", "\x00\x07": "",
		} {
			if got := ids(seek(t, db, typed)); got != want {
				t.Errorf("pass %d, %q: %q, want %q", pass, typed, got, want)
			}
		}
	}
}

func TestSeekReadsANumberInAnyWriting(t *testing.T) {
	db := open(t, t.TempDir())
	people(t, db)
	for _, typed := range []string{"0113 496 0123", "01134960123", "+44 113 496 0123", "+441134960123", "0044 113 4960123", "+44 (0)113 496 0123",
		"(0113) 496-0123", "0113-496-0123", "0113.496.0123", "0113/4960123", "tel:+44-113-496-0123", "441134960123", "113 496 0123", "４９６０１２３"} {
		got := seek(t, db, typed)
		if len(got) == 0 || got[0].ID != "mary" {
			t.Errorf("%q finds %v", typed, got)
		} else if strings.Contains(typed, "113") && !got[0].Sure {
			t.Errorf("%q is not sure", typed)
		}
	}
	for typed, want := range map[string]string{"960123": "mary", "0123": "mary", "01 42 68 53 00": "diallo", "0033 1 42": "diallo", "01 42 68": "diallo"} {
		if got := ids(seek(t, db, typed)); got != want {
			t.Errorf("%q finds %q, want %q", typed, got, want)
		}
	}
}

func TestSeekSaysWhatAndWhy(t *testing.T) {
	db := open(t, t.TempDir())
	people(t, db)
	for typed, want := range map[string]string{
		"mary shaw":    "Mary Shaw|Acme Ltd, York||sure",
		"shwa":         "Mary Shaw|Acme Ltd, York|spelt like 'shaw'|",
		"960123":       "Mary Shaw|Acme Ltd, York|number ends in 960123|",
		"0113 4960123": "Mary Shaw|Acme Ltd, York|+44 113 496 0123|sure",
		"mary.shaw@e":  "Mary Shaw|Acme Ltd, York|mary.shaw@example.org|",
		"mary zzz":     "Mary Shaw|Acme Ltd, York|without 'zzz'|",
		"900456":       "07700 900456||number ends in 900456|",
		"x200":         "The trimmer X200 does not start. Said we refund it|Thomas Shawcross, 3 Nov 2026||",
		"ring about":   "Ring about the refund|due 5 Nov 2026, Mary Shaw||",
		"who else":     "Who else did you look at?|rivals||",
		"wants her":    "Wants her refund by Friday|Mary Shaw, 3 Nov 2026||",
	} {
		got := seek(t, db, typed)
		if len(got) == 0 {
			t.Errorf("%q finds nothing", typed)
			continue
		}
		f := got[0]
		line := fmt.Sprintf("%s|%s|%s|%s", f.Title, f.Text, f.Why, map[bool]string{true: "sure"}[f.Sure])
		if line != want {
			t.Errorf("%q: %q, want %q", typed, line, want)
		}
	}
}

// told makes a store with what a customer said: an insight, a reply to a prompt, praise.
func told(t testing.TB, db *DB) {
	t.Helper()
	save(t, db, assist.Rep{ID: "ewa", Name: "Ewa Nowak"}, assist.Customer{ID: "mary", Name: "Mary Shaw"},
		assist.Insight{ID: "i1", Customer: "mary", Intelligence: assist.Competitive, Feeling: assist.Hate, About: assist.AboutCompetitor,
			Subject: "GreenBarn", Topic: "rivals", Text: "I can't stand their queue", At: day},
		assist.Insight{ID: "i2", Intelligence: assist.FrontLine, Rep: "ewa", Text: "Everybody asks for the catalogue", At: day},
		assist.Note{ID: "n1", Customer: "mary", Intelligence: assist.Market, Prompt: "q1", Text: "Buys two vans in spring", At: day},
		assist.Kudos{ID: "k1", Rep: "ewa", Customer: "mary", Words: "Ewa saved my weekend", At: day},
		assist.Kudos{ID: "k2", Rep: "gone", Words: "a marvel", At: day})
}

func TestWhatACustomerSaidIsFound(t *testing.T) {
	db := open(t, t.TempDir())
	told(t, db)
	for pass, built := range []bool{false, true} {
		if built {
			if err := db.Indexed(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		for typed, want := range map[string]string{
			"their queue":   "insight i1 mary: I can't stand their queue|GreenBarn, Mary Shaw, 3 Nov 2026|",
			"greenbarn":     "insight i1 mary: I can't stand their queue|GreenBarn, Mary Shaw, 3 Nov 2026|",
			"greenbran":     "insight i1 mary: I can't stand their queue|GreenBarn, Mary Shaw, 3 Nov 2026|spelt like 'greenbarn'",
			"rivals":        "insight i1 mary: I can't stand their queue|GreenBarn, Mary Shaw, 3 Nov 2026|",
			"catalogue":     "insight i2 : Everybody asks for the catalogue|front line, 3 Nov 2026|",
			"vans":          "note n1 mary: Buys two vans in spring|Mary Shaw, 3 Nov 2026|",
			"saved weekend": "kudos k1 mary: Ewa saved my weekend|for Ewa Nowak, Mary Shaw, 3 Nov 2026|",
			"marvel":        "kudos k2 : a marvel|for gone, 3 Nov 2026|",
		} {
			got := seek(t, db, typed)
			if len(got) != 1 {
				t.Errorf("pass %d, %q finds %v", pass, typed, got)
				continue
			}
			f := got[0]
			if line := fmt.Sprintf("%s %s %s: %s|%s|%s", f.Type, f.ID, f.Customer, f.Title, f.Text, f.Why); line != want {
				t.Errorf("pass %d, %q: %q, want %q", pass, typed, line, want)
			}
		}
	}
}

func TestAStoreFromBeforeInsightsCouldBeFoundIsIndexed(t *testing.T) {
	for _, filler := range []int{0, 15} { // little to read at the first Seek, and too much
		dir := t.TempDir()
		db := open(t, dir)
		told(t, db)
		for i := range filler {
			save(t, db, assist.Note{ID: assist.ID(fmt.Sprint("long", i)), At: day, Text: strings.Repeat("la ", 30_000) + fmt.Sprint(i)})
		}
		if err := db.Indexed(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		for _, typ := range []assist.Type{assist.TypeInsight, assist.TypeKudos} {
			segments, err := filepath.Glob(filepath.Join(dir, seekFolder, string(typ)+"-*.seg"))
			if err != nil || len(segments) != 1 {
				t.Fatalf("segments of every %s: %v, %v", typ, segments, err)
			}
			if err := os.Remove(segments[0]); err != nil {
				t.Fatal(err)
			}
		}
		db = open(t, dir)
		if err := db.Indexed(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := ids(seek(t, db, "greenbarn")) + " " + ids(seek(t, db, "weekend")); got != "i1 k1" {
			t.Errorf("with %d long notes: %q", filler, got)
		}
	}
}

func TestAPromptThatIsOffIsNotFound(t *testing.T) {
	db := open(t, t.TempDir())
	people(t, db)
	q := assist.Prompt{ID: "q1", Intelligence: assist.Market, Topic: "rivals", Ask: []string{"Who else did you look at?"}}
	if err := db.Indexed(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, off := range []bool{true, false} {
		q.Off = off
		save(t, db, q)
		if got := ids(seek(t, db, "rivals")); (got == "") != off {
			t.Errorf("off %v: %q", off, got)
		}
	}
	q.Off = true
	save(t, db, q)
	if err := db.Indexed(context.Background()); err != nil {
		t.Fatal(err)
	}
	if got := ids(seek(t, db, "rivals")); got != "" {
		t.Errorf("found %q by a picture that was made anew", got)
	}
}
