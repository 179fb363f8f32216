// Package notes is the list of all notes, to be searched, read one after the other, and
// added to: what was first written stays as it is.
package notes

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/settings"
	"ringside/ui/async"
	"ringside/ui/cards"
	"ringside/ui/panes"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// Options is what the page is made of.
type Options struct {
	Source Source
	// SaveViews keeps the searches that have names, all of them. It is called beside the
	// window's goroutine.
	SaveViews func(ctx context.Context, views []settings.View) error
	// Cards hides payment cards in what is typed; nil: nobody does.
	Cards *cards.Cards
	// Now is the clock, in the rep's time zone; nil is time.Now.
	Now func() time.Time
	// Post brings results to the window; nil is async.Window.
	Post async.Post
}

// Page is the list of notes. Its methods are for the window's goroutine.
type Page struct {
	// OnCustomer is called when the rep wants to see a customer; nil sifts the notes by
	// them in its place.
	OnCustomer func(customer assist.ID)
	// OnShowAnswer is called when the rep wants to see an answer; nil sifts by it.
	OnShowAnswer func(answer assist.ID)
	// OnAnswer is called when the rep wants to make an answer of a note, with what is
	// known of it; nil hides the button.
	OnAnswer func(seed assist.Revision)
	// OnCopy is called with text for the clipboard; nil hides the button.
	OnCopy func(text string)
	// OnCount is called with how many comments wait for who sits here.
	OnCount func(n int)

	opt     Options
	data    Data
	opened  bool // data has been read
	touched map[assist.ID]glance.NoteFound
	drafts  map[string]string // what was typed and neither kept nor thrown away
	titles  map[assist.Ref]Link
	changes changes
	refused error // why a change was not kept
	unread  error // why the page cannot be opened
	unfound error // why nothing can be found
	stirred time.Time

	sifted glance.NoteQuery // what the chips say; its words are in the box
	pinned *pinned          // what is listed in place of what is found; nil: nothing
	asked  glance.NoteQuery // what the list shows
	past   []visit          // lists that a link led away from, the latest last
	wanted assist.ID        // comes to the front when it is listed
	last   found            // what came of the last search
	shown  []entry
	next   string // leads to what follows; empty: all is shown
	finding,
	growing,
	filling, // the rows are being made
	hurried bool // Enter was pressed before what is typed was found
	partial                   bool // more notes fit than could be found yet
	stop, stopMore, stopAgain func()

	box      *widgets.Entry
	filters  *filters
	picks    *picks
	views    *views
	problem  *widgets.Text
	trouble  *widgets.Text
	count    *widgets.Text
	undoText *widgets.Text
	undoBar  *fyne.Container
	rows     *panes.Rows
	none     *panes.Empty
	reading  *reading
	asking   *asking
	split    *panes.Split
	content  *fyne.Container
}

// New returns the page; Reload fills it.
func New(opt Options) *Page {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Post == nil {
		opt.Post = async.Window
	}
	p := &Page{opt: opt, stop: func() {}, stopMore: func() {}, stopAgain: func() {}, touched: map[assist.ID]glance.NoteFound{}, drafts: map[string]string{},
		titles: map[assist.Ref]Link{}}
	p.build()
	p.sayEmpty()
	return p
}

// Object returns what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.content }

// Focus gives the keyboard to the box.
func (p *Page) Focus(c fyne.Canvas) { c.Focus(p.box) }

// Reload reads everything again. What the rep looks at stays in front.
func (p *Page) Reload() {
	async.Load(p.opt.Post, p.opt.Source.Open, func(d Data, err error) {
		if p.unread = err; err == nil {
			p.data, p.opened = d, true
			p.views.show()
		}
		p.sayForMe()
		p.sayTrouble()
		p.find(len(p.shown))
	})
}

// Show lists one note and nothing else, until another search.
func (p *Page) Show(note assist.ID) {
	p.leave()
	p.pin("One note", func(ctx context.Context) ([]glance.NoteFound, error) {
		about, err := p.opt.Source.About(ctx, note)
		return []glance.NoteFound{about.Note}, err
	})
	p.split.Read(true)
}

// ShowQuery lists what fits a query.
func (p *Page) ShowQuery(q glance.NoteQuery) {
	p.leave()
	p.pinned = nil
	p.box.SetShown(q.Text)
	q.Text = ""
	p.sifted = q
	p.find(0)
}

// Finding reports whether what is typed is being looked for.
func (p *Page) Finding() bool { return !p.opened || p.finding }

func (p *Page) seeing() seeing { return seeing{p.asked.Text, p.data.Me, p.opt.Now()} }

// chosen returns the note in front.
func (p *Page) chosen() (glance.NoteFound, bool) {
	i := p.rows.Chosen()
	if i < 0 || i >= len(p.shown) {
		return glance.NoteFound{}, false
	}
	return p.shown[i].note, true
}

// place returns the row of a note, -1 when it has none.
func (p *Page) place(id assist.ID) int {
	return slices.IndexFunc(p.shown, func(e entry) bool { return e.note.ID == id })
}

// line is what row i shows. When the last of the rows are drawn, more are read.
func (p *Page) line(i int) panes.Line {
	const ahead = 15
	if i >= len(p.shown)-ahead && p.next != "" && !p.filling {
		p.more()
	}
	return p.shown[i].line
}

