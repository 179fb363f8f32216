// Package review is the page for the quiet minutes: the promises that wait, the
// notes that were written, and the questions that nobody could answer.
package review

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/ui/async"
	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// Promise is a promise on which somebody must act, with what people read of it.
type Promise struct {
	assist.Promise
	CustomerName, RepName string
	CallMe, Email         string // of the customer; may be empty
}

// Note is a note with the names that people read.
type Note struct {
	assist.Note
	CustomerName, RepName string
}

// Heard is what customers told us, or praise for one of us, with the names that people
// read.
type Heard struct {
	assist.Insight
	CustomerName, RepName string
	Praised               string // the name of who is praised; empty for an insight
}

// Gap is a question that nobody could answer, with the names that people read.
type Gap struct {
	assist.Gap
	CustomerName, RepName string
}

// Data is what the page shows. The page keeps the lists and changes nothing in them.
type Data struct {
	Promises []Promise // open ones, and broken ones of which the customer is to hear, in any order
	More     bool      // more promises wait than these
	Me       assist.ID // the rep who sits here; may be empty
	Notes    []Note    // the latest first
	Heard    []Heard   // the latest first
	Gaps     []Gap     // open ones, the latest first
}

// Source is where the page's data come from. Both are called beside the window's
// goroutine, and may be called at once.
type Source interface {
	// Promises reads the promises anew, and who sits here: they do not wait for the rest.
	Promises(ctx context.Context) (Data, error)
	// Talk reads the notes and the questions anew.
	Talk(ctx context.Context) (Data, error)
}

// Options is what the page is made of.
type Options struct {
	Source Source
	// Save keeps what became of a promise, and fails when the promise does not stand as
	// before. It is called beside the window's goroutine, for one change at a time, in
	// the order in which the rep made them.
	Save func(ctx context.Context, before, after assist.Promise) error
	// ReadDay reads to which day, or time, words like "friday 3pm" mean to move.
	ReadDay func(words string) Day
	// Draft writes to the customer how the promise stands.
	Draft func(Promise) Letter
	// Now is the clock, in the rep's time zone; nil is time.Now.
	Now func() time.Time
	// Post brings results to the window; nil is async.Window.
	Post async.Post
}

// Day is a day or a time to which a promise is moved. Ask is what to ask when the words
// can mean more than one, or none; Due is zero when they name none.
type Day struct {
	Due    time.Time
	AllDay bool
	Ask    string
}

// Letter is what the customer may be written.
type Letter struct{ Subject, Body string }

