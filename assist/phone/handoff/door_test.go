package handoff_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/phone"
	"ringside/assist/phone/handoff"
)

// desk stands behind the door and remembers what came in.
type desk struct {
	mu    sync.Mutex
	rings []phone.Ring
	heard []string
	shown int
	run   func(ctx context.Context, cmd handoff.Command, stdout, stderr io.Writer) int
}

func (d *desk) Ring(r phone.Ring) { d.mu.Lock(); defer d.mu.Unlock(); d.rings = append(d.rings, r) }
func (d *desk) Hear(text string)  { d.mu.Lock(); defer d.mu.Unlock(); d.heard = append(d.heard, text) }
func (d *desk) Show()             { d.mu.Lock(); defer d.mu.Unlock(); d.shown++ }
func (d *desk) View() any         { return map[string]string{"phase": "idle"} }
func (d *desk) all() []phone.Ring { d.mu.Lock(); defer d.mu.Unlock(); return d.rings }
func (d *desk) words() []string   { d.mu.Lock(); defer d.mu.Unlock(); return d.heard }
func (d *desk) timesShown() int   { d.mu.Lock(); defer d.mu.Unlock(); return d.shown }
func (d *desk) Run(ctx context.Context, cmd handoff.Command, stdout, stderr io.Writer) int {
	return d.run(ctx, cmd, stdout, stderr)
}

func open(t *testing.T, d *desk) (dir string) {
	t.Helper()
	dir = t.TempDir()
	door, err := handoff.Open(dir, d)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { door.Close() })
	return dir
}

func find(t *testing.T, dir string) *handoff.Client {
	t.Helper()
	c, err := handoff.Find(dir)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// readSign returns the address and the key in door.json.
func readSign(t *testing.T, dir string) (addr, token string) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, "door.json"))
	if err != nil {
		t.Fatal(err)
	}
	var s struct{ Addr, Token string }
	if err := json.Unmarshal(b, &s); err != nil {
		t.Fatal(err)
	}
	return s.Addr, s.Token
}

func TestDoorLetsInOnlyItsOwnPeople(t *testing.T) {
	d := &desk{}
	dir := open(t, d)
	addr, token := readSign(t, dir)
	if len(token) != 32 {
		t.Errorf("the key has %d digits, want 32 for 128 bits", len(token))
	}
	_, port, _ := net.SplitHostPort(addr)
	ring := `{"from":"0113"}`
	for name, c := range map[string]struct {
		method, path, host, origin, token, body string
		want                                    int
	}{
		"a friend":           {"POST", "/ring", addr, "", token, ring, 204},
		"a page":             {"POST", "/ring", addr, "https://evil.example", token, ring, 403},
		"a page from a file": {"POST", "/ring", addr, "null", token, ring, 403},
		"another name":       {"POST", "/ring", "evil.example:" + port, "", token, ring, 421},
		"localhost":          {"GET", "/view", "localhost:" + port, "", token, "", 421},
		"no key":             {"POST", "/ring", addr, "", "", ring, 401},
		"another key":        {"POST", "/ring", addr, "", strings.Repeat("0", 32), ring, 401},
		"half a key":         {"GET", "/view", addr, "", token[:16], "", 401},
		"too much":           {"POST", "/ring", addr, "", token, `{"from":"` + strings.Repeat("1", 64<<10) + `"}`, 413},
		"no JSON":            {"POST", "/ring", addr, "", token, "0113", 400},
		"no such phase":      {"POST", "/ring", addr, "", token, `{"phase":"dancing"}`, 400},
		"another verb":       {"GET", "/ring", addr, "", token, "", 405},
		"another room":       {"GET", "/etc", addr, "", token, "", 404},
		"page without a key": {"GET", "/view", addr, "https://evil.example", "", "", 403},
	} {
		t.Run(name, func(t *testing.T) {
			req, _ := http.NewRequest(c.method, "http://"+addr+c.path, strings.NewReader(c.body))
			req.Host = c.host
			if c.origin != "" {
				req.Header.Set("Origin", c.origin)
			}
			if c.token != "" {
				req.Header.Set("Authorization", "Bearer "+c.token)
			}
			resp, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			defer resp.Body.Close()
			body, _ := io.ReadAll(resp.Body)
			if resp.StatusCode != c.want {
				t.Errorf("status %d (%s), want %d", resp.StatusCode, body, c.want)
			}
		})
	}
	if got := d.all(); len(got) != 1 || got[0].From != "0113" || got[0].Phase != phone.Ringing || got[0].At.IsZero() {
		t.Errorf("rings %+v, want the friend's alone, ringing now", got)
	}
}

