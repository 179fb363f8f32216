package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"ringside/ui/cards"
	"ringside/ui/theme"
)

func alt(k fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierAlt}
}

func ctrl(k fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierShortcutDefault}
}

// pageKeys are the keys of Pages, in their order: with Alt, since Ctrl+1 to 5 open
// answers.
func pageKeys() []fyne.KeyName {
	return []fyne.KeyName{fyne.Key1, fyne.Key2, fyne.Key3, fyne.Key4, fyne.Key5, fyne.Key6}
}

// teamKey shows how it stands with the team.
const teamKey = fyne.Key7

// turns are the keys that turn to the next list of a page, and to the one before.
var turns = []struct {
	words string
	key   fyne.KeyName
	way   int
}{{"Next list of the page", fyne.KeyPageDown, 1}, {"List before", fyne.KeyPageUp, -1}}

func (w *Window) turn(way int) {
	if w.opt.OnTurn != nil {
		w.opt.OnTurn(w.now, way)
	}
}

// Barred is what the menu does not offer to who sits here.
type Barred struct{ Import, Export, PackIn bool }

// Bar leaves out of the menu what who sits here may not do.
func (w *Window) Bar(b Barred) {
	if b != w.barred {
		w.barred = b
		w.win.SetMainMenu(w.menu())
	}
}

// menu is the main menu. Fyne looks for a shortcut here first, so that these work
// wherever the keyboard is.
func (w *Window) menu() *fyne.MainMenu {
	quit := fyne.NewMenuItem("Quit", w.close)
	quit.IsQuit = true
	quit.Shortcut = ctrl(fyne.KeyQ)
	var file []*fyne.MenuItem
	if w.opt.OnImport != nil && !w.barred.Import {
		file = append(file, fyne.NewMenuItem("Import from a file…", w.opt.OnImport))
	}
	if w.opt.OnExport != nil && !w.barred.Export {
		file = append(file, fyne.NewMenuItem("Export…", w.opt.OnExport))
	}
	if w.opt.OnPackIn != nil && !w.barred.PackIn {
		file = append(file, fyne.NewMenuItem("Bring answers from a folder…", w.opt.OnPackIn))
	}
	if w.opt.OnPackOut != nil {
		file = append(file, fyne.NewMenuItem("Write answers to a folder…", w.opt.OnPackOut))
	}
	if w.opt.OnLock != nil {
		lock := fyne.NewMenuItem("Lock", w.opt.OnLock)
		lock.Shortcut = ctrl(fyne.KeyL)
		file = append(file, lock)
	}
	if len(file) > 0 {
		file = append(file, fyne.NewMenuItemSeparator())
	}
	return fyne.NewMainMenu(
		fyne.NewMenu("File", append(file, quit)...),
		fyne.NewMenu("View", w.viewItems()...),
		fyne.NewMenu("Help", w.helpItems()...),
	)
}

func (w *Window) viewItems() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for i, p := range Pages() {
		item := fyne.NewMenuItem(string(p), func() { w.Show(p) })
		item.Shortcut = alt(pageKeys()[i])
		items = append(items, item)
	}
	if w.opt.OnTeam != nil {
		item := fyne.NewMenuItem("Team", w.showTeam)
		item.Shortcut = alt(teamKey)
		items = append(items, item)
	}
	for _, t := range turns {
		item := fyne.NewMenuItem(t.words, func() { w.turn(t.way) })
		item.Shortcut = ctrl(t.key)
		items = append(items, item)
	}
	find := fyne.NewMenuItem("Start a call…", w.page.StartFind)
	find.Shortcut = ctrl(fyne.KeyK)
	look := fyne.NewMenuItem("Theme", nil)
	look.ChildMenu = fyne.NewMenu("",
		fyne.NewMenuItem("As the system", func() { w.SetLook(theme.System) }),
		fyne.NewMenuItem("Light", func() { w.SetLook(theme.Light) }),
		fyne.NewMenuItem("Dark", func() { w.SetLook(theme.Dark) }))
	return append(items, fyne.NewMenuItemSeparator(), find,
		fyne.NewMenuItem("Beside the phone", func() { w.SetNarrow(!w.beside) }), look)
}

// listen passes on the keys that no widget has, files that are dropped, and the
// wish to close.
func (w *Window) listen() {
	c := w.win.Canvas()
	for _, s := range w.page.Shortcuts() {
		c.AddShortcut(s, func(s fyne.Shortcut) {
			if w.now == Call {
				w.page.Shortcut(s)
			} else if w.opt.OnShortcut != nil {
				w.opt.OnShortcut(w.now, s)
			}
		})
	}
	for i, k := range pageKeys() {
		c.AddShortcut(alt(k), func(fyne.Shortcut) { w.Show(Pages()[i]) })
	}
	c.AddShortcut(alt(teamKey), func(fyne.Shortcut) { w.showTeam() })
	for _, t := range turns {
		c.AddShortcut(ctrl(t.key), func(fyne.Shortcut) { w.turn(t.way) })
	}
	w.page.OnOther = w.pageShortcut
	c.AddShortcut(cards.BackKey, func(fyne.Shortcut) { w.opt.Cards.Back() })
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) {
		switch {
		case ev.Name == fyne.KeyF1:
			w.ShowKeys()
		case w.now == Call:
			w.page.Key(ev)
		}
	})
	c.SetOnTypedRune(func(r rune) {
		if w.now == Call {
			w.page.Rune(r)
		}
	})
	w.win.SetOnDropped(func(_ fyne.Position, files []fyne.URI) {
		for _, f := range files {
			if w.opt.OnDropFile != nil && f.Scheme() == "file" {
				w.opt.OnDropFile(f.Path())
			}
		}
	})
	w.win.SetCloseIntercept(w.close)
}

// pageShortcut is for a box of the Call page that has the keyboard.
func (w *Window) pageShortcut(s fyne.Shortcut) bool {
	for i, k := range pageKeys() {
		if alt(k).ShortcutName() == s.ShortcutName() {
			w.Show(Pages()[i])
			return true
		}
	}
	if alt(teamKey).ShortcutName() == s.ShortcutName() {
		w.showTeam()
		return true
	}
	return false
}

// close closes the window, unless something typed would be lost and the rep stays for it.
func (w *Window) close() {
	if w.page.View().Unkept {
		w.askUnkept()
		return
	}
	w.shut()
}

func (w *Window) shut() {
	if !w.beside {
		w.keepSize()
	}
	w.win.Close()
	if w.opt.OnClosed != nil {
		w.opt.OnClosed()
	}
}
