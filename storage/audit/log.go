// Package audit keeps the log of who did what: imports, exports, erasures, merges, and
// changes of keys and roles. It is one file beside the store, to which lines are only ever
// added. Each is sealed, synced, counted, and holds the hash of the one before; how far
// the log goes is kept elsewhere, too. So a line that was altered, taken out or moved is
// told, and an end that was cut off. The log is of this machine and never leaves it.
//
// It tells what somebody without the store's key did to the file. Who has the key can
// write another log.
package audit

import (
	"bytes"
	"context"
	"crypto/cipher"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"ringside/assist"
	"ringside/storage/durable"
)

// FileName is the log's name in the data folder.
const FileName = "audit.log"

// Kind is what an entry is about.
type Kind string

// The kinds.
const (
	Import  Kind = "import"
	Export  Kind = "export"
	Erasure Kind = "erasure"
	Merge   Kind = "merge" // and taking one back
	Key     Kind = "key"
	Role    Kind = "role"
	Setting Kind = "setting"
	Backup  Kind = "backup"
	Restore Kind = "restore"
	Team    Kind = "team" // founding, joining and leaving it, and removing a desk
)

// Kinds lists every kind.
func Kinds() []Kind {
	return []Kind{Import, Export, Erasure, Merge, Key, Role, Setting, Backup, Restore, Team}
}

// Entry is one thing that somebody did. What is said in words that name no customer: a
// customer is told by Of, their id.
type Entry struct {
	N     uint64    `json:"n"` // counts from 1; Add gives it
	At    time.Time `json:"at"`
	Rep   assist.ID `json:"rep,omitempty"`  // who sat there; empty when nobody had said so
	Name  string    `json:"name,omitempty"` // and how they were called then
	Kind  Kind      `json:"kind"`
	What  string    `json:"what"`
	Of    assist.ID `json:"of,omitempty"`
	Count int       `json:"count,omitempty"` // of what What names
}

// Mark says how far the log goes. The zero Mark is that of an empty one.
type Mark struct {
	Count uint64 `json:"count,omitempty"` // N of the last entry
	Hash  string `json:"hash,omitempty"`  // of its line
}

// Keeper keeps the mark apart from the log; storage.DB does.
type Keeper interface {
	AuditMark(context.Context) (Mark, error)
	KeepAuditMark(context.Context, Mark) error
}

// Log is the log of one data folder. Its methods may be called from any goroutine of the
// one process that has the store open.
type Log struct {
	path  string
	seal  cipher.AEAD
	marks Keeper
	mu    sync.Mutex
}

// Open returns the log of the data folder dir, whose store has this key. It makes no
// file; the first Add does.
func Open(dir string, key [32]byte, marks Keeper) (*Log, error) {
	seal, err := sealer(key)
	if err != nil {
		return nil, fmt.Errorf("open the log of who did what: %w", err)
	}
	return &Log{path: filepath.Join(dir, FileName), seal: seal, marks: marks}, nil
}

// Add writes an entry behind all others and returns when it is durable. What a crash left
// of an entry that nobody was told is written goes first. Where entries are missing, the
// new one goes on counting behind them, so that the gap stays to be seen.
func (l *Log) Add(ctx context.Context, e Entry) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	mark, err := l.marks.AuditMark(ctx)
	if err != nil {
		return fmt.Errorf("read how far the log of who did what goes: %w", err)
	}
	b, err := l.read()
	if err != nil {
		return err
	}
	last, size, torn := l.end(b), int64(bytes.LastIndexByte(b, '\n')+1), false
	if last.Count < mark.Count {
		last, size, torn = mark, int64(len(b)), size < int64(len(b))
	}
	e.N = last.Count + 1
	line, err := sealLine(l.seal, last.Hash, e)
	if err != nil {
		return fmt.Errorf("seal the log of who did what: %w", err)
	}
	text := append(bytes.Clone(line), '\n')
	if torn {
		text = append([]byte{'\n'}, text...)
	}
	if err := l.append(size, text); err != nil {
		return l.fault("the log of who did what cannot be written", err)
	}
	return l.marks.KeepAuditMark(ctx, Mark{e.N, hashOf(line)})
}

// append puts text at a place, cuts off what was behind it, and syncs.
func (l *Log) append(at int64, text []byte) error {
	f, err := os.OpenFile(l.path, os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err = f.Truncate(at); err == nil {
		_, err = f.WriteAt(text, at)
	}
	if err == nil {
		err = f.Sync()
	}
	if err != nil {
		_ = f.Truncate(at) // or it stands there unacknowledged, which harms nobody
	}
	if err = errors.Join(err, f.Close()); err == nil && at == 0 {
		err = durable.SyncDir(filepath.Dir(l.path))
	}
	return err
}

// Entries returns what is wanted, the newest first: most of them behind the first skip.
// What cannot be read is left out; Verify tells of it. want may be nil.
func (l *Log) Entries(want func(Entry) bool, skip, most int) (out []Entry, err error) {
	l.mu.Lock()
	b, err := l.read()
	l.mu.Unlock()
	if err != nil {
		return nil, err
	}
	for _, line := range slices.Backward(lines(b)) {
		e, _, ok := openLine(l.seal, line)
		if !ok || want != nil && !want(e) {
			continue
		}
		if skip--; skip >= 0 {
			continue
		}
		if len(out) == most {
			break
		}
		out = append(out, e)
	}
	return out, nil
}

// read returns the whole file; nothing when there is none.
func (l *Log) read() ([]byte, error) {
	b, err := os.ReadFile(l.path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, l.fault("the log of who did what cannot be read", err)
	}
	return b, nil
}

// lines returns the whole lines. What stands behind the last newline is none.
func lines(b []byte) [][]byte {
	all := bytes.Split(b, []byte{'\n'})
	return all[:len(all)-1]
}

// end returns the mark of the last line that can be read.
func (l *Log) end(b []byte) Mark {
	for _, line := range slices.Backward(lines(b)) {
		if e, _, ok := openLine(l.seal, line); ok {
			return Mark{e.N, hashOf(line)}
		}
	}
	return Mark{}
}

func (l *Log) fault(what string, err error) error {
	return &assist.Fault{What: what, Where: l.path, Do: "Look at the disk, and whether the file may be read and written.", Err: err}
}
