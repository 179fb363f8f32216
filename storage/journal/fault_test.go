package journal

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"ringside/assist"
)

// faulty is a real file whose n-th write or sync fails, counted over all files of a
// journal.
type faulty struct {
	*os.File
	kind failing
	left *int // calls until the first that fails
	t    *testing.T
	bad  bool // it has failed: nobody may trust it again
}

// failing is how a call fails.
type failing struct {
	name  string
	err   error
	short bool // half is written before
	calls int  // how many in a row fail
}

func (f *faulty) fails() bool {
	if f.bad {
		f.t.Errorf("%s is used again after it has failed", f.Name())
	}
	*f.left--
	f.bad = *f.left <= 0 && *f.left > -f.kind.calls
	return f.bad
}

// Write implements File.
func (f *faulty) Write(b []byte) (int, error) {
	if !f.fails() {
		return f.File.Write(b)
	}
	if f.kind.short {
		n, err := f.File.Write(b[:len(b)/2])
		return n, errors.Join(err, f.kind.err)
	}
	return 0, f.kind.err
}

// Sync implements File. When it fails, what was written is still there, which is worse
// for who refused it than if it were not.
func (f *faulty) Sync() error {
	if !f.fails() {
		return nil // nobody cuts the power here
	}
	if f.kind.err == nil {
		return errors.New("no sync")
	}
	return f.kind.err
}

func TestNothingIsAcknowledgedThatFailedAndNothingRefusedComesBack(t *testing.T) {
	for _, kind := range []failing{
		{"error", errors.New("no"), false, 1},
		{"short write", nil, true, 1},
		{"short write and no room", syscall.ENOSPC, true, 1},
		{"no room", syscall.ENOSPC, false, 1},
		{"no room for a while", syscall.ENOSPC, false, 5},
		{"EIO", syscall.EIO, false, 1},
		{"EIO for a while", syscall.EIO, false, 3},
	} {
		t.Run(kind.name, func(t *testing.T) {
			for call := 1; call <= 200; call++ {
				failAt(t, kind, call)
			}
		})
	}
}

// failAt writes into a journal of which one call fails, and three records more.
func failAt(t *testing.T, kind failing, call int) {
	t.Helper()
	opt := Options{Dir: filepath.Join(t.TempDir(), "journal"), Key: key, SegmentSize: 1200}
	if err := os.Mkdir(opt.Dir, 0o700); err != nil {
		t.Fatal(err)
	}
	left, real := call, opt
	opt.Create = func(path string) (File, error) {
		f, err := openFile(path)
		if err != nil {
			return nil, err
		}
		return &faulty{File: f.(*os.File), kind: kind, left: &left, t: t}, nil
	}
	j := mustOpen(t, opt)
	var acked []string
	refused := 0
	for i, after := 0, 0; after < 3; i++ {
		_, err := j.Append([]byte(fmt.Sprint(i)))
		switch {
		case err == nil:
			acked = append(acked, fmt.Sprint(i))
			if refused > 0 {
				after++
			}
		case errors.Is(kind.err, syscall.ENOSPC) != errors.Is(err, assist.ErrDiskFull):
			t.Fatalf("call %d: got %v", call, err)
		default:
			refused++
			mustHold(t, real, acked, fmt.Sprintf("call %d, the program ends at once", call))
		}
	}
	if got, want := read(t, j, Position{}), strings.Join(acked, " "); got != want || refused == 0 || refused > kind.calls {
		t.Fatalf("call %d: read %q, acknowledged %q, %d refused", call, got, want, refused)
	}
	j.Close()
	mustHold(t, real, acked, fmt.Sprintf("call %d, at the end", call))
}

// mustHold opens the journal as the next start would, and closes it again.
func mustHold(t *testing.T, opt Options, acked []string, when string) {
	t.Helper()
	j, err := Open(opt)
	if err != nil {
		t.Fatalf("%s: %v", when, err)
	}
	defer j.Close()
	if got, want := read(t, j, Position{}), strings.Join(acked, " "); got != want {
		t.Fatalf("%s: read %q, acknowledged %q", when, got, want)
	}
}
