// Package customers is the page on which people are put in order: records that look like
// one person's are merged, households are made, and one customer is read whole: who they
// are, who belongs to them, their life with us, and every change of their record.
package customers

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
	"ringside/assist/twin"
	"ringside/ui/async"
	"ringside/ui/cards"
	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// Data is what the page lists. The page keeps the lists.
type Data struct {
	Me     assist.ID                     // who sits here
	Names  map[assist.ID]string          // of reps
	People map[assist.ID]assist.Customer // who is in Found and Merges
	Found  twin.Found
	Merges []assist.Merge // that stand, the latest first
	Count  int            // of customers that were compared
	// MayErase: who sits here may erase somebody for good.
	MayErase bool
}

// Person is one customer as they are read.
type Person struct {
	assist.Customer
	Company  assist.Company
	Members  []assist.Customer             // of the company, without themselves
	Related  []assist.Customer             // who name them as a relation
	People   map[assist.ID]assist.Customer // whom they name
	Merges   []assist.Merge                // into them, that stand
	Life     []Moment
	Versions []Version // of their record, the latest first
}

// Moment is one record of a life with us, and when it was.
type Moment struct {
	assist.Ref
	At time.Time
}

// Version is a customer as they once were, and who wrote that.
type Version struct {
	At       time.Time
	Rep      assist.ID
	Customer assist.Customer
}

// Source is where the page's data come from. All of it is called beside the window's
// goroutine.
type Source interface {
	// Look compares all customers and tells how far it is. It may answer with what it found
	// before while nothing that matters was written.
	Look(ctx context.Context, progress func(done, all int)) (Data, error)
	// Find finds customers and companies by words, numbers and addresses.
	Find(ctx context.Context, words string) ([]glance.Found, error)
	// Read reads customers whole, in the order in which they are named. Of one who went into
	// another it is that one.
	Read(ctx context.Context, ids []assist.ID) ([]Person, error)
	// Records reads what moments were.
	Records(ctx context.Context, refs []assist.Ref) ([]assist.Record, error)
	// Members returns who belongs to a company.
	Members(ctx context.Context, company assist.ID) ([]assist.Customer, error)
}

// Keeper keeps what was decided. All of it is called beside the window's goroutine.
type Keeper interface {
	// Merge makes one customer of records as they were shown, the keeper first. It fails when
	// one of them is another now.
	Merge(ctx context.Context, shown []assist.Customer, choices twin.Choices) (assist.Merge, error)
	// Part takes a merge back, and tells how many records stay with the keeper.
	Part(ctx context.Context, merge assist.ID) (stayed int, err error)
	// Save keeps what was changed of a customer on top of what others have changed meanwhile,
	// and fails where that is the same. The company is told by its name; one that is not
	// there is made.
	Save(ctx context.Context, before, after assist.Customer, company string) (assist.Customer, error)
	// House makes a household of its members, or with on false lets them be as before.
	House(ctx context.Context, h twin.Household, before []assist.Customer, on bool) error
	// Apart says of pairs that both are right, or with on false takes that back.
	Apart(ctx context.Context, pairs [][2]assist.ID, on bool) error
}

// Options is what the page is made of.
type Options struct {
	Source Source
	Keep   Keeper
	// Export writes all that is kept of a customer into a file, and returns its name; nil:
	// there is no such button.
	Export func(ctx context.Context, id assist.ID) (file string, err error)
	// Erase erases a customer for good, when the name that was typed is theirs; nil: there
	// is no such button.
	Erase func(ctx context.Context, id assist.ID, typed string) error
	// Saved is handed a picture to be kept as a file; nil: pictures cannot be saved.
	Saved func(name string, data []byte)
	// Cards hides payment cards in what is typed; nil: nobody does.
	Cards *cards.Cards
	// Region is where numbers without a country code belong; nil means GB.
	Region func() string
	// Now is the clock, in the rep's time zone; nil is time.Now.
	Now func() time.Time
	// Post brings results to the window; nil is async.Window.
	Post async.Post
}

// Page puts customers in order. Its methods are for the window's goroutine.
type Page struct {
	opt     Options
	data    Data
	loaded  bool
	looking bool
	far     string // how far the comparison is
	found   []glance.Found
	shown   []entry
	filling bool // the rows are filled anew: nobody has chosen another
	busy    bool // something is being kept
	refused error
	undos   []undo
	back    string // the key of what was taken back

	box      *panes.Box
	rows     *panes.Rows
	count    *widgets.Text
	trouble  *widgets.Text
	undoText *widgets.Text
	undoBar  *fyne.Container
	none     *panes.Empty
	reading  *reading
	split    *panes.Split

	stopLook, stopFind func()
}

// New returns the page; Reload fills it.
func New(opt Options) *Page {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Post == nil {
		opt.Post = async.Window
	}
	if opt.Region == nil {
		opt.Region = func() string { return "" }
	}
	p := &Page{opt: opt, stopLook: func() {}, stopFind: func() {}}
	p.build()
	p.list("")
	return p
}

// Object returns what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.split }

// Focus gives the keyboard to the list.
func (p *Page) Focus(c fyne.Canvas) { c.Focus(p.rows) }

// Open shows one customer.
func (p *Page) Open(id assist.ID) {
	p.reading.beside = true
	p.reading.show(entry{kind: person, id: id, key: "p" + string(id)})
	p.split.Read(true)
}

