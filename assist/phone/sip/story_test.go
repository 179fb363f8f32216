//go:build linux

package sip_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"net"
	"runtime"
	"strings"
	"testing"
	"time"

	"ringside/assist/phone"
	"ringside/assist/phone/sip"
	"ringside/cmd/siprig"
)

// next returns the next piece of news, which must be of this phase.
func next(t *testing.T, out <-chan phone.Ring, want phone.Phase) phone.Ring {
	t.Helper()
	select {
	case r := <-out:
		if r.Phase != want {
			t.Fatalf("it tells %+v, want %s", r, want)
		}
		return r
	case <-time.After(15 * time.Second):
		t.Fatalf("it never tells of %s", want)
	}
	return phone.Ring{}
}

func signedIn(t *testing.T, r *siprig.Rig) *siprig.Phone {
	t.Helper()
	p, err := r.Phone(extension)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

func call(t *testing.T, r *siprig.Rig, from siprig.From) *siprig.Call {
	t.Helper()
	c, err := r.Call(extension, from)
	if err == nil {
		err = c.Rings()
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestDeclinedCallWasMissedAndTheCallerHearsSoAtOnce(t *testing.T) {
	r, s := system(t), &states{}
	p := signedIn(t, r)
	out := watch(t, options(r, s))
	s.until(t, "a watch", good)
	c := call(t, r, siprig.From{Number: "+442079460123"})
	next(t, out, phone.Ringing)
	p.Decline()
	if err := c.Answered(); err == nil || !strings.Contains(err.Error(), "486") {
		t.Errorf("the caller hears %v", err)
	}
	next(t, out, phone.Missed)
}

func TestStateWithoutACallerStillRings(t *testing.T) {
	r, s := system(t), &states{}
	signedIn(t, r)
	out := watch(t, options(r, s))
	s.until(t, "a watch", good)
	c := call(t, r, siprig.From{Name: "Mary Shaw", Asserted: "+442079460123"})
	if ring := next(t, out, phone.Ringing); ring.From != "" {
		t.Errorf("the state hides the caller, and yet it is %q", ring.From)
	}
	must(t, c.GiveUp())
	next(t, out, phone.Missed)
}

// TestExtraPhoneIsToldWhoCalls and neither rings nor keeps the caller waiting.
func TestExtraPhoneIsToldWhoCalls(t *testing.T) {
	r, s := system(t), &states{}
	p := signedIn(t, r)
	opt := options(r, s)
	opt.Register = true
	out := watch(t, opt)
	s.until(t, "a watch", good)
	c := call(t, r, siprig.From{Name: "Mary Shaw", Asserted: "+442079460123"})
	ring := next(t, out, phone.Ringing)
	if ring.From == "" { // the state was quicker than the invitation
		ring = next(t, out, phone.Ringing)
	}
	if ring.From != "+442079460123" || ring.Name != "Mary Shaw" {
		t.Errorf("it rings from %q, %q", ring.From, ring.Name)
	}
	p.Answer()
	must(t, c.Answered())
	if got := next(t, out, phone.Answered); got.ID != ring.ID || got.From != ring.From {
		t.Errorf("answered is %+v, the ring was %+v", got, ring)
	}
	must(t, c.HangUp())
	next(t, out, phone.Ended)

	c = call(t, r, siprig.From{Number: "+441134960123"})
	next(t, out, phone.Ringing)
	p.Decline()
	if err := c.Answered(); err == nil || !strings.Contains(err.Error(), "486") {
		t.Errorf("the caller hears %v", err)
	}
	next(t, out, phone.Missed)
}

func TestWrongPasswordIsSaid(t *testing.T) {
	r, s := system(t), &states{}
	opt := options(r, s)
	opt.Password = "wrong"
	watch(t, opt)
	s.until(t, "a word on the password", func(x sip.State) bool { return !x.Good && strings.Contains(x.Words, "password") })
}

func TestTroubleIsSaidInWords(t *testing.T) {
	r := system(t)
	for name, c := range map[string]struct {
		change func(*sip.Options)
		want   string
	}{
		"nobody there":      {func(o *sip.Options) { o.Server = "127.0.0.1:9" }, "127.0.0.1:9"},
		"a name like none":  {func(o *sip.Options) { o.Server = "no-such-host.invalid" }, "no-such-host.invalid"},
		"no TLS there":      {func(o *sip.Options) { o.Transport = "tls" }, "transport"},
		"a stranger's card": {func(o *sip.Options) { o.Transport, o.Server = "tls", r.Encrypted() }, "certificate"},
	} {
		t.Run(name, func(t *testing.T) {
			s := &states{}
			opt := options(r, s)
			c.change(&opt)
			watch(t, opt)
			s.until(t, c.want, func(x sip.State) bool { return !x.Good && strings.Contains(x.Words, c.want) })
			if words := s.last().Words; strings.ContainsAny(words, "\n\t") || !strings.Contains(words, "Trying again") {
				t.Errorf("it says %q", words)
			}
		})
	}
}

// TestServerThatIsRestartedIsWatchedAgain with nothing to click, also in the middle of a
// call.
func TestServerThatIsRestartedIsWatchedAgain(t *testing.T) {
	r, s := system(t), &states{}
	p := signedIn(t, r)
	out := watch(t, options(r, s))
	s.until(t, "a watch", good)
	c := call(t, r, siprig.From{Number: "+442079460123"})
	next(t, out, phone.Ringing)
	p.Answer()
	must(t, c.Answered())
	next(t, out, phone.Answered)
	r.Kill()
	s.until(t, "a word on the server", func(x sip.State) bool { return !x.Good })
	must(t, r.Restart())
	must(t, p.SignIn())
	next(t, out, phone.Ended) // the server has forgotten the call
	s.until(t, "a watch", good)
	c = call(t, r, siprig.From{Number: "+441134960123"})
	if ring := next(t, out, phone.Ringing); ring.From != "+441134960123" {
		t.Errorf("it rings from %q", ring.From)
	}
	must(t, c.GiveUp())
	next(t, out, phone.Missed)
}

// TestWatchBegunInACallTellsOfIt and nothing of calls that are over.
func TestWatchBegunInACallTellsOfIt(t *testing.T) {
	r := system(t)
	p := signedIn(t, r)
	over := call(t, r, siprig.From{Number: "+441134960123"})
	must(t, over.GiveUp())
	c := call(t, r, siprig.From{Number: "+442079460123"})
	p.Answer()
	must(t, c.Answered())
	time.Sleep(300 * time.Millisecond) // until the server knows
	out := watch(t, options(r, &states{}))
	if ring := next(t, out, phone.Answered); ring.From != "+442079460123" {
		t.Errorf("it tells of %+v", ring)
	}
	must(t, c.HangUp())
	next(t, out, phone.Ended)
}

// TestNobodyIsTroubledAfterTheEnd: the server tells nothing more to a watcher that left.
func TestNobodyIsTroubledAfterTheEnd(t *testing.T) {
	r, s := system(t), &states{}
	signedIn(t, r)
	opt := options(r, s)
	opt.Expires = 10 * time.Minute // it would go on for long
	before := runtime.NumGoroutine()
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error)
	out := make(chan phone.Ring, 100)
	go func() { ended <- sip.New(opt).Watch(ctx, out) }()
	s.until(t, "a watch", good)
	stop()
	must(t, <-ended)
	for end := time.Now().Add(10 * time.Second); runtime.NumGoroutine() > before+2 && time.Now().Before(end); {
		time.Sleep(50 * time.Millisecond)
	}
	if n := runtime.NumGoroutine(); n > before+2 {
		t.Errorf("%d goroutines are left", n-before)
	}
	// A watcher that comes after gets the state of one that is alone.
	next := watch(t, options(r, s))
	c := call(t, r, siprig.From{Number: "+442079460123"})
	select {
	case <-next:
	case <-time.After(10 * time.Second):
		t.Error("the next watcher hears nothing")
	}
	must(t, c.GiveUp())
	if len(out) > 0 {
		t.Errorf("the one that left hears %+v", <-out)
	}
}

// TestHundredCallsAreAllSeen, each as what it was. Kamailio tells of a call for ten seconds
// after its end, so that the state of all of them is as big as a datagram can be; no
// refresh comes to make up for what is lost.
func TestHundredCallsAreAllSeen(t *testing.T) {
	r, s := system(t), &states{}
	p := signedIn(t, r)
	opt := options(r, s)
	opt.Expires = 10 * time.Minute
	out := watch(t, opt)
	s.until(t, "a watch", good)
	for i := range 100 {
		number := fmt.Sprintf("+44207946%04d", i)
		c := call(t, r, siprig.From{Number: number})
		if ring := next(t, out, phone.Ringing); ring.From != number {
			t.Fatalf("call %d rings from %q", i, ring.From)
		}
		switch i % 3 {
		case 0:
			p.Answer()
			must(t, c.Answered())
			next(t, out, phone.Answered)
			must(t, c.HangUp())
			next(t, out, phone.Ended)
		case 1:
			must(t, c.GiveUp())
			next(t, out, phone.Missed)
		case 2:
			p.Decline()
			_ = c.Answered()
			next(t, out, phone.Missed)
			c.Close()
		}
	}
}

// TestGarbageDoesNoHarm sends 10,000 malformed messages to the watcher's own socket.
func TestGarbageDoesNoHarm(t *testing.T) {
	r, s := system(t), &states{}
	signedIn(t, r)
	opt := options(r, s)
	opt.Expires = time.Minute
	out := watch(t, opt)
	s.until(t, "a watch", good)
	at := socketOf(t)
	conn, err := net.Dial("udp", at)
	must(t, err)
	defer conn.Close()
	before := runtime.NumGoroutine()
	for i := range 10_000 {
		_, _ = conn.Write(garbage(i))
		if i%50 == 0 {
			time.Sleep(time.Millisecond) // a socket has a bound, too
		}
	}
	c := call(t, r, siprig.From{Number: "+442079460123"})
	next(t, out, phone.Ringing)
	must(t, c.GiveUp())
	next(t, out, phone.Missed)
	for end := time.Now().Add(40 * time.Second); runtime.NumGoroutine() > before+20 && time.Now().Before(end); {
		time.Sleep(100 * time.Millisecond)
	}
	if n := runtime.NumGoroutine(); n > before+20 {
		t.Errorf("%d goroutines are left", n-before)
	}
}

// garbage is a message that is broken in one way or another.
func garbage(i int) []byte {
	noise := make([]byte, 40)
	rand.Read(noise)
	notify := fmt.Sprintf("NOTIFY sip:rep1@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK%x\r\nFrom: <sip:x@y>;tag=a\r\nTo: <sip:x@y>;tag=%d\r\nCall-ID: g%d\r\nCSeq: 1 NOTIFY\r\n"+
		"Event: dialog\r\nSubscription-State: active\r\nContent-Type: application/dialog-info+xml\r\n", noise[:8], i, i)
	switch i % 6 {
	case 0:
		return noise
	case 1:
		return []byte(notify[:len(notify)*(i%97)/97])
	case 2:
		return []byte(notify + "Content-Length: 99999\r\n\r\n<dialog-info")
	case 3:
		return []byte(notify + "Content-Length: 20\r\n\r\n<dialog-info><dialog>")
	case 4:
		return []byte(strings.ReplaceAll(notify, ": ", string(noise[:3])) + "\r\n")
	}
	return append([]byte(strings.Replace(notify, "NOTIFY", "INVITE", 2)+"Content-Length: 40\r\n\r\n"), noise...)
}
