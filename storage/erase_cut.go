package storage

import (
	"slices"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
)

// gone names the records that are taken out of the store for good, and takes them out of
// what others say: out of packs, states and fields.
type gone map[named]bool

// payload returns what stands in the journal in place of a pack; nil when the pack has
// nothing of what is gone. Where an operation was there is an empty one, so that the
// numbers of all others stay; nothings behind the pack make it as long as it was.
func (g gone) payload(b []byte) ([]byte, error) {
	p, err := decodePack(b)
	if err != nil {
		return nil, err
	}
	if !g.pack(p) {
		return nil, nil
	}
	out := p.encode()
	return append(out, make([]byte, len(b)-len(out))...), nil
}

// pack takes what is gone out of a pack, and reports whether there was anything.
func (g gone) pack(p *pack) (changed bool) {
	for i, o := range p.ops {
		if g[named{o.t, o.id}] || g[named{assist.TypeCustomer, o.whose}] {
			p.ops[i], changed = op{}, true
			continue
		}
		if fs := g.fields(o.fields); fs != nil {
			p.ops[i].fields, changed = fs, true
		}
	}
	return changed
}

// void reports whether an operation was taken out.
func (o op) void() bool { return o.t == "" }

// state returns the state of a record of somebody else without what points to what is
// gone; nil when nothing does.
func (g gone) state(value []byte) ([]byte, error) {
	s, err := decodeState(value)
	if err != nil || !g.points(s.raw) {
		return nil, err
	}
	if err := s.split(); err != nil {
		return nil, err
	}
	var kept []field
	for _, f := range s.fields {
		raw, cut := g.value(f)
		if f.raw = raw; !cut || !f.deleted() {
			kept = append(kept, f)
			continue
		}
		if _, marked := s.later[f.name]; !marked {
			s.mark(f.name, s.base)
		}
	}
	s.raw = appendFields(nil, kept)
	return s.encode(nil), nil
}

// points reports whether the fields of a record point to something that is gone.
func (g gone) points(raw []byte) bool {
	in := items{b: raw}
	for range in.count(majorMap) {
		name := in.chunk(majorText)
		value := in.raw()
		if in.bad {
			return false
		}
		if pointer(name) {
			if _, cut := g.value(field{string(name), value}); cut {
				return true
			}
		}
	}
	return false
}

// fields returns the fields of a write without what points to something that is gone;
// nil when nothing does.
func (g gone) fields(fs []field) (out []field) {
	for i, f := range fs {
		raw, cut := g.value(f)
		if !cut {
			continue
		}
		if out == nil {
			out = slices.Clone(fs)
		}
		out[i].raw = raw
	}
	return out
}

// pointer reports whether a field of this name may point to other records.
func pointer(name []byte) bool {
	name = name[:cutItem(name)]
	for _, p := range [...]string{"customer", "call", "note", "company", "customers", "companies", "gaps", "flags", "relations", "links", "before", "after", "related", "moved"} {
		if string(name) == p {
			return true
		}
	}
	return false
}

// value returns what is left of a field's value, and whether something was cut out of
// it. A field of which nothing is left is deleted.
func (g gone) value(f field) (raw []byte, cut bool) {
	if list := inList(f); list.name != f.name {
		if _, cut := g.value(list); cut {
			return []byte{undefined}, true
		}
		return f.raw, false
	}
	switch f.name {
	case "customer", "call", "note", "company": // these are called as what they point to
		if id, ok := textOf(f.raw); ok && g[named{assist.Type(f.name), assist.ID(id)}] {
			return []byte{undefined}, true
		}
		if g[named{assist.TypeCustomer, assist.ID(fieldText(f.raw, "customer"))}] { // the call of a draft
			return []byte{undefined}, true
		}
	case "customers":
		return g.list(f.raw, g.names(assist.TypeCustomer))
	case "companies":
		return g.list(f.raw, g.names(assist.TypeCompany))
	case "gaps":
		return g.list(f.raw, g.names(assist.TypeGap))
	case "flags":
		return g.list(f.raw, g.names(assist.TypeFlag))
	case "relations":
		return g.list(f.raw, func(item []byte) bool {
			return g[named{assist.TypeCustomer, assist.ID(fieldText(item, "to"))}]
		})
	case "before", "after", "related", "moved":
		return g.merged(f)
	case "links":
		return g.list(f.raw, func(item []byte) bool {
			return g[named{assist.Type(fieldText(item, "type")), assist.ID(fieldText(item, "id"))}]
		})
	}
	return f.raw, false
}

