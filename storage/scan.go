package storage

import (
	"bytes"
	"context"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
)

// Scan goes through all records of a type, as they were when it began, with several
// workers at once, each at another part of them. each is called by the workers, with
// the number of the one that calls, from 0 on; the records may be kept. The order is that
// of the ids within a part only. The first error ends it. To read less, T may be a type of
// the caller's that has some of the fields of the record.
func Scan[T any](ctx context.Context, db *DB, t assist.Type, workers int, each func(worker int, record T) error) error {
	return db.read(func(txn *badger.Txn) error {
		ctx, stop := context.WithCancelCause(ctx)
		defer stop(nil)
		parts := db.parts(typeKey(t))
		var next atomic.Int32
		var busy sync.WaitGroup
		for worker := range max(min(workers, len(parts)), 1) {
			busy.Go(func() {
				for {
					i := int(next.Add(1)) - 1
					if i >= len(parts) {
						return
					}
					if err := scanPart(ctx, db, txn, parts[i], func(r T) error { return each(worker, r) }); err != nil {
						stop(err)
						return
					}
				}
			})
		}
		busy.Wait()
		return context.Cause(ctx)
	})
}

// About returns about how many records of a type there are, without reading them: what was
// written last is not counted, and what was written twice may count twice.
func (db *DB) About(t assist.Type) (n int) {
	prefix := typeKey(t)
	db.gate.RLock()
	defer db.gate.RUnlock()
	if db.shut {
		return 0
	}
	for _, table := range db.picture.Tables() {
		left, right := bytes.HasPrefix(table.Left, prefix), bytes.HasPrefix(table.Right, prefix)
		switch {
		case left && right:
			n += int(table.KeyCount)
		case left || right: // about half of it is of another type
			n += int(table.KeyCount) / 2
		}
	}
	return n
}

// part is the keys with a prefix from one on, to one that is not in it; an empty key is no
// bound.
type part struct{ prefix, from, until []byte }

// parts cuts the keys with a prefix where Badger's tables end.
func (db *DB) parts(prefix []byte) (out []part) {
	db.gate.RLock()
	tables := db.picture.Tables()
	db.gate.RUnlock()
	var cuts [][]byte
	for _, t := range tables {
		const stamp = 8 // Badger puts the version behind a key
		if n := len(t.Right) - stamp; n > 0 && bytes.HasPrefix(t.Right, prefix) {
			cuts = append(cuts, t.Right[:n])
		}
	}
	slices.SortFunc(cuts, bytes.Compare)
	from := []byte(nil)
	for _, c := range slices.CompactFunc(cuts, bytes.Equal) {
		out = append(out, part{prefix, from, c})
		from = c
	}
	return append(out, part{prefix, from, nil})
}

func scanPart[T any](ctx context.Context, db *DB, txn *badger.Txn, p part, each func(T) error) error {
	// The values stand beside the keys: to fetch them ahead would take a goroutine each.
	it := txn.NewIterator(keysOnly(p.prefix))
	defer it.Close()
	var r, zero T // one for all: a million of their own would be much garbage
	t, _ := typeOf(p.prefix)
	in, into := newQuick(db.codec, t, reflect.TypeFor[T]()), reflect.ValueOf(&r).Elem()
	for it.Seek(slices.Concat(p.prefix, bytes.TrimPrefix(p.from, p.prefix))); it.Valid(); it.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if len(p.until) > 0 && bytes.Compare(it.Item().Key(), p.until) >= 0 {
			return nil
		}
		r = zero
		if err := it.Item().Value(func(b []byte) error { return in.read(b, into) }); err != nil {
			return fmt.Errorf("read %s: %w", p.prefix, err)
		}
		if err := each(r); err != nil {
			return err
		}
	}
	return nil
}
