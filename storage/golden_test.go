package storage

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/settings"
	"ringside/storage/audit"
	"ringside/storage/secret"
)

// Stores that older versions have written, each a folder with the journal, the files
// beside it and records.jsonl (or .gz): what that version read from it. What a version has
// released is never changed again; a new format gets a new folder, by
// RINGSIDE_GOLDEN=v2-2027-01-31 go test ./storage -run TestMakeGoldenStore.
const golden = "testdata/stores"

// goldenStores are what is found in each by Seek.
var goldenStores = map[string]struct {
	words string
	found assist.Ref
}{
	"v0-2026-11-22": {"mary shaw", assist.Ref{Type: assist.TypeCustomer, ID: "mary-shaw"}},
	"v1-2026-11-27": {"quarry gardens", assist.Ref{Type: assist.TypeCustomer, ID: "m"}},
	"v2-2026-11-27": {"wren harbour", assist.Ref{Type: assist.TypeCustomer, ID: "elsewhere"}},
	"v3-2026-11-27": {"wren harbour", assist.Ref{Type: assist.TypeCustomer, ID: "elsewhere"}},
}

// givenUp are fields that a later version does not read any more. They stay in the store.
var givenUp = map[assist.Type]string{
	assist.TypeIncident: "concierges", // before customers had places in incidents
}

