package handoff_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"ringside/assist/phone"
	"ringside/assist/phone/handoff"
	"ringside/assist/phone/sourcetest"
	"ringside/assist/settings"
)

// hook is a phone that runs a program on this machine for every phase of its calls.
type hook struct {
	dir   string
	from  map[string]string
	names map[string]string
}

func (h *hook) tell(t *testing.T, call, state string) {
	t.Helper()
	r, err := handoff.Words([]string{h.from[call], "--name=" + h.names[call], "--id", call, "--state", state})
	if err != nil {
		t.Fatal(err)
	}
	r.At = time.Now()
	if err := find(t, h.dir).Ring(t.Context(), r); err != nil {
		t.Fatal(err)
	}
}

func (h *hook) Ring(t *testing.T, call, from, name string) {
	h.from[call], h.names[call] = from, name
	h.tell(t, call, "ringing")
}
func (h *hook) Answer(t *testing.T, call string)    { h.tell(t, call, "answered") }
func (h *hook) HangUp(t *testing.T, call string)    { h.tell(t, call, "ended") }
func (h *hook) GiveUp(t *testing.T, call string)    { h.tell(t, call, "missed") }
func (h *hook) Elsewhere(t *testing.T, call string) { h.tell(t, call, "elsewhere") }

// doorSource makes a source of a door.
type doorSource struct {
	desk
	dir  string
	news chan phone.Ring
}

func (d *doorSource) Ring(r phone.Ring) { d.news <- r }

func (d *doorSource) Watch(ctx context.Context, out chan<- phone.Ring) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case r := <-d.news:
			select {
			case out <- r:
			case <-ctx.Done():
				return nil
			}
		}
	}
}

func TestDoorIsASource(t *testing.T) {
	sourcetest.Run(t, func(t *testing.T) (phone.Source, sourcetest.Line) {
		d := &doorSource{dir: t.TempDir(), news: make(chan phone.Ring, 100)}
		door, err := handoff.Open(d.dir, d)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { door.Close() })
		return d, &hook{d.dir, map[string]string{}, map[string]string{}}
	})
}

// deskPhone is a phone of the network that opens an address for every phase.
type deskPhone struct {
	address string
	style   string
	from    map[string]string
}

func (d *deskPhone) open(t *testing.T, call, state string) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		resp, err := d.send(call, state)
		if err == nil {
			resp.Body.Close()
			if resp.StatusCode != http.StatusNoContent {
				t.Fatalf("%s of %s: %s", state, call, resp.Status)
			}
			return
		}
		if time.Now().After(end) {
			t.Fatal(err)
		}
	}
}

func (d *deskPhone) send(call, state string) (*http.Response, error) {
	base := "http://" + d.address + "/ring?token=" + token
	switch d.style {
	case "action URL":
		return http.Get(base + "&" + url.Values{"remote": {"sip:" + strings.ReplaceAll(d.from[call], " ", "") + "@pbx.example"}, "call_id": {call}, "state": {state}}.Encode())
	case "without a name":
		return http.Get(base + "&" + url.Values{"number": {d.from[call]}, "state": {state}}.Encode())
	}
	event, cause := map[string]string{"ringing": "newCall", "answered": "answer"}[state], ""
	if event == "" {
		event, cause = "hangup", map[string]string{"ended": "normalClearing", "missed": "cancel", "elsewhere": "answeredElsewhere"}[state]
	}
	return http.PostForm(base, url.Values{"event": {event}, "cause": {cause}, "from": {d.from[call]}, "to": {"+441134960000"}, "direction": {"in"}, "callId": {call}, "user[]": {"Tom"}})
}

func (d *deskPhone) Ring(t *testing.T, call, from, _ string) {
	d.from[call] = from
	d.open(t, call, "ringing")
}
func (d *deskPhone) Answer(t *testing.T, call string)    { d.open(t, call, "answered") }
func (d *deskPhone) HangUp(t *testing.T, call string)    { d.open(t, call, "ended") }
func (d *deskPhone) GiveUp(t *testing.T, call string)    { d.open(t, call, "missed") }
func (d *deskPhone) Elsewhere(t *testing.T, call string) { d.open(t, call, "elsewhere") }

const token = "open-sesame"

// freeAddress returns an address of this machine that nobody listens at.
func freeAddress(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return ln.Addr().String()
}

