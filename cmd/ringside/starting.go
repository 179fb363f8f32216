package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"ringside/assist"
	"ringside/assist/phone"
	"ringside/storage"
)

// A start says that it is under way in a file of the data folder, since it has no door
// before its store is open: the next start waits for that door instead of opening a
// window of its own.

func startPath(dir string) string { return filepath.Join(dir, "starting") }

// startHere says that an app starts in this folder, and returns what takes that back.
func startHere(dir string) (done func(), err error) {
	if err := storage.Prepare(dir); err != nil {
		return nil, marked{err, errCannotOpen}
	}
	me := strconv.Itoa(os.Getpid())
	if err := os.WriteFile(startPath(dir), []byte(me), 0o600); err != nil {
		return nil, &assist.Fault{What: "the data folder cannot be written", Where: dir,
			Do: "Allow writing to it, or name another folder with --data.", Err: errors.Join(errCannotOpen, err)}
	}
	return func() {
		if b, err := os.ReadFile(startPath(dir)); err == nil && string(b) == me {
			os.Remove(startPath(dir))
		}
	}, nil
}

// starting reports whether another app has begun to start in this folder a short while
// ago, and still runs.
func starting(dir string, now time.Time) bool {
	info, err := os.Stat(startPath(dir))
	if err != nil || now.Sub(info.ModTime()) > turn {
		return false
	}
	b, err := os.ReadFile(startPath(dir))
	if err != nil {
		return false
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(b)))
	return err == nil && alive(pid)
}

func alive(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	defer p.Release()
	return runtime.GOOS == "windows" || !errors.Is(p.Signal(syscall.Signal(0)), os.ErrProcessDone)
}

// joinStarting hands a call over to an app that is starting, as soon as it has a door.
// assist.ErrNotFound: there is none, or it never opened one.
func joinStarting(ctx context.Context, dir string, call *phone.Ring, now func() time.Time) error {
	for starting(dir, now()) {
		if err := joinFirst(ctx, dir, call); !errors.Is(err, assist.ErrNotFound) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
	return joinFirst(ctx, dir, call)
}

// over reports whether a call needs no window: nobody is on the line any more.
func over(r *phone.Ring) bool {
	return r != nil && (r.Phase == phone.Ended || r.Phase == phone.Missed || r.Phase == phone.Elsewhere)
}
