package journal

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"ringside/assist"
)

func TestBeginNamesTheStoreBeforeAnythingIsWritten(t *testing.T) {
	opt := Options{Dir: t.TempDir(), Key: key, Store: [16]byte{4}, Device: [8]byte{5}}
	j := mustOpen(t, opt)
	if j.End() != (Position{}) {
		t.Errorf("an empty journal ends at %v", j.End())
	}
	for range 2 {
		if err := j.Begin(); err != nil {
			t.Fatal(err)
		}
	}
	j.Close()
	again := mustOpen(t, Options{Dir: opt.Dir, Key: key, Store: [16]byte{6}})
	if again.Store() != opt.Store || again.Device() != opt.Device || again.End().Seq != 0 {
		t.Errorf("%v %v %v", again.Store(), again.Device(), again.End())
	}
	if n, _ := list(opt.Dir); len(n) != 1 {
		t.Errorf("%d segments", len(n))
	}
}

func TestAppendIsRefusedBehindClose(t *testing.T) {
	j := mustOpen(t, Options{Dir: t.TempDir(), Key: key})
	mustAppend(t, j, "a")
	if err := errors.Join(j.Close(), j.Close()); err != nil {
		t.Fatal(err)
	}
	if _, err := j.Append([]byte("b")); !errors.Is(err, os.ErrClosed) {
		t.Errorf("got %v", err)
	}
	if got := read(t, j, Position{}); got != "a" {
		t.Errorf("read %q", got)
	}
}

func TestAppendRefusesWhatCouldNotBeReadBack(t *testing.T) {
	j := mustOpen(t, Options{Dir: t.TempDir(), Key: key})
	mustAppend(t, j, "a")
	if _, err := j.Append([]byte("b"), make([]byte, maxRecord+1)); !errors.Is(err, assist.ErrInvalid) {
		t.Errorf("got %v", err)
	}
	mustAppend(t, j, "c")
	if got := read(t, j, Position{}); got != "a c" {
		t.Errorf("read %q", got)
	}
}

