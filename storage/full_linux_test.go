package storage

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"ringside/assist"
)

func TestStoreOutlivesAFullDisk(t *testing.T) {
	ctx, dir := context.Background(), smallDisk(t, 200)
	db := open(t, filepath.Join(dir, "data"))
	save(t, db, mary())
	takeAllBut(t, dir, minFree/2)
	changed := mary()
	changed.City = "York"
	if err := db.Save(ctx, changed); !errors.Is(err, assist.ErrDiskFull) {
		t.Fatalf("got %v", err)
	}
	bulk := db.Bulk(ctx)
	addMany(t, bulk, 0, 10)
	if err := bulk.Close(); !errors.Is(err, assist.ErrDiskFull) {
		t.Errorf("got %v", err)
	}
	if got, err := Find[assist.Customer](ctx, db, mary().ID); err != nil || got.City != mary().City {
		t.Errorf("%v %v", got, err)
	}
	db.Close()
	takeAllBut(t, dir, minFree/2) // closing has made room
	if _, err := Open(ctx, Options{Dir: db.opt.Dir, Key: testKey}); !errors.Is(err, assist.ErrDiskFull) {
		t.Errorf("got %v", err)
	}
	if err := os.Remove(filepath.Join(dir, "filler")); err != nil {
		t.Fatal(err)
	}
	db = open(t, db.opt.Dir)
	save(t, db, changed)
	if r := mustCheck(t, db); r.Counts[assist.TypeCustomer] != 1 {
		t.Errorf("%v", r.Counts)
	}
	if err := db.Close(); err != nil { // before the disk goes
		t.Fatal(err)
	}
}
