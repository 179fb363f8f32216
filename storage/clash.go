package storage

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
)

// Clash is a field that was written here and elsewhere by people who did not know of each
// other's words. One of the two counts, everywhere the same; the other is kept here.
type Clash struct {
	Of    assist.Ref
	Field string // its JSON name
	// Part tells, of a list that is merged item by item, which item it is; it is no word for
	// people. Ours and Theirs are the item then.
	Part string
	// Ours and Theirs are the two values as JSON; null where the field was cleared.
	Ours, Theirs json.RawMessage
	OursCounts   bool      // theirs does, when not
	By           assist.ID // who wrote theirs; empty when nobody had said
	At           time.Time // and when

	counts stamp // of what counts
}

// name is what the field is called in the store.
func (c Clash) name() string {
	if c.Part == "" {
		return c.Field
	}
	return c.Field + "/" + c.Part
}

// clash is a Clash as the picture keeps it, until somebody writes the field again.
type clash struct {
	field        string
	ours, theirs []byte
	counts, at   stamp // of what counts, and of theirs
	rep          string
}

// maxClash is how long a value may be of which a second one is kept.
const maxClash = 256 << 10

// clashes returns where an operation of another desk and what was written here did not
// know of each other. One that comes too late to count was not known here, or it would
// have come before.
func (o op) clashes(s *state, at stamp, rep string, own [8]byte) (out []clash) {
	if s == nil || o.bases == nil || at.device == own {
		return nil
	}
	for _, f := range o.fields {
		ours, theirs := s.stampOf(f.name), field{f.name, f.raw}
		raw := []byte{undefined}
		if i := s.index(f.name); i >= 0 {
			raw = s.fields[i].raw
		}
		known := at.compare(ours) > 0 && o.bases[f.name].compare(ours) >= 0
		if ours.device != own || ours.clock == 0 || at == ours || known || sameValue(f.name, raw, theirs.raw) || len(raw)+len(f.raw) > maxClash {
			continue
		}
		c := clash{field: f.name, ours: raw, theirs: f.raw, counts: ours, at: at, rep: rep}
		if at.compare(ours) > 0 {
			c.counts = at
		}
		out = append(out, c)
	}
	return out
}

// clashPrefix is how the keys of a record's clashes begin.
func clashPrefix(t assist.Type, id assist.ID) []byte {
	return append(append(append(append([]byte{spaceClash}, t...), 0), id...), 0)
}

// clashOf reads such a key.
func clashOf(key []byte) (of named, name string) {
	parts := bytes.SplitN(key[1:], []byte{0}, 3)
	if len(parts) < 3 {
		return of, ""
	}
	return named{assist.Type(parts[0]), assist.ID(parts[1])}, string(parts[2])
}

func (c clash) encode() []byte {
	b := appendHead(nil, majorArray, 7)
	b = appendBytes(appendBytes(b, c.ours), c.theirs)
	for _, s := range []stamp{c.counts, c.at} {
		b = appendBytes(appendHead(b, majorUint, s.clock), s.device[:])
	}
	return appendText(b, c.rep)
}

func decodeClash(b []byte) (c clash, err error) {
	in := items{b: b}
	in.want(majorArray)
	c.ours, c.theirs = in.chunk(majorBytes), in.chunk(majorBytes)
	c.counts, c.at = in.stamp(), in.stamp()
	c.rep = string(in.chunk(majorText))
	return c, in.err("a clash")
}

