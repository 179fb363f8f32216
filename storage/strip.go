package storage

import (
	"context"
	"maps"

	"ringside/assist"
)

// Strip returns a body as this store would hand it out now: without what erasures have
// taken out of it, and, of a body that was handed out here as its own, with the stamps that
// Recast has given since. changed is false when that makes no difference. Its operations
// stay as many as they were: an empty one stands where one of theirs was.
func (db *DB) Strip(ctx context.Context, body []byte, own bool) (clean []byte, changed bool, err error) {
	in, err := db.codec.readBody(body)
	if err != nil {
		return nil, false, err
	}
	gone := db.goneOf(in)
	casts, self := db.recast(), db.journal.Device()
	clocks := casts.byClock()
	var out []*pack
	for _, p := range in {
		changed = gone.pack(p.pack) || changed
		begun := (*pack)(nil)
		for i, o := range p.ops {
			at := p.stamp(i)
			if own && p.device == self {
				at = casts.op(p.n+uint64(i), at)
				clocks.bases(o.bases, self)
			}
			changed = changed || at != p.stamp(i)
			if begun == nil || at.clock != begun.clock+uint64(len(begun.ops)) {
				begun = &pack{device: p.device, n: p.n + uint64(i), clock: at.clock, rep: p.rep, taken: true}
				out = append(out, begun)
			}
			begun.ops = append(begun.ops, o)
		}
	}
	if !changed {
		return body, false, ctx.Err()
	}
	return encodeBody(out), true, ctx.Err()
}

// goneOf is what is gone of packs: records that were erased here, and all that they say to
// be of somebody who was.
func (db *DB) goneOf(packs []incoming) gone {
	set := db.erased.set()
	if len(set) == 0 {
		return nil
	}
	all := maps.Clone(set)
	if ids := db.erased.ids.Load(); ids != nil {
		maps.Copy(all, *ids)
	}
	for _, p := range packs {
		for _, o := range p.ops {
			if !o.void() && all.owns(o) {
				all[named{o.t, o.id}] = true
			}
		}
	}
	return all
}

// owns reports whether an operation is on a record of who is gone.
func (g gone) owns(o op) bool {
	for id := range customers(encoded{t: o.t, id: o.id, fields: o.fields}) {
		if g[named{assist.TypeCustomer, id}] {
			return true
		}
	}
	return false
}
