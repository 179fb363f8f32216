package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/settings"
	"ringside/ui"
	"ringside/ui/panes/look"
)

// scribe is an endpoint on this machine that writes.
type scribe struct {
	*httptest.Server
	accepted atomic.Int32

	mu     sync.Mutex
	bodies []string
	keys   []string
	answer http.HandlerFunc // in place of its sentence; nil: the sentence
}

func newScribe(t testing.TB) *scribe {
	s := &scribe{}
	s.Server = httptest.NewUnstartedServer(s)
	s.Listener = countedListener{s.Listener, &s.accepted}
	s.Start()
	t.Cleanup(s.Close)
	return s
}

func (s *scribe) model() settings.Model {
	return settings.Model{URL: s.URL + "/v1", Writer: "scribe", Writes: true}
}

func (s *scribe) set(answer http.HandlerFunc) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answer = answer
}

func (s *scribe) asked() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.bodies)
}

// ServeHTTP implements http.Handler.
func (s *scribe) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	s.bodies, s.keys = append(s.bodies, string(body)), append(s.keys, r.Header.Get("Authorization"))
	answer := s.answer
	s.mu.Unlock()
	if answer != nil {
		answer(w, r)
		return
	}
	writes(w, "We are ", "sorry.")
	fmt.Fprint(w, `data: {"choices":[{"delta":{},"finish_reason":"stop"}]}`+"\n\n")
}

// writes sends pieces of a text.
func writes(w http.ResponseWriter, pieces ...string) {
	for _, p := range pieces {
		fmt.Fprintf(w, `data: {"choices":[{"delta":{"content":%q}}]}`+"\n\n", p)
		_ = http.NewResponseController(w).Flush()
	}
}

// stalls answers with a piece and then with nothing until the caller goes.
func (s *scribe) stalls() (begun chan struct{}) {
	begun = make(chan struct{}, 10)
	s.set(func(w http.ResponseWriter, r *http.Request) {
		writes(w, "We are")
		begun <- struct{}{}
		<-r.Context().Done()
	})
	return begun
}

// scribing is a running app that has a scribe switched on.
func scribing(t *testing.T) (*deskApp, *scribe) {
	own(t)
	s := newScribe(t)
	a := startApp(t, t.TempDir())
	t.Cleanup(func() { a.closeApp(t) })
	a.choose(t, s.model())
	stands(t, &a.writer.told, "On: scribe at "+s.Listener.Addr().String())
	return a, s
}

func TestNoConnectionIsOpenedWhilePolishingIsOff(t *testing.T) {
	s := newScribe(t)
	d := newDesktop(t)
	off := s.model()
	off.Writes = false
	d.uncover()
	d.win.Window().Resize(fyne.NewSize(900, 4600))
	d.win.Show(ui.Settings)
	c := d.chosen
	c.Started, c.Model = true, off
	d.save(c)
	w := d.r.writer
	d.until(t, "the model has a name", func() bool { _, err := w.Preview("", "x"); return err == nil })
	d.setup.OnPreviewWriter(off)
	look.Reads(t, d.setup.Object(), "To "+off.URL+"/chat/completions", writerOff)
	if _, err := w.Polish(t.Context(), "Be kind.", "Your parcel is late.", nil); !errors.Is(err, errWriterOff) || w.Ready() || w.Quiet() != "" {
		t.Errorf("%v", err)
	}
	if n := s.accepted.Load(); n != 0 {
		t.Fatalf("%d connections", n)
	}
	if said, err := d.r.tryWriter(t.Context(), off, func(string) {}); err != nil || !strings.Contains(said, "It works") || s.accepted.Load() == 0 {
		t.Errorf("the count does not count: %q %v", said, err)
	}
}

