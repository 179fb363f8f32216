package folder

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"ringside/assist"
	"ringside/storage/replica"
	"ringside/storage/replica/replicatest"
)

// stick is a folder that is at one of several places, or at none; where it is not lies an
// empty folder, as some systems leave it.
type stick struct {
	t        *testing.T
	at, home string
}

func newStick(t *testing.T) *stick {
	home := filepath.Join(t.TempDir(), "stick")
	prepare(t, home)
	return &stick{t, home, home}
}

// to takes the stick out and plugs it in somewhere else; "" is a pocket.
func (s *stick) to(place string) {
	s.t.Helper()
	if place == "" {
		place = s.home
	}
	if entries, err := os.ReadDir(place); err == nil && len(entries) > 0 {
		s.t.Errorf("something was written where no stick is: %v", entries)
	}
	err := os.Remove(place)
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	err = errors.Join(err, os.Rename(s.at, place))
	if s.at != s.home {
		err = errors.Join(err, os.Mkdir(s.at, 0o700))
	}
	if err != nil {
		s.t.Error(err)
	}
	s.at = place
}

func TestAStickGoesBetweenTwoMachinesThatNeverMeet(t *testing.T) {
	home := t.TempDir()
	mine, yours := filepath.Join(home, "mine"), filepath.Join(home, "yours")
	s := newStick(t)
	ann, ben := open(t, mine, replicatest.Ann), open(t, yours, replicatest.Ben)
	annHears := replicatest.Listen(t, open(t, mine, replicatest.Ann), nil)
	benHears := replicatest.Listen(t, open(t, yours, replicatest.Ben), nil)
	fromAnn, fromBen := replicatest.Packets(replicatest.Ann, 6), replicatest.Packets(replicatest.Ben, 3)

	s.to(mine)
	publish(t, ann, fromAnn[:3]...)
	s.to(yours)
	if n, err := ann.Publish(t.Context(), fromAnn[3:]); n != 0 || !errors.Is(err, ErrAway) {
		t.Fatalf("published %d without a stick: %v", n, err)
	}
	benHears.Has(t, fromAnn[:3], 1)
	publish(t, ben, fromBen...)
	s.to("")
	s.to(mine)
	publish(t, ann, fromAnn[3:]...)
	annHears.Has(t, fromBen, 1)
	s.to(yours)
	benHears.Has(t, fromAnn, 1)
	benHears.Stop(t)
	annHears.Stop(t)
	if benHears.Anew()+annHears.Anew() > 0 {
		t.Error("it is said to begin anew, and it was the same stick")
	}
	for _, p := range fromAnn[:3] {
		if n := benHears.Came()[replicatest.Key(p)]; n != 1 {
			t.Errorf("%d came %d times", p.From, n)
		}
	}
	s.to("")
}

func TestAnotherStickBeginsAnew(t *testing.T) {
	place := filepath.Join(t.TempDir(), "place")
	one, other := newStick(t), newStick(t)
	ann := open(t, place, replicatest.Ann)
	hears := replicatest.Listen(t, open(t, place, replicatest.Ben), nil)
	sent := replicatest.Packets(replicatest.Ann, 2)
	one.to(place)
	publish(t, ann, sent[0])
	hears.Has(t, sent[:1], 1)
	one.to("")
	other.to(place)
	publish(t, ann, sent[1])
	hears.Has(t, sent[1:], 1)
	if hears.Anew() == 0 {
		t.Error("nobody said that it is another stick")
	}
	hears.Stop(t)
}

func TestAStickIsTakenOutInTheMiddleOfWriting(t *testing.T) {
	place := filepath.Join(t.TempDir(), "place")
	s := newStick(t)
	ann := open(t, place, replicatest.Ann)
	all := singles(replicatest.Ann, 300)
	s.to(place)
	left := make(chan struct{})
	go func() {
		defer close(left)
		for begun := 0; begun < 3; begun = filesIn(t, filepath.Join(place, "packets", "*", "*", "*")) {
			time.Sleep(time.Millisecond)
		}
		s.to("")
	}()
	durable := 0
	for durable < len(all) {
		n, err := ann.Publish(t.Context(), all[durable:durable+1])
		if n == 0 && !errors.Is(err, ErrAway) {
			t.Fatal(err)
		}
		if n == 0 {
			break
		}
		durable++
	}
	<-left
	if durable == len(all) {
		t.Fatal("all was published before the stick was taken out")
	}
	s.to(place)
	hears := replicatest.Listen(t, open(t, place, replicatest.Ben), nil)
	hears.Has(t, all[:durable], 1) // what was said to be durable is
	publish(t, ann, all[durable:]...)
	hears.Has(t, all, 1)
	hears.Stop(t)
	if n := filesIn(t, filepath.Join(place, ".new-*", "*")); n > 0 {
		t.Errorf("%d unfinished files stay behind", n)
	}
}

