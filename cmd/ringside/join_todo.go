package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"ringside/assist"
	"ringside/assist/curate"
	"ringside/assist/curate/compare"
	"ringside/assist/curate/web"
	"ringside/assist/glance"
	"ringside/storage"
	"ringside/ui"
	"ringside/ui/library/todo"
	"ringside/ui/panes"
)

// The lists of the Library page. The names are also those under which other pages bring
// them to the front.
const (
	tabAnswers = "Answers"
	tabTodo    = "To do"
)

// joinLibrary makes the room of the library: each list is one line here.
func (p *pages) joinLibrary() {
	p.room = panes.NewRoom(
		p.answersTab(),
		p.todoTab(),
		p.questionsTab(p.showAnswer),
		p.siteTab(p.showAnswer),
		p.talkTab(),
	)
}

func (p *pages) answersTab() panes.Tab {
	return panes.Tab{Name: tabAnswers, Object: p.library.Object(), Focus: p.library.Focus, Reload: p.loadLibrary, Follows: true}
}

// showAnswer brings an answer to the front.
func (p *pages) showAnswer(id assist.ID) {
	p.room.Show(tabAnswers)
	p.library.Open(id)
}

func (p *pages) todoTab() panes.Tab {
	p.todo = todo.New(todo.Options{Source: &todoSource{r: p.r}, Save: p.r.settleTodo, Find: p.r.todoFind, Now: p.r.now, Post: p.postTo(ui.Library)})
	p.todo.OnEdit = p.editAnswer
	p.todo.OnCount = func(n int) {
		if p.room != nil {
			p.room.SetCount(tabTodo, n)
		}
	}
	return panes.Tab{Name: tabTodo, Object: p.todo.Object(), Focus: p.todo.Focus, Follows: true, Reload: func() {
		p.todo.Reload()
		p.todo.Look()
	}}
}

// todoSource reads what the library needs.
type todoSource struct {
	r *running

	mu     sync.Mutex
	looked todo.Looked
	stood  [32]byte // what was compared then
}

// Todo implements todo.Source.
func (s *todoSource) Todo(ctx context.Context) (d todo.Data, err error) {
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return d, err
	}
	set, err := h.db.Settings(ctx)
	if err != nil {
		return d, fmt.Errorf("read the settings: %w", err)
	}
	d.Me, d.Names, d.Pages = set.Me, map[assist.ID]string{}, map[assist.ID]assist.WebPage{}
	if d.Answers, err = all[assist.Answer](ctx, h.db); err != nil {
		return d, fmt.Errorf("read the answers: %w", err)
	}
	if d.Counts, err = h.db.Counts(ctx); err != nil {
		return d, err
	}
	if d.Since, err = sinceVerified(ctx, h.db, d.Answers, s.r.now()); err != nil {
		return d, err
	}
	pages, err := all[assist.WebPage](ctx, h.db)
	if err != nil {
		return d, fmt.Errorf("read the pages of the site: %w", err)
	}
	for _, page := range pages {
		d.Pages[page.ID] = page
	}
	for _, t := range web.Look(d.Answers, pages, s.r.now().Location()) {
		d.Touched = append(d.Touched, todo.Touched{Answer: t.Answer.ID, Page: t.Page.ID})
	}
	if d.Apart, err = all[assist.Apart](ctx, h.db); err != nil {
		return d, fmt.Errorf("read what is kept apart: %w", err)
	}
	gaps, err := all[assist.Gap](ctx, h.db)
	if err != nil {
		return d, fmt.Errorf("read the open questions: %w", err)
	}
	gaps = slices.DeleteFunc(gaps, func(g assist.Gap) bool { return !g.Closed.IsZero() })
	d.Needs = curate.Needs(gaps)
	if d.Flags, err = openFlags(ctx, h.db); err != nil {
		return d, err
	}
	return d, whoIsWho(ctx, h.db, &d, gaps)
}

// sinceVerified returns how the stale answers fared since they were verified.
func sinceVerified(ctx context.Context, db *storage.DB, answers []assist.Answer, now time.Time) (map[assist.ID]glance.Counts, error) {
	out := map[assist.ID]glance.Counts{}
	for _, a := range answers {
		if a.Off || !a.Stale(now) {
			continue
		}
		var since time.Time
		if !a.Verified.IsZero() {
			since = a.Verified.Time()
		}
		c, err := db.CountsSince(ctx, a.ID, since)
		if err != nil {
			return nil, err
		}
		out[a.ID] = c
	}
	return out, nil
}

// whoIsWho puts in the names of everybody who is spoken of, and what who sits here may do.
func whoIsWho(ctx context.Context, db *storage.DB, d *todo.Data, gaps []assist.Gap) error {
	reps, err := all[assist.Rep](ctx, db)
	if err != nil {
		return fmt.Errorf("read the team: %w", err)
	}
	n := newNaming(db)
	for _, g := range gaps {
		d.Names[g.Customer] = n.customer(ctx, g.Customer)
	}
	for _, f := range d.Flags {
		d.Names[f.Customer] = n.customer(ctx, f.Customer)
	}
	me := assist.Rep{ID: d.Me}
	for _, r := range reps {
		d.Names[r.ID] = r.Name
		if r.ID == d.Me {
			me = r
		}
	}
	d.May = curate.May(me, reps, curate.Publish)
	delete(d.Names, "")
	return ctx.Err()
}

