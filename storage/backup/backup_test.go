package backup

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/storage"
	"ringside/storage/secret"
)

var (
	storeKey = [32]byte{3, 1, 4}
	morning  = time.Date(2026, 11, 27, 8, 30, 0, 0, time.UTC)
)

// shop is a store with customers and notes, the first of whom was erased.
func shop(t *testing.T, dir string) *storage.DB {
	t.Helper()
	db, err := storage.Open(t.Context(), storage.Options{Dir: dir, Key: storeKey})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	for i := range 20 {
		id := assist.ID(fmt.Sprint("c", i))
		if err := db.Save(t.Context(), assist.Customer{ID: id, Name: fmt.Sprint("Quillfeather ", i)},
			assist.Note{ID: assist.ID(fmt.Sprint("n", i)), Customer: id, At: morning, Text: fmt.Sprint("heard ", i)}); err != nil {
			t.Fatal(err)
		}
	}
	return db
}

func made(t *testing.T, db *storage.DB, key Key) (path string, about About) {
	t.Helper()
	path = filepath.Join(t.TempDir(), Name("5709e001", morning))
	about, err := Write(t.Context(), path, db, key, morning)
	if err != nil {
		t.Fatal(err)
	}
	return path, about
}

// everything is what a store holds, in words.
func everything(t *testing.T, db *storage.DB) string {
	t.Helper()
	var out []string
	for c, err := range storage.List[assist.Customer](t.Context(), db) {
		out = append(out, fmt.Sprintf("%+v %v", c, err))
	}
	for n, err := range storage.List[assist.Note](t.Context(), db) {
		out = append(out, fmt.Sprintf("%+v %v", n, err))
	}
	slices.Sort(out)
	return strings.Join(out, "\n")
}

func TestWhatIsUnpackedIsWhatWasThere(t *testing.T) {
	db := shop(t, t.TempDir())
	want := everything(t, db)
	path, about := made(t, db, Key{Store: storeKey})
	if about.Counts[assist.TypeCustomer] != 20 || about.Counts[assist.TypeNote] != 20 || !about.Made.Equal(morning) || about.Size == 0 {
		t.Errorf("%+v", about)
	}
	if err := db.Save(t.Context(), assist.Customer{ID: "later", Name: "Later"}); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "restored")
	if _, err := Unpack(t.Context(), path, dir, Key{Store: storeKey}); err != nil {
		t.Fatal(err)
	}
	again, err := storage.Open(t.Context(), storage.Options{Dir: dir, Key: storeKey})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if got := everything(t, again); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if r, err := again.Check(t.Context()); err != nil || len(r.Wrong) > 0 {
		t.Errorf("%v %v", r.Wrong, err)
	}
	entries, _ := os.ReadDir(filepath.Dir(path))
	if len(entries) != 1 {
		t.Errorf("beside the backup lie %v", entries)
	}
}

func TestNothingOfACustomerCanBeReadInABackup(t *testing.T) {
	path, _ := made(t, shop(t, t.TempDir()), Key{Store: storeKey})
	b, err := os.ReadFile(path)
	if err != nil || bytes.Contains(b, []byte("Quillfeather")) {
		t.Errorf("%v", err)
	}
}

func TestABackupThatWasChangedIsRefusedAndLeavesNothing(t *testing.T) {
	path, _ := made(t, shop(t, t.TempDir()), Key{Store: storeKey})
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	refused := func(name string, b []byte) {
		t.Helper()
		bad, dir := filepath.Join(t.TempDir(), "bad"), filepath.Join(t.TempDir(), "data")
		if err := os.WriteFile(bad, b, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Unpack(t.Context(), bad, dir, Key{Store: storeKey})
		var f *assist.Fault
		if !errors.As(err, &f) || f.Do == "" {
			t.Fatalf("%s: %v", name, err)
		}
		if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
			t.Fatalf("%s has left something", name)
		}
	}
	for cut := 0; cut < len(whole); cut += 1 + len(whole)/97 {
		refused(fmt.Sprint("cut at ", cut), whole[:cut])
	}
	refused("cut at the last byte", whole[:len(whole)-1])
	refused("longer", append(bytes.Clone(whole), 0))
	for at := 0; at < len(whole); at += 1 + len(whole)/397 {
		b := bytes.Clone(whole)
		b[at] ^= 1 << (at % 8)
		refused(fmt.Sprint("a bit at ", at), b)
	}
}

