package replica

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// Sent is a packet of this desk, byte for byte as the carrier has it or is to have it.
type Sent struct {
	From    uint64 // the number of its first write
	Writes  int
	At      time.Time // when it was sealed, by the team's clock
	Again   bool      // it takes the place of one that was sealed before
	Waiting bool      // the carrier has not made it durable yet
	Sealed  []byte
	Body    []byte // of a storage.Share; nil: it says who is in the team
}

// Sent returns the last n packets of this desk, the newest first.
func (r *Replica) Sent(ctx context.Context, n int) (out []Sent, err error) {
	r.mu.Lock()
	keys := r.keys
	r.mu.Unlock()
	for _, e := range r.shelf.lastOwn(n) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		err := r.shelf.each([]uint64{e.seq}, func(_ uint64, rec record) error { // each alone: what others sent may lie between
			s := Sent{From: rec.from, Writes: int(rec.count), At: rec.claimed(), Again: rec.edition > 0, Waiting: e.waits, Sealed: rec.sealed}
			var err error
			if rec.kind == operations {
				s.Body, err = unseal(rec.sealed, keys[rec.key])
			}
			out = append(out, s)
			return err
		})
		if err != nil {
			return nil, fmt.Errorf("read what was sent: %w", err)
		}
	}
	return out, nil
}

// ownEntry is an own packet on the shelf.
type ownEntry struct {
	entry
	waits bool
}

// lastOwn returns the last n own packets that hold something, the newest first.
func (s *shelf) lastOwn(n int) (out []ownEntry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range slices.Backward(s.of(s.self).list) {
		if len(out) == n {
			break
		}
		if e.kind == recordOwn {
			waits := slices.ContainsFunc(s.unsent, func(f found) bool { return f.seq == e.seq })
			out = append(out, ownEntry{e, waits})
		}
	}
	return out
}
