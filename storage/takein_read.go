package storage

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"unicode/utf8"

	"ringside/assist"
)

// What a body may hold that comes from elsewhere. Outgoing stays well below.
const (
	maxBody      = 4 << 20
	maxBodyOps   = 1000
	maxFields    = 1000
	maxTypeName  = 64
	maxForeignID = 255     // bytes: an index entry holds no longer one
	maxClock     = 1 << 62 // milliseconds and counter: in more than two thousand years
)

// incoming is a pack from elsewhere and the records that its operations are of, as far as
// they say; nil for types of a newer version.
type incoming struct {
	*pack
	records []assist.Record
	raw     []byte // as it came; nil when something was taken out
}

// payload is what the journal keeps of it.
func (p incoming) payload() []byte {
	if p.raw != nil {
		return p.raw
	}
	return p.encode()
}

// errBody is why a body from elsewhere is refused.
var errBody = fmt.Errorf("it is not what a store hands out: %w", assist.ErrInvalid)

// readBody reads what Outgoing has made elsewhere. It trusts nothing: whatever this
// returns can be merged, kept and indexed.
func (c *codec) readBody(b []byte) (out []incoming, err error) {
	if len(b) > maxBody {
		return nil, fmt.Errorf("%d bytes are too many: %w", len(b), errBody)
	}
	in := items{b: b}
	parts, version := in.want(majorArray), in.want(majorUint)
	if !in.bad && version > bodyVersion {
		return nil, &assist.Fault{What: "a colleague has a newer version of Ringside", Do: "Install the newest version.", Err: assist.ErrNewer}
	}
	ops := 0
	for range in.count(majorArray) {
		start := in.b
		p, err := in.pack()
		if err != nil {
			return nil, errors.Join(errBody, err)
		}
		if ops += len(p.ops); ops > maxBodyOps {
			return nil, fmt.Errorf("more than %d operations: %w", maxBodyOps, errBody)
		}
		records, err := c.readPack(p)
		if err != nil {
			return nil, err
		}
		out = append(out, incoming{p, records, start[:len(start)-len(in.b)]})
	}
	if in.bad || parts != 2 || len(in.b) > 0 {
		return nil, fmt.Errorf("it is not readable: %w", errBody)
	}
	return out, nil
}

func (c *codec) readPack(p *pack) ([]assist.Record, error) {
	if !p.taken || p.clock > maxClock || len(p.ops) == 0 || len(p.rep) > maxForeignID || !utf8.ValidString(p.rep) {
		return nil, fmt.Errorf("a pack is not as it must be: %w", errBody)
	}
	records := make([]assist.Record, len(p.ops))
	for i, o := range p.ops {
		var err error
		if records[i], err = c.readOp(o); err != nil {
			return nil, fmt.Errorf("%q %q: %w", o.t, o.id, err)
		}
	}
	return records, nil
}

// readOp returns the record that an operation alone makes.
func (c *codec) readOp(o op) (assist.Record, error) {
	if o.void() {
		return nil, invalidIf(o.id != "" || len(o.fields) > 0 || o.whose != "", "nothing of something")
	}
	if err := invalidIf(len(o.t) > maxTypeName || !assist.ID(o.t).Valid() || private(o.t), "no type for others"); err != nil {
		return nil, err
	}
	if err := invalidIf(!idFits(o.id) || o.id == "" || len(o.whose) > maxForeignID, "no id"); err != nil {
		return nil, err
	}
	if err := c.checkFields(o); err != nil {
		return nil, err
	}
	kept := slices.DeleteFunc(slices.Clone(o.fields), field.deleted)
	r, err := c.record(o.t, appendFields(nil, kept))
	if err != nil {
		return nil, errors.Join(errBody, err)
	}
	if r == nil {
		return nil, nil
	}
	if _, id := r.Ident(); slices.ContainsFunc(o.fields, func(f field) bool { return f.name == "id" }) && id != o.id {
		return nil, invalidIf(true, "another id in it")
	}
	return r, invalidIf(!idsFit(reflect.ValueOf(r)), "no id")
}

// checkFields holds the fields to what a record may have.
func (c *codec) checkFields(o op) error {
	most := maxRecord
	if o.t == assist.TypeBlob {
		most = maxBlob
	}
	seen := make(map[string]bool, len(o.fields))
	for _, f := range o.fields {
		most -= len(f.name) + len(f.raw)
		bad := f.name == "" || len(f.name) > maxTypeName || !utf8.ValidString(f.name) || seen[f.name] || f.name == "id" && f.deleted() || !fieldFits(o.t, f)
		if err := invalidIf(bad, "a field twice or without a name"); err != nil {
			return err
		}
		seen[f.name] = true
	}
	return invalidIf(most < 0 || len(o.fields) > maxFields, "it is too long")
}

// fieldFits reports whether a field of an item of a list is one.
func fieldFits(t assist.Type, f field) bool {
	name, is := listOf(f.name)
	if _, known := lists[t][name]; !is || !known {
		return true
	}
	_, ok := itemOf(f)
	return ok
}

func invalidIf(bad bool, what string) error {
	if !bad {
		return nil
	}
	return fmt.Errorf("%s: %w", what, errBody)
}

func idFits(id assist.ID) bool {
	for _, c := range []byte(id) {
		if c == 0 {
			return false
		}
	}
	return len(id) <= maxForeignID && utf8.ValidString(string(id))
}

var typeID = reflect.TypeFor[assist.ID]()

// idsFit reports whether every id in a record can be part of an index entry.
func idsFit(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.String:
		return v.Type() != typeID || idFits(assist.ID(v.String()))
	case reflect.Struct:
		for i := range v.NumField() {
			if !idsFit(v.Field(i)) {
				return false
			}
		}
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return true // a file
		}
		for i := range v.Len() {
			if !idsFit(v.Index(i)) {
				return false
			}
		}
	case reflect.Map:
		return mapFits(v)
	}
	return true
}

func mapFits(v reflect.Value) bool {
	for it := v.MapRange(); it.Next(); {
		if !idsFit(it.Key()) || !idsFit(it.Value()) {
			return false
		}
	}
	return true
}
