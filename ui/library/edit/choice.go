package edit

import (
	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/curate"
	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// choice shows, field by field, where two changes of one answer clash, and lets the rep
// choose. What is not chosen stays a version of its own.
type choice struct {
	e           *Editor
	ours, other assist.Answer // both changes together; they differ where they clash
	theirs      assist.Answer // as it stands
	by          string
	clashes     []curate.Conflict
	taken       map[string]bool // fields in which theirs is chosen
	intro       *widgets.Text
	list        *fyne.Container
	measured    *panes.Measured
	scroll      *widgets.Tall
}

func newChoice(e *Editor) *choice {
	c := &choice{e: e, intro: widgets.NewText(widgets.Style{}), list: widgets.Column(12)}
	c.measured = panes.Most(900, widgets.Pad(widgets.Sides(20, 12), widgets.Column(12, c.intro, c.list)))
	c.scroll = widgets.NewTall(c.measured)
	return c
}

// show lets the rep choose between their change and the answer as it stands now.
func (c *choice) show(o Outcome) {
	c.ours, c.other, c.theirs, c.clashes = o.Answer, o.Other, o.Theirs, o.Conflicts
	c.by, c.taken = "The library’s", map[string]bool{}
	if o.By != "" {
		c.by = c.e.name(o.By) + "’s"
	}
	c.intro.SetText("Somebody else has changed this answer since you began. All that fits together is put together; here the two clash. " +
		"Choose one each. What stands now stays among the versions, whatever you choose.")
	c.lay()
	c.scroll.ScrollToTop()
}

// answer returns the answer with what was chosen.
func (c *choice) answer() assist.Answer {
	a := c.ours
	for field, on := range c.taken {
		if on {
			take(field, c.other, &a)
		}
	}
	return a
}

func (c *choice) lay() {
	c.list.Objects = nil
	done := map[string]bool{}
	for _, clash := range c.clashes {
		if done[clash.Field] {
			continue
		}
		done[clash.Field] = true
		ours, theirs := "", ""
		for _, o := range c.clashes {
			if o.Field == clash.Field {
				ours, theirs = joinLines(ours, told(o.Field, o.Ours, c.e.name)), joinLines(theirs, told(o.Field, o.Theirs, c.e.name))
			}
		}
		c.list.Add(widgets.Column(4, widgets.Heading(say.Capital(clash.Field)),
			newTwins(c.card(clash.Field, "Yours", ours, false), c.card(clash.Field, c.by, theirs, true))))
	}
	c.measured.Arrange()
	widgets.Arrange(c.scroll)
}

func joinLines(a, b string) string {
	if a == "" {
		return b
	}
	return a + "\n" + b
}

// card is one of two ways to have a field.
func (c *choice) card(field, whose, text string, theirs bool) fyne.CanvasObject {
	on := c.taken[field] == theirs
	ground, mark := theme.Raised, "Take "
	if on {
		ground, mark = theme.AccentPale, "Taken: "
	}
	if text == "" {
		text = "(nothing)"
	}
	b := widgets.NewAction(widgets.Quiet, mark+whose, "", c.e.keys(), func() {
		c.taken[field] = theirs
		c.lay()
	})
	b.SetOn(on)
	return widgets.On(widgets.NewGround(ground, theme.Hairline, 8), widgets.Even(10),
		widgets.Column(6, widgets.Row(0, nil, b), widgets.Say(widgets.Style{}, text)))
}

// take copies one field, by the name that curate gives it.
func take(field string, from assist.Answer, into *assist.Answer) {
	switch field {
	case "title":
		into.Title = from.Title
	case "department":
		into.Department = from.Department
	case "words to say":
		into.Say = from.Say
	case "step", "file": // files belong to steps
		into.Steps, into.Files = from.Steps, from.Files
	case "language":
		into.Language = from.Language
	case "internal":
		into.Internal = from.Internal
	case "draft":
		into.Draft = from.Draft
	case "web page":
		into.Web = from.Web
	case "owner":
		into.Owner = from.Owner
	case "deputy":
		into.Deputy = from.Deputy
	case "verify every":
		into.VerifyEvery = from.VerifyEvery
	case "switched off", "said now by":
		into.Off, into.Into = from.Off, from.Into
	}
}