// Reload compares the customers again, and reads again what is shown.
func (p *Page) Reload() {
	p.stopLook()
	p.looking = true
	tell := async.Newest(p.opt.Post, func(far string) {
		if p.looking {
			p.far = far
			p.sayCount()
		}
	})
	p.stopLook = async.Load(p.opt.Post, func(ctx context.Context) (Data, error) {
		return p.opt.Source.Look(ctx, func(done, all int) {
			if all > 0 {
				tell(fmt.Sprintf("Comparing, %d %%", 100*done/all))
			}
		})
	}, func(d Data, err error) {
		p.looking, p.far = false, ""
		p.sayTrouble(err)
		if err == nil {
			p.data, p.loaded = d, true
		}
		p.turnBack()
	})
	p.sayCount()
}

// turnBack fills the rows; what was taken back comes to the front, with what was said of it.
func (p *Page) turnBack() {
	back, said := p.back, p.reading.said.Text()
	if p.back = ""; back == "" {
		p.list(p.key())
		return
	}
	p.list(back)
	p.reading.told(said)
}

// find looks for customers by the words in the box.
func (p *Page) find(words string) {
	p.stopFind()
	p.reading.beside = false
	if strings.TrimSpace(words) == "" {
		p.found = nil
		p.list("")
		return
	}
	p.stopFind = async.Load(p.opt.Post, func(ctx context.Context) ([]glance.Found, error) { return p.opt.Source.Find(ctx, words) },
		func(found []glance.Found, err error) {
			p.sayTrouble(err)
			p.found = found
			p.list("")
		})
}

// list fills the rows and chooses the one with this key, else the one where the choice
// was; without a key the first.
func (p *Page) list(key string) {
	was := p.rows.Chosen()
	p.shown = p.entries()
	p.rows.SetCount(len(p.shown))
	p.none.Hidden = len(p.shown) > 0
	p.sayEmpty()
	p.sayCount()
	p.sayUndo()
	at := slices.IndexFunc(p.shown, func(e entry) bool { return key != "" && e.key == key })
	switch {
	case key == "":
		at = 0
	case at < 0:
		at = min(max(was, 0), len(p.shown)-1)
	}
	p.filling = true
	p.rows.SetChosen(at)
	p.filling = false
	p.split.Arrange()
}

func (p *Page) chosen() entry {
	if i := p.rows.Chosen(); i >= 0 && i < len(p.shown) {
		return p.shown[i]
	}
	return entry{}
}

func (p *Page) key() string { return p.chosen().key }

func (p *Page) sayEmpty() {
	switch {
	case !p.box.Empty():
		p.none.Say("Nobody is found by these words", "Try a part of the name, a number or an e-mail address.", "Empty the box (Esc)", func() { p.box.SetText("") })
	case !p.loaded:
		p.none.Say("Comparing all customers…", "You can look for somebody meanwhile.", "", nil)
	default:
		p.none.Say("No two records look alike", "Look for a customer above to read and change their record.", "", nil)
	}
}

func (p *Page) sayCount() {
	switch {
	case p.looking:
		p.count.SetText(say.Sentence(orElse(p.far, "Comparing all customers")))
	case p.loaded:
		p.count.SetText(fmt.Sprintf("%s compared", say.Count(p.data.Count, "customer")))
	}
}

func (p *Page) sayTrouble(err error) {
	p.trouble.SetText(strings.TrimSpace(say.Error(p.refused) + "\n" + say.Error(err)))
	p.split.Arrange()
}

func (p *Page) sayUndo() {
	n := len(p.undos)
	p.undoBar.Hidden = n == 0
	if n > 0 {
		p.undoText.SetText(p.undos[n-1].said)
	}
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

// open turns to the reading pane in a narrow window.
// open shows what was chosen. The list gets the keys first: in a narrow window it is hidden
// then, and keeps them.
func (p *Page) open(int) {
	p.split.Read(false)
	p.toRows()
	p.split.Read(true)
}

// toRows gives the keyboard back to the list.
func (p *Page) toRows() { p.focus(p.rows) }

func (p *Page) focus(o fyne.Focusable) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(p.split); c != nil && p.split.Visible() {
		c.Focus(o)
	}
}

func (p *Page) letter(r rune) {
	switch r {
	case 'u':
		p.takeBack()
	case '/':
		p.focus(p.box)
	default:
		p.reading.letter(r)
	}
}

func (p *Page) build() {
	p.rows = panes.NewRows(func(i int) panes.Line { return p.shown[i].line })
	p.rows.OnChosen = func(i int) {
		if !p.filling || !p.reading.beside {
			p.reading.beside = false
			p.reading.show(p.shown[i])
		}
	}
	p.rows.OnOpen, p.rows.OnLetter = p.open, p.letter
	p.rows.OnEscape = func() { p.focus(p.box) }
	p.rows.OnPage = func(way int) bool {
		if p.split.ReadingSeen() {
			p.reading.scroll.Page(way)
		}
		return p.split.ReadingSeen()
	}
	p.box = panes.NewBox("Find a customer or company (/)", p.rows)
	p.box.OnChanged = p.find
	p.count = widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted})
	p.trouble = widgets.NewText(widgets.Style{Colour: theme.Late})
	p.undoText = widgets.NewText(widgets.Style{Lines: 2})
	p.undoBar = widgets.Row(8, p.undoText, p.undoText, widget.NewButton("Undo (U)", p.takeBack))
	p.none = panes.NewEmpty()
	p.reading = newReading(p)
	head := widgets.Pad(widgets.Edges{Left: 12, Top: 12, Right: 12, Bottom: 8}, widgets.Column(8, p.box, p.trouble, p.undoBar, p.count))
	stack := panes.Fill(p.rows, p.none)
	p.split = panes.NewSplit(widgets.ColumnFilled(0, stack, head, stack), p.reading.object)
	p.split.OnBack = p.toRows
}
