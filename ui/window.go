package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ringside/assist/live"
	"ringside/ui/call"
	"ringside/ui/cards"
	"ringside/ui/panes"
	"ringside/ui/widgets"
)

// Page names one page of the window.
type Page string

// The pages, in the order of the bar and of Alt+1 to Alt+6.
const (
	Call      Page = "Call"
	Library   Page = "Library"
	Review    Page = "Review"
	Incidents Page = "Incidents"
	Practice  Page = "Practice"
	Settings  Page = "Settings"
)

// Pages lists the pages in their order.
func Pages() []Page { return []Page{Call, Library, Review, Incidents, Practice, Settings} }

// Options are what a Window is made of. App and Desk are needed; a func that is
// nil leaves its menu item out.
type Options struct {
	App  fyne.App
	Desk call.Desk
	// What the other pages show; nil shows an empty page.
	Library, Review, Incidents, Practice, Settings fyne.CanvasObject
	// Cards hides payment cards in what is typed; nil: on the Call page only.
	Cards *cards.Cards
	// About is what the Help menu says of the program; nil leaves it out.
	About *About
	// OnPage is called when another page has come to the front.
	OnPage func(Page)
	// OnTurn is called with 1 or -1 when the rep turns to the next or the last list of a
	// page that has several.
	OnTurn func(p Page, way int)
	// OnShortcut is called with a key of the Call page that was pressed on another page
	// while nothing there had the keyboard.
	OnShortcut func(Page, fyne.Shortcut)
	// OnImport and OnExport are the menu's "Import from a file" and "Export".
	OnImport, OnExport func()
	// OnPackIn and OnPackOut are the menu's ways of the library from and to a folder.
	OnPackIn, OnPackOut func()
	// OnDropFile is called with the path of each file that is dropped on the window.
	OnDropFile func(path string)
	// OnBeside is called when the window is about to become narrow, beside the phone
	// (true), while it still has its old place and size, or when it has come back from
	// it: the place for docking and staying on top. It reports whether it gave the
	// window its size, too.
	OnBeside func(bool) (sized bool)
	// OnTeam is called when the user wants to see how it stands with the team.
	OnTeam func()
	// OnLock is called when the user wants the window to be locked; nil: it cannot be.
	OnLock func()
	// OnClosed is called when the window has closed. What was typed is the desk's
	// already, so nothing is asked and nothing is lost; only while the desk cannot keep
	// it, the rep is asked first.
	OnClosed func()
}

// The sizes that a window starts with, and the width beside the phone.
const (
	wideWidth, wideHeight = 1280, 720
	besideWidth           = 380
)

// Window is the one window. Its methods belong to the window's goroutine.
type Window struct {
	barred Barred
	opt    Options
	win    fyne.Window
	page   *call.Page
	pages  map[Page]fyne.CanvasObject
	now    Page
	rail   *rail
	shell  *fyne.Container
	stack  *fyne.Container // the pages
	foot   *foot
	beside bool
	sheet  *sheet
	asking bool // whether to close though something is not kept

	warnings *warnings
}

// New makes the window, as large as it was and on the page where it was, and does
// not show it yet.
func New(opt Options) *Window {
	if opt.Cards == nil {
		opt.Cards = &cards.Cards{}
	}
	w := &Window{opt: opt, win: opt.App.NewWindow("Ringside"), page: call.New(opt.Desk, opt.Cards)}
	prefs := opt.App.Preferences()
	w.setLook(w.Look())
	w.page.OnSheet = w.ShowKeys
	w.page.OnShow = func() { w.Show(Call) }
	w.pages = map[Page]fyne.CanvasObject{Call: w.page.Object(), Library: opt.Library, Review: opt.Review,
		Incidents: opt.Incidents, Practice: opt.Practice, Settings: opt.Settings}
	w.stack = panes.Front()
	w.rail = newRail(w.Show, w.showTeam)
	for _, p := range Pages() {
		if w.pages[p] == nil {
			w.pages[p] = container.NewWithoutLayout()
		}
		w.pages[p].Hide() // until it is shown: it is not laid out before
		w.stack.Add(w.pages[p])
	}
	w.warnings = newWarnings(w)
	w.foot = w.newFoot()
	w.shell = &fyne.Container{Layout: &shell{}, Objects: []fyne.CanvasObject{w.rail.box, w.stack, w.warnings.banner, w.foot.box}}
	w.win.SetPadded(false)
	w.win.SetContent(w.shell)
	w.win.SetMainMenu(w.menu())
	w.listen()
	w.Show(Page(prefs.StringWithFallback(prefPage, string(Call))))
	w.restore(prefs)
	return w
}

