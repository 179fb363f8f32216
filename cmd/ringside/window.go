package main

import (
	"cmp"
	"context"
	"errors"
	"runtime/debug"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"ringside/assets"
	"ringside/assist/phone"
	"ringside/assist/settings"
	"ringside/ui"
	"ringside/ui/async"
	"ringside/ui/native"
	"ringside/ui/theme"
)

// newApp returns the Fyne app with its name, look and icon. Its preferences keep
// only what is cosmetic.
func newApp() fyne.App {
	app.SetMetadata(fyne.AppMetadata{ID: appID, Name: appName, Version: appVersion, Build: appBuild})
	a := app.NewWithID(appID)
	a.SetIcon(fyne.NewStaticResource("icon.png", assets.Icon))
	a.Settings().SetTheme(theme.New())
	return a
}

// How much garbage may wait trades a little work for memory: a window that is idle most of
// the day need not hold as much spare heap as it uses. After the start it holds still less
// (112 MB with a card open, 128 with gcPercent); before, that would delay the first frame.
const (
	gcPercent     = 50
	gcPercentOpen = 25 // once the library has been learned
)

// runWindow shows the window at once, opens the store beside it, and returns when
// the window was closed and all is kept. With play, somebody else than the rep plays
// on the desk as soon as the store is open.
func runWindow(p *program, dir string, ring *phone.Ring, play func(context.Context, stage)) error {
	debug.SetGCPercent(gcPercent)
	a := newApp()
	var joined *pages // it and failed belong to the window's goroutine
	var failed error
	var r *running
	opened := func(h *house, err error) {
		joined.win.SetNotice("")
		if err != nil {
			failed = err
			joined.fail(err)
			return
		}
		joined.opened(h)
		if play != nil {
			s := stage{desk: r.desk, page: joined.win.CallPage(), window: joined.win.Window(), quit: func() { fyne.Do(a.Quit) }}
			r.beside.Go(func() { play(r.ctx, s) })
		}
	}
	r = startRunning(p.ctx, func(ctx context.Context) (*house, error) {
		return openAsking(ctx, dir, func(words string) (*house, error) {
			p.key.Passphrase = cmp.Or(words, p.key.Passphrase)
			return openOrJoin(ctx, p, dir, ring, storeNews{
				progress: func(done, all int) {
					r.longOpening(dir, done)
					fyne.Do(func() { joined.win.SetNotice(inOrderAgain(done, all) + " You can take calls.") })
				},
				damaged: func(err error) { fyne.Do(func() { joined.win.Fault(err) }) },
			})
		}, func(why error, reply func(string)) error {
			return r.await(dir, func() { fyne.Do(func() { joined.askWords(why, reply) }) })
		})
	}, p.now, events{
		show:   func() { fyne.Do(func() { raise(joined.front()) }) },
		opened: func(h *house, err error) { fyne.Do(func() { opened(h, err) }) },
		team:   func() { fyne.Do(func() { joined.showTeamwork() }) },
		others: func() { fyne.Do(func() { joined.followOthers() }) },
		warn:   func(list []ui.Warning) { fyne.Do(func() { joined.win.Warn(list...) }) },
		off:    func(o settings.Off) { fyne.Do(func() { joined.switchedOff(o) }) },
	})
	empty := r.desk.View()
	r.shown.Store(&empty)
	joined = newPages(a, r, dir, async.Window)
	if ring != nil {
		r.desk.Ring(*ring)
	}
	joined.win.CallPage().Await = async.Views(r.ctx, r.desk.Views(), async.Window, joined.view).Await
	defer context.AfterFunc(p.ctx, func() { fyne.Do(a.Quit) })()
	joined.win.Window().ShowAndRun()
	closed := r.Close()
	if joined.waiting != nil {
		closed = errors.Join(closed, joined.waiting.drop())
	}
	switch {
	case errors.Is(failed, errJoined), errors.Is(failed, context.Canceled):
		return closed
	case failed != nil:
		return failed
	case closed == nil && joined.again:
		return startAgain(dir)
	}
	return closed
}

// raise brings the window to the front because somebody asked for it.
func raise(w fyne.Window) {
	w.Show()
	w.RequestFocus()
	_ = native.Of(w).Raise() // where the system cannot, RequestFocus was all there is
}
