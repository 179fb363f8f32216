package storage

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/storage/journal"
)

// Stores of a team are kept alike by what was written in each: Outgoing hands it out and
// TakeIn takes it in. How it travels is no matter of the store.

// Mark is a place between two operations of the journal: the place behind a record of it,
// and how many operations of the next one lie before. The zero Mark is its beginning.
type Mark struct {
	Segment uint32
	Offset  int64
	Seq     uint64
	Ops     int
}

func markAt(p journal.Position) Mark { return Mark{p.Segment, p.Offset, p.Seq, 0} }

func (m Mark) position() journal.Position {
	return journal.Position{Segment: m.Segment, Offset: m.Offset, Seq: m.Seq}
}

// Share is a run of operations on their way to other replicas. Only a store can read its
// Body, which has Ops of them; Next is behind the last.
type Share struct {
	Body []byte
	Ops  int
	Next Mark
}

// How much a run holds. One operation alone may be larger.
const (
	runOps   = 200
	runBytes = 256 << 10
)

// private reports whether the records of a type are nobody's but this desk's: its
// settings, a call that is not ended, and what a rep practises.
func private(t assist.Type) bool {
	return slices.Contains([]assist.Type{typeSettings, typeSpared, assist.TypeDraft, assist.TypeDrill}, t)
}

