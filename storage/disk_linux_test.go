package storage

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"ringside/assist"
)

// takeAllBut leaves so many bytes of a disk.
func takeAllBut(t *testing.T, disk string, left uint64) {
	t.Helper()
	path := filepath.Join(disk, "filler")
	os.Remove(path)
	free, _, err := diskSpace(disk)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, make([]byte, free-left), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestBallastIsGivenUpForTheLastNotesAndMadeAgain(t *testing.T) {
	ctx, disk := context.Background(), smallDisk(t, 400)
	db := open(t, filepath.Join(disk, "data"))
	ballast := filepath.Join(disk, "data", "ballast")
	kept := func() (bytes int64) {
		info, err := os.Stat(ballast)
		if err != nil {
			return 0
		}
		return info.Sys().(*syscall.Stat_t).Blocks * 512 // what it takes, not how long it is
	}
	see := func(when string, level Level, bytes int64) {
		t.Helper()
		if got := db.Room(ctx); got.Level != level || kept() != bytes {
			t.Fatalf("%s: %+v with %d bytes of ballast", when, got, kept())
		}
	}
	see("plenty of room", Plenty, 50<<20)
	takeAllBut(t, disk, 100<<20)
	see("little room", Little, 50<<20)
	takeAllBut(t, disk, minFree-10<<20)
	see("too little room, but for the ballast", Spent, 0)
	save(t, db, mary())
	takeAllBut(t, disk, 20<<20)
	see("too little room", Full, 0)
	if got, err := db.Standing(ctx, mary().ID); err != nil || got.Name != mary().Name {
		t.Errorf("a full disk cannot be read: %v %v", got, err)
	}
	takeAllBut(t, disk, 100<<20)
	see("room again, but not for ballast", Spent, 0)
	save(t, db, acme())
	takeAllBut(t, disk, 200<<20)
	see("plenty again", Plenty, 50<<20)
}

func TestAWriteGivesUpTheBallastByItself(t *testing.T) {
	ctx, disk := context.Background(), smallDisk(t, 400)
	db := open(t, filepath.Join(disk, "data"))
	db.Room(ctx)
	takeAllBut(t, disk, minFree-10<<20)
	save(t, db, mary())
	if _, err := os.Stat(ballastPath(db.opt.Dir)); !os.IsNotExist(err) {
		t.Errorf("the ballast is still there: %v", err)
	}
}

func TestBallastThatCannotBeFinishedIsNotLeftBehind(t *testing.T) {
	path := filepath.Join(smallDisk(t, 1), "ballast")
	if err := makeBallast(t.Context(), path, 2<<20); err == nil {
		t.Error("two megabytes on a disk of one")
	}
	over, stop := context.WithCancel(context.Background())
	stop()
	if err := makeBallast(over, path, 1<<10); err == nil {
		t.Error("made though nobody wants it any more")
	}
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("left behind: %v", err)
	}
}

func TestThePictureTakesItsRoomAtOnce(t *testing.T) {
	db := open(t, t.TempDir())
	for _, pattern := range []string{"*.mem", "*.vlog", "DISCARD"} {
		files, err := filepath.Glob(filepath.Join(db.pictureDir(), pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v %v", pattern, files, err)
		}
		for _, file := range files {
			info, err := os.Stat(file)
			if err != nil {
				t.Fatal(err)
			}
			if taken := info.Sys().(*syscall.Stat_t).Blocks * 512; taken < info.Size() {
				t.Errorf("%s takes %d of %d bytes: on a full disk writing the rest ends the program", file, taken, info.Size())
			}
		}
	}
}

func TestSharesAreRecognised(t *testing.T) {
	const mounts = `22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
23 22 0:5 / /proc rw - proc proc rw
40 22 0:40 / /home/jo/work\040files rw,relatime shared:5 - cifs //server/work rw
41 22 0:41 / /mnt/nas rw shared:6 - nfs4 nas:/x rw
42 22 0:42 / /home/jo/far rw - fuse.sshfs jo@far: rw
43 22 0:43 / /home/jo/stick rw - fuseblk /dev/sdb1 rw
`
	for dir, want := range map[string]string{"/": "", "/home/jo": "", "/home/jo/work files/ringside": "SMB", "/mnt/nas": "NFS",
		"/mnt/nasty": "", "/home/jo/far/x": "SSH", "/home/jo/stick": ""} {
		if got := remoteKinds[mountedAs(dir, mounts)]; got != want {
			t.Errorf("%s: %q, want %q", dir, got, want)
		}
	}
	if kind := share(t.TempDir()); kind != "" {
		t.Errorf("this disk is said to be %s", kind)
	}
}

func TestAStartOnADiskWithNotAByteLeftTakesTheBallast(t *testing.T) {
	ctx, disk := context.Background(), smallDisk(t, 520)
	db := open(t, filepath.Join(disk, "data"))
	save(t, db, mary())
	db.Room(ctx)
	db.Close()
	takeAllBut(t, disk, 0)
	db = open(t, db.opt.Dir)
	if got, err := db.Standing(ctx, mary().ID); err != nil || got.Name != mary().Name {
		t.Errorf("%v %v", got, err)
	}
	db.Close()
	takeAllBut(t, disk, 0)
	var f *assist.Fault
	if _, err := Open(ctx, Options{Dir: db.opt.Dir, Key: testKey}); !errors.Is(err, assist.ErrDiskFull) || !errors.As(err, &f) {
		t.Errorf("without ballast: %v", err)
	}
	db.Close()
}
