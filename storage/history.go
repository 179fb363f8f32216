package storage

import (
	"context"
	"time"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
)

// Version is a record as it was once written.
type Version struct {
	At     time.Time // when it was written, to the millisecond
	Device string    // the machine on which it was written, 16 hexadecimal digits
	Rep    assist.ID // who sat there; empty when nobody had said
	// Record is nil when only a newer version of the program knows its type.
	Record assist.Record
}

// History returns every version of a record, the latest first; drafts have only
// their latest. It fails with assist.ErrNotFound when there is none.
func (db *DB) History(ctx context.Context, t assist.Type, id assist.ID) ([]Version, error) {
	var out []Version
	recast := db.recast().byClock()
	err := db.read(func(txn *badger.Txn) error {
		it := txn.NewKeyIterator(recordKey(t, id), badger.IteratorOptions{AllVersions: true})
		defer it.Close()
		var before stamp
		for it.Rewind(); it.Valid(); it.Next() {
			if err := ctx.Err(); err != nil {
				return err
			}
			b, err := it.Item().ValueCopy(nil)
			if err != nil {
				return err
			}
			s, err := decodeState(b)
			if err != nil {
				return err
			}
			at := s.latest()
			if at.device == db.journal.Device() {
				at = recast.stamp(at)
			}
			if at == before {
				continue // applied twice
			}
			before = at
			r, err := db.codec.record(t, s.raw)
			if err != nil {
				return err
			}
			out = append(out, Version{at.time(), hexDevice(at.device), assist.ID(s.rep), r})
		}
		return nil
	})
	if err == nil && len(out) == 0 {
		err = &assist.Fault{What: "there is no such " + string(t), Where: string(id), Err: assist.ErrNotFound}
	}
	return out, err
}
