package handoff

import (
	"context"
	"io"
	"net/http/httptest"
	"strings"
	"testing"

	"ringside/assist/phone"
)

// heap takes whatever a door tells.
type heap struct{ rings []phone.Ring }

func (h *heap) Ring(r phone.Ring) { h.rings = append(h.rings, r) }
func (*heap) Hear(string)         {}
func (*heap) Show()               {}
func (*heap) View() any           { return nil }
func (*heap) Run(_ context.Context, cmd Command, stdout, stderr io.Writer) int {
	io.WriteString(stdout, strings.Join(cmd.Args, " "))
	io.WriteString(stderr, cmd.Dir)
	return len(cmd.Args)
}

// FuzzDoor sends anything to each of the door's addresses, as one who has the key.
func FuzzDoor(f *testing.F) {
	addresses := []string{"/ring", "/words", "/heard", "/run", "/stop", "/search"}
	f.Add(byte(0), `{"from":"+441134960123","phase":"answered","at":"2026-11-21T10:00:00Z","direction":"out"}`, "")
	f.Add(byte(0), `{"phase":"","from":null,"at":"0000-00-00"}`, "")
	f.Add(byte(1), "--number\x000113\x00--state\x00ended", "")
	f.Add(byte(2), `{"text":"\ud800"}`, "")
	f.Add(byte(3), `{"id":"1","args":["search","--json","--","x"],"dir":"/"} trailing`, "")
	f.Add(byte(4), `{"id":"1"}`, "")
	f.Add(byte(5), "", "q=%ff&q=2;x")
	f.Fuzz(func(t *testing.T, which byte, body, query string) {
		app := &heap{}
		d := &Door{app: app, stops: map[string]context.CancelFunc{}}
		address := addresses[int(which)%len(addresses)]
		method := "POST"
		if address == "/search" {
			method = "GET"
		}
		r := httptest.NewRequest(method, address, strings.NewReader(body))
		r.URL.RawQuery = query
		w := httptest.NewRecorder()
		d.routes().ServeHTTP(w, r)
		if w.Code >= 500 {
			t.Fatalf("%s: status %d", address, w.Code)
		}
		for _, ring := range app.rings {
			if !knownPhase(ring.Phase) || ring.At.IsZero() || len(ring.From) > maxWord {
				t.Fatalf("it tells %+v", ring)
			}
		}
	})
}
