package storage

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/phone"
	"ringside/assist/settings"
)

var testKey = [32]byte{1, 2, 3}

func open(t testing.TB, dir string) *DB {
	t.Helper()
	db, err := Open(context.Background(), Options{Dir: dir, Key: testKey, Region: "GB"})
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

func save(t testing.TB, db *DB, records ...assist.Record) {
	t.Helper()
	if err := db.Save(context.Background(), records...); err != nil {
		t.Fatal(err)
	}
}

var day = time.Date(2026, 11, 3, 9, 30, 0, 123456789, time.FixedZone("", 2*3600))

func mary() assist.Customer {
	return assist.Customer{ID: assist.IDFrom("mary"), Name: "Mary Shaw", Company: "acme", City: "Leeds",
		Phones: []assist.Phone{{Raw: "0113 496 0123", E164: "+441134960123"}},
		Emails: []string{"Mary@Example.org"}, External: []string{"hubspot:12"}, Since: assist.Date{Year: 2011, Month: 3}}
}

func acme() assist.Company {
	return assist.Company{ID: "acme", Name: "Acme Ltd", Phones: []assist.Phone{{Raw: "0113 496 0000", E164: "+441134960000"}}}
}

func TestDBKeepsWhatWasSavedOverReopening(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	db := open(t, dir)
	m := mary()
	note := assist.Note{ID: "n1", Customer: m.ID, At: day, Text: "Likes short calls"}
	save(t, db, acme(), m, note)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	got, err := Find[assist.Customer](ctx, db, m.ID)
	if err != nil || fmt.Sprint(got) != fmt.Sprint(m) {
		t.Fatalf("got %v, %v", got, err)
	}
	n, err := Find[assist.Note](ctx, db, "n1")
	if err != nil || !n.At.Equal(day) || n.At.Format(time.RFC3339Nano) != day.Format(time.RFC3339Nano) {
		t.Fatalf("the time lost its zone or nanoseconds: %v, %v", n.At, err)
	}
	if _, err := Find[assist.Note](ctx, db, "n2"); !errors.Is(err, assist.ErrNotFound) {
		t.Fatalf("got %v", err)
	}
	for _, key := range []string{"email:mary@example.org", "hubspot:12"} {
		id, ok, err := db.FindByKey(ctx, key)
		if id != m.ID || !ok || err != nil {
			t.Errorf("%s: %v %v %v", key, id, ok, err)
		}
	}
}

func TestDBFindsCallersByTheirOwnNumberAndTheSwitchboard(t *testing.T) {
	ctx, db := context.Background(), open(t, t.TempDir())
	m := mary()
	jo := assist.Customer{ID: "jo", Name: "Jo", Company: "acme"}
	save(t, db, acme(), m, jo, assist.Call{ID: "c1", Customer: "jo", Started: day})
	own, err := db.FindByNumber(ctx, phone.Parse("+44 113 4960123", "GB"))
	if err != nil || len(own) != 1 || own[0].Customer.ID != m.ID || own[0].Switchboard || own[0].Company != "Acme Ltd" {
		t.Fatalf("%+v %v", own, err)
	}
	board, err := db.FindByNumber(ctx, phone.Parse("0113 496 0000", "GB"))
	if err != nil || len(board) != 2 || !board[0].Switchboard || board[0].Customer.ID != "jo" {
		t.Fatalf("%+v %v", board, err)
	}
	if !board[0].LastContact.Equal(day.Truncate(time.Microsecond)) {
		t.Errorf("last contact %v", board[0].LastContact)
	}
	m.Phones = nil
	save(t, db, m)
	own, err = db.FindByNumber(ctx, phone.Parse("+44 113 4960123", "GB"))
	if err != nil || len(own) != 0 {
		t.Fatalf("a number that was taken away still finds: %+v %v", own, err)
	}
}

func TestProfileHoldsWhatBelongsToTheCustomer(t *testing.T) {
	ctx, db := context.Background(), open(t, t.TempDir())
	m := mary()
	save(t, db, acme(), m)
	for i := range 30 {
		at := day.Add(time.Duration(i) * time.Hour)
		id := func(kind string) assist.ID { return assist.ID(fmt.Sprintf("%s%02d", kind, i)) }
		save(t, db,
			assist.Note{ID: id("n"), Customer: m.ID, At: at, Text: "note"},
			assist.Note{ID: id("h"), Customer: m.ID, At: at, Text: "said", Intelligence: assist.Market},
			assist.Call{ID: id("c"), Customer: m.ID, Started: at},
			assist.Insight{ID: id("i"), Customer: m.ID, At: at, Intelligence: assist.Market, Text: "x"},
			assist.Asked{ID: id("a"), Customer: m.ID, Prompt: "p", Reply: assist.ReplyAsked, At: at},
			assist.Note{ID: id("o"), Customer: "other", At: at, Text: "note"})
	}
	due := assist.Promise{ID: "p1", Customer: m.ID, Text: "call back", Made: day, Due: day.Add(time.Hour)}
	noDay := assist.Promise{ID: "p2", Customer: m.ID, Text: "ask", Made: day}
	early := assist.Promise{ID: "p3", Customer: m.ID, Text: "send", Made: day, Due: day}
	kept := assist.Promise{ID: "p4", Customer: m.ID, Text: "sent", Made: day, Kept: day}
	save(t, db, due, noDay, early, kept,
		assist.Incident{ID: "leeds", Title: "No water", Opened: day, Cities: []string{"Leeds"}},
		assist.Incident{ID: "york", Title: "No water", Opened: day, Cities: []string{"York"}})
	p, err := db.Profile(ctx, m.ID)
	if err != nil {
		t.Fatal(err)
	}
	got := []int{len(p.Calls), len(p.Notes), len(p.Heard), len(p.Insights), len(p.Asked), len(p.Incidents)}
	if want := []int{3, 20, 30, 30, 30, 1}; !slices.Equal(got, want) || p.Company.Name != "Acme Ltd" {
		t.Errorf("got %v of %q, want %v", got, p.Company.Name, want)
	}
	if p.Notes[0].ID != "n29" || p.Calls[0].ID != "c29" || p.Notes[19].ID != "n10" {
		t.Errorf("not the latest first: %v %v", p.Notes[0].ID, p.Calls[0].ID)
	}
	if len(p.Promises) != 3 || p.Promises[0].ID != "p3" || p.Promises[2].ID != "p2" {
		t.Errorf("promises %v", p.Promises)
	}
	early.Kept = day
	save(t, db, early)
	if p, err = db.Profile(ctx, m.ID); err != nil || len(p.Promises) != 2 {
		t.Errorf("a kept promise is still open: %v %v", p.Promises, err)
	}
}

func TestDraftsLeavesOutWhatIsDone(t *testing.T) {
	ctx, db := context.Background(), open(t, t.TempDir())
	save(t, db, assist.Draft{ID: "a", At: day, Note: "x"}, assist.Draft{ID: "b", At: day.Add(1), Note: "y"}, assist.Draft{ID: "c", At: day})
	save(t, db, assist.Draft{ID: "c", At: day, Done: true})
	got, err := db.Drafts(ctx)
	if err != nil || len(got) != 2 || got[0].ID != "b" || got[1].ID != "a" {
		t.Fatalf("%v %v", got, err)
	}
}

func TestReadingAClosedStoreFails(t *testing.T) {
	ctx := context.Background()
	db := open(t, t.TempDir())
	save(t, db, mary())
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for _, err := range List[assist.Customer](ctx, db) {
		if !errors.Is(err, os.ErrClosed) {
			t.Errorf("list: %v", err)
		}
	}
	if _, err := Find[assist.Customer](ctx, db, mary().ID); !errors.Is(err, os.ErrClosed) {
		t.Errorf("find: %v", err)
	}
	if _, err := db.Counts(ctx); !errors.Is(err, os.ErrClosed) {
		t.Errorf("counts: %v", err)
	}
	if _, err := db.FindByNumber(ctx, phone.Parse("+441134960123", "")); !errors.Is(err, os.ErrClosed) {
		t.Errorf("number: %v", err)
	}
}

func TestCloseWaitsForWhoReads(t *testing.T) {
	ctx := context.Background()
	db := open(t, t.TempDir())
	var notes []assist.Record
	for i := range 3000 {
		notes = append(notes, assist.Note{ID: assist.ID(fmt.Sprint("n", i)), Customer: "x", At: day, Text: "some text"})
	}
	save(t, db, notes...)
	begun, done := make(chan bool), make(chan int)
	go func() {
		defer close(done)
		n := 0
		for _, err := range List[assist.Note](ctx, db) {
			if err != nil {
				t.Errorf("note %d: %v", n, err)
				return
			}
			if n++; n == 1 {
				close(begun)
			}
			time.Sleep(10 * time.Microsecond)
		}
		done <- n
	}()
	<-begun
	closed := make(chan error, 1)
	go func() { closed <- db.Close() }()
	if n := <-done; n != len(notes) {
		t.Errorf("%d notes were read", n)
	}
	if err := <-closed; err != nil {
		t.Error(err)
	}
}

func TestPictureMadeAnewBelongsToTheRegionThatWasChosen(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	db := open(t, dir)
	if err := db.SaveSettings(ctx, settings.Machine{Me: "jo", Region: "DE"}); err != nil {
		t.Fatal(err)
	}
	save(t, db, assist.Customer{ID: "anna", Name: "Anna", Phones: []assist.Phone{{Raw: "030 1234567"}}})
	db.Close()
	if err := os.RemoveAll(db.pictureRoot()); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	found, err := db.FindByNumber(ctx, phone.Parse("+49301234567", "DE"))
	if err != nil || len(found) != 1 {
		t.Errorf("found %v %v", found, err)
	}
	mustCheck(t, db)
}
