package storage

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/assist/settings"
)

// Settings returns what the rep chose for this machine; the zero Settings when
// nothing was chosen yet.
func (db *DB) Settings(ctx context.Context) (settings.Machine, error) {
	s, err := Find[chosen](ctx, db, "this")
	if errors.Is(err, assist.ErrNotFound) {
		err = nil
	}
	return s.Machine, err
}

// SaveSettings keeps the settings. From then on Me is noted as the writer of records,
// and numbers without a country code belong to Region.
func (db *DB) SaveSettings(ctx context.Context, s settings.Machine) error {
	if err := db.Save(ctx, chosen{Machine: s}); err != nil {
		return err
	}
	db.mu.Lock()
	db.rep = string(s.Me)
	same := db.home == cmp.Or(s.Region, db.opt.Region)
	db.mu.Unlock()
	if same {
		return nil
	}
	db.bulk.Lock()
	defer db.bulk.Unlock()
	if err := db.landHeld(); err != nil { // it was put in order for the region of before
		return err
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	if err := db.usable(); err != nil {
		return err
	}
	db.settle()
	return db.checkRegion(ctx)
}

// reversed marks, behind the region, that the keys of numbers have their digits in
// reverse order. Stores of before have them forward.
const reversed = " reversed"

// checkRegion notes for which region the numbers are indexed, and indexes them anew
// when that has changed: numbers without a country code belong elsewhere then. What
// the rep chose goes before what Options say.
func (db *DB) checkRegion(ctx context.Context) error {
	s, err := db.Settings(ctx)
	if err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	db.home = cmp.Or(s.Region, db.opt.Region)
	db.seek.setRegion(db.home)
	before, err := db.region()
	if err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	if before == db.home+reversed {
		return nil
	}
	w := db.newWriter()
	defer w.discard()
	before, ok := strings.CutSuffix(before, reversed)
	if !ok { // numbers were indexed in another way, or not yet
		if err := w.dropNumbers(ctx); err != nil {
			return fmt.Errorf("open store: %w", err)
		}
	}
	for _, t := range []assist.Type{assist.TypeCustomer, assist.TypeCompany} {
		if err := w.reindex(ctx, t, before, ok); err != nil {
			return fmt.Errorf("open store: %w", err)
		}
	}
	if err := w.txn.SetEntry(badger.NewEntry(keyRegion, []byte(db.home+reversed)).WithDiscard()); err != nil {
		return fmt.Errorf("open store: %w", err)
	}
	return w.txn.Commit()
}

func (db *DB) region() (region string, err error) {
	err = db.picture.View(func(txn *badger.Txn) error {
		item, err := txn.Get(keyRegion)
		if errors.Is(err, badger.ErrKeyNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		return item.Value(func(b []byte) error {
			region = string(b)
			return nil
		})
	})
	return region, err
}

// reindex brings the index entries of a type from one region to the store's. Without
// had there are none of numbers yet.
func (w *writer) reindex(ctx context.Context, t assist.Type, before string, had bool) error {
	return w.db.picture.View(func(txn *badger.Txn) error {
		return w.eachOf(ctx, txn, t, func(r assist.Record) error {
			old := indexKeys(r, before)
			if !had {
				old = slices.DeleteFunc(old, func(k []byte) bool { return k[0] == spaceNumber })
			}
			return w.move(old, indexKeys(r, w.db.home))
		})
	})
}

// dropNumbers takes every index entry of a number away.
func (w *writer) dropNumbers(ctx context.Context) error {
	return w.db.picture.View(func(txn *badger.Txn) error {
		it := txn.NewIterator(keysOnly([]byte{spaceNumber}))
		defer it.Close()
		for it.Rewind(); it.Valid(); it.Next() {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := w.move([][]byte{it.Item().KeyCopy(nil)}, nil); err != nil {
				return err
			}
		}
		return nil
	})
}

// eachOf calls f with every record of a type.
func (w *writer) eachOf(ctx context.Context, txn *badger.Txn, t assist.Type, f func(assist.Record) error) error {
	it := txn.NewIterator(badger.IteratorOptions{Prefix: typeKey(t), PrefetchValues: true, PrefetchSize: 100})
	defer it.Close()
	for it.Rewind(); it.Valid(); it.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		var r assist.Record
		err := it.Item().Value(func(b []byte) error {
			s, err := decodeState(b)
			if err == nil {
				r, err = w.db.codec.record(t, s.raw)
			}
			return err
		})
		if err != nil {
			return err
		}
		if err := f(r); err != nil {
			return err
		}
	}
	return nil
}
