package main

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/ui"
	"ringside/ui/async"
	"ringside/ui/panes"
	"ringside/ui/team"
)

// teamActs is what the window needs of sync. Each but see is called beside it.
type teamActs struct {
	state       func(ctx context.Context) (team.State, error)
	startServer func(ctx context.Context, path, words, name string) error
	startFolder func(ctx context.Context, path, name string) error
	join        func(ctx context.Context, invitation, words string) error
	tryNow      func(ctx context.Context) error
	settle      func(ctx context.Context, clash string, ours bool) error
	invite      func(ctx context.Context) error
	remove      func(ctx context.Context, device string) error
	setAdmin    func(ctx context.Context, device string, admin bool) error
	leave       func(ctx context.Context) error
	sent        func(ctx context.Context) ([]team.Packet, error)
	inside      func(ctx context.Context, of team.Packet) ([]team.Record, error)
	busy        func(ctx context.Context, customer assist.ID) string // what colleagues do with a customer
	see         func(live.View)                                      // what is on the desk; it does not wait
}

// teamActs are those of the house, once it is open.
func (r *running) teamActs() teamActs {
	with := func(do func(*crew, context.Context) error) func(context.Context) error {
		return func(ctx context.Context) error {
			h, err := r.store.wait(ctx)
			if err != nil {
				return err
			}
			return do(h.crew, ctx)
		}
	}
	return teamActs{
		state: func(ctx context.Context) (s team.State, err error) {
			err = with(func(c *crew, ctx context.Context) (err error) { s, err = c.state(ctx); return err })(ctx)
			return s, err
		},
		startServer: func(ctx context.Context, path, words, name string) error {
			return with(func(c *crew, ctx context.Context) error { return c.startServer(ctx, path, words, name) })(ctx)
		},
		startFolder: func(ctx context.Context, path, name string) error {
			return with(func(c *crew, ctx context.Context) error { return c.startFolder(ctx, path, name) })(ctx)
		},
		join: func(ctx context.Context, invitation, words string) error {
			return with(func(c *crew, ctx context.Context) error { return c.join(ctx, invitation, words) })(ctx)
		},
		settle: func(ctx context.Context, clash string, ours bool) error {
			return with(func(c *crew, ctx context.Context) error { return c.settle(ctx, clash, ours) })(ctx)
		},
		remove: func(ctx context.Context, device string) error {
			return with(func(c *crew, ctx context.Context) error { return c.remove(ctx, device) })(ctx)
		},
		setAdmin: func(ctx context.Context, device string, admin bool) error {
			return with(func(c *crew, ctx context.Context) error { return c.setAdmin(ctx, device, admin) })(ctx)
		},
		sent: func(ctx context.Context) (list []team.Packet, err error) {
			err = with(func(c *crew, ctx context.Context) (err error) { list, err = c.sent(ctx); return err })(ctx)
			return list, err
		},
		inside: func(ctx context.Context, of team.Packet) (list []team.Record, err error) {
			err = with(func(c *crew, ctx context.Context) (err error) { list, err = c.inside(ctx, of); return err })(ctx)
			return list, err
		},
		tryNow: with((*crew).tryNow), invite: with((*crew).invite), leave: with((*crew).leave),
		busy: func(ctx context.Context, customer assist.ID) (words string) {
			_ = with(func(c *crew, ctx context.Context) error { words = c.busy(ctx, customer); return nil })(ctx) // a line that may be missing
			return words
		},
		see: func(v live.View) {
			if h := r.store.open(); h != nil {
				h.crew.seeDesk(v)
			}
		},
	}
}

