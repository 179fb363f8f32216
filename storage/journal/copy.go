package journal

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Copy gives to each every file of the journal up to a place that End has returned, in
// order: name, size, and what is in it. What lies behind that place is left out; a Rewrite
// waits for the file that is being read. An error of each ends it and is returned.
func (j *Journal) Copy(to Position, each func(name string, size int64, from io.Reader) error) error {
	j.mu.Lock()
	segments := append([]segment(nil), j.segments...)
	j.mu.Unlock()
	for _, s := range segments {
		if s.number > to.Segment {
			break
		}
		if s.number == to.Segment {
			s.size = to.Offset
		}
		if err := j.copySegment(s, each); err != nil {
			return err
		}
	}
	return nil
}

func (j *Journal) copySegment(s segment, each func(string, int64, io.Reader) error) error {
	j.swap.RLock()
	defer j.swap.RUnlock()
	f, err := os.Open(s.path)
	if err != nil {
		return fmt.Errorf("copy journal: %w", err)
	}
	defer f.Close()
	return each(filepath.Base(s.path), s.size, io.LimitReader(f, s.size))
}