func (g gone) names(t assist.Type) func([]byte) bool {
	return func(item []byte) bool {
		id, ok := textOf(item)
		return ok && g[named{t, assist.ID(id)}]
	}
}

// list leaves items out of an array.
func (g gone) list(raw []byte, out func(item []byte) bool) ([]byte, bool) {
	in := items{b: raw}
	n := in.count(majorArray)
	if in.bad {
		return raw, false
	}
	var kept [][]byte
	for range n {
		item := in.raw()
		if in.bad {
			return raw, false
		}
		if !out(item) {
			kept = append(kept, item)
		}
	}
	switch len(kept) {
	case n:
		return raw, false
	case 0:
		return []byte{undefined}, true
	}
	return append(appendHead(nil, majorArray, uint64(len(kept))), slices.Concat(kept...)...), true
}

// textOf reads an item that is a text.
func textOf(item []byte) (text []byte, ok bool) {
	in := items{b: item}
	text = in.chunk(majorText)
	return text, !in.bad
}

// fieldText returns the text of one field of a map; empty when there is none.
func fieldText(raw []byte, name string) string {
	text, _ := textOf(fieldOf(raw, name))
	return string(text)
}

// cut is what a picture is made anew without.
type cut struct {
	gone gone
	keys map[string]bool      // the index entries that lead to what is gone
	pass func(size int) error // is told of every entry
}

// cutOf finds the index entries of what is gone in the picture as it is.
func (db *DB) cutOf(txn *badger.Txn, g gone) (*cut, error) {
	c := &cut{gone: g, keys: map[string]bool{}}
	for n := range g {
		s, err := readState(txn, recordKey(n.t, n.id))
		if err != nil {
			return nil, err
		}
		if s == nil {
			continue
		}
		r, err := db.codec.record(n.t, s.raw)
		if err != nil {
			return nil, err
		}
		for _, k := range indexKeys(r, db.home) {
			c.keys[string(k)] = true
		}
	}
	return c, nil
}

// leads reports whether an index entry leads from what is gone to a record of others, which
// points there no more.
func (g gone) leads(key []byte) bool {
	t := assist.TypeCustomer
	rest := key[1:]
	switch {
	case key[0] == spaceRelation:
	case key[0] == spaceLink && len(rest) > 0 && rest[0] == linkNote:
		t, rest = assist.TypeCall, rest[1:]
	case key[0] == spaceLink && len(rest) > 0:
		t, rest = assist.TypeNote, rest[1:]
	default:
		return false
	}
	id, _, ok := cutRef(rest)
	return ok && g[named{t, id}]
}

// entry returns what a new picture has in place of an entry; keep is false when it has
// nothing. A nil cut leaves everything.
func (c *cut) entry(key, value []byte) (out []byte, keep bool, err error) {
	if c == nil {
		return value, true, nil
	}
	if err := c.pass(len(key) + len(value)); err != nil {
		return nil, false, err
	}
	if key[0] == spaceClash {
		return value, !c.gone.inClash(key, value), nil
	}
	if key[0] != spaceRecord {
		return value, !c.keys[string(key)] && !c.gone.leads(key), nil
	}
	t, id := typeOf(key)
	if c.gone[named{t, id}] {
		return nil, false, nil
	}
	if out, err = c.gone.state(value); out == nil {
		out = value
	}
	return out, true, err
}
