package main

import (
	"context"
	"sync"

	"ringside/assist/phone"
)

// lines are the sources of calls that the settings name: each runs as it is described
// there, or not at all. Its methods may be called from any goroutine.
type lines struct {
	ctx  context.Context // ends them all
	ring func(phone.Ring)

	mu      sync.Mutex
	running map[phone.Teller]*line
}

// line is one source that runs.
type line struct {
	as    string // the description that it was made of
	stop  context.CancelFunc
	ended chan struct{}
}

func newLines(ctx context.Context, ring func(phone.Ring)) *lines {
	return &lines{ctx: ctx, ring: ring, running: map[phone.Teller]*line{}}
}

// run has a source run as it is described; an empty description ends it. A source that
// was made of another description ends first, since both may want the same port. It
// waits for that, which takes as long as the source needs to say good-bye.
func (l *lines) run(teller phone.Teller, as string, source func() phone.Source) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if was := l.running[teller]; was != nil {
		if was.as == as {
			return
		}
		was.stop()
		<-was.ended
		delete(l.running, teller)
	}
	if as == "" || l.ctx.Err() != nil {
		return
	}
	ctx, stop := context.WithCancel(l.ctx)
	one := &line{as: as, stop: stop, ended: make(chan struct{})}
	l.running[teller] = one
	go func() {
		defer close(one.ended)
		l.watch(ctx, source())
	}()
}

// watch passes on what a source tells until it ends.
func (l *lines) watch(ctx context.Context, source phone.Source) {
	out := make(chan phone.Ring)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = source.Watch(ctx, out) // how it stands with a source, it says itself
	}()
	for {
		select {
		case r := <-out:
			l.ring(r)
		case <-ended:
			return
		}
	}
}

// wait returns when all have ended; their context has to end before.
func (l *lines) wait() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, one := range l.running {
		<-one.ended
	}
}