// Outgoing returns what was written here behind a place of the journal, in order and at
// most so many runs of it, without what is private. With all it is also what was taken in
// from others: for who founds a team of what is there. The last run may hold no operation:
// what lies before its Next concerns nobody. It waits for no import and no erasure.
func (db *DB) Outgoing(ctx context.Context, from Mark, all bool, runs int) ([]Share, error) {
	var out []Share
	err := db.read(func(txn *badger.Txn) error {
		o := outlet{db: db, ctx: ctx, txn: txn, all: all, runs: runs, recast: db.recast(), clocks: db.recast().byClock(), at: from, skip: from.Ops, device: db.journal.Device()}
		err := db.journal.Read(from.position(), o.add)
		if err == nil {
			o.end(from)
		} else if errors.Is(err, errStop) {
			err = nil
		}
		out = o.out
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("share: %w", err)
	}
	return out, nil
}

// outlet gathers runs.
type outlet struct {
	db     *DB
	ctx    context.Context
	txn    *badger.Txn
	all    bool
	runs   int
	recast recasts
	clocks recasts // the same by clock
	device [8]byte

	at    Mark // behind what was looked at
	skip  int  // operations of the first record that were given before
	out   []Share
	packs []*pack // of the run that is begun
	last  uint64  // the clock of its last operation
	ops   int
	size  int
}

// add looks at one record of the journal.
func (o *outlet) add(after journal.Position, payload []byte) error {
	if err := o.ctx.Err(); err != nil {
		return err
	}
	p, err := decodePack(payload)
	if err != nil {
		return err
	}
	before := o.at
	begun := (*pack)(nil) // what of p is in the run
	for i := o.skip; i < len(p.ops); i++ {
		w := p.ops[i]
		at := o.stamp(p, i)
		goes, err := o.shared(p, w, at)
		if err != nil {
			return err
		}
		if goes {
			if w.whose, err = o.whose(w); err != nil {
				return err
			}
			size := w.size()
			if o.ops == runOps || o.ops > 0 && o.size+size > runBytes {
				if o.flush(); len(o.out) == o.runs {
					return errStop
				}
				begun = nil
			}
			o.clocks.bases(w.bases, o.device)
			if begun == nil || at.clock != o.last+1 || begun.n+uint64(len(begun.ops)) != p.n+uint64(i) {
				begun = &pack{device: p.device, n: p.n + uint64(i), clock: at.clock, rep: p.rep, taken: true}
				o.packs = append(o.packs, begun)
			}
			begun.ops = append(begun.ops, w)
			o.last, o.ops, o.size = at.clock, o.ops+1, o.size+size
		}
		o.at = Mark{before.Segment, before.Offset, before.Seq, i + 1}
	}
	o.at, o.skip = markAt(after), 0
	return nil
}

// shared reports whether an operation is for others. Types of a newer version may be
// private: only what came from others is known to be none.
func (o *outlet) shared(p *pack, w op, at stamp) (bool, error) {
	switch {
	case w.void() || private(w.t):
		return false, nil
	case p.taken && !o.all, !p.taken && o.db.codec.known[w.t] == nil:
		return false, nil
	}
	stays, err := o.withheld(w, at)
	return !stays, err
}

// stamp returns the stamp of an operation as Recast has left it.
func (o *outlet) stamp(p *pack, i int) stamp {
	if p.taken {
		return p.stamp(i)
	}
	return o.recast.op(p.n+uint64(i), p.stamp(i))
}

// whose looks up whose record an operation is of, where it does not name the customer:
// because it has only some of the fields, or because it is theirs by a call or a note.
func (o *outlet) whose(w op) (assist.ID, error) {
	if w.t == assist.TypeCustomer || slices.ContainsFunc(w.fields, func(f field) bool { return f.name == "customer" && !f.deleted() }) {
		return "", nil
	}
	raw := appendFields(nil, w.fields)
	if !slices.ContainsFunc(w.fields, func(f field) bool { return f.name == "id" }) {
		s, err := rawState(o.txn, recordKey(w.t, w.id))
		if err != nil || s == nil {
			return w.whose, err
		}
		if raw = s; fieldText(raw, "customer") != "" {
			return assist.ID(fieldText(raw, "customer")), nil
		}
	}
	if w.t == assist.TypeQuestion || w.t == assist.TypeProposal || fieldText(raw, "intelligence") == string(assist.FrontLine) {
		return "", nil // what is made of a call is not the customer's, see belongs
	}
	for _, t := range []assist.Type{assist.TypeCall, assist.TypeNote} {
		id := assist.ID(fieldText(raw, string(t)))
		if id == "" {
			continue
		}
		s, err := rawState(o.txn, recordKey(t, id))
		if customer := fieldText(s, "customer"); err != nil || customer != "" {
			return assist.ID(customer), err
		}
	}
	return "", nil
}

// rawState returns a record alone of what is kept under a key; nil when there is none.
func rawState(txn *badger.Txn, key []byte) (raw []byte, err error) {
	item, err := txn.Get(key)
	if errors.Is(err, badger.ErrKeyNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	b, err := item.ValueCopy(nil)
	if err != nil {
		return nil, err
	}
	return rawRecord(b)
}

func (w op) size() int {
	size := len(w.t) + len(w.id) + 16
	for _, f := range w.fields {
		size += len(f.name) + len(f.raw) + 2
	}
	return size
}

// flush ends a run.
func (o *outlet) flush() {
	o.out = append(o.out, Share{Body: encodeBody(o.packs), Ops: o.ops, Next: o.at})
	o.packs, o.ops, o.size = nil, 0, 0
}

// end ends the last run. What comes behind it and concerns nobody goes with it.
func (o *outlet) end(from Mark) {
	switch {
	case o.ops > 0:
		o.flush()
	case o.at == from:
	case len(o.out) > 0:
		o.out[len(o.out)-1].Next = o.at
	default:
		o.out = append(o.out, Share{Next: o.at})
	}
}

// bodyVersion is of what replicas send each other: [version, [pack, ...]].
const bodyVersion = 1

func encodeBody(packs []*pack) []byte {
	size := 16
	for _, p := range packs {
		size += 64
		for _, w := range p.ops {
			size += w.size() + 16
		}
	}
	b := appendHead(make([]byte, 0, size), majorArray, 2)
	b = appendHead(b, majorUint, bodyVersion)
	b = appendHead(b, majorArray, uint64(len(packs)))
	for _, p := range packs {
		b = p.append(b)
	}
	return b
}

// SetOffset says how much the clock that the team goes by is ahead of this machine's.
// Writes have its time from now on.
func (db *DB) SetOffset(d time.Duration) {
	db.mu.Lock()
	defer db.mu.Unlock()
	db.offset, db.shared = d, true
}

// Latest returns the time that writes here have had last: none of them has a later one, but
// for those that Recast has left as they were.
func (db *DB) Latest() time.Time {
	db.mu.Lock()
	defer db.mu.Unlock()
	return stamp{clock: db.clock}.time()
}

// now is the time by which writes are ordered. The caller holds db.mu.
func (db *DB) now() time.Time { return db.opt.Now().Add(db.offset) }

// ahead is how far the clocks of a team may be apart.
const ahead = 10 * time.Minute

// hear takes note of a clock, unless it is so far ahead that it must be wrong. The caller
// holds db.mu.
func (db *DB) hear(clock uint64) {
	if clock <= latestClock(db.now()) {
		db.clock = max(db.clock, clock)
	}
}

// latestClock is the latest clock that is believed at a time.
func latestClock(now time.Time) uint64 { return nextClock(0, now.Add(ahead)) }

// Device names this store among those of a team, as History does.
func (db *DB) Device() string { return hexDevice(db.journal.Device()) }
