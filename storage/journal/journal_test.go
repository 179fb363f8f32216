package journal

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ringside/assist"
)

var key = [32]byte{7}

func mustOpen(t *testing.T, opt Options) *Journal {
	t.Helper()
	j, err := Open(opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { j.Close() })
	return j
}

func mustAppend(t *testing.T, j *Journal, payloads ...string) Position {
	t.Helper()
	var list [][]byte
	for _, p := range payloads {
		list = append(list, []byte(p))
	}
	end, err := j.Append(list...)
	if err != nil {
		t.Fatal(err)
	}
	return end
}

func read(t *testing.T, j *Journal, from Position) string {
	t.Helper()
	var out []string
	last := from.Seq
	err := j.Read(from, func(after Position, p []byte) error {
		if after.Seq != last+1 {
			t.Errorf("record %d follows %d", after.Seq, last)
		}
		last = after.Seq
		out = append(out, string(p))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(out, " ")
}

func TestJournalGivesBackWhatWasAppended(t *testing.T) {
	opt := Options{Dir: t.TempDir(), Key: key, Store: [16]byte{1}, Device: [8]byte{2}, SegmentSize: 300}
	j := mustOpen(t, opt)
	mustAppend(t, j, "a", "b")
	middle := mustAppend(t, j, "c")
	for i := range 20 {
		mustAppend(t, j, fmt.Sprint(i))
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	opt.Store, opt.Device = [16]byte{9}, [8]byte{9}
	j = mustOpen(t, opt)
	if j.Store() != [16]byte{1} || j.Device() != [8]byte{2} {
		t.Error("the journal forgot whose it is")
	}
	mustAppend(t, j, "end")
	want := "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 end"
	if got := read(t, j, middle); got != want {
		t.Errorf("from the middle: %s", got)
	}
	if got := read(t, j, Position{}); got != "a b c "+want {
		t.Errorf("from the beginning: %s", got)
	}
	if got := read(t, j, j.End()); got != "" {
		t.Errorf("behind the end: %s", got)
	}
	if n, _ := list(opt.Dir); len(n) < 3 {
		t.Errorf("%d segments are too few for this test", len(n))
	}
}

// oneSegment returns a journal's only segment, and where its last record begins.
func oneSegment(t *testing.T) (content []byte, last int) {
	t.Helper()
	dir := t.TempDir()
	j := mustOpen(t, Options{Dir: dir, Key: key})
	mustAppend(t, j, "first")
	at := mustAppend(t, j, "second")
	mustAppend(t, j, "third, which is the last")
	b, err := os.ReadFile(filepath.Join(dir, "00000001.seg"))
	if err != nil {
		t.Fatal(err)
	}
	return b, int(at.Offset)
}

func openBytes(t *testing.T, content []byte) (*Journal, error) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "00000001.seg"), content, 0o600); err != nil {
		t.Fatal(err)
	}
	return Open(Options{Dir: dir, Key: key})
}

func TestJournalCutsATailTornAtAnyByte(t *testing.T) {
	b, last := oneSegment(t)
	for cut := last; cut < len(b); cut++ {
		for _, tail := range [][]byte{b[:cut], append(bytes.Clone(b[:cut]), make([]byte, len(b)-cut)...)} {
			j, err := openBytes(t, tail)
			if err != nil {
				t.Fatalf("cut at %d: %v", cut, err)
			}
			mustAppend(t, j, "new")
			if got := read(t, j, Position{}); got != "first second new" {
				t.Fatalf("cut at %d: %s", cut, got)
			}
			if cut > last && j.Torn() == 0 {
				t.Errorf("cut at %d: nothing was put aside", cut)
			}
			j.Close()
		}
	}
}

func TestJournalNeverReadsAFlippedBit(t *testing.T) {
	b, last := oneSegment(t)
	for i := range len(b) * 8 {
		bad := bytes.Clone(b)
		bad[i/8] ^= 1 << (i % 8)
		j, err := openBytes(t, bad)
		switch {
		case err == nil:
			if got := read(t, j, Position{}); i/8 < last || got != "first second" {
				t.Fatalf("bit %d of byte %d: read %q", i%8, i/8, got)
			}
			j.Close()
		case i/8 >= last:
			t.Fatalf("bit %d of byte %d: %v", i%8, i/8, err)
		case !errors.Is(err, assist.ErrDamaged) && !errors.Is(err, assist.ErrNewer):
			t.Fatalf("bit %d of byte %d: %v", i%8, i/8, err)
		}
	}
}

func TestJournalTellsAnotherKeyFromDamage(t *testing.T) {
	dir := t.TempDir()
	mustAppend(t, mustOpen(t, Options{Dir: dir, Key: key}), "a")
	if _, err := Open(Options{Dir: dir, Key: [32]byte{8}}); !errors.Is(err, assist.ErrWrongKey) {
		t.Errorf("got %v", err)
	}
}

func TestJournalRefusesANewerVersion(t *testing.T) {
	b, _ := oneSegment(t)
	b[4] = Version + 1
	if _, err := openBytes(t, b); !errors.Is(err, assist.ErrNewer) {
		t.Errorf("got %v", err)
	}
}

func TestJournalMissesNoSegment(t *testing.T) {
	for name, spoil := range map[string]func(dir string) error{
		"first gone":  func(dir string) error { return os.Remove(filepath.Join(dir, "00000001.seg")) },
		"middle gone": func(dir string) error { return os.Remove(filepath.Join(dir, "00000002.seg")) },
		"middle cut":  func(dir string) error { return os.Truncate(filepath.Join(dir, "00000002.seg"), int64(headerSize)+5) },
		"swapped": func(dir string) error {
			return os.Rename(filepath.Join(dir, "00000002.seg"), filepath.Join(dir, "00000003.seg"))
		},
	} {
		opt := Options{Dir: t.TempDir(), Key: key, SegmentSize: 200}
		j := mustOpen(t, opt)
		for range 8 {
			mustAppend(t, j, "some text")
		}
		if n, _ := list(opt.Dir); len(n) < 3 {
			t.Fatalf("%d segments", len(n))
		}
		if err := spoil(opt.Dir); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(opt); !errors.Is(err, assist.ErrDamaged) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestJournalBeginsASegmentAnewThatWasNeverUsed(t *testing.T) {
	for size := range headerSize + 1 {
		opt := Options{Dir: t.TempDir(), Key: key}
		mustAppend(t, mustOpen(t, opt), "a")
		if err := os.WriteFile(filepath.Join(opt.Dir, "00000002.seg"), make([]byte, size), 0o600); err != nil {
			t.Fatal(err)
		}
		j := mustOpen(t, opt)
		mustAppend(t, j, "b")
		if got := read(t, j, Position{}); got != "a b" {
			t.Fatalf("%d bytes: %s", size, got)
		}
	}
}

func FuzzOpen(f *testing.F) {
	seal, err := sealer(key)
	if err != nil {
		f.Fatal(err)
	}
	h := header{version: Version, segment: 1}.encode(seal)
	f.Add(h)
	f.Add(sealRecord(bytes.Clone(h), seal, 1, 1, []byte("text")))
	f.Fuzz(func(t *testing.T, b []byte) {
		j, err := openBytes(t, b)
		if err == nil {
			j.Close()
		}
	})
}
