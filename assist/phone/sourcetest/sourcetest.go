// Package sourcetest holds what every phone.Source has to do, as tests that run with a
// real phone line behind the source.
package sourcetest

import (
	"context"
	"slices"
	"testing"
	"time"

	"ringside/assist/phone"
)

const (
	patience = 10 * time.Second       // how long news may take before a test gives up
	breath   = 300 * time.Millisecond // between two acts of people: what comes faster may overtake or come as one
)

// Line is a phone line on which the test calls the rep. A method returns when its act
// is done. Call names a call between the methods; what the source calls it is its own
// affair. A line that cannot do something skips the test with a word why.
type Line interface {
	// Ring makes the rep's phone ring for a caller.
	Ring(t *testing.T, call, from, name string)
	// Answer takes the call at the rep's phone.
	Answer(t *testing.T, call string)
	// HangUp ends an answered call.
	HangUp(t *testing.T, call string)
	// GiveUp ends a call that still rings: the caller has lost patience.
	GiveUp(t *testing.T, call string)
	// Elsewhere takes a call that rings at another desk.
	Elsewhere(t *testing.T, call string)
}

// The callers of the tests: a number that some network gives out, and one that none does.
const (
	mary   = "+442079460123"
	nobody = "07700 900123"
)

// Run runs the whole suite. start gives each test a source of its own that has not been
// watched yet, and the line that it watches; what start needs to end goes into t.Cleanup.
func Run(t *testing.T, start func(t *testing.T) (phone.Source, Line)) {
	for _, c := range []struct {
		name string
		play func(*testing.T, *watch, Line)
	}{
		{"an answered call rings, is answered and ends", answered},
		{"a caller who gives up was missed", missed},
		{"a call taken elsewhere says so", elsewhere},
		{"two calls at once are two", two},
		{"a phase is told once", once},
		{"a full desk loses nothing", full},
	} {
		t.Run(c.name, func(t *testing.T) {
			source, line := start(t)
			c.play(t, begin(t, source), line)
		})
	}
	t.Run("it stops when it is told to", func(t *testing.T) {
		source, _ := start(t)
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- source.Watch(ctx, make(chan phone.Ring)) }()
		time.Sleep(50 * time.Millisecond)
		stop()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("it ends with %v", err)
			}
		case <-time.After(patience):
			t.Error("it goes on after its context has ended")
		}
	})
}

func answered(t *testing.T, w *watch, line Line) {
	line.Ring(t, "one", mary, "Mary Shaw")
	ring := w.next(t, phone.Ringing)
	if got := phone.Parse(ring.From, "GB"); got.E164 != mary {
		t.Errorf("it rings from %q, want %s", ring.From, mary)
	}
	line.Answer(t, "one")
	w.sameAs(t, ring, w.next(t, phone.Answered))
	line.HangUp(t, "one")
	w.sameAs(t, ring, w.next(t, phone.Ended))
}

func missed(t *testing.T, w *watch, line Line) {
	line.Ring(t, "one", nobody, "")
	ring := w.next(t, phone.Ringing)
	if got := phone.Parse(ring.From, "GB").Keys(); !slices.Equal(got, phone.Parse(nobody, "GB").Keys()) {
		t.Errorf("it rings from %q, want %s", ring.From, nobody)
	}
	line.GiveUp(t, "one")
	w.sameAs(t, ring, w.next(t, phone.Missed))
}

func elsewhere(t *testing.T, w *watch, line Line) {
	line.Ring(t, "one", mary, "")
	ring := w.next(t, phone.Ringing)
	line.Elsewhere(t, "one")
	w.sameAs(t, ring, w.next(t, phone.Elsewhere))
}

func two(t *testing.T, w *watch, line Line) {
	line.Ring(t, "one", mary, "")
	one := w.next(t, phone.Ringing)
	line.Answer(t, "one")
	w.sameAs(t, one, w.next(t, phone.Answered))
	line.Ring(t, "two", nobody, "")
	two := w.next(t, phone.Ringing)
	if one.ID == two.ID {
		t.Errorf("both calls are called %q", one.ID)
	}
	line.GiveUp(t, "two")
	w.sameAs(t, two, w.next(t, phone.Missed))
	line.HangUp(t, "one")
	w.sameAs(t, one, w.next(t, phone.Ended))
}

func once(t *testing.T, w *watch, line Line) {
	line.Ring(t, "one", mary, "")
	w.next(t, phone.Ringing)
	line.GiveUp(t, "one")
	w.next(t, phone.Missed)
	select {
	case r := <-w.out:
		t.Errorf("after all it tells: %+v", r)
	case <-time.After(time.Second):
	}
}

func full(t *testing.T, w *watch, line Line) {
	line.Ring(t, "one", mary, "")
	time.Sleep(breath)
	line.Answer(t, "one")
	time.Sleep(breath)
	line.HangUp(t, "one") // nobody has listened so far, and out has no room
	ring := w.next(t, phone.Ringing)
	w.sameAs(t, ring, w.next(t, phone.Answered))
	w.sameAs(t, ring, w.next(t, phone.Ended))
}

// watch listens to a source.
type watch struct{ out chan phone.Ring }

func begin(t *testing.T, source phone.Source) *watch {
	w := &watch{make(chan phone.Ring)}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- source.Watch(ctx, w.out) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Errorf("the source ended with %v", err)
		}
	})
	return w
}

// next returns the next piece of news, which must be of this phase.
func (w *watch) next(t *testing.T, want phone.Phase) phone.Ring {
	t.Helper()
	select {
	case r := <-w.out:
		if r.Phase != want {
			t.Fatalf("it tells %+v, want %s", r, want)
		}
		if r.ID == "" || r.At.IsZero() || r.Source == "" {
			t.Errorf("a name, a time or the source is missing: %+v", r)
		}
		return r
	case <-time.After(patience):
		t.Fatalf("it never tells of %s", want)
	}
	return phone.Ring{}
}

// sameAs checks that later news is of the same call.
func (w *watch) sameAs(t *testing.T, first, later phone.Ring) {
	t.Helper()
	if later.ID != first.ID {
		t.Errorf("the call %q is called %q later", first.ID, later.ID)
	}
	if later.At.Before(first.At) {
		t.Errorf("%s comes before %s", later.Phase, first.Phase)
	}
}
