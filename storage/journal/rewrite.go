package journal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ringside/assist"
	"ringside/storage/durable"
)

// Rewrite puts other payloads where change wants them: it is given every payload, the
// oldest first, and returns what is to stand there from now on, or nil to leave it. What
// it returns must be exactly as long, so that every Position stays what it was.
//
// A file in which something changes is written anew beside the old one and takes its
// place in one step: whenever the program dies, the journal is whole, and each of its
// files is either as before or as wanted. Rewrite again to finish what was not. What was
// never part of the journal, though a crash or a full disk has left it on the disk, goes
// with it.
func (j *Journal) Rewrite(ctx context.Context, change func(payload []byte) ([]byte, error)) error {
	whole, err := j.finish()
	if err != nil {
		return err
	}
	for _, s := range whole {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := j.rewriteSegment(s, change); err != nil {
			return err
		}
	}
	return j.dropRests()
}

// finish lets what is written from now on go into a new file, and returns those to which
// nothing is added any more.
func (j *Journal) finish() ([]segment, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.segments) == 0 {
		return nil, nil
	}
	if j.end.Offset > int64(headerSize) || j.uncut {
		if j.file != nil {
			j.file.Close()
			j.file = nil
		}
		if err := j.begin(); err != nil {
			return nil, err
		}
		j.uncut = false // the new file says how much of the one before counts
	}
	return slices.Clone(j.segments[:len(j.segments)-1]), nil
}

func (j *Journal) rewriteSegment(s segment, change func([]byte) ([]byte, error)) error {
	b, err := j.rewritten(s, change)
	if err != nil || b == nil {
		return err
	}
	next := s.path + newSuffix
	if err := j.writeNew(next, b); err != nil {
		_ = os.Remove(next)
		return fault("a file of the journal could not be written anew", s.path, err)
	}
	j.swap.Lock()
	err = os.Rename(next, s.path)
	j.swap.Unlock()
	if err == nil {
		err = durable.SyncDir(j.opt.Dir)
	}
	if err != nil {
		return fault("a file of the journal could not be written anew", s.path, err)
	}
	return nil
}

const newSuffix = ".new"

// rewritten returns a file as it is to be; nil when it is so already.
func (j *Journal) rewritten(s segment, change func([]byte) ([]byte, error)) ([]byte, error) {
	info, err := os.Stat(s.path)
	if err != nil {
		return nil, fmt.Errorf("rewrite journal: %w", err)
	}
	b, err := readPart(s.path, 0, s.size)
	if err != nil {
		return nil, fmt.Errorf("rewrite journal: %w", err)
	}
	if int64(len(b)) < s.size {
		return nil, damaged(s.path, "it is shorter than it was")
	}
	out, changed, before := append(make([]byte, 0, len(b)), b[:headerSize]...), info.Size() > s.size, s.seq
	for rest := b[headerSize:]; len(rest) > 0; {
		payload, seq, size, err := openRecord(j.seal, s.number, rest)
		if err != nil || seq != before+1 {
			return nil, damaged(s.path, fmt.Sprintf("a record is not readable, at byte %d", len(b)-len(rest)))
		}
		next, err := change(payload)
		switch {
		case err != nil:
			return nil, err
		case next == nil:
			out = append(out, rest[:size]...)
		case len(next) != len(payload):
			return nil, fmt.Errorf("rewrite journal: %d bytes in place of %d: %w", len(next), len(payload), assist.ErrInvalid)
		default:
			out, changed = sealRecord(out, j.seal, s.number, seq, next), true
		}
		before, rest = seq, rest[size:]
	}
	if !changed {
		return nil, nil
	}
	return out, nil
}

func (j *Journal) writeNew(path string, b []byte) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	f, err := j.opt.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(writeSync(f, b), f.Close())
}

// dropRests removes what was put aside of writes that were never done, and what an
// earlier Rewrite has left.
func (j *Journal) dropRests() error {
	entries, err := os.ReadDir(j.opt.Dir)
	if err != nil {
		return fmt.Errorf("rewrite journal: %w", err)
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), newSuffix) || strings.Contains(e.Name(), ".torn-") {
			if err := os.Remove(filepath.Join(j.opt.Dir, e.Name())); err != nil {
				return fmt.Errorf("rewrite journal: %w", err)
			}
		}
	}
	return durable.SyncDir(j.opt.Dir)
}
