// Package patterns is the list of what customers and the front line tell over time:
// competitors and what they are named for, where people buy, what they love and hate, why
// they leave and stay, questions that grow, worries. Each with its figures, how sure they
// are, how they were made, and the words behind them.
package patterns

import (
	"context"
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/assist/insight"
	"ringside/ui/async"
	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// Options is what the page is made of.
type Options struct {
	Source Source
	// Now is the clock, in the rep's time zone; nil is time.Now.
	Now func() time.Time
	// Post brings results to the window; nil is async.Window.
	Post async.Post
}

// Page is the list. Its methods are for the window's goroutine.
type Page struct {
	// OnNote and OnCustomer are called with what a quote is to open; nil hides what would
	// need it.
	OnNote     func(assist.ID)
	OnCustomer func(assist.ID)
	// OnCopy is called with a text for the clipboard, OnSave with a picture under the name
	// of a file.
	OnCopy func(text string)
	OnSave func(name string, data []byte)

	opt      Options
	found    []insight.Pattern
	shown    []*entry // with headings
	open     bool     // what is not enough yet is listed
	loading  bool
	progress Progress
	unread   error
	reading  *reading

	period, what *widget.Select
	count        *widgets.Text
	trouble      *widgets.Text
	rows         *panes.Rows
	none         *panes.Empty
	split        *panes.Split
	content      *fyne.Container
	cancel       func()
}

const everything = "Everything"

var periods = []struct {
	words  string
	period insight.Period
}{{"Last 4 weeks", insight.FourWeeks}, {"Last quarter", insight.Quarter}, {"Last year", insight.Year}, {"All time", insight.All}}

// New returns the page; Reload fills it.
func New(opt Options) *Page {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Post == nil {
		opt.Post = async.Window
	}
	p := &Page{opt: opt, cancel: func() {}}
	p.build()
	p.list()
	return p
}

// Object returns what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.content }

// Focus gives the keyboard to the list.
func (p *Page) Focus(c fyne.Canvas) { c.Focus(p.rows) }

// Reload counts anew. What the rep looks at stays in front.
func (p *Page) Reload() {
	p.cancel()
	p.loading, p.progress = true, Progress{}
	p.list()
	period := p.chosenPeriod()
	cancelled := false
	tell := async.Newest(p.opt.Post, func(at Progress) {
		if !cancelled && p.loading {
			p.progress = at
			p.sayCount()
			p.sayEmpty()
		}
	})
	stop := async.Load(p.opt.Post, func(ctx context.Context) ([]insight.Pattern, error) { return p.opt.Source.Patterns(ctx, period, tell) },
		func(found []insight.Pattern, err error) {
			p.loading, p.unread = false, err
			if err == nil {
				p.found = found
			}
			p.list()
			if c := fyne.CurrentApp().Driver().CanvasForObject(p.content); c != nil && p.content.Visible() && c.Focused() == nil {
				p.Focus(c) // a list without rows could not take it
			}
		})
	p.cancel = func() {
		cancelled = true
		stop()
	}
}

func (p *Page) chosenPeriod() insight.Period {
	for _, x := range periods {
		if x.words == p.period.Selected {
			return x.period
		}
	}
	return insight.Quarter
}

// list fills the rows, and keeps the row that was chosen when it is still there.
func (p *Page) list() {
	key := ""
	if e, ok := p.chosen(); ok {
		key = e.key
	}
	p.shown = p.entries()
	p.rows.SetCount(len(p.shown))
	p.sayCount()
	p.trouble.SetText(say.Error(p.unread))
	p.none.Hidden, p.rows.Hidden = len(p.shown) > 0, len(p.shown) == 0
	p.sayEmpty()
	at := slices.IndexFunc(p.shown, func(e *entry) bool { return e.key == key && !e.line.Heading })
	p.rows.SetChosen(max(at, 0))
	if len(p.shown) == 0 {
		p.reading.clear()
		p.split.Read(false)
	}
	p.split.Arrange()
}

// chosen returns the entry in front.
func (p *Page) chosen() (*entry, bool) {
	i := p.rows.Chosen()
	if i < 0 || i >= len(p.shown) || p.shown[i].line.Heading {
		return nil, false
	}
	return p.shown[i], true
}

func (p *Page) sayCount() {
	enough, moved := 0, 0
	for _, f := range p.found {
		if f.Grade != insight.NotYet {
			enough++
		}
		if f.Trend.Claimed {
			moved++
		}
	}
	words := say.Count(enough, "pattern")
	if moved > 0 {
		words += fmt.Sprintf(", %d of them rising or falling for sure", moved)
	}
	if p.loading {
		words = p.read()
	}
	p.count.SetText(words)
	p.split.Arrange()
}

// read says how far the reading is.
func (p *Page) read() string {
	switch at := p.progress; {
	case at.Read == 0:
		return "Counting…"
	case at.Of <= at.Read:
		return "Reading what was kept: " + say.Thousands(at.Read) + "…"
	default:
		return fmt.Sprintf("Reading what was kept: %s of about %s…", say.Thousands(at.Read), say.Thousands(at.Of))
	}
}

func (p *Page) sayEmpty() {
	switch {
	case p.loading && len(p.found) == 0:
		p.none.Say(p.read(), "", "", nil)
	case len(p.found) > 0:
		p.none.Say("Nothing like that", "There are patterns of other kinds.", "Show everything", func() {
			p.what.Selected = everything
			p.what.Refresh()
			p.list()
		})
	default:
		p.none.Say("No patterns yet", "When several customers say the same to several reps, it stands here, with its figures and their words.", "", nil)
	}
}

func (p *Page) build() {
	p.rows = panes.NewRows(func(i int) panes.Line { return p.shown[i].line })
	p.rows.OnChosen = func(i int) { p.reading.show(p.shown[i]) }
	p.rows.OnOpen = func(i int) {
		if p.shown[i].more > 0 {
			p.toggle()
			return
		}
		p.split.Read(true)
	}
	p.rows.OnPage = func(way int) bool {
		if p.split.ReadingSeen() {
			p.reading.scroll.Page(way)
		}
		return p.split.ReadingSeen()
	}
	p.rows.OnLetter = p.letter
	p.period = widget.NewSelect(nil, nil)
	for _, x := range periods {
		p.period.Options = append(p.period.Options, x.words)
	}
	p.period.Selected = periods[1].words
	p.what = widget.NewSelect([]string{everything}, nil)
	for _, g := range groups {
		p.what.Options = append(p.what.Options, g.choice)
	}
	p.what.Selected = everything
	p.period.OnChanged = func(string) { p.Reload() }
	p.what.OnChanged = func(string) { p.list() }
	p.count = widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 2})
	p.trouble = widgets.NewText(widgets.Style{Colour: theme.Late})
	p.none = panes.NewEmpty()
	p.reading = newReading(p)
	head := widgets.Pad(widgets.Edges{Left: 12, Top: 12, Right: 12, Bottom: 8},
		widgets.Column(8, widgets.Wrapped(6, p.period, p.what), p.trouble, p.count))
	stack := panes.Fill(p.rows, p.none)
	p.split = panes.NewSplit(widgets.ColumnFilled(0, stack, head, stack), p.reading.object)
	p.content = panes.Fill(p.split)
}
