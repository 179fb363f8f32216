package storage

import (
	"context"
	"errors"
	"fmt"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
)

// backfills are the indexes that pictures of older versions lack: the key that says that
// an index is whole, and the types of record with entries in it.
var backfills = []struct {
	key   []byte
	types []assist.Type
}{
	{keyUses, []assist.Type{assist.TypeCall}},
	{keyLinks, []assist.Type{assist.TypeNote, assist.TypeInsight}},
	{keyTalk, []assist.Type{assist.TypePromise, assist.TypeCustomer}},
}

// backfill makes the index entries that a picture of an older version lacks.
func (db *DB) backfill(ctx context.Context) error {
	for _, b := range backfills {
		err := db.picture.View(func(txn *badger.Txn) error {
			_, err := txn.Get(b.key)
			return err
		})
		if errors.Is(err, badger.ErrKeyNotFound) {
			err = db.indexAnew(ctx, b.key, b.types)
		}
		if err != nil {
			return fmt.Errorf("open store: %w", err)
		}
	}
	return nil
}

func (db *DB) indexAnew(ctx context.Context, key []byte, types []assist.Type) error {
	w := db.newWriter()
	defer w.discard()
	err := db.picture.View(func(txn *badger.Txn) error {
		for _, t := range types {
			if err := w.eachOf(ctx, txn, t, func(r assist.Record) error { return w.move(nil, indexKeys(r, db.home)) }); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := w.txn.SetEntry(badger.NewEntry(key, nil).WithDiscard()); err != nil {
		return err
	}
	return w.txn.Commit()
}
