package replica

import (
	"context"
	"fmt"
	"testing"
	"time"

	"ringside/assist"
	"ringside/storage"
)

// notes are 100,000 of them as runs of a store.
func notes(b *testing.B) (bodies [][]byte, sizes int) {
	b.Helper()
	db, err := storage.Open(context.Background(), storage.Options{Dir: b.TempDir(), Key: storeKey})
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	var list []assist.Record
	for i := range 100_000 {
		id := assist.ID(fmt.Sprint("n", i))
		list = append(list, assist.Note{ID: id, At: time.Now(), Customer: assist.ID(fmt.Sprint("c", i%997)), Text: fmt.Sprintf("asks for hooks of size %d, wants a letter before Friday; the last ones came late and bent, box %d", i%17, i*7919)})
		if len(list) == 1000 {
			if err := db.Save(context.Background(), list...); err != nil {
				b.Fatal(err)
			}
			list = list[:0]
		}
	}
	for at := (storage.Mark{}); ; {
		shares, err := db.Outgoing(context.Background(), at, false, 64)
		if err != nil {
			b.Fatal(err)
		}
		if len(shares) == 0 {
			return bodies, sizes
		}
		for _, s := range shares {
			if at = s.Next; s.Ops > 0 {
				bodies, sizes = append(bodies, s.Body), sizes+len(s.Body)
			}
		}
	}
}

// BenchmarkSeal seals and opens 100,000 notes.
func BenchmarkSeal(b *testing.B) {
	bodies, size := notes(b)
	team, err := Found(b.TempDir(), storeKey, "Tackle shop", Newcomer{Name: "Ann"})
	if err != nil {
		b.Fatal(err)
	}
	key := newKey()
	me, err := team.asMember(Newcomer{Name: "Ann"}, time.Now())
	if err != nil {
		b.Fatal(err)
	}
	roster, keys := &Roster{Members: []Member{me}}, keyring{idOf(key): key}
	h := head{kind: operations, team: team.own.Team, member: team.Self(), signer: team.Self(), from: 1, count: 200, key: idOf(key)}
	var sealed [][]byte
	b.Run("seal", func(b *testing.B) {
		b.SetBytes(int64(size))
		for b.Loop() {
			sealed = sealed[:0]
			for _, body := range bodies {
				p, err := seal(h, body, keys, team.signing())
				if err != nil {
					b.Fatal(err)
				}
				sealed = append(sealed, p)
			}
		}
		n := 0
		for _, p := range sealed {
			n += len(p)
		}
		b.ReportMetric(float64(len(sealed)), "packets")
		b.ReportMetric(float64(n)/1e6, "MB-sealed")
	})
	b.Run("open", func(b *testing.B) {
		b.SetBytes(int64(size))
		for b.Loop() {
			for _, p := range sealed {
				if _, _, err := open(p, team.own.Team, roster, keys); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}
