// Package folder carries the packets of a team in a folder: of a network share, of
// Nextcloud or Syncthing, of a stick that goes from one machine to another. A file holds
// one sealed packet or several, each with its length and checksum, and counts by what is in
// it: its name, its time and the order in which files come mean nothing. So what a sync
// program copies late, halves, doubles or renames is either read as what it is or looked at
// again later. docs/decisions/folder.md has the layout.
package folder

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"ringside/assist"
	"ringside/storage/replica"
)

// ErrAway says that the folder is not there, or is not one that was prepared for a team:
// a stick that is not plugged in leaves an empty folder behind on some systems.
var ErrAway = errors.New("the team's folder is away")

// How long a listener waits between two looks while things come, and at most while none do.
const (
	busyPause = time.Second
	idlePause = 30 * time.Second
)

// Folder is a replica.Transport and a replica.Meeting over a folder. It keeps no file open
// between two of its doings, so that a stick can be taken out. One Listen runs at a time.
type Folder struct {
	dir        string
	self       replica.MemberID
	busy, idle time.Duration

	write sync.Mutex // who writes
	swept string     // the folder in which our left-over files have been deleted

	wake chan struct{} // somebody here has written: answers may come soon
	done chan struct{}
	end  sync.Once

	said map[string]saidFile // what has been heard; by Listen alone
}

// Prepare makes dir a team's folder, unless it is one. Nothing else does: what is not
// marked as a team's folder is never written to.
func Prepare(dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fault(dir, err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fault(dir, err)
	}
	defer root.Close()
	if id, err := mark(root); err != nil || id != "" {
		return fault(dir, err)
	}
	var id [8]byte
	rand.Read(id[:])
	name := hex.EncodeToString(id[:])
	w := writer{root: root, by: "prepare", touched: map[string]bool{".": true}}
	err = w.file("team-"+name+".id", frame{kind: kindMark, name: name}.encode(nil), true)
	_ = root.Remove(w.aside()) // an empty folder that stays behind is in nobody's way
	return fault(dir, errors.Join(err, w.sync()))
}

// Open returns the carrier over a folder that was or will be prepared; it need not be there
// yet.
func Open(dir string, self replica.MemberID) *Folder {
	return &Folder{dir: dir, self: self, busy: busyPause, idle: idlePause,
		wake: make(chan struct{}, 1), done: make(chan struct{}), said: map[string]saidFile{}}
}

// Close ends Listen; nothing is written any more.
func (f *Folder) Close() error {
	f.end.Do(func() { close(f.done) })
	return nil
}

func (f *Folder) closed() bool {
	select {
	case <-f.done:
		return true
	default:
		return false
	}
}

// Publish writes the packets into files, those that are neighbours into one. A file that is
// there already is not written again, but for Again: that one gets another name, so that
// everybody reads it once more, unless somebody else has just done that.
func (f *Folder) Publish(ctx context.Context, packets []replica.Packet) (durable int, err error) {
	syncErr := f.writing(func(w *writer) error {
		for durable < len(packets) {
			n, dir := group(packets[durable:])
			if err = ctx.Err(); err == nil {
				err = w.packets(dir, packets[durable:durable+n])
			}
			if err != nil {
				break
			}
			durable += n
		}
		return w.sync()
	})
	if syncErr != nil {
		return 0, syncErr
	}
	return durable, fault(f.dir, err)
}

// saidKept is how many messages of a member lie in the folder, so that one that is said
// soon after another does not take its place before anybody looked.
const saidKept, saidSize = 8, 256 << 10

// Say puts a message behind the last few of this member, in a file that who listens reads.
func (f *Folder) Say(ctx context.Context, sealed []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return f.writing(func(w *writer) error {
		name := "said/" + safe(string(f.self)) + ".pkt"
		old, _, _ := readFile(w.root, name)
		old = slices.DeleteFunc(old, func(o frame) bool { return o.kind != kindSaid || o.name != string(f.self) })
		all := append(old, frame{kind: kindSaid, name: string(f.self), sealed: sealed})
		size, first := 0, len(all)
		for first > 0 && len(all)-first < saidKept && (first == len(all) || size+len(all[first-1].sealed) <= saidSize) {
			first--
			size += len(all[first].sealed)
		}
		return w.file(name, encode(all[first:]), false)
	})
}

