package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/phone"
	"ringside/assist/phone/handoff"
	"ringside/assist/settings"
	"ringside/ui"
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
	// teamwork is sync; it is filled before the window is made.
	teamwork teamActs
	places   sync.Mutex // one at a time changes an incident and who is in it
	payoff   payoff

	ctx    context.Context
	stop   context.CancelFunc
	beside sync.WaitGroup

	closed atomic.Bool               // the notes are locked, or not open yet: the door takes calls alone
	shown  atomic.Pointer[live.View] // what the window shows; nil where there is none

	mu      sync.Mutex
	door    *handoff.Door
	deskErr error
}

// events are what the window is told of, each from any goroutine.
type events struct {
	show   func()              // come to the front
	opened func(*house, error) // the store is open, or cannot be opened
	off    func(settings.Off)  // the rep has switched something off in a call; may be nil
	team   func()              // how it stands with the team has changed; may be nil
	others func()              // something that colleagues wrote has come; may be nil
	warn   func([]ui.Warning)  // what the rep should know of the data folder, in place of what was; may be nil
}

// startRunning starts the desk at once and opens the store beside it. Whoever calls
// it must call Close.
func startRunning(ctx context.Context, open func(context.Context) (*house, error), now func() time.Time, tell events) *running {
	r := &running{store: newOpening(), show: tell.show, now: now, meaning: newMeaner(now), writer: newWriter(now)}
	r.ctx, r.stop = context.WithCancel(context.WithoutCancel(ctx)) // Close alone ends it, in order
	r.teamwork = r.teamActs()
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
			if err == nil {
				r.takePart(h, tell)
			}
			tell.opened(h, err)
			if err == nil && tell.warn != nil {
				r.beside.Go(func() { h.watchDisk(r.ctx, tell.warn) })
			}
		})
	})
	return r
}

// moveIn gives the desk its team and its library, and opens the door.
func (r *running) moveIn(h *house) error {
	r.closed.Store(false)
	if err := r.readTeam(r.ctx, h); err != nil {
		return err
	}
	h.desk = r.desk.View
	if err := r.openDoor(h.dir); err != nil {
		return err
	}
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

// takePart lets the desk take part in its team, beside everything else: no call waits for
// what is far away.
func (r *running) takePart(h *house, tell events) {
	if tell.team != nil {
		h.crew.watch(tell.team)
	}
	if tell.others != nil {
		r.beside.Go(func() { follow(r.ctx, h.crew.brought, 2*time.Second, tell.others) })
	}
	r.beside.Go(func() { _ = h.crew.start() }) // the Team page says why it does not
	r.beside.Go(func() { follow(r.ctx, h.crew.news, 100*time.Millisecond, r.desk.Refresh) })
}

// openDoor opens the door to other programs, if it is not open yet.
func (r *running) openDoor(dir string) (err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.door == nil {
		r.door, err = handoff.Open(dir, r)
	}
	return err
}

// await has who rings come in, and nobody else, while the rep is asked for what opens the
// notes.
func (r *running) await(dir string, ask func()) error {
	r.closed.Store(true)
	if err := r.openDoor(dir); err != nil {
		return err
	}
	ask()
	return nil
}

func (r *running) closeDoor() error {
	r.mu.Lock()
	door := r.door
	r.door = nil
	r.mu.Unlock()
	if door == nil {
		return nil
	}
	return door.Close()
}

// longOpening is told how far a store is that has to be put in order again. Calls come in
// meanwhile.
func (r *running) longOpening(dir string, done int) {
	if done == 0 {
		_ = r.openDoor(dir) // what is wrong with it is said when the store is open
	}
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
	r.awaitLastWords()
	errs := []error{r.closeDoor()}
	r.stop()
	r.beside.Wait()
	r.phone.lines.wait()
	errs = append(errs, r.closeDoor(), r.deskErr) // the store may have been opened at this moment
	if h := r.store.house; h != nil {
		errs = append(errs, h.Close())
	}
	return errors.Join(errs...)
}

// awaitLastWords waits for a store that is still being opened when there is a call on the
// desk: what was typed in it is nowhere else yet.
func (r *running) awaitLastWords() {
	if r.closed.Load() {
		return // nobody says the words any more
	}
	if v := r.desk.View(); v.Call != "" || len(v.Others) > 0 {
		<-r.store.ready
	}
}

// Ring implements handoff.App.
func (r *running) Ring(ring phone.Ring) { r.desk.Ring(ring) }

// Hear implements handoff.App.
func (r *running) Hear(text string) { r.desk.Hear(text) }

// Show implements handoff.App.
func (r *running) Show() { r.show() }

// View implements handoff.App: what the rep sees, which may be a moment behind the desk. A
// key that is pressed next is about that. Of locked notes it shows nothing.
func (r *running) View() any {
	if r.closed.Load() {
		return live.View{}
	}
	if v := r.shown.Load(); v != nil {
		return *v
	}
	return r.desk.View()
}

// Run implements handoff.App: a command of the command line, with the open store.
func (r *running) Run(ctx context.Context, cmd handoff.Command, stdout, stderr io.Writer) int {
	if r.closed.Load() {
		return finish(ctx, &assist.Fault{What: "the notes are locked", Do: "Unlock them in the window.", Err: errCannotOpen}, stderr)
	}
	h, err := r.store.wait(ctx)
	if err != nil {
		return finish(ctx, err, stderr)
	}
	code := runInside(ctx, h, cmd, stdout, stderr)
	r.desk.Refresh()
	return code
}