func TestStoresOfOlderVersionsOpen(t *testing.T) {
	folders, err := os.ReadDir(golden)
	if err != nil || len(folders) != len(goldenStores) {
		t.Fatalf("%d folders, %d are known: %v", len(folders), len(goldenStores), err)
	}
	for _, f := range folders {
		t.Run(f.Name(), func(t *testing.T) {
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS(filepath.Join(golden, f.Name()))); err != nil {
				t.Fatal(err)
			}
			want := writtenThen(t, dir)
			for _, again := range []string{"first", "again"} {
				db := openGolden(t, dir)
				sameAsThen(t, db, want)
				if s, err := db.Settings(t.Context()); err != nil || s.Me == "" || s.Region != "GB" {
					t.Errorf("%s: the settings are %+v, %v", again, s, err)
				}
				report, err := db.Check(t.Context())
				if err != nil || len(report.Wrong) > 0 {
					t.Errorf("%s: %v, %v", again, report.Wrong, err)
				}
				known := goldenStores[f.Name()]
				found, err := db.Seek(t.Context(), glance.Seek{Text: known.words, Limit: 5})
				if err != nil || len(found) == 0 || (assist.Ref{Type: found[0].Type, ID: found[0].ID}) != known.found {
					t.Errorf("%s: %q finds %+v, %v", again, known.words, found, err)
				}
				bodies, _ := outgoing(t, db, Mark{}, true)
				other := desk(t, t.TempDir(), 0)
				takeIn(t, other, bodies)
				sameDigest(t, db, other)
				if err := db.Close(); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// openGolden opens a copy of an old store with the key that lies beside it, and reads its log
// of who did what.
func openGolden(t *testing.T, dir string) *DB {
	t.Helper()
	key, _, err := secret.Key(t.Context(), dir, secret.Options{NoKeychain: true})
	if err != nil {
		t.Fatal(err)
	}
	db, err := Open(t.Context(), Options{Dir: dir, Key: key, Region: "GB"})
	if err != nil {
		t.Fatal(err)
	}
	log, err := audit.Open(dir, key, db)
	if err != nil {
		t.Fatal(err)
	}
	if breaks, err := log.Verify(t.Context()); len(breaks) > 0 || err != nil {
		t.Errorf("the log: %v, %v", breaks, err)
	}
	return db
}

// line is a record as an export writes it.
type line struct {
	Type   assist.Type    `json:"type"`
	Record map[string]any `json:"record"`
}

// writtenThen reads what the version that wrote the store read from it.
func writtenThen(t *testing.T, dir string) (out []line) {
	t.Helper()
	var r io.Reader
	f, err := os.Open(filepath.Join(dir, "records.jsonl"))
	if r = f; err != nil {
		if f, err = os.Open(filepath.Join(dir, "records.jsonl.gz")); err == nil {
			r, err = gzip.NewReader(f)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var l line
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		out = append(out, l)
	}
	if lines.Err() != nil || len(out) < 10 {
		t.Fatalf("%d records, %v", len(out), lines.Err())
	}
	return out
}

// sameAsThen holds every record, field by field, to what it was; fields that came later are
// not looked at.
func sameAsThen(t *testing.T, db *DB, want []line) {
	t.Helper()
	counts := map[assist.Type]int{}
	for _, l := range want {
		counts[l.Type]++
		ref := assist.Ref{Type: l.Type, ID: assist.ID(l.Record["id"].(string))}
		delete(l.Record, givenUp[l.Type])
		now, err := jsonOf(db, ref)
		if err != nil || !holds(now, l.Record) {
			t.Errorf("%s %s: %v, then %v, %v", ref.Type, ref.ID, now, l.Record, err)
		}
	}
	report, err := db.Check(t.Context())
	delete(report.Counts, typeSettings)
	if err != nil || !reflect.DeepEqual(report.Counts, counts) {
		t.Errorf("there are %v, then %v, %v", report.Counts, counts, err)
	}
}

func jsonOf(db *DB, ref assist.Ref) (out map[string]any, err error) {
	var r assist.Record
	err = db.read(func(txn *badger.Txn) error {
		r, err = db.recordOf(txn, ref)
		return err
	})
	if err != nil || r == nil {
		return nil, err
	}
	b, err := json.Marshal(r)
	if err == nil {
		err = json.Unmarshal(b, &out)
	}
	return out, err
}

// holds reports whether a value has all that another has.
func holds(now, then any) bool {
	a, isMap := now.(map[string]any)
	b, wasMap := then.(map[string]any)
	if !isMap || !wasMap {
		x, isList := now.([]any)
		y, wasList := then.([]any)
		if !isList || !wasList || len(x) != len(y) {
			return reflect.DeepEqual(now, then)
		}
		for i := range y {
			if !holds(x[i], y[i]) {
				return false
			}
		}
		return true
	}
	for k, v := range b {
		if !holds(a[k], v) {
			return false
		}
	}
	return true
}

// goldenRecords has one record of every type, each field filled. The customer who stands
// for another is made by a merge, and the erasure by erasing somebody.
func goldenRecords() (out []assist.Record) {
	for _, r := range full() {
		switch v := r.(type) {
		case assist.Customer:
			v.Name, v.Into = "Quarry Gardens", ""
			out = append(out, v, assist.Customer{ID: "twin", Name: "Quarry Garden"}, assist.Customer{ID: "gone", Name: "Quilla Gone"})
			continue
		case assist.Note:
			v.Private = false
			r = v
		case assist.Promise:
			v.Kept = time.Time{}
			r = v
		case assist.WebPage:
			v.URL = "https://www.example.org/help"
			v.ID = v.Key()
			r = v
		case assist.Blob:
			v.ID = v.Key()
			r = v
		case assist.Drill:
			v.ID = v.Key()
			r = v
		case assist.Revision:
			v.Next.Title, v.Next.Department, v.Next.Say = "t", "d", "s"
			r = v
		case assist.Merge, assist.Erasure:
			continue
		}
		out = append(out, r)
	}
	return out
}

// TestMakeGoldenStore makes a store of this version in the folder that RINGSIDE_GOLDEN names.
func TestMakeGoldenStore(t *testing.T) {
	name := os.Getenv("RINGSIDE_GOLDEN")
	if name == "" {
		t.Skip("RINGSIDE_GOLDEN names no folder: nothing is to be made")
	}
	ctx, dir, at := t.Context(), t.TempDir(), time.Date(2026, 11, 27, 9, 0, 0, 0, time.UTC)
	key, _, err := secret.Key(ctx, dir, secret.Options{NoKeychain: true})
	if err != nil {
		t.Fatal(err)
	}
	db, err := Open(ctx, Options{Dir: dir, Key: key, Region: "GB", Now: func() time.Time { return at }})
	if err != nil {
		t.Fatal(err)
	}
	save(t, db, goldenRecords()...)
	if err := db.SaveSettings(ctx, settings.Machine{Me: "jo", Region: "GB", Started: true, Views: []settings.View{{Name: "mine", Query: glance.NoteQuery{Rep: "jo"}}}}); err != nil {
		t.Fatal(err)
	}
	kept, err := Find[assist.Customer](ctx, db, "m")
	if err == nil {
		_, err = db.MergeCustomers(ctx, kept, []assist.ID{"twin"}, "jo", at)
	}
	if err == nil {
		_, err = db.Erase(ctx, "gone", "jo", at, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	goldenShared(t, db, at)
	log, err := audit.Open(dir, key, db)
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range audit.Kinds() {
		if err := log.Add(ctx, audit.Entry{At: at, Rep: "jo", Name: "Jo", Kind: k, What: "w", Of: "m", Count: 2}); err != nil {
			t.Fatal(err)
		}
	}
	text := recordLines(t, db)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"picture", "seek", "lock"} {
		if err := os.RemoveAll(filepath.Join(dir, part)); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "records.jsonl"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(golden, name), os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
}

// goldenShared lets a store have what only one has that is shared: what was taken in, a
// clash, and what was recast.
func goldenShared(t *testing.T, db *DB, at time.Time) {
	t.Helper()
	other := desk(t, t.TempDir(), time.Until(at))
	db.SetShared(true)
	other.SetShared(true)
	save(t, other, assist.Customer{ID: "elsewhere", Name: "Wren Harbour"})
	talk(t, db, other)
	save(t, db, assist.Customer{ID: "elsewhere", Name: "Wren Harbour", City: "York"})
	save(t, other, assist.Customer{ID: "elsewhere", Name: "Wren Harbour", City: "Hull"})
	talk(t, db, other)
	from := markAt(db.journal.End())
	db.SetOffset(24 * time.Hour)
	save(t, db, assist.Note{ID: "recast", Customer: "elsewhere", At: at, Text: "written by a clock that was ahead"})
	if done, err := db.Recast(t.Context(), from, at); !done || err != nil {
		t.Fatal(done, err)
	}
	if found, err := db.Clashes(t.Context()); len(found) != 1 || err != nil {
		t.Fatalf("%+v, %v", found, err)
	}
}

// recordLines writes every record on a line.
func recordLines(t *testing.T, db *DB) string {
	t.Helper()
	var b strings.Builder
	out := json.NewEncoder(&b)
	for _, typ := range assist.Types() {
		var refs []assist.Ref
		err := db.read(func(txn *badger.Txn) error {
			it := txn.NewIterator(keysOnly(typeKey(typ)))
			defer it.Close()
			for it.Rewind(); it.Valid(); it.Next() {
				refs = append(refs, assist.Ref{Type: typ, ID: assist.ID(it.Item().Key()[2:])})
			}
			return nil
		})
		for _, ref := range refs {
			var rec map[string]any
			if rec, err = jsonOf(db, ref); err == nil {
				err = out.Encode(line{typ, rec})
			}
		}
		if err != nil || len(refs) == 0 {
			t.Fatalf("%d of %s: %v", len(refs), typ, err)
		}
	}
	return b.String()
}
