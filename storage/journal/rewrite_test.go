package journal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"ringside/assist"
)

// replacing puts the second word in place of the first wherever it is a whole payload.
func replacing(before, after string) func([]byte) ([]byte, error) {
	return func(p []byte) ([]byte, error) {
		if string(p) == before {
			return []byte(after), nil
		}
		return nil, nil
	}
}

// filled is a journal of several files with the word "mary" in the first, in one in the
// middle and in the last.
func filled(t *testing.T, opt Options) *Journal {
	t.Helper()
	j := mustOpen(t, opt)
	for i := range 30 {
		word := fmt.Sprintf("w%03d", i)
		if i == 0 || i == 14 || i == 29 {
			word = "mary"
		}
		mustAppend(t, j, word)
	}
	if n, _ := list(opt.Dir); len(n) < 4 {
		t.Fatalf("only %d files", len(n))
	}
	return j
}

func rewrite(t *testing.T, j *Journal, before, after string) {
	t.Helper()
	if err := j.Rewrite(context.Background(), replacing(before, after)); err != nil {
		t.Fatal(err)
	}
}

func TestRewriteReplacesPayloadsAndNothingElse(t *testing.T) {
	opt := Options{Dir: t.TempDir(), Key: key, Store: [16]byte{1}, SegmentSize: 500}
	j := filled(t, opt)
	before, end := read(t, j, Position{}), j.End()
	var places []Position
	if err := j.Read(Position{}, func(p Position, _ []byte) error { places = append(places, p); return nil }); err != nil {
		t.Fatal(err)
	}
	rewrite(t, j, "mary", "____")
	want := strings.ReplaceAll(before, "mary", "____")
	if got := read(t, j, Position{}); got != want {
		t.Fatalf("got %s", got)
	}
	if j.End().Seq != end.Seq || read(t, j, end) != "" {
		t.Errorf("the end moved from %v to %v", end, j.End())
	}
	mustAppend(t, j, "more")
	j.Close()
	j = mustOpen(t, opt)
	if got := read(t, j, Position{}); got != want+" more" {
		t.Fatalf("reopened: %s", got)
	}
	for _, p := range places[1:] { // what others know of the journal still holds
		if got := read(t, j, p); !strings.HasSuffix(want+" more", got) {
			t.Fatalf("behind %v: %s", p, got)
		}
	}
}

func TestRewriteLeavesFilesInWhichNothingChanges(t *testing.T) {
	opt := Options{Dir: t.TempDir(), Key: key, SegmentSize: 500}
	j := filled(t, opt)
	before := files(t, opt.Dir)
	rewrite(t, j, "mary", "____")
	changed := 0
	for name, b := range files(t, opt.Dir) {
		if was, ok := before[name]; ok && !bytes.Equal(b, was) {
			changed++
		}
	}
	if changed != 3 {
		t.Errorf("%d files changed", changed)
	}
}

