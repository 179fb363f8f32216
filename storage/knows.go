package storage

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
)

// Knows returns for each customer the reps of their last three calls, the latest first,
// each once. It is made for very many customers: it reads in the order in which things
// are kept.
func (db *DB) Knows(ctx context.Context, customers []assist.ID) ([][]assist.ID, error) {
	order := make([]int, len(customers))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(customers[a], customers[b]) })
	spoke := make([][maxCalls]assist.ID, len(customers))
	err := db.read(func(txn *badger.Txn) error {
		calls, err := inParts(order, func(some []int) ([]lastCall, error) { return callsOf(ctx, txn, customers, some) })
		if err != nil {
			return err
		}
		slices.SortFunc(calls, func(a, b lastCall) int { return cmp.Compare(a.id, b.id) })
		_, err = inParts(calls, func(some []lastCall) ([]lastCall, error) { return nil, whoSpoke(ctx, txn, some, spoke) })
		return err
	})
	out := make([][]assist.ID, len(customers))
	for i, reps := range spoke {
		for _, rep := range reps {
			if rep != "" && !slices.Contains(out[i], rep) {
				out[i] = append(out[i], rep)
			}
		}
	}
	return out, err
}

// inParts does the parts of a list beside one another, and returns what comes of them in
// their order.
func inParts[T, R any](list []T, do func([]T) ([]R, error)) ([]R, error) {
	var wait sync.WaitGroup
	parts := slices.Collect(slices.Chunk(list, len(list)/runtime.NumCPU()+1))
	out, errs := make([][]R, len(parts)), make([]error, len(parts))
	for n, part := range parts {
		wait.Go(func() { out[n], errs[n] = do(part) })
	}
	wait.Wait()
	return slices.Concat(out...), errors.Join(errs...)
}

// lastCall is one of the last calls of a customer, who is known by their place in a list.
type lastCall struct {
	id       assist.ID
	customer int
	latest   int // 0 is the latest
}

// callsOf returns the last calls of some of the customers; in order of their ids is best.
func callsOf(ctx context.Context, txn *badger.Txn, customers []assist.ID, some []int) ([]lastCall, error) {
	calls := make([]lastCall, 0, len(some))
	w := newWalker(txn, []byte{spaceChild})
	defer w.Close()
	for _, i := range some {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if customers[i] == "" { // no ref, and the beginning of others
			continue
		}
		prefix := append(refKey(spaceChild, customers[i]), childCall)
		n := 0
		for w.to(prefix); n < maxCalls && w.ValidForPrefix(prefix); w.Next() {
			key := w.Item().Key()
			id, _, ok := cutRef(key[min(len(prefix)+8, len(key)):])
			if !ok {
				return nil, fmt.Errorf("the index of calls is not readable: %w", assist.ErrDamaged)
			}
			calls = append(calls, lastCall{id, i, n})
			n++
		}
	}
	return calls, nil
}

// whoSpoke fills in who spoke in some calls; in order of their ids is best.
func whoSpoke(ctx context.Context, txn *badger.Txn, calls []lastCall, out [][maxCalls]assist.ID) error {
	w := newWalker(txn, typeKey(assist.TypeCall))
	defer w.Close()
	for _, c := range calls {
		if err := ctx.Err(); err != nil {
			return err
		}
		key := recordKey(assist.TypeCall, c.id)
		if w.to(key); !w.Valid() || !bytes.Equal(w.Item().Key(), key) {
			continue
		}
		err := w.Item().Value(func(b []byte) error {
			s, err := decodeState(b)
			if err == nil {
				out[c.customer][c.latest] = repOf(s.raw)
			}
			return err
		})
		if err != nil {
			return fmt.Errorf("read call: %w", err)
		}
	}
	return nil
}

// repOf returns the rep of a call that is kept, without reading the rest of it.
func repOf(call []byte) assist.ID {
	in := items{b: call}
	for range in.count(majorMap) {
		if string(in.chunk(majorText)) == "rep" {
			return assist.ID(in.chunk(majorText))
		}
		in.skip(maxDepth)
	}
	return ""
}

// walker goes through keys in their order. Where the next is near it goes there step by
// step, which costs a tenth of a search.
type walker struct {
	*badger.Iterator
	last []byte // where it was sent last
}

// nearSteps is how many steps cost about as much as a search.
const nearSteps = 8

func newWalker(txn *badger.Txn, prefix []byte) *walker {
	return &walker{Iterator: txn.NewIterator(keysOnly(prefix))}
}

// to goes to the first key that is not before this one. It keeps key.
func (w *walker) to(key []byte) {
	forward := w.last != nil && bytes.Compare(key, w.last) > 0
	w.last = key
	for n := 0; forward && n < nearSteps; n++ {
		if !w.Valid() || bytes.Compare(w.Item().Key(), key) >= 0 {
			return
		}
		w.Next()
	}
	w.Seek(key)
}
