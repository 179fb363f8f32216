package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ringside/assist"
)

// many is so many customers that to put them in order again is told of.
const many = 25_000

// bigHouse makes a store and closes it.
func bigHouse(t *testing.T) (dir string) {
	t.Helper()
	dir = t.TempDir()
	h, err := openHouse(t.Context(), dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	bulk := h.db.Bulk(t.Context())
	for i := range many {
		c := assist.Customer{ID: assist.IDFrom(fmt.Sprint(i)), Name: fmt.Sprint("Mary Shaw ", i), City: "Leeds", Address: strings.Repeat("High Street ", 12)}
		if err := bulk.Add(c); err != nil {
			t.Fatal(err)
		}
	}
	if err := bulk.Close(); err != nil {
		t.Fatal(err)
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// damageTables leaves a store as after a bad end, with tables that end who opens them.
func damageTables(t *testing.T, dir string) {
	t.Helper()
	if err := os.Remove(filepath.Join(dir, "picture", "files.json")); err != nil {
		t.Fatal(err)
	}
	tables, err := filepath.Glob(filepath.Join(dir, "picture", "*", "*.sst"))
	if err != nil || len(tables) == 0 {
		t.Fatal(tables, err)
	}
	for _, table := range tables {
		if err := os.WriteFile(table, make([]byte, 8000), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// A table that ends a process which opens it is found by another one, and the command says
// what it does meanwhile.
func TestADamagedStoreIsPutInOrderAgain(t *testing.T) {
	own(t)
	dir := bigHouse(t)
	damageTables(t, dir)
	const sentence = "Your notes are being put in order again."
	code, out, errs := ringside(t, "--data", dir, "check")
	if code != 0 || !strings.Contains(out, "Everything is as it should be") || !strings.Contains(errs, sentence) {
		t.Errorf("exit code %d, it said %q and %q", code, out, errs)
	}
	if aside, _ := filepath.Glob(filepath.Join(dir, "picture.bad-*")); len(aside) != 1 {
		t.Errorf("moved aside: %v", aside)
	}
	if code, _, errs := ringside(t, "--data", dir, "check"); code != 0 || errs != "" {
		t.Errorf("the next time: exit code %d, it said %q", code, errs)
	}
}
