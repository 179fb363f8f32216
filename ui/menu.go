package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

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

// menu is the main menu. Fyne looks for a shortcut here first, so that these work
// wherever the keyboard is.
func (w *Window) menu() *fyne.MainMenu {
	quit := fyne.NewMenuItem("Quit", w.close)
	quit.IsQuit = true
	quit.Shortcut = ctrl(fyne.KeyQ)
	var file []*fyne.MenuItem
	if w.opt.OnImport != nil {
		file = append(file, fyne.NewMenuItem("Import customers…", w.opt.OnImport))
	}
	if w.opt.OnExport != nil {
		file = append(file, fyne.NewMenuItem("Export…", w.opt.OnExport))
	}
	if w.opt.OnPackIn != nil {
		file = append(file, fyne.NewMenuItem("Bring answers from a folder…", w.opt.OnPackIn))
	}
	if w.opt.OnPackOut != nil {
		file = append(file, fyne.NewMenuItem("Write answers to a folder…", w.opt.OnPackOut))
	}
	if len(file) > 0 {
		file = append(file, fyne.NewMenuItemSeparator())
	}
	return fyne.NewMainMenu(
		fyne.NewMenu("File", append(file, quit)...),
		fyne.NewMenu("View", w.viewItems()...),
		fyne.NewMenu("Help", fyne.NewMenuItem("Keys (F1)", w.ShowKeys)),
	)
}

func (w *Window) viewItems() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for i, p := range Pages() {
		item := fyne.NewMenuItem(string(p), func() { w.Show(p) })
		item.Shortcut = alt(pageKeys()[i])
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
	for _, t := range turns {
		c.AddShortcut(ctrl(t.key), func(fyne.Shortcut) { w.turn(t.way) })
	}
	w.page.OnOther = w.pageShortcut
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
	return false
}

func (w *Window) close() {
	if !w.beside {
		w.keepSize()
	}
	w.win.Close()
	if w.opt.OnClosed != nil {
		w.opt.OnClosed()
	}
}
