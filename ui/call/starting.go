package call

import (
	"strings"

	"fyne.io/fyne/v2"

	"ringside/assist/live"
	"ringside/assist/phone"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// pasted offers to start a call with the number on the clipboard. It never takes it by
// itself, and does not offer again what was used or put away.
type pasted struct {
	p       *Page
	box     *fyne.Container
	words   *widgets.Text
	text    string // what is offered; empty: nothing
	settled string // what was used or put away
}

func newPasted(p *Page) *pasted {
	o := &pasted{p: p, words: widgets.NewText(widgets.Style{Colour: theme.Muted, Lines: 2})}
	o.box = widgets.Column(theme.Grid, o.words, widgets.Wrapped(theme.Grid,
		widgets.NewAction(widgets.Quiet, "Start with it", "Alt+V", p.keys(), o.take),
		widgets.NewAction(widgets.Plain, "Not this one", "", p.keys(), func() { o.settle() })))
	o.box.Hide()
	return o
}

// LookAtClipboard offers the number on the clipboard, if there is one and no call is in
// front. It is for the moment in which the window comes to the front.
func (p *Page) LookAtClipboard() {
	if p.Clipboard != nil && p.view.Call == "" {
		p.who.offer.see(strings.TrimSpace(p.Clipboard()))
	}
}

func (o *pasted) see(text string) {
	n, ok := phone.Whole(text, o.p.Region)
	if !ok || text == o.settled {
		text = ""
	}
	if text == o.text {
		return
	}
	o.text = text
	o.words.SetText("On the clipboard: " + n.Show())
	o.box.Hidden = text == ""
	o.p.arrange()
}

// take starts a call with the number.
func (o *pasted) take() {
	if o.text == "" || o.p.view.Call != "" {
		return
	}
	text := o.text
	o.settle()
	o.p.StartCall(text)
}

// settle offers this text no more.
func (o *pasted) settle() {
	o.settled = o.text
	o.see("")
}

// begin starts a call of which nothing is known, for a phone that does not tell.
func (p *Page) begin() {
	if p.view.Phase == live.Idle {
		p.desk.Use(live.Use{Begin: true})
	}
}

// turnAround marks a call that was begun by hand as one that we make, or takes the mark
// back.
func (p *Page) turnAround() {
	if byHand(p.view) {
		p.desk.Use(live.Use{Outgoing: true})
	}
}

// byHand reports whether the rep has begun the call, and it goes on.
func byHand(v live.View) bool {
	return v.Call != "" && v.Ring.Source == phone.ByHand && v.Phase != live.Wrapping
}
