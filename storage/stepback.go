package storage

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/storage/journal"
)

// Between these clocks lies what has stepped back: earlier than anything that anybody has
// written with Ringside.
var (
	steppedFrom = nextClock(0, time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC))
	steppedTo   = nextClock(0, time.Date(2021, 1, 1, 0, 0, 0, 0, time.UTC))
)

// StepBack lets what was written here to records of some types count as older than all that
// others have written: whoever joins a team brings a library along that was shipped with
// the program, and must not put it over what the team has made of the same answers. What
// was taken in from others stays as it is, and so do the texts of what steps back.
func (db *DB) StepBack(ctx context.Context, types ...assist.Type) error {
	return db.alone(func(*badger.Txn) error { return db.stepBack(ctx, types) })
}

// stepBack is StepBack for who is alone.
func (db *DB) stepBack(ctx context.Context, types []assist.Type) error {
	var moves []moved
	next := steppedFrom
	err := db.journal.Read(journal.Position{}, func(_ journal.Position, payload []byte) error {
		p, err := decodePack(payload)
		if err != nil || p.taken {
			return err
		}
		for i, o := range p.ops {
			n := p.n + uint64(i)
			at := db.recast().op(n, p.stamp(i)).clock
			if at < steppedTo { // behind all that has stepped back before
				next = max(next, at+1)
			}
			if !slices.Contains(types, o.t) || at < steppedTo {
				continue
			}
			moves = appendMove(moves, n, at, next)
			next++
		}
		return ctx.Err()
	})
	if err != nil {
		return fmt.Errorf("step back: %w", err)
	}
	if len(moves) == 0 {
		return nil
	}
	return db.cast(ctx, moves)
}

// appendMove adds the move of one operation, to the last one where it goes on.
func appendMove(list []moved, n, from, to uint64) []moved {
	if k := len(list) - 1; k >= 0 && list[k].n+list[k].count == n && list[k].before+list[k].count == from && list[k].after+list[k].count == to {
		list[k].count++
		return list
	}
	return append(list, moved{n, 1, from, to})
}
