package insight

import (
	"hash/maphash"
	"slices"

	"ringside/assist"
)

// numbers numbers ids from 0 on, in 14 bytes each. It keeps 64 bits of an id: of a million
// ids two would share a number once in tens of millions of stores. The zero numbers is
// empty.
type numbers struct {
	hashes  []uint64 // by number
	table   []uint32 // 1 + number, at the first free place from where the hash says; 0 is free
	fetched uint64
}

// grow makes room for so many more ids.
func (n *numbers) grow(ids int) {
	n.hashes = slices.Grow(n.hashes, ids)
	places := max(len(n.table), 16)
	for places*3 < cap(n.hashes)*4 { // three quarters of the places are taken at most
		places *= 2
	}
	if places == len(n.table) {
		return
	}
	n.table = make([]uint32, places)
	for at, h := range n.hashes {
		n.table[n.place(h)] = uint32(at) + 1
	}
}

// place is where the number of a hash stands, or where it would.
func (n *numbers) place(h uint64) int {
	mask := len(n.table) - 1
	for i := int(h>>32) & mask; ; i = (i + 1) & mask {
		if at := n.table[i]; at == 0 || n.hashes[at-1] == h {
			return i
		}
	}
}

// of returns the number of a hash, and whether it had none until now.
func (n *numbers) of(h uint64) (at int32, fresh bool) {
	if len(n.hashes) == cap(n.hashes) || len(n.table) == 0 {
		n.grow(len(n.hashes)/4 + 16)
	}
	i := n.place(h)
	if n.table[i] == 0 {
		n.hashes = append(n.hashes, h)
		n.table[i], fresh = uint32(len(n.hashes)), true
	}
	return int32(n.table[i]) - 1, fresh
}

// fetch has memory bring what of will read for this hash: many that are fetched one after
// another come at the same time, where each of would wait for its own.
func (n *numbers) fetch(h uint64) {
	if len(n.table) == 0 {
		return
	}
	if at := n.table[int(h>>32)&(len(n.table)-1)]; at > 0 {
		n.fetched ^= n.hashes[at-1]
	}
}

// find returns the number of a hash, when it has one.
func (n *numbers) find(h uint64) (at int32, ok bool) {
	if len(n.table) == 0 {
		return 0, false
	}
	at = int32(n.table[n.place(h)]) - 1
	return at, at >= 0
}

// roster numbers those who are counted once each, from 1 on; 0 is nobody.
type roster struct{ numbers }

func (r *roster) of(id assist.ID) int32 {
	if id == "" {
		return 0
	}
	at, _ := r.numbers.of(hash("", id))
	return at + 1
}

// most is above every number that was given.
func (r *roster) most() int { return len(r.hashes) + 1 }

// hash is of this process: nothing that is kept may hold it.
func hash(t assist.Type, id assist.ID) uint64 {
	return maphash.String(seed, string(id)) + maphash.String(seed, string(t))*0x9E3779B97F4A7C15
}

var seed = maphash.MakeSeed()
