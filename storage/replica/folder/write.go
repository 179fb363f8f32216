package folder

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path"
	"strconv"
	"strings"
	"time"

	"ringside/storage/replica"
)

// perDir is how many numbers of a member share a subfolder: at most as many files, and a
// million numbers are a thousand subfolders.
const perDir = 1000

// again is how old the newest copy of a packet must be before another one is made.
const again = time.Minute

// dirOf is the subfolder for a packet.
func dirOf(m replica.MemberID, from uint64) string {
	return "packets/" + safe(string(m)) + "/" + strconv.FormatUint(from/perDir, 10)
}

// safe is a name that every file system keeps as it is.
func safe(name string) string {
	if name != "" && len(name) <= 64 && strings.Trim(name, "abcdefghijklmnopqrstuvwxyz0123456789") == "" {
		return name
	}
	sum := sha256.Sum256([]byte(name))
	return "x-" + hex.EncodeToString(sum[:8])
}

// writer writes into a folder, and knows which of its subfolders have new names in them.
type writer struct {
	root    *os.Root
	by      string // whose unfinished files these are
	touched map[string]bool
}

func (w *writer) aside() string { return ".new-" + w.by }

// stale is how old an unfinished file is that nobody is writing any more.
const stale = time.Hour

// sweep deletes what an earlier run has not finished; what fails is tried again at the next
// start.
func (w *writer) sweep() {
	d, err := w.root.Open(w.aside())
	if err != nil {
		return
	}
	defer d.Close()
	left, _ := d.ReadDir(-1)
	for _, e := range left {
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > stale {
			_ = w.root.Remove(w.aside() + "/" + e.Name())
		}
	}
}

// mkdir makes a subfolder when it is not there, for whom the team's folder is for: what the
// umask of one user takes away would keep the others out of a share.
func (w *writer) mkdir(dir string) error {
	if info, err := w.root.Stat(dir); err == nil && info.IsDir() {
		return nil
	}
	up := path.Dir(dir)
	if up != dir {
		if err := w.mkdir(up); err != nil {
			return err
		}
	}
	if err := w.root.Mkdir(dir, 0o777); err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	_ = w.root.Chmod(dir, w.mode()) // many file systems have no such thing
	w.touched[up] = true
	return nil
}

func (w *writer) mode() os.FileMode {
	info, err := w.root.Stat(".")
	if err != nil {
		return 0o700
	}
	return info.Mode().Perm()
}

// file writes a file so that it is there whole or not at all, in place of one of that name.
func (w *writer) file(name string, b []byte, durable bool) (err error) {
	if err := errors.Join(w.mkdir(path.Dir(name)), w.mkdir(w.aside())); err != nil {
		return err
	}
	temp := w.aside() + "/" + rand.Text() + ".part"
	f, err := w.root.OpenFile(temp, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	_ = f.Chmod(w.mode() & 0o666)
	_, err = f.Write(b)
	if durable && err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = w.root.Rename(temp, name)
	}
	if err != nil {
		return errors.Join(err, w.root.Remove(temp))
	}
	if durable {
		w.touched[path.Dir(name)] = true
	}
	return nil
}

// group returns how many of the first packets go into one file, and their subfolder. Making
// a file durable takes long, and a sync program carries few files faster than many.
func group(packets []replica.Packet) (n int, dir string) {
	dir = dirOf(packets[0].Member, packets[0].From)
	for size := 0; n < len(packets); n++ {
		p := packets[n]
		size += len(p.Sealed)
		if n > 0 && (size > smallFile || p.Again != packets[0].Again || p.Member != packets[0].Member || dirOf(p.Member, p.From) != dir) {
			break
		}
	}
	return n, dir
}

// packets writes them into one file, unless there is such a file.
func (w *writer) packets(dir string, packets []replica.Packet) error {
	frames := make([]frame, len(packets))
	for i, p := range packets {
		frames[i] = packetFrame(kindPacket, p)
		if err := frames[i].check(); err != nil {
			return err
		}
	}
	b, base := encode(frames), dir+"/"+bundleName(frames)
	for copies := 0; ; copies++ {
		name := base + ".pkt"
		if copies > 0 {
			name = fmt.Sprintf("%s-%d.pkt", base, copies)
		}
		there, err := same(w.root, name, b)
		switch {
		case !there && (err == nil || errors.Is(err, os.ErrNotExist)):
			return w.file(name, b, true)
		case err != nil:
			return err
		case !packets[0].Again || copies > 0 && w.young(name):
			w.touched[dir] = true // whoever wrote it may have stopped before this
			return nil
		}
	}
}

func (w *writer) young(name string) bool {
	info, err := w.root.Stat(name)
	return err == nil && time.Since(info.ModTime()).Abs() < again
}

// forget deletes packets that lie in a subfolder.
func (w *writer) forget(dir string, packets []replica.Packet) error {
	gone := map[span]map[uint32]bool{}
	var word []frame
	for _, p := range packets {
		f := packetFrame(kindGone, replica.Packet{Member: p.Member, From: p.From, Count: p.Count, Edition: p.Edition})
		if gone[f.span()] == nil {
			gone[f.span()] = map[uint32]bool{}
		}
		gone[f.span()][f.edition] = true
		word = append(word, f)
	}
	hit := func(f frame) bool {
		return f.kind == kindPacket && f.name == word[0].name && gone[f.span()][f.edition]
	}
	entries, err := list(w.root, dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := w.bundle(dir, word); err != nil { // first, so that nobody misses them
		return err
	}
	for _, e := range entries {
		if err := w.drop(dir+"/"+e.name, hit); err != nil {
			return err
		}
	}
	return nil
}

// drop takes frames out of a file, and deletes it when none is left.
func (w *writer) drop(name string, hit func(frame) bool) error {
	frames, _, err := readFile(w.root, name)
	if err != nil {
		if errors.Is(err, errForeign) || errors.Is(err, os.ErrNotExist) {
			return nil
		}
		return err
	}
	var rest []frame
	for _, f := range frames {
		if !hit(f) {
			rest = append(rest, f)
		}
	}
	switch len(rest) {
	case len(frames):
		return nil
	case 0:
	default:
		if err := w.bundle(path.Dir(name), rest); err != nil {
			return err
		}
	}
	w.touched[path.Dir(name)] = true
	return w.root.Remove(name)
}

// bundle writes frames into one file of a subfolder.
func (w *writer) bundle(dir string, frames []frame) error {
	return w.file(dir+"/"+bundleName(frames)+".pkt", encode(frames), true)
}

// bundleName names a file by the numbers in it, for people, and by what it holds.
func bundleName(frames []frame) string {
	h, s := sha256.New(), frames[0].span()
	for _, f := range frames {
		sum := checksum(f.kind, f.encode(nil)[headSize:])
		h.Write(sum[:])
		s.From, s.To = min(s.From, f.from), max(s.To, f.from+f.count)
	}
	return fmt.Sprintf("%d-%d-%x", s.From, s.To-s.From, h.Sum(nil)[:6])
}

// sync makes the names of what was written as durable as what is in it.
func (w *writer) sync() error {
	for dir := range w.touched {
		if err := syncDir(w.root, dir); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	clear(w.touched)
	return nil
}