func TestDoorTurnsAwayWhatABrowserFetchesWithoutAnOrigin(t *testing.T) {
	dir := open(t, &desk{})
	addr, token := readSign(t, dir)
	req, _ := http.NewRequest("GET", "http://"+addr+"/view", nil)
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Sec-Fetch-Site", "same-origin") // its name was pointed here
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != 403 {
		t.Errorf("status %d, want 403", resp.StatusCode)
	}
}

// TestDoorOutlastsWhoSpeaksSlowly holds many connections open, with half a head or half a
// body: a friend still gets in, and the door gives up on the others.
func TestDoorOutlastsWhoSpeaksSlowly(t *testing.T) {
	t.Parallel()
	d := &desk{}
	dir := open(t, d)
	addr, token := readSign(t, dir)
	var slow []net.Conn
	for i := range 200 {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		said := "POST /ring HTTP/1.1\r\nHost: " + addr + "\r\n"
		if i%2 == 0 {
			said += "Authorization: Bearer " + token + "\r\nContent-Length: 100\r\n\r\n{"
		}
		fmt.Fprint(conn, said)
		slow = append(slow, conn)
	}
	if err := find(t, dir).Ring(context.Background(), phone.Ring{From: "0113"}); err != nil {
		t.Errorf("a friend is kept out: %v", err)
	}
	for i, conn := range slow {
		conn.SetReadDeadline(time.Now().Add(time.Minute))
		if _, err := io.ReadAll(conn); errors.Is(err, os.ErrDeadlineExceeded) {
			t.Fatalf("connection %d is held open", i)
		}
	}
	if got := d.all(); len(got) != 1 {
		t.Errorf("%d rings came in, want the friend's", len(got))
	}
}

