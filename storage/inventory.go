package storage

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"ringside/storage/durable"
)

// inventory says what is known of the files of the picture. It stands beside them. As
// long as it is not closed, the last run did not end well, or goes on.
type inventory struct {
	Picture string // the name of its folder
	State   pictureState
	Files   []fileSum
}

type pictureState string

const (
	pictureOpen    pictureState = "open"    // Files are those that only grow, as they were at the start
	pictureClosed  pictureState = "closed"  // Files are all of them
	pictureDamaged pictureState = "damaged" // it must be made anew
)

const inventoryFile = "files.json"

// fileSum is a file of the picture: its length, the checksum of that much of it, and of
// its last part, where a table says what is in it. Only what is longer than oneRead has
// one of those.
type fileSum struct {
	Name string
	Size int64
	Sum  uint32
	Tail uint32 `json:",omitempty"`
}

const oneRead = 1 << 20

// tail is how much of the end of a table is surely enough for its index and the block
// before it, which are read when it is opened.
func (f fileSum) tail() int64 { return f.Size / 8 }

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// sumFile reads size bytes of a file, or all of it when size is negative.
func sumFile(path string, size int64) (s fileSum, err error) {
	f, err := os.Open(path)
	if err != nil {
		return s, err
	}
	defer f.Close()
	if size < 0 {
		info, err := f.Stat()
		if err != nil {
			return s, err
		}
		size = info.Size()
	}
	s = fileSum{Name: filepath.Base(path), Size: size}
	if s.Sum, err = sumPart(f, 0, size); err == nil && size > oneRead {
		s.Tail, err = sumPart(f, size-s.tail(), s.tail())
	}
	return s, err
}

var sumBuffers = sync.Pool{New: func() any { return new([256 << 10]byte) }}

// sumPart fails with errPicture when the file ends before.
func sumPart(f *os.File, from, size int64) (uint32, error) {
	h, buffer := crc32.New(castagnoli), sumBuffers.Get().(*[256 << 10]byte)
	defer sumBuffers.Put(buffer)
	n, err := io.CopyBuffer(struct{ io.Writer }{h}, io.NewSectionReader(f, from, size), buffer[:])
	if err == nil && n < size {
		err = fmt.Errorf("%w: %s is too short", errPicture, filepath.Base(f.Name()))
	}
	return h.Sum32(), err
}

func (db *DB) inventoryPath() string { return filepath.Join(db.pictureRoot(), inventoryFile) }

// readInventory returns what was noted of the current picture; nothing when it cannot be
// read or is of another one: whoever needs to know then looks at the picture itself.
func (db *DB) readInventory() (v inventory) {
	b, err := os.ReadFile(db.inventoryPath())
	if err != nil || json.Unmarshal(b, &v) != nil || v.Picture != db.name {
		return inventory{}
	}
	return v
}

func (db *DB) writeInventory(v inventory) error {
	v.Picture = db.name
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if err := durable.Write(db.inventoryPath(), append(b, '\n')); err != nil {
		return notWritable(db.opt.Dir, err)
	}
	return nil
}

// noteOpen notes that the picture is in use. Its list of tables and its keys only grow
// from now on.
func (db *DB) noteOpen() error {
	db.noting.Lock()
	defer db.noting.Unlock()
	if db.damaged != nil {
		return nil // and that stays noted
	}
	v := inventory{State: pictureOpen}
	for _, name := range []string{"MANIFEST", "KEYREGISTRY"} {
		s, err := sumFile(filepath.Join(db.pictureDir(), name), -1)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return fmt.Errorf("open store: %w", err)
		}
		v.Files = append(v.Files, s)
	}
	return db.writeInventory(v)
}

