package storage

import (
	"testing"
	"time"
)

const benchNotes = 100_000

// BenchmarkOutgoing hands out 100,000 notes of 400 bytes.
func BenchmarkOutgoing(b *testing.B) {
	db, _ := benchBodies(b, benchNotes)
	for b.Loop() {
		runs, err := db.Outgoing(b.Context(), Mark{}, false, benchNotes)
		if err != nil || len(runs) != benchNotes/runOps {
			b.Fatal(len(runs), err)
		}
	}
	b.ReportMetric(float64(benchNotes)*float64(b.N)/b.Elapsed().Seconds(), "notes/s")
}

// BenchmarkTakeIn brings 100,000 notes of 400 bytes to a second desk: 50 runs a call.
func BenchmarkTakeIn(b *testing.B) {
	_, bodies := benchBodies(b, benchNotes)
	took := time.Duration(0)
	for b.Loop() {
		b.StopTimer()
		db := desk(b, b.TempDir(), 0)
		b.StartTimer()
		start := time.Now()
		for from := 0; from < len(bodies); from += 50 {
			takeIn(b, db, bodies[from:min(from+50, len(bodies))])
		}
		took += time.Since(start)
	}
	b.ReportMetric(float64(benchNotes)*float64(b.N)/took.Seconds(), "notes/s")
}
