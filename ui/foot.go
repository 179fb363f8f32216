package ui

import (
	"fyne.io/fyne/v2"

	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// foot is what is said below the pages, in one line each, and hidden mostly.
type foot struct {
	box    *fyne.Container
	hidden *fyne.Container // a payment card was hidden in what is typed
	words  *widgets.Text   // which
	notice *widgets.Banner // of Notice
	lay    func()
}

func (w *Window) newFoot() *foot {
	f := &foot{lay: w.layShell}
	f.words = widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 2})
	back := widgets.NewAction(widgets.Plain, "It is no card: show it", "Alt+J", widgets.Keys{}, func() { w.opt.Cards.Back() })
	f.hidden = widgets.On(widgets.NewGround(theme.Raised, theme.Hairline, 0), widgets.Sides(3*theme.Grid, 0),
		widgets.Row(2*theme.Grid, f.words, f.words, back))
	f.hidden.Hide()
	w.opt.Cards.OnHidden = f.tellHidden
	f.box = widgets.Column(0, f.hidden)
	f.box.Hide()
	return f
}

func (f *foot) tellHidden(shown string) {
	if shown != "" {
		shown = "Not kept, since it looks like a payment card: " + shown
	}
	f.words.SetText(shown)
	f.hidden.Hidden = shown == ""
	f.arrange()
}

func (f *foot) arrange() {
	f.box.Hidden = f.hidden.Hidden && (f.notice == nil || f.notice.Hidden)
	f.lay()
}

func (w *Window) layShell() {
	if w.shell != nil {
		w.shell.Refresh()
	}
}

// Notice says one sentence below the pages until it is closed. The text that stands
// behind it can be shown and copied.
func (w *Window) Notice(sentence, title, text string) {
	f := w.foot
	show := widgets.NewAction(widgets.Plain, "Show", "", widgets.Keys{}, func() { w.ShowText(title, text) })
	copied := widgets.NewAction(widgets.Plain, "Copy", "", widgets.Keys{}, func() { w.opt.App.Clipboard().SetContent(text) })
	shut := widgets.NewAction(widgets.Plain, "Close", "", widgets.Keys{}, func() {
		f.notice.SetText("")
		f.arrange()
	})
	f.notice = widgets.NewBanner(false, f.arrange, show, copied, shut)
	f.notice.SetText(sentence)
	f.box.Objects = []fyne.CanvasObject{f.notice, f.hidden}
	f.arrange()
}
