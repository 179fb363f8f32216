package sip_test

import (
	"context"
	"crypto/tls"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"ringside/assist/phone"
	"ringside/assist/phone/sip"
	"ringside/assist/phone/sourcetest"
	"ringside/assist/settings"
	"ringside/cmd/siprig"
)

const extension = "rep1"

// system starts a real telephone system. Where there is none to be had, the test is
// skipped, except where RINGSIDE_NEED_PHONE says that it must be there.
func system(t testing.TB) *siprig.Rig {
	t.Helper()
	if name := siprig.Missing(); name != "" {
		if os.Getenv("RINGSIDE_NEED_PHONE") != "" {
			t.Fatalf("%s is missing: run .ci/need test", name)
		}
		t.Skipf("%s is missing: run .ci/need test", name)
	}
	r, err := siprig.Start(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Stop)
	return r
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// states collects what a watcher says of itself.
type states struct {
	mu   sync.Mutex
	list []sip.State
}

func (s *states) add(x sip.State) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.list = append(s.list, x)
}

func (s *states) last() (x sip.State) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.list) > 0 {
		x = s.list[len(s.list)-1]
	}
	return x
}

// until waits until the newest state is as wanted.
func (s *states) until(t testing.TB, what string, want func(sip.State) bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !want(s.last()); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s never comes; the last is %+v", what, s.last())
		}
	}
}

func good(s sip.State) bool { return s.Good }

func options(r *siprig.Rig, s *states) sip.Options {
	return sip.Options{SIP: settings.SIP{On: true, Server: r.Server(), Domain: siprig.Domain, Extension: extension}, Password: siprig.Password,
		Expires: 8 * time.Second, OnState: s.add}
}

// line is a line of a real telephone system.
type line struct {
	rig    *siprig.Rig
	phone  *siprig.Phone
	states *states
	calls  map[string]*siprig.Call
}

func (l *line) Ring(t *testing.T, call, from, name string) {
	t.Helper()
	l.states.until(t, "a watch", good)
	c, err := l.rig.Call(extension, siprig.From{Number: strings.ReplaceAll(from, " ", ""), Name: name})
	if err == nil {
		err = c.Rings()
	}
	if err != nil {
		t.Fatal(err)
	}
	l.calls[call] = c
}

func (l *line) Answer(t *testing.T, call string) {
	t.Helper()
	l.phone.Answer()
	if err := l.calls[call].Answered(); err != nil {
		t.Fatal(err)
	}
}

func (l *line) HangUp(t *testing.T, call string) {
	t.Helper()
	if err := l.calls[call].HangUp(); err != nil {
		t.Fatal(err)
	}
}

func (l *line) GiveUp(t *testing.T, call string) {
	t.Helper()
	if err := l.calls[call].GiveUp(); err != nil {
		t.Fatal(err)
	}
}

func (l *line) Elsewhere(t *testing.T, _ string) {
	_ = l.calls["one"].GiveUp()
	t.Skip("kamailio's own state of an extension does not say that a call was taken elsewhere; that of a queue does")
}

func TestWatcherIsASource(t *testing.T) {
	for _, transport := range []string{"udp", "tcp", "tls"} {
		t.Run(transport, func(t *testing.T) {
			r := system(t)
			p, err := r.Phone(extension)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(p.Close)
			sourcetest.Run(t, func(t *testing.T) (phone.Source, sourcetest.Line) {
				l := &line{rig: r, phone: p, states: &states{}, calls: map[string]*siprig.Call{}}
				return sip.New(over(r, transport, l.states)), l
			})
		})
	}
}

// queueLine is a line on which a queue calls: its state says more than kamailio's own.
type queueLine struct {
	queue  *siprig.Queue
	states *states
}

func (l *queueLine) Ring(t *testing.T, call, from, _ string) {
	t.Helper()
	l.states.until(t, "a watch", good)
	must(t, l.queue.Rings(call, strings.ReplaceAll(from, " ", "")))
}

func (l *queueLine) Answer(t *testing.T, call string) { t.Helper(); must(t, l.queue.Answered(call)) }
func (l *queueLine) HangUp(t *testing.T, call string) { t.Helper(); must(t, l.queue.Ended(call)) }
func (l *queueLine) GiveUp(t *testing.T, call string) { t.Helper(); must(t, l.queue.Ended(call)) }
func (l *queueLine) Elsewhere(t *testing.T, call string) {
	t.Helper()
	must(t, l.queue.Elsewhere(call))
}

// TestWatcherOfAQueueIsASource whose calls may be taken elsewhere.
func TestWatcherOfAQueueIsASource(t *testing.T) {
	sourcetest.Run(t, func(t *testing.T) (phone.Source, sourcetest.Line) {
		r := system(t)
		q, err := r.Queue(extension)
		must(t, err)
		t.Cleanup(q.Close)
		l := &queueLine{queue: q, states: &states{}}
		return sip.New(options(r, l.states)), l
	})
}

func over(r *siprig.Rig, transport string, s *states) sip.Options {
	opt := options(r, s)
	opt.Transport = transport
	if transport == "tls" {
		opt.Server, opt.TLS = r.Encrypted(), trusting(r)
	}
	return opt
}

func watch(t testing.TB, opt sip.Options) <-chan phone.Ring {
	t.Helper()
	out := make(chan phone.Ring, 1000)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	w := sip.New(opt)
	go func() { ended <- w.Watch(ctx, out) }()
	t.Cleanup(func() {
		stop()
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("the watcher ended with %v", err)
			}
		case <-time.After(10 * time.Second):
			t.Error("the watcher goes on")
		}
	})
	return out
}

func trusting(r *siprig.Rig) *tls.Config { return &tls.Config{RootCAs: r.Roots()} }
