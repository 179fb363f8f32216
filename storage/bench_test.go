package storage

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/phone"
)

// benchCustomer is the i-th of an import: a number, an address, a company of 50.
func benchCustomer(i int) (assist.Company, assist.Customer) {
	company := assist.Company{ID: assist.IDFrom("company", strconv.Itoa(i/50)), Name: fmt.Sprintf("Company %d Ltd", i/50)}
	number := benchNumber(i)
	return company, assist.Customer{
		ID: assist.IDFrom("customer", strconv.Itoa(i)), Name: fmt.Sprintf("Mary Shaw %d", i), Company: company.ID,
		Phones: []assist.Phone{{Raw: number, E164: number}}, Emails: []string{fmt.Sprintf("mary.shaw%d@example.org", i)},
		City: "Leeds", Address: fmt.Sprintf("%d High Street", i%200), Role: "buyer",
	}
}

func benchNumber(i int) string { return fmt.Sprintf("+4411%08d", (i*7919)%100_000_000) }

func fill(b *testing.B, db *DB, customers int) {
	b.Helper()
	bulk := db.Bulk(context.Background())
	for i := range customers {
		company, customer := benchCustomer(i)
		for _, r := range []assist.Record{company, customer} {
			if err := bulk.Add(r); err != nil {
				b.Fatal(err)
			}
		}
	}
	if err := bulk.Close(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkBulk imports customers with a number, an address and a company each; the
// number is RINGSIDE_BENCH_CUSTOMERS, else 100,000.
func BenchmarkBulk(b *testing.B) {
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(400 << 20))
	for b.Loop() {
		b.StopTimer()
		db, err := Open(context.Background(), Options{Dir: b.TempDir(), Key: testKey})
		if err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		start := time.Now()
		fill(b, db, benchSize())
		took := time.Since(start)
		b.ReportMetric(float64(benchSize())/took.Seconds(), "customers/s")
		b.ReportMetric(memory("VmHWM:"), "peak-MB")
		start = time.Now()
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(time.Since(start).Seconds(), "close-s")
	}
}

func benchSize() int {
	if n, err := strconv.Atoi(os.Getenv("RINGSIDE_BENCH_CUSTOMERS")); err == nil {
		return n
	}
	return 100_000
}

// memory returns a figure of /proc/self/status in MB; 0 where there is none.
func memory(name string) float64 {
	b, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(b)) {
		if f := strings.Fields(line); len(f) > 1 && f[0] == name {
			kb, _ := strconv.ParseFloat(f[1], 64)
			return kb / 1024
		}
	}
	return 0
}

// BenchmarkCard reads what a ring needs, in a store with two notes a customer.
func BenchmarkCard(b *testing.B) {
	ctx, dir, size := context.Background(), b.TempDir(), benchSize()
	db, err := Open(ctx, Options{Dir: dir, Key: testKey})
	if err != nil {
		b.Fatal(err)
	}
	fill(b, db, size)
	bulk := db.Bulk(ctx)
	for i := range 2 * size {
		_, c := benchCustomer(i * 7919 % size)
		n := assist.Note{ID: assist.IDFrom("note", strconv.Itoa(i)), Customer: c.ID, At: day.Add(time.Duration(i) * time.Second),
			Text: fmt.Sprintf("Note %d: %s", i, strings.Repeat("asked for the delivery of her order; ", 5))}
		if err := bulk.Add(n); err != nil {
			b.Fatal(err)
		}
	}
	if err := bulk.Close(); err != nil {
		b.Fatal(err)
	}
	if err := db.Close(); err != nil {
		b.Fatal(err)
	}
	start := time.Now()
	if db, err = Open(ctx, Options{Dir: dir, Key: testKey}); err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	opening := time.Since(start)
	settled(db)
	debug.FreeOSMemory()
	opened := memory("RssAnon:")
	var took []time.Duration
	for b.Loop() {
		i := rand.IntN(size)
		start := time.Now()
		m, err := db.FindByNumber(ctx, phone.Parse(benchNumber(i), "GB"))
		if err != nil || len(m) == 0 {
			b.Fatal(m, err)
		}
		if _, err := db.Profile(ctx, m[0].Customer.ID); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	report(b, "", took)
	debug.FreeOSMemory()
	b.ReportMetric(float64(opening.Milliseconds()), "open-ms")
	b.ReportMetric(opened, "opened-MB")
	b.ReportMetric(memory("RssAnon:"), "idle-MB")
}

// settled waits until Badger has put its tables in order, at most half a minute.
func settled(db *DB) {
	for range 60 {
		busy := false
		for _, l := range db.picture.Levels() {
			busy = busy || l.Score > 1 || l.Level == 0 && l.NumTables > 6
		}
		time.Sleep(500 * time.Millisecond)
		if !busy {
			return
		}
	}
}

func report(b *testing.B, name string, took []time.Duration) {
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), name+"p50-us")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), name+"p99-us")
}

// BenchmarkSaveNote compares a note with a bare synced write of 4 KB.
func BenchmarkSaveNote(b *testing.B) {
	dir := b.TempDir()
	db := open(b, dir)
	f, err := os.Create(filepath.Join(dir, "bare"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	block := make([]byte, 4096)
	var bare, took []time.Duration
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		if _, err := f.Write(block); err != nil {
			b.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			b.Fatal(err)
		}
		bare = append(bare, time.Since(start))
		start = time.Now()
		save(b, db, assist.Note{ID: assist.NewID(start), Customer: "mary", At: start, Text: strings.Repeat("asked for a refund ", 20)})
		took = append(took, time.Since(start))
	}
	report(b, "bare-", bare)
	report(b, "save-", took)
}
