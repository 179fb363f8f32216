package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"ringside/assist"
	"ringside/assist/insight"
	"ringside/storage"
)

// counting counts the patterns of an open house. What was kept is read when somebody first
// asks; after that, what is written is taken in, record by record, when somebody asks
// again. Its methods may be called from any goroutine.
type counting struct {
	db *storage.DB

	mu     sync.Mutex // who holds it reads or counts
	book   *insight.Book
	reader *insight.Reader
	titles map[assist.ID]string // of answers

	tell atomic.Pointer[func(read, of int)] // hears how far the reading is: of who asked last

	hearing sync.Mutex // guards what follows
	news    map[assist.Ref]bool
	all     bool // more has changed than is in news
}

// When what customers like is counted: not while the first calls of the day come in, and
// then as often as it may have changed.
const (
	likedFirst = time.Minute
	likedEvery = time.Hour
)

// tellLiked tells now and then what customers love and wish, over a year, until ctx ends.
func (c *counting) tellLiked(ctx context.Context, now func() time.Time, tell func(insight.Liked)) {
	for wait := likedFirst; ; wait = likedEvery {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		_ = c.use(ctx, nil, func(b *insight.Book) { tell(insight.LikedOf(b.Patterns(now(), insight.Year))) }) // a store that cannot be read is told of where the rep looks
	}
}

// forget has everything read anew: somebody was erased, and nothing of theirs may be counted.
func (c *counting) forget() { c.hear("", "") }

// mostNews is how many records are taken in one by one; when more have changed, all are
// read again.
const mostNews = 20_000

func newCounting(db *storage.DB) *counting {
	c := &counting{db: db, all: true}
	db.Watch(c.hear)
	return c
}

// hear notes that a record was written.
func (c *counting) hear(t assist.Type, id assist.ID) {
	c.hearing.Lock()
	defer c.hearing.Unlock()
	switch {
	case c.all:
	case t == "" || t == assist.TypeSubject || len(c.news) >= mostNews:
		c.all, c.news = true, nil
	case t == assist.TypeAnswer || teller(t):
		if c.news == nil {
			c.news = map[assist.Ref]bool{}
		}
		c.news[assist.Ref{Type: t, ID: id}] = true
	}
}

func teller(t assist.Type) bool {
	for _, x := range insight.Types() {
		if x == t {
			return true
		}
	}
	return false
}

