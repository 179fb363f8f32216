package storage

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"ringside/assist"
	"ringside/storage/index"
	"ringside/storage/journal"
)

// The folder "seek" holds the segments, type-number.seg. They are made of the records
// and may be deleted at any time.
const (
	seekFolder  = "seek"
	seekVersion = 3 // of what is in a segment; another one is made anew
)

// maxTail is how much of the journal is read at the first Seek; with more of it
// beyond a segment, a new segment is made.
const maxTail = 1 << 20

// wakeAfter is how long after the start the segments are opened, and built, when nobody
// seeks: the first calls of the day come first.
const wakeAfter = 20 * time.Second

// made says of what a segment was made.
type made struct {
	end    journal.Position
	region string
}

func (m made) encode() []byte {
	b := binary.AppendUvarint(nil, seekVersion)
	for _, v := range []uint64{uint64(m.end.Segment), uint64(m.end.Offset), m.end.Seq} {
		b = binary.AppendUvarint(b, v)
	}
	return append(b, m.region...)
}

func decodeMade(b []byte) (m made, ok bool) {
	var v [4]uint64
	for i := range v {
		n := 0
		if v[i], n = binary.Uvarint(b); n <= 0 {
			return made{}, false
		}
		b = b[n:]
	}
	m.end = journal.Position{Segment: uint32(v[1]), Offset: int64(v[2]), Seq: v[3]}
	m.region = string(b)
	return m, v[0] == seekVersion
}

func (db *DB) seekDir() string { return filepath.Join(db.opt.Dir, seekFolder) }

func (db *DB) segmentPath(t assist.Type, number int) string {
	return filepath.Join(db.seekDir(), string(t)+"-"+strconv.Itoa(number)+".seg")
}

// startSeek lets the segments be opened a while after the start, and built when need be.
func (db *DB) startSeek() {
	ctx, stop := context.WithCancel(context.Background())
	db.seek.stop = stop
	db.seek.ended.Go(func() {
		timer := time.NewTimer(wakeAfter)
		defer timer.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-timer.C:
			case <-db.seek.wake:
				if !db.seek.listens() {
					continue // an import of a program that seeks nothing
				}
			}
			if db.importing() {
				timer.Reset(wakeAfter) // the end of the import tells too
				continue
			}
			err := db.seekReady(ctx)
			if err == nil {
				err = db.buildAll(ctx, true)
			}
			if err != nil { // Seek goes on without, and says when it cannot
				rest(ctx, tryAgain)
				db.seek.kick()
			}
		}
	})
}

// tryAgain is how long after a failure a segment is built again.
const tryAgain = time.Minute

