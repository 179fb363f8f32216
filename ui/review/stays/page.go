// Package stays shows who stays with us and who goes, and the customers who are slipping
// away, each with the reasons and what can be done about it.
package stays

import (
	"context"
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/assist/stay"
	"ringside/ui/async"
	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/undo"
	"ringside/ui/widgets"
)

// Data is what the page shows. The page keeps it and changes nothing in it.
type Data struct {
	Me       assist.ID // the rep who sits here; may be empty
	Report   stay.Report
	More     int                      // customers who slip away and are not in the report, because they are too many
	Names    map[assist.ID]string     // of customers
	Mails    map[assist.ID]string     // of customers who have an address
	Evidence map[assist.Ref]string    // what a reason rests on, in words
	Write    func(s stay.Slip) Letter // writes to a customer; the zero Letter: nothing is to be written
}

// Letter is what a customer may be written.
type Letter struct{ Subject, Body string }

// Options is what the page is made of.
type Options struct {
	// Read finds out who stays, and tells how far it is. It is called beside the window's
	// goroutine.
	Read func(ctx context.Context, told func(words string)) (Data, error)
	// Save keeps what was done, and fails when something is not as before any more. It is
	// called beside the window's goroutine, for one act at a time, in their order.
	Save func(ctx context.Context, before, after []assist.Record) error
	// Now is the clock, in the rep's time zone; nil is time.Now.
	Now func() time.Time
	// Post brings results to the window; nil is async.Window.
	Post async.Post
}

// Page is the list of the figures and of the customers who slip away. Its methods are for
// the window's goroutine.
type Page struct {
	// OnCustomer is called when the rep wants to see the customer; nil hides the button.
	OnCustomer func(customer assist.ID)
	// OnCopy is called with text for the clipboard, OnMail with a letter to be sent to an
	// address that may be empty; nil hides the letters.
	OnCopy func(text string)
	OnMail func(to, subject, body string)
	// OnPicture is handed a chart as a file; nil hides the buttons for it. It is to be set
	// before the first Reload.
	OnPicture func(name string, data []byte)
	// OnCount is called with how many customers slip away.
	OnCount func(n int)

	opt     Options
	data    Data
	queue   undo.Queue
	shown   []entry // with headings
	err     error
	refused error
	loading bool
	told    string        // how far reading is
	read    time.Time     // when the data was read
	took    time.Duration // how long that took
	stirred time.Time     // when a row was last put under the rep's fingers
	back    string        // the key of what was taken back

	count    *widgets.Text
	trouble  *widgets.Text
	undoText *widgets.Text
	undoBar  *fyne.Container
	countBar *fyne.Container
	rows     *panes.Rows
	none     *panes.Empty
	split    *panes.Split
	reading  *reading
	content  *fyne.Container
	cancel   func()
}

