package folder

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"ringside/storage/replica"
	"ringside/storage/replica/replicatest"
)

// BenchmarkHundredThousandNotes publishes 500 packets of 200 operations, in calls of 64 as
// a replica makes them, and reads them from the beginning.
func BenchmarkHundredThousandNotes(b *testing.B) {
	noise := rand.NewChaCha8([32]byte{})
	packets := replicatest.Packets(replicatest.Ann, 500)
	for i := range packets {
		packets[i].Sealed = make([]byte, 40<<10)
		noise.Read(packets[i].Sealed)
	}
	for range b.N {
		dir := b.TempDir()
		if err := Prepare(dir); err != nil {
			b.Fatal(err)
		}
		f := Open(dir, replicatest.Ann)
		start := time.Now()
		for sent := packets; len(sent) > 0; {
			n, err := f.Publish(b.Context(), sent[:min(64, len(sent))])
			if err != nil {
				b.Fatal(err)
			}
			sent = sent[n:]
		}
		b.ReportMetric(time.Since(start).Seconds(), "push_s")
		b.ReportMetric(catchUp(b, f, len(packets)), "catchup_s")
	}
}

// BenchmarkIdle looks again into a folder with a million operations in which nothing is new.
func BenchmarkIdle(b *testing.B) {
	dir := b.TempDir()
	if err := Prepare(dir); err != nil {
		b.Fatal(err)
	}
	f := Open(dir, replicatest.Ann)
	packets := replicatest.Packets(replicatest.Ann, 5000)
	if _, err := f.Publish(b.Context(), packets); err != nil {
		b.Fatal(err)
	}
	size := 0
	r := &reader{f: f, state: readState(nil), rest: map[string]resting{}, got: func(b replica.Batch) error { size = len(b.Cursor); return nil }}
	for news := true; news; {
		var err error
		if news, err = r.pass(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		if _, err := r.pass(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(size), "cursor_bytes")
}

func catchUp(b *testing.B, f *Folder, want int) float64 {
	start, n := time.Now(), 0
	err := f.Listen(b.Context(), nil, func(batch replica.Batch) error {
		if n += len(batch.Arrivals); batch.Now {
			return context.Canceled
		}
		return nil
	}, nil)
	if n != want {
		b.Fatal(fmt.Errorf("%d of %d came: %w", n, want, err))
	}
	return time.Since(start).Seconds()
}
