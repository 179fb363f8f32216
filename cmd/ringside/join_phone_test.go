package main

import (
	"context"
	"testing"
	"time"

	"ringside/assist/phone"
)

// bell is a source that rings when it begins, and says when it has ended.
type bell struct {
	id    string
	ended chan string
}

func (b bell) Watch(ctx context.Context, out chan<- phone.Ring) error {
	select {
	case out <- phone.Ring{ID: b.id}:
	case <-ctx.Done():
	}
	<-ctx.Done()
	b.ended <- b.id
	return nil
}

func TestSourcesRunAsTheSettingsSay(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	rung, ended := make(chan string, 9), make(chan string, 9)
	l := newLines(ctx, func(r phone.Ring) { rung <- r.ID })
	run := func(as string) {
		l.run(phone.FromSIP, as, func() phone.Source { return bell{as, ended} })
	}
	next := func(from chan string, want string) {
		t.Helper()
		select {
		case got := <-from:
			if got != want {
				t.Errorf("%q, want %q", got, want)
			}
		case <-time.After(10 * time.Second):
			t.Fatalf("%q never comes", want)
		}
	}
	run("")
	run("one")
	next(rung, "one")
	run("one") // goes on
	run("two")
	next(ended, "one")
	next(rung, "two")
	run("")
	next(ended, "two")
	run("three")
	next(rung, "three")
	stop()
	l.wait()
	next(ended, "three")
	run("four")
	if len(rung) != 0 || len(ended) != 0 {
		t.Error("a source runs on, or one that goes on began anew")
	}
}
