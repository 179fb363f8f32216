// Package today is the five minutes at the end of the day: what is left, one key each,
// and then it is over.
package today

import (
	"context"
	"fmt"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/assist/evening"
	"ringside/ui/async"
	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/undo"
	"ringside/ui/widgets"
)

// Data is what the page shows. The page keeps it and changes nothing in it.
type Data struct {
	Me    assist.ID                 // the rep who sits here; may be empty
	Left  []evening.Thing           // as evening.Left has it
	Names map[assist.ID]string      // of customers and reps
	Mails map[assist.ID]string      // of customers who have an address
	Thank func(assist.Kudos) Letter // writes to who praised
}

// Letter is what a customer may be written.
type Letter struct{ Subject, Body string }

// Options is what the page is made of.
type Options struct {
	// Day reads what is left. It is called beside the window's goroutine.
	Day func(ctx context.Context) (Data, error)
	// Save keeps what was done, and fails when something is not as before any more. It is
	// called beside the window's goroutine, for one act at a time, in their order.
	Save func(ctx context.Context, before, after []assist.Record) error
	// Now is the clock, in the rep's time zone; nil is time.Now.
	Now func() time.Time
	// Post brings results to the window; nil is async.Window.
	Post async.Post
}

// Page is the list of the day. Its methods are for the window's goroutine.
type Page struct {
	// OnCustomer is called when the rep wants to see the customer; nil hides the button.
	OnCustomer func(customer assist.ID)
	// OnAnswer is called with what an answer is to be made of, or with a draft to go on with.
	OnAnswer func(seed assist.Revision)
	// OnCopy is called with text for the clipboard, OnMail with a letter to be sent to an
	// address that may be empty.
	OnCopy func(text string)
	OnMail func(to, subject, body string)
	// OnCount is called with how much is left.
	OnCount func(n int)

	opt     Options
	data    Data
	queue   undo.Queue
	put     map[string]bool // left for tomorrow, by key
	done    map[string]bool // since the page was first filled, by key
	shown   []entry         // with headings
	err     error
	refused error
	loading bool
	stirred time.Time // when a row was last put under the rep's fingers
	back    string    // the key of what was taken back, until it is in the list again

	count    *widgets.Text
	trouble  *widgets.Text
	undoText *widgets.Text
	undoBar  *fyne.Container
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
	p := &Page{opt: opt, put: map[string]bool{}, done: map[string]bool{}, cancel: func() {}, loading: true}
	p.queue = undo.Queue{Save: opt.Save, Post: opt.Post, Kept: func(err error, last bool) {
		if err != nil {
			p.refused = err
		}
		if last {
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

// Reload reads the day again. What the rep looks at stays in front.
func (p *Page) Reload() {
	p.cancel()
	p.queue.Forget()
	p.loading = true
	p.cancel = async.Load(p.opt.Post, p.opt.Day, func(d Data, err error) {
		p.loading = false
		if p.err = err; err == nil {
			p.data = d
		}
		p.list()
		if c := canvasOf(p.content); c != nil && p.content.Visible() && c.Focused() == nil {
			p.Focus(c) // a list without rows could not take it
		}
	})
}

// left is what nobody has seen to.
func (p *Page) left() (out []evening.Thing) {
	for _, t := range p.data.Left {
		key := t.Key()
		if p.queue.Settled(key) {
			continue
		}
		delete(p.done, key) // it was taken back, or refused
		if !p.put[key] {
			out = append(out, t)
		}
	}
	return out
}

// list fills the rows, and keeps the row that was chosen when it is still there, else
// the one that was nearest to it.
func (p *Page) list() {
	was, before := p.rows.Chosen(), p.shown
	left := p.left()
	p.shown = p.entries(left)
	p.rows.SetCount(len(p.shown))
	said := p.queue.Said()
	p.undoBar.Hidden = said == ""
	p.undoText.SetText(said)
	p.trouble.SetText(join(say.Error(p.refused), say.Error(p.err)))
	p.count.SetText(p.counted(len(left)))
	p.none.Hidden = len(left) > 0 // the list stays: it has the keyboard, and U takes back
	p.sayEmpty()
	p.choose(before, was)
	if len(left) == 0 {
		p.reading.clear()
		p.split.Read(false)
	}
	p.split.Arrange()
	if p.OnCount != nil {
		p.OnCount(len(left))
	}
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

func (p *Page) counted(left int) string {
	if left == 0 {
		return ""
	}
	words := fmt.Sprintf("%d left", left)
	if n := len(p.done); n > 0 {
		words = join(words, fmt.Sprintf("%d done", n))
	}
	if n := len(p.put); n > 0 {
		words = join(words, fmt.Sprintf("%d for tomorrow", n))
	}
	return words
}

// sayEmpty ends the day.
func (p *Page) sayEmpty() {
	switch {
	case p.loading && len(p.data.Left) == 0:
		p.none.Say("Reading…", "", "", nil)
	case p.err != nil:
		p.none.Say("What is left cannot be read", "", "Try again", p.Reload)
	case len(p.put) > 0:
		p.none.Say("That is all for today", p.sum(), "Show what is left for tomorrow", func() {
			clear(p.put)
			p.list()
		})
	default:
		p.none.Say("That is all for today", p.sum(), "", nil)
	}
}

func (p *Page) sum() string {
	if len(p.done) == 0 && len(p.put) == 0 {
		return "No promise is due, nobody waits for news or thanks, and no question is without an answer."
	}
	words := say.Count(len(p.done), "thing") + " done"
	if n := len(p.put); n > 0 {
		words += fmt.Sprintf(", %d left for tomorrow", n)
	}
	return words + ". Good evening."
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
	p.trouble = widgets.NewText(widgets.Style{Colour: theme.Late})
	p.undoText = widgets.NewText(widgets.Style{Lines: 1})
	p.undoBar = widgets.Row(8, p.undoText, p.undoText, widget.NewButton("Undo (U)", p.takeBack))
	p.none = panes.NewEmpty()
	p.reading = newReading(p)
	head := widgets.Pad(widgets.Edges{Left: 12, Top: 12, Right: 12, Bottom: 8}, widgets.Column(8, p.trouble, p.undoBar, p.count))
	stack := panes.Fill(p.rows, p.none)
	p.split = panes.NewSplit(widgets.ColumnFilled(0, stack, head, stack), p.reading.object)
	p.content = panes.Fill(p.split)
}

func canvasOf(o fyne.CanvasObject) fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(o) }
