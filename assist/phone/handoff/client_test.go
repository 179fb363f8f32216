package handoff_test

import (
	"context"
	"errors"
	"fmt"
	"io"
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

func TestManyRingAtOnce(t *testing.T) {
	d := &desk{}
	dir := open(t, d)
	var wg sync.WaitGroup
	for i := range 50 {
		wg.Go(func() {
			c, err := handoff.Find(dir)
			if err == nil {
				err = c.Ring(t.Context(), phone.Ring{ID: fmt.Sprint(i), Phase: phone.Ringing})
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	seen := map[string]bool{}
	for _, r := range d.all() {
		seen[r.ID] = true
	}
	if len(seen) != 50 {
		t.Errorf("%d of 50 calls came in", len(seen))
	}
}

func TestRingsKeepTheirOrder(t *testing.T) {
	d := &desk{}
	c := find(t, open(t, d))
	phases := []phone.Phase{phone.Ringing, phone.Answered, phone.Ended}
	for _, p := range phases {
		if err := c.Ring(t.Context(), phone.Ring{ID: "7", Phase: p}); err != nil {
			t.Fatal(err)
		}
	}
	got := d.all()
	if len(got) != len(phases) {
		t.Fatalf("%d rings, want %d", len(got), len(phases))
	}
	for i, p := range phases {
		if got[i].Phase != p {
			t.Errorf("ring %d is %s, want %s", i, got[i].Phase, p)
		}
	}
}

func TestRingIsTidiedAtTheDoor(t *testing.T) {
	d := &desk{}
	c := find(t, open(t, d))
	long := strings.Repeat("9", 5000)
	if err := c.Ring(t.Context(), phone.Ring{From: " 0113\x1b[31m\n", Name: long, Phase: phone.Ringing}); err != nil {
		t.Fatal(err)
	}
	if got := d.all()[0]; got.From != "0113[31m" || len(got.Name) != 200 {
		t.Errorf("from %q, a name of %d bytes; want it without control characters and cut", got.From, len(got.Name))
	}
}

func TestRunSaysWhenTheAppDiesHalfWay(t *testing.T) {
	started, hold := make(chan struct{}), make(chan struct{})
	d := &desk{run: func(_ context.Context, _ handoff.Command, stdout, _ io.Writer) int {
		fmt.Fprint(stdout, "half")
		close(started)
		<-hold
		panic(http.ErrAbortHandler) // the connection ends without a word, as in a kill
	}}
	c := find(t, open(t, d))
	go func() { <-started; close(hold) }()
	var out strings.Builder
	_, err := c.Run(t.Context(), handoff.Command{Args: []string{"import"}}, &out, io.Discard)
	var fault *assist.Fault
	if !errors.As(err, &fault) || fault.Do == "" || out.String() != "half" {
		t.Errorf("error %v, out %q; want a Fault that says what to do, and what was said so far", err, out.String())
	}
}

func TestRunEndsWhenNobodyReadsTheOutput(t *testing.T) {
	d := &desk{run: func(_ context.Context, _ handoff.Command, stdout, stderr io.Writer) int {
		fmt.Fprint(stderr, "about to\n")
		fmt.Fprint(stdout, "line\n")
		return 0
	}}
	c := find(t, open(t, d))
	shut := errors.New("broken pipe")
	if _, err := c.Run(t.Context(), handoff.Command{}, failing{shut}, io.Discard); !errors.Is(err, shut) {
		t.Errorf("stdout that is shut: %v", err)
	}
	if _, err := c.Run(t.Context(), handoff.Command{}, io.Discard, failing{shut}); !errors.Is(err, shut) {
		t.Errorf("stderr that is shut: %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write(b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	return 0, f.err
}

func TestRunHasNoAppToRunIn(t *testing.T) {
	dir := t.TempDir()
	door, err := handoff.Open(dir, &desk{})
	if err != nil {
		t.Fatal(err)
	}
	c := find(t, dir)
	door.Close()
	if _, err := c.Run(t.Context(), handoff.Command{}, io.Discard, io.Discard); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("Run: %v, want ErrNotFound", err)
	}
	if err := c.View(t.Context(), new(struct{})); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("View: %v, want ErrNotFound", err)
	}
}

func TestStopNamesACommandThatRuns(t *testing.T) {
	dir := open(t, &desk{})
	addr, token := readSign(t, dir)
	for body, want := range map[string]int{`{"id":"nobody"}`: 404, `nonsense`: 400} {
		req, _ := http.NewRequest("POST", "http://"+addr+"/stop", strings.NewReader(body))
		req.Header.Set("Authorization", "Bearer "+token)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("%s: status %d, want %d", body, resp.StatusCode, want)
		}
	}
}

func TestViewThatCannotBeWrittenIsAnError(t *testing.T) {
	dir := t.TempDir()
	door, err := handoff.Open(dir, unwritable{&desk{}})
	if err != nil {
		t.Fatal(err)
	}
	defer door.Close()
	if err := find(t, dir).View(t.Context(), new(struct{})); err == nil || !strings.Contains(err.Error(), "JSON") {
		t.Errorf("View: %v, want the door's reason", err)
	}
}

// unwritable has a picture that no JSON can hold.
type unwritable struct{ *desk }

func (unwritable) View() any { return make(chan int) }

func TestSecondDoorOfAFolderHasAnotherKey(t *testing.T) {
	dir := t.TempDir()
	var tokens []string
	for range 2 {
		door, err := handoff.Open(dir, &desk{})
		if err != nil {
			t.Fatal(err)
		}
		_, token := readSign(t, dir)
		tokens = append(tokens, token)
		door.Close()
	}
	if tokens[0] == tokens[1] {
		t.Error("the key of the door is the same after a restart")
	}
}

func TestFindDoesNotTakeAFolderForADoor(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "door.json"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := handoff.Find(dir); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("Find: %v, want ErrNotFound", err)
	}
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := handoff.Find(file); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("Find in a file: %v, want ErrNotFound", err)
	}
}

func TestRingWithATimeKeepsIt(t *testing.T) {
	d := &desk{}
	c := find(t, open(t, d))
	at := time.Date(2026, 11, 21, 9, 30, 0, 0, time.UTC)
	if err := c.Ring(t.Context(), phone.Ring{At: at}); err != nil {
		t.Fatal(err)
	}
	if got := d.all()[0]; !got.At.Equal(at) || got.Phase != phone.Ringing {
		t.Errorf("%+v, want a ring at %v", got, at)
	}
}

func FuzzWords(f *testing.F) {
	for _, seed := range []string{"0113", "--number\x000113\x00--state\x00e", "/N:S\x00/C:1\x00/T:O", "--\x00--name=", "/", "ringside://call?number=1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := handoff.Words(strings.Split(text, "\x00"))
		if err != nil && !errors.Is(err, assist.ErrInvalid) {
			t.Fatalf("error %v is not ErrInvalid", err)
		}
		if err == nil && r.Phase == "" {
			t.Fatal("a call without a phase")
		}
	})
}
