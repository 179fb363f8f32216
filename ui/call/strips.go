package call

import (
	"slices"

	"fyne.io/fyne/v2"

	"ringside/assist/live"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

const mostWaiting = 3

// strips stand above the columns: what is wrong, who else waits, and the box for
// a number while another call is in front.
type strips struct {
	p       *Page
	box     *fyne.Container
	trouble *widgets.Banner
	quiet   *widgets.Banner
	others  *fyne.Container
	waiting []*widgets.PickRow
	next    *widgets.Action
	findBar *fyne.Container
	find    *callers
}

func newStrips(p *Page) *strips {
	s := &strips{p: p, trouble: widgets.NewBanner(true, p.arrange)}
	s.next = widgets.NewAction(widgets.Quiet, "Next call", "Ctrl+Tab", p.keys(), p.nextCall)
	var row []fyne.CanvasObject
	for i := range mostWaiting {
		r := widgets.NewPickRow(p.keys(), func() { p.desk.Use(live.Use{Call: p.view.Others[i].Call}) })
		s.waiting = append(s.waiting, r)
		row = append(row, r)
	}
	s.others = widgets.Wrapped(2*theme.Grid, append(row, s.next)...)
	s.quiet = widgets.NewBanner(false, p.arrange, widgets.NewAction(widgets.Plain, "Ring again", "Alt+D", p.keys(), p.disturb))
	s.find = newCallers(p, "Number or name of another caller", "")
	s.findBar = widgets.Column(theme.Grid, widgets.Heading("Start another call  (Esc closes)"), s.find.box)
	s.findBar.Hide()
	s.box = widgets.Column(2*theme.Grid, s.trouble, s.quiet, s.findBar, s.others)
	return s
}

func (s *strips) finding() bool { return s.findBar.Visible() }

func (s *strips) showFind(show bool) {
	if show == s.finding() {
		return
	}
	s.findBar.Hidden = !show
	if !show {
		s.find.clear()
	}
	s.hide()
	s.p.arrange()
}

func (s *strips) set(old, v live.View) {
	if s.finding() {
		s.find.set(v)
	}
	s.trouble.SetText(v.Trouble)
	s.quiet.SetText("")
	if v.Undisturbed {
		s.quiet.SetText("Do not disturb: who rings waits here.")
	}
	if !slices.Equal(old.Others, v.Others) || len(v.Others) == 0 {
		for i, r := range s.waiting {
			r.Hidden = i >= len(v.Others)
			if !r.Hidden {
				w := v.Others[i]
				r.SetPick(w.Title, w.Untold, say.Phase(w.Phase), false)
			}
		}
		s.others.Hidden = len(v.Others) == 0
	}
	s.hide()
}

// hide hides the box while nothing is in it: its gap would be seen.
func (s *strips) hide() {
	s.box.Hidden = !s.trouble.Visible() && !s.quiet.Visible() && s.others.Hidden && !s.finding()
}