func TestTheSettingsPageLetsTheModelWriteAndShowsWhatIsSent(t *testing.T) {
	s := newScribe(t)
	d := newDesktop(t)
	d.uncover()
	d.win.Window().Resize(fyne.NewSize(900, 4600))
	d.win.Show(ui.Settings)
	page := d.setup.Object()
	sees := func(words string) {
		t.Helper()
		d.until(t, words, func() bool { return strings.Contains(look.Words(page), words) })
	}
	sees(writerOff)
	d.setup.OnTryWriter(s.model())
	sees("It works: the first word came after")
	sees("We are sorry.")
	if sent, err := sentToWriter(s.model()); err != nil || sent.Body != s.bodies[0] || !strings.Contains(sent.Body, "Your parcel is late") {
		t.Errorf("shown %+v\nsent %s, %v", sent, s.bodies[0], err)
	}
	s.set(func(w http.ResponseWriter, _ *http.Request) { writes(w, "Half of it") })
	d.setup.OnTryWriter(s.model())
	sees("broke off before its text was whole")
	sees("Half of it")
	d.setup.OnTryWriter(settings.Model{URL: "ftp://x", Writer: "m"})
	sees("The endpoint’s address cannot be read.")
	d.setup.OnPreviewWriter(settings.Model{URL: s.URL})
	sees("The model has no name.")
	c := d.chosen
	c.Model = s.model()
	d.save(c)
	sees("On: scribe at")
	c.Model.URL = "http://8.8.8.8/v1"
	d.save(c)
	sees("Drafts stay as they are.")
}

func TestADraftIsPolishedByTheModelThatIsOn(t *testing.T) {
	own(t)
	s, dir := newScribe(t), t.TempDir()
	a := startApp(t, dir)
	if _, err := a.keepModelKey(t.Context(), "sk-1"); err != nil {
		t.Fatal(err)
	}
	a.choose(t, s.model())
	stands(t, &a.writer.told, "On:")
	a.closeApp(t)
	a = startApp(t, dir) // at the next start it is on again
	defer a.closeApp(t)
	stands(t, &a.writer.told, "On:")
	if !a.writer.Ready() || s.accepted.Load() != 0 {
		t.Error("not ready, or connected before it was asked")
	}
	shown, err := a.writer.Preview("Be kind.", "It is late.")
	if err != nil {
		t.Fatal(err)
	}
	var seen []string
	got, err := a.writer.Polish(t.Context(), "Be kind.", "It is late.", func(text string) { seen = append(seen, text) })
	if err != nil || got != "We are sorry." || strings.Join(seen, "|") != "We are|We are sorry." {
		t.Errorf("%q by %q, %v", got, seen, err)
	}
	if s.bodies[0] != string(shown) || s.keys[0] != "Bearer sk-1" {
		t.Errorf("showed %s\nsent %s with %s", shown, s.bodies[0], s.keys[0])
	}
}

