package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"

	"ringside/assist"
)

// cuts cuts the power under ext4 and xfs in turn.
func (b *durableBench) cuts() ([]figure, error) {
	return b.cutAll("powercut", b.self, b.times(30, 500), "ext4", "xfs")
}

// noMsync cuts the power where memory maps are never synced.
func (b *durableBench) noMsync() ([]figure, error) {
	if b.cmd.NoMsync == "" {
		return []figure{{Name: "nomsync_cycles", Skipped: "no program was named with --no-msync"}}, nil
	}
	return b.cutAll("nomsync", b.path(b.cmd.NoMsync), b.times(15, 200), "ext4")
}

func (b *durableBench) cutAll(name, program string, cycles int, systems ...string) ([]figure, error) {
	if os.Getuid() != 0 {
		return []figure{{Name: name + "_cycles", Skipped: "a disk of its own needs root"}}, nil
	}
	sum := &sufferer{durableBench: b}
	var suffered []string
	for _, kind := range systems {
		if _, err := exec.LookPath("mkfs." + kind); err != nil {
			suffered = append(suffered, "no mkfs."+kind+" here")
			continue
		}
		s, err := b.cutOne(kind, program, cycles)
		if errors.Is(err, errNoDisk) {
			return []figure{{Name: name + "_cycles", Skipped: oneLine(err.Error())}}, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", kind, err)
		}
		suffered = append(suffered, fmt.Sprintf("%d on %s", cycles, kind))
		sum.next, sum.lost, sum.told = sum.next+s.next, sum.lost+s.lost, append(sum.told, s.told...)
	}
	f := sum.figures(name, cycles)
	f[0].Note += "; " + strings.Join(suffered, ", ")
	return f, nil
}

// cutOne cuts the power under one file system again and again, the store growing.
func (b *durableBench) cutOne(kind, program string, cycles int) (*sufferer, error) {
	d := diskFile{file: filepath.Join(b.tmp, kind+".img"), at: filepath.Join(b.tmp, kind)}
	if err := d.try(kind); err != nil {
		return nil, fmt.Errorf("%w: %w", errNoDisk, err)
	}
	s := &sufferer{durableBench: b, program: program, dir: filepath.Join(d.at, "data")}
	for range cycles {
		if err := d.mount(); err != nil {
			return nil, err
		}
		err := s.write(b.between(100*time.Millisecond, 900*time.Millisecond), func(cmd *exec.Cmd) error { return d.cut(cmd.Process) })
		if err = errors.Join(err, d.unmount()); err != nil {
			return nil, err
		}
		if err := d.mount(); err != nil {
			return nil, err
		}
		if err := errors.Join(s.read(), d.unmount()); err != nil {
			return nil, err
		}
	}
	return s, os.Remove(d.file)
}

// errNoDisk: this machine lets nobody mount a disk of their own.
var errNoDisk = errors.New("a disk of its own cannot be made here")

// try makes the disk and mounts it once.
func (d diskFile) try(kind string) error {
	if err := d.make(kind); err != nil {
		return err
	}
	if err := d.mount(); err != nil {
		return err
	}
	return d.unmount()
}

// diskFile is a disk in a file, mounted at a folder.
type diskFile struct{ file, at string }

func (d diskFile) make(kind string) error {
	if err := os.MkdirAll(d.at, 0o700); err != nil {
		return err
	}
	f, err := os.Create(d.file)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Truncate(1<<30), f.Close()); err != nil {
		return err
	}
	return shell("mkfs."+kind, "-q", d.file)
}

func (d diskFile) mount() error { return shell("mount", "-o", "loop", d.file, d.at) }

