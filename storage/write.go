package storage

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/storage/journal"
)

// maxRecord is the largest record that can be kept.
const maxRecord = 1 << 20

// encoded is a record on its way into a pack.
type encoded struct {
	record assist.Record
	t      assist.Type
	id     assist.ID
	fields []field
}

// change is one record before and after an operation.
type change struct {
	t      assist.Type
	id     assist.ID
	before *state
	after  *state
	record assist.Record // after, when it is at hand
}

// Save keeps the records, all or none, and returns when they are durable. Records
// that say nothing new are not written again.
func (db *DB) Save(ctx context.Context, records ...assist.Record) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	list := make([]encoded, 0, len(records))
	for _, r := range records {
		e, err := db.encode(r)
		if err != nil {
			return err
		}
		list = append(list, e)
	}
	return db.write(list)
}

// encode checks one record and takes it apart.
func (db *DB) encode(r assist.Record) (encoded, error) {
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
	if size > maxRecord {
		return encoded{}, &assist.Fault{What: "this " + string(t) + " is too long to be kept", Where: string(t) + " " + string(id),
			Do: "Make two of it.", Err: assist.ErrInvalid}
	}
	return encoded{r, t, id, fs}, nil
}

// write puts the records into one pack, the pack into the journal, and then into
// the picture.
func (db *DB) write(list []encoded) error {
	db.mu.Lock()
	defer db.mu.Unlock()
	if err := db.usable(); err != nil {
		return err
	}
	p, changes, err := db.prepare(list)
	if err != nil || len(changes) == 0 {
		return err
	}
	payload := p.encode()
	if err := checkSpace(db.opt.Dir, len(payload)); err != nil {
		return err
	}
	end, err := db.journal.Append(payload)
	if err != nil {
		return err
	}
	db.n += uint64(len(p.ops))
	db.clock = p.clock + uint64(len(p.ops)) - 1
	if err := db.apply(changes, end); err != nil {
		// It is durable and will be there at the next start; until then the picture
		// must not be built upon.
		db.behind = fmt.Errorf("save: the journal has it, the picture has not: %w", err)
		return db.behind
	}
	for _, c := range changes {
		db.notify(c.t)
	}
	return nil
}

func (db *DB) usable() error {
	if db.closed {
		return fmt.Errorf("save: %w", os.ErrClosed)
	}
	return db.behind
}

// prepare compares the records with what is kept and makes a pack of the differences.
func (db *DB) prepare(list []encoded) (*pack, []change, error) {
	p := &pack{device: db.journal.Device(), n: db.n + 1, clock: nextClock(db.clock, db.opt.Now()), rep: db.rep}
	changes := make([]change, 0, len(list))
	seen := make(map[string]*state, len(list))
	txn := db.picture.NewTransaction(false)
	defer txn.Discard()
	for _, e := range list {
		key := string(recordKey(e.t, e.id))
		before, ok := seen[key]
		if !ok {
			var err error
			if before, err = readState(txn, []byte(key)); err != nil {
				return nil, nil, fmt.Errorf("save %s: %w", e.t, err)
			}
		}
		fs := before.diff(e.fields, db.codec.known[e.t])
		if before != nil && len(fs) == 0 {
			continue
		}
		after, _ := merge(before, fs, p.stamp(len(p.ops)), p.rep)
		p.ops = append(p.ops, op{e.t, e.id, fs})
		changes = append(changes, change{e.t, e.id, before, after, e.record})
		seen[key] = after
	}
	return p, changes, nil
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

// apply brings the changes into the picture, and with them the place in the journal
// up to which the picture is complete. More than one transaction can hold goes into
// several, the place into the last: until then the journal has it all.
func (db *DB) apply(changes []change, end journal.Position) error {
	w := db.newWriter()
	defer w.discard()
	for _, c := range changes {
		if err := w.change(c); err != nil {
			return err
		}
	}
	return w.finish(end)
}
