// Package review is the page for the quiet minutes: the promises that wait, the
// notes that were written, and the questions that nobody could answer.
package review

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/ui/async"
	"ringside/ui/library/panes"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// Promise is an open promise with the names that people read.
type Promise struct {
	assist.Promise
	CustomerName, RepName string
}

// Note is a note with the names that people read.
type Note struct {
	assist.Note
	CustomerName, RepName string
}

// Gap is a question that nobody could answer, with the names that people read.
type Gap struct {
	assist.Gap
	CustomerName, RepName string
}

// Data is what the page shows. The page keeps the lists and changes nothing in them.
type Data struct {
	Promises []Promise // open ones, in any order
	Notes    []Note    // the latest first
	Gaps     []Gap     // open ones, the latest first
}

// Source is where the page's data come from.
type Source interface {
	// Load reads everything anew. It is called beside the window's goroutine.
	Load(ctx context.Context) (Data, error)
}

// Options is what the page is made of.
type Options struct {
	Source Source
	// Now is the clock, in the rep's time zone; nil is time.Now.
	Now func() time.Time
	// Post brings results to the window; nil is async.Window.
	Post async.Post
}

// Page is the review. Its methods are for the window's goroutine.
type Page struct {
	// OnKept is called when the rep says that a promise was kept; the page has
	// taken it off the list already.
	OnKept func(promise assist.ID)
	// OnNotKept takes the last OnKept back.
	OnNotKept func(promise assist.ID)
	// OnCustomer is called when the rep wants to see the customer; nil hides the button.
	OnCustomer func(customer assist.ID)

	opt     Options
	data    Data
	words   []string // of each note, in lower case, for the filter
	kept    assist.ID
	tab     tab
	shown   []entry // what the list shows
	loading bool

	tabs    [3]*widget.Button
	box     *panes.Box
	count   *widgets.Text
	undo    *widget.Button
	undoBar *fyne.Container
	trouble *widgets.Text
	rows    *panes.Rows
	none    *panes.Empty
	split   *panes.Split
	reading *reading
	content *fyne.Container
	cancel  func()
}

// tab is one of the three lists.
type tab int

const (
	promises tab = iota
	notes
	gaps
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
	p.build()
	p.show(promises)
	return p
}

// Object returns what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.content }

// Focus gives the keyboard to the list, or to the filter of the notes.
func (p *Page) Focus(c fyne.Canvas) {
	if p.tab == notes {
		c.Focus(p.box)
		return
	}
	c.Focus(p.rows)
}

// Reload reads the data again. What the rep looks at stays in front.
func (p *Page) Reload() {
	p.cancel()
	p.loading = true
	if len(p.data.Promises)+len(p.data.Notes)+len(p.data.Gaps) == 0 {
		p.list()
	}
	type loaded struct {
		data  Data
		words []string
	}
	p.cancel = async.Load(p.opt.Post,
		func(ctx context.Context) (loaded, error) {
			d, err := p.opt.Source.Load(ctx)
			return loaded{d, lowered(d.Notes)}, err
		},
		func(l loaded, err error) {
			p.loading = false
			p.SetTrouble(say.Error(err))
			if err == nil {
				p.data, p.words = l.data, l.words
				p.kept = ""
			}
			p.list()
		})
}

// SetTrouble shows one sentence of what is wrong; "" takes it away.
func (p *Page) SetTrouble(sentence string) {
	p.trouble.SetText(sentence)
	p.split.Arrange()
}

// lowered returns what the filter of the notes looks at.
func lowered(list []Note) []string {
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = strings.ToLower(n.Text + "\n" + n.CustomerName + "\n" + n.RepName + "\n" + string(n.Intelligence))
	}
	return out
}

// show turns to one of the three lists.
func (p *Page) show(t tab) {
	p.tab = t
	p.split.Read(false)
	p.list()
}

// list fills the rows, and keeps the row that was chosen when it is still there.
func (p *Page) list() {
	before := assist.ID("")
	if i := p.rows.Chosen(); i >= 0 && i < len(p.shown) {
		before = p.shown[i].id
	}
	p.label()
	p.shown = p.entries()
	p.rows.SetCount(len(p.shown))
	p.box.Hidden = p.tab != notes
	p.undoBar.Hidden = p.tab != promises || p.kept == ""
	p.count.SetText(p.counted())
	p.none.Hidden = len(p.shown) > 0
	p.rows.Hidden = len(p.shown) == 0
	p.sayEmpty()
	p.rows.SetChosen(p.place(before))
	if len(p.shown) == 0 {
		p.reading.clear()
		p.split.Read(false)
	}
	p.split.Arrange()
}

// place returns the row of an id, else the first.
func (p *Page) place(id assist.ID) int {
	for i, e := range p.shown {
		if e.id == id && !e.line.Heading {
			return i
		}
	}
	return 0
}

func (p *Page) entries() []entry {
	now := p.opt.Now()
	switch p.tab {
	case notes:
		return noteEntries(p.data.Notes, p.words, p.box.Text, now)
	case gaps:
		return gapEntries(p.data.Gaps, now)
	}
	return promiseEntries(p.data.Promises, p.kept, now)
}

