// Package async is the only place in ui where work leaves the window's goroutine
// and comes back to it. Everything here takes a Post, so that a test can bring
// results to its own goroutine and stay free of races.
package async

import (
	"context"
	"sync"
	"time"

	"fyne.io/fyne/v2"

	"ringside/assist/live"
)

// Post brings f to the goroutine that owns the window. It may return before f ran.
type Post func(f func())

// Window is the Post of a running app.
func Window(f func()) { fyne.Do(f) }

// Views shows every View that comes out of ch, until ctx ends or ch is closed. It
// returns at once. When the window is slower than the desk, the older of the
// Views that wait are skipped: show always gets the newest, and the last one
// always.
func Views(ctx context.Context, ch <-chan live.View, post Post, show func(live.View)) {
	box := &newest{}
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case v, ok := <-ch:
				if !ok {
					return
				}
				if box.put(v) {
					post(func() { show(box.take()) })
				}
			}
		}
	}()
}

// newest keeps one View until it is taken.
type newest struct {
	mu   sync.Mutex
	view live.View
	full bool
}

// put reports whether somebody has to be sent to take it.
func (n *newest) put(v live.View) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	was := n.full
	n.view, n.full = v, true
	return !was
}

func (n *newest) take() live.View {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.full = false
	return n.view
}

// Load runs work beside the window and shows what came out of it. After cancel
// (which is called on the window's goroutine, and may be called twice) show is
// not called any more, and work's context has ended.
func Load[T any](post Post, work func(context.Context) (T, error), show func(T, error)) (cancel func()) {
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		v, err := work(ctx)
		post(func() {
			if ctx.Err() == nil {
				show(v, err)
			}
			cancel()
		})
	}()
	return cancel
}

// Go runs work beside the window and then done, if it is not nil, with work's
// error. cancel is as in Load.
func Go(post Post, work func(context.Context) error, done func(error)) (cancel func()) {
	return Load(post,
		func(ctx context.Context) (struct{}, error) { return struct{}{}, work(ctx) },
		func(_ struct{}, err error) {
			if done != nil {
				done(err)
			}
		})
}

// After calls f on the window's goroutine when d has passed, unless cancel was
// called there before.
func After(post Post, d time.Duration, f func()) (cancel func()) {
	return Go(post, func(ctx context.Context) error {
		t := time.NewTimer(d)
		defer t.Stop()
		select {
		case <-t.C:
		case <-ctx.Done():
		}
		return nil
	}, func(error) { f() })
}
