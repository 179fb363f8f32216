package team

import (
	"fyne.io/fyne/v2"

	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// standing is how it stands: the sign in a sentence, and what is not sent yet.
type standing struct {
	p                    *Page
	box                  *fyne.Container
	name, carrier, words *widgets.Text
	unsent               *list
	try                  *fyne.Container
	told                 *told
}

func newStanding(p *Page) *standing {
	s := &standing{p: p, name: widgets.NewText(widgets.Style{Size: theme.Lead, Bold: true}), told: newTold(p)}
	s.carrier, s.words = widgets.NewText(widgets.Style{Colour: theme.Muted}), widgets.NewText(widgets.Style{Bold: true})
	s.unsent = newList("", "")
	s.try = widgets.Row(0, nil, p.action(widgets.Quiet, "Try now", func() {
		s.told.run("Trying…", "", p.acts.TryNow, nil)
	}))
	s.box = widgets.Column(6, s.name, s.carrier, s.words, s.unsent.box, s.try, s.told.text)
	return s
}

func (s *standing) set(st State) {
	now := s.p.Now()
	s.box.Hidden = !st.On()
	s.name.SetText(st.Name)
	s.carrier.SetText("By " + st.Carrier)
	s.words.SetText(stands(st, now))
	s.words.SetColour(theme.Ink)
	if st.Sign == Offline {
		s.words.SetColour(theme.Amber)
	}
	unsent := st.Unsent
	if st.removed() {
		unsent = nil // there is nobody to send it to
	}
	s.unsent.set(lines(unsent, func(u Unsent) line {
		return line{say.Capital(u.What), say.Sentence(u.Why) + " Since " + when(u.Since, now) + "."}
	}))
	s.try.Hidden = st.removed() || st.Sign == AllHere && len(st.Unsent) == 0
	if s.try.Hidden && !s.told.busy {
		s.told.text.SetText("")
	}
}
