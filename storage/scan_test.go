package storage

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"ringside/assist"
)

func scanNote(i int) assist.Note {
	return assist.Note{ID: assist.IDFrom("scan", strconv.Itoa(i)), Customer: assist.IDFrom("customer", strconv.Itoa(i%1000)), Rep: "tom",
		At: time.Date(2026, 11, 1, 9, i%60, 0, 0, time.UTC), Text: fmt.Sprintf("Asked about parcel %d. Saw the mower cheaper at GreenBarn; told her what ours does better.", i)}
}

func fillNotes(tb testing.TB, db *DB, n int) {
	tb.Helper()
	bulk := db.Bulk(context.Background())
	for i := range n {
		if err := bulk.Add(scanNote(i)); err != nil {
			tb.Fatal(err)
		}
	}
	if err := bulk.Close(); err != nil {
		tb.Fatal(err)
	}
}

func TestScanMeetsEveryRecordOnce(t *testing.T) {
	db := open(t, t.TempDir())
	const n = 30_000 // enough for several tables
	fillNotes(t, db, n)
	if err := db.Save(t.Context(), assist.Rep{ID: "tom", Name: "Tom"}, assist.Insight{ID: "i", At: time.Unix(1, 0), Intelligence: assist.Market, Text: "x"}); err != nil {
		t.Fatal(err)
	}
	changed := scanNote(7)
	changed.Text = "Another text."
	if err := db.Save(t.Context(), changed); err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	seen := map[assist.ID]string{}
	workers := map[int]bool{}
	err := Scan(t.Context(), db, assist.TypeNote, 2, func(worker int, note assist.Note) error {
		mu.Lock()
		defer mu.Unlock()
		if _, again := seen[note.ID]; again {
			t.Errorf("%s came twice", note.ID)
		}
		seen[note.ID], workers[worker] = note.Text, true
		return nil
	})
	if err != nil || len(seen) != n || seen[changed.ID] != "Another text." || seen[scanNote(8).ID] != scanNote(8).Text {
		t.Errorf("%d of %d, %v", len(seen), n, err)
	}
	if about := db.About(assist.TypeNote); about < n/2 || about > n*2 {
		t.Errorf("about %d, there are %d", about, n)
	}
	if parts := db.parts(typeKey(assist.TypeNote)); len(parts) < 2 || len(workers) != 2 {
		t.Errorf("%d parts, workers %v: nothing was read side by side", len(parts), workers)
	}
}

// briefly is a note of which only the time is read.
type briefly struct {
	ID assist.ID `json:"id"`
	At time.Time `json:"at"`
}

func TestScanReadsOnlyTheFieldsThatAreWanted(t *testing.T) {
	db := open(t, t.TempDir())
	if err := db.Save(t.Context(), scanNote(1), scanNote(2)); err != nil {
		t.Fatal(err)
	}
	var got []briefly
	if err := Scan(t.Context(), db, assist.TypeNote, 1, func(_ int, b briefly) error { got = append(got, b); return nil }); err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(got, func(a, b briefly) int { return a.At.Compare(b.At) })
	if len(got) != 2 || got[0].ID != scanNote(1).ID || !got[0].At.Equal(scanNote(1).At) {
		t.Errorf("%+v", got)
	}
}

func TestScanEndsWithTheFirstError(t *testing.T) {
	db := open(t, t.TempDir())
	if err := db.Save(t.Context(), scanNote(1), scanNote(2)); err != nil {
		t.Fatal(err)
	}
	enough := errors.New("enough")
	n := 0
	if err := Scan(t.Context(), db, assist.TypeNote, 1, func(int, assist.Note) error { n++; return enough }); !errors.Is(err, enough) || n != 1 {
		t.Errorf("%d calls, %v", n, err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := Scan(ctx, db, assist.TypeNote, 1, func(int, assist.Note) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := Scan(t.Context(), db, assist.TypeNote, 1, func(int, assist.Note) error { return nil }); !errors.Is(err, os.ErrClosed) {
		t.Errorf("closed: %v", err)
	}
}

// BenchmarkScan reads 200,000 notes.
func BenchmarkScan(b *testing.B) {
	db, err := Open(context.Background(), Options{Dir: b.TempDir(), Key: testKey})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	const n = 200_000
	fillNotes(b, db, n)
	for _, workers := range []int{1, 2} {
		b.Run(strconv.Itoa(workers), func(b *testing.B) {
			for b.Loop() {
				if err := Scan(b.Context(), db, assist.TypeNote, workers, func(int, assist.Note) error { return nil }); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "notes/s")
		})
	}
	b.Run("brief", func(b *testing.B) {
		for b.Loop() {
			if err := Scan(b.Context(), db, assist.TypeNote, 2, func(int, briefly) error { return nil }); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "notes/s")
	})
}
