package replica

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/fxamacker/cbor/v2"

	"ringside/assist"
	"ringside/storage"
	"ringside/storage/journal"
)

// shelf keeps the sealed packets as they came, this desk's own and everybody else's: the
// desks are the durable copy of what the team has written. It is a journal of its own.
// What of all this lives in memory is where each packet is.
//
// A record is a byte that says what it is, 8 bytes that say when it came by the carrier's
// clock, 28 bytes for the place of the store behind which an own one was taken, and the
// packet; or the marks, of which the last one counts.
type shelf struct {
	self    MemberID
	journal *journal.Journal

	mu      sync.Mutex
	runs    map[MemberID]*runs
	starts  []journal.Position // places before records, sorted, of which every record has one near
	marks   marks
	written []byte // the marks as they are on the disk
	rosters [][]byte
	unsent  []found
	behind  []uint64 // records that the store may not have taken in
}

const (
	recordOther   = 'p'
	recordOwn     = 'o'
	recordDropped = 'x' // what was erased in it is gone; its numbers stay
	recordMarks   = 'm'
	recordHead    = 1 + 8 + 28
)

// marks say how far this desk is. They are written with what they are about, so that a
// crash finds both or none.
type marks struct {
	Behind storage.Mark // what of the store is in own packets
	All    bool         // what lay in the store before it joined is too
	Sent   uint64       // the last own record that the carrier has made durable
	Taken  uint64       // the last record that the store has taken in, but for those aside
	Aside  []uint64     // records held: a roster, a key or their time has not come
	Void   []uint64     // records that count for nothing: held, and refused in the end
	Unread []uint64     // records that the store could not read; a newer version will
	Cursor Cursor
	Seen   map[MemberID]time.Time
	Offset time.Duration // the carrier's clock minus this machine's, as it was known last
	Clock  time.Time     // of what was sealed last, by the latest clock
	Acked  uint64        // up to which own number somebody has all
	Forget []replaced    // what the carrier is to delete
	// About erasures: how many the store had when packets were cleaned of them last, and
	// whether what was erased may lie in one all the same.
	Erasures int
	Unclean  bool
	Erased   []erasedMark
}

// replaced names packets of which a later edition is on the carrier.
type replaced struct {
	Member      MemberID
	From, Count uint64
	Edition     uint32
}

// erasedMark is an erasure, and what was held when it was carried out here: whoever has all
// that and is clean has erased too.
type erasedMark struct {
	At   time.Time
	Have map[MemberID]uint64
}

// record is a packet on its way onto the shelf.
type record struct {
	head
	sealed  []byte
	at      time.Time
	before  storage.Mark // of an own one
	aside   bool
	dropped bool // only its numbers are kept
}

// openShelf opens the shelf in a folder and reads what is on it.
func openShelf(dir string, key [32]byte, self MemberID) (*shelf, error) {
	dir = filepath.Join(dir, "packets")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("open packets: %w", err)
	}
	j, err := journal.Open(journal.Options{Dir: dir, Key: key})
	if err != nil {
		return nil, fmt.Errorf("open packets: %w", err)
	}
	s := &shelf{self: self, journal: j, runs: map[MemberID]*runs{}}
	if err := s.load(); err != nil {
		j.Close()
		return nil, err
	}
	return s, nil
}

// found is a packet on the shelf as it is opened.
type found struct {
	entry
	member MemberID
}

func (s *shelf) load() error {
	var all []found
	var before journal.Position
	err := s.journal.Read(before, func(after journal.Position, b []byte) error {
		s.begins(before)
		before = after
		if len(b) > 0 && b[0] == recordMarks {
			s.marks = marks{}
			return cbor.Unmarshal(b[1:], &s.marks)
		}
		f, err := s.find(after, b)
		all = append(all, f)
		return err
	})
	if err != nil {
		return fmt.Errorf("read packets: %w", err)
	}
	s.behind = slices.Concat(s.marks.Aside, s.marks.Unread)
	for _, f := range all {
		if slices.Contains(s.marks.Aside, f.seq) || slices.Contains(s.marks.Void, f.seq) {
			continue
		}
		s.of(f.member).put(f.entry)
		switch {
		case f.kind == recordOther && f.seq > s.marks.Taken:
			s.behind = append(s.behind, f.seq)
		case f.kind == recordOwn && f.seq > s.marks.Sent:
			s.unsent = append(s.unsent, f)
		}
	}
	return nil
}

