package storage

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/assist/glance"
)

// Week is how an answer fared in the calls of a week.
type Week struct {
	From time.Time // Monday, at midnight
	glance.Counts
}

// Trend returns how an answer fared week by week, the earliest first, from the week of
// since to the present one, with all weeks in which nothing was. Weeks begin on Monday where
// since's clock is. A call belongs to the week in which it began.
func (db *DB) Trend(ctx context.Context, answer assist.ID, since time.Time) (weeks []Week, err error) {
	now := db.opt.Now()
	for from := monday(since); !from.After(now); from = from.AddDate(0, 0, 7) {
		weeks = append(weeks, Week{From: from})
	}
	err = db.uses(ctx, answer, func(use byte, began time.Time) {
		at, found := slices.BinarySearchFunc(weeks, began, func(w Week, t time.Time) int { return w.From.Compare(t) })
		if !found {
			at--
		}
		if at >= 0 {
			add(&weeks[at].Counts, use)
		}
	})
	return weeks, err
}

func monday(t time.Time) time.Time {
	back := (int(t.Weekday()) + 6) % 7
	return time.Date(t.Year(), t.Month(), t.Day()-back, 0, 0, 0, 0, t.Location())
}

// CountsSince returns how an answer fared in the calls that began at or after a time.
func (db *DB) CountsSince(ctx context.Context, answer assist.ID, since time.Time) (c glance.Counts, err error) {
	err = db.uses(ctx, answer, func(use byte, began time.Time) {
		if !began.Before(since) {
			add(&c, use)
		}
	})
	return c, err
}

// uses goes through what calls count for an answer, with when each call began. Ids that
// were made here tell it; other calls are read.
func (db *DB) uses(ctx context.Context, answer assist.ID, each func(use byte, began time.Time)) error {
	return db.read(func(txn *badger.Txn) error {
		prefix := refKey(spaceUse, answer)
		it := txn.NewIterator(keysOnly(prefix))
		defer it.Close()
		for it.Rewind(); it.Valid(); it.Next() {
			if err := ctx.Err(); err != nil {
				return err
			}
			rest := it.Item().Key()[len(prefix):]
			call, _, ok := cutRef(rest[min(1, len(rest)):])
			if !ok {
				return fmt.Errorf("count uses: the index is not readable: %w", assist.ErrDamaged)
			}
			began, err := db.began(txn, call)
			if err != nil {
				return err
			}
			each(rest[0], began)
		}
		return nil
	})
}

// firstYear is before any id was made here.
const firstYear = 2025

// began returns when a call began: from its id, when that tells a time between firstYear and
// tomorrow, else from the call itself.
func (db *DB) began(txn *badger.Txn, call assist.ID) (time.Time, error) {
	if ref := appendRef(nil, call); len(ref) == 17 && ref[0] == 0 {
		ms := int64(0)
		for _, b := range ref[1:7] {
			ms = ms<<8 | int64(b)
		}
		if at := time.UnixMilli(ms); at.Year() >= firstYear && at.Before(db.opt.Now().AddDate(0, 0, 1)) {
			return at, nil
		}
	}
	var c assist.Call
	_, err := get(db, txn, call, &c)
	return c.Started, err
}

// PromptCount is how often reps decided what about a prompt.
type PromptCount struct {
	Asked, NotNow, Never int
	Done                 int // of a move
}

// PromptCounts returns what became of every prompt and move that a rep decided on. What
// was offered and left alone is not kept, and does not count.
func (db *DB) PromptCounts(ctx context.Context) (map[assist.ID]PromptCount, error) {
	out := map[assist.ID]PromptCount{}
	for a, err := range List[assist.Asked](ctx, db) {
		if err != nil {
			return nil, err
		}
		c := out[a.Prompt]
		switch a.Reply {
		case assist.ReplyAsked:
			c.Asked++
		case assist.ReplyNotNow:
			c.NotNow++
		case assist.ReplyNever:
			c.Never++
		case assist.ReplyDone:
			c.Done++
		}
		out[a.Prompt] = c
	}
	return out, nil
}

// Replies returns what customers said to a prompt, the latest first, at most so many.
func (db *DB) Replies(ctx context.Context, prompt assist.ID, most int) (out []assist.Note, err error) {
	if prompt == "" {
		return nil, nil
	}
	err = db.read(func(txn *badger.Txn) error {
		opt := badger.DefaultIteratorOptions
		opt.Prefix = typeKey(assist.TypeNote)
		it := txn.NewIterator(opt)
		defer it.Close()
		for it.Rewind(); it.Valid(); it.Next() {
			if err := ctx.Err(); err != nil {
				return err
			}
			may := false // a note that does not name it is not worth decoding
			err := it.Item().Value(func(b []byte) error { may = bytes.Contains(b, []byte(prompt)); return nil })
			var n assist.Note
			if err == nil && may {
				err = db.decode(it.Item(), &n)
			}
			if err != nil {
				return fmt.Errorf("read note: %w", err)
			}
			if n.Prompt == prompt {
				out = append(out, n)
			}
		}
		return nil
	})
	slices.SortFunc(out, func(a, b assist.Note) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.ID, b.ID)) })
	return out[:min(len(out), max(most, 0))], err
}
