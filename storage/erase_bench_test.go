package storage

import (
	"context"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"ringside/assist"
)

// BenchmarkErase measures how long one customer takes to be found and to be erased, and
// how long a note waits that is saved meanwhile. RINGSIDE_BENCH_CUSTOMERS and
// RINGSIDE_BENCH_NOTES say how many there are.
func BenchmarkErase(b *testing.B) {
	ctx, c := context.Background(), newCrowd()
	customers, notes := benchSize(), benchSize()
	fmt.Sscan(os.Getenv("RINGSIDE_BENCH_NOTES"), &notes)
	db, err := Open(ctx, Options{Dir: b.TempDir(), Key: testKey, Region: "GB"})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	c.fill(b, db, customers, notes)
	if err := db.Indexed(ctx); err != nil {
		b.Fatal(err)
	}
	before := memory("RssAnon:")
	var trace, whole time.Duration
	var waits []time.Duration
	b.ResetTimer()
	for i := range b.N {
		who := c.customer(i).ID
		start := time.Now()
		if _, err := db.Trace(ctx, who); err != nil {
			b.Fatal(err)
		}
		trace += time.Since(start)
		stop, ended := make(chan struct{}), make(chan struct{})
		go func() {
			defer close(ended)
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				case <-time.After(20 * time.Millisecond):
				}
				start := time.Now()
				if err := db.Save(ctx, assist.Note{ID: assist.ID(fmt.Sprint("beside-", i, "-", n)), At: day, Text: "beside"}); err != nil {
					b.Error(err)
				}
				waits = append(waits, time.Since(start))
			}
		}()
		start = time.Now()
		if _, err := db.Erase(ctx, who, "", day, nil); err != nil {
			b.Fatal(err)
		}
		whole += time.Since(start)
		close(stop)
		<-ended
	}
	slices.Sort(waits)
	b.ReportMetric(trace.Seconds()/float64(b.N), "trace-s")
	b.ReportMetric(whole.Seconds()/float64(b.N), "erase-s")
	b.ReportMetric(waits[len(waits)*99/100].Seconds()*1000, "save-p99-ms")
	b.ReportMetric(waits[len(waits)-1].Seconds()*1000, "save-max-ms")
	b.ReportMetric(before, "before-MB")
	b.ReportMetric(memory("VmHWM:"), "peak-MB")
}
