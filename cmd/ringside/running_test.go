package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"ringside/assist/live"
	"ringside/assist/phone"
	"ringside/assist/phone/handoff"
)

// deskApp is a running app without a window.
type deskApp struct {
	*running
	dir   string
	shown chan struct{}
}

// startApp starts the app with calls that were there before the store was open.
func startApp(t *testing.T, dir string, rings ...phone.Ring) *deskApp {
	t.Helper()
	a := &deskApp{dir: dir, shown: make(chan struct{}, 8)}
	opened := make(chan error, 1)
	a.running = startRunning(t.Context(), func(ctx context.Context) (*house, error) {
		return openHouse(ctx, dir, time.Now)
	}, time.Now, events{
		show:   func() { a.shown <- struct{}{} },
		opened: func(_ *house, err error) { opened <- err },
	})
	for _, r := range rings {
		a.desk.Ring(r)
	}
	if err := <-opened; err != nil {
		t.Fatal(errors.Join(err, a.Close()))
	}
	return a
}

// closeApp closes the app and fails the test when something was not kept.
func (a *deskApp) closeApp(t *testing.T) {
	t.Helper()
	if err := a.Close(); err != nil {
		t.Errorf("close the app: %v", err)
	}
}

// view waits for a picture that is as wanted.
func (a *deskApp) view(t *testing.T, want func(live.View) bool) live.View {
	t.Helper()
	if v := a.desk.View(); want(v) {
		return v
	}
	for {
		select {
		case v := <-a.desk.Views():
			if want(v) {
				return v
			}
		case <-time.After(20 * time.Second):
			t.Fatalf("the picture never came; the last is %+v", a.desk.View())
		}
	}
}

// ringside runs the command line and returns what it said.
func ringside(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs strings.Builder
	code = Run(t.Context(), args, strings.NewReader(""), &out, &errs)
	return code, out.String(), errs.String()
}

func own(t *testing.T) {
	t.Helper()
	t.Setenv("RINGSIDE_NO_KEYCHAIN", "1")
	t.Setenv("DISPLAY", "")
}

func TestSecondStartRaisesTheFirstWindow(t *testing.T) {
	own(t)
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	if code, _, said := ringside(t, "--data", a.dir); code != 0 || said != "" {
		t.Errorf("second start: exit code %d, said %q", code, said)
	}
	select {
	case <-a.shown:
	default:
		t.Error("the first window was not raised")
	}
}

func TestSecondStartHandsItsCallOver(t *testing.T) {
	own(t)
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	if code, _, said := ringside(t, "--data", a.dir, "run", "--ring", `{"from":"01134960123","phase":"ringing"}`); code != 0 {
		t.Errorf("exit code %d, said %q", code, said)
	}
	a.view(t, func(v live.View) bool { return v.Phase == live.Ringing && v.Ring.From == "01134960123" })
}

func TestRingReachesTheDesk(t *testing.T) {
	own(t)
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	if code, _, said := ringside(t, "ring", "--data", a.dir, "tel:01134960123", "--name", "Mary Shaw", "--id", "7"); code != 0 || said != "" {
		t.Fatalf("exit code %d, said %q", code, said)
	}
	a.view(t, func(v live.View) bool {
		return v.Phase == live.Ringing && v.Who == live.Unknown && v.Ring.Name == "Mary Shaw"
	})
	ringside(t, "--data="+a.dir, "ring", "01134960123", "--id", "7", "--state", "answered")
	a.view(t, func(v live.View) bool { return v.Phase == live.Talking })
}

func TestCommandsWorkTheSameWithTheAppOpenAndClosed(t *testing.T) {
	own(t)
	dir, work := t.TempDir(), t.TempDir()
	t.Chdir(work)
	commands := [][]string{
		{"search", "charged", "twice"}, {"search", "--json", "charged twice"}, {"search", "xylophone", "zebra", "quux"},
		{"export", "--to", "-", "--only", "answers"}, {"check"}, {"search"}, {"export", "--only", "nonsense"},
		{"tact"}, {"tact", "--say", "I am furious"}, {"tact", "nowhere.md"}, {"import", "tact", "nowhere.md"}, {"focus"},
	}
	type said struct {
		code     int
		out, err string
	}
	round := func() (all []said) {
		for _, args := range commands {
			code, out, errs := ringside(t, append([]string{"--data", dir}, args...)...)
			all = append(all, said{code, out, errs})
		}
		return all
	}
	a := startApp(t, dir)
	open := round()
	if code, _, errs := ringside(t, "--data", dir, "export", "--to", "out"); code != 0 {
		t.Errorf("export through the door: %d, %q", code, errs)
	}
	if _, err := os.Stat(filepath.Join(work, "out", "answers.jsonl")); err != nil {
		t.Error("a relative path does not start where the command was given:", err)
	}
	a.closeApp(t)
	closed := round()
	writes := regexp.MustCompile(`in \d+ writes`) // the log of who did what goes on
	for i, args := range commands {
		open[i].out, closed[i].out = writes.ReplaceAllString(open[i].out, ""), writes.ReplaceAllString(closed[i].out, "")
		if open[i] != closed[i] {
			t.Errorf("%v: open %.300v, closed %.300v", args, open[i], closed[i])
		}
	}
	if open[0].code != 0 || open[0].out == "" || open[2].code != 3 || open[5].code != 2 {
		t.Errorf("exit codes %d %d %d, want 0 3 2", open[0].code, open[2].code, open[5].code)
	}
}

