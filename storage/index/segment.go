package index

import (
	"encoding/binary"
	"sync"
)

// Segment is an open segment. Its methods may be called from any goroutine, until
// Close.
type Segment struct {
	sealed *sealed
	foot   footer
	dict   *dict
	table  []piece

	once  sync.Once // words are read when they are first asked for
	words *vocabulary
	err   error
}

// Open opens a segment. The error is ErrDamaged when it is not as it was written.
func Open(path string, key [32]byte) (*Segment, error) {
	from, last, err := openSealed(path, key)
	if err != nil {
		return nil, err
	}
	s := &Segment{sealed: from}
	if err := s.open(last); err != nil {
		from.file.Close()
		return nil, err
	}
	return s, nil
}

func (s *Segment) open(last []byte) (err error) {
	if s.foot, err = decodeFooter(last); err != nil {
		return err
	}
	if s.dict, err = readDict(s.sealed, s.foot.dict); err != nil {
		return err
	}
	dir, err := s.sealed.get(s.foot.table, nil)
	if err != nil {
		return err
	}
	for r := (reader{b: dir}); len(r.b) > 0; {
		s.table = append(s.table, piece{r.uvarint(), uint32(r.uvarint())})
		if r.bad {
			return ErrDamaged
		}
	}
	if uint64(len(s.table)) != (s.foot.count+tableRows-1)/tableRows {
		return ErrDamaged
	}
	return nil
}

// Close ends the use of the segment.
func (s *Segment) Close() error { return s.sealed.file.Close() }

// About returns what was kept with the segment.
func (s *Segment) About() []byte { return s.foot.about }

// Len returns how many records it holds.
func (s *Segment) Len() int { return int(s.foot.count) }

// Size returns the bytes of the file, and about how many of them are held in memory.
func (s *Segment) Size() (file, memory int64) {
	for _, f := range s.dict.firsts {
		memory += int64(len(f)) + 32
	}
	memory += int64(16 * len(s.table))
	if v, err := s.vocabulary(); err == nil {
		memory += int64(v.size())
	}
	return s.sealed.size, memory
}

func (s *Segment) vocabulary() (*vocabulary, error) {
	s.once.Do(func() { s.words, s.err = readVocabulary(s.sealed, s.foot.words) })
	return s.words, s.err
}

// row returns which record has a number.
func (s *Segment) row(in *pieces, doc uint32) (key string, at int64, err error) {
	if uint64(doc) >= s.foot.count {
		return "", 0, ErrDamaged
	}
	b, err := in.get(s.table[doc/tableRows])
	if err != nil {
		return "", 0, err
	}
	r := reader{b: b}
	for range doc % tableRows {
		r.chunk(8)
		r.chunk(r.uvarint())
	}
	order := r.chunk(8)
	k := r.chunk(r.uvarint())
	if r.bad {
		return "", 0, ErrDamaged
	}
	return string(k), int64(^binary.BigEndian.Uint64(order) ^ 1<<63), nil
}