func TestWhatWasLeftUnfinishedIsSwept(t *testing.T) {
	dir := t.TempDir()
	prepare(t, dir)
	aside := filepath.Join(dir, ".new-"+string(replicatest.Ann))
	if err := os.Mkdir(aside, 0o700); err != nil {
		t.Fatal(err)
	}
	yesterday := time.Now().Add(-24 * time.Hour)
	for _, name := range []string{"old.part", "young.part"} {
		if err := os.WriteFile(filepath.Join(aside, name), []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chtimes(filepath.Join(aside, "old.part"), yesterday, yesterday); err != nil {
		t.Fatal(err)
	}
	publish(t, open(t, dir, replicatest.Ann), replicatest.Packets(replicatest.Ann, 1)...)
	left, err := os.ReadDir(aside)
	if err != nil || len(left) != 1 || left[0].Name() != "young.part" {
		t.Errorf("%v %v", left, err)
	}
}

func TestAnErrorOfTheReaderIsNotTheFoldersFault(t *testing.T) {
	dir := t.TempDir()
	prepare(t, dir)
	refused := errors.New("refused")
	ann := open(t, dir, replicatest.Ann)
	publish(t, ann, replicatest.Packets(replicatest.Ann, 2*batchPackets)...)
	if err := ann.Listen(t.Context(), nil, func(replica.Batch) error { return refused }, nil); err != refused {
		t.Errorf("got %v", err)
	}
}

func TestAPacketThatIsTooLargeIsRefused(t *testing.T) {
	dir := t.TempDir()
	prepare(t, dir)
	sent := replicatest.Packets(replicatest.Ann, 3)
	sent[1].Sealed = make([]byte, maxFrame)
	n, err := open(t, dir, replicatest.Ann).Publish(t.Context(), sent)
	if n != 1 || !errors.Is(err, assist.ErrInvalid) {
		t.Errorf("%d, %v", n, err)
	}
}

func TestWhatIsWrittenWhileTheStickGoesDoesNotCount(t *testing.T) {
	place := filepath.Join(t.TempDir(), "place")
	one, other := newStick(t), newStick(t)
	one.to(place)
	ann := open(t, place, replicatest.Ann)
	if err := ann.writing(func(*writer) error { one.to(""); return nil }); !errors.Is(err, ErrAway) {
		t.Errorf("got %v", err)
	}
	one.to(place)
	if err := ann.writing(func(*writer) error { one.to(""); other.to(place); return nil }); !errors.Is(err, ErrAway) {
		t.Errorf("another stick is there now: got %v", err)
	}
}

func TestAFolderOfYesterdayBeginsAnew(t *testing.T) {
	dir, backup := t.TempDir(), filepath.Join(t.TempDir(), "backup")
	prepare(t, dir)
	ann := open(t, dir, replicatest.Ann)
	sent := replicatest.Packets(replicatest.Ann, 3)
	publish(t, ann, sent[0])
	if err := os.CopyFS(backup, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	publish(t, ann, sent[1])
	publish(t, ann, sent[2])
	hears := replicatest.Listen(t, open(t, dir, replicatest.Ben), nil)
	hears.Has(t, sent, 1)
	hears.Now(t)
	empty(t, dir)
	if err := os.CopyFS(dir, os.DirFS(backup)); err != nil {
		t.Fatal(err)
	}
	hears.Wait(t, "word that the folder has lost something", func() bool { return hears.Anew() > 0 })
	hears.Has(t, sent[:1], 2)
}

func TestWhatWasForgottenIsNotMissed(t *testing.T) {
	dir := t.TempDir()
	prepare(t, dir)
	ann, admin := open(t, dir, replicatest.Ann), open(t, dir, "admin")
	sent := singles(replicatest.Ann, 20)
	publish(t, ann, sent...) // into one file
	ben := open(t, dir, replicatest.Ben)
	hears := replicatest.Listen(t, ben, nil)
	hears.Has(t, sent, 1)
	if err := admin.Forget(t.Context(), sent[5:7]); err != nil {
		t.Fatal(err)
	}
	newcomer := replicatest.Listen(t, open(t, dir, replicatest.Cem), nil)
	newcomer.Has(t, append(sent[:5:5], sent[7:]...), 1)
	newcomer.Now(t)
	if n := len(newcomer.Came()); n != len(sent)-2 {
		t.Errorf("%d packets are there, want all but two", n)
	}
	r := &reader{f: ben, state: readState(hears.Cursor()), rest: map[string]resting{}, got: func(b replica.Batch) error {
		if b.Anew {
			t.Error("what was forgotten is missed")
		}
		return nil
	}}
	hears.Stop(t)
	for range 3 * missingTimes {
		if _, err := r.pass(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

func TestACursorStaysSmall(t *testing.T) {
	dir := t.TempDir()
	prepare(t, dir)
	ann := open(t, dir, replicatest.Ann)
	sent := singles(replicatest.Ann, 20_000)
	publish(t, ann, sent...)
	hears := replicatest.Listen(t, open(t, dir, replicatest.Ben), nil)
	hears.Has(t, sent, 1)
	hears.Now(t)
	if n := len(hears.Cursor()); n > 2000 {
		t.Errorf("a cursor over 20 whole subfolders has %d bytes", n)
	}
}

func TestAFolderThatIsDeniedSaysSo(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("nothing is denied to this user")
	}
	dir := t.TempDir()
	prepare(t, dir)
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(dir, 0o700) })
	n, err := open(t, dir, replicatest.Ann).Publish(t.Context(), replicatest.Packets(replicatest.Ann, 1))
	if n != 0 || !errors.Is(err, assist.ErrReadOnly) {
		t.Errorf("%d, %v", n, err)
	}
}

func TestListenEndsWithItsContext(t *testing.T) {
	dir := t.TempDir()
	prepare(t, dir)
	ctx, stop := context.WithCancel(t.Context())
	err := open(t, dir, replicatest.Ann).Listen(ctx, nil, func(b replica.Batch) error { stop(); return nil }, nil)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
