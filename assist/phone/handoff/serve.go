package handoff

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"ringside/assist/phone"
)

func (d *Door) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /ping", done)
	mux.HandleFunc("POST /ring", d.ring)
	mux.HandleFunc("POST /words", d.words)
	mux.HandleFunc("POST /heard", d.heard)
	mux.HandleFunc("POST /show", func(w http.ResponseWriter, r *http.Request) { d.app.Show(); done(w, r) })
	mux.HandleFunc("GET /view", func(w http.ResponseWriter, _ *http.Request) { answer(w, d.app.View()) })
	mux.HandleFunc("GET /search", d.search)
	mux.HandleFunc("POST /run", d.run)
	mux.HandleFunc("POST /stop", d.stop)
	return mux
}

func done(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }

func answer(w http.ResponseWriter, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		http.Error(w, "The answer cannot be written as JSON.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Write(b)
}

// read decodes the body into v. When it cannot, the refusal has been written.
func read(w http.ResponseWriter, r *http.Request, v any) bool {
	err := json.NewDecoder(r.Body).Decode(v)
	if tooMuch := (*http.MaxBytesError)(nil); errors.As(err, &tooMuch) {
		tooBig(w)
	} else if err != nil {
		http.Error(w, "The body is not the JSON that this address takes.", http.StatusBadRequest)
	}
	return err == nil
}

func (d *Door) ring(w http.ResponseWriter, r *http.Request) {
	var told struct {
		phone.Ring
		Direction string `json:"direction"` // "out": in place of outgoing
	}
	if !read(w, r, &told) {
		return
	}
	ring := told.Ring
	ring.Outgoing = ring.Outgoing || outgoing(told.Direction)
	if ring.Phase == "" {
		ring.Phase = phone.Ringing
	}
	if !knownPhase(ring.Phase) {
		http.Error(w, "The phase is not one of ringing, answered, elsewhere, missed, ended.", http.StatusBadRequest)
		return
	}
	d.tell(ring)
	done(w, r)
}

// words takes the words of a hook as they are, with a zero byte between them.
func (d *Door) words(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		tooBig(w)
		return
	}
	ring, err := Words(strings.Split(string(body), "\x00"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	d.tell(ring)
	done(w, r)
}

func (d *Door) tell(ring phone.Ring) {
	if ring.At.IsZero() {
		ring.At = time.Now()
	}
	if ring.Source == "" {
		ring.Source = phone.FromHook
	}
	d.app.Ring(tidy(ring))
}

func (d *Door) heard(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Text string `json:"text"`
	}
	if read(w, r, &body) {
		d.app.Hear(body.Text)
		done(w, r)
	}
}

// search answers one JSON object a line, as `ringside search --json` prints them.
func (d *Door) search(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/x-ndjson")
	d.app.Run(r.Context(), Command{Args: []string{"search", "--json", "--", r.URL.Query().Get("q")}}, w, io.Discard)
}

// line is one piece of what a running command says; the last one has Exit.
type line struct {
	Out  []byte `json:"out,omitempty"`
	Err  []byte `json:"err,omitempty"`
	Exit *int   `json:"exit,omitempty"`
}

// run streams what the command says while it runs, and its exit code at the end.
func (d *Door) run(w http.ResponseWriter, r *http.Request) {
	var cmd Command
	if !read(w, r, &cmd) {
		return
	}
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	if cmd.ID != "" {
		d.keep(cmd.ID, cancel)
		defer d.keep(cmd.ID, nil)
	}
	control := http.NewResponseController(w)
	control.SetWriteDeadline(time.Time{}) // an import takes as long as it takes
	control.SetReadDeadline(time.Time{})
	w.Header().Set("Content-Type", "application/x-ndjson")
	s := &stream{to: json.NewEncoder(w), flush: control.Flush}
	code := d.app.Run(ctx, cmd, s.part(false), s.part(true))
	s.send(line{Exit: &code})
}

func (d *Door) keep(id string, stop context.CancelFunc) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if stop == nil {
		delete(d.stops, id)
	} else {
		d.stops[id] = stop
	}
}

func (d *Door) stop(w http.ResponseWriter, r *http.Request) {
	var cmd Command
	if !read(w, r, &cmd) {
		return
	}
	d.mu.Lock()
	stop, ok := d.stops[cmd.ID]
	d.mu.Unlock()
	if !ok {
		http.Error(w, "No such command runs.", http.StatusNotFound)
		return
	}
	stop()
	done(w, r)
}

// stream sends lines in the order in which they were written.
type stream struct {
	mu    sync.Mutex
	to    *json.Encoder
	flush func() error
}

func (s *stream) send(l line) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.to.Encode(l); err != nil {
		return err
	}
	return s.flush()
}

func (s *stream) part(isErr bool) io.Writer { return &part{s: s, isErr: isErr} }

type part struct {
	s     *stream
	isErr bool
}

func (p *part) Write(b []byte) (int, error) {
	l := line{Out: b}
	if p.isErr {
		l = line{Err: b}
	}
	if err := p.s.send(l); err != nil {
		return 0, err
	}
	return len(b), nil
}
