package insight

import (
	"encoding/binary"
	"slices"

	"ringside/assist"
)

// shelf keeps what records tell as bytes, one after another, so that a million of them are
// a few dozen objects in memory. What is put there stays until the shelf goes: a record
// that tells something else is put there again.
type shelf struct{ boards [][]byte }

// spot is where something stands on a shelf; 0 is nowhere.
type spot uint32

const boardBits = 20 // of a spot, within a board

// put keeps the id of a record and the numbers of the themes that it tells.
func (s *shelf) put(r assist.Ref, themes []int32) spot {
	var room [64]byte
	b := append(room[:0], byte(purpose(r.Type)))
	b = binary.AppendUvarint(b, uint64(len(r.ID)))
	b = append(b, r.ID...)
	b = binary.AppendUvarint(b, uint64(len(themes)))
	for _, t := range themes {
		b = binary.AppendUvarint(b, uint64(t))
	}
	if n := len(s.boards); n == 0 || len(s.boards[n-1])+len(b) > cap(s.boards[n-1]) {
		s.boards = append(s.boards, make([]byte, 0, max(len(b), 1<<boardBits)))
	}
	last := &s.boards[len(s.boards)-1]
	at := spot(len(s.boards)<<boardBits | len(*last))
	*last = append(*last, b...)
	return at
}

func (s *shelf) from(at spot) []byte { return s.boards[at>>boardBits-1][at&(1<<boardBits-1):] }

// ref returns the record that stands there.
func (s *shelf) ref(at spot) assist.Ref {
	t, b := types[s.from(at)[0]], s.from(at)[1:]
	n, skip := binary.Uvarint(b)
	return assist.Ref{Type: t, ID: assist.ID(b[skip : skip+int(n)])}
}

// themes returns the numbers of the themes that the record tells that stands there. What
// was there in into is written over.
func (s *shelf) themes(at spot, into []int32) []int32 {
	b := s.from(at)[1:]
	n, skip := binary.Uvarint(b)
	b = b[skip+int(n):]
	n, skip = binary.Uvarint(b)
	for into = into[:0]; n > 0; n-- {
		b = b[skip:]
		var t uint64
		t, skip = binary.Uvarint(b)
		into = append(into, int32(t))
	}
	return into
}

// purpose ranks the types of record by how much on purpose they say it.
func purpose(t assist.Type) int { return slices.Index(types, t) }
