package journal

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"ringside/assist"
	"ringside/storage/durable"
)

// segment is one file of the journal.
type segment struct {
	number uint32
	path   string
	size   int64  // durable bytes; what lies behind is not part of the journal
	before int64  // durable bytes of the segment before, as the header says
	seq    uint64 // number of the last record before this segment
}

func (j *Journal) path(number uint32) string {
	return filepath.Join(j.opt.Dir, fmt.Sprintf("%08d.seg", number))
}

// begin starts a new segment. A file of that number can only be one that was never
// finished: nothing in it counts.
func (j *Journal) begin() error {
	s := segment{number: 1, seq: j.end.Seq}
	if len(j.segments) > 0 {
		last := j.current()
		s.number, s.before = last.number+1, last.size
	}
	s.path = j.path(s.number)
	if err := os.Remove(s.path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fault("the journal could not begin a new file", s.path, err)
	}
	f, err := j.opt.Create(s.path)
	if err != nil {
		return fault("the journal could not begin a new file", s.path, err)
	}
	h := header{Version, j.store, j.device, s.number, s.before, s.seq}
	err = writeSync(f, h.encode(j.seal))
	if err == nil {
		err = durable.SyncDir(j.opt.Dir)
	}
	if err != nil {
		f.Close()
		os.Remove(s.path)
		return fault("the journal could not begin a new file", s.path, err)
	}
	s.size = int64(headerSize)
	j.segments, j.file = append(j.segments, s), f
	j.end.Segment, j.end.Offset = s.number, s.size
	return nil
}

// load reads what segments there are, checks how they hang together and makes the
// last one ready for writing.
func (j *Journal) load() error {
	numbers, err := list(j.opt.Dir)
	if err != nil {
		return err
	}
	for i, n := range numbers {
		if err := j.add(n, i == len(numbers)-1); err != nil {
			return err
		}
	}
	if len(j.segments) == 0 {
		return nil
	}
	return j.finishLast()
}

// add reads the header of one segment.
func (j *Journal) add(number uint32, last bool) error {
	s := segment{number: number, path: j.path(number)}
	info, err := os.Stat(s.path)
	if err != nil {
		return fmt.Errorf("open journal: %w", err)
	}
	b, err := readPart(s.path, 0, int64(headerSize))
	if err != nil {
		return fmt.Errorf("open journal: %w", err)
	}
	h, err := decodeHeader(j.seal, b)
	switch {
	case errors.Is(err, errTorn) && last && info.Size() <= int64(headerSize) && len(j.segments)+1 == int(number):
		return nil // begun and never used: begin writes it anew
	case errors.Is(err, errKey):
		return &assist.Fault{What: "this key does not open the data folder", Where: j.opt.Dir,
			Do: "Use the passphrase or the key file that the data folder was made with.", Err: assist.ErrWrongKey}
	case err != nil:
		return damaged(s.path, "the head of the file is not readable")
	case h.version > Version:
		return &assist.Fault{What: "the data folder was written by a newer version of Ringside", Where: s.path,
			Do: "Install the newest version.", Err: assist.ErrNewer}
	case h.segment != number:
		return damaged(s.path, "the file has another file's name")
	}
	s.before, s.seq, s.size = h.before, h.seq, info.Size()
	return j.chain(s, h)
}

// chain appends a segment whose header has been read, when it continues the one
// before.
func (j *Journal) chain(s segment, h header) error {
	if len(j.segments) == 0 {
		if s.number != 1 {
			return damaged(j.opt.Dir, "the first files of the journal are missing")
		}
		j.store, j.device = h.store, h.device
		j.segments = append(j.segments, s)
		return nil
	}
	before := j.current()
	switch {
	case s.number != before.number+1:
		return damaged(j.opt.Dir, fmt.Sprintf("file %08d.seg is missing", before.number+1))
	case h.store != j.store:
		return damaged(s.path, "the file belongs to another store")
	case before.size < s.before:
		return damaged(before.path, "the end of the file is missing")
	}
	before.size = s.before
	j.segments = append(j.segments, s)
	return nil
}

// finishLast finds the end of the last whole record. What lies behind it does not
// count, and is put aside before anything is written there.
func (j *Journal) finishLast() error {
	s := j.current()
	j.end = Position{Segment: s.number, Offset: int64(headerSize), Seq: s.seq}
	b, err := os.ReadFile(s.path)
	if err != nil {
		return fmt.Errorf("open journal: %w", err)
	}
	for int(j.end.Offset) < len(b) {
		_, seq, size, err := openRecord(j.seal, s.number, b[j.end.Offset:])
		if err != nil || seq != j.end.Seq+1 {
			break
		}
		j.end.Offset += int64(size)
		j.end.Seq = seq
	}
	if rest := b[j.end.Offset:]; len(rest) > 0 {
		if j.recordBehind(s.number, rest) {
			return damaged(s.path, fmt.Sprintf("a record in the middle is not readable, at byte %d", j.end.Offset))
		}
		j.torn, j.uncut = int64(len(rest)), true
		if n, _, ok := head(s.number, rest); len(rest) >= recordHead && (!ok || len(rest) >= recordHead+n) {
			j.altered = damaged(s.path, fmt.Sprintf("a record is not readable, at byte %d", j.end.Offset))
		}
	}
	s.size = j.end.Offset
	j.file, err = j.opt.Create(s.path)
	if err != nil {
		return fault("the journal could not be opened for writing", s.path, err)
	}
	return nil
}

// recordBehind reports whether a readable record lies somewhere in rest, which does
// not continue the journal: then it is no torn tail.
func (j *Journal) recordBehind(segment uint32, rest []byte) bool {
	for i := 0; i+recordHead <= len(rest); i++ {
		if _, _, ok := head(segment, rest[i:]); !ok {
			continue
		}
		if _, _, _, err := openRecord(j.seal, segment, rest[i:]); err == nil {
			return true
		}
	}
	return false
}

// cut keeps the torn bytes in a file of their own and then shortens the segment.
func (j *Journal) cut() error {
	path := j.current().path
	rest, err := readPart(path, j.end.Offset, j.torn)
	if err != nil {
		return err
	}
	keep := fmt.Sprintf("%s.torn-%d", strings.TrimSuffix(path, ".seg"), j.end.Offset)
	if err := os.WriteFile(keep, rest, 0o600); err != nil && !Full(err) {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Truncate(j.end.Offset); err != nil {
		return err
	}
	j.uncut = false
	return f.Sync()
}

func damaged(where, what string) error {
	return &assist.Fault{What: "the journal is damaged: " + what, Where: where,
		Do: "Restore a backup: ringside restore FILE. Keep this folder; it can be searched for what is missing.", Err: assist.ErrDamaged}
}

// list returns the numbers of the segments in dir, ascending.
func list(dir string) ([]uint32, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("open journal: %w", err)
	}
	var numbers []uint32
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), ".seg")
		n, err := strconv.ParseUint(name, 10, 32)
		if ok && err == nil {
			numbers = append(numbers, uint32(n))
		}
	}
	sort.Slice(numbers, func(a, b int) bool { return numbers[a] < numbers[b] })
	return numbers, nil
}
