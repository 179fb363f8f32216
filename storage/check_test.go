package storage

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/phone"
	"ringside/storage/journal"
)

// The desk's wishes, as it declares them.
var _ interface {
	FindByNumber(ctx context.Context, n phone.Number) ([]glance.Match, error)
	Profile(ctx context.Context, customer assist.ID) (glance.Profile, error)
	Save(ctx context.Context, records ...assist.Record) error
	Drafts(ctx context.Context) ([]assist.Draft, error)
} = (*DB)(nil)

func TestCheckFindsWhatDoesNotAgree(t *testing.T) {
	m := mary()
	for name, c := range map[string]struct {
		spoil func(txn *badger.Txn) error
		want  string
	}{
		"a record gone": {func(txn *badger.Txn) error { return txn.Delete(recordKey(assist.TypeCustomer, m.ID)) }, "in the journal only"},
		"a record more": {func(txn *badger.Txn) error {
			s, _ := merge(nil, nil, stamp{clock: 1}, "")
			return txn.Set(recordKey(assist.TypeRep, "ghost"), s.encode(nil))
		}, "the picture 3"},
		"a record older": {func(txn *badger.Txn) error {
			s, _ := merge(nil, nil, stamp{clock: 1}, "")
			return txn.Set(recordKey(assist.TypeCustomer, m.ID), s.encode(nil))
		}, "is older than in the journal"},
		"an index entry gone": {func(txn *badger.Txn) error { return txn.Delete(numberKey("441134960123", ownNumber, m.ID)) }, "no index entry 'n'"},
		"an index entry more": {func(txn *badger.Txn) error { return txn.Set(refKey(spaceDraft, "ghost"), nil) }, "index entries 'd'"},
	} {
		db := open(t, t.TempDir())
		save(t, db, acme(), m)
		if r := mustCheck(t, db); r.Counts[assist.TypeCompany] != 1 || r.Operations != 2 {
			t.Errorf("%+v", r)
		}
		if err := db.picture.Update(c.spoil); err != nil {
			t.Fatal(err)
		}
		r, err := db.Check(context.Background())
		if err != nil || !strings.Contains(strings.Join(r.Wrong, "; "), c.want) {
			t.Errorf("%s: %q %v", name, r.Wrong, err)
		}
	}
}

func TestCheckFindsADamagedJournal(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	save(t, db, mary())
	path := filepath.Join(dir, "journal", "00000001.seg")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)-1] ^= 1
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Check(context.Background()); !errors.Is(err, assist.ErrDamaged) {
		t.Errorf("got %v", err)
	}
}

