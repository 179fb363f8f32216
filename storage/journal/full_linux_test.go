package journal

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"ringside/assist"
)

// smallDisk mounts a disk of so many bytes, where the test may do so.
func smallDisk(t *testing.T, options string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("ringside-test", dir, "tmpfs", 0, options); err != nil {
		t.Skipf("a disk of its own cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func TestJournalOutlivesAFullDisk(t *testing.T) {
	dir := smallDisk(t, "size=1m")
	opt := Options{Dir: dir, Key: [32]byte{1}, SegmentSize: 200 << 10}
	j, err := Open(opt)
	if err != nil {
		t.Fatal(err)
	}
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 300<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	kept, refused := 0, 0
	add := func() error {
		_, err := j.Append(bytes.Repeat([]byte{byte(kept)}, 10_000))
		if err == nil {
			kept++
		}
		return err
	}
	for err = nil; err == nil && kept < 1000; {
		err = add()
	}
	for range 5 { // and again and again
		if !errors.Is(err, assist.ErrDiskFull) {
			t.Fatalf("after %d: got %v", kept, err)
		}
		refused++
		err = add()
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	before := kept
	for range 5 {
		if err := add(); err != nil {
			t.Fatal(err)
		}
	}
	for _, j := range []*Journal{j, reopen(t, j, opt)} {
		n := 0
		err := j.Read(Position{}, func(_ Position, payload []byte) error {
			if len(payload) != 10_000 || payload[0] != byte(n) {
				t.Errorf("record %d begins with %d", n, payload[0])
			}
			n++
			return nil
		})
		if err != nil || n != before+5 {
			t.Errorf("%d of %d, %v", n, before+5, err)
		}
	}
}

func reopen(t *testing.T, j *Journal, opt Options) *Journal {
	t.Helper()
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Open(opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { again.Close() })
	return again
}
