package storage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
)

// Find returns one record. It fails with assist.ErrNotFound when there is none.
func Find[T assist.Record](ctx context.Context, db *DB, id assist.ID) (T, error) {
	var out T
	if err := ctx.Err(); err != nil {
		return out, err
	}
	t, _ := out.Ident()
	err := db.read(func(txn *badger.Txn) error {
		found, err := get(db, txn, id, &out)
		if err == nil && !found {
			err = &assist.Fault{What: "there is no such " + string(t), Where: string(id), Err: assist.ErrNotFound}
		}
		return err
	})
	return out, err
}

// get decodes one record into out.
func get[T assist.Record](db *DB, txn *badger.Txn, id assist.ID, out *T) (bool, error) {
	t, _ := (*out).Ident()
	item, err := txn.Get(recordKey(t, id))
	if errors.Is(err, badger.ErrKeyNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("read %s: %w", t, err)
	}
	if err := db.decode(item, out); err != nil {
		return false, fmt.Errorf("read %s %s: %w", t, id, err)
	}
	return true, nil
}

// decode reads a record, or some of its fields, from what is kept of it.
func (db *DB) decode(item *badger.Item, into any) error {
	return item.Value(func(b []byte) error {
		raw, err := rawRecord(b)
		if err != nil {
			return err
		}
		t, _ := typeOf(item.Key())
		return db.codec.dec.Unmarshal(together(t, raw), into)
	})
}

// List goes through all records of a type by id, as they were when it began. An
// error is the last that it yields. The records may be kept.
func List[T assist.Record](ctx context.Context, db *DB) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		t, _ := zero.Ident()
		err := db.read(func(txn *badger.Txn) error {
			opt := badger.DefaultIteratorOptions
			opt.Prefix = typeKey(t)
			it := txn.NewIterator(opt)
			defer it.Close()
			for it.Rewind(); it.Valid(); it.Next() {
				if err := ctx.Err(); err != nil {
					return err
				}
				var r T
				if err := db.decode(it.Item(), &r); err != nil {
					return fmt.Errorf("read %s: %w", t, err)
				}
				if !yield(r, nil) {
					return errStop
				}
			}
			return nil
		})
		if err != nil && !errors.Is(err, errStop) {
			yield(zero, err)
		}
	}
}

var errStop = errors.New("the reader has enough")

// FindByKey returns the customer with an e-mail address, "email:mary@example.org" in
// lower case, or with another program's id, "hubspot:12". When several have it, the
// first by id is returned.
func (db *DB) FindByKey(ctx context.Context, key string) (id assist.ID, ok bool, err error) {
	if err := ctx.Err(); err != nil {
		return "", false, err
	}
	err = db.read(func(txn *badger.Txn) error {
		prefix := append(append([]byte{spaceLookup}, key...), 0)
		it := txn.NewIterator(keysOnly(prefix))
		defer it.Close()
		for it.Rewind(); it.Valid() && !ok; it.Next() {
			var rest []byte
			id, rest, ok = cutRef(bytes.Clone(it.Item().Key()[len(prefix):]))
			ok = ok && len(rest) == 0
		}
		return nil
	})
	return id, ok, err
}

func keysOnly(prefix []byte) badger.IteratorOptions {
	return badger.IteratorOptions{Prefix: prefix}
}

// Drafts returns the drafts that are not done, the latest first.
func (db *DB) Drafts(ctx context.Context) ([]assist.Draft, error) {
	var out []assist.Draft
	err := db.read(func(txn *badger.Txn) error {
		return refs(ctx, txn, []byte{spaceDraft}, func(id assist.ID) error {
			var d assist.Draft
			found, err := get(db, txn, id, &d)
			if found {
				out = append(out, d)
			}
			return err
		})
	})
	slices.SortStableFunc(out, func(a, b assist.Draft) int { return b.At.Compare(a.At) })
	return out, err
}

// refs calls each with every ref behind a prefix.
func refs(ctx context.Context, txn *badger.Txn, prefix []byte, each func(assist.ID) error) error {
	it := txn.NewIterator(keysOnly(prefix))
	defer it.Close()
	for it.Rewind(); it.Valid(); it.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		id, _, ok := cutRef(it.Item().Key()[len(prefix):])
		if !ok {
			return fmt.Errorf("the index is not readable: %w", assist.ErrDamaged)
		}
		if err := each(id); err != nil {
			return err
		}
	}
	return nil
}
