package storage

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"
	"time"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/storage/journal"
)

// Recast gives what was written here behind a place of the journal, and was not sent yet,
// times of now where its own are later than others would believe: a desk whose clock was
// ahead must not win over what others write. It reports whether there was anything. What
// was written over a value that is itself so late, and is known elsewhere, keeps its time:
// that would come back else.
func (db *DB) Recast(ctx context.Context, from Mark, now time.Time) (done bool, err error) {
	err = db.alone(func(*badger.Txn) error {
		done, err = db.tryRecast(ctx, from, now)
		return err
	})
	return done, err
}

// tryRecast is Recast for who is alone.
func (db *DB) tryRecast(ctx context.Context, from Mark, now time.Time) (done bool, err error) {
	c := caster{db: db, ctx: ctx, latest: latestClock(now), from: from, spoiled: map[named]bool{}}
	if err := db.journal.Read(from.position(), c.pack); err != nil { // of what was written since, mostly nothing is
		return false, fmt.Errorf("recast: %w", err)
	}
	if len(c.own) == 0 && db.clock <= c.latest {
		return false, nil
	}
	c.own = nil
	if err := db.journal.Read(journal.Position{}, c.pack); err != nil {
		return false, fmt.Errorf("recast: %w", err)
	}
	next := nextClock(c.clean, now)
	moves, count := c.moves(next)
	if db.clock = next - 1 + count; count == 0 {
		return false, nil
	}
	return true, db.cast(ctx, moves)
}

// cast notes new clocks in the journal, and brings them into the picture. The caller holds
// db.mu and has settled.
func (db *DB) cast(ctx context.Context, moves []moved) error {
	p := &pack{device: db.journal.Device(), n: db.n, clock: db.clock, recast: moves}
	end, err := db.append(p.encode())
	if err != nil {
		return err
	}
	if err := db.castAnew(ctx, moves, end); err != nil {
		db.fell(err)
	}
	db.tellAll()
	return db.behind
}

// moved says that operations from n on, that had clocks from before on, have clocks from
// after on.
type moved struct{ n, count, before, after uint64 }

// caster looks for what must be recast.
type caster struct {
	db      *DB
	ctx     context.Context
	latest  uint64 // clock that is believed
	from    Mark
	clean   uint64         // the latest clock that was seen and is believed
	spoiled map[named]bool // records with values that are too late and are known elsewhere
	own     []late
}

// late is an operation of this desk that is too late, and that nobody else has.
type late struct {
	of       named
	n, clock uint64
}

// pack takes in the clocks of a pack.
func (c *caster) pack(after journal.Position, payload []byte) error {
	p, err := decodePack(payload)
	if err != nil {
		return err
	}
	skip := 0 // operations that were sent
	switch {
	case p.taken || after.Seq <= c.from.Seq:
		skip = len(p.ops)
	case after.Seq == c.from.Seq+1:
		skip = c.from.Ops
	}
	for i, o := range p.ops {
		at, n := p.stamp(i), p.n+uint64(i)
		if !p.taken {
			at = c.db.recast().op(n, at)
		}
		switch of := (named{o.t, o.id}); {
		case at.clock <= c.latest:
			c.clean = max(c.clean, at.clock)
		case i < skip:
			c.spoiled[of] = true
		default:
			c.own = append(c.own, late{of, n, at.clock})
		}
	}
	return c.ctx.Err()
}

// moves gives what is too late its new clocks: dense, and in the order of before.
func (c *caster) moves(next uint64) (out []moved, count uint64) {
	for _, l := range c.own {
		if c.spoiled[l.of] {
			continue
		}
		out = appendMove(out, l.n, l.clock, next+count)
		count++
	}
	return out, count
}

// recasts are all that Recast has ever done here, the latest last. What one of them has
// done is in the order of the operations.
type recasts [][]moved

// recastsOf puts together what was kept one behind the other.
func recastsOf(list []moved) (out recasts) {
	for i, m := range list {
		if i == 0 || m.n <= list[i-1].n {
			out = append(out, nil)
		}
		last := len(out) - 1
		out[last] = append(out[last], m)
	}
	return out
}

func (db *DB) recast() recasts {
	if l := db.recasts.Load(); l != nil {
		return *l
	}
	return nil
}

// op returns the stamp of an operation of this store as it counts.
func (l recasts) op(n uint64, at stamp) stamp {
	for _, list := range l {
		i := sort.Search(len(list), func(i int) bool { return list[i].n+list[i].count > n })
		if i < len(list) && n >= list[i].n && at.clock == list[i].before+(n-list[i].n) {
			at.clock = list[i].after + (n - list[i].n)
		}
	}
	return at
}

