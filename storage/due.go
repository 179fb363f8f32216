package storage

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
)

// Due goes through the promises on which somebody must act, the earliest due first and
// those without a day last, as they were when it began: those that are open, and those
// that were broken and of which the customer has not heard. Only what is due between the
// two times, to the microsecond, is looked at; a zero time is no bound. Promises that
// were kept cost nothing. An error is the last that it yields.
func (db *DB) Due(ctx context.Context, from, until time.Time) iter.Seq2[assist.Promise, error] {
	first, last := uint64(0), earliestFirst(until)
	if !from.IsZero() {
		first = earliestFirst(from)
	}
	return func(yield func(assist.Promise, error) bool) {
		err := db.read(func(txn *badger.Txn) error {
			it := txn.NewIterator(keysOnly([]byte{spaceDue}))
			defer it.Close()
			for it.Seek(binary.BigEndian.AppendUint64([]byte{spaceDue}, first)); it.Valid(); it.Next() {
				if err := ctx.Err(); err != nil {
					return err
				}
				key := it.Item().Key()
				if len(key) < 9 {
					return fmt.Errorf("the index of promises is not readable: %w", assist.ErrDamaged)
				}
				if binary.BigEndian.Uint64(key[1:]) > last {
					return nil
				}
				id, _, ok := cutRef(key[9:])
				if !ok {
					return fmt.Errorf("the index of promises is not readable: %w", assist.ErrDamaged)
				}
				var p assist.Promise
				found, err := get(db, txn, id, &p)
				if err != nil {
					return err
				}
				if found && !yield(p, nil) {
					return errStop
				}
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStop) {
			yield(assist.Promise{}, err)
		}
	}
}
