package storage

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/dgraph-io/badger/v4"

	"ringside/assist"
	"ringside/storage/index"
)

// named is one record.
type named struct {
	t  assist.Type
	id assist.ID
}

// seeker is what a DB needs for Seek: for each type a segment, which holds the records
// as they were at a place in the journal, and in memory what was written since.
type seeker struct {
	home atomic.Pointer[region]

	// Whoever writes only notes what was written; the next Seek looks at it.
	noting  sync.Mutex
	awake   bool
	turn    uint64 // counts what was noted
	waiting map[named]uint64

	loading sync.Mutex
	mu      sync.RWMutex           // Seek holds it for reading
	shelves map[assist.Type]*shelf // nil until somebody seeks, and when the store is closed
	closed  bool
	// pictures counts how often the picture was replaced. Who changes it holds DB.mu too.
	pictures int

	wake  chan struct{} // tells the background that there may be something to build
	stop  context.CancelFunc
	ended sync.WaitGroup
	build sync.Mutex   // one segment is built at a time
	hurry atomic.Int32 // how many wait for it
}

// shelf is what can be found of one type. Only the holder of seeker.mu may look at it.
type shelf struct {
	t       assist.Type
	segment *index.Segment // nil when there is none
	file    int            // its number
	made    made
	over    map[assist.ID]over // what was written since, in place of what the segment has
	stale   bool               // and more than over tells
}

// over is a record that was written after the segment.
type over struct {
	terms index.Terms // nil when it cannot be found
	at    int64
	turn  uint64
}

const (
	maxOver    = 3000 // records in memory; more of them are worth a new segment
	maxMembers = 2000 // customers of a company that are looked at when it is renamed
)

func newSeeker() *seeker {
	k := &seeker{waiting: map[named]uint64{}, wake: make(chan struct{}, 1)}
	k.home.Store(newRegion(""))
	return k
}

func (k *seeker) region() *region { return k.home.Load() }

func (k *seeker) setRegion(name string) {
	if k.region().name != name {
		k.home.Store(newRegion(name))
		k.readAgain()
		k.kick()
	}
}

// readAgain notes who is in memory: their numbers belong elsewhere now.
func (k *seeker) readAgain() {
	var names []named
	k.mu.RLock()
	for _, t := range []assist.Type{assist.TypeCustomer, assist.TypeCompany} {
		if s := k.shelves[t]; s != nil {
			for id := range s.over {
				names = append(names, named{t, id})
			}
		}
	}
	k.mu.RUnlock()
	k.note(names)
}

// kick tells the background to look whether there is something to build.
func (k *seeker) kick() {
	select {
	case k.wake <- struct{}{}:
	default:
	}
}

// touched names the records whose way of being found a write has changed. It is nil
// while nobody has sought anything: then the journal is read first.
func (db *DB) touched(changes []change) (out []named) {
	if !db.seek.listens() {
		return nil
	}
	for _, c := range changes {
		out = append(out, named{c.t, c.id})
		switch {
		case c.t == assist.TypeCustomer && db.refiled(c):
			out = append(out, named{notesOf, c.id})
		case c.before != nil && (c.t == assist.TypeNote || c.t == assist.TypeCall):
			// It may have belonged to another customer, whose latest contact it was.
			if r, err := db.codec.record(c.t, c.before.raw); err == nil {
				out = append(out, named{assist.TypeCustomer, customerOf(r)})
			}
		}
	}
	return out
}

// customerOf returns whose note or call it is.
func customerOf(r assist.Record) assist.ID {
	switch r := r.(type) {
	case assist.Note:
		return r.Customer
	case assist.Call:
		return r.Customer
	}
	return ""
}

func (k *seeker) listens() bool {
	k.noting.Lock()
	defer k.noting.Unlock()
	return k.awake
}

// note remembers what was written.
func (k *seeker) note(names []named) {
	if len(names) == 0 {
		return
	}
	k.noting.Lock()
	defer k.noting.Unlock()
	for _, n := range names {
		k.turn++
		k.waiting[n] = k.turn
	}
}

// take returns what waits, in a fixed order.
func (k *seeker) take() (names []named, turn uint64) {
	k.noting.Lock()
	defer k.noting.Unlock()
	for n := range k.waiting {
		names = append(names, n)
	}
	clear(k.waiting)
	slices.SortFunc(names, func(a, b named) int { return cmp.Or(cmp.Compare(a.t, b.t), cmp.Compare(a.id, b.id)) })
	return names, k.turn
}

// absorb looks at what was written since the last Seek.
func (db *DB) absorb(ctx context.Context) error {
	k := db.seek
	k.noting.Lock()
	none := len(k.waiting) == 0
	k.noting.Unlock()
	if none {
		return nil
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.shelves == nil {
		return errSeekClosed
	}
	names, turn := k.take()
	a := absorber{db: db, turn: turn, home: k.region(), seen: map[named]bool{}}
	txn, done := db.begin()
	defer done()
	a.txn = txn
	for i, n := range names {
		err := a.look(n)
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			k.note(names[i:])
			return err
		}
	}
	for _, s := range k.shelves {
		if len(s.over) > maxOver || s.stale {
			k.kick()
		}
	}
	return nil
}

// absorber brings records into the shelves as they stand now.
type absorber struct {
	db   *DB
	txn  *badger.Txn
	turn uint64
	home *region
	seen map[named]bool
}

func (a *absorber) look(n named) error {
	if a.seen[n] || n.id == "" {
		return nil
	}
	a.seen[n] = true
	switch n.t {
	case assist.TypeCall:
		return a.call(n.id)
	case notesOf:
		return a.notes(n.id)
	}
	s := a.db.seek.shelves[n.t]
	if s == nil {
		return nil
	}
	k, err := a.db.kept(a.txn, n, a.home)
	if err != nil {
		return err
	}
	if err := a.facets(k); err != nil {
		return err
	}
	o := over{turn: a.turn}
	if k != nil {
		o.terms, o.at = k.doc.Terms(), k.doc.At
	}
	if o.at, err = a.others(n, k, o.at); err != nil {
		return err
	}
	s.over[n.id] = o
	return nil
}

// others looks at what is found by something of a record too, and returns the rank of it.
func (a *absorber) others(n named, k *kept, at int64) (rank int64, err error) {
	switch n.t {
	case assist.TypeCustomer:
		return micros(lastContact(a.txn, n.id)), nil
	case assist.TypeCompany:
		err = a.members(n.id)
	case assist.TypeNote:
		if k != nil {
			err = a.look(named{assist.TypeCustomer, customerOf(k.record)})
		}
	case assist.TypeInsight:
		if k != nil { // it says what its note is about
			err = a.look(named{assist.TypeNote, k.record.(assist.Insight).Note})
		}
	}
	return at, err
}

// members looks at a company's customers, who are found by its name too.
func (a *absorber) members(company assist.ID) error {
	count := 0
	err := refs(context.Background(), a.txn, refKey(spaceMember, company), func(id assist.ID) error {
		if count++; count > maxMembers {
			a.db.seek.shelves[assist.TypeCustomer].stale = true
			return errStop
		}
		return a.look(named{assist.TypeCustomer, id})
	})
	if err == errStop {
		return nil
	}
	return err
}
