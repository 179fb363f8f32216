package storage

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
)

// TakeInError says which of the bodies that were given to TakeIn were refused, by their
// place in the list, and why. The others were taken in.
type TakeInError struct{ Refused map[int]error }

// Error implements error.
func (e *TakeInError) Error() string {
	var parts []string
	for _, i := range slices.Sorted(maps.Keys(e.Refused)) {
		parts = append(parts, fmt.Sprintf("%d: %v", i, e.Refused[i]))
	}
	return "take in: refused " + strings.Join(parts, "; ")
}

// Unwrap returns why, for errors.Is.
func (e *TakeInError) Unwrap() []error { return slices.Collect(maps.Values(e.Refused)) }

// TakeIn merges the bodies of what others have written, which are durable when it returns:
// of every field the latest write counts. They may come twice and in any order. A body
// that is not readable, or holds what cannot be kept, is refused as a whole and named in a
// *TakeInError; the others are taken in. What is of a customer who was erased here is left
// out. Somebody whose erasure comes in is erased before it returns: should that fail,
// EraseDue goes on with it.
func (db *DB) TakeIn(ctx context.Context, bodies [][]byte) error {
	in := &intake{db: db, ctx: ctx, refused: map[int]error{}, moved: map[assist.ID]bool{}}
	err := in.all(bodies)
	if err == nil && len(in.moved) > 0 {
		if err = db.readdressAll(ctx, in.moved); err != nil {
			db.mu.Lock()
			db.tended = false // what comes twice is no news: the next one sees to it
			db.mu.Unlock()
		}
	}
	if err == nil && in.due {
		err = db.EraseDue(ctx)
	}
	if err != nil {
		return fmt.Errorf("take in: %w", err)
	}
	if len(in.refused) > 0 {
		return &TakeInError{in.refused}
	}
	return nil
}

// intakeBodies is how many bodies are merged in one go: what a rep saves meanwhile waits
// for no more than that.
const intakeBodies = 10

// intake is one TakeIn under way.
type intake struct {
	db      *DB
	ctx     context.Context
	refused map[int]error
	due     bool               // somebody's erasure came in
	moved   map[assist.ID]bool // customers whose place another has taken, and whom something names
	told    []change           // in the picture, or on the way there, and not told of yet
}

// all merges the bodies. Those that come next are read meanwhile.
func (in *intake) all(bodies [][]byte) (err error) {
	next := in.read(bodies, 0)
	for from := 0; from < len(bodies) && err == nil; from += intakeBodies {
		part := <-next
		next = in.read(bodies, from+intakeBodies)
		err = in.take(part, from)
	}
	in.db.mu.Lock()
	defer in.db.mu.Unlock()
	in.db.settle()
	in.tell()
	if err = cmp.Or(err, in.db.usable()); err == nil && !in.db.tended {
		in.db.tended = true
		err = in.untended()
	}
	return err
}

// tell tells of what is in the picture now. The caller holds db.mu.
func (in *intake) tell() {
	for _, c := range in.told {
		in.db.notify(c.t, c.id)
	}
	in.told = nil
}

// portion is some bodies that were read, and why the others could not be.
type portion struct {
	bodies [][]incoming
	errs   []error
}

// read reads the bodies from one on, each by itself and several at a time.
func (in *intake) read(bodies [][]byte, from int) <-chan portion {
	bodies = bodies[min(from, len(bodies)):min(from+intakeBodies, len(bodies))]
	p := portion{make([][]incoming, len(bodies)), make([]error, len(bodies))}
	out := make(chan portion, 1)
	go func() {
		var busy sync.WaitGroup
		workers := min(runtime.GOMAXPROCS(0), len(bodies))
		for worker := range workers {
			busy.Go(func() {
				for i := worker; i < len(bodies); i += workers {
					p.bodies[i], p.errs[i] = in.db.codec.readBody(bodies[i])
				}
			})
		}
		busy.Wait()
		out <- p
	}()
	return out
}

