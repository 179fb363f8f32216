package sip

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"ringside/assist/phone"
	"ringside/assist/settings"
	"ringside/cmd/siprig"
)

// renewed starts a watch of a real system, does something to it, and waits until the
// system is watched anew with no word of trouble in between.
func renewed(t *testing.T, transport string, do func(sleep func(), r *siprig.Rig)) {
	t.Helper()
	if siprig.Missing() != "" {
		t.Skipf("%s is missing: run .ci/need test", siprig.Missing())
	}
	r, err := siprig.Start(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Stop)
	states := make(chan State, 100)
	w := New(Options{SIP: settings.SIP{On: true, Server: r.Server(), Domain: siprig.Domain, Extension: "rep1", Transport: transport},
		Password: siprig.Password, Expires: 10 * time.Minute, OnState: func(s State) { states <- s }})
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	slept := &atomic.Int64{}
	w.clock = func() time.Time { return time.Now().Add(time.Duration(slept.Load())) }
	go func() { ended <- w.Watch(ctx, make(chan phone.Ring, 10)) }()
	defer func() { stop(); <-ended }()
	for i := range 2 {
		select {
		case s := <-states:
			if !s.Good {
				t.Fatalf("it says %q", s.Words)
			}
		case <-time.After(20 * time.Second):
			t.Fatalf("watch %d never begins", i+1)
		}
		if i == 0 {
			time.Sleep(2*time.Second + beat/2) // a watch that breaks sooner is trouble
			do(func() { slept.Store(int64(time.Hour)) }, r)
		}
	}
}

func TestSleepIsFollowedByANewWatchAtOnce(t *testing.T) {
	renewed(t, "udp", func(sleep func(), _ *siprig.Rig) { sleep() })
}

// TestConnectionThatBreaksIsMadeAnewAtOnce, long before the next refresh.
func TestConnectionThatBreaksIsMadeAnewAtOnce(t *testing.T) {
	renewed(t, "tcp", func(_ func(), r *siprig.Rig) {
		if err := r.Restart(); err != nil {
			t.Error(err)
		}
	})
}