func TestLANIsASource(t *testing.T) {
	for _, style := range []string{"action URL", "without a name", "push"} {
		t.Run(style, func(t *testing.T) {
			sourcetest.Run(t, func(t *testing.T) (phone.Source, sourcetest.Line) {
				address := freeAddress(t)
				l := handoff.NewLAN(handoff.LANOptions{LAN: settings.LAN{On: true, Address: address}, Token: token})
				return roomy{l}, &deskPhone{address, style, map[string]string{}}
			})
		})
	}
}

// roomy lets the phone hang up before anybody has listened: a phone waits for the answer
// to what it posts, and the suite's desk is full.
type roomy struct{ phone.Source }

func (r roomy) Watch(ctx context.Context, out chan<- phone.Ring) error {
	room := make(chan phone.Ring, 10)
	ended := make(chan error, 1)
	go func() { ended <- r.Source.Watch(ctx, room) }()
	for {
		select {
		case ring := <-room:
			select {
			case out <- ring:
			case <-ctx.Done():
				return <-ended
			}
		case err := <-ended:
			return err
		}
	}
}

// openLAN opens a door to the network and waits until it is open.
func openLAN(t *testing.T, lan settings.LAN) (address string, out chan phone.Ring, state func() handoff.LANState) {
	t.Helper()
	lan.On, lan.Address = true, freeAddress(t)
	var mu sync.Mutex
	var newest handoff.LANState
	l := handoff.NewLAN(handoff.LANOptions{LAN: lan, Token: token, OnState: func(s handoff.LANState) { mu.Lock(); defer mu.Unlock(); newest = s }})
	state = func() handoff.LANState { mu.Lock(); defer mu.Unlock(); return newest }
	out = make(chan phone.Ring, 20_000)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- l.Watch(ctx, out) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	for end := time.Now().Add(10 * time.Second); !state().Good; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("it does not open: %+v", state())
		}
	}
	return lan.Address, out, state
}

func TestLANLetsOnlyPhonesIn(t *testing.T) {
	address, out, state := openLAN(t, settings.LAN{From: []string{"127.0.0.1", "10.1.0.0/16"}})
	for name, c := range map[string]struct {
		change func(*http.Request)
		code   int
		why    string
	}{
		"no token":      {func(r *http.Request) { r.URL.RawQuery = "number=214" }, 401, "token"},
		"a wrong token": {func(r *http.Request) { r.URL.RawQuery = "number=214&token=sesame" }, 401, "token"},
		"a page":        {func(r *http.Request) { r.Header.Set("Origin", "https://example.org") }, 403, "page"},
		"another door":  {func(r *http.Request) { r.URL.Path = "/view" }, 404, "/view"},
		"a deletion":    {func(r *http.Request) { r.Method = "DELETE" }, 405, "get or post"},
		"no number":     {func(r *http.Request) { r.URL.RawQuery = "token=" + token }, 400, "number"},
		"no such state": {func(r *http.Request) { r.URL.RawQuery += "&state=levitating" }, 400, "levitating"},
		"too much": {func(r *http.Request) {
			r.Method, r.Body, r.ContentLength = "POST", io.NopCloser(strings.NewReader(strings.Repeat("x", 70_000))), 70_000
		}, 413, "64 KiB"},
		"broken JSON": {func(r *http.Request) {
			r.Method = "POST"
			r.Header.Set("Content-Type", "application/json")
			r.Body = io.NopCloser(strings.NewReader("{"))
		}, 400, "JSON"},
	} {
		req, err := http.NewRequest("GET", "http://"+address+"/ring?number=214&token="+token, nil)
		if err != nil {
			t.Fatal(err)
		}
		c.change(req)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		if g := state().Guests; resp.StatusCode != c.code || len(body) > 0 || len(g) != 1 || g[0].In || !strings.Contains(g[0].Why, c.why) || g[0].Address != "127.0.0.1" {
			t.Errorf("%s: %d %q, guests %+v", name, resp.StatusCode, body, g)
		}
	}
	if len(out) > 0 {
		t.Errorf("it tells of %+v", <-out)
	}
	resp, err := http.Get("http://" + address + "/ring?number=214&token=" + token)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if g := state().Guests; resp.StatusCode != 204 || !g[0].In || len(out) != 1 {
		t.Errorf("who may is not let in: %d, %+v", resp.StatusCode, g)
	}
}