// byClock returns the same in the order of the clocks of before, for stamp.
func (l recasts) byClock() recasts {
	out := make(recasts, len(l))
	for i, list := range l {
		out[i] = slices.SortedFunc(slices.Values(list), func(a, b moved) int { return cmp.Compare(a.before, b.before) })
	}
	return out
}

// stamp returns a stamp of this device as it counts.
func (l recasts) stamp(at stamp) stamp {
	for _, list := range l {
		i := sort.Search(len(list), func(i int) bool { return list[i].before+list[i].count > at.clock })
		if i < len(list) && at.clock >= list[i].before {
			at.clock = list[i].after + (at.clock - list[i].before)
		}
	}
	return at
}

// bases lets an operation of this device name what it replaced as others know it.
func (l recasts) bases(bases map[string]stamp, device [8]byte) {
	for name, at := range bases {
		if at.device == device {
			bases[name] = l.stamp(at)
		}
	}
}

// state changes the stamps of a record; nil when there is nothing to change.
func (l recasts) state(s *state, device [8]byte) *state {
	changed := false
	move := func(at stamp) stamp {
		if at.device != device {
			return at
		}
		next := l.stamp(at)
		changed = changed || next != at
		return next
	}
	out := *s
	out.base, out.later = move(s.base), nil
	for name, at := range s.later {
		out.mark(name, move(at))
	}
	if !changed {
		return nil
	}
	return &out
}

// castAnew brings new clocks into the picture. The caller holds db.mu and has settled.
func (db *DB) castAnew(ctx context.Context, moves []moved, end journal.Position) error {
	w := db.newWriter()
	defer func() { w.discard() }()
	clocks := recasts{moves}.byClock()
	err := db.picture.View(func(txn *badger.Txn) error {
		it := txn.NewIterator(badger.IteratorOptions{Prefix: []byte{spaceRecord}, PrefetchValues: true, PrefetchSize: 100})
		defer it.Close()
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
			if s = clocks.state(s, db.journal.Device()); s == nil {
				continue
			}
			value := s.encode(nil)
			if err := w.room(int64(len(value)), 0); err != nil {
				return err
			}
			entry := badger.NewEntry(it.Item().KeyCopy(nil), value)
			if t, _ := typeOf(entry.Key); t == assist.TypeDraft {
				entry.WithDiscard()
			}
			if err := w.txn.SetEntry(entry); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	all := append(slices.Clip(db.recast()), moves)
	db.recasts.Store(&all)
	if err := w.txn.SetEntry(badger.NewEntry(keyRecasts, appendMoved(nil, slices.Concat(all...))).WithDiscard()); err != nil {
		return err
	}
	if err := w.place(end); err != nil {
		return err
	}
	return w.txn.Commit()
}

// recast applies what Recast has done, behind all that was written before.
func (r *replay) recast(p *pack, after journal.Position) error {
	if err := r.flush(); err != nil {
		return err
	}
	r.db.clock = p.clock
	ctx := r.ctx
	if ctx == nil {
		ctx = context.Background()
	}
	return r.db.castAnew(ctx, p.recast, after)
}

// readRecasts reads what Recast has done.
func (db *DB) readRecasts() error {
	return db.picture.View(func(txn *badger.Txn) error {
		item, err := txn.Get(keyRecasts)
		if errors.Is(err, badger.ErrKeyNotFound) {
			db.recasts.Store(&recasts{})
			return nil
		}
		if err != nil {
			return err
		}
		return item.Value(func(b []byte) error {
			in := items{b: b}
			list := recastsOf(in.moved())
			db.recasts.Store(&list)
			return in.err("what was recast")
		})
	})
}

func appendMoved(b []byte, l []moved) []byte {
	b = appendHead(b, majorArray, uint64(len(l)))
	for _, m := range l {
		b = appendHead(b, majorArray, 4)
		for _, v := range []uint64{m.n, m.count, m.before, m.after} {
			b = appendHead(b, majorUint, v)
		}
	}
	return b
}

// moved reads what appendMoved has written; nil when there is nothing.
func (r *items) moved() (out []moved) {
	for range r.count(majorArray) {
		r.want(majorArray)
		out = append(out, moved{r.want(majorUint), r.want(majorUint), r.want(majorUint), r.want(majorUint)})
		if r.bad {
			return nil
		}
	}
	return out
}