func (p *Page) sayEmpty() {
	p.none.Hidden, p.rows.Hidden = len(p.shown) > 0, false
	sifts := p.asked != glance.NoteQuery{} || p.box.Text != ""
	switch {
	case p.unread != nil || p.unfound != nil:
		p.none.Say("Nothing can be shown", "Why is said above.", "Try again", p.Reload)
	case !p.opened || p.finding && len(p.shown) == 0 && p.last.typed == "":
		p.none.Say("Reading…", "", "", nil)
	case p.partial && p.pinned == nil:
		p.none.Say("Reading…", "The notes are still being put in order. What fits comes by itself.", "", nil)
	case p.pinned != nil:
		p.none.Say("Nothing waits here", "All of it was seen.", "Show all notes", p.showAll)
	case sifts:
		p.none.Say("No note fits", "All that is asked for must be so at once. Take a filter away, or type fewer words or parts of them.", "Show all notes", p.showAll)
	default:
		p.none.Say("No notes yet", "What you write during a call is kept as you type, and stands here afterwards.", "", nil)
	}
}

func (p *Page) showAll() { p.ShowQuery(glance.NoteQuery{}) }

func (p *Page) sayCount() {
	n := len(p.shown)
	words := fmt.Sprintf("%d notes", n)
	switch {
	case n == 0:
		words = ""
	case n == 1 && p.next == "":
		words = "1 note"
	case p.next != "":
		words = fmt.Sprintf("The first %d; more come as you scroll", n)
	}
	if p.partial {
		words = join(words, "more may come: not all notes were read yet")
	}
	p.count.SetText(words)
}

func (p *Page) sayUndo() {
	n := len(p.changes.undos)
	p.undoBar.Hidden = n == 0
	if n > 0 {
		p.undoText.SetText(p.changes.undos[n-1].said)
	}
	p.split.Arrange()
}

// sayForMe says how many comments wait for who sits here.
func (p *Page) sayForMe() {
	n := 0
	for _, note := range p.data.ForMe {
		if unread(note.Note, p.data.Me) {
			n++
		}
	}
	p.filters.setForMe(n)
	if p.OnCount != nil {
		p.OnCount(n)
	}
}

func (p *Page) build() {
	p.rows = panes.NewRows(p.line)
	p.rows.OnChosen = func(i int) { p.reading.show(p.shown[i].note) }
	p.rows.OnOpen = func(int) { p.split.Read(true) }
	p.rows.OnEscape = func() {
		if p.split.Narrow() && p.split.ReadingSeen() {
			p.split.Read(false)
			return
		}
		p.focus(p.box)
	}
	p.rows.OnPage = p.readOn
	p.rows.OnLetter = p.letter
	p.box = widgets.NewEntry("Words, or rep:tom since:monday tag:vip", 1, widgets.Keys{Key: p.boxKey})
	p.box.OnTyped = func(string) {
		p.hurried = false
		p.pinned = nil
		p.find(0)
	}
	p.picks = newPicks(p.pick)
	p.filters = newFilters(p)
	p.views = newViews(p)
	p.problem = widgets.NewText(widgets.Style{Colour: theme.Amber})
	p.trouble = widgets.NewText(widgets.Style{Colour: theme.Late})
	p.count = widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted})
	p.undoText = widgets.NewText(widgets.Style{Lines: 1})
	p.undoBar = widgets.Row(8, p.undoText, p.undoText, widget.NewButton("Undo (U)", p.takeBack))
	p.undoBar.Hide()
	p.none = panes.NewEmpty()
	p.asking = newAsking(p)
	p.reading = newReading(p)
	head := widgets.Pad(widgets.Edges{Left: 12, Top: 12, Right: 12, Bottom: 8},
		widgets.Column(8, p.box, p.picks.box, p.filters.chips, p.filters.menu, p.views.bar, p.problem, p.trouble, p.undoBar, p.count))
	stack := panes.Fill(p.rows, p.none)
	p.split = panes.NewSplit(widgets.ColumnFilled(0, stack, head, stack), p.reading.object)
	p.split.OnBack = p.toRows
	p.content = panes.Fill(p.split)
}

// readOn scrolls what is read, and at its end goes on to the next note.
func (p *Page) readOn(way int) bool {
	if !p.split.ReadingSeen() {
		return false
	}
	if !p.reading.scroll.Page(way) {
		p.rows.Step(way)
	}
	return true
}

// focus gives the keyboard to an object of the page, when the page is in front.
func (p *Page) focus(o fyne.Focusable) {
	if c := canvasOf(p.content); c != nil && p.content.Visible() {
		c.Focus(o)
	}
}

// toRows gives the keyboard back to the list, after a button or a box has had it. What
// is hidden cannot take it, but keeps it: in a narrow window the list is there for that
// moment. A list of nothing leaves it to the box.
func (p *Page) toRows() {
	if len(p.shown) == 0 {
		p.focus(p.box)
		return
	}
	c := canvasOf(p.content)
	if c == nil || !p.content.Visible() || c.Focused() == p.rows {
		return
	}
	hidden := p.split.Narrow() && p.split.ReadingSeen()
	if hidden {
		p.split.Read(false)
	}
	c.Focus(p.rows)
	if hidden {
		p.split.Read(true)
	}
}

func canvasOf(o fyne.CanvasObject) fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(o) }

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
