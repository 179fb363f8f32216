package call

import (
	"fyne.io/fyne/v2"

	"ringside/assist/live"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// passing is what a colleague who takes the call over should read, made of the note and
// of what was said and promised. It is copied when it is asked for.
type passing struct {
	p      *Page
	offer  *widgets.Action // the button that asks for it, below the note
	paper  *fyne.Container // stands above the answers, where there is room
	text   *widgets.Text
	state  *widgets.Text
	asked  bool // it is copied when it comes
	copied string
	came   *fyne.Container // what a colleague passes on to here
	said   *widgets.Text
}

func newPassing(p *Page) *passing {
	w := &passing{p: p, text: widgets.NewText(widgets.Style{}),
		state: widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Good, Lines: 1})}
	keys := p.keys()
	w.offer = widgets.NewAction(widgets.Plain, "Pass the call on", "Alt+T", keys, w.take)
	head := widgets.Heading("FOR THE COLLEAGUE WHO TAKES OVER")
	w.paper = widgets.On(widgets.NewGround(theme.Raised, theme.Hairline, 8), widgets.Even(3*theme.Grid), widgets.Column(2*theme.Grid,
		head, w.text, w.state, widgets.Wrapped(theme.Grid,
			widgets.NewAction(widgets.Quiet, "Copy", "Alt+T", keys, w.take),
			widgets.NewAction(widgets.Plain, "Save as a file…", "", keys, w.save),
			widgets.NewAction(widgets.Plain, "Close", "Esc", keys, w.close))))
	w.said = widgets.NewText(widgets.Style{})
	w.came = widgets.On(widgets.NewGround(theme.Raised, theme.Hairline, 8), widgets.Even(3*theme.Grid),
		widgets.Column(2*theme.Grid, widgets.Heading("FROM THE COLLEAGUE WHO PASSES IT ON"), w.said))
	w.came.Hide()
	w.set(live.View{})
	return w
}

// tell shows what a colleague passes on with the call; empty: nothing.
func (w *passing) tell(words string) {
	w.said.SetText(words)
	w.came.Hidden = words == ""
}

// take has the words made and copied, or copies what is there.
func (w *passing) take() {
	switch {
	case w.p.view.Call == "":
	case w.p.view.HandOver != "":
		w.copy(w.p.view.HandOver)
		w.set(w.p.view)
		w.p.arrange()
	default:
		w.asked = true
		w.p.desk.Use(live.Use{HandOver: live.PaperUse{Make: true}})
	}
}

func (w *passing) copy(text string) {
	w.copied = text
	if w.p.OnCopy != nil {
		w.p.OnCopy(text)
	}
}

func (w *passing) save() {
	if w.p.OnSaveText != nil {
		w.p.OnSaveText("hand-over.txt", w.p.view.HandOver)
	}
}

func (w *passing) close() { w.p.desk.Use(live.Use{HandOver: live.PaperUse{Close: true}}) }

func (w *passing) set(v live.View) {
	w.offer.Hidden = v.HandOver != ""
	w.paper.Hidden = v.HandOver == ""
	if v.HandOver == "" {
		w.copied = ""
		return
	}
	if w.asked {
		w.asked = false
		w.copy(v.HandOver)
	}
	w.text.SetText(v.HandOver)
	w.state.SetText("")
	if w.copied == v.HandOver {
		w.state.SetText("✓  Copied")
	}
}
