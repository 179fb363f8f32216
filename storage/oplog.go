package storage

import (
	"slices"

	"ringside/assist"
)

// op is one write to one record.
type op struct {
	t      assist.Type
	id     assist.ID
	fields []field
	// whose tells on the way between replicas which customer the record belongs to, where
	// the fields do not: what is of somebody who was erased must be known as theirs.
	whose assist.ID
	// bases are, of an operation in a store that is shared, the stamps of the values that
	// it replaced; nil when that was not noted. So others see whether it knew of theirs.
	bases map[string]stamp
}

// onto returns the record as the operation leaves it; before may be nil and is not
// changed. Of others the first operation on a record may come last: until it does the
// record has its id and what is known of it.
func (o op) onto(before *state, at stamp, rep string) (after *state, changed bool) {
	if before != nil {
		return merge(before, o.fields, at, rep)
	}
	after, _ = merge(nil, o.fields, at, rep)
	if !private(o.t) && after.index("id") < 0 {
		after.fields = append(after.fields, field{"id", appendText(nil, string(o.id))})
		after.mark("id", stamp{})
		after.raw = appendFields(nil, after.fields)
	}
	return after, true
}

// pack is what one Save writes, or a part of what another replica has written: all of it
// or nothing. Operation i has the number n+i and the clock clock+i.
type pack struct {
	device [8]byte
	n      uint64
	clock  uint64
	rep    string
	ops    []op

	lifted bool    // its clock is later than the machine's, for the sake of what it overwrites
	taken  bool    // in from another replica: the numbers are of that one
	recast []moved // operations written before that have other clocks from here on
}

// The formats of a pack. Only what an older program understands has the first.
const (
	packVersion = 1
	packNewest  = 2
)

// What a pack of the second format is.
const (
	packOwn    = 1
	packTaken  = 2
	packRecast = 3
)

// kind returns what a pack is, and whether it needs the second format.
func (p *pack) kind() (kind uint64, second bool) {
	switch {
	case p.recast != nil:
		return packRecast, true
	case p.taken:
		return packTaken, true
	}
	return packOwn, slices.ContainsFunc(p.ops, func(o op) bool { return o.bases != nil })
}

// own reports whether the operations of a pack were written in this store.
func (p *pack) own() bool { return !p.taken && p.recast == nil }

// last returns the clock of the last operation.
func (p *pack) last() uint64 { return p.clock + uint64(len(p.ops)) - 1 }

func (p *pack) stamp(i int) stamp { return stamp{p.clock + uint64(i), p.device} }

func (p *pack) encode() []byte {
	size := 64
	for _, o := range p.ops {
		size += 64
		for _, f := range o.fields {
			size += len(f.name) + len(f.raw) + 2
		}
	}
	return p.append(make([]byte, 0, size))
}

// append appends the pack: [1, device, n, clock, rep, [op, ...]], or in the second format
// [2, kind, device, n, clock, rep, [op, ...], [[n, count, clock before, clock], ...]].
func (p *pack) append(b []byte) []byte {
	kind, second := p.kind()
	if second {
		b = appendHead(appendHead(b, majorArray, 8), majorUint, packNewest)
		b = appendHead(b, majorUint, kind)
	} else {
		b = appendHead(appendHead(b, majorArray, 6), majorUint, packVersion)
	}
	b = appendBytes(b, p.device[:])
	b = appendHead(b, majorUint, p.n)
	b = appendHead(b, majorUint, p.clock)
	b = appendText(b, p.rep)
	b = appendHead(b, majorArray, uint64(len(p.ops)))
	for _, o := range p.ops {
		b = o.append(b)
	}
	if second {
		b = appendMoved(b, p.recast)
	}
	return b
}

// append appends the operation: [type, id, {fields}], and with what is only in the second
// format [type, id, {fields}, whose, {field: [clock, device], ...}].
func (o op) append(b []byte) []byte {
	parts := uint64(3)
	if o.whose != "" {
		parts = 4
	}
	if o.bases != nil {
		parts = 5
	}
	b = appendHead(b, majorArray, parts)
	b = appendText(b, string(o.t))
	b = appendText(b, string(o.id))
	b = appendFields(b, o.fields)
	if parts > 3 {
		b = appendText(b, string(o.whose))
	}
	if parts > 4 {
		b = appendStamps(b, o.bases)
	}
	return b
}

func decodePack(b []byte) (*pack, error) {
	in := items{b: b}
	return in.pack()
}

// pack reads what pack.append has written.
func (r *items) pack() (*pack, error) {
	r.count(majorArray)
	v, kind := r.want(majorUint), uint64(packOwn)
	if !r.bad && v > packNewest {
		return nil, &assist.Fault{What: "the data folder was written by a newer version of Ringside",
			Do: "Install the newest version.", Err: assist.ErrNewer}
	}
	if v == packNewest {
		kind = r.want(majorUint)
	}
	p := &pack{taken: kind == packTaken}
	copy(p.device[:], r.chunk(majorBytes))
	p.n, p.clock = r.want(majorUint), r.want(majorUint)
	p.rep = string(r.chunk(majorText))
	for range r.count(majorArray) {
		p.ops = append(p.ops, r.op())
		if r.bad {
			break
		}
	}
	if v == packNewest {
		p.recast = r.moved()
		r.bad = r.bad || (kind == packRecast) != (p.recast != nil) || kind > packRecast
	}
	return p, r.err("the pack")
}

func (r *items) op() op {
	parts := r.want(majorArray)
	o := op{t: assist.Type(r.chunk(majorText)), id: assist.ID(r.chunk(majorText)), fields: r.fields()}
	if parts > 3 {
		o.whose = assist.ID(r.chunk(majorText))
	}
	if parts > 4 {
		o.bases = r.stamps()
	}
	return o
}
