package call

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// asking offers a question to ask, and takes down what the customer said to it.
type asking struct {
	p                  *Page
	box                *fyne.Container
	head, words, other *widgets.Text
	why                *widgets.Text
	offer, answer      *fyne.Container
	entry              *widgets.Entry
	asks               *widgets.Action
	shown              assist.ID // the prompt whose reply is in the box
	asked              assist.ID // the prompt that the rep has just asked, until its box comes
}

func newAsking(p *Page) *asking {
	a := &asking{p: p,
		head:  widgets.Heading("ASK"),
		words: widgets.NewText(widgets.Style{Size: theme.Lead, Lines: 4}),
		other: widgets.NewText(widgets.Style{Colour: theme.Muted, Lines: 2}),
		why:   widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 4}),
	}
	keys := p.keys()
	a.asks = widgets.NewAction(widgets.Quiet, "Asked", "Alt+A", keys, func() { p.reply(assist.ReplyAsked) })
	a.offer = widgets.Wrapped(theme.Grid,
		a.asks,
		widgets.NewAction(widgets.Quiet, "Not now", "Alt+N", keys, func() { p.reply(assist.ReplyNotNow) }),
		widgets.NewAction(widgets.Quiet, "Never", "Alt+X", keys, func() { p.reply(assist.ReplyNever) }))
	a.entry = widgets.NewEntry("What did they say?", 1, keys)
	a.entry.OnTyped = func(s string) { a.report(s, false) }
	a.answer = widgets.Column(theme.Grid, a.entry,
		widgets.Wrapped(0, widgets.NewAction(widgets.Plain, "Keep it", "Enter", keys, a.keep)))
	a.box = widgets.Column(2*theme.Grid, a.head, widgets.Column(theme.Grid, a.words, a.other, a.why), a.offer, a.answer)
	return a
}

func (a *asking) set(_, v live.View, fresh bool) {
	o, ok := live.Offer{}, true
	switch {
	case v.Reply != nil:
		o = v.Reply.Offer
	case len(v.Prompts) > 0:
		o = v.Prompts[0]
	default:
		ok = false
	}
	a.box.Hidden = !ok && (v.Quiet == "" || v.Phase == live.Wrapping)
	a.words.Hidden = !ok
	a.answer.Hidden, a.offer.Hidden = v.Reply == nil, v.Reply != nil
	if !ok {
		a.shown = ""
		a.offer.Hidden = true
		a.head.SetText("ASK")
		a.other.SetText("")
		a.why.SetText(v.Quiet)
		return
	}
	a.head.SetText(heading(v, o))
	a.asks.SetLabel("Asked")
	a.entry.SetPlaceHolder("What did they say?")
	if o.Intelligence == assist.FrontLine {
		a.asks.SetLabel("Answer")
		a.entry.SetPlaceHolder("What do you say?")
	}
	a.words.SetText(first(o.Ask))
	a.other.SetText("")
	if len(o.Ask) > 1 && v.Reply == nil {
		a.other.SetText("or: " + o.Ask[1])
	}
	a.why.SetText("")
	if o.Why != "" && v.Reply == nil {
		a.why.SetText("Why: " + o.Why)
	}
	if v.Reply == nil {
		a.shown = ""
		return
	}
	if a.shown != o.Prompt || fresh {
		a.shown = o.Prompt
		a.entry.SetShown(v.Reply.Text)
	}
	if a.asked == o.Prompt {
		a.p.focus(a.entry)
	}
	a.asked = ""
}

func heading(v live.View, o live.Offer) string {
	if o.Intelligence == assist.FrontLine {
		return "A QUESTION FOR YOU"
	}
	s := "ASK"
	if v.Reply != nil {
		s = "ASKED"
	} else if len(v.Prompts) > 1 {
		s = fmt.Sprintf("ASK  1 of %d", len(v.Prompts))
	}
	if o.Intelligence != "" {
		s += "  ·  " + string(o.Intelligence)
	}
	return s
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

func (a *asking) report(said string, final bool) {
	if a.shown != "" {
		a.p.desk.Use(live.Use{Prompt: live.PromptUse{Prompt: a.shown, Reply: assist.ReplyAsked, Said: said, Final: final}})
	}
}

// keep keeps the reply, and gives the keyboard back to the box for what the
// customer says.
func (a *asking) keep() {
	a.report(strings.TrimSpace(a.entry.Text), true)
	a.p.focus(a.p.hear.entry)
}

func (a *asking) key(at fyne.CanvasObject, ev *fyne.KeyEvent) bool {
	if at != a.entry || ev.Name != fyne.KeyReturn && ev.Name != fyne.KeyEnter {
		return false
	}
	a.keep()
	return true
}
