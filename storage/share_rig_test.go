package storage

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"ringside/assist"
)

// desk opens a store with a clock of its own.
func desk(t testing.TB, dir string, ahead time.Duration) *DB {
	t.Helper()
	db, err := Open(t.Context(), Options{Dir: dir, Key: testKey, Region: "GB", Now: func() time.Time { return time.Now().Add(ahead) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// outgoing returns all that a store has for others behind a place.
func outgoing(t testing.TB, db *DB, from Mark, all bool) (bodies [][]byte, next Mark) {
	t.Helper()
	for next = from; ; {
		runs, err := db.Outgoing(t.Context(), next, all, 3)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range runs {
			if next = s.Next; s.Ops > 0 {
				bodies = append(bodies, s.Body)
			}
		}
		if len(runs) == 0 {
			return bodies, next
		}
	}
}

func takeIn(t testing.TB, db *DB, bodies [][]byte) {
	t.Helper()
	if err := db.TakeIn(t.Context(), bodies); err != nil {
		t.Fatal(err)
	}
}

func sum(t testing.TB, db *DB) string {
	t.Helper()
	s, _, err := db.Digest(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// sameDigest holds that stores have the same.
func sameDigest(t testing.TB, list ...*DB) {
	t.Helper()
	for _, db := range list[1:] {
		if a, b := sum(t, list[0]), sum(t, db); a != b {
			t.Errorf("the digests are %.8s and %.8s", a, b)
		}
	}
}

// teamRecords has a record of every type that is shared, each field filled.
func teamRecords() (out []assist.Record) {
	for _, r := range goldenRecords() {
		if t, _ := r.Ident(); !private(t) {
			out = append(out, r)
		}
	}
	return out
}

// benchBodies is what a desk hands out that wrote so many notes of 400 bytes.
func benchBodies(b *testing.B, notes int) (db *DB, bodies [][]byte) {
	b.Helper()
	db = desk(b, b.TempDir(), 0)
	bulk := db.Bulk(b.Context())
	words := strings.Repeat("the boiler hums and the pressure falls every night ", 8)[:380]
	for i := range notes {
		n := assist.Note{ID: assist.NewID(day), Customer: assist.IDFrom("customer", fmt.Sprint(i/5)), Rep: "jo", At: day.Add(time.Duration(i) * time.Second), Text: fmt.Sprint(i, " ", words)}
		if err := bulk.Add(n); err != nil {
			b.Fatal(err)
		}
	}
	if err := bulk.Close(); err != nil {
		b.Fatal(err)
	}
	bodies, _ = outgoing(b, db, Mark{}, false)
	return db, bodies
}
