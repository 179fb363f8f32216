package storage

import (
	"encoding/binary"
	"fmt"

	"ringside/assist"
)

// The few kinds of CBOR item that packs and states are made of (RFC 8949).
const (
	majorUint  = 0
	majorBytes = 2
	majorText  = 3
	majorArray = 4
	majorMap   = 5
	majorTag   = 6

	undefined = 0xf7 // in place of a field's value: the field is deleted

	maxDepth = 16
)

func appendHead(b []byte, major byte, n uint64) []byte {
	m := major << 5
	switch {
	case n < 24:
		return append(b, m|byte(n))
	case n < 1<<8:
		return append(b, m|24, byte(n))
	case n < 1<<16:
		return binary.BigEndian.AppendUint16(append(b, m|25), uint16(n))
	case n < 1<<32:
		return binary.BigEndian.AppendUint32(append(b, m|26), uint32(n))
	}
	return binary.BigEndian.AppendUint64(append(b, m|27), n)
}

func appendText(b []byte, s string) []byte {
	return append(appendHead(b, majorText, uint64(len(s))), s...)
}

func appendBytes(b, s []byte) []byte {
	return append(appendHead(b, majorBytes, uint64(len(s))), s...)
}

// items reads CBOR items one after the other. After the first thing that is not
// as expected, bad is set and every further read gives zero.
type items struct {
	b   []byte
	bad bool
}

func (r *items) head() (major byte, n uint64) {
	if r.bad || len(r.b) == 0 {
		r.bad = true
		return 0, 0
	}
	first := r.b[0]
	major, n = first>>5, uint64(first&31)
	r.b = r.b[1:]
	if n < 24 {
		return major, n
	}
	size := 1 << (n - 24)
	if n > 27 || len(r.b) < size { // no items of unknown length
		r.bad = true
		return 0, 0
	}
	n = 0
	for _, c := range r.b[:size] {
		n = n<<8 | uint64(c)
	}
	r.b = r.b[size:]
	return major, n
}

// want returns the argument of the next item, which must be of this major type.
func (r *items) want(major byte) uint64 {
	m, n := r.head()
	if m != major {
		r.bad = true
		return 0
	}
	return n
}

func (r *items) chunk(major byte) []byte {
	n := r.want(major)
	if r.bad || n > uint64(len(r.b)) {
		r.bad = true
		return nil
	}
	out := r.b[:n:n]
	r.b = r.b[n:]
	return out
}

// count returns the length of the next array or map, never more than could be there.
func (r *items) count(major byte) int {
	n := r.want(major)
	if n > uint64(len(r.b)) {
		r.bad = true
		return 0
	}
	return int(n)
}

// raw returns the next item as it is, whatever it is.
func (r *items) raw() []byte {
	start := r.b
	r.skip(maxDepth)
	if r.bad {
		return nil
	}
	n := len(start) - len(r.b)
	return start[:n:n]
}

func (r *items) skip(depth int) {
	if depth == 0 {
		r.bad = true
		return
	}
	major, n := r.head()
	switch {
	case r.bad:
	case major == majorBytes || major == majorText:
		if n > uint64(len(r.b)) {
			r.bad = true
			return
		}
		r.b = r.b[n:]
	case major == majorTag:
		r.skip(depth - 1)
	case major == majorArray || major == majorMap:
		if n > uint64(len(r.b)) {
			r.bad = true
			return
		}
		for range n << (major - majorArray) {
			if r.skip(depth - 1); r.bad {
				return
			}
		}
	}
}

// field is one field of a record: its JSON name and its value in CBOR.
type field struct {
	name string
	raw  []byte
}

func (f field) deleted() bool { return len(f.raw) == 1 && f.raw[0] == undefined }

// fields reads a map from texts to anything.
func (r *items) fields() []field {
	n := r.count(majorMap)
	out := make([]field, 0, min(n, 64))
	for range n {
		name := r.chunk(majorText)
		out = append(out, field{string(name), r.raw()})
		if r.bad {
			return nil
		}
	}
	return out
}

func appendFields(b []byte, fs []field) []byte {
	b = appendHead(b, majorMap, uint64(len(fs)))
	for _, f := range fs {
		b = append(appendText(b, f.name), f.raw...)
	}
	return b
}

func (r *items) err(what string) error {
	if !r.bad {
		return nil
	}
	return fmt.Errorf("%s is not readable: %w", what, assist.ErrDamaged)
}