// begins notes that a record begins at a place, where none is known that is near.
func (s *shelf) begins(at journal.Position) {
	if last := len(s.starts) - 1; last < 0 || at.Segment != s.starts[last].Segment || at.Offset-s.starts[last].Offset > 1<<16 {
		s.starts = append(s.starts, at)
	}
}

// find reads what a record is.
func (s *shelf) find(at journal.Position, b []byte) (f found, err error) {
	if len(b) < recordHead+headSize {
		return f, s.damaged(at)
	}
	h, err := readHead(b[recordHead:])
	if err != nil {
		return f, s.damaged(at)
	}
	f = found{entryOf(h, b[recordHead:], at.Seq), h.member}
	f.kind = b[0]
	if h.kind == rosterKind && f.kind != recordDropped {
		s.rosters = append(s.rosters, bytes.Clone(b[recordHead:]))
	}
	return f, nil
}

func (s *shelf) damaged(at journal.Position) error {
	return &assist.Fault{What: "a record of the team's packets makes no sense", Where: fmt.Sprintf("segment %d, byte %d", at.Segment, at.Offset),
		Do: "Leave the team and join it anew; nothing of the store is lost by it.", Err: assist.ErrDamaged}
}

func (s *shelf) of(m MemberID) *runs {
	r := s.runs[m]
	if r == nil {
		r = &runs{}
		s.runs[m] = r
	}
	return r
}

// add puts packets onto the shelf with the marks as change leaves them, in one write. It
// returns the numbers of the records, one for each packet.
func (s *shelf) add(list []record, change func(*marks)) ([]uint64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	first := s.journal.End()
	next := s.marks
	next.Aside = slices.Clone(next.Aside)
	seqs := make([]uint64, len(list))
	for i, r := range list {
		seqs[i] = first.Seq + uint64(i) + 1
		if r.aside {
			next.Aside = append(next.Aside, seqs[i])
		}
	}
	if change != nil {
		change(&next)
	}
	payloads := make([][]byte, 0, len(list)+1)
	for _, r := range list {
		payloads = append(payloads, s.encode(r))
	}
	m, err := steady.Marshal(next)
	if err != nil {
		return nil, fmt.Errorf("keep packets: %w", err)
	}
	if _, err := s.journal.Append(append(payloads, append([]byte{recordMarks}, m...))...); err != nil {
		return nil, fmt.Errorf("keep packets: %w", err)
	}
	s.written = m
	s.marks = next
	s.begins(first)
	for i, r := range list {
		if !r.aside {
			s.place(r, seqs[i])
		}
	}
	return seqs, nil
}

func (s *shelf) encode(r record) []byte {
	b := make([]byte, recordHead, recordHead+len(r.sealed))
	b[0] = recordOther
	if r.signer == s.self {
		b[0] = recordOwn
	}
	if !r.at.IsZero() {
		binary.BigEndian.PutUint64(b[1:], uint64(r.at.UnixMilli()))
	}
	binary.BigEndian.PutUint32(b[9:], r.before.Segment)
	binary.BigEndian.PutUint64(b[13:], uint64(r.before.Offset))
	binary.BigEndian.PutUint64(b[21:], r.before.Seq)
	binary.BigEndian.PutUint64(b[29:], uint64(r.before.Ops))
	b = append(b, r.sealed...)
	if r.dropped {
		strike(b)
	}
	return b
}

// strike takes the content out of a record. Its numbers stay, and the end of its signature,
// which tells it from another of the same numbers.
func strike(b []byte) {
	b[0] = recordDropped
	clear(b[recordHead+headSize : len(b)-len(entry{}.sum)])
}

func decodeRecord(b []byte) (r record, err error) {
	r.sealed = bytes.Clone(b[recordHead:])
	if ms := binary.BigEndian.Uint64(b[1:]); ms != 0 {
		r.at = time.UnixMilli(int64(ms))
	}
	r.before = storage.Mark{Segment: binary.BigEndian.Uint32(b[9:]), Offset: int64(binary.BigEndian.Uint64(b[13:])),
		Seq: binary.BigEndian.Uint64(b[21:]), Ops: int(binary.BigEndian.Uint64(b[29:]))}
	r.head, err = readHead(r.sealed)
	return r, err
}

// place puts a packet whose record is written into the index. The caller holds s.mu.
func (s *shelf) place(r record, seq uint64) {
	e := entryOf(r.head, r.sealed, seq)
	switch {
	case r.dropped:
		e.kind = recordDropped
	case r.signer == s.self:
		e.kind = recordOwn
		s.unsent = append(s.unsent, found{e, r.member})
	default:
		e.kind = recordOther
	}
	if r.kind == rosterKind {
		s.rosters = append(s.rosters, r.sealed)
	}
	s.of(r.member).put(e)
}