func rest(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// stopSeek ends all building and closes the segments.
func (db *DB) stopSeek() error {
	if db.seek.stop == nil {
		return nil
	}
	db.seek.stop()
	db.seek.ended.Wait()
	db.seek.mu.Lock()
	defer db.seek.mu.Unlock()
	shelves := db.seek.shelves
	db.seek.shelves, db.seek.closed = nil, true
	return closeShelves(shelves)
}

func (db *DB) importing() bool {
	db.mu.Lock()
	defer db.mu.Unlock()
	return db.bulks > 0
}

// seekReady opens the segments when that has not been done, and looks at what was
// written since.
func (db *DB) seekReady(ctx context.Context) error {
	if err := db.loadSeek(ctx); err != nil {
		return err
	}
	return db.absorb(ctx)
}

func (db *DB) loadSeek(ctx context.Context) error {
	k := db.seek
	k.loading.Lock()
	defer k.loading.Unlock()
	k.mu.RLock()
	loaded := k.shelves != nil
	k.mu.RUnlock()
	if loaded {
		return nil
	}
	end, err := db.listen()
	if err != nil {
		return err
	}
	files := db.findSegments()
	shelves := map[assist.Type]*shelf{}
	for _, t := range seekTypes() {
		shelves[t] = db.openShelf(t, files[t], end)
	}
	if err := db.readTail(ctx, shelves, end); err != nil {
		closeShelves(shelves)
		return fmt.Errorf("seek: %w", err)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.closed {
		closeShelves(shelves)
		return errSeekClosed
	}
	k.shelves = shelves
	k.kick()
	return nil
}

var errSeekClosed = fmt.Errorf("seek: %w", os.ErrClosed)

func closeShelves(shelves map[assist.Type]*shelf) error {
	var errs []error
	for _, s := range shelves {
		if s.segment != nil {
			errs = append(errs, s.segment.Close())
			s.segment = nil
		}
	}
	return errors.Join(errs...)
}

// listen lets everything that is written from now on be noted, and returns the place
// in the journal up to which it has not been.
func (db *DB) listen() (journal.Position, error) {
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.closed {
		return journal.Position{}, fmt.Errorf("seek: %w", os.ErrClosed)
	}
	db.settle()
	db.seek.noting.Lock()
	defer db.seek.noting.Unlock()
	db.seek.awake = true
	return db.journal.End(), nil
}

// findSegments returns the numbers of each type's segments, and removes what a crash
// has left.
func (db *DB) findSegments() map[assist.Type][]int {
	out := map[assist.Type][]int{}
	entries, err := os.ReadDir(db.seekDir())
	if err != nil {
		return out
	}
	for _, e := range entries {
		name, number, _ := strings.Cut(strings.TrimSuffix(e.Name(), ".seg"), "-")
		n, err := strconv.Atoi(number)
		if err == nil && strings.HasSuffix(e.Name(), ".seg") && slices.Contains(seekTypes(), assist.Type(name)) {
			out[assist.Type(name)] = append(out[assist.Type(name)], n)
			continue
		}
		_ = os.RemoveAll(filepath.Join(db.seekDir(), e.Name()))
	}
	return out
}

// openShelf opens the newest segment that can be used, and removes the others.
func (db *DB) openShelf(t assist.Type, numbers []int, end journal.Position) *shelf {
	s := &shelf{t: t, over: map[assist.ID]over{}}
	for _, n := range numbers {
		path := db.segmentPath(t, n)
		seg, err := index.Open(path, db.opt.Key)
		ok := err == nil
		var m made
		if ok {
			m, ok = decodeMade(seg.About())
		}
		if ok && m.end.Seq <= end.Seq && (s.segment == nil || n > s.file) {
			if s.segment != nil {
				s.segment.Close()
				_ = os.Remove(db.segmentPath(t, s.file))
			}
			s.segment, s.file, s.made = seg, n, m
			continue
		}
		if err == nil {
			seg.Close()
		}
		_ = os.Remove(path)
	}
	return s
}

// readTail notes what the journal has beyond the segments.
func (db *DB) readTail(ctx context.Context, shelves map[assist.Type]*shelf, end journal.Position) error {
	from := end
	for _, s := range shelves {
		if db.journal.Since(s.made.end) > maxTail {
			s.stale = true
		} else if s.made.end.Seq < from.Seq {
			from = s.made.end
		}
	}
	if from.Seq == end.Seq {
		return nil
	}
	err := db.journal.Read(from, func(after journal.Position, payload []byte) error {
		if after.Seq > end.Seq {
			return errStop
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		p, err := decodePack(payload)
		if err != nil {
			return err
		}
		var names []named
		for _, o := range p.ops {
			names = append(names, named{o.t, o.id})
			if o.t == assist.TypeCustomer && slices.ContainsFunc(o.fields, filesNotes) {
				names = append(names, named{notesOf, o.id})
			}
		}
		db.seek.note(names)
		return nil
	})
	if err == nil || errors.Is(err, errStop) {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	// The segments are of another journal than this one: what they hold is compared with
	// the records before it is shown, and new ones are made.
	for _, s := range shelves {
		s.stale = true
	}
	return nil
}

// discard forgets a segment that cannot be read; it is made anew.
func (db *DB) discard(broken *index.Segment) {
	k := db.seek
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, s := range k.shelves {
		if s.segment == broken && broken != nil {
			broken.Close()
			_ = os.Remove(db.segmentPath(s.t, s.file))
			s.segment, s.stale = nil, true
		}
	}
	k.kick()
}

// IndexSize returns how many bytes of what Seek goes by are on the disk, and about how
// many of them in memory.
func (db *DB) IndexSize(ctx context.Context) (disk, memory int64, err error) {
	if err := db.seekReady(ctx); err != nil {
		return 0, 0, err
	}
	db.seek.mu.RLock()
	defer db.seek.mu.RUnlock()
	for _, s := range db.seek.shelves {
		if s.segment != nil {
			d, m := s.segment.Size()
			disk, memory = disk+d, memory+m
		}
	}
	return disk, memory, nil
}
