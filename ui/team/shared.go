package team

import (
	"fyne.io/fyne/v2"

	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// shared tells what the team sees of this desk.
type shared struct {
	p    *Page
	box  *fyne.Container
	open *widgets.Action
	told *fyne.Container
}

const opensShared, shutsShared = "What is shared, and what stays here", "Close what is shared"

func newShared(p *Page) *shared {
	s := &shared{p: p}
	s.open = p.closing(widgets.Quiet, opensShared, "", func() { s.show(s.told.Hidden) }, func() { s.show(false) })
	s.told = widgets.Column(12,
		widgets.Beside(24, 200,
			facts("Shared with the team", "Customers and companies", "Calls, notes and what customers said", "Promises and incidents", "Insights", "Answers, their changes and pictures", "Prompts, rules and saved questions", "Reps and their roles"),
			facts("Stays on this desk", "Notes that are only for who wrote them", "Drafts that were not sent", "What you practise, and how it goes", "The settings of this desk", "Keys and passphrases", "The log of who did what")),
		widgets.Say(widgets.Style{Colour: theme.Muted}, "A person who is erased here is erased on every desk; each confirms it."))
	s.told.Hide()
	s.box = widgets.Column(12, widgets.Row(0, nil, s.open), s.told)
	return s
}

func facts(name string, lines ...string) fyne.CanvasObject {
	col := widgets.Column(2, widgets.Say(widgets.Style{Bold: true}, name))
	for _, l := range lines {
		col.Add(widgets.Pair(16, widgets.Say(widgets.Style{Colour: theme.Muted}, "•"), widgets.Say(widgets.Style{}, l)))
	}
	return col
}

func (s *shared) show(on bool) {
	s.told.Hidden = !on
	s.open.SetLabel(opensShared)
	if on {
		s.open.SetLabel(shutsShared)
	}
	s.p.arrange()
}
