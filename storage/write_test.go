package storage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/phone"
	"ringside/assist/settings"
)

func history(t *testing.T, db *DB, r assist.Record) []Version {
	t.Helper()
	typ, id := r.Ident()
	out, err := db.History(context.Background(), typ, id)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func mustCheck(t testing.TB, db *DB) Report {
	t.Helper()
	r, err := db.Check(context.Background())
	if err != nil || len(r.Wrong) > 0 {
		t.Fatalf("%v %v", err, r.Wrong)
	}
	return r
}

func TestSaveKeepsEveryVersionAndWritesNothingTwice(t *testing.T) {
	db := open(t, t.TempDir())
	if err := db.SaveSettings(context.Background(), settings.Machine{Me: "jo"}); err != nil {
		t.Fatal(err)
	}
	m := mary()
	save(t, db, m)
	m.City = "York"
	save(t, db, m)
	save(t, db, m, m)
	m.City = ""
	save(t, db, m)
	got := history(t, db, m)
	var cities []string
	for _, v := range got {
		cities = append(cities, v.Record.(assist.Customer).City)
		if v.Rep != "jo" || len(v.Device) != 16 || time.Since(v.At).Abs() > time.Hour {
			t.Errorf("who and when: %+v", v)
		}
	}
	if fmt.Sprintf("%q", cities) != `["" "York" "Leeds"]` {
		t.Errorf("got %q", cities)
	}
	if r := mustCheck(t, db); r.Operations != 4 || r.Counts[assist.TypeCustomer] != 1 {
		t.Errorf("%+v", r)
	}
}

func TestSaveKeepsAllOrNone(t *testing.T) {
	ctx, db := context.Background(), open(t, t.TempDir())
	bad := assist.Note{ID: "n", At: day}
	if err := db.Save(ctx, mary(), bad); !errors.Is(err, assist.ErrInvalid) {
		t.Fatalf("got %v", err)
	}
	if _, err := Find[assist.Customer](ctx, db, mary().ID); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("half of it was kept: %v", err)
	}
}

func TestSaveTakesTwoVersionsOfOneRecordInOrder(t *testing.T) {
	db := open(t, t.TempDir())
	a, b := mary(), mary()
	b.Phones, b.City = nil, "Hull"
	save(t, db, a, b)
	if got := history(t, db, a); got[0].Record.(assist.Customer).City != "Hull" {
		t.Errorf("%+v", got)
	}
	mustCheck(t, db)
}

func TestSaveTakesMoreThanOneTransactionHolds(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	var list []assist.Record
	for i := range 60 {
		list = append(list, assist.Note{ID: assist.ID(fmt.Sprint(i)), Customer: "mary", At: day, Text: strings.Repeat("x", 90_000)})
	}
	save(t, db, list...)
	mustCheck(t, db)
	huge := assist.Answer{ID: "a", Title: "t", Department: "d", Say: "s"}
	for range 3000 {
		huge.Phrasings = append(huge.Phrasings, strings.Repeat("y", 400))
	}
	if err := db.Save(context.Background(), huge); !errors.Is(err, assist.ErrInvalid) {
		t.Errorf("got %v", err)
	}
}

// Files of an answer are larger than any other record; three of them are more than one
// transaction holds.
func TestAFileOfTwoMegabytesIsKeptThroughALostPicture(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	var list []assist.Record
	for i := range 3 {
		b := assist.Blob{Data: bytes.Repeat([]byte{byte(i + 1)}, 2<<20)}
		b.ID = b.Key()
		list = append(list, b)
	}
	save(t, db, list...)
	for step := range 3 {
		for _, want := range list {
			_, id := want.Ident()
			if got, err := Find[assist.Blob](context.Background(), db, id); err != nil || !reflect.DeepEqual(got, want) {
				t.Fatalf("step %d: %d bytes, %v", step, len(got.Data), err)
			}
		}
		mustCheck(t, db)
		db.Close()
		if step == 1 {
			if err := os.RemoveAll(filepath.Join(dir, "picture")); err != nil {
				t.Fatal(err)
			}
		}
		db = open(t, dir)
	}
}

func TestSaveKeepsBytesThatAreNoText(t *testing.T) {
	db := open(t, t.TempDir())
	n := assist.Note{ID: "n", Customer: "mary", At: day, Text: "caf\xe9"}
	save(t, db, n)
	got, err := Find[assist.Note](context.Background(), db, "n")
	if err != nil || got.Text != n.Text {
		t.Errorf("%q %v", got.Text, err)
	}
}