// teamTab joins the page for sync.
func (p *pages) teamTab() panes.Tab {
	acts := &p.r.teamwork
	p.teamwork = team.New(team.Acts{
		StartServer: func(path, words, name string, reply func(error)) {
			p.teamAct(func(ctx context.Context) error { return acts.startServer(ctx, path, words, name) }, reply)
		},
		StartFolder: func(path, name string, reply func(error)) {
			p.teamAct(func(ctx context.Context) error { return acts.startFolder(ctx, path, name) }, reply)
		},
		Join: func(invitation, words string, reply func(error)) func() {
			return p.teamAct(func(ctx context.Context) error { return acts.join(ctx, invitation, words) }, reply)
		},
		Settle: func(clash string, ours bool, reply func(error)) {
			p.teamAct(func(ctx context.Context) error { return acts.settle(ctx, clash, ours) }, reply)
		},
		Remove: func(device string, reply func(error)) {
			p.teamAct(func(ctx context.Context) error { return acts.remove(ctx, device) }, reply)
		},
		SetAdmin: func(device string, admin bool, reply func(error)) {
			p.teamAct(func(ctx context.Context) error { return acts.setAdmin(ctx, device, admin) }, reply)
		},
		TryNow: func(reply func(error)) { p.teamAct(acts.tryNow, reply) },
		Invite: func(reply func(error)) { p.teamAct(acts.invite, reply) },
		Leave:  func(reply func(error)) { p.teamAct(acts.leave, reply) },
		File:   p.chooseInvitation,
		Folder: p.chooseTeamFolder,
		Copy:   func(text string) { p.app.Clipboard().SetContent(text) },
		Save:   p.saveText,
		Sent:   func(show func([]team.Packet, error)) { async.Load(p.post, acts.sent, show) },
		Inside: func(of team.Packet, show func([]team.Record, error)) {
			async.Load(p.post, func(ctx context.Context) ([]team.Record, error) { return acts.inside(ctx, of) }, show)
		},
	})
	p.teamwork.Now = p.r.now
	return panes.Tab{Name: tabTeam, Object: p.teamwork.Object(), Focus: p.teamwork.Focus, Reload: p.showTeamwork}
}

// teamAct does one thing beside the window, replies, and shows how it stands then. After
// stop it does neither.
func (p *pages) teamAct(do func(ctx context.Context) error, reply func(error)) (stop func()) {
	return async.Go(p.post, do, func(err error) {
		reply(err)
		p.showTeamwork()
	})
}

// showTeamwork reads how it stands with the team, and shows it on its page, its tab and
// in the window's frame. It is to be called whenever that has changed.
func (p *pages) showTeamwork() {
	if p.standing != nil {
		p.standing() // what it reads may be older than this
	}
	p.standing = async.Load(p.post, p.r.teamwork.state, func(s team.State, err error) {
		if err != nil {
			if p.win.Page() == ui.Settings { // nobody in a call is stopped by it
				p.win.Fault(err)
			}
			return
		}
		p.teamwork.SetState(s)
		p.settings.SetCount(tabTeam, len(s.ToSettle()))
		p.win.SetTeamSign(team.SignWords(s, p.r.now()))
	})
	p.showBusy()
}

// followOthers shows what colleagues wrote in the list that is in front.
func (p *pages) followOthers() {
	switch p.win.Page() {
	case ui.Library:
		p.room.Follow()
	case ui.Review:
		p.reviews.Follow()
	case ui.Incidents:
		p.incident.Reload()
	}
}

// showBusy says on the card what colleagues do with the same customer.
func (p *pages) showBusy() {
	card := p.win.CallPage().View().Card
	if card == nil {
		return
	}
	id := card.Customer.ID
	async.Load(p.post, func(ctx context.Context) (string, error) { return p.r.teamwork.busy(ctx, id), nil }, func(words string, _ error) {
		p.win.CallPage().SetBusy(id, words)
	})
}

// customerOf is whose card is shown.
func customerOf(v live.View) assist.ID {
	if v.Card == nil {
		return ""
	}
	return v.Card.Customer.ID
}

// openTeam brings the Team page to the front.
func (p *pages) openTeam() {
	if p.over == nil && p.locked == nil {
		p.win.Show(ui.Settings)
		p.settings.Show(tabTeam)
		p.settings.Focus(p.win.Window().Canvas()) // a room that was never painted knows no canvas
	}
}

// chooseInvitation lets the rep choose a file.
func (p *pages) chooseInvitation(chosen func(path string)) {
	dialog.ShowFileOpen(func(f fyne.URIReadCloser, err error) {
		if err != nil || f == nil {
			p.win.Fault(err)
			return
		}
		f.Close()
		chosen(f.URI().Path())
	}, p.win.Window())
}

func (p *pages) chooseTeamFolder(chosen func(path string)) {
	dialog.ShowFolderOpen(func(folder fyne.ListableURI, err error) {
		if err != nil || folder == nil {
			p.win.Fault(err)
			return
		}
		chosen(folder.Path())
	}, p.win.Window())
}