func TestWhatAnotherStartLeftBehindIsReplaced(t *testing.T) {
	own(t)
	dir := t.TempDir()
	// kill -9 leaves a door.json that nobody stands behind.
	stale := []byte(`{"addr":"127.0.0.1:1","token":"0123","pid":1}`)
	if err := os.WriteFile(filepath.Join(dir, "door.json"), stale, 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out, errs := ringside(t, "--data", dir, "search", "charged", "twice"); code != 0 || out == "" {
		t.Errorf("search beside a stale door: %d, %q", code, errs)
	}
	a := startApp(t, dir)
	if _, err := handoff.Find(dir); err != nil {
		t.Errorf("the new door is not found: %v", err)
	}
	a.closeApp(t)
	if _, err := os.Stat(filepath.Join(dir, "door.json")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("door.json is still there: %v", err)
	}
}

func TestStoreInUseIsSaid(t *testing.T) {
	own(t)
	dir := t.TempDir()
	h, err := openHouse(t.Context(), dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	code, _, said := ringside(t, "--data", dir, "export", "--to", "-")
	if code != exitStore || !strings.Contains(said, "use") {
		t.Errorf("exit code %d, said %q; want 4 and that it is in use", code, said)
	}
}

func TestNoteSurvivesTheDesk(t *testing.T) {
	own(t)
	dir := t.TempDir()
	a := startApp(t, dir)
	ringside(t, "ring", "--data", dir, "01134960123", "--state", "answered")
	a.view(t, func(v live.View) bool { return v.Phase == live.Talking })
	a.desk.Note("two packages, one broken")
	a.closeApp(t) // at once: what was typed must be flushed
	b := startApp(t, dir)
	defer b.closeApp(t)
	drafts, err := b.store.Drafts(t.Context())
	if err != nil || len(drafts) != 1 || drafts[0].Note != "two packages, one broken" {
		t.Errorf("drafts after a restart: %+v, %v", drafts, err)
	}
}

func TestDoorAnswersTheView(t *testing.T) {
	own(t)
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	c, err := handoff.Find(a.dir)
	if err != nil {
		t.Fatal(err)
	}
	ringside(t, "ring", "--data", a.dir, "01134960123")
	a.view(t, func(v live.View) bool { return v.Phase == live.Ringing })
	if err := c.Hear(t.Context(), "charged twice for one order"); err != nil {
		t.Fatal(err)
	}
	a.view(t, func(v live.View) bool { return len(v.Answers.Hits) > 0 })
	var v live.View
	if err := c.View(t.Context(), &v); err != nil || v.Heard != "charged twice for one order" || len(v.Answers.Hits) == 0 {
		b, _ := json.Marshal(v)
		t.Errorf("GET /view: %s, %v", b, err)
	}
}

func TestClosedBeforeTheStoreOpenedEndsCleanly(t *testing.T) {
	var told error
	done := make(chan struct{})
	r := startRunning(t.Context(), func(ctx context.Context) (*house, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}, time.Now, events{show: func() {}, opened: func(_ *house, err error) { told = err; close(done) }})
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	<-done
	if !errors.Is(told, context.Canceled) {
		t.Errorf("told %v, want that it was cancelled", told)
	}
	if _, err := r.store.Profile(t.Context(), "mary"); err == nil {
		t.Error("a store that never opened found somebody")
	}
}

// The rep may take a call, type and close the window before the store is open: it is made
// anew, and what was typed must be in it.
func TestWhatIsTypedWhileTheStoreIsOpenedIsKept(t *testing.T) {
	own(t)
	dir, open, given := t.TempDir(), make(chan struct{}), make(chan struct{})
	r := startRunning(t.Context(), func(ctx context.Context) (*house, error) {
		select {
		case <-ctx.Done():
			close(given)
			return nil, ctx.Err()
		case <-open:
			return openHouse(ctx, dir, time.Now)
		}
	}, time.Now, events{show: func() {}, opened: func(*house, error) {}})
	a := &deskApp{running: r, dir: dir}
	a.desk.Ring(phone.Ring{ID: "7", From: "01134960123", Phase: phone.Answered, At: time.Now()})
	v := a.view(t, func(v live.View) bool { return v.Phase == live.Talking && v.Ring.From == "01134960123" })
	a.desk.NoteIn(v.Call, "She moves to Leeds in May")
	closed := make(chan error, 1)
	go func() { closed <- a.Close() }()
	select {
	case <-given:
		t.Fatal("the store was given up, and with it the note")
	case <-time.After(300 * time.Millisecond):
	}
	close(open)
	if err := <-closed; err != nil {
		t.Fatal(err)
	}
	h, err := openHouse(t.Context(), dir, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	drafts, err := h.db.Drafts(t.Context())
	if err != nil || len(drafts) != 1 || drafts[0].Note != "She moves to Leeds in May" {
		t.Errorf("%v %v", drafts, err)
	}
}

// While a store is put in order again the phone's hook finds the app, and the rep sees who
// rings.
func TestARingIsShownWhileTheStoreIsPutInOrderAgain(t *testing.T) {
	own(t)
	dir, open := t.TempDir(), make(chan struct{})
	var r *running
	began := make(chan struct{})
	r = startRunning(t.Context(), func(ctx context.Context) (*house, error) {
		<-began
		r.longOpening(dir, 0)
		<-open
		return openHouse(ctx, dir, time.Now)
	}, time.Now, events{show: func() {}, opened: func(*house, error) {}})
	close(began)
	a := &deskApp{running: r, dir: dir}
	defer a.closeApp(t)
	for {
		if _, err := handoff.Find(dir); err == nil {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if code, _, said := ringside(t, "--data", dir, "ring", "01134960123", "--id", "7"); code != 0 {
		t.Fatalf("exit code %d, said %q", code, said)
	}
	a.view(t, func(v live.View) bool { return v.Phase == live.Ringing && v.Ring.From == "01134960123" })
	close(open)
	a.view(t, func(v live.View) bool { return v.Who == live.Unknown })
}