// use has the book, as it stands now, used. tell, which may be nil, hears from any
// goroutine how many records of about how many were read, when they must be. Who has
// ceased to wait lets the next one find more of it read.
func (c *counting) use(ctx context.Context, tell func(read, of int), use func(*insight.Book)) error {
	if tell != nil {
		c.tell.Store(&tell)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hearing.Lock()
	all, news := c.all, c.news
	c.all, c.news = false, nil
	c.hearing.Unlock()
	err := c.catchUp(context.WithoutCancel(ctx), all, news)
	if err != nil {
		c.hearing.Lock()
		c.all, c.news = true, nil
		c.hearing.Unlock()
		return err
	}
	if ctx.Err() == nil {
		use(c.book)
	}
	return ctx.Err()
}

func (c *counting) catchUp(ctx context.Context, all bool, news map[assist.Ref]bool) error {
	if all {
		return c.readAll(ctx)
	}
	for ref := range news {
		if ref.Type == assist.TypeAnswer {
			a, err := storage.Find[assist.Answer](ctx, c.db, ref.ID)
			if err != nil && !errors.Is(err, assist.ErrNotFound) {
				return fmt.Errorf("read an answer: %w", err)
			}
			c.titles[ref.ID] = a.Title
			continue
		}
		said, err := c.read(ctx, ref)
		switch {
		case errors.Is(err, assist.ErrNotFound):
			c.book.Drop(ref)
		case err != nil:
			return fmt.Errorf("read what was kept: %w", err)
		default:
			c.book.Put(said)
		}
	}
	return nil
}

// read returns what one record tells now.
func (c *counting) read(ctx context.Context, ref assist.Ref) (insight.Said, error) {
	find := map[assist.Type]func(context.Context, *storage.DB, assist.ID) (assist.Record, error){
		assist.TypeNote: found[assist.Note], assist.TypeInsight: found[assist.Insight], assist.TypeCall: found[assist.Call], assist.TypeGap: found[assist.Gap],
		assist.TypeKudos: found[assist.Kudos], assist.TypeOrder: found[assist.Order], assist.TypeCustomer: found[assist.Customer],
	}[ref.Type]
	r, err := find(ctx, c.db, ref.ID)
	if err != nil {
		return insight.Said{}, err
	}
	return c.reader.Read(r), nil
}

func found[T assist.Record](ctx context.Context, db *storage.DB, id assist.ID) (assist.Record, error) {
	return storage.Find[T](ctx, db, id)
}

// readAll reads everything anew.
func (c *counting) readAll(ctx context.Context) error {
	subjects, err := all[assist.Subject](ctx, c.db)
	if err != nil {
		return fmt.Errorf("read the list of names: %w", err)
	}
	answers, err := all[assist.Answer](ctx, c.db)
	if err != nil {
		return fmt.Errorf("read the answers: %w", err)
	}
	titles := make(map[assist.ID]string, len(answers))
	for _, a := range answers {
		titles[a.ID] = a.Title
	}
	r := reading{db: c.db, reader: insight.NewReader(subjects), tell: &c.tell,
		book: &insight.Book{Title: func(id assist.ID) string { return titles[id] }}}
	if err := r.everything(ctx); err != nil {
		return fmt.Errorf("read what was kept: %w", err)
	}
	c.book, c.reader, c.titles = r.book, r.reader, titles
	return nil
}

// reading reads records with several workers into one book.
type reading struct {
	db     *storage.DB
	reader *insight.Reader
	tell   *atomic.Pointer[func(read, of int)]
	of     int
	read   atomic.Int64

	mu   sync.Mutex
	book *insight.Book
}

func (r *reading) everything(ctx context.Context) error {
	for _, t := range insight.Types() {
		r.of += r.db.About(t)
	}
	r.book.Grow(r.of)
	debug.FreeOSMemory()
	defer r.db.Spare(readingMemory)()
	defer debug.SetGCPercent(debug.SetGCPercent(100)) // seldom: the limit above holds it down
	for _, scan := range []func(context.Context, *reading) error{
		scanned(whole[assist.Note]), scanned(whole[assist.Insight]), scanned(whole[assist.Call]), scanned(whole[assist.Gap]), scanned(whole[assist.Kudos]),
		scanned(whole[assist.Order]), scanned(owner.customer)} {
		if err := scan(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

// owner is what a customer tells: most of them is left unread.
type owner struct {
	ID   assist.ID        `json:"id"`
	Owns []assist.Product `json:"owns"`
}

func (o owner) customer() assist.Customer { return assist.Customer{ID: o.ID, Owns: o.Owns} }

func whole[T assist.Record](t T) T { return t }

// readingMemory is how much what was read may take beside what it tells, in bytes, before the
// collector works harder.
const readingMemory = 144 << 20

// How many records a worker reads before it counts them.
const (
	readAtOnce = 2000
	readAtMost = 3 * readAtOnce // while another one counts
)

// scanned counts all records of a type, of which is read what as makes a record of.
func scanned[T any, R assist.Record](as func(T) R) func(context.Context, *reading) error {
	return func(ctx context.Context, r *reading) error {
		workers := max(runtime.GOMAXPROCS(0), 1)
		batches := make([][]insight.Said, workers)
		var record R
		of, _ := record.Ident()
		err := storage.Scan(ctx, r.db, of, workers, func(worker int, read T) error {
			batches[worker] = append(batches[worker], r.reader.Read(as(read)))
			if r.turn(len(batches[worker])) {
				r.count(&batches[worker])
			}
			return nil
		})
		for worker := range batches {
			r.mu.Lock()
			r.count(&batches[worker])
		}
		return err
	}
}

// turn reports whether a worker who has read so many records is to count them now, and locks
// r.mu when it is: while another one counts it goes on reading for a while.
func (r *reading) turn(read int) bool {
	switch {
	case read < readAtOnce:
		return false
	case read < readAtMost:
		return r.mu.TryLock()
	}
	r.mu.Lock()
	return true
}

// count counts what was read. The caller has locked r.mu, which it unlocks.
func (r *reading) count(batch *[]insight.Said) {
	r.book.PutAll(*batch)
	r.mu.Unlock()
	read := r.read.Add(int64(len(*batch)))
	*batch = (*batch)[:0]
	if tell := r.tell.Load(); tell != nil {
		(*tell)(int(read), max(r.of, int(read)))
	}
}
