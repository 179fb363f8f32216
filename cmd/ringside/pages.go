package main

import (
	"context"
	"errors"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/settings"
	"ringside/ui"
	"ringside/ui/async"
	"ringside/ui/cards"
	"ringside/ui/incident"
	"ringside/ui/library"
	"ringside/ui/library/changes"
	"ringside/ui/library/edit"
	"ringside/ui/library/todo"
	"ringside/ui/lock"
	"ringside/ui/native"
	"ringside/ui/panes"
	"ringside/ui/practice"
	"ringside/ui/review"
	"ringside/ui/review/customers"
	"ringside/ui/review/notes"
	"ringside/ui/safety"
	"ringside/ui/say"
	"ringside/ui/setup"
	"ringside/ui/shots"
	"ringside/ui/team"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// pages joins the pages of the window to the running app. Its methods belong to the
// window's goroutine.
type pages struct {
	app       fyne.App
	post      async.Post
	r         *running
	dir       string
	win       *ui.Window
	cards     cards.Cards // in what is typed
	native    native.Window
	ringer    ringer
	remind    reminder
	here      bool // the window is in front of the rep
	early     bool // the window has stood beside the phone since the start
	library   *library.Page
	todo      *todo.Page
	room      *panes.Room
	editor    *edit.Editor
	changes   *changes.Page
	chooser   *dialog.FileDialog // of a file for the answer; nil: it is not open
	answers   []assist.Answer    // as the library page shows them
	wrote     assist.ID          // the answer that comes to the front when they are read again
	review    *review.Page
	reviews   *panes.Room
	customers *customers.Page
	notes     *notes.Page
	incident  *incident.Page
	practice  *practice.Page
	setup     *setup.Page
	settings  *panes.Room
	safety    *safety.Page
	backups   *safety.Backups
	teamwork  *team.Page
	standing  func()            // ends the reading of how it stands with the team; nil: it was never read
	waiting   *restoring        // a backup that the rep is asked about; nil: none is
	asking    *lock.Page        // for what opens the key; nil: it is known
	locked    *locked           // nil: the window is open
	again     bool              // the app is to start anew when it has ended
	content   fyne.CanvasObject // of the window while nothing covers all of it
	over      covering          // what covers it between calls; nil: nothing does
	call      bool              // a call is in front

	waits     awaited // the ring that the rep wants to hear of; zero: none
	following bool    // news of the phone is looked for

	saves, saving int // how often settings were changed here, and how often that is not kept yet

	chosen settings.Machine
	team   []assist.Rep
	key    string
}

// newPages makes the window. Nothing in it waits for the store.
func newPages(a fyne.App, r *running, dir string, post async.Post) *pages {
	p := &pages{app: a, r: r, dir: dir, post: post}
	p.library = library.New(library.Options{Find: r.libraryFind, Counts: r.libraryCounts, AllCounts: r.libraryAllCounts, Trend: r.libraryTrend, Blob: editSource{r}.Blob, Name: p.repName, Now: r.now, Post: p.postTo(ui.Library)})
	p.library.OnCopy = func(text string) { a.Clipboard().SetContent(text) }
	p.library.OnImport = p.choosePack
	p.library.OnSettle = p.settle
	p.joinEditor()
	p.joinLibrary()
	p.joinReview()
	p.joinIncidents()
	p.joinPractice()
	p.setup = setup.New()
	p.joinSettings()
	p.win = ui.New(ui.Options{App: a, Desk: r.desk, Cards: &p.cards, About: about(), Library: p.room.Object(), Review: p.reviews.Object(),
		Incidents: p.incident.Object(), Practice: p.practice.Object(), Settings: p.settings.Object(),
		OnPage: p.turned, OnTurn: p.turnedList, OnShortcut: p.strayShortcut, OnImport: func() { p.importFile("") }, OnExport: p.chooseExport, OnPackIn: p.choosePack, OnPackOut: p.exportPack, OnLock: p.lockNow, OnTeam: p.openTeam, OnDropFile: p.dropped,
		OnBeside: p.beside, OnClosed: p.closing})
	p.win.CallPage().OnCopy = func(text string) { a.Clipboard().SetContent(text) }
	p.win.CallPage().OnSaveText = p.saveText
	p.win.CallPage().OnMail = p.mail
	p.win.CallPage().Now = r.now
	p.win.CallPage().Album = &shots.Album{Blob: editSource{r}.Blob, Post: post}
	p.native = native.Of(p.win.Window())
	p.ringer.signal = signals{raise: p.native.Raise, beckon: p.native.AskAttention, notify: a.SendNotification}
	p.remind.notify, p.remind.prefs = a.SendNotification, a.Preferences()
	p.content = p.win.Window().Content()
	p.choices()
	p.win.CallPage().Clipboard = a.Clipboard().Content
	a.Lifecycle().SetOnEnteredForeground(func() {
		p.here = true
		p.win.CallPage().LookAtClipboard()
	})
	a.Lifecycle().SetOnExitedForeground(func() { p.here = false })
	return p
}

// view shows a picture of the desk.
func (p *pages) view(v live.View) {
	p.call = v.Call != ""
	if p.call && p.chooser != nil && v.Call != p.win.CallPage().View().Call {
		p.chooser.Hide()
	}
	p.remind.quiet = p.call || v.Undisturbed || p.locked != nil
	p.arrange()
	other := customerOf(v) != customerOf(p.win.CallPage().View())
	p.win.SetView(v)
	p.r.teamwork.see(v)
	if other {
		p.showBusy()
	}
	if p.locked != nil {
		p.lockSees(v)
	}
	p.ringer.see(v, p.chosen.OnRing, p.here, p.locked != nil)
	p.r.shown.Store(&v)
}

// opened is called when the store is open: what the pages show is read, and a new
// user is asked how to begin.
func (p *pages) opened(h *house) {
	p.key, p.cards.Spared = h.where, h.db.Spared()
	if p.asking != nil {
		p.uncover()
	}
	p.daily(h)
	p.showTeamwork()
	p.tellCrash()
	if p.win.Beside() {
		p.beside(true) // a window can be docked only once it is on the screen
		p.early = true
	}
	p.reload(func() {
		if !p.chosen.Started {
			p.askFirst()
		}
		p.followPromises()
		p.watchIdle()
	})
	p.turned(p.win.Page())
}

// fail shows in place of everything, for good, why the store cannot be opened.
func (p *pages) fail(err error) {
	if errors.Is(err, errJoined) || errors.Is(err, context.Canceled) {
		p.app.Quit()
		return
	}
	quit := widgets.NewAction(widgets.Primary, "Quit", "", widgets.Keys{}, p.app.Quit)
	p.content, p.over = container.NewPadded(widgets.Pad(widgets.Even(24), widgets.Column(16,
		widgets.Say(widgets.Style{Size: theme.Title, Bold: true}, "Ringside cannot open your data"),
		widgets.Say(widgets.Style{}, say.Error(err)),
		widgets.Say(widgets.Style{Colour: theme.Muted}, "Nothing was changed."), widgets.Row(0, nil, quit)))), nil
	p.win.Window().SetMainMenu(nil)
	p.arrange()
}

// known is what the pages remember of the store.
type known struct {
	settings settings.Machine
	team     []assist.Rep
}

// reload reads the settings and the team, and then calls after, if it is not nil.
func (p *pages) reload(after func()) {
	saves := p.saves
	async.Load(p.post, func(ctx context.Context) (k known, err error) {
		h, err := p.r.store.wait(ctx)
		if err != nil {
			return k, err
		}
		if k.settings, err = h.db.Settings(ctx); err == nil {
			k.team, err = all[assist.Rep](ctx, h.db)
		}
		return k, err
	}, func(k known, err error) {
		if err != nil {
			p.win.Fault(err)
			return
		}
		if p.team = k.team; p.saving == 0 && p.saves == saves { // what was chosen since is newer than what was read
			p.chosen = k.settings
		}
		p.showChoices()
		if after != nil {
			after()
		}
	})
}

func (p *pages) showChoices() {
	p.win.CallPage().Region = p.chosen.Region
	p.offer()
	p.setup.SetChoices(setup.Choices{Settings: p.chosen, Reps: p.team, Beside: p.win.Beside(), Look: p.win.Look(), Folder: p.dir, Key: p.key})
}

// turned fills the page that has come to the front.
func (p *pages) turned(page ui.Page) {
	if p.win == nil {
		return // the window is only being made
	}
	canvas := p.win.Window().Canvas()
	switch page {
	case ui.Library:
		p.room.Reload()
		p.room.Focus(canvas)
	case ui.Review:
		p.reviews.Reload()
		p.reviews.Focus(canvas)
	case ui.Incidents:
		p.incident.Reload()
		p.incident.Focus(canvas)
	case ui.Practice:
		p.practice.Reload()
		p.practice.Focus(canvas)
	case ui.Settings:
		p.settings.Reload()
	}
}

func (p *pages) loadLibrary() {
	async.Load(p.post, p.r.shelved, func(s shelved, err error) {
		if err != nil {
			p.win.Fault(err)
			return
		}
		p.library.SetAnswers(s.answers)
		p.answers = s.answers
		p.library.SetProposals(s.proposals)
		p.library.Open(p.wrote)
		p.wrote = ""
		p.changes.Reload()
		if canvas := p.win.Window().Canvas(); p.win.Page() == ui.Library && canvas.Focused() == nil {
			p.room.Focus(canvas)
		}
		p.todo.Reload() // how much waits is told by its tab
	})
}

// turnedList turns to another list of a page that has several.
func (p *pages) turnedList(page ui.Page, way int) {
	if room := map[ui.Page]*panes.Room{ui.Library: p.room, ui.Review: p.reviews, ui.Settings: p.settings}[page]; room != nil && p.over == nil {
		room.Turn(way)
	}
}

// settle decides on a phrasing that a rep proposed.
func (p *pages) settle(id assist.ID, take bool) {
	async.Go(p.post, func(ctx context.Context) error { return p.r.settleProposal(ctx, id, take) }, func(err error) {
		if err != nil {
			p.win.Fault(err)
		}
		p.loadLibrary()
	})
}

func (p *pages) repName(id assist.ID) string {
	for _, rep := range p.team {
		if rep.ID == id {
			return rep.Name
		}
	}
	return ""
}

// beside docks the window beside the phone, or lets it go. It reports whether it
// gave the window its size.
func (p *pages) beside(on bool) bool {
	if p.native == nil {
		return false // the window is only being made
	}
	_ = p.native.KeepOnTop(on) // the narrow window serves also where it cannot stand on top
	if on {
		return p.native.DockRight(380) == nil
	}
	_ = p.native.Undock()
	if !p.early {
		return false
	}
	// Undocking gives back the place at docking, which was that of the narrow window.
	p.early = false
	wide := fyne.NewSize(float32(p.app.Preferences().FloatWithFallback("window.width", 1280)),
		float32(p.app.Preferences().FloatWithFallback("window.height", 720)))
	async.After(p.post, 150*time.Millisecond, func() {
		p.win.Window().Resize(wide)
		p.win.Window().CenterOnScreen()
	})
	return true
}