// Forget deletes the files that hold the packets, copies too, and leaves word that they are
// gone for a reason. A sync program may keep what it deleted, still sealed, in a bin of its own.
func (f *Folder) Forget(ctx context.Context, packets []replica.Packet) error {
	byDir := map[string][]replica.Packet{}
	for _, p := range packets {
		dir := dirOf(p.Member, p.From)
		byDir[dir] = append(byDir[dir], p)
	}
	return f.writing(func(w *writer) error {
		for dir, gone := range byDir {
			if err := errors.Join(ctx.Err(), w.forget(dir, gone)); err != nil {
				return err
			}
		}
		return w.sync()
	})
}

// writing opens the folder, lets work write in it, and makes sure afterwards that it is
// still the same one.
func (f *Folder) writing(work func(*writer) error) error {
	f.write.Lock()
	defer f.write.Unlock()
	root, id, err := f.open()
	if err != nil {
		return err
	}
	defer root.Close()
	w := &writer{root: root, by: safe(string(f.self)), touched: map[string]bool{}}
	if f.swept != id {
		w.sweep()
		f.swept = id
	}
	if err := work(w); err != nil {
		return fault(f.dir, err)
	}
	if err := f.still(id); err != nil {
		return err
	}
	select {
	case f.wake <- struct{}{}:
	default:
	}
	return nil
}

// open returns the folder and its id.
func (f *Folder) open() (*os.Root, string, error) {
	if f.closed() {
		return nil, "", os.ErrClosed
	}
	root, err := os.OpenRoot(f.dir)
	if err != nil {
		return nil, "", fault(f.dir, err)
	}
	id, err := mark(root)
	if err == nil && id == "" {
		err = away(f.dir, nil)
	}
	if err != nil {
		root.Close()
		return nil, "", fault(f.dir, err)
	}
	return root, id, nil
}

// still fails when another folder, or none, lies where that one was.
func (f *Folder) still(id string) error {
	root, now, err := f.open()
	if err != nil {
		return err
	}
	root.Close()
	if now != id {
		return away(f.dir, nil)
	}
	return nil
}

// mark returns the id of a folder, empty when it has none. When two were made before a sync
// program brought them together it is the smaller one, on every machine.
func mark(root *os.Root) (string, error) {
	entries, err := list(root, ".")
	if err != nil {
		return "", err
	}
	id := ""
	for _, e := range entries {
		if !strings.HasPrefix(strings.ToLower(e.name), "team-") {
			continue
		}
		frames, _, _ := readFile(root, e.name)
		for _, m := range frames {
			if m.kind == kindMark && (id == "" || m.name < id) {
				id = m.name
			}
		}
	}
	return id, nil
}

// fault says what an error of the system means for the team's folder.
func fault(dir string, err error) error {
	var known *assist.Fault
	switch {
	case err == nil, errors.As(err, &known), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrClosed):
		return err
	case full(err):
		return &assist.Fault{What: "the disk of the team's folder is full", Where: dir,
			Do: "Free some space on it; what was written here is kept and goes out then.", Err: errors.Join(assist.ErrDiskFull, err)}
	case readOnly(err):
		return &assist.Fault{What: "the team's folder cannot be written or opened", Where: dir,
			Do: "Allow it for you; what was written here is kept and goes out then.", Err: errors.Join(assist.ErrReadOnly, err)}
	}
	return away(dir, err)
}

func away(dir string, err error) error {
	return &assist.Fault{What: "the team's folder is not there", Where: dir,
		Do: "Plug in the stick, or connect the share; it goes on by itself.", Err: errors.Join(ErrAway, err)}
}

// same reports whether a file holds exactly these bytes.
func same(root *os.Root, name string, b []byte) (bool, error) {
	f, err := root.Open(name)
	if err != nil {
		return false, err
	}
	defer f.Close()
	got, err := io.ReadAll(io.LimitReader(f, int64(len(b))+1))
	return err == nil && bytes.Equal(got, b), nil
}