// openFlags returns the flags that nobody has closed, with their calls and the notes of
// these.
func openFlags(ctx context.Context, db *storage.DB) (out []todo.Flag, err error) {
	flags, err := all[assist.Flag](ctx, db)
	if err != nil {
		return nil, fmt.Errorf("read the flags: %w", err)
	}
	for _, f := range flags {
		if !f.Closed.IsZero() {
			continue
		}
		t := todo.Flag{Flag: f}
		if f.Call != "" {
			if t.Called, t.Note, err = callOf(ctx, db, f); err != nil {
				return nil, err
			}
		}
		out = append(out, t)
	}
	return out, nil
}

// callOf returns when the call of a flag began, and what was written in it. A call that
// is not over has no record yet.
func callOf(ctx context.Context, db *storage.DB, f assist.Flag) (at time.Time, note string, err error) {
	call, err := storage.Find[assist.Call](ctx, db, f.Call)
	if errors.Is(err, assist.ErrNotFound) {
		return at, "", nil
	}
	if err != nil || call.Customer == "" {
		return call.Started, "", err
	}
	known, err := db.Profile(ctx, call.Customer)
	for _, n := range known.Notes {
		if n.Call == f.Call {
			note = n.Text
		}
	}
	if errors.Is(err, assist.ErrNotFound) {
		err = nil
	}
	return call.Started, note, err
}

// Look implements todo.Source. What is as it was is not compared again.
func (s *todoSource) Look(ctx context.Context) (todo.Looked, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	h, err := s.r.store.wait(ctx)
	if err != nil {
		return todo.Looked{}, err
	}
	var what struct {
		Answers []assist.Answer
		Pages   []assist.WebPage
		Apart   []assist.Apart
	}
	if what.Answers, err = all[assist.Answer](ctx, h.db); err != nil {
		return todo.Looked{}, fmt.Errorf("read the answers: %w", err)
	}
	if what.Pages, err = all[assist.WebPage](ctx, h.db); err != nil {
		return todo.Looked{}, fmt.Errorf("read the pages of the site: %w", err)
	}
	if what.Apart, err = all[assist.Apart](ctx, h.db); err != nil {
		return todo.Looked{}, fmt.Errorf("read what is kept apart: %w", err)
	}
	sum := sha256.New()
	if err := json.NewEncoder(sum).Encode(what); err != nil {
		return todo.Looked{}, err
	}
	stood := [32]byte(sum.Sum(nil))
	if stood == s.stood {
		return s.looked, nil
	}
	looked := todo.Looked{At: s.r.now()}
	if looked.Pairs, err = compare.Pairs(ctx, what.Answers, what.Apart); err != nil {
		return todo.Looked{}, fmt.Errorf("compare the answers: %w", err)
	}
	if looked.Site, err = compare.Site(ctx, what.Answers, what.Pages, what.Apart); err != nil {
		return todo.Looked{}, fmt.Errorf("compare the answers with the site: %w", err)
	}
	s.looked, s.stood = looked, stood
	return looked, nil
}

// todoFind finds answers that may have a question already.
func (r *running) todoFind(ctx context.Context, words string) ([]todo.Hit, error) {
	found, err := r.libraryFind(ctx, words)
	if err != nil {
		return nil, err
	}
	lib := r.store.house.shelf.stands()
	var out []todo.Hit
	for _, f := range found {
		if a, ok := lib.Index.Answer(f.Answer); ok {
			out = append(out, todo.Hit{ID: a.ID, Title: a.Title, Why: a.Department + " · " + f.Why})
		}
	}
	return out, nil
}

// settleTodo keeps what was decided, all of it in one write, when everything stands as
// it was read.
func (r *running) settleTodo(ctx context.Context, before, after []assist.Record) error {
	h, err := r.store.wait(ctx)
	if err != nil {
		return err
	}
	h.editing.Lock()
	defer h.editing.Unlock()
	for _, b := range before {
		if err := unchanged(ctx, h.db, b); err != nil {
			return err
		}
	}
	if err := r.mayDecide(ctx, h, before, after); err != nil {
		return err
	}
	moved, err := repointed(ctx, h.db, before, after)
	if err != nil {
		return err
	}
	if err := h.db.Save(ctx, append(moved, after...)...); err != nil {
		return fmt.Errorf("keep what was decided: %w", err)
	}
	return nil
}

// mayDecide fails when who sits here may not decide all of it: those who may not publish
// settle the flags of answers that are theirs, and verify these.
func (r *running) mayDecide(ctx context.Context, h *house, before, after []assist.Record) error {
	set, err := h.db.Settings(ctx)
	if err != nil {
		return fmt.Errorf("read the settings: %w", err)
	}
	team, err := all[assist.Rep](ctx, h.db)
	if err != nil {
		return fmt.Errorf("read the team: %w", err)
	}
	if curate.May(member(team, set.Me), team, curate.Publish) {
		return nil
	}
	for i, rec := range after {
		var a assist.Answer
		switch rec := rec.(type) {
		case assist.Answer:
			if i < len(before) {
				a, _ = before[i].(assist.Answer)
			}
			if rec.ID != a.ID || rec.Saying() != a.Saying() || rec.Off != a.Off {
				a = assist.Answer{}
			}
		case assist.Flag:
			if a, err = storage.Find[assist.Answer](ctx, h.db, rec.Answer); err != nil {
				return fmt.Errorf("find the answer: %w", err)
			}
		}
		if a.ID == "" || curate.OwnerOn(a, r.now()) != set.Me {
			return &assist.Fault{What: "a trainer decides about this", Do: "Suggest a change of the answer instead.", Err: assist.ErrInvalid}
		}
	}
	return nil
}
