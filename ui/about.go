package ui

import (
	"strings"

	"fyne.io/fyne/v2"

	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// About is what the program says of itself.
type About struct {
	Lines []string // version, build, system
	// Licences are those of all that is in it: sections that begin with "== name".
	Licences string
}

// licence is one section of About.Licences.
type licence struct{ name, text string }

func (a About) sections() (out []licence) {
	for _, s := range strings.Split("\n"+a.Licences, "\n== ")[1:] {
		name, text, _ := strings.Cut(s, "\n")
		out = append(out, licence{name, strings.TrimSpace(text)})
	}
	return out
}

// ShowAbout shows the version, and what is in the program with its licences.
func (w *Window) ShowAbout() {
	col := widgets.Column(theme.Grid)
	for _, l := range w.opt.About.Lines {
		col.Add(widgets.Say(widgets.Style{}, l))
	}
	col.Add(widgets.Pad(widgets.Edges{Top: 3 * theme.Grid}, widgets.Heading("WHAT IS IN IT, WITH ITS LICENCES")))
	for _, l := range w.opt.About.sections() {
		col.Add(widgets.Wrapped(0, widgets.NewAction(widgets.Plain, l.name, "", widgets.Keys{}, func() { w.ShowText(l.name, l.text) })))
	}
	openSheet(w.win, "About Ringside", "Close", col, nil)
}

// ShowText shows a long text above the page in front.
func (w *Window) ShowText(title, text string) {
	col := widgets.Column(0)
	for _, paragraph := range strings.Split(text, "\n\n") {
		col.Add(widgets.Pad(widgets.Edges{Bottom: 2 * theme.Grid}, widgets.Say(widgets.Style{Size: theme.Small}, paragraph)))
	}
	openSheet(w.win, title, "Close", col, nil)
}

// helpItems are the menu's ways to learn of the program.
func (w *Window) helpItems() []*fyne.MenuItem {
	items := []*fyne.MenuItem{fyne.NewMenuItem("Keys (F1)", w.ShowKeys)}
	if w.opt.About != nil {
		items = append(items, fyne.NewMenuItem("About Ringside…", w.ShowAbout))
	}
	return items
}