func TestLANKeepsStrangersOut(t *testing.T) {
	for _, from := range []string{"192.0.2.1", "10.0.0.0/8", "no address"} {
		address, out, state := openLAN(t, settings.LAN{From: []string{from}})
		resp, err := http.Get("http://" + address + "/ring?number=214&token=" + token)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != 403 || len(out) > 0 || !strings.Contains(state().Guests[0].Why, "address") {
			t.Errorf("only %s may post, and yet: %d, %+v", from, resp.StatusCode, state().Guests)
		}
	}
}

func TestLANHasAPace(t *testing.T) {
	address, out, _ := openLAN(t, settings.LAN{})
	refused := 0
	for i := range 300 {
		resp, err := http.Get(fmt.Sprintf("http://%s/ring?number=214&id=%d&token=%s", address, i, token))
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode == http.StatusTooManyRequests {
			refused++
		}
	}
	if refused == 0 || len(out) == 0 || len(out)+refused != 300 {
		t.Errorf("%d rings came, %d were refused", len(out), refused)
	}
}

func TestLANSaysWhyItCannotListen(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for address, want := range map[string]string{taken.Addr().String(): "Another program", "192.0.2.77:8765": "no address of this computer", "nonsense": "Nobody of the network"} {
		said := make(chan handoff.LANState, 10)
		l := handoff.NewLAN(handoff.LANOptions{LAN: settings.LAN{On: true, Address: address}, Token: token, OnState: func(s handoff.LANState) { said <- s }})
		ctx, stop := context.WithCancel(context.Background())
		go func() { _ = l.Watch(ctx, nil) }()
		if s := <-said; s.Good || !strings.Contains(s.Words, want) {
			t.Errorf("%s: it says %+v", address, s)
		}
		stop()
	}
}

func TestPhonesPostInTheirOwnWords(t *testing.T) {
	address, out, _ := openLAN(t, settings.LAN{})
	for query, want := range map[string]phone.Ring{
		"event=incoming_call&remote=sip:02079460123@10.0.0.5&call_id=a&display_remote=Mary&local=sip:214@10.0.0.5": {ID: "a", From: "02079460123", Name: "Mary", To: "214", Phase: phone.Ringing},
		"event=newCall&from=441134960000&to=%2B442079460123&direction=out&callId=b":                                {ID: "b", From: "+442079460123", To: "441134960000", Phase: phone.Ringing, Outgoing: true},
		"state=incoming&number=&id=c": {ID: "c", Phase: phone.Ringing},
	} {
		resp, err := http.Get("http://" + address + "/ring?token=" + token + "&" + query)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if len(out) != 1 {
			t.Fatalf("%s: %s, %d rings", query, resp.Status, len(out))
		}
		got := <-out
		want.At, want.Source = got.At, phone.FromLAN
		if got != want {
			t.Errorf("%s: %+v, want %+v", query, got, want)
		}
	}
	resp, err := http.Post("http://"+address+"/ring", "application/json", strings.NewReader(`{"token":"no","number":"214"}`))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != 401 {
		t.Errorf("a token in the body: %s", resp.Status)
	}
	req, _ := http.NewRequest("POST", "http://"+address+"/ring", strings.NewReader(`{"number":"214","id":7,"state":"ringing"}`))
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+token)
	if resp, err = http.DefaultClient.Do(req); err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if r := <-out; resp.StatusCode != 204 || r.ID != "7" || r.From != "214" {
		t.Errorf("JSON: %s, %+v", resp.Status, r)
	}
}

// TestLateNewsOfTheNetworkOpensNothing: what overtakes or comes twice is not told.
func TestLateNewsOfTheNetworkOpensNothing(t *testing.T) {
	address, out, _ := openLAN(t, settings.LAN{})
	for _, state := range []string{"answered&id=1", "ringing&id=1", "ended&id=1", "answered&id=1", "ringing&id=1", "ended&id=2", "ringing", "ringing", "missed", "ringing"} {
		resp, err := http.Get("http://" + address + "/ring?number=214&token=" + token + "&state=" + state)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
	}
	var got []string
	for len(out) > 0 {
		got = append(got, string((<-out).Phase))
	}
	if want := "answered ended ringing missed ringing"; strings.Join(got, " ") != want {
		t.Errorf("it tells %q, want %q", got, want)
	}
}

func FuzzPosted(f *testing.F) {
	l := handoff.NewLAN(handoff.LANOptions{Token: token})
	f.Add("number=1&state=ringing", "application/json", `{"a":1}`)
	f.Fuzz(func(t *testing.T, query, kind, body string) {
		handoff.PostTo(l, query, kind, body)
	})
}
