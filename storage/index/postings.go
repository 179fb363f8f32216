package index

import (
	"encoding/binary"
	"slices"
)

// Records are numbered by rank. The numbers of those that have a term are kept in
// blocks of 65,536, so that a search goes through the best ones first and stops when
// it has enough.

const (
	blockBits  = 16
	blockDocs  = 1 << blockBits
	maxInline  = 256 // bytes of a list that stands beside its term
	bitmapSize = blockDocs / 8
)

// block is a set of the numbers of one block.
type block [blockDocs / 64]uint64

func (b *block) set(n uint16) { b[n/64] |= 1 << (n % 64) }

// list is where the numbers of the records with one term are.
type list struct {
	count  int
	docs   []uint32 // all of them, when they are few
	blocks []listBlock
}

type listBlock struct {
	number int
	piece
}

// reader decodes what was encoded; after the first thing that is not as it should be,
// bad is set and everything is zero.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) uvarint() uint64 {
	if len(r.b) > 0 && r.b[0] < 0x80 {
		v := r.b[0]
		r.b = r.b[1:]
		return uint64(v)
	}
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.bad, r.b = true, nil
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *reader) chunk(n uint64) []byte {
	if n > uint64(len(r.b)) {
		r.bad, r.b = true, nil
		return nil
	}
	out := r.b[:n:n]
	r.b = r.b[n:]
	return out
}

func (r *reader) err() error {
	if r.bad {
		return ErrDamaged
	}
	return nil
}

// appendDocs appends ascending numbers as the steps between them.
func appendDocs(b []byte, docs []uint32) []byte {
	last := uint32(0)
	for i, d := range docs {
		step := d - last
		if i > 0 {
			step--
		}
		b = binary.AppendUvarint(b, uint64(step))
		last = d
	}
	return b
}

// eachDoc decodes what appendDocs has written.
func eachDoc(b []byte, f func(doc uint32)) error {
	r := reader{b: b}
	doc, first := uint64(0), true
	for len(r.b) > 0 {
		step := r.uvarint()
		if doc += step; !first {
			doc++
		}
		if doc > 1<<32-1 || r.bad {
			return ErrDamaged
		}
		first = false
		f(uint32(doc))
	}
	return r.err()
}

// appendList writes a list: what is beside its term is appended, the rest goes into
// pieces of their own.
func appendList(b []byte, docs []uint32, put func([]byte) piece) []byte {
	b = binary.AppendUvarint(b, uint64(len(docs)))
	var buf [maxInline + 16]byte
	if len(docs) <= maxInline {
		if in := appendDocs(buf[:0], docs); len(in) <= maxInline {
			b = binary.AppendUvarint(b, uint64(len(in))+1)
			return append(b, in...)
		}
	}
	b = binary.AppendUvarint(b, 0)
	var blocks []byte
	n := uint64(0)
	for len(docs) > 0 {
		number := docs[0] >> blockBits
		end, _ := slices.BinarySearch(docs, (number+1)<<blockBits)
		if number == 1<<(32-blockBits)-1 {
			end = len(docs)
		}
		p := put(encodeBlock(docs[:end]))
		for _, v := range []uint64{uint64(number), p.at, uint64(p.size)} {
			blocks = binary.AppendUvarint(blocks, v)
		}
		docs = docs[end:]
		n++
	}
	return append(binary.AppendUvarint(b, n), blocks...)
}

const (
	asSteps  = 0
	asBitmap = 1
)

func encodeBlock(docs []uint32) []byte {
	low := make([]uint32, len(docs))
	for i, d := range docs {
		low[i] = d % blockDocs
	}
	if len(docs) < bitmapSize {
		if b := appendDocs([]byte{asSteps}, low); len(b) <= bitmapSize {
			return b
		}
	}
	b := make([]byte, 1+bitmapSize)
	b[0] = asBitmap
	for _, d := range low {
		b[1+d/8] |= 1 << (d % 8)
	}
	return b
}

// skipList passes over what appendList has appended.
func (r *reader) skipList() {
	r.uvarint()
	if n := r.uvarint(); n > 0 {
		r.chunk(n - 1)
		return
	}
	for n := r.uvarint(); n > 0 && !r.bad; n-- {
		r.uvarint()
		r.uvarint()
		r.uvarint()
	}
}

// list reads what appendList has appended; nothing of the reader's bytes is kept.
func (r *reader) list() (l list) {
	l.count = int(min(r.uvarint(), 1<<32))
	if n := r.uvarint(); n > 0 {
		l.docs = make([]uint32, 0, min(l.count, maxInline))
		if err := eachDoc(r.chunk(n-1), func(d uint32) { l.docs = append(l.docs, d) }); err != nil {
			r.bad = true
		}
		return l
	}
	for range min(r.uvarint(), 1<<blockBits) {
		l.blocks = append(l.blocks, listBlock{int(r.uvarint()), piece{r.uvarint(), uint32(r.uvarint())}})
		if r.bad {
			break
		}
	}
	return l
}

// or adds the list's numbers of one block to a set, and reports whether there are any.
func (l list) or(into *block, number int, from *pieces) (some bool, err error) {
	if l.blocks == nil {
		i, _ := slices.BinarySearch(l.docs, uint32(number)<<blockBits)
		for ; i < len(l.docs) && int(l.docs[i]>>blockBits) == number; i++ {
			into.set(uint16(l.docs[i]))
			some = true
		}
		return some, nil
	}
	i, ok := slices.BinarySearchFunc(l.blocks, number, func(b listBlock, n int) int { return b.number - n })
	if !ok {
		return false, nil
	}
	b, err := from.get(l.blocks[i].piece)
	if err != nil {
		return false, err
	}
	return true, orBlock(into, b)
}

// steps adds what appendDocs has written of one block.
func (b *block) steps(in []byte) error {
	doc := ^uint32(0)
	for i := 0; i < len(in); i++ {
		step := uint32(in[i])
		if step >= 0x80 { // steps in a block have three bytes at most
			n := 0
			var long uint64
			if long, n = binary.Uvarint(in[i:]); n <= 0 || long >= blockDocs {
				return ErrDamaged
			}
			step = uint32(long)
			i += n - 1
		}
		if doc += step + 1; doc >= blockDocs {
			return ErrDamaged
		}
		b[doc/64] |= 1 << (doc % 64)
	}
	return nil
}

func orBlock(into *block, b []byte) error {
	switch {
	case len(b) > 0 && b[0] == asSteps:
		return into.steps(b[1:])
	case len(b) == 1+bitmapSize && b[0] == asBitmap:
		for i := range into {
			into[i] |= binary.LittleEndian.Uint64(b[1+8*i:])
		}
		return nil
	}
	return ErrDamaged
}
