package journal

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// Read calls each with every record behind from, in order, and with the place
// behind it. The payload belongs to each. An error of each ends the reading and is
// returned. Records appended after the call may be left out.
func (j *Journal) Read(from Position, each func(after Position, payload []byte) error) error {
	j.mu.Lock()
	segments := append([]segment(nil), j.segments...)
	j.mu.Unlock()
	for _, s := range segments {
		if s.number < from.Segment {
			continue
		}
		at := Position{Segment: s.number, Offset: int64(headerSize), Seq: s.seq}
		if s.number == from.Segment && from.Offset > at.Offset {
			at = from
		}
		if err := j.readSegment(s, at, each); err != nil {
			return err
		}
	}
	return nil
}

func (j *Journal) readSegment(s segment, at Position, each func(Position, []byte) error) error {
	if at.Offset > s.size {
		return damaged(s.path, "it is shorter than it was")
	}
	j.swap.RLock()
	b, err := readPart(s.path, at.Offset, s.size-at.Offset)
	j.swap.RUnlock()
	if err != nil {
		return fmt.Errorf("read journal: %w", err)
	}
	if int64(len(b)) < s.size-at.Offset {
		return damaged(s.path, "it is shorter than it was")
	}
	for len(b) > 0 {
		payload, seq, size, err := openRecord(j.seal, s.number, b)
		if err != nil || seq != at.Seq+1 {
			return damaged(s.path, fmt.Sprintf("a record is not readable, at byte %d", at.Offset))
		}
		at.Offset += int64(size)
		at.Seq = seq
		if err := each(at, payload); err != nil {
			return err
		}
		b = b[size:]
	}
	return nil
}

// readPart reads up to n bytes; fewer are no error.
func readPart(path string, from, n int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := make([]byte, n)
	got, err := f.ReadAt(b, from)
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return b[:got], err
}