// take merges what was read, and lets nobody else write meanwhile. What it gives to the
// picture is on the way there when it returns.
func (in *intake) take(read portion, from int) error {
	db := in.db
	db.bulk.Lock()
	defer db.bulk.Unlock()
	if err := db.landHeld(); err != nil {
		return err
	}
	db.mu.Lock()
	defer db.mu.Unlock()
	if err := errors.Join(db.usable(), in.ctx.Err()); err != nil {
		return err
	}
	m := merging{db: db, w: db.newWriter(), moved: in.moved}
	defer func() { m.w.discard() }()
	for again := true; again; {
		var err error
		if again, err = m.bodies(read); err != nil {
			return err
		}
	}
	for i, err := range read.errs {
		if err != nil {
			in.refused[from+i] = err
		}
	}
	in.due = in.due || len(m.erasures) > 0
	if len(m.payloads) == 0 {
		return nil
	}
	err := m.write()
	in.tell()
	in.told = m.changes
	return err
}

// refusal reports whether an error is of a body, not of the store.
func refusal(err error) bool {
	return errors.Is(err, errBody) || errors.Is(err, assist.ErrNewer)
}

// merging is some bodies on their way into the store.
type merging struct {
	db      *DB
	w       *writer
	erased  gone // with those whose erasure comes in
	states  map[string]*state
	changes []change
	clock   uint64             // the latest that is believed
	moved   map[assist.ID]bool // of the intake

	payloads [][]byte
	erasures []assist.Erasure
}

// bodies merges what was read, and notes why it has refused what. It must be done again
// without a body that is refused and says that somebody is erased: nobody is.
func (m *merging) bodies(read portion) (again bool, err error) {
	m.states, m.changes, m.payloads, m.erasures, m.clock = map[string]*state{}, nil, nil, nil, 0
	for i, body := range read.bodies {
		if read.errs[i] == nil {
			m.erasures = append(m.erasures, erasuresIn(body)...)
		}
	}
	m.erased = m.db.erased.with(m.erasures)
	for i, body := range read.bodies {
		if read.errs[i] != nil {
			continue
		}
		if err := m.body(body); refusal(err) {
			read.errs[i] = err
			again = again || len(erasuresIn(body)) > 0
		} else if err != nil {
			return false, err
		}
	}
	return again, nil
}

// erasuresIn returns who a body says was erased.
func erasuresIn(body []incoming) (out []assist.Erasure) {
	for _, p := range body {
		for _, r := range p.records {
			if e, ok := r.(assist.Erasure); ok && e.ID != "" {
				out = append(out, e)
			}
		}
	}
	return out
}

// body merges one body, or nothing of it.
func (m *merging) body(packs []incoming) error {
	one := &merging{db: m.db, w: m.w, erased: m.erased, states: map[string]*state{}}
	for _, p := range packs {
		if len(m.erased) > 0 { // what leaveOut changes may be merged again
			own := *p.pack
			own.ops = slices.Clone(p.ops)
			p.pack, p.records = &own, slices.Clone(p.records)
		}
		if err := one.pack(p, m.states); err != nil {
			return err
		}
	}
	maps.Copy(m.states, one.states)
	m.changes = append(m.changes, one.changes...)
	m.payloads = append(m.payloads, one.payloads...)
	m.clock = max(m.clock, one.clock)
	return nil
}

