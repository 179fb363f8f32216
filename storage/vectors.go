package storage

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"github.com/dgraph-io/badger/v4"
)

// Vectors that a model made of texts are kept beside the records, so that nothing is
// asked of the model twice. They can be had again, so they are in the picture only:
// not in the journal, not in an export, and a picture that is made anew from the
// journal has none.

// vectorKey is the key of one vector: the model's name, shortened, and the text's
// hash.
func vectorKey(model string, text [32]byte) []byte {
	name := sha256.Sum256([]byte(model))
	b := append(make([]byte, 0, 1+8+32), spaceVector)
	return append(append(b, name[:8]...), text[:]...)
}

// Vectors returns what is kept of these texts' vectors, by the hash of the text. What
// is not kept is not in the map. The model's name is whatever the caller tells
// vectors that can be compared apart by.
func (db *DB) Vectors(ctx context.Context, model string, texts [][32]byte) (map[[32]byte][]float32, error) {
	out := make(map[[32]byte][]float32, len(texts))
	err := db.read(func(txn *badger.Txn) error {
		for _, text := range texts {
			if err := ctx.Err(); err != nil {
				return err
			}
			item, err := txn.Get(vectorKey(model, text))
			if errors.Is(err, badger.ErrKeyNotFound) {
				continue
			}
			if err != nil {
				return err
			}
			err = item.Value(func(b []byte) error {
				if v := decodeVector(b); v != nil {
					out[text] = v
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read vectors: %w", err)
	}
	return out, nil
}

// KeepVectors keeps vectors by the hash of their text. Each number is kept in one
// byte, as a 127th of the vector's largest: what comes back points the same way, with
// a cosine above 0.9999.
func (db *DB) KeepVectors(ctx context.Context, model string, vectors map[[32]byte][]float32) error {
	return db.vectors(func(w *writer) error {
		for text, v := range vectors {
			if err := ctx.Err(); err != nil {
				return err
			}
			b := encodeVector(v)
			if err := w.room(int64(len(b)), 1); err != nil {
				return err
			}
			if err := w.txn.SetEntry(badger.NewEntry(vectorKey(model, text), b).WithDiscard()); err != nil {
				return err
			}
		}
		return nil
	})
}

// KeepOnlyVectors forgets all vectors but those of a model for these texts: of other
// models, and of texts that are no more.
func (db *DB) KeepOnlyVectors(ctx context.Context, model string, texts [][32]byte) error {
	keep := make(map[string]bool, len(texts))
	for _, text := range texts {
		keep[string(vectorKey(model, text))] = true
	}
	var gone [][]byte
	err := db.read(func(txn *badger.Txn) error {
		it := txn.NewIterator(keysOnly([]byte{spaceVector}))
		defer it.Close()
		for it.Rewind(); it.Valid(); it.Next() {
			if err := ctx.Err(); err != nil {
				return err
			}
			if !keep[string(it.Item().Key())] {
				gone = append(gone, it.Item().KeyCopy(nil))
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("forget vectors: %w", err)
	}
	if len(gone) == 0 {
		return nil
	}
	return db.vectors(func(w *writer) error { return w.move(gone, nil) })
}

// vectors lets write change vectors. An import that makes the picture anew comes
// before or after it: in between the change would be lost.
func (db *DB) vectors(write func(*writer) error) error {
	db.bulk.Lock()
	defer db.bulk.Unlock()
	db.mu.Lock()
	defer db.mu.Unlock()
	if err := db.usable(); err != nil {
		return err
	}
	db.settle()
	w := db.newWriter()
	defer func() { w.discard() }()
	if err := write(w); err != nil {
		return fmt.Errorf("keep vectors: %w", err)
	}
	if err := w.txn.Commit(); err != nil {
		return fmt.Errorf("keep vectors: %w", err)
	}
	return nil
}

// A kept vector is a format, the length of one step, and a byte for each number: how
// many steps it is.
const vectorFormat = 1

func encodeVector(v []float32) []byte {
	var most float32
	for _, x := range v {
		most = max(most, x, -x)
	}
	step := most / 127
	b := append(make([]byte, 0, 5+len(v)), vectorFormat)
	b = binary.LittleEndian.AppendUint32(b, math.Float32bits(step))
	for _, x := range v {
		n := 0.0
		if step > 0 {
			n = max(-127, min(127, math.Round(float64(x/step))))
		}
		b = append(b, byte(int8(n)))
	}
	return b
}

// decodeVector returns nil for what it cannot read: it is asked for again then.
func decodeVector(b []byte) []float32 {
	if len(b) < 6 || b[0] != vectorFormat {
		return nil
	}
	step := math.Float32frombits(binary.LittleEndian.Uint32(b[1:]))
	if !(step >= 0 && step <= math.MaxFloat32/128) {
		return nil
	}
	out := make([]float32, len(b)-5)
	for i, x := range b[5:] {
		out[i] = float32(int8(x)) * step
	}
	return out
}