func (p *Page) label() {
	n := len(p.data.Promises)
	if p.kept != "" {
		n--
	}
	for i, words := range []string{
		fmt.Sprintf("Promises %s", thousands(n)),
		fmt.Sprintf("Notes %s", thousands(len(p.data.Notes))),
		fmt.Sprintf("Questions %s", thousands(len(p.data.Gaps))),
	} {
		p.tabs[i].Importance = widget.MediumImportance
		if tab(i) == p.tab {
			p.tabs[i].Importance = widget.HighImportance
		}
		p.tabs[i].SetText(words)
	}
}

func (p *Page) counted() string {
	switch {
	case p.tab == notes && p.box.Text != "":
		return fmt.Sprintf("%s of %s notes", thousands(len(p.shown)), thousands(len(p.data.Notes)))
	case p.tab == gaps && len(p.shown) > 0:
		return "Asked by customers, and no answer fitted. The trainers see them too."
	case p.tab == notes && len(p.shown) > 0:
		return "The latest first"
	case p.tab == promises:
		late := 0
		for _, e := range p.shown {
			if e.line.Tone == panes.Late && !e.line.Heading {
				late++
			}
		}
		if late > 0 {
			return fmt.Sprintf("%d late: call before they do", late)
		}
	}
	return ""
}

func (p *Page) sayEmpty() {
	switch {
	case p.loading:
		p.none.Say("Reading…", "", "", nil)
	case p.tab == promises:
		p.none.Say("No promise waits", "Write “I’ll call you back on Friday” in a note during a call, keep the promise that is offered, and it stands here until it is kept.", "", nil)
	case p.tab == gaps:
		p.none.Say("No question is without an answer", "When nothing fits in a call, choose “promise to find out”. The question then waits here for whoever can answer it.", "", nil)
	case p.box.Text != "":
		p.none.Say("No note has these words", "All the words must be in the note, in the customer’s name or in the name of whoever wrote it.", "Show all notes", func() { p.box.SetText("") })
	default:
		p.none.Say("No notes yet", "What you write during a call is kept as you type, and stands here afterwards.", "", nil)
	}
}

// keep takes the promise in front off the list and reports it.
func (p *Page) keep() {
	i := p.rows.Chosen()
	if p.tab != promises || i < 0 || i >= len(p.shown) || p.shown[i].line.Heading {
		return
	}
	e := p.shown[i]
	p.drop()
	p.kept = e.id
	p.undo.SetText("Undo (U)")
	p.undoBar.Objects[0].(*widgets.Text).SetText("Kept: " + e.line.Title)
	next := p.next(i)
	p.split.Read(false)
	p.list()
	p.rows.SetChosen(p.place(next))
	if p.OnKept != nil {
		p.OnKept(e.id)
	}
}

// next returns the promise below row i, else the one above it.
func (p *Page) next(i int) assist.ID {
	for _, from := range [][]entry{p.shown[i+1:], p.shown[:i]} {
		for _, e := range from {
			if !e.line.Heading {
				return e.id
			}
		}
	}
	return ""
}

// drop forgets the promise that was kept before: it cannot be undone any more.
func (p *Page) drop() {
	left := make([]Promise, 0, len(p.data.Promises))
	for _, q := range p.data.Promises {
		if q.ID != p.kept {
			left = append(left, q)
		}
	}
	p.data.Promises = left
}

func (p *Page) takeBack() {
	id := p.kept
	if id == "" {
		return
	}
	p.kept = ""
	p.list()
	p.rows.SetChosen(p.place(id))
	if p.OnNotKept != nil {
		p.OnNotKept(id)
	}
}

func (p *Page) build() {
	p.rows = panes.NewRows(func(i int) panes.Line { return p.shown[i].line })
	p.rows.OnChosen = func(i int) { p.reading.show(p.shown[i]) }
	p.rows.OnOpen = func(int) { p.split.Read(true) }
	p.rows.OnPage = func(way int) bool {
		if p.split.ReadingSeen() {
			p.reading.scroll.Page(way)
		}
		return p.split.ReadingSeen()
	}
	p.rows.OnLetter = p.letter
	p.box = panes.NewBox("Filter by words, customer or rep", p.rows)
	p.box.OnChanged = func(string) { p.list() }
	bar := make([]fyne.CanvasObject, len(p.tabs))
	for i := range p.tabs {
		p.tabs[i] = widget.NewButton("", func() { p.show(tab(i)) })
		bar[i] = p.tabs[i]
	}
	p.count = widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted})
	p.trouble = widgets.NewText(widgets.Style{Colour: theme.Late})
	p.undo = widget.NewButton("", p.takeBack)
	words := widgets.NewText(widgets.Style{Colour: theme.Good, Lines: 1})
	p.undoBar = widgets.Row(8, words, words, p.undo)
	p.undoBar.Hide()
	p.none = panes.NewEmpty()
	p.reading = newReading(p)
	head := widgets.Pad(widgets.Edges{Left: 12, Top: 12, Right: 12, Bottom: 8},
		widgets.Column(8, widgets.Row(4, nil, bar...), p.box, p.trouble, p.undoBar, p.count))
	stack := fyne.NewContainerWithLayout(&fill{}, p.rows, p.none)
	p.split = panes.NewSplit(widgets.ColumnFilled(0, stack, head, stack), p.reading.object)
	p.content = fyne.NewContainerWithLayout(&fill{}, p.split)
}

func (p *Page) letter(r rune) {
	switch r {
	case 'k':
		p.keep()
	case 'u':
		p.takeBack()
	}
}

// fill gives every object all the room.
type fill struct{}

func (*fill) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
	}
}

func (*fill) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(240, 160) }
