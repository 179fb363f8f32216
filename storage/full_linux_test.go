package storage

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"ringside/assist"
)

func TestStoreOutlivesAFullDisk(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	if err := syscall.Mount("ringside-test", dir, "tmpfs", 0, "size=200m"); err != nil {
		t.Skipf("a disk of its own cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	db := open(t, filepath.Join(dir, "data"))
	save(t, db, mary())
	free, err := freeSpace(dir)
	if err != nil {
		t.Fatal(err)
	}
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, free-minFree/2), 0o600); err != nil {
		t.Fatal(err)
	}
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
	if _, err := Open(ctx, Options{Dir: db.opt.Dir, Key: testKey}); !errors.Is(err, assist.ErrDiskFull) {
		t.Errorf("got %v", err)
	}
	if err := os.Remove(ballast); err != nil {
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
