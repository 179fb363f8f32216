package storage

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"slices"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
)

// Digest sums up all that is shared, and counts its records. It is equal in stores that
// have taken in the same operations, in whatever order; every field counts with the time
// of its latest write, those that were deleted too. A note that others had before it became
// private counts in their stores alone.
func (db *DB) Digest(ctx context.Context) (sum string, records int, err error) {
	txn, done, err := db.frozen()
	if err != nil {
		return "", 0, fmt.Errorf("digest: %w", err)
	}
	defer done()
	var total [sha256.Size]byte
	it := txn.NewIterator(badger.IteratorOptions{Prefix: []byte{spaceRecord}, PrefetchValues: true, PrefetchSize: 100})
	defer it.Close()
	for it.Rewind(); it.Valid(); it.Next() {
		if err := ctx.Err(); err != nil {
			return "", 0, err
		}
		t, id := typeOf(it.Item().Key())
		if private(t) {
			continue
		}
		note, err := db.noteOf(txn, t, id)
		if err != nil {
			return "", 0, fmt.Errorf("digest: %w", err)
		}
		if note.private() {
			continue
		}
		err = it.Item().Value(func(b []byte) error {
			s, err := decodeState(b)
			if err == nil {
				err = s.split()
			}
			if err != nil {
				return err
			}
			for i, c := range s.sum(t, id) { // versions of the program may have types in another order
				total[i] ^= c
			}
			records++
			return nil
		})
		if err != nil {
			return "", 0, fmt.Errorf("digest: %s %s: %w", t, id, err)
		}
	}
	return hex.EncodeToString(total[:]), records, nil
}

// frozen is freeze when nothing is held back.
func (db *DB) frozen() (txn *badger.Txn, done func(), err error) {
	db.bulk.Lock()
	defer db.bulk.Unlock()
	if err := db.landHeld(); err != nil {
		return nil, nil, err
	}
	txn, done, _, err = db.freeze()
	return txn, done, err
}

// sum is of one record: its fields and their stamps, in order.
func (s *state) sum(t assist.Type, id assist.ID) [sha256.Size]byte {
	fs := slices.Clone(s.fields)
	for name := range s.later {
		if s.index(name) < 0 {
			fs = append(fs, field{name, []byte{undefined}})
		}
	}
	slices.SortFunc(fs, func(a, b field) int {
		if a.name < b.name {
			return -1
		}
		return 1
	})
	b := appendText(appendText(nil, string(t)), string(id))
	for _, f := range fs {
		at := s.stampOf(f.name)
		b = binary.BigEndian.AppendUint64(appendText(b, f.name), at.clock)
		b = append(append(b, at.device[:]...), f.raw...)
	}
	return sha256.Sum256(b)
}

// stampOf returns the stamp of a field's latest write; zero when there was none.
func (s *state) stampOf(name string) stamp {
	if at, marked := s.later[name]; marked {
		return at
	}
	if s.index(name) >= 0 {
		return s.base
	}
	return stamp{}
}
