package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/phone"
	"ringside/assist/phone/handoff"
	"ringside/assist/settings"
)

// running is the app without its window: the desk, the store, the library and the
// door. It is also what stands behind the door.
type running struct {
	desk  *live.Desk
	store *opening
	show  func()
	now   func() time.Time
	// meaning asks the endpoint that the user named; until one is named, nobody.
	meaning *meaner
	writer  *writer // the same of what is written
	phone   *listening
	places  sync.Mutex // one at a time changes an incident and who is in it
	payoff  payoff

	ctx    context.Context
	stop   context.CancelFunc
	beside sync.WaitGroup

	mu      sync.Mutex
	door    *handoff.Door
	deskErr error
}

// events are what the window is told of, each from any goroutine.
type events struct {
	show   func()              // come to the front
	opened func(*house, error) // the store is open, or cannot be opened
	off    func(settings.Off)  // the rep has switched something off in a call; may be nil
}

// startRunning starts the desk at once and opens the store beside it. Whoever calls
// it must call Close.
func startRunning(ctx context.Context, open func(context.Context) (*house, error), now func() time.Time, tell events) *running {
	r := &running{store: newOpening(), show: tell.show, now: now, meaning: newMeaner(now), writer: newWriter(now)}
	r.ctx, r.stop = context.WithCancel(ctx)
	r.phone = newListening(r.ctx, r.Ring)
	r.desk = live.New(live.Config{Store: r.store, Reader: r.store, Now: now, OnOff: tell.off,
		Colleagues: r.store, Writer: r.writer})
	r.beside.Go(func() {
		err := r.desk.Run(r.ctx)
		r.mu.Lock()
		defer r.mu.Unlock()
		r.deskErr = err
	})
	r.beside.Go(func() {
		r.store.begin(func() (*house, error) { return open(r.ctx) }, func(h *house, err error) {
			if err == nil {
				err = r.moveIn(h)
			}
			tell.opened(h, err)
		})
	})
	return r
}

// moveIn gives the desk its team and its library, and opens the door.
func (r *running) moveIn(h *house) error {
	if err := r.readTeam(r.ctx, h); err != nil {
		return err
	}
	h.desk = r.desk.View
	door, err := handoff.Open(h.dir, r)
	if err != nil {
		return err
	}
	r.mu.Lock()
	r.door = door
	r.mu.Unlock()
	lib, err := h.shelf.library(r.ctx)
	if err != nil {
		return err
	}
	h.shelf.written = r.meaning.follow
	r.setLibrary(lib)
	r.beside.Go(func() { h.shelf.follow(r.ctx, r.setLibrary, func() { _ = r.readTeam(r.ctx, h) }) })
	r.beside.Go(func() { r.meaning.run(r.ctx, h.db, h.drawer) })
	r.beside.Go(func() { r.writer.run(r.ctx, h.db, h.drawer) })
	r.beside.Go(func() { h.tally.tellLiked(r.ctx, h.now, r.desk.SetLiked) })
	return nil
}

// setLibrary gives the desk a library, and who knows what its answers mean.
func (r *running) setLibrary(lib live.Library) {
	lib.Meaning = r.meaning
	r.desk.SetLibrary(lib)
}

// readTeam tells the desk who sits here, who else is there, and where numbers belong.
func (r *running) readTeam(ctx context.Context, h *house) error {
	s, err := h.db.Settings(ctx)
	if err != nil {
		return fmt.Errorf("read the settings: %w", err)
	}
	team, err := all[assist.Rep](ctx, h.db)
	if err != nil {
		return fmt.Errorf("read the team: %w", err)
	}
	var me assist.Rep
	for _, rep := range team {
		if rep.ID == s.Me {
			me = rep
		}
	}
	r.desk.SetTeam(me, team, regionOf(s))
	r.desk.SetReview(s.Review)
	r.desk.SetOff(s.Off)
	r.desk.SetMonthFirst(s.MonthFirst)
	r.desk.SetPhone(s.Phone)
	r.listen(h)
	return nil
}

// Close ends everything in order: the door, the desk (what was typed is made
// durable), what runs beside, the store.
func (r *running) Close() error {
	var errs []error
	r.mu.Lock()
	door := r.door
	r.mu.Unlock()
	if door != nil {
		errs = append(errs, door.Close())
	}
	r.stop()
	r.beside.Wait()
	r.phone.lines.wait()
	errs = append(errs, r.deskErr)
	if h := r.store.house; h != nil {
		errs = append(errs, h.Close())
	}
	return errors.Join(errs...)
}

// Ring implements handoff.App.
func (r *running) Ring(ring phone.Ring) { r.desk.Ring(ring) }

// Hear implements handoff.App.
func (r *running) Hear(text string) { r.desk.Hear(text) }

// Show implements handoff.App.
func (r *running) Show() { r.show() }

// View implements handoff.App.
func (r *running) View() any { return r.desk.View() }

// Run implements handoff.App: a command of the command line, with the open store.
func (r *running) Run(ctx context.Context, cmd handoff.Command, stdout, stderr io.Writer) int {
	h, err := r.store.wait(ctx)
	if err != nil {
		return finish(ctx, err, stderr)
	}
	code := runInside(ctx, h, cmd, stdout, stderr)
	r.desk.Refresh()
	return code
}
