package storage

import (
	"hash/maphash"
	"runtime"
	"runtime/debug"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
)

// fresh remembers which records of a type have been written since there were none,
// so that an import into an empty store need not look for each one on the disk. It is
// a Bloom filter: what it does not know is not there.
type fresh struct {
	seed  maphash.Seed
	words []uint64
}

// At a million records it takes a new one for known once in a billion, for 8 MB.
const (
	freshBits  = 1 << 26
	freshTimes = 12
)

func newFresh() *fresh {
	return &fresh{seed: maphash.MakeSeed(), words: make([]uint64, freshBits/64)}
}

// add notes an id and reports whether it may have been noted before.
func (f *fresh) add(id assist.ID) bool {
	h := maphash.String(f.seed, string(id))
	step := h>>32 | 1
	before := true
	for range freshTimes {
		bit := h % freshBits
		if f.words[bit/64]&(1<<(bit%64)) == 0 {
			before = false
			f.words[bit/64] |= 1 << (bit % 64)
		}
		h += step
	}
	return before
}

// filters are those of several types.
type filters map[assist.Type]*fresh

// isNew notes a record and reports whether it is surely the first of its id.
func (f filters) isNew(t assist.Type, id assist.ID) bool {
	return f[t] != nil && !f[t].add(id)
}

// again returns filters that give the same answers from the beginning.
func (f filters) again() filters {
	out := filters{}
	for t, x := range f {
		out[t] = &fresh{x.seed, make([]uint64, len(x.words))}
	}
	return out
}

// bulkTypes are the types of which an import may bring very many.
func bulkTypes() []assist.Type {
	return []assist.Type{assist.TypeCustomer, assist.TypeCompany, assist.TypeNote, assist.TypeCall}
}

// addEmpty adds filters for the types of which the picture has no record.
func (f filters) addEmpty(picture *badger.DB) error {
	return picture.View(func(txn *badger.Txn) error {
		for _, t := range bulkTypes() {
			it := txn.NewIterator(keysOnly(typeKey(t)))
			it.Rewind()
			if !it.Valid() && f[t] == nil {
				f[t] = newFresh()
			}
			it.Close()
		}
		return nil
	})
}

// watch begins to remember the records of the types of which there are none.
func (db *DB) watch() error {
	db.mu.Lock()
	defer db.mu.Unlock()
	db.bulks++
	db.saveMemory(bulkMemory)
	db.settle()
	return db.fresh.addEmpty(db.picture)
}

// bulkMemory is how much the heap may grow in an import before the collector works
// harder; much of what an import allocates lives for milliseconds.
const bulkMemory = 200 << 20

// Spare lowers the memory limit of the process to what it takes now and some room, in
// bytes, until end is called: for work that leaves much garbage. Any goroutine may call it,
// and several at a time.
func (db *DB) Spare(room int64) (end func()) {
	db.mu.Lock()
	defer db.mu.Unlock()
	db.saveMemory(room)
	return func() {
		db.mu.Lock()
		defer db.mu.Unlock()
		db.spendMemory()
	}
}

// saveMemory is Spare until spendMemory. The caller holds db.mu.
func (db *DB) saveMemory(room int64) {
	var now runtime.MemStats
	runtime.ReadMemStats(&now)
	before := debug.SetMemoryLimit(-1)
	if db.saving++; db.saving == 1 {
		db.limit = before
	}
	debug.SetMemoryLimit(min(before, int64(now.Sys-now.HeapReleased)+room))
}

// spendMemory ends what saveMemory has begun. The caller holds db.mu.
func (db *DB) spendMemory() {
	if db.saving--; db.saving == 0 {
		debug.SetMemoryLimit(db.limit)
	}
}

// forget ends what watch has begun.
func (db *DB) forget() {
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.bulks--; db.bulks == 0 {
		clear(db.fresh)
		db.seek.kick()
	}
	db.spendMemory()
}

// watched reports whether the records of a type are remembered.
func (db *DB) watched(t assist.Type) bool {
	db.mu.Lock()
	defer db.mu.Unlock()
	return db.fresh[t] != nil
}
