package folder

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"ringside/assist"
	"ringside/storage/replica/replicatest"
)

// disk mounts a small disk, where the test may do so.
func disk(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("ringside-test", dir, "tmpfs", 0, "size=2m"); err != nil {
		t.Skipf("a disk of its own cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func TestAFullDiskSaysSoAndKeepsWhatItHas(t *testing.T) {
	dir := disk(t)
	prepare(t, dir)
	ann := open(t, dir, replicatest.Ann)
	sent := replicatest.Packets(replicatest.Ann, 5)
	for i := range sent {
		sent[i].Sealed = bytes.Repeat([]byte{byte(i), 7}, 300<<10)
	}
	n, err := ann.Publish(t.Context(), sent)
	var said *assist.Fault
	if n == 0 || n == len(sent) || !errors.Is(err, assist.ErrDiskFull) || !errors.As(err, &said) || said.Where != dir || said.Do == "" {
		t.Fatalf("%d published: %v", n, err)
	}
	if left := filesIn(t, filepath.Join(dir, ".new-*", "*")); left > 0 {
		t.Errorf("%d unfinished files stay behind on a full disk", left)
	}
	hears := replicatest.Listen(t, open(t, dir, replicatest.Ben), nil)
	hears.Has(t, sent[:n], 1)
	hears.Stop(t)
	if err := syscall.Mount("ringside-test", dir, "tmpfs", syscall.MS_REMOUNT, "size=20m"); err != nil {
		t.Fatal(err)
	}
	publish(t, ann, sent[n:]...)
	again := replicatest.Listen(t, open(t, dir, replicatest.Ben), hears.Cursor())
	again.Has(t, sent[n:], 1)
	again.Stop(t)
}

func TestAFolderThatCanOnlyBeReadIsReadAndSaysSo(t *testing.T) {
	dir := disk(t)
	prepare(t, dir)
	sent := replicatest.Packets(replicatest.Ann, 3)
	publish(t, open(t, dir, replicatest.Ann), sent...)
	if err := syscall.Mount("ringside-test", dir, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	ben := open(t, dir, replicatest.Ben)
	n, err := ben.Publish(t.Context(), replicatest.Packets(replicatest.Ben, 1))
	var said *assist.Fault
	if n != 0 || !errors.Is(err, assist.ErrReadOnly) || !errors.As(err, &said) || said.Do == "" {
		t.Errorf("%d, %v", n, err)
	}
	hears := replicatest.Listen(t, open(t, dir, replicatest.Ben), nil)
	hears.Has(t, sent, 1)
	hears.Now(t)
	hears.Stop(t)
	if _, err := os.Stat(filepath.Join(dir, "packets", string(replicatest.Ben))); err == nil {
		t.Error("something was written")
	}
}

func TestWhatOneUserWritesTheOthersOfAShareCanUse(t *testing.T) {
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o770); err != nil {
		t.Fatal(err)
	}
	defer syscall.Umask(syscall.Umask(0o077))
	prepare(t, dir)
	ann := open(t, dir, replicatest.Ann)
	publish(t, ann, replicatest.Packets(replicatest.Ann, 1)...)
	if err := errors.Join(ann.Say(t.Context(), []byte("here")), ann.Leave(t.Context(), "hello/1", []byte("hello"))); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		want := os.FileMode(0o660)
		if d.IsDir() {
			want = 0o770
		}
		info, err := d.Info()
		if err == nil && info.Mode().Perm() != want {
			t.Errorf("%s has the mode %v, want %v", name, info.Mode().Perm(), want)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
