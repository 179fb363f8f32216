package storage

import (
	"context"
	"fmt"
	"hash/maphash"
	"os"

	"ringside/assist"
)

const (
	bulkPack  = 1000      // operations in a pack
	bulkBytes = 1 << 20   // and about how large it may be
	bulkKnown = 1_000_000 // records remembered, so that they are not compared again
	bulkLate  = 10        // packs that wait for what is held
)

// Bulk keeps many records quickly, in packs. It is for one goroutine; other writers
// may go on beside it.
type Bulk struct {
	db     *DB
	ctx    context.Context
	list   []encoded
	size   int
	closed bool
	seed   maphash.Seed
	// known remembers the content of records added before: the company of a thousand
	// customers is compared once.
	known map[uint64]struct{}
	late  [][]encoded // must wait until what is held has landed
	packs chan []encoded
	done  chan struct{}
	err   error // of the packs already handed over; read it behind done or by wait
	wait  chan error
}

// Bulk begins an import. The caller must call Close.
func (db *DB) Bulk(ctx context.Context) *Bulk {
	b := &Bulk{db: db, ctx: ctx, seed: maphash.MakeSeed(), known: map[uint64]struct{}{},
		packs: make(chan []encoded, 1), done: make(chan struct{}), wait: make(chan error)}
	go b.run()
	return b
}

// run writes the packs while the caller prepares the next one. A nil pack asks how
// it went so far.
func (b *Bulk) run() {
	defer close(b.done)
	defer b.db.forget()
	defer b.end()
	b.err = b.db.watch()
	for list := range b.packs {
		if list == nil {
			b.keepLate()
			b.settle()
			b.wait <- b.err
			continue
		}
		if b.err == nil {
			b.err = b.ctx.Err()
		}
		if b.err == nil {
			b.err = b.keep(list)
		}
		if len(b.late) >= bulkLate {
			b.keepLate()
		}
	}
}

// keep writes a pack: what is new is held back, what was there before the import is
// compared and written at once.
func (b *Bulk) keep(list []encoded) error {
	rest, err := b.hold(list)
	if err != nil {
		return err
	}
	var now, late []encoded
	for _, e := range rest {
		if b.db.watched(e.t) {
			late = append(late, e)
		} else {
			now = append(now, e)
		}
	}
	if len(late) > 0 {
		b.late = append(b.late, late)
	}
	if len(now) == 0 {
		return nil
	}
	return b.db.write(now, true)
}

// hold is DB.hold for records that name who stands now: no merge comes in between.
func (b *Bulk) hold(list []encoded) (rest []encoded, err error) {
	b.db.bulk.Lock()
	defer b.db.bulk.Unlock()
	if list, err = b.db.addressed(list); err != nil {
		return nil, err
	}
	return b.db.hold(list)
}

// keepLate writes what came a second time: only now can it be compared.
func (b *Bulk) keepLate() {
	if len(b.late) == 0 || b.err != nil {
		return
	}
	b.err = b.db.land()
	for _, list := range b.late {
		if b.err == nil {
			b.err = b.db.write(list, true)
		}
	}
	b.late = nil
}

// end brings everything into the picture, also when the import was broken off.
func (b *Bulk) end() {
	b.keepLate()
	if err := b.db.land(); b.err == nil {
		b.err = err
	}
	b.settle()
}

// settle waits until the picture has what was given to it.
func (b *Bulk) settle() {
	b.db.mu.Lock()
	defer b.db.mu.Unlock()
	b.db.settle()
	if b.err == nil {
		b.err = b.db.behind
	}
}

// Add puts a record into the next pack. A record that cannot be kept is refused with
// an error and does not end the import; an error of an earlier pack shows in Flush
// and Close.
func (b *Bulk) Add(r assist.Record) error {
	if err := b.ctx.Err(); err != nil {
		return err
	}
	if b.closed {
		return fmt.Errorf("add to import: %w", os.ErrClosed)
	}
	e, err := b.db.encode(r)
	if err != nil {
		return err
	}
	size, hash := 0, maphash.Hash{}
	hash.SetSeed(b.seed)
	hash.WriteString(string(e.t))
	hash.WriteByte(0)
	hash.WriteString(string(e.id))
	for _, f := range e.fields {
		hash.WriteString(f.name)
		hash.WriteByte(0)
		hash.Write(f.raw)
		size += len(f.name) + len(f.raw)
	}
	if e.t == assist.TypeCompany { // the only records that come again and again
		if _, ok := b.known[hash.Sum64()]; ok {
			return nil
		}
		if len(b.known) < bulkKnown {
			b.known[hash.Sum64()] = struct{}{}
		}
	}
	b.list = append(b.list, e)
	if b.size += size; len(b.list) >= bulkPack || b.size >= bulkBytes {
		b.send()
	}
	return nil
}

func (b *Bulk) send() {
	if len(b.list) == 0 {
		return
	}
	b.packs <- b.list
	b.list, b.size = make([]encoded, 0, bulkPack), 0
}

// Flush returns when everything added so far is durable, or why it is not. What is
// new may not be found before Close.
func (b *Bulk) Flush() error {
	if b.closed {
		return b.err
	}
	b.send()
	b.packs <- nil
	return <-b.wait
}

// Close flushes and ends the import, and says how it went; from then on everything
// can be found; a second Close says the
// same. Nothing can be added behind it.
func (b *Bulk) Close() error {
	if !b.closed {
		b.closed = true
		b.send()
		close(b.packs)
	}
	<-b.done
	return b.err
}
