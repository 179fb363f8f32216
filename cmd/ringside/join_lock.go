package main

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/storage/secret"
	"ringside/ui/async"
	"ringside/ui/lock"
	"ringside/ui/native"
	"ringside/ui/say"
)

// locked is the window that stands in place of the app's while it is locked: the app's own
// is hidden, with all that is in it, and hears no key.
type locked struct {
	window fyne.Window
	page   *lock.Page
}

// idleEvery is how often it is asked for how long nothing was touched.
const idleEvery = 10 * time.Second

// lockNow hides everything until somebody unlocks it.
func (p *pages) lockNow() {
	if p.locked != nil || p.key == "" { // before the store is open there is nothing to hide
		return
	}
	dir := p.r.store.house.dir
	state, err := secret.StateOf(dir)
	if err != nil {
		p.win.Fault(err)
		return
	}
	needed := state.Passphrase || state.Recovery
	why := "A press opens it again: set a passphrase in Settings, Safety, and only who knows it can."
	if needed {
		why = "Your notes are safe behind it. A ring is still seen here."
	}
	l := &locked{p.app.NewWindow(appName), lock.New("Locked", why, needed)}
	l.page.OnUnlock = func(words string) {
		async.Go(p.post, func(context.Context) error {
			if !needed {
				return nil
			}
			return secret.Unlocks(dir, words)
		}, func(err error) {
			if err != nil {
				l.page.SetTrouble(say.Error(err))
				return
			}
			p.unlocked()
		})
	}
	l.window.SetContent(l.page.Object())
	l.window.Resize(fyne.NewSize(560, 380))
	l.window.SetCloseIntercept(p.app.Quit)
	p.locked = l
	p.r.closed.Store(true)
	p.win.Window().Hide()
	l.window.Show()
	l.page.Focus(l.window.Canvas())
	p.lockSees(p.win.CallPage().View())
}

func (p *pages) unlocked() {
	l := p.locked
	p.locked = nil
	p.r.closed.Store(false)
	p.win.Window().Show()
	l.window.Close()
	if p.win.Beside() {
		p.beside(true)
	}
}

// lockSees shows on a locked window that the phone rings.
func (p *pages) lockSees(v live.View) {
	rings := v.Phase == live.Ringing
	for _, o := range v.Others {
		rings = rings || o.Phase == live.Ringing
	}
	p.locked.page.SetRinging(rings)
}

// front is the window that the user may see.
func (p *pages) front() fyne.Window {
	if p.locked != nil {
		return p.locked.window
	}
	return p.win.Window()
}

// watchIdle locks when nothing was touched for as long as was chosen, but never in a call.
func (p *pages) watchIdle() {
	async.After(p.post, idleEvery, p.watchIdle)
	after := time.Duration(p.chosen.LockAfter) * time.Minute
	if after == 0 || p.call || p.locked != nil {
		return
	}
	async.Load(p.post, func(context.Context) (time.Duration, error) { return native.Idle() }, func(idle time.Duration, err error) {
		if err == nil && idle >= after && !p.call {
			p.lockNow()
		}
	})
}

// askWords asks in the window for what opens the key, as why says, and gives it to reply.
// A call has the window meanwhile.
func (p *pages) askWords(why error, reply func(string)) {
	words := "Type the passphrase, or the recovery code."
	if f := (&assist.Fault{}); errors.As(why, &f) {
		words = say.Sentence(f.What) + " " + words
	}
	ask := lock.New("Your notes are locked", words, true)
	ask.OnUnlock = reply
	p.asking = ask
	p.cover(ask)
}

// openAsking opens the house in dir; while the key is not found, and there are words that
// open it, ask asks for them.
func openAsking(ctx context.Context, dir string, open func(words string) (*house, error), ask func(why error, reply func(string)) error) (*house, error) {
	words := ""
	for {
		h, err := open(words)
		if s, unknown := secret.StateOf(dir); !errors.Is(err, assist.ErrWrongKey) || unknown != nil || !s.Passphrase && !s.Recovery {
			return h, err
		}
		said := make(chan string, 1)
		if err := ask(err, func(w string) { said <- w }); err != nil {
			return nil, err
		}
		select {
		case words = <-said:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}