// pack merges one pack; had is what others of the same call have made of the records. One
// of which everything is known already is not kept again.
func (m *merging) pack(p incoming, had map[string]*state) error {
	fresh := false
	for i := range p.ops {
		o := &p.ops[i]
		if m.leaveOut(&p, i); o.void() {
			continue
		}
		key := string(recordKey(o.t, o.id))
		before, err := m.before(o, key, had)
		if err != nil {
			return err
		}
		at := p.stamp(i)
		after, changed := o.onto(before, at, p.rep)
		if !changed {
			known, err := m.seen(o, key, before, at)
			if err != nil {
				return err
			}
			if known {
				continue
			}
		}
		fresh = true
		if len(after.raw) > maxBlob {
			return fmt.Errorf("%q %q is too long: %w", o.t, o.id, errBody)
		}
		c := change{t: o.t, id: o.id, before: before, after: after, clashes: o.clashes(before, at, p.rep, m.db.journal.Device())}
		if !changed && c.clashes == nil {
			continue
		}
		if before == nil && len(after.fields) == len(o.fields) { // else it has an id that its fields do not say
			c.record = p.records[i]
		} else if _, err := m.db.codec.record(o.t, after.raw); err != nil {
			return errors.Join(errBody, err) // before the journal has it
		}
		m.states[key] = after
		m.changes = append(m.changes, c)
	}
	if fresh {
		m.payloads = append(m.payloads, p.payload())
		if p.last() <= latestClock(m.db.now()) {
			m.clock = max(m.clock, p.last())
		}
	}
	return nil
}

// before returns a record as it stands; nil when there is none.
func (m *merging) before(o *op, key string, had map[string]*state) (*state, error) {
	known := []map[string]*state{m.states, had}
	if m.db.flight != nil {
		known = append(known, m.db.flight.states)
	}
	for _, states := range known {
		if s, ok := states[key]; ok {
			return s, nil
		}
	}
	if m.db.fresh.isNew(o.t, o.id) {
		return nil, nil
	}
	return readState(m.w.txn, []byte(key))
}

// seen reports whether an operation that changes nothing was merged before: then a version
// of the record has a value of it, or a clash.
func (m *merging) seen(o *op, key string, s *state, at stamp) (bool, error) {
	has := func(s *state) bool {
		return slices.ContainsFunc(o.fields, func(f field) bool { return s.stampOf(f.name) == at })
	}
	if has(s) {
		return true, nil
	}
	if clashed, err := m.clashed(o, at); clashed || err != nil {
		return clashed, err
	}
	it := m.w.txn.NewKeyIterator([]byte(key), badger.IteratorOptions{AllVersions: true})
	defer it.Close()
	for it.Rewind(); it.Valid(); it.Next() {
		b, err := it.Item().ValueCopy(nil)
		if err != nil {
			return false, err
		}
		s, err := decodeState(b)
		if err == nil {
			err = s.split()
		}
		if err != nil {
			return false, err
		}
		if has(s) {
			return true, nil
		}
	}
	return false, nil
}

// clashed reports whether a clash has a value of an operation, be it settled or not.
func (m *merging) clashed(o *op, at stamp) (bool, error) {
	for _, f := range o.fields {
		item, err := m.w.txn.Get(append(clashPrefix(o.t, o.id), f.name...))
		if errors.Is(err, badger.ErrKeyNotFound) {
			continue
		}
		if err != nil {
			return false, err
		}
		b, err := item.ValueCopy(nil)
		if err != nil {
			return false, err
		}
		if c, err := decodeClash(b); err != nil || c.at == at {
			return true, err
		}
	}
	return false, nil
}

// leaveOut makes nothing of an operation on a record of somebody who was erased, and takes
// out what points to them.
func (m *merging) leaveOut(p *incoming, i int) {
	o := &p.ops[i]
	if len(m.erased) == 0 || o.void() {
		return
	}
	theirs := m.erased[named{assist.TypeCustomer, o.whose}]
	for id := range customers(encoded{t: o.t, id: o.id, fields: o.fields}) {
		theirs = theirs || m.erased[named{assist.TypeCustomer, id}]
	}
	if theirs {
		*o, p.raw = op{}, nil
	} else if fs := m.erased.fields(o.fields); fs != nil {
		o.fields, p.records[i], p.raw = fs, nil, nil
	}
}

// write puts what was merged into the journal, and on its way into the picture.
func (m *merging) write() error {
	db := m.db
	end, err := db.append(m.payloads...)
	if err != nil {
		return err
	}
	db.hear(m.clock)
	db.erased.add(m.erasures)
	if err := m.w.apply(m.changes, end); err != nil {
		db.fell(err)
		return db.behind
	}
	m.w.depart(m.states, db.touched(m.changes))
	return m.whoStands()
}
