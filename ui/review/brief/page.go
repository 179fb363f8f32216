// Package brief is the page that shows what customers told us in some weeks, and hands it
// on: as PDF, HTML or Markdown, to a printer or by e-mail.
package brief

import (
	"context"
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"ringside/assist/brief"
	"ringside/ui/async"
	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// Ask says which brief is wanted: its days end today.
type Ask struct {
	Weeks  int
	Hidden bool // the names of people
	Parts  []brief.Part
}

// Form is how a brief is written.
type Form string

// The forms.
const (
	PDF      Form = "pdf"
	HTML     Form = "html"
	Markdown Form = "md"
)

// Options is what the page is made of. Load and Write are called beside the window's
// goroutine.
type Options struct {
	// Load makes a brief.
	Load func(ctx context.Context, ask Ask) (brief.Brief, error)
	// Write writes one in a form.
	Write func(b brief.Brief, form Form) ([]byte, error)
	// Now is the clock, in the rep's time zone; nil is time.Now.
	Now func() time.Time
	// Post brings results to the window; nil is async.Window.
	Post async.Post
}

// Page is the brief. Its methods are for the window's goroutine.
type Page struct {
	// OnSaveFile is handed a file to keep where the rep wants it.
	OnSaveFile func(name string, data []byte)
	// OnPrint is handed the brief as a page of HTML to be printed.
	OnPrint func(name string, page []byte)
	// OnMail is handed the brief as a letter: its subject and its text.
	OnMail func(subject, body string)

	opt    Options
	ask    Ask
	shown  brief.Brief
	loaded bool
	cancel func()

	periods []*widgets.Action
	names   *widgets.Action
	parts   []*widgets.Action
	save    *widgets.Action
	outcome *widgets.Text
	preview *fyne.Container
	scroll  *widgets.Tall
}

// periods are the weeks that can be chosen, by the keys 1 to 4.
var periods = []struct {
	weeks int
	name  string
}{{1, "7 days"}, {4, "4 weeks"}, {13, "A quarter"}, {26, "Half a year"}}

// New returns the page; Reload fills it.
func New(opt Options) *Page {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Post == nil {
		opt.Post = async.Window
	}
	p := &Page{opt: opt, ask: Ask{Weeks: 1, Parts: brief.Parts()}, cancel: func() {}}
	p.build()
	p.choices()
	return p
}

// Object returns what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.scroll }

// Focus gives the keyboard to the first thing to do.
func (p *Page) Focus(c fyne.Canvas) { c.Focus(p.save) }

// Reload counts anew. What is shown stays until that is done.
func (p *Page) Reload() {
	p.cancel()
	p.say("Counting…", theme.Muted)
	ask := p.ask
	ask.Parts = slices.Clone(ask.Parts)
	p.cancel = async.Load(p.opt.Post, func(ctx context.Context) (brief.Brief, error) { return p.opt.Load(ctx, ask) }, p.came)
}

func (p *Page) came(b brief.Brief, err error) {
	if err != nil {
		p.say(say.Error(err), theme.Late)
		return
	}
	p.shown, p.loaded = b, true
	p.say("", theme.Muted)
	p.show()
}

// say tells how it went, in one line above the brief.
func (p *Page) say(text string, colour fyne.ThemeColorName) {
	p.outcome.SetText(text)
	p.outcome.SetColour(colour)
	p.scroll.Arrange()
}

func (p *Page) build() {
	keys := widgets.Keys{Key: p.key, Rune: p.letter}
	action := func(label string, do func()) *widgets.Action {
		return widgets.NewAction(widgets.Quiet, label, "", keys, do)
	}
	var chips, parts []fyne.CanvasObject
	for i, period := range periods {
		a := action(fmt.Sprintf("%s (%d)", period.name, i+1), func() { p.period(period.weeks) })
		p.periods, chips = append(p.periods, a), append(chips, a)
	}
	p.names = action("", p.hide)
	chips = append(chips, p.names)
	for _, part := range brief.Parts() {
		a := action(part.Title(), func() { p.part(part) })
		p.parts, parts = append(p.parts, a), append(parts, a)
	}
	p.save = widgets.NewAction(widgets.Primary, "Save as PDF (P)", "", keys, func() { p.saveAs(PDF) })
	hand := widgets.Wrapped(theme.Grid, p.save, action("HTML (H)", func() { p.saveAs(HTML) }), action("Markdown (M)", func() { p.saveAs(Markdown) }),
		action("Print (R)", p.print), action("E-mail (E)", p.mail))
	p.outcome = widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted})
	p.outcome.Hide()
	p.preview = widgets.Column(2 * theme.Grid)
	muted := widgets.Style{Size: theme.Small, Colour: theme.Muted}
	content := widgets.Column(3*theme.Grid, widgets.Say(muted, "For how long, with names or without, and which parts:"),
		widgets.Wrapped(theme.Grid, chips...), widgets.Wrapped(theme.Grid, parts...), hand, p.outcome, widgets.Line(), p.preview)
	p.scroll = widgets.NewTall(panes.Most(820, widgets.Pad(widgets.Edges{Left: 20, Top: 8, Right: 20, Bottom: 32}, content)))
}

// choices shows what is chosen.
func (p *Page) choices() {
	for i, a := range p.periods {
		a.SetOn(periods[i].weeks == p.ask.Weeks)
	}
	for i, a := range p.parts {
		a.SetOn(slices.Contains(p.ask.Parts, brief.Parts()[i]))
	}
	p.names.SetOn(p.ask.Hidden)
	word := "Names shown (N)"
	if p.ask.Hidden {
		word = "Names hidden (N)"
	}
	p.names.SetLabel(word)
	p.scroll.Arrange()
}

func (p *Page) period(weeks int) {
	p.ask.Weeks = weeks
	p.changed()
}

func (p *Page) hide() {
	p.ask.Hidden = !p.ask.Hidden
	p.changed()
}

// part takes a section in, or out.
func (p *Page) part(part brief.Part) {
	if i := slices.Index(p.ask.Parts, part); i >= 0 {
		p.ask.Parts = slices.Delete(slices.Clone(p.ask.Parts), i, i+1)
	} else {
		p.ask.Parts = append(slices.Clone(p.ask.Parts), part)
	}
	p.changed()
}

func (p *Page) changed() {
	p.choices()
	p.Reload()
}
