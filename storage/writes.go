package storage

import (
	"encoding/json"
	"fmt"
	"time"

	"ringside/assist"
)

// Write is one operation of a Share, for people to read.
type Write struct {
	Of     assist.Ref // of nothing where an erasure has emptied it
	At     time.Time  // when it was written, to the millisecond
	Rep    assist.ID  // who sat there; empty when nobody had said
	Fields []Written
}

// Written is what a field was given.
type Written struct {
	Name  string          // its JSON name
	Value json.RawMessage // null where it was cleared
}

// Writes reads the Body of a Share.
func (db *DB) Writes(body []byte) (out []Write, err error) {
	in, err := db.codec.readBody(body)
	if err != nil {
		return nil, fmt.Errorf("read what is shared: %w", err)
	}
	for _, p := range in {
		for i, o := range p.ops {
			w := Write{Of: assist.Ref{Type: o.t, ID: o.id}, At: p.stamp(i).time(), Rep: assist.ID(p.rep)}
			for _, f := range o.fields {
				value, err := db.jsonOf(o.t, f.name, f.raw)
				if err != nil {
					return nil, fmt.Errorf("read what is shared: %w", err)
				}
				w.Fields = append(w.Fields, Written{f.name, value})
			}
			out = append(out, w)
		}
	}
	return out, nil
}
