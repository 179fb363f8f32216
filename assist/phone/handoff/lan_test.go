package handoff_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"ringside/assist/phone"
	"ringside/assist/phone/handoff"
	"ringside/assist/phone/sourcetest"
	"ringside/assist/settings"
)

const token = "0123456789abcdef"

// network is an open door for the local network, as a phone sees it.
type network struct {
	base string
	lan  *handoff.LAN

	mu    sync.Mutex
	state handoff.State
	told  chan struct{} // something about the state has changed
}

func newNetwork(t *testing.T, set settings.LAN) *network {
	t.Helper()
	n := &network{told: make(chan struct{}, 1)}
	var err error
	n.lan, err = handoff.NewLAN(set, token, func(s handoff.State) {
		n.mu.Lock()
		n.state = s
		n.mu.Unlock()
		select {
		case n.told <- struct{}{}:
		default:
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// openNetwork opens the door and returns where its news comes out.
func openNetwork(t *testing.T, set settings.LAN) (*network, chan phone.Ring) {
	t.Helper()
	n, out := newNetwork(t, set), make(chan phone.Ring, 100)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- n.lan.Watch(ctx, out) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	n.listens(t)
	return n, out
}

// when waits until the state is as wanted.
func (n *network) when(t *testing.T, want func(handoff.State) bool) handoff.State {
	t.Helper()
	for {
		n.mu.Lock()
		s := n.state
		n.mu.Unlock()
		if want(s) {
			return s
		}
		select {
		case <-n.told:
		case <-time.After(10 * time.Second):
			t.Fatalf("the state stays %+v", s)
		}
	}
}

func (n *network) listens(t *testing.T) {
	s := n.when(t, func(s handoff.State) bool { return s.Address != "" })
	n.base = handoff.URL(s.Address, token)
}

var local = settings.LAN{On: true, Address: "127.0.0.1:0"}

// send sends a request and returns its status; its answer must be empty.
func send(t *testing.T, req *http.Request) int {
	t.Helper()
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Error(err)
		return 0
	}
	defer resp.Body.Close()
	if resp.ContentLength > 0 {
		t.Errorf("the answer to %s has %d bytes", req.URL, resp.ContentLength)
	}
	return resp.StatusCode
}

func visit(t *testing.T, address string) int {
	req, err := http.NewRequest("GET", address, nil)
	if err != nil {
		t.Fatal(err)
	}
	return send(t, req)
}

// yealink is a desk phone whose action URLs are those of the settings page.
type yealink struct {
	*network
	from map[string]string // the number of each call
}

func (y yealink) Ring(t *testing.T, call, from, name string) {
	y.listens(t)
	y.from[call] = from
	y.does(t, call, "Incoming Call", name)
}
func (y yealink) Answer(t *testing.T, call string) { y.does(t, call, "Established", "") }
func (y yealink) HangUp(t *testing.T, call string) { y.does(t, call, "Terminated", "") }
func (y yealink) GiveUp(t *testing.T, call string) {
	y.does(t, call, "Missed Call", "")
	y.does(t, call, "Terminated", "")
}
func (y yealink) Elsewhere(t *testing.T, call string) {
	y.tells(t, y.base+"&state=elsewhere&id="+call)
}

func (y yealink) does(t *testing.T, call, event, name string) {
	for _, l := range handoff.LANHooks(y.base)[0].Lines {
		if l.When == event {
			y.tells(t, fill(l.Text, call, y.from[call], name))
		}
	}
}

func (y yealink) tells(t *testing.T, address string) {
	if code := visit(t, address); code != 204 {
		t.Errorf("GET %s: %d", address, code)
	}
}

// fill fills the places of a line as desk phones do: with addresses as they are.
func fill(line, call, from, name string) string {
	return strings.NewReplacer("$remote", "sip:"+strings.ReplaceAll(from, " ", "%20")+"@192.168.1.2;user=phone", "$display_remote", url.QueryEscape(name),
		"$call_id", call, "$call-id", call).Replace(line)
}

func TestLANIsASource(t *testing.T) {
	sourcetest.Run(t, func(t *testing.T) (phone.Source, sourcetest.Line) {
		n := newNetwork(t, local)
		return n.lan, yealink{n, map[string]string{}}
	})
}

// The same phone without names of its calls: the number stands for them.
type nameless struct{ yealink }

func (y nameless) Ring(t *testing.T, call, from, name string) {
	y.listens(t)
	y.from[call] = from
	y.state(t, call, "ringing")
}
func (y nameless) Answer(t *testing.T, call string)    { y.state(t, call, "answered") }
func (y nameless) HangUp(t *testing.T, call string)    { y.state(t, call, "ended") }
func (y nameless) GiveUp(t *testing.T, call string)    { y.state(t, call, "missed") }
func (y nameless) Elsewhere(t *testing.T, call string) { y.state(t, call, "elsewhere") }
func (y nameless) state(t *testing.T, call, state string) {
	for range 2 { // some phones tell everything twice
		y.tells(t, y.base+"&number="+url.QueryEscape(y.from[call])+"&state="+state)
	}
}

func TestLANNamesTheCallsOfAPhoneThatDoesNot(t *testing.T) {
	sourcetest.Run(t, func(t *testing.T) (phone.Source, sourcetest.Line) {
		n := newNetwork(t, local)
		return n.lan, nameless{yealink{n, map[string]string{}}}
	})
}

func TestANumberMayCallAgain(t *testing.T) {
	n, out := openNetwork(t, local)
	var ids []string
	for range 2 {
		visit(t, n.base+"&number=0113")
		ids = append(ids, (<-out).ID)
		visit(t, n.base+"&number=0113&state=ended")
		<-out
	}
	if ids[0] == ids[1] {
		t.Errorf("two calls are both called %s", ids[0])
	}
}

func TestWhatWasOverBeforeIsNotTold(t *testing.T) {
	n, out := openNetwork(t, local)
	visit(t, n.base+"&number=0113&id=1&state=ended")
	visit(t, n.base+"&number=0114&id=2")
	if r := <-out; r.ID != "2" {
		t.Errorf("it tells %+v", r)
	}
}

func TestLANReadsWhatSystemsPush(t *testing.T) {
	n, out := openNetwork(t, local)
	push := func(kind, body string) {
		t.Helper()
		req, _ := http.NewRequest("POST", n.base, strings.NewReader(body))
		req.Header.Set("Content-Type", kind)
		if code := send(t, req); code != 204 {
			t.Errorf("%s: %d", body, code)
		}
	}
	form, js := "application/x-www-form-urlencoded", "application/json"
	for _, c := range []struct {
		kind, body string
		want       phone.Ring
	}{
		{form, "event=newCall&from=493055571600&to=214&direction=in&callId=a1&user[]=Anna&user[]=Tom", phone.Ring{ID: "a1", From: "493055571600", To: "214", Phase: phone.Ringing}},
		{form, "event=answer&from=493055571600&to=214&direction=in&callId=a1", phone.Ring{ID: "a1", From: "493055571600", To: "214", Phase: phone.Answered}},
		{form, "event=hangup&from=493055571600&to=214&direction=in&callId=a1&cause=normalClearing", phone.Ring{ID: "a1", From: "493055571600", To: "214", Phase: phone.Ended}},
		{js, `{"event":"newCall","from":"214","to":"0113","direction":"out","callId":7,"user":["Anna"]}`, phone.Ring{ID: "7", From: "0113", To: "214", Phase: phone.Ringing, Outgoing: true}},
		{js, `{"event":"newCall","from":"anonymous","to":"214","direction":"in","callId":"b"}`, phone.Ring{ID: "b", From: "anonymous", To: "214", Phase: phone.Ringing}},
		{js, `{"event":"hangup","from":"anonymous","to":"214","direction":"in","callId":"b","cause":"noAnswer"}`, phone.Ring{ID: "b", From: "anonymous", To: "214", Phase: phone.Missed}},
		{"", "", phone.Ring{Phase: phone.Ringing}},
	} {
		push(c.kind, c.body)
		got := <-out
		if c.want.ID == "" {
			c.want.ID = got.ID
		}
		if c.want.At, c.want.Source = got.At, "lan"; got != c.want {
			t.Errorf("%s\nis %+v, want %+v", c.body, got, c.want)
		}
	}
}

func TestEveryDeskPhoneIsUnderstood(t *testing.T) {
	n, out := openNetwork(t, local)
	for k, h := range handoff.LANHooks(n.base)[:3] {
		want := []phone.Ring{{Phase: phone.Ringing}, {Phase: phone.Ringing, Outgoing: true}, {Phase: phone.Answered}, {Phase: phone.Ended}, {Phase: phone.Missed}}
		for i, l := range h.Lines {
			from := fmt.Sprintf("+44113496%d%d", k, i)
			if i > 2 { // a call that is over has rung
				visit(t, fill(h.Lines[0].Text, fmt.Sprint(h.Phone, i), from, ""))
				<-out
			}
			if code := visit(t, fill(l.Text, fmt.Sprint(h.Phone, i), from, "Mary Shaw")); code != 204 {
				t.Fatalf("%s, %s: %d", h.Phone, l.When, code)
			}
			got := <-out
			if got.From != from || got.Name != "Mary Shaw" || got.Phase != want[i].Phase || got.Outgoing != want[i].Outgoing {
				t.Errorf("%s, %s: %+v", h.Phone, l.When, got)
			}
		}
	}
}

func TestLANLetsInWhoMay(t *testing.T) {
	n, out := openNetwork(t, local)
	ring := func(method, path, bearer, origin, body string) int {
		req, _ := http.NewRequest(method, strings.TrimSuffix(n.base, "/ring?token="+token)+path, strings.NewReader(body))
		if bearer != "" {
			req.Header.Set("Authorization", "Bearer "+bearer)
		}
		if origin != "" {
			req.Header.Set("Origin", origin)
		}
		return send(t, req)
	}
	for name, c := range map[string]struct{ got, want int }{
		"the token in the address": {ring("GET", "/ring?number=1&token="+token, "", "", ""), 204},
		"the token in the header":  {ring("POST", "/ring?number=2", token, "", ""), 204},
		"no token":                 {ring("POST", "/ring?number=3", "", "", ""), 401},
		"another token":            {ring("POST", "/ring?number=3&token=0", "", "", ""), 401},
		"a page":                   {ring("POST", "/ring?number=3", token, "https://evil.example", ""), 403},
		"the store":                {ring("GET", "/view", token, "", ""), 404},
		"another verb":             {ring("DELETE", "/ring?number=3", token, "", ""), 405},
		"no such state":            {ring("POST", "/ring?number=3&state=dancing", token, "", ""), 400},
		"too much":                 {ring("POST", "/ring?number=3", token, "", strings.Repeat("x", 65<<10)), 413},
	} {
		if c.got != c.want {
			t.Errorf("%s: %d, want %d", name, c.got, c.want)
		}
	}
	<-out
	<-out
	select {
	case r := <-out:
		t.Errorf("it let in %+v", r)
	default:
	}
	s := n.when(t, func(s handoff.State) bool { return len(s.Senders) >= 7 })
	refused := ""
	for _, sender := range s.Senders {
		refused += sender.Addr + " " + sender.Refused + "\n"
	}
	if !strings.Contains(refused, "127.0.0.1 its token is missing or wrong") || !strings.Contains(refused, "127.0.0.1 \n") {
		t.Errorf("the senders are\n%s", refused)
	}
}

func TestLANLetsInOnlyTheListed(t *testing.T) {
	for from, want := range map[string]int{"127.0.0.1": 204, "127.0.0.0/8": 204, "::1": 403, "10.0.0.0/8": 403} {
		set := local
		set.From = []string{from}
		n, _ := openNetwork(t, set)
		if got := visit(t, n.base); got != want {
			t.Errorf("from %s: %d, want %d", from, got, want)
		}
		if s := n.when(t, func(s handoff.State) bool { return len(s.Senders) > 0 }); !strings.Contains(s.String(), from) {
			t.Errorf("it does not say who may post: %s", s)
		}
	}
}

func TestLANSlowsAFloodDown(t *testing.T) {
	n, _ := openNetwork(t, local)
	codes := map[int]int{}
	for range 400 {
		codes[visit(t, n.base+"&number=1")]++
	}
	if codes[204] < 100 || codes[429] == 0 {
		t.Errorf("statuses %v, want some let in and some slowed down", codes)
	}
}

func TestLANSaysWhyItCannotListenAndTriesAgain(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	n := newNetwork(t, settings.LAN{Address: taken.Addr().String()})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- n.lan.Watch(ctx, make(chan phone.Ring)) }()
	s := n.when(t, func(s handoff.State) bool { return s.Err != nil })
	if !strings.Contains(s.String(), "another program") {
		t.Errorf("it says %s", s)
	}
	taken.Close()
	n.listens(t)
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	foreign := newNetwork(t, settings.LAN{Address: "192.0.2.1:8765"})
	ctx, stop = context.WithCancel(t.Context())
	go func() { ended <- foreign.lan.Watch(ctx, make(chan phone.Ring)) }()
	s = foreign.when(t, func(s handoff.State) bool { return s.Err != nil })
	if !strings.Contains(s.String(), "not one of this machine") {
		t.Errorf("it says %s", s)
	}
	stop()
	<-ended
}

func TestLANRefusesSettingsThatMakeNoSense(t *testing.T) {
	for _, set := range []settings.LAN{{Address: "nowhere"}, {Address: ":1", From: []string{"everybody"}}, {Address: ":1", From: []string{"10.0.0.0/99"}}} {
		if _, err := handoff.NewLAN(set, token, nil); err == nil {
			t.Errorf("%+v is taken", set)
		}
	}
	if _, err := handoff.NewLAN(local, "", nil); err == nil {
		t.Error("an empty token is taken")
	}
}

func TestLANStandsHostileInput(t *testing.T) {
	before := runtime.NumGoroutine()
	n, out := newNetwork(t, local), make(chan phone.Ring)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- n.lan.Watch(ctx, out) }()
	go func() {
		for range out {
		}
	}()
	n.listens(t)
	addr := n.when(t, func(s handoff.State) bool { return s.Address != "" }).Address
	random := rand.New(rand.NewPCG(1, 2))
	var wg sync.WaitGroup
	for range 10 {
		seed := random.Uint64()
		wg.Go(func() { bombard(addr, rand.New(rand.NewPCG(seed, 3)), 1000) })
	}
	wg.Wait()
	n.when(t, func(s handoff.State) bool { return s.Address != "" })
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	close(out)
	for end := time.Now().Add(10 * time.Second); runtime.NumGoroutine() > before+2; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%d goroutines, %d before", runtime.NumGoroutine(), before)
		}
	}
}

// bombard sends requests of which some parts are noise.
func bombard(addr string, random *rand.Rand, times int) {
	noise := func(n int) string {
		b := make([]byte, random.IntN(n))
		for i := range b {
			b[i] = byte(random.UintN(256))
		}
		return string(b)
	}
	for range times {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			continue
		}
		body := noise(300)
		switch random.IntN(3) {
		case 0:
			fmt.Fprint(conn, noise(500))
		case 1:
			fmt.Fprintf(conn, "POST /ring?token=%s&%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s", token, url.QueryEscape(noise(50)), len(body), body)
		default:
			fmt.Fprintf(conn, "POST /ring?token=%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", token, len(body), body)
		}
		conn.Close()
	}
}
