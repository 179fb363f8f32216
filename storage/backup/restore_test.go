package backup

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ringside/assist"
	"ringside/storage"
	"ringside/storage/secret"
)

// folder writes files with these words in them.
func folder(t *testing.T, dir, words string, names ...string) {
	t.Helper()
	for _, n := range names {
		path := filepath.Join(dir, filepath.FromSlash(n))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, []byte(words), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
}

func says(t *testing.T, words string, path ...string) {
	t.Helper()
	if b, err := os.ReadFile(filepath.Join(path...)); err != nil || string(b) != words {
		t.Errorf("%s says %q, %v; want %q", filepath.Join(path...), b, err, words)
	}
}

func TestTheOldStoreIsMovedAsideAndNothingIsDeleted(t *testing.T) {
	dir := t.TempDir()
	if done, err := Finish(dir); done || err != nil {
		t.Errorf("nothing was announced: %v %v", done, err)
	}
	folder(t, dir, "old", "key.json", "store.json", "journal/1", "picture/1/x", "secrets.json")
	folder(t, Waiting(dir), "new", "store.json", "journal/1")
	aside, err := Replace(dir, morning)
	if err != nil {
		t.Fatal(err)
	}
	says(t, "old", dir, "journal", "1")
	if done, err := Finish(dir); !done || err != nil {
		t.Fatal(done, err)
	}
	says(t, "new", dir, "journal", "1")
	says(t, "new", dir, "store.json")
	says(t, "old", dir, "key.json")
	says(t, "old", dir, "secrets.json")
	says(t, "old", aside, "journal", "1")
	says(t, "old", aside, "picture", "1", "x")
	if there(filepath.Join(dir, "picture")) || there(Waiting(dir)) {
		t.Error("something of the old picture, or of what waited, is left")
	}
	if done, err := Finish(dir); done || err != nil {
		t.Errorf("twice: %v %v", done, err)
	}
}

func TestARestoreIsFinishedWhereverItStopped(t *testing.T) {
	whole := func(t *testing.T) (dir, aside string) {
		dir = t.TempDir()
		folder(t, dir, "old", "key.json", "store.json", "journal/1", "picture/1/x")
		folder(t, Waiting(dir), "new", "key.json", "store.json", "journal/1", "picture/1/x")
		aside, err := Replace(dir, morning)
		if err != nil {
			t.Fatal(err)
		}
		return dir, aside
	}
	renames := []string{"aside key.json", "aside store.json", "aside picture", "aside journal", "whole", "in key.json", "in store.json", "in picture", "in journal"}
	for stop := range len(renames) + 1 {
		dir, aside := whole(t)
		if err := os.MkdirAll(aside, 0o700); err != nil {
			t.Fatal(err)
		}
		for _, step := range renames[:stop] {
			var err error
			switch name := step; {
			case step == "whole":
				err = os.WriteFile(filepath.Join(aside, allAside), nil, 0o600)
			case step[:2] == "in":
				err = os.Rename(filepath.Join(Waiting(dir), name[3:]), filepath.Join(dir, name[3:]))
			default:
				err = os.Rename(filepath.Join(dir, name[6:]), filepath.Join(aside, name[6:]))
			}
			if err != nil {
				t.Fatal(step, err)
			}
		}
		if done, err := Finish(dir); !done || err != nil {
			t.Fatalf("stopped behind %d steps: %v %v", stop, done, err)
		}
		for _, name := range []string{"key.json", "store.json", "journal/1", "picture/1/x"} {
			says(t, "new", dir, name)
			says(t, "old", aside, name)
		}
	}
}

func TestAStoreIsRestoredOverADamagedOne(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	db := shop(t, dir)
	want := everything(t, db)
	path, _ := made(t, db, Key{Store: storeKey})
	db.Close()
	if err := os.WriteFile(filepath.Join(dir, "journal", "00000001.seg"), []byte("spoilt"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := storage.Open(t.Context(), storage.Options{Dir: dir, Key: storeKey}); !errors.Is(err, assist.ErrDamaged) {
		t.Fatalf("it is not damaged: %v", err)
	}
	if _, err := Unpack(t.Context(), path, Waiting(dir), Key{Store: storeKey}); err != nil {
		t.Fatal(err)
	}
	if _, err := Replace(dir, morning); err != nil {
		t.Fatal(err)
	}
	if _, err := Finish(dir); err != nil {
		t.Fatal(err)
	}
	db, err := storage.Open(t.Context(), storage.Options{Dir: dir, Key: storeKey})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if got := everything(t, db); got != want {
		t.Error("not everything is back")
	}
}

// The code on the paper opens a backup on a machine that has nothing else, however it is
// typed.
func TestTheRecoveryCodeOnThePaperOpensABackup(t *testing.T) {
	dir := t.TempDir()
	opt := secret.Options{NoKeychain: true}
	key, _, err := secret.Key(t.Context(), dir, opt)
	if err != nil {
		t.Fatal(err)
	}
	code, err := secret.NewRecovery(dir, key)
	if err != nil {
		t.Fatal(err)
	}
	boxes, err := secret.Boxes(dir)
	if err != nil {
		t.Fatal(err)
	}
	db, err := storage.Open(t.Context(), storage.Options{Dir: dir, Key: key})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	file := filepath.Join(t.TempDir(), "one"+Suffix)
	if _, err := Write(t.Context(), file, db, Key{Store: key, Boxes: boxes}, morning); err != nil {
		t.Fatal(err)
	}
	for _, typed := range []string{code, strings.ToUpper(code), strings.ReplaceAll(code, "-", " ")} {
		if got, err := StoreKey(file, Key{Words: typed}); err != nil || got != key {
			t.Errorf("%q: %v", typed, err)
		}
	}
	if _, err := StoreKey(file, Key{Words: code[1:]}); !errors.Is(err, assist.ErrWrongKey) {
		t.Errorf("a part of it: %v", err)
	}
}
