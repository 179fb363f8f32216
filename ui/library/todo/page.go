// Package todo is the list of what the library needs: sentences that reps flagged,
// answers that contradict one another or the site, questions that nobody could answer,
// answers that nobody has verified for long, and doubles.
package todo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/ui/async"
	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/undo"
	"ringside/ui/widgets"
)

// Options is what the page is made of.
type Options struct {
	Source Source
	// Save keeps after in one write, and fails when something is not as before any more.
	// It is called beside the window's goroutine, for one change at a time, in the order
	// in which they were made.
	Save func(ctx context.Context, before, after []assist.Record) error
	// Find returns the answers that fit the words, the best first. It is called beside
	// the window's goroutine.
	Find func(ctx context.Context, words string) ([]Hit, error)
	// Now is the clock, in the rep's time zone; nil is time.Now.
	Now func() time.Time
	// Post brings results to the window; nil is async.Window.
	Post async.Post
}

// Page is the list. Its methods are for the window's goroutine.
type Page struct {
	// OnEdit is called with what somebody wants to write: an answer as it stands, or the
	// beginning of a new one, whose ids are empty. Nil hides what would need it.
	OnEdit func(seed assist.Revision)
	// OnCount is called with how much waits: for who sits here, or for anybody while
	// nobody has said who that is.
	OnCount func(n int)

	opt     Options
	data    Data
	byID    map[assist.ID]assist.Answer // those that are not off
	looked  Looked
	found   []*entry // in what was read
	all     []*entry // of these, what is not settled
	shown   []*entry // with headings
	changes undo.Queue
	refused error // why a change was not kept
	unread  error // why the lists cannot be read
	unseen  error // why nothing could be compared
	reading *reading

	loading, looking bool
	stirred          time.Time // when a row was last put under the rep's fingers
	back             string    // the key of what was taken back, until it is in the list again

	who, what *widget.Select
	count     *widgets.Text
	trouble   *widgets.Text
	undo      *widget.Button
	undoText  *widgets.Text
	undoBar   *fyne.Container
	rows      *panes.Rows
	none      *panes.Empty
	split     *panes.Split
	choosing  *choosing
	content   *fyne.Container
	cancel    func()
}

const (
	everybody  = "Everybody’s"
	mine       = "Mine"
	everything = "Everything"
)

// New returns the page; Reload fills it.
func New(opt Options) *Page {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Post == nil {
		opt.Post = async.Window
	}
	p := &Page{opt: opt, cancel: func() {}}
	p.changes = undo.Queue{Save: opt.Save, Post: opt.Post, Kept: func(err error, last bool) {
		if p.refused = err; last {
			p.Reload()
		}
	}}
	p.build()
	p.list()
	return p
}

// Object returns what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.content }

// Focus gives the keyboard to the list.
func (p *Page) Focus(c fyne.Canvas) { c.Focus(p.rows) }

// Reload reads the data again. What the rep looks at stays in front.
func (p *Page) Reload() {
	p.cancel()
	p.changes.Forget()
	p.loading = true
	if len(p.data.Answers) == 0 {
		p.list()
	}
	p.cancel = async.Load(p.opt.Post, p.opt.Source.Todo, func(d Data, err error) {
		p.loading = false
		if p.unread = err; err == nil {
			p.data = d
			p.byID = make(map[assist.ID]assist.Answer, len(d.Answers))
			for _, a := range d.Answers {
				if !a.Off {
					p.byID[a.ID] = a
				}
			}
			p.weigh()
		}
		p.list()
		if c := canvasOf(p.content); c != nil && p.content.Visible() && c.Focused() == nil {
			p.Focus(c) // a list without rows could not take it
		}
	})
}

// Look compares the answers anew, beside the window, unless it is being done.
func (p *Page) Look() {
	if p.looking {
		return
	}
	p.looking = true
	p.sayCount()
	async.Load(p.opt.Post, p.opt.Source.Look, func(l Looked, err error) {
		p.looking = false
		if p.unseen = err; err == nil {
			p.looked = l
			p.weigh()
		}
		p.list()
	})
}

// list fills the rows, and keeps the row that was chosen when it is still there, else
// the one that was nearest to it.
func (p *Page) list() {
	was, before := p.rows.Chosen(), p.shown
	p.all = p.waiting()
	p.who.Hidden = p.data.Me == ""
	p.shown = headed(p.chosenKinds(p.all))
	p.rows.SetCount(len(p.shown))
	p.sayUndo()
	p.sayCount()
	p.trouble.SetText(join(say.Error(p.refused), say.Error(p.unread), say.Error(p.unseen)))
	p.none.Hidden, p.rows.Hidden = len(p.shown) > 0, len(p.shown) == 0
	p.sayEmpty()
	p.choose(before, was)
	if len(p.shown) == 0 {
		p.reading.clear()
		p.split.Read(false)
	}
	p.split.Arrange()
	if p.OnCount != nil {
		p.OnCount(p.forMe())
	}
}