func files(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if out[e.Name()], err = os.ReadFile(filepath.Join(dir, e.Name())); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

func TestRewriteMayStopAfterAnyFile(t *testing.T) {
	opt := Options{Dir: t.TempDir(), Key: key, SegmentSize: 500}
	j := filled(t, opt)
	before := read(t, j, Position{})
	stop := errors.New("stop")
	for stopAt := range 30 {
		n := 0
		err := j.Rewrite(context.Background(), func(p []byte) ([]byte, error) {
			if n++; n > stopAt {
				return nil, stop
			}
			return replacing("mary", "____")(p)
		})
		if !errors.Is(err, stop) {
			t.Fatal(err)
		}
		j.Close()
		j = mustOpen(t, opt)
		if got := read(t, j, Position{}); strings.ReplaceAll(got, "____", "mary") != before {
			t.Fatalf("stopped at %d: %s", stopAt, got)
		}
	}
	rewrite(t, j, "mary", "____")
	if got := read(t, j, Position{}); got != strings.ReplaceAll(before, "mary", "____") {
		t.Errorf("got %s", got)
	}
}

// half writes so many bytes and then fails.
type half struct {
	File
	left int
}

func (h *half) Write(b []byte) (int, error) {
	if len(b) > h.left {
		n, _ := h.File.Write(b[:h.left])
		return n, syscall.ENOSPC
	}
	h.left -= len(b)
	return h.File.Write(b)
}

func TestRewriteThatCannotBeWrittenChangesNothing(t *testing.T) {
	opt := Options{Dir: t.TempDir(), Key: key, SegmentSize: 500}
	faulty := false
	opt.Create = func(path string) (File, error) {
		f, err := openFile(path)
		if err == nil && faulty {
			return &half{f, 100}, nil
		}
		return f, err
	}
	j := filled(t, opt)
	before := read(t, j, Position{})
	faulty = true
	if err := j.Rewrite(context.Background(), replacing("mary", "____")); !errors.Is(err, assist.ErrDiskFull) {
		t.Fatalf("got %v", err)
	}
	faulty = false
	if got := read(t, j, Position{}); got != before {
		t.Errorf("got %s", got)
	}
	mustAppend(t, j, "more")
	j.Close()
	if got := read(t, mustOpen(t, opt), Position{}); got != before+" more" {
		t.Errorf("got %s", got)
	}
}

func TestRewriteRefusesAnotherLength(t *testing.T) {
	opt := Options{Dir: t.TempDir(), Key: key}
	j := mustOpen(t, opt)
	mustAppend(t, j, "mary")
	if err := j.Rewrite(context.Background(), replacing("mary", "ann")); !errors.Is(err, assist.ErrInvalid) {
		t.Errorf("got %v", err)
	}
	if got := read(t, j, Position{}); got != "mary" {
		t.Errorf("got %s", got)
	}
}

func TestRewriteDropsWhatWasNeverDone(t *testing.T) {
	opt := Options{Dir: t.TempDir(), Key: key}
	j := mustOpen(t, opt)
	mustAppend(t, j, "a")
	j.Close()
	path := filepath.Join(opt.Dir, "00000001.seg")
	for _, name := range []string{path, filepath.Join(opt.Dir, "00000001.torn-99"), path + newSuffix} {
		f, err := os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteString("half a record of mary"); err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
	j = mustOpen(t, opt)
	rewrite(t, j, "mary", "____")
	for name, b := range files(t, opt.Dir) {
		if bytes.Contains(b, []byte("mary")) {
			t.Errorf("%s still has it", name)
		}
	}
	mustAppend(t, j, "b")
	j.Close()
	j = mustOpen(t, opt)
	if got := read(t, j, Position{}); got != "a b" || j.Torn() != 0 {
		t.Errorf("got %s, %d bytes torn", got, j.Torn())
	}
}

func TestRewriteHoldsNobodyUp(t *testing.T) {
	j := filled(t, Options{Dir: t.TempDir(), Key: key, SegmentSize: 500})
	n := 0
	err := j.Rewrite(context.Background(), func(p []byte) ([]byte, error) {
		n++
		mustAppend(t, j, fmt.Sprintf("y%03d", n))
		return replacing("mary", "____")(p)
	})
	if err != nil || n != 30 {
		t.Fatal(n, err)
	}
	if got := strings.Fields(read(t, j, Position{})); len(got) != 60 || slices.Contains(got, "mary") {
		t.Errorf("%d records, %v", len(got), got)
	}
}

func TestRewriteGoesOnBesideReadersAndWriters(t *testing.T) {
	opt := Options{Dir: t.TempDir(), Key: key, SegmentSize: 500}
	j := filled(t, opt)
	done := make(chan error, 1)
	go func() {
		var err error
		for range 20 {
			err = errors.Join(err, j.Rewrite(context.Background(), replacing("mary", "ruth")),
				j.Rewrite(context.Background(), replacing("ruth", "mary")))
		}
		done <- err
	}()
	for i := range 40 {
		mustAppend(t, j, fmt.Sprintf("x%03d", i))
		read(t, j, Position{})
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if got := strings.Fields(read(t, j, Position{})); len(got) != 70 {
		t.Errorf("%d records", len(got))
	}
}
