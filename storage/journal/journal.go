// Package journal keeps packs of bytes in sealed segment files. It is the truth
// of the store: what Append has acknowledged is on the disk, in order, and can
// be read back from any position.
//
// A segment is a header and then records. Every record is encrypted and bound
// to its segment and its number, so that no record can be altered, moved or
// swapped unseen. What a crash leaves behind the last whole record does not count
// and is put aside before the first record is added; anything else that is not as
// written is reported as assist.ErrDamaged. To open a journal changes nothing in it.
package journal

import (
	"crypto/cipher"
	"errors"
	"fmt"
	"os"
	"sync"

	"ringside/assist"
)

// Version is the format that this program writes, and the newest that it reads.
const Version = 1

const (
	defaultSegment = 8 << 20
	maxRecord      = 64 << 20
)

// Options say where the journal is and whose it is.
type Options struct {
	Dir   string
	Key   [32]byte // the store's key; the journal derives its own from it
	Store [16]byte // written into a new journal; an old one tells its own
	// Device names the machine that writes; 8 random bytes.
	Device [8]byte
	// SegmentSize is the size at which a new segment is begun; 0 means 8 MB.
	SegmentSize int64
	// Create opens a file for writing; nil means the real one. Tests put faulty
	// files here.
	Create func(path string) (File, error)
}

// File is what the journal needs of a file that it writes.
type File interface {
	Write([]byte) (int, error)
	Sync() error
	Close() error
}

// Position is a place between two records. The zero Position is the beginning.
type Position struct {
	Segment uint32
	Offset  int64
	Seq     uint64 // the number of the last record before this place; the first record has 1
}

// Journal is an open journal. Its methods may be called from any goroutine.
type Journal struct {
	opt  Options
	seal cipher.AEAD

	mu       sync.Mutex
	segments []segment // all of them, the oldest first
	file     File      // the last segment; nil when a new one must be begun
	end      Position  // behind the last durable record
	store    [16]byte
	device   [8]byte
	torn     int64
	uncut    bool  // the torn bytes are still in the segment
	altered  error // what Altered returns
	closed   bool

	swap sync.RWMutex // held for reading while a file is read, for writing while one is replaced
}

// Open opens the journal in opt.Dir, which must exist, and makes it when there is
// none. It fails with assist.ErrWrongKey, assist.ErrNewer or assist.ErrDamaged.
func Open(opt Options) (*Journal, error) {
	if opt.SegmentSize == 0 {
		opt.SegmentSize = defaultSegment
	}
	if opt.Create == nil {
		opt.Create = openFile
	}
	seal, err := sealer(opt.Key)
	if err != nil {
		return nil, fmt.Errorf("journal key: %w", err)
	}
	j := &Journal{opt: opt, seal: seal, store: opt.Store, device: opt.Device}
	if err := j.load(); err != nil {
		return nil, err
	}
	return j, nil
}

func openFile(path string) (File, error) {
	return os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
}

// Store returns the id of the store that the journal belongs to.
func (j *Journal) Store() [16]byte { return j.store }

// Device returns the machine that writes this journal.
func (j *Journal) Device() [8]byte { return j.device }

// End returns the place behind the last record.
func (j *Journal) End() Position {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.end
}

// Since returns how many bytes the journal has behind a place.
func (j *Journal) Since(from Position) (size int64) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, s := range j.segments {
		if s.number >= from.Segment {
			size += s.size
		}
		if s.number == from.Segment {
			size -= from.Offset
		}
	}
	return size
}

// Torn returns how many bytes were behind the last whole record when the journal was
// opened: what a crash left of a write that nobody was told is done. The first Append
// puts them aside.
func (j *Journal) Torn() int64 { return j.torn }

// Altered says where a record that is not as written stands behind the last whole
// one. It is nil when the journal ends there or within a record. A crash can leave
// such a record too: only who knows that the journal went on can call it damage.
func (j *Journal) Altered() error { return j.altered }

// Append writes the payloads as one record each, in one write with one sync, and
// returns the place behind the last. When it fails nothing of them counts as
// written, whatever reached the disk, and the next Append begins a new segment.
func (j *Journal) Append(payloads ...[]byte) (Position, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.closed {
		return j.end, fmt.Errorf("append to journal: %w", os.ErrClosed)
	}
	if err := j.ready(); err != nil {
		return j.end, err
	}
	buf, err := j.sealAll(payloads)
	if err != nil {
		return j.end, err
	}
	if err := writeSync(j.file, buf); err != nil {
		// A failed sync may have dropped the bytes from memory: the segment is
		// never trusted beyond this place again.
		j.file.Close()
		j.file = nil
		// Best tried at once: should the program end before the next segment says
		// how much of this one counts, the refused records would be read again.
		_ = os.Truncate(j.current().path, j.end.Offset)
		return j.end, fault("the journal could not be written", j.current().path, err)
	}
	j.end.Offset += int64(len(buf))
	j.end.Seq += uint64(len(payloads))
	j.current().size = j.end.Offset
	return j.end, nil
}

func (j *Journal) sealAll(payloads [][]byte) ([]byte, error) {
	size := 0
	for _, p := range payloads {
		if len(p) > maxRecord {
			return nil, fmt.Errorf("append to journal: %d bytes are too many for one record: %w", len(p), assist.ErrInvalid)
		}
		size += len(p) + recordExtra
	}
	buf := make([]byte, 0, size)
	for i, p := range payloads {
		buf = sealRecord(buf, j.seal, j.end.Segment, j.end.Seq+1+uint64(i), p)
	}
	return buf, nil
}

func writeSync(f File, buf []byte) error {
	n, err := f.Write(buf)
	if err == nil && n < len(buf) {
		err = errors.New("short write")
	}
	if err == nil {
		err = f.Sync()
	}
	return err
}

// ready makes sure that there is a segment with room.
func (j *Journal) ready() error {
	if j.uncut {
		if err := j.cut(); err != nil {
			return fault("the journal could not be repaired", j.current().path, err)
		}
	}
	if j.file != nil && j.end.Offset < j.opt.SegmentSize {
		return nil
	}
	if j.file != nil {
		j.file.Close()
		j.file = nil
	}
	return j.begin()
}

func (j *Journal) current() *segment { return &j.segments[len(j.segments)-1] }

// Close closes the journal. Everything acknowledged is already on the disk.
func (j *Journal) Close() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.closed = true
	if j.file == nil {
		return nil
	}
	err := j.file.Close()
	j.file = nil
	return err
}

func fault(what, where string, err error) error {
	if Full(err) {
		return &assist.Fault{What: "the disk is full", Where: where,
			Do: "Free some space; what was saved before is safe.", Err: errors.Join(assist.ErrDiskFull, err)}
	}
	return &assist.Fault{What: what, Where: where, Do: "Look at the disk; what was saved before is safe.", Err: err}
}

// Begin makes the first segment when there is none yet, so that the journal has a
// name on the disk before anything is written to it.
func (j *Journal) Begin() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.segments) > 0 {
		return nil
	}
	return j.begin()
}