// noteClosed notes all files of a picture that was closed well. Tables never change:
// those that were there at the start are not read again.
func (db *DB) noteClosed() error {
	known := map[string]fileSum{}
	for _, s := range db.tables {
		known[s.Name] = s
	}
	entries, err := os.ReadDir(db.pictureDir())
	if err != nil {
		return err
	}
	v := inventory{State: pictureClosed}
	for _, e := range entries {
		if e.Name() == "LOCK" || !e.Type().IsRegular() {
			continue
		}
		s, ok := known[e.Name()]
		if info, err := e.Info(); !ok || err != nil || info.Size() != s.Size {
			if s, err = sumFile(filepath.Join(db.pictureDir(), e.Name()), -1); err != nil {
				return err
			}
		}
		v.Files = append(v.Files, s)
	}
	return db.writeInventory(v)
}

// patience is how long a start waits for the checksums of a picture that was closed
// well. What is left then is looked at beside; see docs/decisions/durable-start.md.
const patience = 25 * time.Millisecond

// check compares the files with what was noted, and returns those of which only sizes
// and ends were compared when its time was over. errPicture: they are not the same.
func (v inventory) check(dir string, patience time.Duration) (rest []unsummed, err error) {
	until := time.Now().Add(patience)
	defer func() {
		if err != nil {
			closeAll(rest)
			rest = nil
		}
	}()
	for _, s := range v.Files {
		f, err := os.Open(filepath.Join(dir, s.Name))
		if errors.Is(err, os.ErrNotExist) {
			return rest, fmt.Errorf("%w: %s is missing", errPicture, s.Name)
		}
		if err != nil {
			return rest, fmt.Errorf("open store: %w", err)
		}
		u := unsummed{s, f}
		more, err := u.checkFirst(v.State == pictureClosed)
		if more && err == nil {
			rest = append(rest, u)
			continue
		}
		f.Close()
		if err != nil {
			return rest, err
		}
	}
	return checkAll(rest, func() bool { return time.Now().Before(until) })
}

// unsummed is an open file whose whole checksum is still to be compared. It can be read
// even when Badger has deleted it meanwhile.
type unsummed struct {
	fileSum
	file *os.File
}

// checkFirst compares the size and the end, or all of a short file; more says that it is
// not a short one.
func (u unsummed) checkFirst(whole bool) (more bool, err error) {
	info, err := u.file.Stat()
	switch {
	case err != nil:
		return false, fmt.Errorf("%w: %w", errPicture, err)
	case info.Size() < u.Size, whole && info.Size() != u.Size:
		return false, fmt.Errorf("%w: %s has another size", errPicture, u.Name)
	case u.Size <= oneRead:
		return false, u.compare(0, u.Size, u.Sum)
	}
	return true, u.compare(u.Size-u.tail(), u.tail(), u.Tail)
}

func (u unsummed) compare(from, size int64, want uint32) error {
	got, err := sumPart(u.file, from, size)
	if err != nil {
		return fmt.Errorf("%w: %w", errPicture, err)
	}
	if got != want {
		return fmt.Errorf("%w: %s was altered", errPicture, u.Name)
	}
	return nil
}

// checkAll compares whole files, two at a time, as long as on says, closes what it has
// compared, and returns what is left.
func checkAll(list []unsummed, on func() bool) (left []unsummed, err error) {
	var mu sync.Mutex
	take := func() (u unsummed, ok bool) {
		mu.Lock()
		defer mu.Unlock()
		if len(list) == 0 || err != nil || !on() {
			return u, false
		}
		u, list = list[0], list[1:]
		return u, true
	}
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			for u, ok := take(); ok; u, ok = take() {
				wrong := u.compare(0, u.Size, u.Sum)
				u.file.Close()
				mu.Lock()
				err = errors.Join(err, wrong)
				mu.Unlock()
			}
		})
	}
	both.Wait()
	return list, err
}

func closeAll(list []unsummed) {
	for _, u := range list {
		u.file.Close()
	}
}

// isTable reports whether a file is one that Badger never changes.
func (f fileSum) isTable() bool { return strings.HasSuffix(f.Name, ".sst") }