func TestSaveKeepsFieldsOfANewerVersion(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	db := open(t, dir)
	m := mary()
	fs, err := db.codec.fields(m)
	if err != nil {
		t.Fatal(err)
	}
	mood := field{"mood", appendText(nil, "cheerful")}
	if err := db.write([]encoded{{m, assist.TypeCustomer, m.ID, append(fs, mood), false},
		{m, "hologram", "h1", []field{mood}, false}}, false); err != nil {
		t.Fatal(err)
	}
	got, err := Find[assist.Customer](ctx, db, m.ID)
	if err != nil {
		t.Fatal(err)
	}
	got.City = "York"
	got.Address = ""
	save(t, db, got)
	db.Close()
	db = open(t, dir)
	txn := db.picture.NewTransaction(false)
	defer txn.Discard()
	for _, key := range [][]byte{recordKey(assist.TypeCustomer, m.ID), recordKey("hologram", "h1")} {
		s, err := readState(txn, key)
		if err != nil || s == nil {
			t.Fatalf("%v %v", s, err)
		}
		if i := s.index("mood"); i < 0 || !reflect.DeepEqual(s.fields[i].raw, mood.raw) {
			t.Errorf("the field is gone from %q", key)
		}
	}
	mustCheck(t, db)
}

func TestMergeComesToTheSameInAnyOrder(t *testing.T) {
	val := func(s string) []byte { return appendText(nil, s) }
	at := func(clock uint64, device byte) stamp { return stamp{clock, [8]byte{device}} }
	writes := []struct {
		fs []field
		at stamp
	}{
		{[]field{{"a", val("1")}, {"b", val("1")}, {"c", val("1")}}, at(10, 1)},
		{[]field{{"a", val("2")}}, at(20, 1)},
		{[]field{{"a", val("3")}, {"b", []byte{undefined}}}, at(20, 2)},
		{[]field{{"c", []byte{undefined}}, {"d", val("4")}}, at(15, 1)},
	}
	want := ""
	for order := range 24 {
		left := []int{0, 1, 2, 3}
		var s *state
		for n := 4; n > 0; n-- {
			i := order % n
			order /= n
			w := writes[left[i]]
			left = append(left[:i], left[i+1:]...)
			for range 2 { // twice is as good as once
				s, _ = merge(s, w.fs, w.at, "")
			}
		}
		got := map[string]string{}
		for _, f := range s.fields {
			got[f.name] = string(f.raw[1:])
		}
		if want == "" {
			want = fmt.Sprint(got)
		}
		if fmt.Sprint(got) != want || want != "map[a:3 d:4]" {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
}

func TestBulkComesToTheSameAsSave(t *testing.T) {
	ctx := context.Background()
	one, many := open(t, t.TempDir()), open(t, t.TempDir())
	bulk := many.Bulk(ctx)
	for round := range 2 {
		for i := range 2500 {
			company, customer := benchCustomer(i)
			customer.City = fmt.Sprint("city ", round)
			for _, r := range []assist.Record{company, customer} {
				if i%5 == 0 {
					save(t, one, r)
				}
				if err := bulk.Add(r); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if err := bulk.Add(assist.Customer{ID: "nobody"}); !errors.Is(err, assist.ErrInvalid) {
		t.Errorf("got %v", err)
	}
	if err := bulk.Flush(); err != nil {
		t.Fatal(err)
	}
	if n := many.journal.End().Seq; n == 0 {
		t.Error("not in the journal after Flush")
	}
	if err := bulk.Close(); err != nil {
		t.Fatal(err)
	}
	_, last := benchCustomer(2499)
	if m, err := many.FindByNumber(ctx, phone.Parse(last.Phones[0].E164, "")); err != nil || len(m) != 1 {
		t.Errorf("not there after Close: %v %v", m, err)
	}
	if r := mustCheck(t, many); r.Counts[assist.TypeCustomer] != 2500 || r.Counts[assist.TypeCompany] != 50 || r.Operations != 5050 {
		t.Errorf("%+v", r)
	}
	for i := 0; i < 2500; i += 5 {
		_, c := benchCustomer(i)
		a, err := one.Profile(ctx, c.ID)
		if err != nil {
			t.Fatal(err)
		}
		b, err := many.Profile(ctx, c.ID)
		if err != nil || !reflect.DeepEqual(a, b) {
			t.Fatalf("%+v and %+v, %v", a, b, err)
		}
		if v := history(t, many, c); len(v) != 2 {
			t.Errorf("%d versions", len(v))
		}
	}
}

func TestBulkStopsWithItsContext(t *testing.T) {
	db := open(t, t.TempDir())
	ctx, cancel := context.WithCancel(context.Background())
	bulk := db.Bulk(ctx)
	if err := bulk.Add(mary()); err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := bulk.Add(mary()); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if err := bulk.Close(); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	save(t, db, mary())
	mustCheck(t, db)
}

func TestSaveGoesOnBesideBulk(t *testing.T) {
	ctx, db := context.Background(), open(t, t.TempDir())
	bulk := db.Bulk(ctx)
	done := make(chan error)
	go func() {
		for i := range 3000 {
			_, c := benchCustomer(i)
			if err := bulk.Add(c); err != nil {
				done <- err
				return
			}
		}
		done <- bulk.Close()
	}()
	for i := range 100 {
		_, c := benchCustomer(i * 30)
		c.About = "changed meanwhile"
		save(t, db, c)
		if got, err := Find[assist.Customer](ctx, db, c.ID); err != nil || got.Name != c.Name {
			t.Errorf("%v %v", got, err)
		}
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	mustCheck(t, db)
}

func TestChangedTellsOfTheLibraryOnly(t *testing.T) {
	db := open(t, t.TempDir())
	told := func() bool {
		select {
		case <-db.Changed():
			return true
		default:
			return false
		}
	}
	save(t, db, mary())
	if told() {
		t.Error("a customer is no part of the library")
	}
	a := assist.Answer{ID: "a", Title: "t", Department: "d", Say: "s"}
	save(t, db, a, assist.Rep{ID: "jo", Name: "Jo"})
	if !told() || told() {
		t.Error("two changes must be told once")
	}
	if c := db.TakeChanges(); len(c.Answers) != 1 || c.Answers[0] != "a" || !c.Reps || c.Prompts {
		t.Errorf("told %+v", c)
	}
	save(t, db, a)
	if told() {
		t.Error("nothing has changed")
	}
	save(t, db, assist.Flag{ID: "f", Answer: "a", At: time.Now()})
	if c := db.TakeChanges(); !told() || !c.Flags || c.Pages {
		t.Errorf("told %+v of a flag", c)
	}
	page := assist.WebPage{URL: "example.org/help", Title: "Help", Read: time.Now()}
	page.ID = page.Key()
	save(t, db, page)
	if c := db.TakeChanges(); !told() || c.Flags || !c.Pages {
		t.Errorf("told %+v of a page", c)
	}
	if c := db.TakeChanges(); len(c.Answers) != 0 || c.Reps {
		t.Errorf("told %+v", c)
	}
}

func TestListGoesThroughATypeByID(t *testing.T) {
	ctx, db := context.Background(), open(t, t.TempDir())
	for _, id := range []assist.ID{"b", "a", "c"} {
		save(t, db, assist.Rep{ID: id, Name: "Jo"})
	}
	save(t, db, mary())
	var got []assist.ID
	for r, err := range List[assist.Rep](ctx, db) {
		if err != nil {
			t.Fatal(err)
		}
		if got = append(got, r.ID); r.ID == "b" {
			break
		}
	}
	if fmt.Sprint(got) != "[a b]" {
		t.Errorf("got %v", got)
	}
	ended, cancel := context.WithCancel(ctx)
	cancel()
	for _, err := range List[assist.Rep](ended, db) {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	}
}

func TestSettingsAreKept(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	db := open(t, dir)
	if s, err := db.Settings(ctx); err != nil || !reflect.DeepEqual(s, settings.Machine{}) {
		t.Fatalf("%v %v", s, err)
	}
	want := settings.Machine{Me: "jo", Region: "GB", OnRing: settings.Raise, Started: true}
	if err := db.SaveSettings(ctx, want); err != nil {
		t.Fatal(err)
	}
	db.Close()
	if got, err := open(t, dir).Settings(ctx); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v %v", got, err)
	}
	if err := db.SaveSettings(ctx, settings.Machine{Region: "Yorkshire"}); !errors.Is(err, assist.ErrInvalid) {
		t.Errorf("got %v", err)
	}
}