func TestAppendTakesEmptyAndLargePayloads(t *testing.T) {
	opt := Options{Dir: t.TempDir(), Key: key, SegmentSize: 1000}
	j := mustOpen(t, opt)
	large := bytes.Repeat([]byte("large "), 10_000)
	if _, err := j.Append(nil, large, nil); err != nil {
		t.Fatal(err)
	}
	mustAppend(t, j, "next")
	j.Close()
	j = mustOpen(t, opt)
	var sizes []int
	if err := j.Read(Position{}, func(_ Position, p []byte) error {
		sizes = append(sizes, len(p))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if len(sizes) != 4 || sizes[0] != 0 || sizes[1] != len(large) || sizes[2] != 0 || sizes[3] != 4 {
		t.Errorf("got %v", sizes)
	}
	if j.End().Segment != 2 {
		t.Errorf("the segment that was full is still written to: %v", j.End())
	}
}

func TestAppendMayBeCalledByManyAtOnce(t *testing.T) {
	j := mustOpen(t, Options{Dir: t.TempDir(), Key: key, SegmentSize: 2000})
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 20 {
				if _, err := j.Append([]byte("x")); err != nil {
					t.Error(err)
				}
				if err := j.Read(Position{}, func(Position, []byte) error { return nil }); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	if got := len(read(t, j, Position{})); got != 160*2-1 {
		t.Errorf("%d bytes", got)
	}
}

func TestReadStopsWhenItsReaderHasEnough(t *testing.T) {
	j := mustOpen(t, Options{Dir: t.TempDir(), Key: key})
	mustAppend(t, j, "a", "b", "c")
	enough, n := errors.New("enough"), 0
	err := j.Read(Position{}, func(Position, []byte) error {
		if n++; n == 2 {
			return enough
		}
		return nil
	})
	if !errors.Is(err, enough) || n != 2 {
		t.Errorf("%d records, %v", n, err)
	}
}

func TestReadRefusesAPlaceBehindTheEnd(t *testing.T) {
	j := mustOpen(t, Options{Dir: t.TempDir(), Key: key})
	end := mustAppend(t, j, "a")
	end.Offset += 100
	err := j.Read(end, func(Position, []byte) error { return nil })
	if !errors.Is(err, assist.ErrDamaged) {
		t.Errorf("got %v", err)
	}
}

func TestTornBytesAreKeptBesideTheSegment(t *testing.T) {
	b, last := oneSegment(t)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "00000001.seg"), b[:len(b)-3], 0o600); err != nil {
		t.Fatal(err)
	}
	j := mustOpen(t, Options{Dir: dir, Key: key})
	if same, err := os.ReadFile(filepath.Join(dir, "00000001.seg")); err != nil || !bytes.Equal(same, b[:len(b)-3]) {
		t.Fatalf("opening alone has changed the segment: %d bytes, %v", len(same), err)
	}
	mustAppend(t, j, "new") // the kept file is no segment
	kept, _ := filepath.Glob(filepath.Join(dir, "*.torn-*"))
	if len(kept) != 1 {
		t.Fatalf("kept %v", kept)
	}
	rest, err := os.ReadFile(kept[0])
	if err != nil || !bytes.Equal(rest, b[last:len(b)-3]) || j.Torn() != int64(len(rest)) {
		t.Errorf("%d bytes, %v", len(rest), err)
	}
	if got := read(t, mustOpen(t, Options{Dir: dir, Key: key}), Position{}); got != "first second new" {
		t.Errorf("read %q", got)
	}
}

func TestNothingReadableIsOnTheDisk(t *testing.T) {
	dir := t.TempDir()
	mustAppend(t, mustOpen(t, Options{Dir: dir, Key: key}), "Mary Shaw", "Mary Shaw")
	b, err := os.ReadFile(filepath.Join(dir, "00000001.seg"))
	if err != nil || bytes.Contains(b, []byte("Mary")) || bytes.Contains(b, key[:4]) {
		t.Errorf("%q %v", b, err)
	}
}

func TestRecordsCannotBeMovedToAnotherPlace(t *testing.T) {
	b, last := oneSegment(t)
	second := int64(0)
	seal, err := sealer(key)
	if err != nil {
		t.Fatal(err)
	}
	_, _, size, err := openRecord(seal, 1, b[headerSize:])
	if err != nil {
		t.Fatal(err)
	}
	second = int64(headerSize + size)
	swapped := bytes.Clone(b[:headerSize])
	swapped = append(swapped, b[second:last]...)
	swapped = append(swapped, b[headerSize:second]...)
	swapped = append(swapped, b[last:]...)
	if _, err := openBytes(t, swapped); !errors.Is(err, assist.ErrDamaged) {
		t.Errorf("swapped: got %v", err)
	}
	dropped := append(bytes.Clone(b[:second]), b[last:]...)
	if _, err := openBytes(t, dropped); err == nil {
		t.Error("a record is missing in the middle and nobody says so")
	}
}

func TestSinceCountsWhatLiesBehindAPlace(t *testing.T) {
	j := mustOpen(t, Options{Dir: t.TempDir(), Key: [32]byte{1}, SegmentSize: 1000})
	places := []Position{{}}
	for range 20 {
		places = append(places, mustAppend(t, j, "three hundred bytes are in here"+string(make([]byte, 270))))
	}
	last := places[len(places)-1]
	if last.Segment < 3 {
		t.Fatalf("one segment tests nothing: %+v", last)
	}
	if size := j.Since(last); size != 0 {
		t.Errorf("%d bytes behind the end", size)
	}
	for i := range places[1:] {
		more, less := j.Since(places[i]), j.Since(places[i+1])
		if more-less < 300 || more-less > 300+2*int64(headerSize) {
			t.Errorf("record %d: %d bytes, then %d", i, more, less)
		}
	}
}

func TestARecordThatWasAlteredIsToldFromOneThatIsCutShort(t *testing.T) {
	b, last := oneSegment(t)
	for i := last; i < len(b); i++ {
		bad := bytes.Clone(b)
		bad[i] ^= 1
		j, err := openBytes(t, bad)
		if err != nil {
			t.Fatal(err)
		}
		if told := j.Altered(); !errors.Is(told, assist.ErrDamaged) || !strings.Contains(told.Error(), fmt.Sprintf("at byte %d", last)) {
			t.Fatalf("byte %d altered: %v", i, told)
		}
		short := mustOpenBytes(t, b[:i])
		if told := short.Altered(); told != nil {
			t.Fatalf("cut at %d: %v", i, told)
		}
	}
}

func mustOpenBytes(t *testing.T, b []byte) *Journal {
	t.Helper()
	j, err := openBytes(t, b)
	if err != nil {
		t.Fatal(err)
	}
	return j
}
