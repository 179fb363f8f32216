package undo_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"ringside/assist"
	"ringside/ui/undo"
)

// desk runs a queue, and notes what was kept.
type desk struct {
	undo.Queue
	t     *testing.T
	queue chan func()
	mu    sync.Mutex
	saved []string
	fault error
	told  []string
}

func newDesk(t *testing.T) *desk {
	d := &desk{t: t, queue: make(chan func(), 8)}
	d.Queue = undo.Queue{Post: func(f func()) { d.queue <- f }, Save: func(_ context.Context, before, after []assist.Record) error {
		d.mu.Lock()
		defer d.mu.Unlock()
		if d.fault != nil {
			return d.fault
		}
		d.saved = append(d.saved, names(before)+">"+names(after))
		return nil
	}, Kept: func(err error, last bool) { d.told = append(d.told, fmt.Sprint(err, last)) }}
	return d
}

func names(list []assist.Record) (out string) {
	for _, r := range list {
		out += r.(assist.Rep).Name
	}
	return out
}

func (d *desk) steps(n int) {
	d.t.Helper()
	for range n {
		select {
		case f := <-d.queue:
			f()
		case <-time.After(10 * time.Second):
			d.t.Fatal("nothing was kept")
		}
	}
}

func (d *desk) keptAs(want ...string) {
	d.t.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	if !slices.Equal(d.saved, want) {
		d.t.Errorf("saved %q, want %q", d.saved, want)
	}
}

func change(key, before, after string) undo.Change {
	was, is := []assist.Record{assist.Rep{Name: before}}, []assist.Record{assist.Rep{Name: after}}
	return undo.Change{Key: key, Before: was, After: is, Back: was, Said: "Did " + key}
}

func TestChangesAreKeptInTheirOrderAndTakenBackFromTheLast(t *testing.T) {
	d := newDesk(t)
	d.Do(change("a", "a", "A"))
	d.Do(change("b", "b", "B"))
	if d.Said() != "Did b" || !d.Settled("a") || !d.Settled("b") {
		t.Errorf("said %q", d.Said())
	}
	if key := d.TakeBack(); key != "b" || d.Settled("b") || !d.Settled("a") {
		t.Errorf("took back %q", key)
	}
	d.steps(3)
	d.keptAs("a>A", "b>B", "B>b")
	if want := []string{"<nil> false", "<nil> false", "<nil> true"}; !slices.Equal(d.told, want) {
		t.Errorf("told %q", d.told)
	}
	if d.TakeBack() != "a" || d.TakeBack() != "" || d.Said() != "" {
		t.Error("what was done first is taken back last, and once")
	}
	d.steps(1)
}

func TestWhatWasLoadedSinceKnowsWhatWasKept(t *testing.T) {
	d := newDesk(t)
	d.Do(change("a", "a", "A"))
	d.steps(1)
	d.Do(change("b", "b", "B"))
	d.Forget()
	if d.Settled("a") || !d.Settled("b") {
		t.Error("a is known to whoever loads now, b is not kept yet")
	}
	d.steps(1)
}

func TestARefusedChangeIsForgottenWithAllThatFollowsFromIt(t *testing.T) {
	d := newDesk(t)
	d.fault = errors.New("no")
	d.Do(change("a", "a", "A"))
	d.steps(1)
	if d.Settled("a") || d.Said() != "" || !slices.Equal(d.told, []string{"no true"}) {
		t.Errorf("settled %v, said %q, told %q", d.Settled("a"), d.Said(), d.told)
	}
}