func TestCheckStopsWithItsContext(t *testing.T) {
	db := open(t, t.TempDir())
	save(t, db, mary())
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := db.Check(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestClosedStoreRefusesEverything(t *testing.T) {
	ctx, db := context.Background(), open(t, t.TempDir())
	save(t, db, mary())
	bulk := db.Bulk(ctx)
	if err := errors.Join(db.Close(), db.Close()); err != nil {
		t.Fatal(err)
	}
	if err := db.Save(ctx, acme()); !errors.Is(err, os.ErrClosed) {
		t.Errorf("save: %v", err)
	}
	if err := bulk.Add(acme()); err != nil {
		t.Errorf("add: %v", err)
	}
	if err := bulk.Close(); err == nil {
		t.Error("an import into a closed store seemed to work")
	}
	if _, err := db.Profile(ctx, mary().ID); err == nil || errors.Is(err, assist.ErrNotFound) {
		t.Errorf("profile: %v", err)
	}
	if _, err := db.Check(ctx); !errors.Is(err, os.ErrClosed) {
		t.Errorf("check: %v", err)
	}
}

func TestBulkEndsOnce(t *testing.T) {
	db := open(t, t.TempDir())
	bulk := db.Bulk(context.Background())
	if err := bulk.Add(mary()); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(bulk.Close(), bulk.Close(), bulk.Flush()); err != nil {
		t.Error(err)
	}
	if err := bulk.Add(mary()); !errors.Is(err, os.ErrClosed) {
		t.Errorf("got %v", err)
	}
	if r := mustCheck(t, db); r.Operations != 1 {
		t.Errorf("%+v", r)
	}
}

func TestSaveSaysWhenTheJournalCannotBeWritten(t *testing.T) {
	ctx, db := context.Background(), open(t, t.TempDir())
	save(t, db, mary())
	if err := db.journal.Close(); err != nil {
		t.Fatal(err)
	}
	if err := db.Save(ctx, acme()); err == nil {
		t.Fatal("acknowledged without the journal")
	}
	if _, err := Find[assist.Company](ctx, db, "acme"); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("shown without the journal: %v", err)
	}
}

func TestReadersStopWithTheirContext(t *testing.T) {
	db := open(t, t.TempDir())
	save(t, db, mary(), assist.Draft{ID: "d", At: day})
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for name, read := range map[string]func() error{
		"find":    func() error { _, err := Find[assist.Customer](ctx, db, mary().ID); return err },
		"number":  func() error { _, err := db.FindByNumber(ctx, phone.Parse("01134960123", "GB")); return err },
		"key":     func() error { _, _, err := db.FindByKey(ctx, "hubspot:12"); return err },
		"profile": func() error { _, err := db.Profile(ctx, mary().ID); return err },
		"drafts":  func() error { _, err := db.Drafts(ctx); return err },
		"history": func() error { _, err := db.History(ctx, assist.TypeCustomer, mary().ID); return err },
		"save":    func() error { return db.Save(ctx, acme()) },
		"open": func() error {
			_, err := Open(ctx, Options{Dir: t.TempDir(), Key: testKey})
			return err
		},
	} {
		if err := read(); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestNothingIsFoundInAnEmptyStore(t *testing.T) {
	ctx, db := context.Background(), open(t, t.TempDir())
	if m, err := db.FindByNumber(ctx, phone.Parse("01134960123", "GB")); len(m) != 0 || err != nil {
		t.Errorf("%v %v", m, err)
	}
	if m, err := db.FindByNumber(ctx, phone.Parse("anonymous", "GB")); len(m) != 0 || err != nil {
		t.Errorf("%v %v", m, err)
	}
	if _, ok, err := db.FindByKey(ctx, "email:x@y"); ok || err != nil {
		t.Errorf("%v %v", ok, err)
	}
	if _, err := db.Profile(ctx, "nobody"); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("got %v", err)
	}
	if _, err := db.History(ctx, assist.TypeNote, "n"); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("got %v", err)
	}
	if d, err := db.Drafts(ctx); len(d) != 0 || err != nil {
		t.Errorf("%v %v", d, err)
	}
	if r := mustCheck(t, db); r.Operations != 0 || len(r.Counts) != 0 {
		t.Errorf("%+v", r)
	}
}

func TestKeysOfOneCustomerAreNotTheBeginningOfAnothers(t *testing.T) {
	ctx, db := context.Background(), open(t, t.TempDir())
	a := assist.Customer{ID: "a", Name: "A", Emails: []string{"x@y.org"}, External: []string{"crm:1"}}
	b := assist.Customer{ID: "ab", Name: "B", Emails: []string{"x@y.org.uk"}, External: []string{"crm:12"}}
	save(t, db, a, b, assist.Note{ID: "n", Customer: "ab", At: day, Text: "t"})
	for key, want := range map[string]assist.ID{"email:x@y.org": "a", "email:x@y.org.uk": "ab", "crm:1": "a", "crm:12": "ab"} {
		if id, ok, err := db.FindByKey(ctx, key); id != want || !ok || err != nil {
			t.Errorf("%s: %v %v %v", key, id, ok, err)
		}
	}
	if _, ok, err := db.FindByKey(ctx, "crm:"); ok || err != nil {
		t.Errorf("half a key was found, %v", err)
	}
	if p, err := db.Profile(ctx, "a"); err != nil || len(p.Notes) != 0 {
		t.Errorf("%v %v", p.Notes, err)
	}
}

func TestNumberOfSeveralCustomersGivesTheLatestContactFirst(t *testing.T) {
	ctx, db := context.Background(), open(t, t.TempDir())
	number := []assist.Phone{{Raw: "0113 496 0000", E164: "+441134960000"}}
	save(t, db, acme(), // the same number is the switchboard
		assist.Customer{ID: "a", Name: "A", Phones: number, Company: "acme"},
		assist.Customer{ID: "b", Name: "B", Phones: number},
		assist.Customer{ID: "c", Name: "C", Company: "acme"},
		assist.Call{ID: "1", Customer: "a", Started: day},
		assist.Note{ID: "2", Customer: "b", At: day.Add(time.Hour), Text: "t", Intelligence: assist.Market},
		assist.Note{ID: "3", Customer: "b", At: day.Add(-time.Hour), Text: "t"})
	m, err := db.FindByNumber(ctx, phone.Parse("0113 4960000", "GB"))
	if err != nil || len(m) != 3 {
		t.Fatalf("%+v %v", m, err)
	}
	for i, want := range []glance.Match{{Customer: assist.Customer{ID: "b"}, LastContact: day.Add(time.Hour)},
		{Customer: assist.Customer{ID: "a"}, Company: "Acme Ltd", LastContact: day}, {Customer: assist.Customer{ID: "c"}, Company: "Acme Ltd", Switchboard: true}} {
		got := m[i]
		if got.Customer.ID != want.Customer.ID || got.Company != want.Company || got.Switchboard != want.Switchboard ||
			!got.LastContact.Equal(want.LastContact.Truncate(time.Microsecond)) {
			t.Errorf("%d: %+v", i, got)
		}
	}
}

func TestANoteThatMovesLeavesTheOldCustomer(t *testing.T) {
	ctx, db := context.Background(), open(t, t.TempDir())
	save(t, db, assist.Customer{ID: "a", Name: "A"}, assist.Customer{ID: "b", Name: "B"})
	n := assist.Note{ID: "n", Customer: "a", At: day, Text: "t"}
	save(t, db, n)
	n.Customer, n.Intelligence = "b", assist.Market
	save(t, db, n)
	a, err := db.Profile(ctx, "a")
	if err != nil || len(a.Notes)+len(a.Heard) != 0 {
		t.Errorf("%+v %v", a, err)
	}
	b, err := db.Profile(ctx, "b")
	if err != nil || len(b.Notes) != 0 || len(b.Heard) != 1 {
		t.Errorf("%+v %v", b, err)
	}
}

func TestIncidentsLeaveTheCardWhenTheyAreOver(t *testing.T) {
	ctx, db := context.Background(), open(t, t.TempDir())
	m := mary()
	i := assist.Incident{ID: "i", Title: "No water", Opened: day, Customers: []assist.ID{m.ID}}
	save(t, db, m, i)
	if p, err := db.Profile(ctx, m.ID); err != nil || len(p.Incidents) != 1 {
		t.Errorf("%v %v", p.Incidents, err)
	}
	i.Closed = day
	save(t, db, i)
	if p, err := db.Profile(ctx, m.ID); err != nil || len(p.Incidents) != 0 {
		t.Errorf("%v %v", p.Incidents, err)
	}
}

func TestProfileTakesNoMoreThanACardShows(t *testing.T) {
	ctx, db := context.Background(), open(t, t.TempDir())
	save(t, db, mary())
	bulk := db.Bulk(ctx)
	for i := range 300 {
		id := assist.NewID(day.Add(time.Duration(i) * time.Hour))
		at := day.Add(time.Duration(i) * time.Hour)
		for _, r := range []assist.Record{
			assist.Note{ID: id, Customer: mary().ID, At: at, Text: "t"},
			assist.Insight{ID: id, Customer: mary().ID, At: at, Text: "t", Intelligence: assist.Market},
			assist.Asked{ID: id, Customer: mary().ID, At: at, Prompt: "p", Reply: assist.ReplyNotNow}} {
			if err := bulk.Add(r); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := bulk.Close(); err != nil {
		t.Fatal(err)
	}
	p, err := db.Profile(ctx, mary().ID)
	if err != nil || len(p.Notes) != 20 || len(p.Insights) != 50 || len(p.Asked) != 200 || len(p.Calls) != 0 {
		t.Fatalf("%d %d %d %v", len(p.Notes), len(p.Insights), len(p.Asked), err)
	}
	if !p.Asked[0].At.Equal(p.Notes[0].At) || !p.Asked[0].At.After(p.Asked[199].At) {
		t.Error("not the latest first")
	}
}

func TestStoreJSONThatIsDamagedIsMadeAnew(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	save(t, db, mary())
	db.Close()
	path := filepath.Join(dir, "store.json")
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"", "{", `{"format":1}`} {
		if err := os.WriteFile(path, []byte(bad), 0o600); err != nil {
			t.Fatal(err)
		}
		open(t, dir).Close()
		if after, _ := os.ReadFile(path); string(after) != string(before) {
			t.Errorf("%q became %q, not %q", bad, after, before)
		}
	}
	if err := os.WriteFile(path, []byte(`{"format":1,"store":"00112233445566778899aabbccddeeff"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(context.Background(), Options{Dir: dir, Key: testKey}); !errors.Is(err, assist.ErrDamaged) {
		t.Errorf("another store's journal: got %v", err)
	}
}

func TestJournalOfAStoreHoldsDensePacks(t *testing.T) {
	db := open(t, t.TempDir())
	save(t, db, acme(), mary())
	save(t, db, assist.Rep{ID: "jo", Name: "Jo"})
	var n, clock uint64
	err := db.journal.Read(journal.Position{}, func(_ journal.Position, b []byte) error {
		p, err := decodePack(b)
		if err != nil {
			return err
		}
		if p.n != n+1 || p.clock <= clock || p.device != db.journal.Device() {
			t.Errorf("pack %d at %d follows %d at %d", p.n, p.clock, n, clock)
		}
		n, clock = p.n+uint64(len(p.ops))-1, p.stamp(len(p.ops)-1).clock
		return nil
	})
	if err != nil || n != 3 {
		t.Errorf("%d %v", n, err)
	}
}
