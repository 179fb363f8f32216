package people

import (
	"hash/maphash"
	"strings"
)

// owners remembers on which line each id, address or row came first. It is a plain
// table of hashes, for a file may have millions of them. Two keys with one hash are
// taken for the same; of a million keys that befalls one file in thirty million.
type owners struct {
	slots []slot
	used  int
}

// slot is empty when its line is 0. The hash is in halves so that a slot takes 12
// bytes.
type slot struct {
	low, high uint32
	line      int32
}

func newOwners() *owners { return &owners{slots: make([]slot, 1<<10)} }

// at returns the slot of a hash: its own, or the empty one where it belongs.
func (o *owners) at(h uint64) *slot {
	mask := uint64(len(o.slots) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		s := &o.slots[i]
		if s.line == 0 || s.low == uint32(h) && s.high == uint32(h>>32) {
			return s
		}
	}
}

// find returns the line of a hash, when it has come before.
func (o *owners) find(h uint64) (line int, ok bool) {
	s := o.at(h)
	return int(s.line), s.line != 0
}

// claim returns the line where a hash came first, which is the line given when it
// has not come before.
func (o *owners) claim(h uint64, line int) (first int) {
	s := o.at(h)
	if s.line != 0 {
		return int(s.line)
	}
	*s = slot{uint32(h), uint32(h >> 32), int32(line)}
	if o.used++; o.used*4 > len(o.slots)*3 {
		o.grow()
	}
	return line
}

func (o *owners) grow() {
	old := o.slots
	o.slots = make([]slot, 2*len(old))
	for _, s := range old {
		if s.line != 0 {
			*o.at(uint64(s.high)<<32 | uint64(s.low)) = s
		}
	}
}

// hash gives the draft the hashes of its keys, or of its identity when it has none.
// The id that it brought from our own table comes before the others.
// An id that is written as an address is that address.
func (r *reader) hash(d *draft) {
	c := &d.customer
	if c.ID != "" {
		r.scratch = append(append(r.scratch[:0], "own\x00"...), c.ID...)
		d.keys = append(d.keys, maphash.Bytes(r.others, r.scratch))
	}
	for _, id := range c.External {
		if mail, ok := strings.CutPrefix(id, "email:"); ok {
			d.keys = append(d.keys, maphash.String(r.mails, mail))
		} else {
			d.keys = append(d.keys, maphash.String(r.others, id))
		}
	}
	for _, mail := range c.Emails {
		d.keys = append(d.keys, maphash.String(r.mails, mail))
	}
	if len(d.keys) == 0 {
		r.scratch = d.appendIdentity(append(r.scratch[:0], "row\x00"...))
		d.keys = append(d.keys, maphash.Bytes(r.others, r.scratch))
	}
}
