package storage

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/storage/journal"
)

const (
	maxRecord = 1 << 20       // bytes of the largest record that can be kept
	maxBlob   = 2<<20 + 1<<10 // of a file of an answer, which Blob.Validate bounds: its id and the names of its fields
)

// encoded is a record on its way into a pack.
type encoded struct {
	record assist.Record
	t      assist.Type
	id     assist.ID
	fields []field
	whole  bool // every field is written, also what is there already
}

// change is one record before and after an operation.
type change struct {
	t      assist.Type
	id     assist.ID
	before *state
	after  *state
	record assist.Record // after, when it is at hand

	clashes []clash // that came with it; after may be before then
}

// Save keeps the records, all or none, and returns when they are durable. Records
// that say nothing new are not written again.
func (db *DB) Save(ctx context.Context, records ...assist.Record) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	// A text with a number that is no card must not be without what says so.
	hashes := db.spared.Fresh()
	if hashes != nil {
		records = append(slices.Clip(records), spared{hashes})
	}
	list := make([]encoded, 0, len(records))
	for _, r := range records {
		e, err := db.encode(r)
		if err != nil {
			return err
		}
		list = append(list, e)
	}
	if err := db.write(list, false); err != nil {
		return err
	}
	db.spared.Keep(len(hashes))
	return nil
}

// encode checks one record, hides what must not be kept and takes it apart.
func (db *DB) encode(r assist.Record) (encoded, error) {
	r = db.hidden(r)
	if err := r.Validate(); err != nil {
		return encoded{}, err
	}
	t, id := r.Ident()
	fs, err := db.codec.fields(r)
	if err != nil {
		return encoded{}, fmt.Errorf("save %s: %w", t, err)
	}
	size := 0
	for _, f := range fs {
		size += len(f.raw) + len(f.name)
	}
	if size > maxRecord && !(t == assist.TypeBlob && size <= maxBlob) {
		return encoded{}, &assist.Fault{What: "this " + string(t) + " is too long to be kept", Where: string(t) + " " + string(id),
			Do: "Make two of it.", Err: assist.ErrInvalid}
	}
	e := encoded{record: r, t: t, id: id, fields: fs}
	return e, db.leaveOut(&e)
}

// write puts the records into one pack, the pack into the journal, and then into
// the picture. In a hurry it does not wait for the picture; what is still on the way
// there is then in db.flight.
func (db *DB) write(list []encoded, hurry bool) error {
	for {
		err := db.tryWrite(list, hurry)
		if !errors.Is(err, errHeld) {
			return err
		}
		if err := db.land(); err != nil {
			return err
		}
	}
}

// errHeld is the answer when a record may be among those that an import holds back.
var errHeld = errors.New("an import holds it")

func (db *DB) tryWrite(list []encoded, hurry bool) error {
	db.mu.Lock()
	defer db.mu.Unlock()
	if !hurry {
		db.settle()
	}
	if err := db.usable(); err != nil {
		return err
	}
	list, err := db.readdress(list)
	if err != nil {
		return err
	}
	if err := db.leaveOutAll(list); err != nil {
		return err
	}
	return db.put(list, hurry)
}

// put writes the records as they are. The caller holds db.mu and has settled.
func (db *DB) put(list []encoded, hurry bool) error {
	w := db.newWriter()
	p, changes, states, err := db.prepare(w.txn, list)
	if err != nil || len(changes) == 0 {
		w.discard()
		return err
	}
	return db.commit(w, p, changes, states, hurry)
}

// commit writes a pack into the journal and what it changes into the picture.
func (db *DB) commit(w *writer, p *pack, changes []change, states map[string]*state, hurry bool) error {
	defer func() { w.discard() }()
	end, err := db.log(p)
	if err != nil {
		return err
	}
	if err := w.apply(changes, end); err != nil {
		db.fell(err)
		return db.behind
	}
	w.depart(states, db.touched(changes))
	if !hurry {
		db.settle()
	}
	for _, c := range changes {
		if c, ok := c.record.(assist.Customer); ok {
			db.stands(c)
		}
		db.notify(c.t, c.id)
	}
	return db.behind
}

func (db *DB) newPack(size int) *pack {
	return &pack{device: db.journal.Device(), n: db.n + 1, clock: nextClock(db.clock, db.now()), rep: db.rep,
		ops: make([]op, 0, size)}
}

