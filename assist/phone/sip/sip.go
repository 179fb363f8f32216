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
	clock func() time.Time // of the wall: it goes on while the machine sleeps
}

// New returns a Watcher that watches nothing yet.
func New(opt Options) *Watcher {
	if opt.Expires <= 0 {
		opt.Expires = 2 * time.Minute
	}
	if opt.OnState == nil {
		opt.OnState = func(State) {}
	}
	return &Watcher{opt: opt, clock: time.Now}
}

const (
	firstPause = 2 * time.Second
	longPause  = time.Minute
	longest    = time.Hour // even where the telephone system wants to be left alone for longer
	beat       = 2 * time.Second
	nap        = 10 * time.Second // the clock jumps by more than this only when the machine sleeps
)

// Watch implements phone.Source. It returns nil when ctx has ended and the telephone system
// was told so, or did not listen for a second.
func (w *Watcher) Watch(ctx context.Context, out chan<- phone.Ring) error {
	pause := firstPause
	for ctx.Err() == nil {
		begun := time.Now()
		err := w.once(ctx, out)
		lived := time.Since(begun)
		if ctx.Err() != nil {
			return nil
		}
		if atOnce(err) && lived > firstPause {
			continue
		}
		if lived > longPause { // it went well for a while
			pause = firstPause
		}
		var later retryAfter
		if errors.As(err, &later) {
			pause = max(pause, min(time.Duration(later), longest))
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

// kept is what the telephone system keeps for us for a while, and forgets when it is not
// asked again.
type kept interface {
	refresh(ctx context.Context, expires time.Duration) error
	next() time.Time // when to ask again
	end()
}

// once watches until something fails.
func (w *Watcher) once(ctx context.Context, out chan<- phone.Ring) error {
	s, err := dial(ctx, w.opt)
	if err != nil {
		return err
	}
	defer s.close()
	all := []kept{newSubscription(s)}
	var reg *registration
	if w.opt.Register {
		reg = newRegistration(s)
		all = append(all, reg)
	}
	for _, k := range all {
		if err := k.refresh(ctx, w.opt.Expires); err != nil {
			return err
		}
		defer k.end()
	}
	w.opt.OnState(State{Words: w.good(reg), Good: true})
	return w.listen(ctx, s, all, out)
}

// listen passes on what comes, and asks again in time.
func (w *Watcher) listen(ctx context.Context, s *session, all []kept, out chan<- phone.Ring) error {
	tick := time.NewTicker(beat)
	defer tick.Stop()
	last := w.clock().Round(0) // without the monotonic clock, which sleeps, too
	for {
		select {
		case <-ctx.Done():
			return nil
		case n := <-s.news:
			if err := w.tell(ctx, n, out); err != nil {
				return err
			}
		case <-s.lost:
			return errLost
		case <-tick.C:
			now := w.clock().Round(0)
			if now.Sub(last).Abs() > nap {
				return errSlept
			}
			last = now
			if err := s.alive(); err != nil {
				return err
			}
			for _, k := range all {
				if time.Now().Before(k.next()) {
					continue
				}
				if err := k.refresh(ctx, w.opt.Expires); err != nil {
					return err
				}
			}
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