// unmount waits for what still looks at the disk.
func (d diskFile) unmount() (err error) {
	for range 50 {
		if err = shell("umount", d.at); err == nil {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return err
}

func shell(name string, words ...string) error {
	if out, err := exec.Command(name, words...).CombinedOutput(); err != nil {
		return &assist.Fault{What: name + " failed: " + oneLine(string(out)), Where: strings.Join(words, " "), Err: err}
	}
	return nil
}

// What FS_IOC_SHUTDOWN is, and how it leaves out what the file system has not written yet:
// include/uapi/linux/fs.h and fs/ext4, fs/xfs of Linux.
const (
	shutdown       = 0x8004587d
	withoutFlushed = 2
)

// cut stops who writes, so that no acknowledgement comes behind the cut, takes the power
// from the disk, and kills.
func (d diskFile) cut(writer *os.Process) error {
	if err := writer.Signal(unix.SIGSTOP); err != nil {
		return gone(err)
	}
	for range 100 {
		if stopped(writer.Pid) {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	f, err := os.Open(d.at)
	if err != nil {
		return err
	}
	flags := uint32(withoutFlushed)
	_, _, failed := unix.Syscall(unix.SYS_IOCTL, f.Fd(), shutdown, uintptr(unsafe.Pointer(&flags)))
	err = f.Close()
	if failed != 0 {
		err = errors.Join(fmt.Errorf("shut the disk down: %w", failed), err)
	}
	return errors.Join(err, gone(writer.Kill()))
}

// stopped reports whether every thread of a process stands still.
func stopped(pid int) bool {
	threads, _ := filepath.Glob(filepath.Join("/proc", strconv.Itoa(pid), "task", "*", "stat"))
	for _, name := range threads {
		b, err := os.ReadFile(name)
		_, state, _ := strings.Cut(string(b), ") ")
		if err == nil && !strings.HasPrefix(state, "T") {
			return false
		}
	}
	return true
}

// full fills small disks to the last byte while notes are written.
func (b *durableBench) full() ([]figure, error) {
	if os.Getuid() != 0 {
		return []figure{{Name: "diskfull_lost", Skipped: "a disk of its own needs root"}}, nil
	}
	lost, died := 0, 0
	var told []string
	for _, size := range []int{24, 64, 200} {
		s, ended, err := b.fullOne(size)
		if errors.Is(err, errNoDisk) {
			return []figure{{Name: "diskfull_lost", Skipped: oneLine(err.Error())}}, nil
		}
		if err != nil {
			return nil, err
		}
		lost += s.lost
		if ended != "" {
			died++
		}
		told = append(told, fmt.Sprintf("%d MB: %d notes were acknowledged %s%s", size, s.next, ended, strings.Join(s.told, "; ")))
	}
	return []figure{
		{Name: "diskfull_lost", Value: float64(lost), Note: "must be 0. " + strings.Join(told, "; ")},
		{Name: "diskfull_died", Value: float64(died), Note: "who wrote was ended by the full disk: must be 0"},
	}, nil
}

// fullOne fills one disk, frees it, and looks. ended says how who wrote died, if they did.
func (b *durableBench) fullOne(mb int) (s *sufferer, ended string, err error) {
	at := filepath.Join(b.tmp, fmt.Sprint("full", mb))
	if err := os.MkdirAll(at, 0o700); err != nil {
		return nil, "", err
	}
	if err := shell("mount", "-t", "tmpfs", "-o", fmt.Sprintf("size=%dm", mb), "ringside-bench", at); err != nil {
		return nil, "", fmt.Errorf("%w: %w", errNoDisk, err)
	}
	defer func() { err = errors.Join(err, diskFile{at: at}.unmount()) }()
	s = &sufferer{durableBench: b, program: b.self, dir: filepath.Join(at, "data")}
	ballast := filepath.Join(at, "filler")
	err = s.write(time.Second, func(cmd *exec.Cmd) error {
		fill(ballast)
		time.Sleep(2 * time.Second)
		err := os.Remove(ballast)
		time.Sleep(500 * time.Millisecond)
		return errors.Join(err, s.leave(cmd))
	})
	if err != nil {
		return s, "", err
	}
	ended = s.ended
	if s.next == 0 { // too small for a store: said, and nothing else
		if f := s.look(); f.code != exitStore {
			ended = "and the start ended with " + fmt.Sprint(f.code) + ": " + f.said
		}
		return s, ended, nil
	}
	return s, ended, s.read()
}

// fill writes until the disk holds not one byte more.
func fill(name string) {
	f, err := os.Create(name)
	if err != nil {
		return
	}
	defer f.Close()
	for size := 1 << 20; size > 0; {
		if _, err := f.Write(make([]byte, size)); err != nil {
			size /= 2
		}
	}
}
