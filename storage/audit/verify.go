package audit

import (
	"context"
	"fmt"
	"time"
)

// Break is a place where the log is not as it was written: between two entries that can
// be read. A zero After is the beginning of the log, a zero Before its end.
type Break struct{ After, Before time.Time }

// String says it as a sentence without its full stop.
func (b Break) String() string {
	const day = "2 Jan 2006 15:04"
	switch {
	case b.After.IsZero() && b.Before.IsZero():
		return "the log of who did what is gone"
	case b.After.IsZero():
		return "the log of who did what was changed before " + b.Before.Format(day)
	case b.Before.IsZero():
		return "the end of the log of who did what, after " + b.After.Format(day) + ", was changed or taken away"
	}
	if b.After.Format(day) == b.Before.Format(day) {
		return "the log of who did what was changed within " + b.After.Format(day)
	}
	return fmt.Sprintf("the log of who did what was changed between %s and %s", b.After.Format(day), b.Before.Format(day))
}

// Verify reads the whole log and returns where it is not as it was written, the oldest
// place first; nothing when all is well. What a crash left of an entry that nobody was
// told is written is no break.
func (l *Log) Verify(ctx context.Context) ([]Break, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	mark, err := l.marks.AuditMark(ctx)
	if err != nil {
		return nil, fmt.Errorf("read how far the log of who did what goes: %w", err)
	}
	b, err := l.read()
	if err != nil {
		return nil, err
	}
	var v verifier
	for _, line := range lines(b) {
		v.line(l, line, mark)
	}
	if v.unread || v.last.Count < mark.Count {
		v.broken(time.Time{})
	}
	return v.found, nil
}

// verifier walks over the lines.
type verifier struct {
	last   Mark      // of the last line that could be read
	at     time.Time // when it was written
	unread bool      // lines behind it cannot be read
	joins  bool      // the last break ends at that line
	found  []Break
}

func (v *verifier) line(l *Log, line []byte, mark Mark) {
	e, before, ok := openLine(l.seal, line)
	if !ok {
		v.unread = true
		return
	}
	hash := hashOf(line)
	switch {
	case v.unread, e.N != v.last.Count+1, before != v.last.Hash, e.N == mark.Count && hash != mark.Hash:
		v.broken(e.At)
	default:
		v.joins = false
	}
	v.last, v.at, v.unread = Mark{e.N, hash}, e.At, false
}

// broken notes a break that ends at a time. Those that follow one another are one: a line
// that was moved breaks the chain at three places.
func (v *verifier) broken(before time.Time) {
	if n := len(v.found); v.joins && n > 0 {
		b := &v.found[n-1]
		if before.IsZero() || before.After(b.Before) {
			b.Before = before
		}
	} else {
		v.found = append(v.found, Break{v.at, before})
	}
	v.joins = true
}
