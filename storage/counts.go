package storage

import (
	"context"
	"fmt"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/assist/glance"
)

// The ways in which a call counts for an answer. They are on people's disks.
const (
	useShown byte = 1 + iota
	useOpened
	useSaid
	useHelped
	useWrong
)

// Counts returns how every answer that was ever shown in a call fared.
func (db *DB) Counts(ctx context.Context) (map[assist.ID]glance.Counts, error) {
	return db.count(ctx, []byte{spaceUse})
}

// CountsOf returns how one answer fared; all are zero when nobody has seen it yet.
func (db *DB) CountsOf(ctx context.Context, answer assist.ID) (glance.Counts, error) {
	all, err := db.count(ctx, refKey(spaceUse, answer))
	return all[answer], err
}

func (db *DB) count(ctx context.Context, prefix []byte) (map[assist.ID]glance.Counts, error) {
	out := map[assist.ID]glance.Counts{}
	err := db.read(func(txn *badger.Txn) error {
		it := txn.NewIterator(keysOnly(prefix))
		defer it.Close()
		for it.Rewind(); it.Valid(); it.Next() {
			if err := ctx.Err(); err != nil {
				return err
			}
			id, rest, ok := cutRef(it.Item().Key()[1:])
			if !ok || len(rest) == 0 {
				return fmt.Errorf("count uses: the index is not readable: %w", assist.ErrDamaged)
			}
			c := out[id]
			add(&c, rest[0])
			out[id] = c
		}
		return nil
	})
	return out, err
}

func add(c *glance.Counts, use byte) {
	switch use {
	case useShown:
		c.Shown++
	case useOpened:
		c.Opened++
	case useSaid:
		c.Said++
	case useHelped:
		c.Helped++
	case useWrong:
		c.Wrong++
	}
}

// useKeys returns the index entries of a call for the answers in it, each once.
func useKeys(c assist.Call) (out [][]byte) {
	add := func(counts bool, answer assist.ID, use byte) {
		k := appendRef(append(refKey(spaceUse, answer), use), c.ID)
		if counts && answer != "" && !has(out, k) {
			out = append(out, k)
		}
	}
	for _, id := range c.Shown {
		add(true, id, useShown)
	}
	for _, u := range c.Used {
		add(true, u.Answer, useOpened)
		add(u.Said, u.Answer, useSaid)
		add(u.Helped, u.Answer, useHelped)
		add(u.Wrong, u.Answer, useWrong)
	}
	return out
}