// chosenKinds keeps what the two choices above the list let through.
func (p *Page) chosenKinds(list []*entry) []*entry {
	own := !p.who.Hidden && p.who.Selected == mine
	return slices.DeleteFunc(slices.Clone(list), func(e *entry) bool {
		return own && !e.mine || p.what.Selected != everything && p.what.Selected != kinds[e.kind].choice
	})
}

// forMe counts what waits for who sits here.
func (p *Page) forMe() (n int) {
	for _, e := range p.all {
		if e.mine || p.data.Me == "" {
			n++
		}
	}
	return n
}

// choose chooses the row of the entry that was row i before.
func (p *Page) choose(before []*entry, i int) {
	if at := p.place(p.back); at >= 0 {
		p.back = ""
		p.rows.SetChosen(at)
		return
	}
	if i < 0 || i >= len(before) {
		p.rows.SetChosen(0)
		return
	}
	at := p.place(before[i].key)
	if at < 0 {
		p.stirred = p.opt.Now()
		for _, key := range near(before, i) {
			if at = p.place(key); at >= 0 {
				break
			}
		}
	}
	p.rows.SetChosen(max(at, 0))
}

// near returns the rows below row i and then those above it, the nearest first: where
// the choice goes when its row is gone.
func near(rows []*entry, i int) []string {
	var out []string
	for _, e := range rows[i+1:] {
		out = append(out, e.key)
	}
	for j := i - 1; j >= 0; j-- {
		out = append(out, rows[j].key)
	}
	return out
}

// place returns the row of a key, -1 when it has none.
func (p *Page) place(key string) int {
	return slices.IndexFunc(p.shown, func(e *entry) bool { return e.key == key && !e.line.Heading })
}

func (p *Page) sayCount() {
	look := ""
	switch {
	case p.looking:
		look = "looking for doubles and contradictions…"
	case !p.looked.At.IsZero():
		look = "looked for doubles " + say.Day(p.looked.At, p.opt.Now()) + ", " + say.Clock(p.looked.At.In(p.opt.Now().Location()))
	}
	n := 0
	for _, e := range p.shown {
		if !e.line.Heading {
			n++
		}
	}
	words := counted(n, "thing")
	if n < len(p.all) {
		words = fmt.Sprintf("%d of %s", n, counted(len(p.all), "thing"))
	}
	p.count.SetText(say.Capital(join(words, look)))
	p.split.Arrange()
}

func (p *Page) sayUndo() {
	said := p.changes.Said()
	p.undoBar.Hidden = said == ""
	p.undoText.SetText(said)
}

func (p *Page) sayEmpty() {
	switch {
	case p.loading && len(p.data.Answers) == 0:
		p.none.Say("Reading…", "", "", nil)
	case len(p.all) > 0:
		p.none.Say("Nothing like that", "Other things wait: of other kinds, or for others.", "Show everything", func() {
			p.who.Selected, p.what.Selected = everybody, everything
			p.who.Refresh()
			p.what.Refresh()
			p.list()
		})
	default:
		p.none.Say("Nothing waits", "What reps flag in calls, what nobody could answer, what is stale, doubled or contradicting stands here until somebody has seen to it.", "", nil)
	}
}

func (p *Page) build() {
	p.rows = panes.NewRows(func(i int) panes.Line { return p.shown[i].line })
	p.rows.OnChosen = func(i int) { p.reading.show(*p.shown[i]) }
	p.rows.OnOpen = func(int) { p.split.Read(true) }
	p.rows.OnPage = func(way int) bool {
		if p.split.ReadingSeen() {
			p.reading.scroll.Page(way)
		}
		return p.split.ReadingSeen()
	}
	p.rows.OnLetter = p.letter
	p.who = widget.NewSelect([]string{everybody, mine}, nil)
	p.who.Selected = everybody
	p.what = widget.NewSelect([]string{everything}, nil)
	for _, k := range kinds {
		p.what.Options = append(p.what.Options, k.choice)
	}
	p.what.Selected = everything
	p.who.OnChanged = func(string) { p.list() }
	p.what.OnChanged = func(string) { p.list() }
	p.count = widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 2})
	p.trouble = widgets.NewText(widgets.Style{Colour: theme.Late})
	p.undo = widget.NewButton("Undo (U)", p.takeBack)
	p.undoText = widgets.NewText(widgets.Style{Lines: 1})
	p.undoBar = widgets.Row(8, p.undoText, p.undoText, p.undo)
	p.none = panes.NewEmpty()
	p.choosing = newChoosing(p)
	p.reading = newReading(p)
	head := widgets.Pad(widgets.Edges{Left: 12, Top: 12, Right: 12, Bottom: 8},
		widgets.Column(8, widgets.Wrapped(6, p.who, p.what), p.trouble, p.undoBar, p.count))
	stack := panes.Fill(p.rows, p.none)
	p.split = panes.NewSplit(widgets.ColumnFilled(0, stack, head, stack), p.reading.object)
	p.content = panes.Fill(p.split)
}

func canvasOf(o fyne.CanvasObject) fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(o) }
