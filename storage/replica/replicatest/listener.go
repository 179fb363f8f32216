package replicatest

import (
	"bytes"
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"ringside/storage/replica"
)

// patience is how long a test waits for what must come; a carrier that polls is slow.
const patience = 2 * time.Minute

// A Listener collects what a transport delivers.
type Listener struct {
	mu      sync.Mutex
	came    []replica.Arrival
	said    []replica.Said
	cursor  replica.Cursor
	now     int // how often it was said that this is all
	anew    int
	changed chan struct{}
	stop    context.CancelFunc
	ended   chan error
}

// Listen lets a transport deliver from a cursor until the test ends, and again from where
// it was when the carrier goes away in between.
func Listen(t *testing.T, on replica.Transport, from replica.Cursor) *Listener {
	ctx, stop := context.WithCancel(context.Background())
	l := &Listener{cursor: from, changed: make(chan struct{}, 1), stop: stop, ended: make(chan error, 1)}
	go func() {
		for {
			err := on.Listen(ctx, l.Cursor(), l.take, l.hear)
			if ctx.Err() != nil {
				l.ended <- err
				return
			}
			select {
			case <-time.After(50 * time.Millisecond):
			case <-ctx.Done():
			}
		}
	}()
	t.Cleanup(func() { l.Stop(t) })
	return l
}

// Stop ends listening.
func (l *Listener) Stop(t *testing.T) {
	l.stop()
	select {
	case err := <-l.ended:
		l.ended <- err
	case <-time.After(patience):
		t.Error("listening does not end with its context")
	}
}

func (l *Listener) take(b replica.Batch) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, a := range b.Arrivals {
		a.Sealed = bytes.Clone(a.Sealed)
		l.came = append(l.came, a)
	}
	if b.Anew {
		l.anew++
	}
	if b.Now {
		l.now++
	}
	l.cursor = bytes.Clone(b.Cursor)
	l.tell()
	return nil
}

func (l *Listener) hear(s replica.Said) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.said = append(l.said, s)
	l.tell()
}

func (l *Listener) tell() {
	select {
	case l.changed <- struct{}{}:
	default:
	}
}

// Cursor is how far it has read.
func (l *Listener) Cursor() replica.Cursor {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.cursor
}

// Anew is how often the carrier began from its first packet.
func (l *Listener) Anew() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.anew
}

// Came is how often each packet came; Key names one.
func (l *Listener) Came() map[string]int {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := map[string]int{}
	for _, a := range l.came {
		n[Key(a.Packet)]++
	}
	return n
}

// Key names a packet with all that must arrive of it.
func Key(p replica.Packet) string {
	return fmt.Sprintf("%s:%d+%d.%d %q", p.Member, p.From, p.Count, p.Edition, p.Sealed)
}

// Wait waits until something is so.
func (l *Listener) Wait(t *testing.T, what string, so func() bool) {
	t.Helper()
	end := time.After(patience)
	for !so() {
		select {
		case <-l.changed:
		case <-time.After(time.Second):
		case <-end:
			t.Fatalf("%s: not after %v", what, patience)
		}
	}
}

// Has waits until all these packets have come, each at least so often.
func (l *Listener) Has(t *testing.T, packets []replica.Packet, times int) {
	t.Helper()
	l.Wait(t, fmt.Sprintf("%d packets", len(packets)), func() bool {
		came := l.Came()
		for _, p := range packets {
			if came[Key(p)] < times {
				return false
			}
		}
		return true
	})
}

// Now waits until the carrier has said that this is all.
func (l *Listener) Now(t *testing.T) {
	t.Helper()
	l.Wait(t, "the word that this is all", func() bool {
		l.mu.Lock()
		defer l.mu.Unlock()
		return l.now > 0
	})
}
