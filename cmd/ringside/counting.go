package main

import (
	"context"
	"errors"
	"fmt"
	"runtime"
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
	workers := max(runtime.GOMAXPROCS(0), 1)
	for _, scan := range []func(context.Context, *reading, int) error{
		scanned[assist.Note], scanned[assist.Insight], scanned[assist.Call], scanned[assist.Gap], scanned[assist.Kudos], scanned[assist.Order], scanned[owner]} {
		if err := scan(ctx, r, workers); err != nil {
			return err
		}
	}
	return nil
}

// owner is a customer of whom only is read what they have.
type owner struct {
	ID   assist.ID        `json:"id"`
	Owns []assist.Product `json:"owns"`
}

// Ident implements assist.Record.
func (o owner) Ident() (assist.Type, assist.ID) { return assist.TypeCustomer, o.ID }

// Validate implements assist.Record.
func (o owner) Validate() error { return nil }

// readAtOnce is how many records a worker reads before it counts them.
const readAtOnce = 2000

func scanned[T assist.Record](ctx context.Context, r *reading, workers int) error {
	batches := make([][]insight.Said, workers)
	count := func(worker int) {
		r.mu.Lock()
		for _, s := range batches[worker] {
			r.book.Put(s)
		}
		r.mu.Unlock()
		read := r.read.Add(int64(len(batches[worker])))
		batches[worker] = batches[worker][:0]
		if tell := r.tell.Load(); tell != nil {
			(*tell)(int(read), max(r.of, int(read)))
		}
	}
	err := storage.Scan(ctx, r.db, workers, func(worker int, record T) error {
		var rec assist.Record = record
		if o, ok := rec.(owner); ok {
			rec = assist.Customer{ID: o.ID, Owns: o.Owns}
		}
		batches[worker] = append(batches[worker], r.reader.Read(rec))
		if len(batches[worker]) >= readAtOnce {
			count(worker)
		}
		return nil
	})
	for worker := range batches {
		count(worker)
	}
	return err
}
