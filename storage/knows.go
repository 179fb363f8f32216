package storage

import (
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
	out := make([][]assist.ID, len(customers))
	order := make([]int, len(customers))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(customers[a], customers[b]) })
	err := db.read(func(txn *badger.Txn) error {
		var wait sync.WaitGroup
		parts := slices.Collect(slices.Chunk(order, len(order)/runtime.NumCPU()+1))
		errs := make([]error, len(parts))
		for n, part := range parts {
			wait.Go(func() { errs[n] = db.knows(ctx, txn, customers, part, out) })
		}
		wait.Wait()
		return errors.Join(errs...)
	})
	return out, err
}

// lastCall is one of the last calls of a customer, who is known by their place in a list.
type lastCall struct {
	id       assist.ID
	customer int
	latest   int // 0 is the latest
}

// knows fills in who knows some of the customers.
func (db *DB) knows(ctx context.Context, txn *badger.Txn, customers []assist.ID, some []int, out [][]assist.ID) error {
	calls, err := callsOf(ctx, txn, customers, some)
	if err != nil {
		return err
	}
	slices.SortFunc(calls, func(a, b lastCall) int { return cmp.Compare(a.id, b.id) })
	reps := map[string]assist.ID{} // each text once
	spoke := make([][maxCalls]assist.ID, len(some))
	for _, c := range calls {
		if err := ctx.Err(); err != nil {
			return err
		}
		item, err := txn.Get(recordKey(assist.TypeCall, c.id))
		if errors.Is(err, badger.ErrKeyNotFound) {
			continue
		}
		var call struct {
			Rep string `json:"rep"`
		}
		if err == nil {
			err = db.decode(item, &call)
		}
		if err != nil {
			return fmt.Errorf("read call: %w", err)
		}
		rep, ok := reps[call.Rep]
		if !ok {
			rep = assist.ID(call.Rep)
			reps[call.Rep] = rep
		}
		spoke[c.customer][c.latest] = rep
	}
	for n, i := range some {
		for _, rep := range spoke[n] {
			if rep != "" && !slices.Contains(out[i], rep) {
				out[i] = append(out[i], rep)
			}
		}
	}
	return nil
}

// callsOf returns the last calls of some of the customers.
func callsOf(ctx context.Context, txn *badger.Txn, customers []assist.ID, some []int) ([]lastCall, error) {
	calls := make([]lastCall, 0, len(some))
	it := txn.NewIterator(keysOnly([]byte{spaceChild}))
	defer it.Close()
	for customer, i := range some {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if customers[i] == "" { // no ref, and the beginning of others
			continue
		}
		prefix := append(refKey(spaceChild, customers[i]), childCall)
		n := 0
		for it.Seek(prefix); n < maxCalls && it.ValidForPrefix(prefix); it.Next() {
			key := it.Item().Key()
			id, _, ok := cutRef(key[min(len(prefix)+8, len(key)):])
			if !ok {
				return nil, fmt.Errorf("the index of calls is not readable: %w", assist.ErrDamaged)
			}
			calls = append(calls, lastCall{id, customer, n})
			n++
		}
	}
	return calls, nil
}
