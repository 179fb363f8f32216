package folder

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"ringside/assist"
	"ringside/storage/replica"
	"ringside/storage/replica/replicatest"
)

var (
	_ replica.Transport = (*Folder)(nil)
	_ replica.Meeting   = (*Folder)(nil)
)

// open opens a folder that is looked at more often than a real one.
func open(t *testing.T, dir string, self replica.MemberID) *Folder {
	t.Helper()
	f := Open(dir, self)
	f.busy, f.idle = 10*time.Millisecond, 80*time.Millisecond
	t.Cleanup(func() { f.Close() })
	return f
}

func prepare(t *testing.T, dir string) {
	t.Helper()
	if err := Prepare(dir); err != nil {
		t.Fatal(err)
	}
}

func publish(t *testing.T, by *Folder, packets ...replica.Packet) {
	t.Helper()
	if n, err := by.Publish(t.Context(), packets); err != nil || n != len(packets) {
		t.Fatalf("%d of %d published: %v", n, len(packets), err)
	}
}

func empty(t *testing.T, dir string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFolderIsACarrier(t *testing.T) {
	replicatest.Run(t, func(t *testing.T) replicatest.Carrier {
		dir := t.TempDir()
		prepare(t, dir)
		member := func(t *testing.T, m replica.MemberID) replica.Transport { return open(t, dir, m) }
		return replicatest.Carrier{
			Open:  member,
			Admin: func(t *testing.T) replica.Transport { return open(t, dir, "admin") },
			Lose:  func(t *testing.T) { empty(t, dir); prepare(t, dir) },
			Guest: func(t *testing.T, invitation string) replica.Meeting { return open(t, dir, "") },
		}
	})
}

func TestWhatIsNotATeamsFolderIsNeverWrittenTo(t *testing.T) {
	dir := t.TempDir()
	f := open(t, dir, replicatest.Ann)
	for _, where := range []string{dir, filepath.Join(dir, "nowhere")} {
		f.dir = where
		n, err := f.Publish(t.Context(), replicatest.Packets(replicatest.Ann, 1))
		var said *assist.Fault
		if n != 0 || !errors.Is(err, ErrAway) || !errors.As(err, &said) || said.Do == "" {
			t.Errorf("%s: %d, %v", where, n, err)
		}
		if err := f.Listen(t.Context(), nil, nil, nil); !errors.Is(err, ErrAway) {
			t.Errorf("%s: %v", where, err)
		}
		if err := f.Say(t.Context(), []byte("hello")); !errors.Is(err, ErrAway) {
			t.Errorf("%s: %v", where, err)
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
		t.Errorf("something was written: %v %v", entries, err)
	}
}