func TestPolishingEndsAtOnceWhenItIsSwitchedOff(t *testing.T) {
	a, s := scribing(t)
	begun := s.stalls()
	done := make(chan error)
	go func() {
		_, err := a.writer.Polish(context.Background(), "", "It is late.", nil)
		done <- err
	}()
	<-begun
	c, err := a.settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c.MonthFirst = true // about something else
	if err := a.saveSettings(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-done:
		t.Fatalf("another setting ended it: %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	off := s.model()
	off.Writes = false
	a.choose(t, off)
	if err := <-done; !errors.Is(err, errWriterOff) || a.writer.Ready() {
		t.Errorf("ended with %v", err)
	}
	stands(t, &a.writer.told, writerOff)
	if a.writer.Quiet() != "" {
		t.Error("what is off is not missed")
	}
}

func TestTheEndOfTheAppEndsWhatIsBeingWritten(t *testing.T) {
	own(t)
	s := newScribe(t)
	a := startApp(t, t.TempDir())
	a.choose(t, s.model())
	stands(t, &a.writer.told, "On:")
	begun, done := s.stalls(), make(chan error)
	go func() {
		_, err := a.writer.Polish(context.Background(), "", "It is late.", nil)
		done <- err
	}()
	<-begun
	a.closeApp(t)
	if err := <-done; err == nil || a.writer.Ready() {
		t.Errorf("ended with %v", err)
	}
}

func TestTheNextKeyIsNoFailure(t *testing.T) {
	a, s := scribing(t)
	s.stalls()
	ctx, cancel := context.WithCancelCause(t.Context())
	next := errors.New("the next key")
	if got, err := a.writer.Polish(ctx, "", "It is late.", func(string) { cancel(next) }); err != next || got != "We are" {
		t.Errorf("%q, %v", got, err)
	}
	if !a.writer.Ready() {
		t.Error("left alone for that")
	}
}

func TestAWriterThatFailsIsLeftAloneForAWhile(t *testing.T) {
	refuse := func(status int, after string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", after)
			w.WriteHeader(status)
		}
	}
	piece := func(text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, text) }
	}
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		word   string // empty: it is not left alone
		wait   time.Duration
	}{
		"busy":                {refuse(429, "600"), "busy", 10 * time.Minute},
		"busy for who knows":  {refuse(503, ""), "busy", 10 * time.Second},
		"a wrong key":         {refuse(401, ""), "no answer", 10 * time.Second},
		"a web page":          {piece("<html>"), "no answer", 10 * time.Second},
		"nothing":             {piece(""), "no answer", 10 * time.Second},
		"a half":              {func(w http.ResponseWriter, _ *http.Request) { writes(w, "We are") }, "", 0},
		"it would not":        {piece(`data: {"choices":[{"delta":{"refusal":"No."},"finish_reason":"stop"}]}` + "\n\n"), "", 0},
		"refused this prompt": {refuse(400, ""), "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			a, s := scribing(t)
			w := a.writer
			var late atomic.Int64
			w.mu.Lock()
			w.clock = func() time.Time { return time.Unix(late.Load(), 0) }
			w.mu.Unlock()
			s.set(c.answer)
			_, err := w.Polish(t.Context(), "", "It is late.", nil)
			var f *assist.Fault
			if !errors.As(err, &f) || w.Quiet() != c.word || w.Ready() != (c.word == "") {
				t.Errorf("%v, says %q", err, w.Quiet())
			}
			stands(t, &w.told, "Drafts stay as they are.")
			s.set(nil)
			if c.word != "" {
				late.Store(int64(c.wait/time.Second) - 1)
				if _, again := w.Polish(t.Context(), "", "It is late.", nil); again != err || s.asked() != 1 {
					t.Errorf("asked %d times, %v", s.asked(), again)
				}
				late.Add(1)
			}
			if got, err := w.Polish(t.Context(), "", "It is late.", nil); err != nil || got != "We are sorry." {
				t.Errorf("%q, %v", got, err)
			}
			stands(t, &w.told, "On:")
			if w.Quiet() != "" {
				t.Error("is still missed")
			}
		})
	}
}

func TestWithNoNetworkADraftStaysAndOneWordSaysSo(t *testing.T) {
	a, s := scribing(t)
	s.Close()
	_, err := a.writer.Polish(t.Context(), "", "It is late.", nil)
	if err == nil || !strings.Contains(err.Error(), "cannot be reached") || a.writer.Quiet() != "no answer" {
		t.Errorf("%v, says %q", err, a.writer.Quiet())
	}
	if _, err := a.writer.Polish(t.Context(), "", " ", nil); err == nil {
		t.Error("polished nothing")
	}
}

func TestWhatIsChosenWhileTheSettingsAreReadCounts(t *testing.T) {
	a, s := scribing(t)
	off := s.model()
	off.Writes = false
	for range 20 {
		a.choose(t, s.model())
		a.choose(t, off)
		if a.writer.Ready() {
			t.Fatal("ready after it was switched off")
		}
	}
	a.choose(t, s.model())
	for end := time.Now().Add(10 * time.Second); !a.writer.Ready(); time.Sleep(time.Millisecond) { // "On:" may stand from before
		if time.Now().After(end) {
			t.Fatal("never ready")
		}
	}
}
