package storage

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ringside/assist"
)

func TestPreflightTellsALostListOfTablesFromAnEmptyFolder(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  error
		left  int
	}{
		"nothing":        {nil, nil, 0},
		"new":            {map[string]string{"MANIFEST": "x", "KEYREGISTRY": "x"}, nil, 2},
		"empty memtable": {map[string]string{"MANIFEST": "x", "00001.mem": "", "000001.vlog": ""}, nil, 1},
		"memtable":       {map[string]string{"MANIFEST": "x", "00001.mem": "x", "000001.vlog": "x"}, nil, 2},
		"list lost":      {map[string]string{"000001.sst": "x"}, errPicture, 1},
		"memtable only":  {map[string]string{"00001.mem": "x"}, nil, 0},
	} {
		dir := t.TempDir()
		for file, content := range c.files {
			if err := os.WriteFile(filepath.Join(dir, file), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := preflight(dir); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v", name, err)
		}
		if left, _ := os.ReadDir(dir); len(left) != c.left {
			t.Errorf("%s: %d files left", name, len(left))
		}
	}
}

func TestMoveAsideNeverOverwritesAndKeepsTheNewest(t *testing.T) {
	dir := t.TempDir()
	db := &DB{opt: Options{Dir: dir, Now: func() time.Time { return day }}}
	for i := range 3 {
		if err := os.MkdirAll(filepath.Join(db.pictureDir(), "old"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := db.moveAside(); err != nil {
			t.Fatal(err)
		}
		if aside, _ := filepath.Glob(filepath.Join(dir, "picture.bad-*", "old")); len(aside) != min(i+1, 2) {
			t.Errorf("after %d: %v", i+1, aside)
		}
	}
	if err := db.moveAside(); !errors.Is(err, assist.ErrReadOnly) {
		t.Errorf("nothing to move: got %v", err)
	}
}

func TestLockIsFreeAgainAfterClosing(t *testing.T) {
	dir := t.TempDir()
	for range 3 {
		f, err := lockDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := lockDir(dir); !errors.Is(err, assist.ErrInUse) {
			t.Errorf("locked twice: %v", err)
		}
		f.Close()
	}
}

func TestOpenMakesAFolderThatOthersCannotRead(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "Ringside Daten", "ü")
	db := open(t, dir)
	save(t, db, mary())
	for _, name := range []string{"", "journal", "picture"} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%q: %v %v", name, info.Mode(), err)
		}
	}
	db.Close()
	mustCheck(t, open(t, dir))
}

func TestOpenLeavesNothingBehindWhenItFails(t *testing.T) {
	dir := t.TempDir()
	open(t, dir).Close()
	for range 3 {
		if _, err := Open(context.Background(), Options{Dir: dir, Key: [32]byte{5}}); !errors.Is(err, assist.ErrWrongKey) {
			t.Fatalf("got %v", err)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if got := strings.Join(names, " "); got != "journal lock picture store.json" {
		t.Errorf("got %s", got)
	}
	open(t, dir) // neither lock nor picture is held
}

func TestOpenBringsALongJournalBackWhole(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	db := open(t, dir)
	bulk := db.Bulk(ctx)
	for i := range 4000 {
		company, customer := benchCustomer(i)
		for _, r := range []assist.Record{company, customer} {
			if err := bulk.Add(r); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := bulk.Close(); err != nil {
		t.Fatal(err)
	}
	before := mustCheck(t, db)
	db.Close()
	if err := os.RemoveAll(filepath.Join(dir, "picture")); err != nil {
		t.Fatal(err)
	}
	db = open(t, dir)
	after := mustCheck(t, db)
	if after.Operations != before.Operations || after.Counts[assist.TypeCustomer] != 4000 || after.Counts[assist.TypeCompany] != 80 {
		t.Errorf("%+v, then %+v", before, after)
	}
	save(t, db, mary()) // the counters go on where they were
	if r := mustCheck(t, db); r.Operations != before.Operations+1 {
		t.Errorf("%+v", r)
	}
}

func TestAStoreThatFellBehindSaysSoAndCatchesUp(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	db := open(t, dir)
	save(t, db, acme())
	if err := db.picture.Close(); err != nil { // as if Badger had given up
		t.Fatal(err)
	}
	var f *assist.Fault
	if err := db.Save(ctx, mary()); err == nil {
		t.Fatal("acknowledged without the picture")
	}
	db.mu.Lock()
	db.fell(errors.New("no more"))
	db.mu.Unlock()
	if err := db.Save(ctx, mary()); !errors.As(err, &f) || f.Do == "" {
		t.Errorf("got %v", err)
	}
	if _, err := db.Check(ctx); !errors.As(err, &f) {
		t.Errorf("got %v", err)
	}
	db.Close()
	db = open(t, dir)
	save(t, db, mary())
	mustCheck(t, db)
}