// Clashes returns the fields that were written here and elsewhere at once and by nobody
// since, the latest first. Settle ends one, and so does writing the field.
func (db *DB) Clashes(ctx context.Context) (out []Clash, err error) {
	err = db.read(func(txn *badger.Txn) error {
		it := txn.NewIterator(badger.IteratorOptions{Prefix: []byte{spaceClash}, PrefetchValues: true, PrefetchSize: 100})
		defer it.Close()
		for it.Rewind(); it.Valid(); it.Next() {
			if err := ctx.Err(); err != nil {
				return err
			}
			b, err := it.Item().ValueCopy(nil)
			if err != nil {
				return err
			}
			of, name := clashOf(it.Item().Key())
			c, open, err := db.openClash(txn, of, name, b)
			if err != nil {
				return err
			}
			if open {
				out = append(out, c)
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("clashes: %w", err)
	}
	slices.SortStableFunc(out, func(a, b Clash) int {
		return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.Of.ID, b.Of.ID), cmp.Compare(a.name(), b.name()))
	})
	return out, nil
}

// openClash reads a clash; open is false when the field was written since.
func (db *DB) openClash(txn *badger.Txn, of named, name string, b []byte) (out Clash, open bool, err error) {
	kept, err := decodeClash(b)
	if err != nil {
		return out, false, err
	}
	s, err := readState(txn, recordKey(of.t, of.id))
	if err != nil || s == nil || s.stampOf(name) != kept.counts {
		return out, false, err
	}
	out = Clash{Of: assist.Ref{Type: of.t, ID: of.id}, OursCounts: kept.counts != kept.at,
		By: assist.ID(kept.rep), At: kept.at.time(), counts: kept.counts}
	out.Field, out.Part, _ = strings.Cut(name, "/")
	if out.Ours, err = db.jsonOf(of.t, name, kept.ours); err == nil {
		out.Theirs, err = db.jsonOf(of.t, name, kept.theirs)
	}
	return out, true, err
}

// jsonOf returns the value of a field, or an item of a list, as an export writes it; null for
// one that was cleared, or that only a newer version knows.
func (db *DB) jsonOf(t assist.Type, name string, raw []byte) (json.RawMessage, error) {
	null := json.RawMessage("null")
	f := inList(field{name, raw})
	if f.deleted() {
		return null, nil
	}
	r, err := db.codec.record(t, appendFields(nil, []field{f}))
	if err != nil || r == nil {
		return null, err
	}
	b, err := json.Marshal(r)
	if err != nil {
		return null, err
	}
	all := map[string]json.RawMessage{}
	if err := json.Unmarshal(b, &all); err != nil || all[f.name] == nil {
		return null, err
	}
	if f.name == name {
		return all[name], nil
	}
	var item []json.RawMessage
	if err := json.Unmarshal(all[f.name], &item); err != nil || len(item) == 0 {
		return null, err
	}
	return item[0], nil
}

// Settle ends a clash at every desk: ours counts from now on, or theirs. Whoever wants a
// value made of both saves that instead. What was settled before stays so. It fails with
// assist.ErrInvalid when the record cannot have that value any more.
func (db *DB) Settle(ctx context.Context, c Clash, ours bool) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return db.alone(func(txn *badger.Txn) error {
		key, name := recordKey(c.Of.Type, c.Of.ID), c.name()
		s, err := readState(txn, key)
		if err != nil || s == nil || s.stampOf(name) != c.counts {
			return err
		}
		f, err := decided(txn, named{c.Of.Type, c.Of.ID}, name, ours)
		if errors.Is(err, badger.ErrKeyNotFound) { // it was of somebody who was erased
			return nil
		}
		if err != nil {
			return err
		}
		p := db.newPack(1)
		p.lift(s)
		p.ops = append(p.ops, op{t: c.Of.Type, id: c.Of.ID, fields: []field{f}, bases: map[string]stamp{f.name: c.counts}})
		after, _ := merge(s, []field{f}, p.stamp(0), p.rep)
		r, err := db.codec.record(c.Of.Type, after.raw)
		if err == nil && r != nil {
			err = r.Validate()
		}
		if err != nil {
			return err
		}
		return db.commit(db.newWriter(), p, []change{{t: c.Of.Type, id: c.Of.ID, before: s, after: after, record: r}}, map[string]*state{string(key): after}, false)
	})
}

// decided returns the field of a clash with ours or theirs.
func decided(txn *badger.Txn, of named, name string, ours bool) (field, error) {
	item, err := txn.Get(append(clashPrefix(of.t, of.id), name...))
	if err != nil {
		return field{}, err
	}
	b, err := item.ValueCopy(nil)
	if err != nil {
		return field{}, err
	}
	c, err := decodeClash(b)
	if ours {
		return field{name, c.ours}, err
	}
	return field{name, c.theirs}, err
}

// SetShared says whether others take part in what is written here: then it is noted on
// which words a write was based. It is not kept; SetOffset says so too.
func (db *DB) SetShared(shared bool) {
	db.mu.Lock()
	defer db.mu.Unlock()
	db.shared = shared
}

// bases returns the stamps of the values that a write replaces.
func (s *state) bases(fs []field) map[string]stamp {
	out := map[string]stamp{}
	for _, f := range fs {
		if at := s.stampOf(f.name); at != (stamp{}) {
			out[f.name] = at
		}
	}
	return out
}

// inClash reports whether a clash is of a record that is gone, or points to one.
func (g gone) inClash(key, value []byte) bool {
	of, name := clashOf(key)
	c, err := decodeClash(value)
	_, ours := g.value(field{name, c.ours})
	_, theirs := g.value(field{name, c.theirs})
	return err != nil || g[of] || ours || theirs
}
