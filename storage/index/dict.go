package index

import (
	"encoding/binary"
	"sort"
	"strings"
)

// The dictionary holds every term with its list, in the order of the terms, in pieces
// of a few kilobytes. Only the first term of each piece is in memory.

const dictPiece = 2 << 10

// dictWriter takes terms in ascending order.
type dictWriter struct {
	out   *sealer
	last  string
	buf   []byte
	list  []byte
	first string
	dir   []byte // the first terms and where their pieces are
	count uint64
}

func (d *dictWriter) add(term string, docs []uint32) {
	d.list = appendList(d.list[:0], docs, d.out.put)
	d.addList(term, d.list)
}

// addList takes a term with what appendList has made of its records.
func (d *dictWriter) addList(term string, list []byte) {
	if len(d.buf) >= dictPiece {
		d.flush()
	}
	if len(d.buf) == 0 {
		d.first, d.last = term, ""
	}
	same := commonPrefix(d.last, term)
	d.buf = binary.AppendUvarint(d.buf, uint64(same))
	d.buf = binary.AppendUvarint(d.buf, uint64(len(term)-same))
	d.buf = append(d.buf, term[same:]...)
	d.buf = append(d.buf, list...)
	d.last = term
}

func (d *dictWriter) flush() {
	if len(d.buf) == 0 {
		return
	}
	p := d.out.put(d.buf)
	d.dir = binary.AppendUvarint(d.dir, uint64(len(d.first)))
	d.dir = append(d.dir, d.first...)
	d.dir = binary.AppendUvarint(d.dir, p.at)
	d.dir = binary.AppendUvarint(d.dir, uint64(p.size))
	d.buf = d.buf[:0]
	d.count++
}

// finish returns the piece that readDict takes.
func (d *dictWriter) finish() piece {
	d.flush()
	return d.out.put(append(binary.AppendUvarint(nil, d.count), d.dir...))
}

func commonPrefix(a, b string) int {
	n := min(len(a), len(b))
	for i := range n {
		if a[i] != b[i] {
			return i
		}
	}
	return n
}

// dict reads a dictionary.
type dict struct {
	firsts []string
	pieces []piece
}

func readDict(from *sealed, at piece) (*dict, error) {
	b, err := from.get(at, nil)
	if err != nil {
		return nil, err
	}
	r := reader{b: b}
	n := min(r.uvarint(), uint64(len(b)))
	d := &dict{firsts: make([]string, 0, n), pieces: make([]piece, 0, n)}
	text := string(b)
	for range n {
		size := r.uvarint()
		start := len(text) - len(r.b)
		r.chunk(size)
		if r.bad {
			return nil, ErrDamaged
		}
		d.firsts = append(d.firsts, text[start:start+int(size)])
		d.pieces = append(d.pieces, piece{r.uvarint(), uint32(r.uvarint())})
	}
	return d, r.err()
}

// each calls f with the terms from the given one on, in order, until f says stop. What
// the reader stands on is the list of the term.
func (d *dict) each(in *pieces, from string, f func(term []byte, r *reader) (more bool)) error {
	at := sort.SearchStrings(d.firsts, from)
	if at > 0 && (at == len(d.firsts) || d.firsts[at] != from) {
		at--
	}
	var term []byte
	for ; at < len(d.pieces); at++ {
		b, err := in.get(d.pieces[at])
		if err != nil {
			return err
		}
		for r := (reader{b: b}); len(r.b) > 0; {
			same := r.uvarint()
			if same > uint64(len(term)) {
				return ErrDamaged
			}
			term = append(term[:same], r.chunk(r.uvarint())...)
			if string(term) < from {
				r.skipList()
			} else if !f(term, &r) {
				return r.err()
			}
			if r.bad {
				return ErrDamaged
			}
		}
	}
	return nil
}

// whole returns the list of a term.
func (d *dict) whole(in *pieces, term string) (out []list, err error) {
	err = d.each(in, term, func(t []byte, r *reader) bool {
		if string(t) == term {
			out = append(out, r.list())
		}
		return false
	})
	return out, err
}

// beginning returns lists that together hold the records of all terms with a prefix:
// their own when they are few, else the one that was made of them.
func (d *dict) beginning(in *pieces, prefix string) (out []list, err error) {
	err = d.each(in, prefix, func(t []byte, r *reader) bool {
		if !strings.HasPrefix(string(t), prefix) {
			return false
		}
		out = append(out, r.list())
		return len(out) <= maxTogether
	})
	if len(out) <= maxTogether || err != nil {
		return out, err
	}
	union := string([]byte{spaceUnion}) + prefix
	err = d.each(in, union, func(t []byte, r *reader) bool {
		if strings.HasPrefix(string(t), union) {
			out = append(out[:0], r.list())
		}
		return false
	})
	return out, err
}
