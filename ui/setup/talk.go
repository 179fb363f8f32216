package setup

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist/ask"
	"ringside/assist/settings"
	"ringside/ui/widgets"
)

// moveNames are the kinds of move in words, in their order.
var moveNames = []named[string]{
	{ask.Sorry, "Say sorry first", ""},
	{ask.Incident, "Tell of an incident before they ask", ""},
	{ask.Promise, "Confirm what was promised", ""},
	{ask.Thanks, "Thank for their years with us", ""},
	{ask.Birthday, "The day they bought or signed", ""},
	{ask.Parity, "What only new customers get", ""},
	{ask.Match, "What fits what they told us", ""},
	{ask.Advocate, "Thank who recommends us", ""},
}

// talk is what is offered in a call beside the answers.
type talk struct {
	all   fyne.CanvasObject
	moves *widget.CheckGroup
	frank *widget.Check
}

func newTalk(p *Page) *talk {
	t := &talk{}
	t.moves = widget.NewCheckGroup(names(moveNames), func(on []string) {
		p.change(func(s *settings.Machine) { s.Off.Moves = offOf(on) })
	})
	t.frank = widget.NewCheck("Ask me one frank question a shift", func(on bool) {
		p.change(func(s *settings.Machine) { s.Off.Frank = !on })
	})
	t.all = widgets.Column(28,
		section("What to do first", "At the top of the card, each with its reason. Whatever is not ticked is never shown.", t.moves),
		section("A question for you", "What you see and worry about, kept as insight of the front line. Nobody is scored.", t.frank))
	return t
}

func (t *talk) show(s settings.Machine) {
	var on []string
	for _, n := range moveNames {
		if !slices.Contains(s.Off.Moves, n.is) {
			on = append(on, n.name)
		}
	}
	t.moves.SetSelected(on)
	t.frank.SetChecked(!s.Off.Frank)
}

// offOf lists the kinds that are not ticked.
func offOf(on []string) (off []string) {
	for _, n := range moveNames {
		if !slices.Contains(on, n.name) {
			off = append(off, n.is)
		}
	}
	return off
}