// release puts a packet that was held into the index.
func (s *shelf) release(r record, seq uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.marks.Aside = slices.DeleteFunc(slices.Clone(s.marks.Aside), func(a uint64) bool { return a == seq })
	s.place(r, seq)
}

// forget lets a packet that was held go: it will never be taken.
func (s *shelf) forget(seq uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.marks.Aside = slices.DeleteFunc(slices.Clone(s.marks.Aside), func(a uint64) bool { return a == seq })
	s.marks.Void = append(s.marks.Void[:len(s.marks.Void):len(s.marks.Void)], seq)
}

// look says what is held of the numbers of a packet.
func (s *shelf) look(h head, sealed []byte) standing {
	return s.stands(h.member, entryOf(h, sealed, 0))
}

func (s *shelf) stands(m MemberID, e entry) standing {
	s.mu.Lock()
	defer s.mu.Unlock()
	if of := s.runs[m]; of != nil {
		return of.look(e)
	}
	return fresh // and who it is said to be of need not exist
}

// mark changes the marks in memory; they are written with what comes next, or by flush.
func (s *shelf) mark(change func(*marks)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.marks)
}

func (s *shelf) at() marks {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.marks
}

// each reads the records of these numbers, in their order.
func (s *shelf) each(seqs []uint64, read func(seq uint64, r record) error) error {
	if len(seqs) == 0 {
		return nil
	}
	seqs = slices.Clone(seqs)
	slices.Sort(seqs)
	s.mu.Lock()
	i, _ := slices.BinarySearchFunc(s.starts, seqs[0], func(p journal.Position, seq uint64) int {
		if p.Seq < seq {
			return -1
		}
		return 1
	})
	from := journal.Position{}
	if i > 0 {
		from = s.starts[i-1]
	}
	s.mu.Unlock()
	err := s.journal.Read(from, func(after journal.Position, b []byte) error {
		if after.Seq < seqs[0] {
			return nil
		}
		if after.Seq == seqs[0] && b[0] != recordMarks && b[0] != recordDropped {
			r, err := decodeRecord(b)
			if err != nil {
				return s.damaged(after)
			}
			if err := read(after.Seq, r); err != nil {
				return err
			}
		}
		for len(seqs) > 0 && seqs[0] <= after.Seq {
			seqs = seqs[1:]
		}
		if len(seqs) == 0 {
			return errEnough
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

// steady encodes equal things as equal bytes.
var steady, _ = cbor.CoreDetEncOptions().EncMode()

var errEnough = errors.New("enough")

// drop takes the content of records away for good, and with them of those which an own
// newer edition has replaced.
func (s *shelf) drop(ctx context.Context, seqs map[uint64]bool) error {
	s.mu.Lock()
	current := map[uint64]bool{}
	for _, r := range s.runs {
		for _, e := range r.list {
			current[e.seq] = !seqs[e.seq]
		}
	}
	for _, seq := range s.marks.Aside {
		current[seq] = !seqs[seq]
	}
	last := s.journal.End().Seq
	s.mu.Unlock()
	seq := uint64(0)
	err := s.journal.Rewrite(ctx, func(b []byte) ([]byte, error) {
		seq++
		if seq > last || len(b) == 0 || b[0] == recordMarks || b[0] == recordDropped || current[seq] {
			return nil, nil
		}
		h, err := readHead(b[recordHead:])
		if err != nil || h.kind == rosterKind {
			return nil, err
		}
		out := bytes.Clone(b)
		strike(out)
		return out, nil
	})
	if err != nil {
		return fmt.Errorf("clean up packets: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.runs {
		for i := range r.list {
			if seqs[r.list[i].seq] {
				r.list[i].kind = recordDropped
			}
		}
	}
	return nil
}

func (s *shelf) flush() error {
	_, err := s.add(nil, nil)
	return err
}

// flushIfMoved writes the marks when they are not as they were written last.
func (s *shelf) flushIfMoved() error {
	s.mu.Lock()
	m, err := steady.Marshal(s.marks)
	same := bytes.Equal(m, s.written)
	s.mu.Unlock()
	if err != nil || same {
		return err
	}
	return s.flush()
}

func (s *shelf) close() error { return s.journal.Close() }