func TestABackupOpensWithItsKeyOrAPassphraseThatTravelsWithIt(t *testing.T) {
	box, err := secret.Seal(storeKey, "correct horse")
	if err != nil {
		t.Fatal(err)
	}
	path, _ := made(t, shop(t, t.TempDir()), Key{Store: storeKey, Boxes: []secret.Box{*box}})
	for name, test := range map[string]struct {
		key  Key
		want error
	}{
		"the key":            {Key{Store: storeKey}, nil},
		"the passphrase":     {Key{Words: "correct horse"}, nil},
		"another key":        {Key{Store: [32]byte{9}}, assist.ErrWrongKey},
		"another passphrase": {Key{Words: "Correct horse"}, assist.ErrWrongKey},
		"nothing":            {Key{}, assist.ErrWrongKey},
	} {
		dir := filepath.Join(t.TempDir(), "data")
		if _, err := Unpack(t.Context(), path, dir, test.key); !errors.Is(err, test.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestANewerBackupIsRefusedWithAClearWord(t *testing.T) {
	path, _ := made(t, shop(t, t.TempDir()), Key{Store: storeKey})
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	newer := bytes.Replace(b, []byte("-> ringside-backup 1\n"), []byte("-> ringside-backup 2\n"), 1)
	if err := os.WriteFile(path, newer, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Unpack(t.Context(), path, filepath.Join(t.TempDir(), "data"), Key{Store: storeKey}); !errors.Is(err, assist.ErrNewer) {
		t.Error(err)
	}
}

// halfway is a store that fails when part of it was copied.
type halfway struct{ *storage.DB }

func (h halfway) Copy(ctx context.Context, each func(string, int64, io.Reader) error) (storage.Copied, error) {
	if _, err := h.DB.Copy(ctx, each); err != nil {
		return storage.Copied{}, err
	}
	return storage.Copied{}, errors.New("the disk was pulled out")
}

func TestABackupThatFailsLeavesTheOneBefore(t *testing.T) {
	db := shop(t, t.TempDir())
	path, _ := made(t, db, Key{Store: storeKey})
	before, _ := os.ReadFile(path)
	if _, err := Write(t.Context(), path, halfway{db}, Key{Store: storeKey}, morning); err == nil {
		t.Fatal("nobody said that it failed")
	}
	after, _ := os.ReadFile(path)
	entries, _ := os.ReadDir(filepath.Dir(path))
	if !bytes.Equal(before, after) || len(entries) != 1 {
		t.Errorf("%d bytes became %d; %v", len(before), len(after), entries)
	}
}

func TestSevenDaysAndFourWeeksAreKept(t *testing.T) {
	var files []File
	for d := range 60 { // twice a day
		for _, hour := range []int{9, 17} {
			files = append(files, File{Made: morning.AddDate(0, 0, -d).Truncate(24 * time.Hour).Add(time.Duration(hour) * time.Hour)})
		}
	}
	gone := Surplus(files)
	var kept []string
	for _, f := range files {
		if !slices.Contains(gone, f) {
			kept = append(kept, f.Made.Format("Mon 2 Jan 15h"))
		}
	}
	want := "Fri 27 Nov 17h, Thu 26 Nov 17h, Wed 25 Nov 17h, Tue 24 Nov 17h, Mon 23 Nov 17h, Sun 22 Nov 17h, Sat 21 Nov 17h, Sun 15 Nov 17h, Sun 8 Nov 17h"
	if got := strings.Join(kept, ", "); got != want {
		t.Errorf("kept %s", got)
	}
	if len(Surplus(files[:2])) != 1 || len(Surplus(nil)) != 0 {
		t.Error("of one day one is kept, of nothing nothing")
	}
}

func TestTheFolderIsTidied(t *testing.T) {
	dir := t.TempDir()
	for i := range 20 {
		if err := os.WriteFile(filepath.Join(dir, Name("5709e001", morning.AddDate(0, 0, -i))), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, left := range []string{".making-1", "notes.txt"} {
		if err := os.WriteFile(filepath.Join(dir, left), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	others := filepath.Join(dir, Name("07e2de5c", morning.AddDate(0, 0, -50)))
	if err := os.WriteFile(others, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(filepath.Join(dir, ".making-1"), morning, morning); err != nil {
		t.Fatal(err)
	}
	if err := Tidy(dir, "5709e001", morning.Add(48*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(others); err != nil {
		t.Error("another desk's backup is gone")
	}
	list, err := List(dir, "5709e001")
	if err != nil || len(list) < 7 || len(list) > 11 || !list[0].Made.After(list[1].Made) {
		t.Errorf("%d are kept, %v", len(list), err)
	}
	if _, err := os.Stat(filepath.Join(dir, "notes.txt")); err != nil {
		t.Error("what is no backup is gone")
	}
	if _, err := os.Stat(filepath.Join(dir, ".making-1")); err == nil {
		t.Error("what was never finished is there")
	}
}

// A larger backup is sealed in chunks of 64 KB: it is cut between two of them, and they are
// put in another order.
func TestChunksOfABackupThatAreLeftOutOrMovedAreMissed(t *testing.T) {
	db := shop(t, t.TempDir())
	for i := range 600 {
		if err := db.Save(t.Context(), assist.Note{ID: assist.ID(fmt.Sprint("long", i)), Customer: "c1", At: morning, Text: strings.Repeat(fmt.Sprint(i, " "), 200)}); err != nil {
			t.Fatal(err)
		}
	}
	path, _ := made(t, db, Key{Store: storeKey})
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const chunk = 64<<10 + 16
	mac := bytes.Index(whole, []byte("\n--- "))
	head := mac + 1 + bytes.IndexByte(whole[mac+1:], '\n') + 1 + 16
	if len(whole) < head+4*chunk {
		t.Fatalf("%d bytes are too few", len(whole))
	}
	at := func(n int) int { return head + n*chunk }
	bad := map[string][]byte{
		"the second left out": slices.Concat(whole[:at(1)], whole[at(2):]),
		"two swapped":         slices.Concat(whole[:at(1)], whole[at(2):at(3)], whole[at(1):at(2)], whole[at(3):]),
		"one twice":           slices.Concat(whole[:at(2)], whole[at(1):]),
	}
	for n := range 5 {
		bad[fmt.Sprint("cut behind ", n)] = whole[:min(at(n), len(whole)-1)]
	}
	for i := range 40 {
		b := bytes.Clone(whole)
		b[i*len(b)/40] ^= 0x10
		bad[fmt.Sprint("a bit at ", i, " of 40")] = b
		bad[fmt.Sprint("cut at ", i, " of 40")] = whole[:i*len(whole)/40]
	}
	tmp := t.TempDir()
	for name, b := range bad {
		file, dir := filepath.Join(tmp, "bad"), filepath.Join(tmp, "data")
		if err := os.WriteFile(file, b, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Unpack(t.Context(), file, dir, Key{Store: storeKey}); err == nil {
			t.Errorf("%s: nobody sees it", name)
		}
		if _, err := os.Stat(dir); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s has left something", name)
		}
	}
}

func TestWhatOnlyBeginsLikeABackupIsNone(t *testing.T) {
	dir, now := t.TempDir(), time.Now().Local()
	name := filepath.Join(dir, strings.TrimSuffix(Name("store", now), Suffix))
	for i := range 20 { // more than are kept
		if err := os.WriteFile(strings.TrimSuffix(filepath.Join(dir, Name("store", now.AddDate(0, 0, -i))), Suffix), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if list, err := List(dir, "store"); err != nil || len(list) != 0 {
		t.Errorf("%d backups, %v", len(list), err)
	}
	if err := Tidy(dir, "store", now); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(dir); len(left) != 20 {
		t.Errorf("%d of 20 files are left beside %s", len(left), name)
	}
}