// Window returns Fyne's window, to be shown and to be handed to native calls.
func (w *Window) Window() fyne.Window { return w.win }

// CallPage returns the Call page.
func (w *Window) CallPage() *call.Page { return w.page }

// SetView shows the desk's View, and who is on the line in the title. A call that
// has just come to the front brings the Call page to the front too, unless the
// rep types on another page; no customer waits for a practice.
func (w *Window) SetView(v live.View) {
	fresh := v.Call != "" && v.Call != w.page.View().Call
	w.page.SetView(v)
	if fresh {
		w.foot.tellHidden("")
	}
	w.win.SetTitle(Title(v))
	if fresh && w.now != Call && (w.now == Practice || !w.typing()) {
		w.Show(Call)
	}
}

// typing reports whether a box for text has the keyboard, and words in it; a list that has
// it is only looked at.
func (w *Window) typing() bool {
	focused := w.win.Canvas().Focused()
	_, box := focused.(interface{ SelectedText() string })
	e, ours := focused.(interface{ Empty() bool })
	return box && !(ours && e.Empty())
}

// Title returns the title of the window: "Mary Shaw - Ringside" while a call is in
// front.
func Title(v live.View) string {
	who := v.Ring.From
	switch {
	case v.Call == "":
		return "Ringside"
	case v.Card != nil && v.Card.Customer.Name != "":
		who = v.Card.Customer.Name
	case v.Who == live.Several:
		who = "Who is calling?"
	case who == "":
		who = "No number"
	}
	return who + " - Ringside"
}

// Show brings a page to the front; an unknown one brings the Call page.
func (w *Window) Show(p Page) {
	if _, ok := w.pages[p]; !ok {
		p = Call
	}
	if w.now == p {
		return
	}
	w.now = p
	w.win.Canvas().Unfocus()
	for name, o := range w.pages {
		if name == p {
			o.Show()
		} else {
			o.Hide()
		}
	}
	w.rail.choose(p)
	widgets.Arrange(w.stack)
	w.opt.App.Preferences().SetString(prefPage, string(p))
	if w.opt.OnPage != nil {
		w.opt.OnPage(p)
	}
}

// Page returns the page in front.
func (w *Window) Page() Page { return w.now }

// SetNarrow puts the window into the narrow layout beside the phone, or back.
func (w *Window) SetNarrow(narrow bool) {
	if w.beside == narrow {
		return
	}
	w.beside = narrow
	w.opt.App.Preferences().SetBool(prefBeside, narrow)
	if !narrow {
		w.page.SetNarrow(false)
		w.win.Resize(w.kept())
		w.tellBeside()
		return
	}
	w.keepSize()
	sized := w.tellBeside()
	w.page.SetNarrow(true)
	if !sized {
		w.win.Resize(fyne.NewSize(besideWidth, max(w.win.Canvas().Size().Height, wideHeight)))
	}
}

func (w *Window) tellBeside() (sized bool) { return w.opt.OnBeside != nil && w.opt.OnBeside(w.beside) }

// Beside reports whether the window is in the narrow layout beside the phone.
func (w *Window) Beside() bool { return w.beside }

// SetTeamSign says at the end of the bar of pages how it stands with the team; warn: that
// needs an eye. No words: nothing is there.
func (w *Window) SetTeamSign(words string, warn bool) {
	w.rail.sign.SetWords(words, warn)
	w.rail.box.Layout.Layout(w.rail.box.Objects, w.rail.box.Size())
	w.layShell()
}

func (w *Window) showTeam() {
	if w.opt.OnTeam != nil {
		w.opt.OnTeam()
	}
}

// Fault shows an error above the page in front, in words for people, with a button
// that closes it.
func (w *Window) Fault(err error) {
	if err != nil {
		showFault(w.win, err)
	}
}