// New returns the page; Reload fills it.
func New(opt Options) *Page {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Post == nil {
		opt.Post = async.Window
	}
	p := &Page{opt: opt, cancel: func() {}, loading: true}
	p.queue = undo.Queue{Save: opt.Save, Post: opt.Post, Kept: func(err error, last bool) {
		if err != nil {
			p.refused = err
			p.list()
		}
		if last && p.loading {
			p.load() // what is being read may not know of it
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

// seldom is how many times longer than it takes to read everything the page waits until it
// reads it again by itself.
const seldom = 100

// Reload reads everything again. What the rep looks at stays in front. While what is shown
// was read so short a while ago that reading would be most of the work, it stays; R reads
// it all the same.
func (p *Page) Reload() {
	if !p.read.IsZero() && p.err == nil && p.opt.Now().Sub(p.read) < seldom*p.took {
		return
	}
	p.load()
}

func (p *Page) load() {
	p.cancel()
	p.data.Report.Slipping = p.left()
	p.queue.Forget()
	p.loading, p.told = true, ""
	began := p.opt.Now()
	told := async.Newest(p.opt.Post, func(words string) {
		if p.told = words; p.loading {
			p.head()
		}
	})
	p.cancel = async.Load(p.opt.Post, func(ctx context.Context) (Data, error) { return p.opt.Read(ctx, told) }, func(d Data, err error) {
		p.loading, p.told = false, ""
		if p.err = err; err == nil {
			p.data, p.read = d, p.opt.Now()
			p.took = p.read.Sub(began)
		}
		p.list()
		if c := canvasOf(p.content); c != nil && p.content.Visible() && c.Focused() == nil {
			p.Focus(c) // a list without rows could not take it
		}
	})
	p.head()
}

// again reads everything again, whenever it was read.
func (p *Page) again() {
	p.load()
	p.shift()
}

// left is who slips away and has not been seen to.
func (p *Page) left() []stay.Slip {
	return slices.DeleteFunc(slices.Clone(p.data.Report.Slipping), func(s stay.Slip) bool { return p.queue.Settled(string(s.Customer)) })
}

// list fills the rows, and keeps the row that was chosen when it is still there, else
// the one that was nearest to it.
func (p *Page) list() {
	was, before := p.rows.Chosen(), p.shown
	left := p.left()
	p.shown = nil
	if p.data.Report.Counted > 0 {
		p.shown = p.entries(left)
	}
	p.rows.SetCount(len(p.shown))
	p.head()
	p.choose(before, was)
	if len(p.shown) == 0 {
		p.reading.clear()
		p.split.Read(false)
	}
	p.split.Arrange()
	if p.OnCount != nil {
		p.OnCount(len(left) + p.data.More)
	}
}

// head shows what stands above the list, and what an empty one says.
func (p *Page) head() {
	said := p.queue.Said()
	p.undoBar.Hidden = said == ""
	p.undoText.SetText(said)
	p.trouble.SetText(join(say.Error(p.refused), say.Error(p.err)))
	p.count.SetText(p.counted())
	p.countBar.Hidden = p.count.Text() == ""
	p.none.Hidden = len(p.shown) > 0
	switch {
	case p.loading:
		p.none.Say("Reading…", p.told, "", nil)
	case p.err != nil:
		p.none.Say("Who stays cannot be read", "", "Try again", p.load)
	default:
		p.none.Say("Not enough yet", "No customer has a call, a note or an order on record. Who stays and who goes is told from these.", "", nil)
	}
	p.split.Arrange()
}

func (p *Page) counted() string {
	r := p.data.Report
	if r.Counted == 0 {
		return ""
	}
	if p.loading {
		return join("Reading…", p.told)
	}
	words := fmt.Sprintf("Of %s customers with a contact on record", say.Thousands(r.Counted))
	if r.Unknown > 0 {
		words += fmt.Sprintf("; nothing is said of %s without one", say.Thousands(r.Unknown))
	}
	return fmt.Sprintf("%s. Read at %s.", words, say.Clock(p.read))
}

// choose chooses the row of the entry that was row i before.
func (p *Page) choose(before []entry, i int) {
	if at := p.place(p.back); at >= 0 {
		p.back = ""
		p.rows.SetChosen(at)
		return
	}
	at := -1
	if i >= 0 && i < len(before) {
		if at = p.place(before[i].key); at < 0 {
			p.stirred = p.opt.Now()
		}
		for _, e := range slices.Concat(before[i:], before[:i]) {
			if at < 0 {
				at = p.place(e.key)
			}
		}
	}
	p.rows.SetChosen(max(at, 0))
}

// place returns the row of a key, -1 when it has none.
func (p *Page) place(key string) int {
	return slices.IndexFunc(p.shown, func(e entry) bool { return key != "" && e.key == key })
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
	p.count = widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted})
	p.countBar = widgets.Row(8, p.count, p.count, widget.NewButton("Read again (R)", p.again))
	p.trouble = widgets.NewText(widgets.Style{Colour: theme.Late})
	p.undoText = widgets.NewText(widgets.Style{Lines: 1})
	p.undoBar = widgets.Row(8, p.undoText, p.undoText, widget.NewButton("Undo (U)", p.takeBack))
	p.none = panes.NewEmpty()
	p.reading = newReading(p)
	head := widgets.Pad(widgets.Edges{Left: 12, Top: 12, Right: 12, Bottom: 8}, widgets.Column(8, p.trouble, p.undoBar, p.countBar))
	stack := panes.Fill(p.rows, p.none)
	p.split = panes.NewSplit(widgets.ColumnFilled(0, stack, head, stack), p.reading.object)
	p.content = panes.Fill(p.split)
}

func canvasOf(o fyne.CanvasObject) fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(o) }
