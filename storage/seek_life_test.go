package storage

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/settings"
	"ringside/storage/index"
	"ringside/storage/journal"
)

// oneByOne looks at every record of the store for what Seek should find.
func oneByOne(t *testing.T, db *DB, s glance.Seek) string {
	t.Helper()
	home := db.seek.region()
	people, texts := index.Parse(s.Text, home.read), index.Parse(s.Text, nil)
	type find struct {
		id         assist.ID
		tier, rank int
		at         int64
	}
	var all []find
	err := db.read(func(txn *badger.Txn) error {
		for rank, typ := range seekTypes() {
			it := txn.NewIterator(badger.IteratorOptions{Prefix: typeKey(typ)})
			defer it.Close()
			for it.Rewind(); it.Valid(); it.Next() {
				id := assist.ID(it.Item().Key()[2:])
				k, err := db.kept(txn, named{typ, id}, home)
				if err != nil {
					return err
				}
				q, at := people, k.doc.At
				if isText(typ) {
					q = texts
				}
				if typ == assist.TypeCustomer {
					at = micros(lastContact(txn, id))
				}
				if h, ok := q.Look(k.doc.Terms()); ok {
					all = append(all, find{id, int(h.Tier), rank, at})
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(all, func(a, b find) int {
		return cmp.Or(cmp.Compare(a.tier, b.tier), cmp.Compare(a.rank, b.rank), cmp.Compare(b.at, a.at), cmp.Compare(a.id, b.id))
	})
	var out []string
	for _, f := range all[:min(len(all), s.Limit)] {
		out = append(out, string(f.id))
	}
	return strings.Join(out, " ")
}

// life writes to a store at random.
type life struct {
	r     *rand.Rand
	names []string
}

func newLife(seed uint64) *life {
	return &life{rand.New(rand.NewPCG(seed, 3)), strings.Fields("mary shaw tom show lee leeds lea ann anna anne jürgen weiß o'brien acme x200 4711 müller mueller mull")}
}

func (l *life) words(n int) string {
	var out []string
	for range 1 + l.r.IntN(n) {
		out = append(out, l.names[l.r.IntN(len(l.names))])
	}
	return strings.Join(out, " ")
}

func (l *life) id(kind string, n int) assist.ID { return assist.ID(fmt.Sprint(kind, l.r.IntN(n))) }

func (l *life) at() time.Time { return day.Add(time.Duration(l.r.IntN(50)) * time.Hour) }

func (l *life) record() assist.Record {
	switch l.r.IntN(9) {
	case 0:
		return assist.Company{ID: l.id("co", 4), Name: l.words(2)}
	case 1, 2:
		c := assist.Customer{ID: l.id("c", 30), Name: l.words(3)}
		if l.r.IntN(2) == 0 {
			c.Company = l.id("co", 4)
		}
		if l.r.IntN(2) == 0 {
			c.Phones = []assist.Phone{{Raw: fmt.Sprintf("0113 496 %04d", l.r.IntN(40))}}
		}
		if l.r.IntN(2) == 0 {
			c.Emails = []string{strings.ReplaceAll(l.words(2), " ", ".") + "@acme.example"}
		}
		return c
	case 3:
		return assist.Promise{ID: l.id("p", 20), Customer: l.id("c", 30), Text: l.words(5), Made: l.at()}
	case 5:
		return assist.Insight{ID: l.id("i", 20), Customer: l.id("c", 30), Intelligence: assist.Market, Text: l.words(5), Subject: l.words(1), At: l.at()}
	case 6:
		return assist.Kudos{ID: l.id("k", 10), Customer: l.id("c", 30), Rep: "ewa", Words: l.words(5), At: l.at()}
	case 4:
		return assist.Call{ID: l.id("call", 20), Customer: l.id("c", 30), Started: l.at()}
	}
	return assist.Note{ID: l.id("n", 40), Customer: l.id("c", 30), Text: l.words(8), At: l.at()}
}

func (l *life) text() string {
	s := l.words(3)
	switch l.r.IntN(4) {
	case 0:
		s = fmt.Sprintf("0113 496 %04d", l.r.IntN(40))
	case 1:
		i := l.r.IntN(len(s))
		s = s[:i] + "a" + s[i:]
	}
	return s[:1+l.r.IntN(len(s))]
}

func TestSeekAgreesWithLookingAtEverything(t *testing.T) {
	ctx := context.Background()
	for seed := range uint64(3) {
		dir, l := t.TempDir(), newLife(seed)
		db := open(t, dir)
		for step := range 250 {
			switch n := l.r.IntN(40); {
			case n == 0:
				if err := db.Close(); err != nil {
					t.Fatal(err)
				}
				db = open(t, dir)
			case n <= 2:
				if err := db.Indexed(ctx); err != nil {
					t.Fatal(err)
				}
			case n < 22:
				save(t, db, l.record())
			default:
				s := glance.Seek{Text: l.text(), Limit: 1 + l.r.IntN(15)}
				got, err := db.Seek(ctx, s)
				if want := oneByOne(t, db, s); err != nil || ids(got) != want {
					t.Fatalf("seed %d, step %d, %q: %v %v, want %v", seed, step, s.Text, ids(got), err, want)
				}
			}
		}
	}
}

func TestSeekFindsAnImportWhenItIsIndexed(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	db := open(t, dir)
	people(t, db)
	if got := ids(seek(t, db, "mary shaw", assist.TypeCustomer)); got != "mary cross" {
		t.Fatal(got)
	}
	bulk := db.Bulk(ctx)
	addMany(t, bulk, 0, manyCustomers)
	if err := bulk.Close(); err != nil {
		t.Fatal(err)
	}
	_, c := benchCustomer(7)
	if got := seek(t, db, c.Phones[0].E164); len(got) == 0 || got[0].ID != c.ID {
		t.Errorf("before the index is made, a number finds %v", got)
	}
	if got := seek(t, db, c.Emails[0]); len(got) == 0 || got[0].ID != c.ID {
		t.Errorf("before the index is made, an address finds %v", got)
	}
	if err := db.Indexed(ctx); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if got := seek(t, db, "shaw 21999"); len(got) == 0 || got[0].Title != "Mary Shaw 21999" {
			t.Errorf("%v", got)
		}
		if got := seek(t, db, "mary shaw", assist.TypeCustomer); len(got) != 20 || got[0].ID != "mary" {
			t.Errorf("%d, first %v", len(got), got[0])
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		db = open(t, dir)
	}
}

func TestSeekForgetsWhatWasChanged(t *testing.T) {
	db := open(t, t.TempDir())
	people(t, db)
	for _, built := range []bool{false, true} {
		if built {
			if err := db.Indexed(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
		m := assist.Customer{ID: "mary", Name: fmt.Sprint("Petra Novak", built), Company: "acme"}
		save(t, db, m, assist.Company{ID: "acme", Name: fmt.Sprint("Zenith ", built)})
		for _, gone := range []string{"shaw mary", "0113 496 0123", "mary.shaw@example.org", "acme"} {
			for _, f := range seek(t, db, gone, assist.TypeCustomer) {
				if f.ID == "mary" && !strings.HasPrefix(f.Why, "without") {
					t.Errorf("%q still finds %+v", gone, f)
				}
			}
		}
		if got := ids(seek(t, db, "petra zenith", assist.TypeCustomer)); got != "mary" {
			t.Errorf("%v", got)
		}
	}
}

func TestSeekMakesADamagedSegmentAnew(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	for _, spoil := range []func([]byte) []byte{
		func(b []byte) []byte { b[len(b)/2] ^= 1; return b },
		func(b []byte) []byte { return b[:len(b)/2] },
		func(b []byte) []byte { return nil },
		func(b []byte) []byte { b[len(b)-9]++; return b },
		func(b []byte) []byte { b[0]++; return b },
		func(b []byte) []byte { b[40] ^= 4; return b },
	} {
		db := open(t, dir)
		people(t, db)
		save(t, db, assist.Note{ID: assist.NewID(time.Now()), At: day, Text: "one more"})
		if err := db.Indexed(ctx); err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		files, err := filepath.Glob(filepath.Join(dir, seekFolder, "*.seg"))
		if err != nil || len(files) == 0 {
			t.Fatal(files, err)
		}
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(f, spoil(b), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		db = open(t, dir)
		seek(t, db, "mary shaw")
		if err := db.Indexed(ctx); err != nil {
			t.Fatal(err)
		}
		if got := ids(seek(t, db, "mary shaw", assist.TypeCustomer)); got != "mary cross" {
			t.Errorf("%v", got)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestSeekRemovesWhatACrashLeft(t *testing.T) {
	dir := t.TempDir()
	left := []string{"customer.new", "sort-note-1", "customer-x.seg", "ghost-1.seg"}
	for _, name := range left {
		if err := os.MkdirAll(filepath.Join(dir, seekFolder, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	db := open(t, dir)
	people(t, db)
	if got := ids(seek(t, db, "weiss")); got != "weiss" {
		t.Errorf("%v", got)
	}
	for _, name := range left {
		if _, err := os.Stat(filepath.Join(dir, seekFolder, name)); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s is still there", name)
		}
	}
}

func TestSeekLeavesNothingReadableOnTheDisk(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	people(t, db)
	if err := db.Indexed(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(filepath.Join(dir, seekFolder))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		b, err := os.ReadFile(filepath.Join(dir, seekFolder, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"shaw", "Shaw", "refund", "441134960123", "mary"} {
			if bytes.Contains(b, []byte(word)) {
				t.Errorf("%s says %q", f.Name(), word)
			}
		}
	}
}

func TestSeekBesideWritersAndBuilders(t *testing.T) {
	ctx := context.Background()
	db := open(t, t.TempDir())
	people(t, db)
	var all sync.WaitGroup
	for k := range 2 {
		all.Go(func() {
			l := newLife(uint64(100 + k))
			for range 60 {
				if err := db.Save(ctx, l.record()); err != nil {
					t.Error(err)
				}
				id := l.id("fresh", 1000)
				if err := db.Save(ctx, assist.Customer{ID: id, Name: "Zoltan " + string(id)}); err != nil {
					t.Error(err)
				}
				if got, err := db.Seek(ctx, glance.Seek{Text: "zoltan " + string(id)}); err != nil || len(got) == 0 || got[0].ID != id {
					t.Errorf("%s was saved and is not found: %v %v", id, got, err)
				}
			}
		})
	}
	all.Go(func() {
		for range 10 {
			if err := db.Indexed(ctx); err != nil {
				t.Error(err)
			}
		}
	})
	all.Wait()
}

func TestSeekEndsWithItsContextAndWithTheStore(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	db := open(t, t.TempDir())
	people(t, db)
	if _, err := db.Seek(ctx, glance.Seek{Text: "mary"}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if err := db.Indexed(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if got := ids(seek(t, db, "weiss")); got != "weiss" {
		t.Errorf("%v", got)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Seek(context.Background(), glance.Seek{Text: "mary"}); !errors.Is(err, os.ErrClosed) {
		t.Errorf("got %v", err)
	}
}

func TestSeekBuildsInTheBackgroundAndCloseDoesNotWait(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	var many []assist.Record
	for i := range maxOver + 10 {
		many = append(many, assist.Customer{ID: assist.ID(fmt.Sprint("c", i)), Name: fmt.Sprint("Person ", i)})
	}
	save(t, db, many...)
	if got := seek(t, db, "person 3001"); len(got) == 0 || got[0].ID != "c3001" {
		t.Errorf("%v", got)
	}
	for range 500 {
		if _, err := os.Stat(db.segmentPath(assist.TypeCustomer, 1)); err == nil {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if _, err := os.Stat(db.segmentPath(assist.TypeCustomer, 1)); err != nil {
		t.Errorf("nothing was built: %v", err)
	}
	save(t, db, assist.Customer{ID: "c1", Name: "Ludmila"})
	if got := ids(seek(t, db, "ludmila")); got != "c1" {
		t.Errorf("%v", got)
	}
	db.outdated()
	db.seek.kick()
	start := time.Now()
	if err := db.Close(); err != nil || time.Since(start) > 5*time.Second {
		t.Errorf("%v after %v", err, time.Since(start))
	}
}

func TestSeekFollowsTheRegion(t *testing.T) {
	ctx := context.Background()
	db := open(t, t.TempDir())
	save(t, db, assist.Customer{ID: "de", Name: "Karl", Phones: []assist.Phone{{Raw: "0211 4960123"}}})
	if err := db.Indexed(ctx); err != nil {
		t.Fatal(err)
	}
	if err := db.SaveSettings(ctx, settings.Machine{Region: "DE"}); err != nil {
		t.Fatal(err)
	}
	if err := db.Indexed(ctx); err != nil {
		t.Fatal(err)
	}
	if got := seek(t, db, "+49 211 4960123"); len(got) != 1 || !got[0].Sure {
		t.Errorf("%v", got)
	}
}

func TestSeekFollowsTheRegionForWhatIsInMemory(t *testing.T) {
	ctx := context.Background()
	db := open(t, t.TempDir())
	save(t, db, assist.Customer{ID: "anna", Name: "Anna", Phones: []assist.Phone{{Raw: "030 1234567"}}},
		assist.Company{ID: "wurst", Name: "Wurst", Phones: []assist.Phone{{Raw: "030 7654321"}}})
	if got := ids(seek(t, db, "030 1234567")); got != "anna" {
		t.Fatalf("found %q", got)
	}
	if err := db.SaveSettings(ctx, settings.Machine{Me: "jo", Region: "DE"}); err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{"030 1234567": "anna", "+49301234567": "anna", "004930 1234": "anna", "+49 30 7654321": "wurst"} {
		if got := ids(seek(t, db, text)); got != want {
			t.Errorf("%q finds %q", text, got)
		}
	}
}

// asked is a context that does something when it is first asked whether it has ended.
type asked struct {
	context.Context
	first sync.Once
	do    func()
}

func (a *asked) Err() error {
	a.first.Do(a.do)
	return a.Context.Err()
}

func TestSeekSeesAnImportThatLandsWhileASegmentIsBuilt(t *testing.T) {
	ctx := context.Background()
	db := open(t, t.TempDir())
	var records []assist.Record
	for i := range 600 {
		records = append(records, assist.Customer{ID: assist.ID(fmt.Sprint("zed", i)), Name: "Zed"})
	}
	save(t, db, records...)
	seek(t, db, "zed")
	db.seek.build.Lock()
	err := db.buildShelf(&asked{Context: ctx, do: func() {
		bulk := db.Bulk(ctx)
		for i := range worthwhile + 1 {
			if err := bulk.Add(assist.Note{ID: assist.ID(fmt.Sprint("n", i)), Customer: "zed9", At: day, Text: "rang"}); err != nil {
				t.Fatal(err)
			}
		}
		if err := bulk.Close(); err != nil {
			t.Fatal(err)
		}
	}}, assist.TypeCustomer, false)
	db.seek.build.Unlock()
	if err != nil || db.name == firstPicture {
		t.Fatal(err, db.name)
	}
	if err := db.Indexed(ctx); err != nil {
		t.Fatal(err)
	}
	if got := seek(t, db, "zed", assist.TypeCustomer); len(got) == 0 || got[0].ID != "zed9" {
		t.Errorf("the latest contact is %v", ids(got))
	}
}

func FuzzSeek(f *testing.F) {
	db := open(f, f.TempDir())
	people(f, db)
	if err := db.Indexed(context.Background()); err != nil {
		f.Fatal(err)
	}
	save(f, db, assist.Customer{ID: "late", Name: "Later Lee"})
	for _, s := range []string{"", " ", "mary", "0113", "+", "@", "a@b", "ß", "\x00", "🙂🙂", "\xff\xfe", "shaw mary x y z 1 2 3 4 5 6 7 8 9", strings.Repeat("a", 10000), strings.Repeat("1 ", 5000), "ＳＨＡＷ", "王", "tel:+44;ext=1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := db.Seek(context.Background(), glance.Seek{Text: text})
		if err != nil || len(got) > 6 {
			t.Fatalf("%q: %d, %v", text, len(got), err)
		}
		for _, x := range got {
			if x.Title == "" || x.ID == "" {
				t.Errorf("%q: %+v", text, x)
			}
		}
	})
}

func TestSeekGoesOnWithSegmentsOfAnotherJournal(t *testing.T) {
	ctx, one, two := context.Background(), t.TempDir(), t.TempDir()
	db := open(t, one)
	people(t, db)
	if err := db.Indexed(ctx); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db = open(t, two)
	for i := range 9 {
		save(t, db, assist.Customer{ID: assist.ID(fmt.Sprint("c", i)), Name: "Someone Else"})
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(two, seekFolder), os.DirFS(filepath.Join(one, seekFolder))); err != nil {
		t.Fatal(err)
	}
	db = open(t, two)
	if got := seek(t, db, "mary"); len(got) != 0 {
		t.Errorf("found in another store: %v", got)
	}
	if err := db.Indexed(ctx); err != nil {
		t.Fatal(err)
	}
	if got := seek(t, db, "someone"); len(got) != 9 {
		t.Errorf("found %v", got)
	}
}

func TestWhatWasWrittenInALongSpellBeforeABadEndCanBeSoughtAtOnce(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	db := open(t, dir)
	save(t, db, mary())
	for i := range 300 { // more than is read at the first Seek
		save(t, db, assist.Note{ID: assist.ID(fmt.Sprint("long-", i)), Customer: mary().ID, At: day, Text: strings.Repeat("words ", 1000)})
	}
	if db.journal.Since(journal.Position{}) < 3*maxTail/2 {
		t.Fatal("too little to test anything")
	}
	copied := filepath.Join(t.TempDir(), "data") // as it is when the program is killed
	if err := os.CopyFS(copied, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	db = open(t, copied)
	if err := db.Seekable(ctx); err != nil {
		t.Fatal(err)
	}
	found, err := db.Seek(ctx, glance.Seek{Text: mary().Name})
	if err != nil || len(found) == 0 || found[0].ID != mary().ID {
		t.Errorf("%v %v", found, err)
	}
}
