// Package sip watches the rep's own extension at a SIP telephone system: it subscribes to
// the state of the extension's calls (RFC 6665, RFC 4235), which changes nothing about how
// they ring. On request it also signs in as one more phone of the extension, to be told who
// calls where the state does not say; that phone never rings and takes no call.
package sip

import (
	"context"
	"crypto/tls"
	"errors"
	"math/rand/v2"
	"time"

	"ringside/assist/phone"
	"ringside/assist/settings"
)

// Options are what a Watcher needs.
type Options struct {
	settings.SIP
	Password string
	// Expires is how long the telephone system is asked to watch before it is asked again;
	// 0 means two minutes. A system that was restarted is asked again after that at the
	// latest.
	Expires time.Duration
	// TLS says whom to trust where the transport is tls; nil means the system's roots.
	TLS *tls.Config
	// OnState is told how it stands, from any goroutine; nil: nobody wants to know.
	OnState func(State)
}

// State says how it stands with watching, in a sentence for people.
type State struct {
	Words string
	Good  bool // calls are heard
}

// Watcher is a phone.Source of one extension. It never gives up: after each failure it
// says why and tries again, later and later, up to a minute.
type Watcher struct {
	opt   Options
	calls calls
	wake  func(ctx context.Context) // returns when the machine has slept
}

// New returns a Watcher that watches nothing yet.
func New(opt Options) *Watcher {
	if opt.Expires <= 0 {
		opt.Expires = 2 * time.Minute
	}
	if opt.OnState == nil {
		opt.OnState = func(State) {}
	}
	return &Watcher{opt: opt, wake: slept}
}

const (
	firstPause = 2 * time.Second
	longPause  = time.Minute
)

// Watch implements phone.Source. It returns nil when ctx has ended and the telephone system
// was told so, or did not listen for a second.
func (w *Watcher) Watch(ctx context.Context, out chan<- phone.Ring) error {
	pause := firstPause
	for ctx.Err() == nil {
		begun := time.Now()
		err := w.once(ctx, out)
		if ctx.Err() != nil {
			return nil
		}
		if time.Since(begun) > longPause { // it went well for a while
			pause = firstPause
		}
		var later retryAfter
		if errors.As(err, &later) {
			pause = max(pause, time.Duration(later))
		}
		wait := pause + rand.N(pause/4)
		w.opt.OnState(State{Words: w.trouble(err, wait)})
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
		pause = min(2*pause, longPause)
	}
	return nil
}

// once watches until something fails.
func (w *Watcher) once(ctx context.Context, out chan<- phone.Ring) error {
	s, err := dial(ctx, w.opt)
	if err != nil {
		return err
	}
	defer s.close()
	watching, stop := context.WithCancel(ctx)
	defer stop()
	sub := newSubscription(s)
	if err := sub.refresh(watching, w.opt.Expires); err != nil {
		return err
	}
	defer sub.end()
	var reg *registration
	if w.opt.Register {
		reg = newRegistration(s)
		if err := reg.refresh(watching, w.opt.Expires); err != nil {
			return err
		}
		defer reg.end()
	}
	w.opt.OnState(State{Words: w.good(), Good: true})
	awake := make(chan struct{})
	go func() {
		w.wake(watching)
		close(awake)
	}()
	for {
		select {
		case <-ctx.Done():
			return nil
		case n := <-s.news:
			if err := w.tell(ctx, n, out); err != nil {
				return err
			}
		case <-time.After(time.Until(sub.due)):
			if err := sub.refresh(watching, w.opt.Expires); err != nil {
				return err
			}
			if reg != nil {
				if err := reg.refresh(watching, w.opt.Expires); err != nil {
					return err
				}
			}
		case <-s.lost:
			return errLost
		case <-awake:
			return errSlept
		}
	}
}

// tell passes on what a piece of news says of the calls.
func (w *Watcher) tell(ctx context.Context, n news, out chan<- phone.Ring) error {
	var rings []phone.Ring
	switch {
	case n.err != nil:
		return n.err
	case n.invited.ID != "":
		if r, ok := w.calls.invited(n.invited, n.at); ok {
			rings = append(rings, r)
		}
	default:
		rings = w.calls.take(n.info, n.first, n.at)
	}
	for _, r := range rings {
		select {
		case out <- r:
		case <-ctx.Done():
			return nil
		}
	}
	return nil
}

// slept returns when the clock has jumped, as it does when a machine wakes up, or when
// ctx has ended.
func slept(ctx context.Context) {
	const beat = 5 * time.Second
	tick := time.NewTicker(beat)
	defer tick.Stop()
	for last := time.Now().Round(0); ; {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			now := time.Now().Round(0) // without the monotonic clock, which sleeps, too
			if gap := now.Sub(last); gap > 3*beat || gap < -3*beat {
				return
			}
			last = now
		}
	}
}
