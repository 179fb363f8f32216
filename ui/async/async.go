// Package async is the only place in ui where work leaves the window's goroutine
// and comes back to it. Everything here takes a Post, so that a test can bring
// results to its own goroutine and stay free of races.
package async

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"

	"ringside/assist/live"
)

// Post brings f to the goroutine that owns the window. It may return before f ran.
type Post func(f func())

// Window is the Post of a running app.
func Window(f func()) { fyne.Do(f) }

// patience is how long a picture waits for what belongs to it. The desk answers in
// less than a millisecond; every frame costs more than all of this.
const patience = 3 * time.Millisecond

// Feed brings the desk's Views to the window.
type Feed struct {
	ctx  context.Context
	show func(live.View)
	box  newest
}

// Views shows every View that comes out of ch, until ctx ends or ch is closed. It
// returns at once. When the window is slower than the desk, the older of the
// Views that wait are skipped: show always gets the newest, and the last one
// always. A View of a caller who is still looked for waits a moment for the one
// that names them.
func Views(ctx context.Context, ch <-chan live.View, post Post, show func(live.View)) *Feed {
	f := &Feed{ctx: ctx, show: show, box: newest{came: make(chan struct{}, 1)}}
	deliver := func() {
		if v, ok := f.box.take(anyView); ok {
			show(v)
		}
	}
	go func() {
		for {
			select {
			case <-ctx.Done():
				return
			case v, ok := <-ch:
				if !ok {
					return
				}
				if f.box.put(found(ctx, ch, v)) {
					post(deliver)
				}
			}
		}
	}()
	return f
}

// found returns v or, while its caller is looked for, what replaces it in time.
func found(ctx context.Context, ch <-chan live.View, v live.View) live.View {
	late := time.NewTimer(patience)
	defer late.Stop()
	for v.Looking {
		select {
		case next, ok := <-ch:
			if !ok {
				return v
			}
			v = next
		case <-late.C:
			return v
		case <-ctx.Done():
			return v
		}
	}
	return v
}

// Await shows the View that answers what the desk has just been told, so that it is
// painted in one frame with what was typed. It is called on the window's goroutine
// and holds it for three milliseconds at most; what comes later is shown when it
// comes. It reports whether the View came.
func (f *Feed) Await(answers func(live.View) bool) bool {
	late := time.NewTimer(patience)
	defer late.Stop()
	for {
		if v, ok := f.box.take(answers); ok {
			f.show(v)
			return true
		}
		select {
		case <-f.box.came:
		case <-late.C:
			return false
		case <-f.ctx.Done():
			return false
		}
	}
}

// newest keeps one View until it is taken.
type newest struct {
	came chan struct{} // holds something after a put that nobody has seen
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
	select {
	case n.came <- struct{}{}:
	default:
	}
	return !was
}

// take empties the box when what is in it will do.
func (n *newest) take(will func(live.View) bool) (live.View, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if !n.full || !will(n.view) {
		return live.View{}, false
	}
	n.full = false
	return n.view, true
}

func anyView(live.View) bool { return true }

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

// Newest returns a function, for one goroutine at a time, that has a value shown on the
// window's goroutine. Of values that wait there only the newest is shown.
func Newest[T any](post Post, show func(T)) func(T) {
	var waiting atomic.Pointer[T]
	return func(v T) {
		if waiting.Swap(&v) == nil {
			post(func() { show(*waiting.Swap(nil)) })
		}
	}
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
