package storage

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"ringside/assist"
)

// smallDisk mounts a disk of so many megabytes, where the test may do so.
func smallDisk(t *testing.T, megabytes int) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("ringside-test", dir, "tmpfs", 0, fmt.Sprintf("size=%dm", megabytes)); err != nil {
		t.Skipf("a disk of its own cannot be mounted here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// fillUp writes until not a byte more goes onto the disk, and goes on doing so.
func fillUp(path string, stop <-chan struct{}) {
	f, err := os.Create(path)
	if err != nil {
		return
	}
	defer f.Close()
	for _, size := range []int{1 << 20, 4096, 1} {
		for err = nil; err == nil; {
			_, err = f.Write(bytes.Repeat([]byte{1}, size))
		}
	}
	for {
		select {
		case <-stop:
			return
		default:
			if _, err := f.Write(make([]byte, 4096)); err != nil {
				time.Sleep(100 * time.Microsecond)
			}
		}
	}
}

func TestAnotherProgramFillsTheDiskWhileTheStoreWrites(t *testing.T) {
	for _, megabytes := range []int{24, 64, 200, 400} {
		for round := range 2 {
			t.Run(fmt.Sprintf("%d MB, %d", megabytes, round), func(t *testing.T) {
				fillWhileWriting(t, megabytes, 40+600*round)
			})
		}
	}
}

// fillWhileWriting lets the disk run full once so many notes are kept.
func fillWhileWriting(t *testing.T, megabytes, notes int) {
	disk := smallDisk(t, megabytes)
	dir := filepath.Join(disk, "data")
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "RINGSIDE_TEST_STUBBORN="+dir)
	var died strings.Builder
	cmd.Stderr = &died
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	filler, stop, filled := filepath.Join(disk, "filler"), make(chan struct{}), make(chan struct{})
	begin := func() {
		go func() { fillUp(filler, stop); close(filled) }()
	}
	var acked []int
	refused, begun := 0, false
	for lines := bufio.NewScanner(out); lines.Scan(); {
		var n int
		switch _, err := fmt.Sscan(lines.Text(), &n); {
		case err == nil:
			acked = append(acked, n)
		case strings.HasPrefix(lines.Text(), "full"):
			refused++
		case strings.HasPrefix(lines.Text(), "error"):
			t.Error(lines.Text())
		default:
			t.Log(lines.Text())
		}
		if len(acked) >= notes && !begun || refused == 1 && !begun {
			begun = true
			begin()
		}
		if refused == 300 {
			in.Close()
		}
	}
	in.Close()
	if err := cmd.Wait(); err != nil && strings.Contains(died.String(), "SIGBUS") {
		t.Logf("it died of the full disk while Badger wrote a table, see docs/decisions/disk.md; nothing may be lost by it")
	} else if err != nil {
		t.Errorf("%v: %.600s", err, died.String())
	}
	close(stop)
	if begun {
		<-filled
	}
	t.Logf("%d kept, %d refused", len(acked), refused)
	os.Remove(filler)
	if len(acked) == 0 {
		return
	}
	db := open(t, dir)
	for _, n := range acked {
		got, err := Find[assist.Note](context.Background(), db, longNote(n).ID)
		if err != nil || got.Text != longNote(n).Text {
			t.Fatalf("note %d is lost: %v", n, err)
		}
	}
	mustCheck(t, db)
	db.Close()
}
