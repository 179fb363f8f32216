package storage

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/assist/phone"
	"ringside/assist/settings"
)

// model is what the store must hold: the latest of every record.
type model map[string]assist.Record

func (m model) put(r assist.Record) {
	t, id := r.Ident()
	m[string(t)+" "+string(id)] = r
}

// agree compares the store with the model, record by record and index by index.
func (m model) agree(t *testing.T, db *DB) {
	t.Helper()
	ctx := context.Background()
	mustCheck(t, db)
	owners := map[string]map[assist.ID]bool{}
	for _, r := range m {
		typ, id := r.Ident()
		got := history(t, db, r)[0].Record
		a, _ := json.Marshal(got)
		b, _ := json.Marshal(r)
		if !bytes.Equal(a, b) {
			t.Fatalf("%s %s: got %s, want %s", typ, id, a, b)
		}
		if c, ok := r.(assist.Customer); ok {
			for _, p := range c.Phones {
				if owners[p.E164] == nil {
					owners[p.E164] = map[assist.ID]bool{}
				}
				owners[p.E164][id] = true
			}
		}
	}
	for i := range 20 {
		number := fmt.Sprintf("+4411349600%02d", i)
		matches, err := db.FindByNumber(ctx, phone.Parse(number, "GB"))
		if err != nil || len(matches) != len(owners[number]) {
			t.Fatalf("%s: %v, want %v, %v", number, matches, owners[number], err)
		}
		for _, match := range matches {
			if !owners[number][match.Customer.ID] {
				t.Fatalf("%s finds %s", number, match.Customer.ID)
			}
		}
	}
	for i := range 8 {
		m.profile(t, db, assist.ID(fmt.Sprint("c", i)))
	}
}