func TestDoorRefusesABodyOfUnknownLength(t *testing.T) {
	dir := open(t, &desk{})
	addr, token := readSign(t, dir)
	body := io.MultiReader(strings.NewReader(`{"from":"`), strings.NewReader(strings.Repeat("1", 80<<10)))
	req, _ := http.NewRequest("POST", "http://"+addr+"/ring", body)
	req.Header.Set("Authorization", "Bearer "+token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != 413 {
		t.Errorf("status %d, want 413", resp.StatusCode)
	}
}

func TestClientHandsOver(t *testing.T) {
	d, ctx := &desk{}, t.Context()
	c := find(t, open(t, d))
	sent := phone.Ring{ID: "7", From: "+441134960123", Name: "Mary Shaw", Phase: phone.Answered, At: time.Now().UTC(), Source: "hook"}
	var view struct{ Phase string }
	if err := errors.Join(c.Ring(ctx, sent), c.Show(ctx), c.Hear(ctx, "charged twice"), c.View(ctx, &view)); err != nil {
		t.Fatal(err)
	}
	sent.Source = phone.FromHook
	if got := d.all(); len(got) != 1 || got[0] != sent {
		t.Errorf("rings %+v, want %+v", got, sent)
	}
	if d.timesShown() != 1 || len(d.words()) != 1 || d.words()[0] != "charged twice" || view.Phase != "idle" {
		t.Errorf("shown %d, heard %q, view %+v", d.timesShown(), d.words(), view)
	}
	if err := c.Ring(ctx, phone.Ring{Phase: "dancing"}); err == nil || !strings.Contains(err.Error(), "phase") {
		t.Errorf("a phase that does not exist: %v, want the door's reason", err)
	}
}

func TestRunStreamsAndEndsWithTheCode(t *testing.T) {
	d := &desk{run: func(_ context.Context, cmd handoff.Command, stdout, stderr io.Writer) int {
		fmt.Fprintf(stdout, "%s in %s \xff", strings.Join(cmd.Args, " "), cmd.Dir)
		fmt.Fprint(stderr, "half way\n")
		fmt.Fprint(stdout, "done\n")
		return 3
	}}
	dir := open(t, d)
	var out, errs strings.Builder
	code, err := find(t, dir).Run(t.Context(), handoff.Command{Args: []string{"search", "refund"}, Dir: "/there"}, &out, &errs)
	if err != nil || code != 3 {
		t.Errorf("code %d, %v; want 3", code, err)
	}
	if out.String() != "search refund in /there \xffdone\n" || errs.String() != "half way\n" {
		t.Errorf("out %q, err %q", out.String(), errs.String())
	}
	resp := get(t, dir, "/search?q=charged+twice")
	if want := "search --json -- charged twice in  \xffdone\n"; resp != want {
		t.Errorf("GET /search = %q, want %q", resp, want)
	}
}

func get(t *testing.T, dir, path string) string {
	t.Helper()
	addr, token := readSign(t, dir)
	req, _ := http.NewRequest("GET", "http://"+addr+path, nil)
	req.Header.Set("Authorization", "Bearer "+token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, _ := io.ReadAll(resp.Body)
	return string(b)
}

func TestRunIsStoppedAndSaysItsLastWords(t *testing.T) {
	started := make(chan struct{})
	d := &desk{run: func(ctx context.Context, _ handoff.Command, stdout, _ io.Writer) int {
		close(started)
		<-ctx.Done()
		fmt.Fprint(stdout, "12 customers were written\n")
		return 130
	}}
	c := find(t, open(t, d))
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-started; cancel() }()
	var out strings.Builder
	code, err := c.Run(ctx, handoff.Command{Args: []string{"import"}}, &out, io.Discard)
	if code != 130 || err != nil || out.String() != "12 customers were written\n" {
		t.Errorf("code %d, %v, out %q; want the command's own end", code, err, out.String())
	}
}

func TestRunEndsWhenTheClientIsKilled(t *testing.T) {
	ended, started := make(chan struct{}), make(chan struct{})
	d := &desk{run: func(ctx context.Context, _ handoff.Command, _, _ io.Writer) int {
		close(started)
		<-ctx.Done()
		close(ended)
		return 130
	}}
	addr, token := readSign(t, open(t, d))
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	body := `{"args":["import"]}`
	fmt.Fprintf(conn, "POST /run HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n%s", addr, token, len(body), body)
	<-started
	conn.Close()
	<-ended
}

func TestCloseStopsCommandsAndTakesTheSignDown(t *testing.T) {
	dir, started := t.TempDir(), make(chan struct{})
	d := &desk{run: func(ctx context.Context, _ handoff.Command, _, _ io.Writer) int {
		close(started)
		<-ctx.Done()
		return 130
	}}
	door, err := handoff.Open(dir, d)
	if err != nil {
		t.Fatal(err)
	}
	c, code := find(t, dir), make(chan int, 1)
	go func() {
		n, _ := c.Run(context.Background(), handoff.Command{Args: []string{"import"}}, io.Discard, io.Discard)
		code <- n
	}()
	<-started
	if err := door.Close(); err != nil {
		t.Error(err)
	}
	if got := <-code; got != 130 {
		t.Errorf("the command ended with %d, want 130", got)
	}
	if _, err := os.Stat(filepath.Join(dir, "door.json")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("door.json is still there: %v", err)
	}
	if _, err := handoff.Find(dir); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("Find after Close: %v, want ErrNotFound", err)
	}
	if err := c.Show(t.Context()); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("Show after Close: %v, want ErrNotFound", err)
	}
}