// log writes a pack into the journal.
func (db *DB) log(p *pack) (end journal.Position, err error) {
	if end, err = db.append(p.encode()); err != nil {
		return end, err
	}
	db.n += uint64(len(p.ops))
	if p.lifted {
		db.hear(p.last())
	} else {
		db.clock = p.last()
	}
	return end, nil
}

// append writes packs into the journal, in one go.
func (db *DB) append(payloads ...[]byte) (end journal.Position, err error) {
	if db.writes++; db.writes%reserveEvery == 0 {
		if err := db.reserve(); err != nil {
			return end, err
		}
	}
	size := 0
	for _, p := range payloads {
		size += len(p)
	}
	if err := checkSpace(db.opt.Dir, size); err != nil {
		return end, err
	}
	if end, err = db.journal.Append(payloads...); err == nil {
		db.see(end.Seq)
	}
	return end, err
}

// flight is a transaction on its way into the picture.
type flight struct {
	done   chan error
	states map[string]*state
	names  []named // what Seek must look at again
}

// settle waits until nothing is on the way into the picture.
func (db *DB) settle() {
	if db.flight != nil {
		if err := <-db.flight.done; err != nil {
			db.fell(err)
		}
		db.seek.note(db.flight.names)
		db.flight = nil
	}
	if db.spare != nil {
		db.spare.Discard()
		db.spare = nil
	}
}

// fell notes that the picture could not follow the journal. What was written will be
// there at the next start; until then nothing more is built upon the picture.
func (db *DB) fell(err error) {
	db.behind = &assist.Fault{What: "the store could not take in what was saved", Where: db.opt.Dir,
		Do: "Start Ringside again; nothing is lost.", Err: err}
}

func (db *DB) usable() error {
	if db.closed {
		return fmt.Errorf("save: %w", os.ErrClosed)
	}
	return db.behind
}

// prepare compares the records with what is kept and makes a pack of the differences.
// states are the records as they will be. What is written is later than what is there,
// whatever the clocks of others say: a pack that would not be gets a later clock.
func (db *DB) prepare(txn *badger.Txn, list []encoded) (p *pack, changes []change, states map[string]*state, err error) {
	p = db.newPack(len(list))
	for again := true; again; {
		again = false
		p.ops = p.ops[:0]
		changes = make([]change, 0, len(list))
		states = make(map[string]*state, len(list))
		todo := slices.Clone(list)
		for i := 0; i < len(todo); i++ {
			e := todo[i]
			key := recordKey(e.t, e.id)
			before, ok := states[string(key)]
			if !ok {
				if before, err = db.before(txn, key, e); err != nil {
					return nil, nil, nil, err
				}
			}
			fs, more, err := db.toWrite(txn, before, e)
			if err != nil {
				return nil, nil, nil, err
			}
			todo = append(todo, more...)
			if before != nil && len(fs) == 0 {
				continue
			}
			again = p.lift(before) || again
			o := op{t: e.t, id: e.id, fields: fs}
			if before != nil && db.shared && !private(e.t) {
				o.bases = before.bases(fs)
			}
			after, _ := merge(before, fs, p.stamp(len(p.ops)), p.rep)
			p.ops = append(p.ops, o)
			changes = append(changes, change{t: e.t, id: e.id, before: before, after: after, record: e.record})
			states[string(key)] = after
		}
	}
	return p, changes, states, nil
}

// lift gives a pack a later clock when its next operation would not be later than what is
// there, and reports whether it has.
func (p *pack) lift(before *state) bool {
	at := p.stamp(len(p.ops)).clock
	if before == nil || before.latest().clock < at {
		return false
	}
	p.clock += before.latest().clock + 1 - at
	p.lifted = true
	return true
}

// before returns a record as it is, with what is on the way into the picture.
func (db *DB) before(txn *badger.Txn, key []byte, e encoded) (s *state, err error) {
	if db.flight != nil {
		if s, ok := db.flight.states[string(key)]; ok {
			return s, nil
		}
	}
	if db.fresh[e.t] != nil {
		if db.fresh.isNew(e.t, e.id) {
			return nil, nil
		}
		if db.held != nil {
			return nil, errHeld
		}
	}
	if s, err = readState(txn, key); err != nil {
		return nil, fmt.Errorf("save %s: %w", e.t, err)
	}
	return s, nil
}

// readState returns the state under a key, ready for writing, or nil.
func readState(txn *badger.Txn, key []byte) (*state, error) {
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
	s, err := decodeState(b)
	if err != nil {
		return nil, err
	}
	return s, s.split()
}