func (m model) profile(t *testing.T, db *DB, id assist.ID) {
	t.Helper()
	if _, ok := m["customer "+string(id)]; !ok {
		return
	}
	p, err := db.Profile(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	notes, promises := 0, 0
	for _, r := range m {
		switch r := r.(type) {
		case assist.Note:
			if r.Customer == id && r.Intelligence == "" {
				notes++
			}
		case assist.Promise:
			if r.Customer == id && r.Open() {
				promises++
			}
		}
	}
	if len(p.Notes) != min(notes, maxNotes) || len(p.Promises) != promises {
		t.Fatalf("%s: %d notes and %d promises, want %d and %d", id, len(p.Notes), len(p.Promises), notes, promises)
	}
}

// randomRecord makes a change that may touch any index.
func randomRecord(r *rand.Rand) assist.Record {
	customer := assist.ID(fmt.Sprint("c", r.IntN(8)))
	at := day.Add(time.Duration(r.IntN(1000)) * time.Minute)
	switch r.IntN(5) {
	case 0, 1:
		c := assist.Customer{ID: customer, Name: fmt.Sprint("Mary ", r.IntN(3)), City: []string{"", "Leeds"}[r.IntN(2)]}
		for range r.IntN(3) {
			n := fmt.Sprintf("+4411349600%02d", r.IntN(20))
			c.Phones = append(c.Phones, assist.Phone{Raw: n, E164: n})
			c.Emails = append(c.Emails, fmt.Sprintf("Mary%d@example.org", r.IntN(5)))
		}
		c.Company = []assist.ID{"", "k1", "k2"}[r.IntN(3)]
		return c
	case 2:
		return assist.Note{ID: assist.ID(fmt.Sprint("n", r.IntN(60))), Customer: customer, At: at, Text: fmt.Sprint(r.IntN(9)),
			Intelligence: []assist.Intelligence{"", assist.Market}[r.IntN(2)]}
	case 3:
		p := assist.Promise{ID: assist.ID(fmt.Sprint("p", r.IntN(20))), Customer: customer, Text: "call", Made: day}
		if r.IntN(2) == 0 {
			p.Kept = at
		}
		return p
	}
	return assist.Draft{ID: assist.ID(fmt.Sprint("d", r.IntN(5))), At: at, Note: fmt.Sprint(r.IntN(9)), Done: r.IntN(2) == 0}
}

func TestStoreAgreesWithAMapAfterRandomChangesAndLosses(t *testing.T) {
	for seed := range uint64(3) {
		r := rand.New(rand.NewPCG(seed, 1))
		dir, want := t.TempDir(), model{}
		db := open(t, dir)
		for step := range 12 {
			for range 30 {
				var list []assist.Record
				for range 1 + r.IntN(4) {
					rec := randomRecord(r)
					list = append(list, rec)
					want.put(rec)
				}
				save(t, db, list...)
			}
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			lose(t, dir, step)
			db = open(t, dir)
			want.agree(t, db)
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

// lose takes away what the journal must make up for.
func lose(t *testing.T, dir string, step int) {
	t.Helper()
	var err error
	switch picture := filepath.Join(dir, "picture"); step % 4 {
	case 1:
		err = os.RemoveAll(picture)
	case 2:
		err = os.Remove(filepath.Join(picture, firstPicture, "MANIFEST"))
	case 3:
		err = os.WriteFile(filepath.Join(picture, firstPicture, "MANIFEST"), []byte("nonsense"), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestOpenAppliesTheJournalTwiceWithoutHarm(t *testing.T) {
	dir, want := t.TempDir(), model{}
	db, r := open(t, dir), rand.New(rand.NewPCG(5, 5))
	for range 200 {
		rec := randomRecord(r)
		want.put(rec)
		save(t, db, rec)
	}
	if err := db.picture.Update(func(txn *badger.Txn) error { return txn.Delete(keyApplied) }); err != nil {
		t.Fatal(err)
	}
	db.Close()
	want.agree(t, open(t, dir))
}

func TestOpenIndexesNumbersAnewForAnotherRegion(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	db := open(t, dir)
	save(t, db, assist.Customer{ID: "jo", Name: "Jo", Phones: []assist.Phone{{Raw: "030 901820"}}})
	db.Close()
	db, err := Open(ctx, Options{Dir: dir, Key: testKey, Region: "DE"})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	m, err := db.FindByNumber(ctx, phone.Parse("+49 30 901820", "DE"))
	if err != nil || len(m) != 1 {
		t.Errorf("%v %v", m, err)
	}
	mustCheck(t, db)
}

// TestMain lets the test binary be the process that is killed, and the one that looks at a
// picture.
func TestMain(m *testing.M) {
	if os.Getenv("RINGSIDE_TEST_PROBE") != "" {
		os.Exit(Probe(os.Stdin))
	}
	if dir := os.Getenv("RINGSIDE_TEST_HOLDER"); dir != "" {
		os.Exit(holdPicture(dir))
	}
	if dir := os.Getenv("RINGSIDE_TEST_OPENER"); dir != "" {
		os.Exit(openUntilKilled(dir))
	}
	if dir := os.Getenv("RINGSIDE_TEST_WRITER"); dir != "" {
		os.Exit(writeUntilKilled(dir))
	}
	if dir := os.Getenv("RINGSIDE_TEST_STUBBORN"); dir != "" {
		os.Exit(writeThroughAFullDisk(dir))
	}
	os.Exit(m.Run())
}

// openUntilKilled opens a store and says how far it is.
func openUntilKilled(dir string) int {
	_, err := Open(context.Background(), Options{Dir: dir, Key: testKey, Region: "GB",
		Child: func(ctx context.Context, question []byte) (int, error) {
			fmt.Println("looking")
			return probeChild(ctx, question)
		},
		Progress: func(done, _ int) { fmt.Println("at", done) },
	})
	fmt.Println("opened", err)
	return 1
}

// holdPicture keeps a picture from being opened until its standard input ends.
func holdPicture(dir string) int {
	key, err := (&DB{opt: Options{Key: testKey}}).pictureKey()
	if err != nil {
		return 1
	}
	picture, err := badger.Open(pictureOptions(dir, key))
	if err != nil {
		return 1
	}
	fmt.Println("held")
	_, _ = io.Copy(io.Discard, os.Stdin)
	_ = picture.Close()
	return 0
}

// writeUntilKilled saves notes and says of each, when it is durable, its number.
func writeUntilKilled(dir string) int {
	ctx := context.Background()
	db, err := Open(ctx, Options{Dir: dir, Key: testKey})
	if err != nil {
		fmt.Println("error", err)
		return 1
	}
	first := 0
	for range List[assist.Note](ctx, db) {
		first++
	}
	for i := first; ; i++ {
		n := assist.Note{ID: assist.ID(fmt.Sprint(i)), Customer: "mary", At: day, Text: fmt.Sprint("note ", i)}
		if err := db.Save(ctx, n); err != nil {
			fmt.Println("error", err)
			return 1
		}
		fmt.Println(i)
	}
}

func TestStoreHasEveryAcknowledgedNoteAfterBeingKilled(t *testing.T) {
	dir, acked := t.TempDir(), -1
	for round := range 5 {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), "RINGSIDE_TEST_WRITER="+dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		for n := 0; lines.Scan(); n++ {
			if _, err := fmt.Sscan(lines.Text(), &acked); err != nil {
				t.Fatal(lines.Text())
			}
			if n == 30*(round+1) {
				if err := cmd.Process.Kill(); err != nil {
					t.Fatal(err)
				}
			}
		}
		cmd.Wait()
	}
	db := open(t, dir)
	for i := range acked + 1 {
		n, err := Find[assist.Note](context.Background(), db, assist.ID(fmt.Sprint(i)))
		if err != nil || n.Text != fmt.Sprint("note ", i) {
			t.Fatalf("note %d of %d: %v %v", i, acked, n, err)
		}
	}
	mustCheck(t, db)
}

func TestStoreHidesWhatItHolds(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	save(t, db, acme(), mary(), assist.Note{ID: "n", Customer: mary().ID, At: day, Text: "Likes short calls"})
	db.Close()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		for _, word := range []string{"Mary", "mary", "Shaw", "Acme", "short calls", "4960123", "customer"} {
			if bytes.Contains(b, []byte(word)) {
				t.Errorf("%s holds %q", path, word)
			}
		}
		if info, _ := e.Info(); info.Mode().Perm()&0o077 != 0 && !strings.Contains(path, "picture") {
			t.Errorf("others can read %s: %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	made := func(t *testing.T) string {
		dir := t.TempDir()
		db := open(t, dir)
		save(t, db, mary())
		db.Close()
		return dir
	}
	for name, c := range map[string]struct {
		spoil func(t *testing.T, dir string) Options
		want  error
	}{
		"another key": {func(t *testing.T, dir string) Options { return Options{Dir: dir, Key: [32]byte{9}} }, assist.ErrWrongKey},
		"in use": {func(t *testing.T, dir string) Options {
			open(t, dir)
			return Options{Dir: dir, Key: testKey}
		}, assist.ErrInUse},
		"a file": {func(t *testing.T, dir string) Options {
			return Options{Dir: filepath.Join(dir, "store.json"), Key: testKey}
		}, assist.ErrInvalid},
		"below a file": {func(t *testing.T, dir string) Options {
			return Options{Dir: filepath.Join(dir, "store.json", "deeper"), Key: testKey}
		}, assist.ErrReadOnly},
		"newer": {func(t *testing.T, dir string) Options {
			if err := os.WriteFile(filepath.Join(dir, "store.json"), []byte(`{"format":2,"store":"00112233445566778899aabbccddeeff"}`), 0o600); err != nil {
				t.Fatal(err)
			}
			return Options{Dir: dir, Key: testKey}
		}, assist.ErrNewer},
		"no journal": {func(t *testing.T, dir string) Options {
			if err := os.RemoveAll(filepath.Join(dir, "journal")); err != nil {
				t.Fatal(err)
			}
			return Options{Dir: dir, Key: testKey}
		}, assist.ErrDamaged},
		"read-only": {func(t *testing.T, dir string) Options {
			if os.Getuid() == 0 {
				t.Skip("root may write anywhere")
			}
			if err := os.Chmod(dir, 0o500); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { os.Chmod(dir, 0o700) })
			return Options{Dir: dir, Key: testKey}
		}, assist.ErrReadOnly},
	} {
		t.Run(name, func(t *testing.T) {
			dir := made(t)
			_, err := Open(context.Background(), c.spoil(t, dir))
			var f *assist.Fault
			if !errors.Is(err, c.want) || !errors.As(err, &f) || f.Do == "" {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestOpenMakesANewPictureWhenTheOldOneIsAnotherKeys(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	save(t, db, mary())
	db.Close()
	other := t.TempDir()
	db, err := Open(context.Background(), Options{Dir: other, Key: [32]byte{9}})
	if err != nil {
		t.Fatal(err)
	}
	db.Close()
	if err := errors.Join(os.RemoveAll(filepath.Join(dir, "picture")), os.Rename(filepath.Join(other, "picture"), filepath.Join(dir, "picture"))); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	if got, err := Find[assist.Customer](context.Background(), db, mary().ID); err != nil || !reflect.DeepEqual(got, mary()) {
		t.Errorf("%v %v", got, err)
	}
	aside, _ := filepath.Glob(filepath.Join(dir, "picture.bad-*"))
	if len(aside) != 1 {
		t.Errorf("the old one was not kept: %v", aside)
	}
}

func TestOpenClearsEmptyFilesThatACrashLeft(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	save(t, db, mary())
	db.Close()
	for _, name := range []string{"00009.mem", "000009.vlog"} {
		if err := os.WriteFile(filepath.Join(dir, "picture", firstPicture, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	mustCheck(t, open(t, dir))
	if aside, _ := filepath.Glob(filepath.Join(dir, "picture.bad-*")); len(aside) != 0 {
		t.Errorf("the picture was made anew without need: %v", aside)
	}
}

func TestOpenRefusesAPictureAheadOfTheJournal(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	save(t, db, mary())
	size := db.journal.End().Offset
	save(t, db, acme())
	db.Close()
	if err := os.Truncate(filepath.Join(dir, "journal", "00000001.seg"), size); err != nil {
		t.Fatal(err)
	}
	_, err := Open(context.Background(), Options{Dir: dir, Key: testKey})
	if !errors.Is(err, assist.ErrDamaged) || !strings.Contains(err.Error(), "the end of the journal is missing") {
		t.Errorf("got %v", err)
	}
}

// One record may be most of the journal, as after an import: a byte in the middle of
// the file is then a byte of the last record.
func TestOpenSaysWhereTheJournalWasAltered(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	save(t, db, mary())
	place := db.journal.End().Offset
	save(t, db, acme())
	end := db.journal.End().Offset
	db.Close()
	path := filepath.Join(dir, "journal", "00000001.seg")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range []int64{place + 1, (place + end) / 2, end - 1} {
		bad := bytes.Clone(b)
		bad[i] ^= 0x40
		if err := os.WriteFile(path, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		for range 2 { // to look does not change what is there
			_, err := Open(context.Background(), Options{Dir: dir, Key: testKey})
			var fault *assist.Fault
			if !errors.As(err, &fault) || !errors.Is(err, assist.ErrDamaged) || fault.Where != path || fault.Do == "" ||
				fault.What != fmt.Sprintf("the journal is damaged: a record is not readable, at byte %d", place) {
				t.Fatalf("byte %d: %v", i, err)
			}
		}
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	mustCheck(t, open(t, dir))
}

func TestWritesAreRefusedBeforeTheDiskIsFull(t *testing.T) {
	if err := checkSpace(t.TempDir(), 1<<58); !errors.Is(err, assist.ErrDiskFull) {
		t.Errorf("got %v", err)
	}
}

func TestTheChosenRegionGoesBeforeTheSystems(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	db, err := Open(ctx, Options{Dir: dir, Key: testKey, Region: "US"})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Save(ctx, assist.Customer{ID: "mary", Name: "Mary", Phones: []assist.Phone{{Raw: "07700 900123"}}}); err != nil {
		t.Fatal(err)
	}
	found := func(db *DB) int {
		m, err := db.FindByNumber(ctx, phone.Parse("+44 7700 900123", "GB"))
		if err != nil {
			t.Fatal(err)
		}
		return len(m)
	}
	if n := found(db); n != 0 {
		t.Fatalf("a number of the United States rings as a British one: %d", n)
	}
	if err := db.SaveSettings(ctx, settings.Machine{Region: "GB"}); err != nil {
		t.Fatal(err)
	}
	if n := found(db); n != 1 {
		t.Errorf("found %d after the region was chosen, want 1", n)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	db, err = Open(ctx, Options{Dir: dir, Key: testKey, Region: "US"})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if n := found(db); n != 1 {
		t.Errorf("found %d after the next start, want 1", n)
	}
}

func TestAPictureMadeAnewHasEveryVersion(t *testing.T) {
	dir := t.TempDir()
	db := open(t, dir)
	m := mary()
	for i := range 5 {
		m.City = fmt.Sprint("town ", i)
		save(t, db, m, assist.Draft{ID: "d", At: day, Note: m.City})
	}
	before := history(t, db, m)
	if err := errors.Join(db.Close(), os.RemoveAll(filepath.Join(dir, "picture"))); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	if after := history(t, db, m); !reflect.DeepEqual(before, after) || len(after) != 5 {
		t.Errorf("%d versions, there were %d", len(after), len(before))
	}
	mustCheck(t, db)
}