// Page is the review. Its methods are for the window's goroutine.
type Page struct {
	// OnCustomer is called when the rep wants to see the customer; nil hides the button.
	OnCustomer func(customer assist.ID)
	// OnAnswer is called when the rep wants to make an answer of a note or a question, with
	// what is known of it; nil hides the button.
	OnAnswer func(seed assist.Revision)
	// OnCopy is called with text for the clipboard, OnMail with a letter to be sent, to
	// an address that may be empty, and OnSaveText with a text to be kept as a file.
	OnCopy     func(text string)
	OnMail     func(to, subject, body string)
	OnSaveText func(name, text string)
	// OnCount is called with how much there is of a list.
	OnCount func(l List, n int)
	// OnCalendar is called with the promises that shall stand in a calendar.
	OnCalendar func([]Promise)

	opt     Options
	data    Data
	words   []string // of each note, in lower case, for the filter
	changes changes
	refused error     // why a change was not kept
	stirred time.Time // when a row was last put under the rep's fingers
	tab     List
	shown   []entry // what the list shows
	parts   [2]part

	box     *panes.Box
	filters *filters
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

// part is one of the two things that are loaded.
type part struct {
	loading bool
	err     error
}

const (
	promisesPart = iota
	talkPart
)

// List is one of the lists of the page.
type List int

// The lists.
const (
	OfPromises List = iota
	OfNotes
	OfHeard
	OfQuestions
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
	p.tab = OfPromises
	p.list()
	return p
}

// Object returns what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.content }

// Focus gives the keyboard to the list, or to the filter of the notes.
func (p *Page) Focus(c fyne.Canvas) {
	if p.tab == OfNotes {
		c.Focus(p.box)
		return
	}
	c.Focus(p.rows)
}

// Reload reads the data again. What the rep looks at stays in front.
func (p *Page) Reload() {
	p.cancel()
	p.changes.forget()
	p.parts[promisesPart].loading, p.parts[talkPart].loading = true, true
	if len(p.data.Promises)+len(p.data.Notes)+len(p.data.Gaps) == 0 {
		p.list()
	}
	first := async.Load(p.opt.Post, p.opt.Source.Promises, func(d Data, err error) {
		if err == nil {
			p.data.Promises, p.data.More, p.data.Me = p.changes.over(d.Promises), d.More, d.Me
		}
		p.loaded(promisesPart, err)
	})
	type talk struct {
		data  Data
		words []string
	}
	second := async.Load(p.opt.Post, func(ctx context.Context) (talk, error) {
		d, err := p.opt.Source.Talk(ctx)
		return talk{d, lowered(d.Notes)}, err
	}, func(t talk, err error) {
		if err == nil {
			p.data.Notes, p.data.Heard, p.data.Gaps, p.words = t.data.Notes, t.data.Heard, t.data.Gaps, t.words
		}
		p.loaded(talkPart, err)
	})
	p.cancel = func() {
		first()
		second()
	}
}

// loaded shows what has come of a part.
func (p *Page) loaded(part int, err error) {
	p.parts[part].loading, p.parts[part].err = false, err
	p.sayTrouble()
	p.list()
	if c := canvasOf(p.content); c != nil && p.content.Visible() && c.Focused() == nil {
		p.Focus(c) // a list without rows could not take it
	}
}

// sayTrouble says what could not be kept and what could not be read, each once.
func (p *Page) sayTrouble() {
	said := []string{say.Error(p.refused)}
	for _, part := range p.parts {
		if words := say.Error(part.err); !slices.Contains(said, words) {
			said = append(said, words)
		}
	}
	p.trouble.SetText(join(said...))
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

// Show turns to one of the lists.
func (p *Page) Show(l List) {
	if p.tab == l {
		return
	}
	p.tab = l
	p.split.Read(false)
	p.list()
}

// list fills the rows, and keeps the row that was chosen when it is still there, else
// the one that was nearest to it.
func (p *Page) list() {
	was, before := p.rows.Chosen(), p.shown
	p.tellCounts()
	p.shown = p.entries()
	p.rows.SetCount(len(p.shown))
	p.box.Hidden = p.tab != OfNotes
	p.filters.bar.Hidden = p.tab != OfPromises
	p.sayUndo()
	p.count.SetText(p.counted())
	p.none.Hidden = len(p.shown) > 0
	p.rows.Hidden = len(p.shown) == 0
	p.sayEmpty()
	p.choose(before, was)
	if len(p.shown) == 0 {
		p.reading.clear()
		p.split.Read(false)
	}
	p.split.Arrange()
}

// choose chooses the row of the entry that was row i before.
func (p *Page) choose(before []entry, i int) {
	if i < 0 || i >= len(before) {
		p.rows.SetChosen(0)
		return
	}
	at := p.place(before[i].id)
	if at < 0 {
		p.stirred = p.opt.Now()
		for _, id := range near(before, i) {
			if at = p.place(id); at >= 0 {
				break
			}
		}
	}
	p.rows.SetChosen(max(at, 0))
}

// place returns the row of an id, -1 when it has none.
func (p *Page) place(id assist.ID) int {
	return slices.IndexFunc(p.shown, func(e entry) bool { return e.id == id && !e.line.Heading })
}

// find returns a promise as it stands now, shown or not.
func (p *Page) find(id assist.ID) (Promise, bool) {
	i := slices.IndexFunc(p.data.Promises, func(q Promise) bool { return q.ID == id })
	if i < 0 {
		return Promise{}, false
	}
	return p.data.Promises[i], true
}

func (p *Page) entries() []entry {
	now := p.opt.Now()
	switch p.tab {
	case OfNotes:
		return noteEntries(p.data.Notes, p.words, p.box.Text, now)
	case OfHeard:
		return heardEntries(p.data.Heard, now)
	case OfQuestions:
		return gapEntries(p.data.Gaps, now)
	}
	return promiseEntries(p.filters.promises(p.data, now), now)
}

// tellCounts tells how much there is of each list.
func (p *Page) tellCounts() {
	if p.OnCount == nil {
		return
	}
	p.OnCount(OfPromises, len(p.data.Promises))
	p.OnCount(OfNotes, len(p.data.Notes))
	p.OnCount(OfHeard, len(p.data.Heard))
	p.OnCount(OfQuestions, len(p.data.Gaps))
}

func (p *Page) sayEmpty() {
	switch {
	case p.parts[promisesPart].loading && p.tab == OfPromises, p.parts[talkPart].loading && p.tab != OfPromises:
		p.none.Say("Reading…", "", "", nil)
	case p.tab == OfPromises && len(p.data.Promises) > 0:
		p.none.Say("No promise like that", "Others wait: of other days, or of other reps.", "Show all promises", func() {
			p.filters.reset()
			p.list()
		})
	case p.tab == OfPromises:
		p.none.Say("No promise waits", "Write “I’ll call you back on Friday” in a note during a call, keep the promise that is offered, and it stands here until it is kept.", "", nil)
	case p.tab == OfHeard:
		p.none.Say("Nothing heard yet", "What customers love, hate or wish, where they buy, whom they praise: one key keeps it during a call, and it stands here.", "", nil)
	case p.tab == OfQuestions:
		p.none.Say("No question is without an answer", "When nothing fits in a call, choose “promise to find out”. The question then waits here for whoever can answer it.", "", nil)
	case p.box.Text != "":
		p.none.Say("No note has these words", "All the words must be in the note, in the customer’s name or in the name of whoever wrote it.", "Show all notes", func() { p.box.SetText("") })
	default:
		p.none.Say("No notes yet", "What you write during a call is kept as you type, and stands here afterwards.", "", nil)
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
	p.count = widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted})
	p.trouble = widgets.NewText(widgets.Style{Colour: theme.Late})
	p.undo = widget.NewButton("", p.takeBack)
	words := widgets.NewText(widgets.Style{Lines: 1})
	p.undoBar = widgets.Row(8, words, words, p.undo)
	p.undoBar.Hide()
	p.filters = newFilters(p)
	p.none = panes.NewEmpty()
	p.reading = newReading(p)
	head := widgets.Pad(widgets.Edges{Left: 12, Top: 12, Right: 12, Bottom: 8},
		widgets.Column(8, p.box, p.filters.bar, p.trouble, p.undoBar, p.count))
	stack := panes.Fill(p.rows, p.none)
	p.split = panes.NewSplit(widgets.ColumnFilled(0, stack, head, stack), p.reading.object)
	p.content = panes.Fill(p.split)
}

func canvasOf(o fyne.CanvasObject) fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(o) }
