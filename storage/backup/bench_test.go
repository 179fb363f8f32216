package backup

import (
	"fmt"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"ringside/assist"
	"ringside/storage"
)

// peak looks at the heap until it is stopped, and returns the most that was in use, in MB.
func peak() (stop func() float64) {
	var most atomic.Uint64
	done := make(chan struct{})
	go func() {
		for {
			select {
			case <-done:
				return
			case <-time.After(10 * time.Millisecond):
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				most.Store(max(most.Load(), m.HeapInuse))
			}
		}
	}()
	return func() float64 { close(done); return float64(most.Load()) / 1e6 }
}

// full is an open store with this many notes, of 300 letters each.
func full(b *testing.B, notes int) *storage.DB {
	b.Helper()
	db, err := storage.Open(b.Context(), storage.Options{Dir: b.TempDir(), Key: storeKey})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { db.Close() })
	bulk := db.Bulk(b.Context())
	for i := range notes {
		customer := assist.ID(fmt.Sprint("c", i/5))
		if i%5 == 0 {
			err = bulk.Add(assist.Customer{ID: customer, Name: fmt.Sprint("Customer ", i/5)})
		}
		if err == nil {
			err = bulk.Add(assist.Note{ID: assist.ID(fmt.Sprint("n", i)), Customer: customer, At: morning,
				Text: fmt.Sprint("note ", i, strings.Repeat(" said that the parcel was late", 10))})
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	if err := bulk.Close(); err != nil {
		b.Fatal(err)
	}
	return db
}

func BenchmarkBackup(b *testing.B) {
	defer debug.SetGCPercent(debug.SetGCPercent(25)) // as in the app
	for _, notes := range []int{10_000, 100_000, 400_000} {
		b.Run(fmt.Sprint(notes), func(b *testing.B) {
			db := full(b, notes)
			path := filepath.Join(b.TempDir(), Name(desk, morning))
			runtime.GC() // what the import has left
			var before runtime.MemStats
			runtime.ReadMemStats(&before)
			stop := peak()
			for b.Loop() {
				about, err := Write(b.Context(), path, db, Key{Store: storeKey}, morning)
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(about.Size)/1e6, "MB-file")
			}
			b.ReportMetric(stop()-float64(before.HeapInuse)/1e6, "MB-more-heap")
			begun := time.Now()
			if _, err := Unpack(b.Context(), path, filepath.Join(b.TempDir(), "new"), Key{Store: storeKey}); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(time.Since(begun).Seconds(), "s-unpack")
		})
	}
}
