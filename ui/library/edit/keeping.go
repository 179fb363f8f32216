package edit

import (
	"context"
	"time"

	"ringside/assist"
	"ringside/ui/async"
	"ringside/ui/say"
)

// What is typed is kept after a pause, and while nobody pauses, too: both together, with
// the write itself, stay within a second of the last key.
const (
	pause = 300 * time.Millisecond
	most  = 800 * time.Millisecond
)

// thrown is the verdict of a draft that its author threw away.
const thrown = "Thrown away"

// keeper keeps the draft beside the window, one write at a time.
type keeper struct {
	e      *Editor
	stop   func()
	since  time.Time // of the first change that is not kept; zero when all is
	at     time.Time // when it was kept last; zero when it was not
	once   bool      // the store has it
	going  bool
	after  func() // what waits until all is kept
	latest *write // the latest that was begun; nil: none was
}

// rest says that all that is shown is kept, or need not be.
func (k *keeper) rest() {
	k.stop()
	k.since, k.at, k.after = time.Time{}, time.Time{}, nil
}

// soon has the draft kept after a pause.
func (k *keeper) soon() {
	now := k.e.opt.Now()
	if k.since.IsZero() {
		k.since = now
	}
	k.stop()
	k.stop = async.After(k.e.opt.Post, patience(now.Sub(k.since)), k.write)
}

// patience is how long a write waits for another key when something has not been kept for
// a while.
func patience(unkept time.Duration) time.Duration { return max(min(pause, most-unkept), 0) }

// due returns the draft as it has to be kept, if it has to.
func (k *keeper) due() (assist.Revision, bool) {
	rev := k.e.rev
	if k.since.IsZero() || rev.Answer == "" || !k.once && !k.e.dirty() {
		return rev, false
	}
	if !k.e.dirty() && rev.Stage == assist.StageDraft {
		rev.Stage, rev.Judge, rev.Decided, rev.Verdict = assist.StageDeclined, rev.By, k.e.opt.Now(), thrown
	}
	return rev, true
}

// write keeps the draft, and again when something was typed meanwhile.
func (k *keeper) write() {
	k.stop()
	if k.going || k.e.going {
		return
	}
	rev, ok := k.due()
	k.since = time.Time{}
	if !ok {
		k.settled()
		return
	}
	k.going = true
	began := k.e.opt.Now()
	k.send(rev, func(err error) {
		k.going = false
		if k.e.rev.ID != rev.ID {
			return // another is open: it was flushed before
		}
		if err != nil {
			if k.since.IsZero() {
				k.since = began
			}
			k.after, k.e.busy = nil, false
			k.e.fault = "What you typed is not kept. " + say.Error(err)
			k.e.say()
			return
		}
		k.once, k.at = true, k.e.opt.Now()
		if !k.since.IsZero() {
			k.write()
			return
		}
		k.e.say()
		k.settled()
	})
}

func (k *keeper) settled() {
	if f := k.after; f != nil {
		k.after = nil
		f()
	}
}

// then calls f when all is kept; not at all when it cannot be.
func (k *keeper) then(f func()) {
	k.after = f
	k.write()
}

// flush has what is not kept yet kept, whatever is shown next.
func (k *keeper) flush() {
	if rev, ok := k.due(); ok {
		k.send(rev, nil)
	}
	k.rest()
}

// write is a draft on its way to the store.
type write struct {
	done chan struct{} // closed when err is known
	err  error
}

// send keeps a draft beside the window, behind what was sent before it, and then calls
// done, which may be nil.
func (k *keeper) send(rev assist.Revision, done func(error)) {
	before, now := k.latest, &write{done: make(chan struct{})}
	k.latest = now
	async.Go(k.e.opt.Post, func(ctx context.Context) error {
		defer close(now.done)
		if before != nil {
			<-before.done
		}
		now.err = k.e.opt.Source.Keep(ctx, rev)
		return now.err
	}, done)
}

// landed returns when nothing is on its way to the store. What did not get there is due
// again.
func (k *keeper) landed(ctx context.Context) error {
	if k.latest == nil {
		return nil
	}
	select {
	case <-k.latest.done:
	case <-ctx.Done():
		return ctx.Err()
	}
	if k.latest.err != nil && k.since.IsZero() {
		k.since = k.e.opt.Now()
	}
	return nil
}
