package storage

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/phone"
	"ringside/assist/settings"
)

const manyCustomers = worthwhile + 2000

// addMany adds customers and their companies to an import.
func addMany(t *testing.T, bulk *Bulk, from, to int) {
	t.Helper()
	for i := from; i < to; i++ {
		company, customer := benchCustomer(i)
		for _, r := range []assist.Record{company, customer} {
			if err := bulk.Add(r); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// lived makes a store in which things have been changed and taken away.
func lived(t *testing.T, db *DB) {
	t.Helper()
	ctx, m := context.Background(), mary()
	save(t, db, acme(), m, assist.Note{ID: "n", Customer: m.ID, At: day, Text: "Likes short calls"})
	m.Phones = []assist.Phone{{Raw: "+44 113 496 0999", E164: "+441134960999"}}
	save(t, db, m)
	m.City = "York"
	save(t, db, m)
	save(t, db, assist.Draft{ID: "d", At: day, Note: "half"}, assist.Draft{ID: "e", At: day})
	save(t, db, assist.Draft{ID: "d", At: day, Note: "whole"}, assist.Draft{ID: "e", At: day, Done: true})
	save(t, db, assist.Promise{ID: "p", Customer: m.ID, Text: "ring", Made: day, Kept: day})
	if err := db.SaveSettings(ctx, settings.Machine{Me: "jo", Started: true}); err != nil {
		t.Fatal(err)
	}
}

// stillLived checks what lived has made.
func stillLived(t *testing.T, db *DB) {
	t.Helper()
	ctx, m := context.Background(), mary()
	if v := history(t, db, m); len(v) != 3 || v[2].Record.(assist.Customer).Phones[0].Raw != m.Phones[0].Raw {
		t.Errorf("versions %+v", v)
	}
	if found, err := db.FindByNumber(ctx, phone.Parse(m.Phones[0].E164, "")); err != nil || len(found) != 0 {
		t.Errorf("the number of before leads to %v %v", found, err)
	}
	found, err := db.FindByNumber(ctx, phone.Parse("+441134960999", ""))
	if err != nil || len(found) != 1 || found[0].Customer.City != "York" {
		t.Errorf("%v %v", found, err)
	}
	if p, err := db.Profile(ctx, m.ID); err != nil || len(p.Notes) != 1 || len(p.Promises) != 0 {
		t.Errorf("%+v %v", p, err)
	}
	if d, err := db.Drafts(ctx); err != nil || len(d) != 1 || d[0].Note != "whole" {
		t.Errorf("%v %v", d, err)
	}
	if s, err := db.Settings(ctx); err != nil || s.Me != "jo" {
		t.Errorf("%v %v", s, err)
	}
}

func TestImportIntoAStoreInUseKeepsEverything(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	db := open(t, dir)
	lived(t, db)
	bulk := db.Bulk(ctx)
	for i := range manyCustomers {
		id := assist.IDFrom("call", time.Unix(int64(i), 0).String())
		if err := bulk.Add(assist.Call{ID: id, Customer: mary().ID, Started: day.Add(time.Duration(i) * time.Second), Disposition: "rang"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := bulk.Flush(); err != nil {
		t.Fatal(err)
	}
	save(t, db, assist.Note{ID: "beside", Customer: mary().ID, At: day, Text: "while it goes on"})
	if err := bulk.Close(); err != nil {
		t.Fatal(err)
	}
	if db.name == firstPicture {
		t.Fatal("no new picture was made: this tests nothing")
	}
	for range 2 {
		p, err := db.Profile(ctx, mary().ID)
		if err != nil || len(p.Calls) != maxCalls || !p.Calls[0].Started.Equal(day.Add((manyCustomers-1)*time.Second)) || len(p.Notes) != 2 {
			t.Errorf("%v %v", p, err)
		}
		if r := mustCheck(t, db); r.Counts[assist.TypeCall] != manyCustomers {
			t.Errorf("%v", r.Counts)
		}
		db.Close()
		db = open(t, dir)
	}
}

func TestNewPictureKeepsWhatTheOldOneHeld(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	db := open(t, dir)
	lived(t, db)
	s, err := newSorter(filepath.Join(db.pictureRoot(), sortFolder))
	if err != nil {
		t.Fatal(err)
	}
	if err := db.renew(s, db.mark()); err != nil {
		t.Fatal(err)
	}
	if err := s.remove(); err != nil {
		t.Fatal(err)
	}
	stillLived(t, db)
	m := mary()
	m.City = "Hull" // and goes on from there
	save(t, db, m)
	if v := history(t, db, m); len(v) != 4 {
		t.Errorf("%d versions", len(v))
	}
	m.City, m.Phones = "York", []assist.Phone{{Raw: "+44 113 496 0999", E164: "+441134960999"}}
	save(t, db, m)
	mustCheck(t, db)
	db.Close()
	db = open(t, dir)
	if v := history(t, db, m); len(v) != 5 {
		t.Errorf("%d versions", len(v))
	}
	if got, err := Find[assist.Customer](ctx, db, m.ID); err != nil || got.City != "York" {
		t.Errorf("%v %v", got, err)
	}
	mustCheck(t, db)
}

func TestReadersGoOnWhileThePictureIsReplaced(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	db := open(t, dir)
	save(t, db, assist.Rep{ID: "a", Name: "A"}, assist.Rep{ID: "b", Name: "B"}, assist.Rep{ID: "c", Name: "C"})
	before, n := db.pictureDir(), 0
	for _, err := range List[assist.Rep](ctx, db) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n > 1 {
			continue
		}
		bulk := db.Bulk(ctx)
		addMany(t, bulk, 0, manyCustomers)
		if err := bulk.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(before); err != nil || before == db.pictureDir() {
			t.Errorf("the reader's picture: %v", err)
		}
	}
	if n != 3 {
		t.Errorf("%d reps", n)
	}
	db.leaving.Wait()
	if _, err := os.Stat(before); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the picture of before is still there: %v", err)
	}
	if r := mustCheck(t, db); r.Counts[assist.TypeCustomer] != manyCustomers || r.Counts[assist.TypeRep] != 3 {
		t.Errorf("%v", r.Counts)
	}
}

// asItLies copies a data folder as a crash would leave it.
func asItLies(t *testing.T, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}

func TestImportThatWasBrokenOffIsThereAtTheNextStart(t *testing.T) {
	for name, size := range map[string]int{"short": 1500, "long": manyCustomers} {
		dir := t.TempDir()
		db := open(t, dir)
		lived(t, db)
		bulk := db.Bulk(context.Background())
		for i := range size {
			_, c := benchCustomer(i)
			n := assist.Call{ID: assist.IDFrom(string(c.ID)), Customer: mary().ID, Started: day, Disposition: c.Address + c.Name + c.City + strings.Repeat("-", 50)}
			if err := bulk.Add(n); err != nil {
				t.Fatal(err)
			}
		}
		if err := bulk.Flush(); err != nil {
			t.Fatal(err)
		}
		save(t, db, assist.Rep{ID: "beside", Name: "Jo"})
		again := open(t, asItLies(t, dir))
		if r := mustCheck(t, again); r.Counts[assist.TypeCall] != size || r.Counts[assist.TypeRep] != 1 {
			t.Errorf("%s: %v", name, r.Counts)
		}
		stillLived(t, again)
		if long := size >= worthwhile; long != (again.name != firstPicture) {
			t.Errorf("%s: it was not brought back as it was to be", name)
		}
		if entries, err := os.ReadDir(again.pictureRoot()); err != nil || len(entries) > 4 {
			t.Errorf("%s: %v %v", name, entries, err)
		}
		if err := bulk.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestLongJournalMakesThePictureAnew(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	bulk := db.Bulk(context.Background())
	addMany(t, bulk, 0, manyCustomers)
	if err := bulk.Close(); err != nil {
		t.Fatal(err)
	}
	_, c := benchCustomer(7)
	c.City = "York"
	save(t, db, c)
	if size := db.journal.Since(db.mark().end); size != 0 {
		t.Errorf("%d bytes behind the end", size)
	}
	db.Close()
	if err := os.RemoveAll(filepath.Join(dir, "picture")); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	if db.name == firstPicture {
		t.Fatal("no leap was made: this tests nothing")
	}
	if v := history(t, db, c); len(v) != 2 || v[0].Record.(assist.Customer).City != "York" {
		t.Errorf("%+v", v)
	}
	mustCheck(t, db)
}

func TestOpenRemovesUnfinishedPictures(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	save(t, db, mary())
	db.Close()
	for _, name := range []string{"7", sortFolder} {
		if err := os.MkdirAll(filepath.Join(dir, "picture", name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "picture", currentFile), []byte("../elsewhere"), 0o600); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	mustCheck(t, db)
	for _, name := range []string{"7", sortFolder} {
		if _, err := os.Stat(filepath.Join(dir, "picture", name)); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestImportThatCannotLandIsNotLost(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	block := filepath.Join(dir, "picture", currentFile, "in the way")
	if err := os.MkdirAll(block, 0o700); err != nil {
		t.Fatal(err)
	}
	bulk := db.Bulk(context.Background())
	addMany(t, bulk, 0, manyCustomers)
	var fault *assist.Fault
	if err := bulk.Close(); !errors.As(err, &fault) {
		t.Fatalf("got %v", err)
	}
	if err := db.Save(context.Background(), mary()); !errors.As(err, &fault) {
		t.Errorf("got %v", err)
	}
	db.Close()
	if err := os.RemoveAll(filepath.Dir(block)); err != nil {
		t.Fatal(err)
	}
	if r := mustCheck(t, open(t, dir)); r.Counts[assist.TypeCustomer] != manyCustomers {
		t.Errorf("%v", r.Counts)
	}
}

func TestSaveChangesWhatAnImportHolds(t *testing.T) {
	ctx, db := context.Background(), open(t, t.TempDir())
	bulk := db.Bulk(ctx)
	addMany(t, bulk, 0, 100)
	if err := bulk.Flush(); err != nil {
		t.Fatal(err)
	}
	_, c := benchCustomer(5)
	c.Role, c.About = "", "changed meanwhile"
	save(t, db, c)
	addMany(t, bulk, 100, 200)
	if err := bulk.Close(); err != nil {
		t.Fatal(err)
	}
	if got, err := Find[assist.Customer](ctx, db, c.ID); err != nil || got.Role != "" || got.About != c.About || got.Name != c.Name {
		t.Errorf("%+v %v", got, err)
	}
	if v := history(t, db, c); len(v) != 2 {
		t.Errorf("%d versions", len(v))
	}
	mustCheck(t, db)
}

func TestSaveGoesOnWhileAnImportLands(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	db := open(t, dir)
	bulk := db.Bulk(ctx)
	addMany(t, bulk, 0, manyCustomers)
	if err := bulk.Flush(); err != nil {
		t.Fatal(err)
	}
	landed := make(chan error)
	go func() { landed <- bulk.Close() }()
	saved := 0
	for done := false; !done; saved++ {
		select {
		case err := <-landed:
			if done = true; err != nil {
				t.Fatal(err)
			}
		default:
		}
		save(t, db, assist.Incident{ID: assist.IDFrom("i", strconv.Itoa(saved)), Title: "late parcels", Opened: day})
	}
	for range 2 {
		if r := mustCheck(t, db); r.Counts[assist.TypeIncident] != saved || r.Counts[assist.TypeCustomer] != manyCustomers {
			t.Errorf("%d saved: %v", saved, r.Counts)
		}
		db.Close()
		db = open(t, dir)
	}
}

func TestTwoImportsGoOnTogether(t *testing.T) {
	ctx, db := context.Background(), open(t, t.TempDir())
	one, two := db.Bulk(ctx), db.Bulk(ctx)
	done := make(chan error)
	go func() {
		for i := range 3000 {
			if err := two.Add(assist.Note{ID: assist.IDFrom("n", strconv.Itoa(i)), Customer: mary().ID, At: day, Text: "t"}); err != nil {
				done <- err
				return
			}
		}
		done <- two.Close()
	}()
	addMany(t, one, 0, 3000)
	if err := errors.Join(<-done, one.Close()); err != nil {
		t.Fatal(err)
	}
	if r := mustCheck(t, db); r.Counts[assist.TypeCustomer] != 3000 || r.Counts[assist.TypeNote] != 3000 {
		t.Errorf("%v", r.Counts)
	}
}

func TestImportBelongsToTheRegionThatWasChosen(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	db := open(t, dir)
	if err := db.SaveSettings(ctx, settings.Machine{Me: "jo", Region: "DE"}); err != nil {
		t.Fatal(err)
	}
	bulk := db.Bulk(ctx)
	addMany(t, bulk, 0, manyCustomers/2)
	if err := bulk.Add(assist.Customer{ID: "anna", Name: "Anna", Phones: []assist.Phone{{Raw: "030 1234567"}}}); err != nil {
		t.Fatal(err)
	}
	addMany(t, bulk, manyCustomers/2, manyCustomers)
	if err := bulk.Close(); err != nil {
		t.Fatal(err)
	}
	if db.name == firstPicture {
		t.Fatal("no new picture")
	}
	found, err := db.FindByNumber(ctx, phone.Parse("+49301234567", "DE"))
	if err != nil || len(found) != 1 {
		t.Errorf("found %v %v", found, err)
	}
	mustCheck(t, db)
}

func TestRegionMayChangeWhileAnImportGoesOn(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	db := open(t, dir)
	bulk := db.Bulk(ctx)
	addMany(t, bulk, 0, manyCustomers)
	if err := bulk.Add(assist.Customer{ID: "anna", Name: "Anna", Phones: []assist.Phone{{Raw: "030 1234567"}}}); err != nil {
		t.Fatal(err)
	}
	if err := bulk.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := db.SaveSettings(ctx, settings.Machine{Me: "jo", Region: "DE"}); err != nil {
		t.Fatal(err)
	}
	if err := bulk.Close(); err != nil {
		t.Fatal(err)
	}
	found, err := db.FindByNumber(ctx, phone.Parse("+49301234567", "DE"))
	if err != nil || len(found) != 1 {
		t.Errorf("found %v %v", found, err)
	}
	mustCheck(t, db)
}

func TestWhatWasSavedIsReadWhileAnImportLands(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	db := open(t, dir)
	bulk := db.Bulk(ctx)
	addMany(t, bulk, 0, manyCustomers)
	if err := bulk.Flush(); err != nil {
		t.Fatal(err)
	}
	var last atomic.Int64
	stop := make(chan bool)
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 1; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			var rs []assist.Record
			for j := range 50 {
				rs = append(rs, assist.Note{ID: assist.ID(fmt.Sprint("n", i, "-", j)), Customer: "x", At: day, Text: "t"})
			}
			if err := db.Save(ctx, rs...); err != nil {
				t.Error(err)
				return
			}
			last.Store(int64(i))
		}
	})
	missing, reads := 0, 0
	wg.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
			}
			n := last.Load()
			if n == 0 {
				continue
			}
			reads++
			if _, err := Find[assist.Note](ctx, db, assist.ID(fmt.Sprint("n", n, "-0"))); err != nil {
				missing++
			}
		}
	})
	if err := bulk.Close(); err != nil {
		t.Fatal(err)
	}
	close(stop)
	wg.Wait()
	if db.name == firstPicture {
		t.Fatal("no new picture")
	}
	if missing > 0 {
		t.Errorf("%d of %d reads missed what was saved", missing, reads)
	}
}

func TestCloseWhileAnImportLandsLosesNothing(t *testing.T) {
	ctx := context.Background()
	for _, wait := range []time.Duration{0, 50 * time.Millisecond} {
		dir := t.TempDir()
		db := open(t, dir)
		bulk := db.Bulk(ctx)
		const added = worthwhile + 1
		for i := range added {
			if err := bulk.Add(assist.Note{ID: assist.ID(fmt.Sprint("n", i)), Customer: "x", At: day, Text: "rang"}); err != nil {
				t.Fatal(err)
			}
		}
		if err := bulk.Flush(); err != nil {
			t.Fatal(err)
		}
		closed := make(chan error)
		go func() {
			time.Sleep(wait)
			closed <- db.Close()
		}()
		_ = bulk.Close() // it may have been in time
		if err := <-closed; err != nil {
			t.Error(err)
		}
		db = open(t, dir)
		if r := mustCheck(t, db); r.Counts[assist.TypeNote] != added {
			t.Errorf("%d notes of %d", r.Counts[assist.TypeNote], added)
		}
	}
}

func TestOpenTellsHowFarItIsInMakingThePictureAnew(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	bulk := db.Bulk(context.Background())
	for i := range manyCustomers {
		_, c := benchCustomer(i)
		if err := bulk.Add(c); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(bulk.Close(), db.Close(), os.RemoveAll(filepath.Join(dir, "picture"))); err != nil {
		t.Fatal(err)
	}
	var told []int
	opt := Options{Dir: dir, Key: testKey, Region: "GB", Progress: func(done, all int) {
		if all != 100 || done < 0 || done >= all || len(told) > 0 && done <= told[len(told)-1] {
			t.Errorf("%d of %d behind %v", done, all, told)
		}
		told = append(told, done)
	}}
	db, err := Open(context.Background(), opt)
	if err != nil {
		t.Fatal(err)
	}
	mustCheck(t, db)
	if len(told) < 50 || told[0] != 0 || told[len(told)-1] < 80 {
		t.Errorf("told %v", told)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	told = nil
	if db, err = Open(context.Background(), opt); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil || told != nil {
		t.Errorf("of nothing it told %v, %v", told, err)
	}
}
