package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"ringside/assist/live"
	"ringside/assist/settings"
)

// TestAModelPolishesALetterAndNeverSeesWhoItIsFor is the story of a letter with a model
// at hand: what is sent is shown byte for byte, no name is in it, the text by rule stands
// all the while, and when the model is gone there is one quiet word.
func TestAModelPolishesALetterAndNeverSeesWhoItIsFor(t *testing.T) {
	var mu sync.Mutex
	var bodies []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		b, _ := io.ReadAll(req.Body)
		mu.Lock()
		bodies = append(bodies, string(b))
		mu.Unlock()
		w.Header().Set("Content-Type", "text/event-stream")
		for _, piece := range strings.SplitAfter(kinder(b), " ") {
			chunk, _ := json.Marshal(map[string]any{"choices": []any{map[string]any{"index": 0, "delta": map[string]string{"content": piece}}}})
			fmt.Fprintf(w, "data: %s\n\n", chunk)
			w.(http.Flusher).Flush()
		}
		fmt.Fprint(w, "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n")
	}))
	defer server.Close()
	r := sampleRig(t)
	r.kill()
	r.choose(settings.Model{URL: server.URL + "/v1", Writer: "small", Writes: true})
	r.start()
	r.run("ring", "0113 496 0123", "--id", "one", "--state", "answered")
	r.waitTitle("Mary Shaw")
	r.press("alt+e")
	v := r.sees("the letter stands", func(v live.View) bool { return v.Letter != nil && v.Letter.CanPolish })
	body := v.Letter.Body
	r.press("alt+q")
	v = r.sees("what is sent is shown", func(v live.View) bool { return v.Letter.Sends != "" })
	sends := v.Letter.Sends
	for _, private := range []string{"Mary", "Shaw", "0113", "shawgardens", "Leeds"} {
		if strings.Contains(sends, private) {
			t.Errorf("%s leaves the machine: %s", private, sends)
		}
	}
	r.press("alt+q")
	r.press("alt+p")
	v = r.sees("it is polished", func(v live.View) bool { return v.Letter.Polish != nil && v.Letter.Polish.Done })
	mu.Lock()
	if len(bodies) != 1 || bodies[0] != sends {
		t.Errorf("shown %s\nsent  %s", sends, bodies)
	}
	mu.Unlock()
	p := v.Letter.Polish
	if v.Letter.Body != body {
		t.Errorf("the text by rule became %q", v.Letter.Body)
	}
	if p.Fault != "" || !strings.Contains(p.Text, "Hello Mary,") || len(p.Unfounded) == 0 {
		t.Errorf("polished %+v", p)
	}
	server.CloseClientConnections()
	server.Close()
	r.press("alt+p")
	v = r.sees("nobody answers", func(v live.View) bool { return v.Letter.Polish != nil && v.Letter.Polish.Fault != "" })
	if v.Letter.Body != body {
		t.Errorf("the text by rule became %q", v.Letter.Body)
	}
}

// kinder is what a model makes of a request: its draft, with a day that nobody named.
func kinder(request []byte) string {
	var r struct {
		Messages []struct{ Content string }
	}
	if err := json.Unmarshal(request, &r); err != nil || len(r.Messages) != 2 {
		return "this is no request"
	}
	_, draft, _ := strings.Cut(r.Messages[1].Content, "<draft>\n")
	draft, _, _ = strings.Cut(draft, "\n</draft>")
	return strings.Replace(draft, "\n\nKind regards", " You have them by 31 December.\n\nKind regards", 1)
}

// choose keeps a model among the settings, while the app is closed.
func (r *rig) choose(m settings.Model) {
	r.Helper()
	r.inHouse(func(ctx context.Context, h *house) error {
		s, err := h.db.Settings(ctx)
		if err != nil {
			return err
		}
		s.Model = m
		return h.db.SaveSettings(ctx, s)
	})
}
