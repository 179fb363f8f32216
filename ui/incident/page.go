// Package incident is the page for trouble that touches many customers: what is said of
// it, whom it touches, and who among them has not been told yet.
package incident

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/ui/async"
	"ringside/ui/cards"
	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// Data is what the page lists. The page keeps the lists and may count in them.
type Data struct {
	Open, Closed []Row // each in the order in which it is shown
	Maybe        []Suggestion
}

// Row is an incident with how many customers it touches, and how many of them know the
// latest.
type Row struct {
	assist.Incident
	All, Told int
}

// Suggestion is several customers with one problem, who may be an incident.
type Suggestion struct {
	Title     string
	Customers []assist.ID
	Names     []string // of the customers
	Since     time.Time
}

// Person is a customer in an incident, with what people read of them.
type Person struct {
	assist.Affected
	Name, CallMe, Concierge, Number, Email string
	Knows                                  bool // the latest of the incident
}

// Source is where the page's data come from and go to. All of it is called beside the
// window's goroutine.
type Source interface {
	// Load reads the lists anew.
	Load(ctx context.Context) (Data, error)
	// People returns up to most of those whom the incident touches: those never told
	// first, from the one after a customer on, or from the first when that is empty.
	People(ctx context.Context, incident assist.ID, after assist.ID, most int) ([]Person, error)
	// Save keeps an incident and returns it as kept; one without an ID is new. The source
	// sets Updated, when what happened, why, what is done or when it will be fixed has
	// changed. A new one that comes back with an ID was kept in spite of the error.
	Save(ctx context.Context, i assist.Incident) (assist.Incident, error)
	// Close keeps that the incident is over: everybody in it then has that to hear.
	Close(ctx context.Context, incident assist.ID) error
	// Tell keeps that customers have just heard the latest.
	Tell(ctx context.Context, incident assist.ID, customers ...assist.ID) error
}

// Options is what the page is made of.
type Options struct {
	Source Source
	// Cards hides payment cards in what is typed; nil: nobody does.
	Cards *cards.Cards
	// Now is the clock, in the rep's time zone; nil is time.Now.
	Now func() time.Time
	// Post brings results to the window; nil is async.Window.
	Post async.Post
	// Day reads which time words like "friday 3pm" mean, and what to ask when they can
	// mean more than one; t is zero when they name none. Nil reads 2006-01-02 15:04.
	Day func(words string) (t time.Time, ask string)
	// Letter writes to a person how the incident stands; nil hides the letter.
	Letter func(i assist.Incident, p Person) (subject, body string)
	// OnCopy is called with text for the clipboard, OnMail with a letter to be sent, to
	// an address that may be empty, and OnCustomer when the rep wants to see a customer.
	// What is nil has no button.
	OnCopy     func(string)
	OnMail     func(to, subject, body string)
	OnCustomer func(assist.ID)
}

// Page is the page of incidents. Its methods are for the window's goroutine.
type Page struct {
	opt     Options
	data    Data
	drafts  map[string]*draft          // what was typed and is not saved, by entry.key
	saved   map[string]assist.Incident // how an incident was before it was saved last
	shown   []entry                    // what the list shows
	loading bool
	saving  bool
	acts    int   // how often something was changed here
	refused error // why something was not kept
	telling telling
	stale   bool // the counts were read before all who were told were kept

	split   *panes.Split
	rows    *panes.Rows
	none    *panes.Empty
	fresh   *widget.Button
	count   *widgets.Text
	trouble *widgets.Text
	reading *reading
	content *fyne.Container
	cancel  func()
}

// New returns the page; Reload fills it.
func New(opt Options) *Page {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Post == nil {
		opt.Post = async.Window
	}
	if opt.Day == nil {
		opt.Day = plainDay(opt.Now)
	}
	p := &Page{opt: opt, drafts: map[string]*draft{}, saved: map[string]assist.Incident{}, cancel: func() {}}
	p.build()
	p.list("")
	return p
}

// Object returns what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.content }

// Focus gives the keyboard to the list, and Ctrl+S to the page wherever the keyboard is
// while the page is in front.
func (p *Page) Focus(c fyne.Canvas) {
	c.AddShortcut(saveKey(), func(fyne.Shortcut) {
		if p.content.Visible() {
			p.save()
		}
	})
	c.Focus(p.rows)
}

func saveKey() fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: fyne.KeyS, Modifier: fyne.KeyModifierShortcutDefault}
}

// Reload reads the data again. What the rep looks at stays in front, and what was typed
// stays as it is.
func (p *Page) Reload() {
	p.cancel()
	p.loading = true
	if len(p.shown) == 0 {
		p.list("")
	}
	acts := p.acts
	p.cancel = async.Load(p.opt.Post, p.opt.Source.Load, func(d Data, err error) {
		if acts != p.acts && err == nil { // what was read may be from before the change
			p.Reload()
			return
		}
		p.loading = false
		p.sayTrouble(err)
		if err == nil {
			p.data, p.stale = d, len(p.telling) > 0
			p.rebase()
		}
		p.list(p.key())
		p.reading.people.reload()
		if c := canvasOf(p.content); c != nil && p.content.Visible() && c.Focused() == nil {
			p.Focus(c) // a list without rows could not take it
		}
	})
}

// sayTrouble shows what was not kept, and why reading failed.
func (p *Page) sayTrouble(err error) {
	p.trouble.SetText(join(say.Error(p.refused), say.Error(err)))
	p.split.Arrange()
}

// settled is called when a change was kept, or was not.
func (p *Page) settled(err error) {
	p.acts++
	p.refused = err
	p.sayTrouble(nil)
}

// list fills the rows and chooses the one with this key, else the row at the place where
// the choice was.
func (p *Page) list(key string) {
	was := p.rows.Chosen()
	p.shown = p.entries()
	p.rows.SetCount(len(p.shown))
	p.count.SetText(p.counted())
	p.none.Hidden, p.rows.Hidden, p.fresh.Hidden = len(p.shown) > 0, len(p.shown) == 0, len(p.shown) == 0
	p.sayEmpty()
	if at := p.place(key); at >= 0 {
		p.rows.SetChosen(at)
	} else {
		p.rows.SetChosen(min(max(was, 0), len(p.shown)-1))
	}
	if len(p.shown) == 0 {
		p.reading.clear()
		p.split.Read(false)
	}
	p.split.Arrange()
}

// place returns the row with this key, -1 when there is none.
func (p *Page) place(key string) int {
	return slices.IndexFunc(p.shown, func(e entry) bool { return key != "" && e.key == key })
}

// chosen returns the entry in front; one without a key when there is none.
func (p *Page) chosen() entry {
	if i := p.rows.Chosen(); i >= 0 && i < len(p.shown) {
		return p.shown[i]
	}
	return entry{}
}

func (p *Page) key() string { return p.chosen().key }

// begin starts an incident: an empty one, or one made of a suggestion.
func (p *Page) begin(key string, i assist.Incident, names []string) {
	if p.drafts[key] == nil {
		i.Opened = p.opt.Now()
		p.drafts[key] = newDraft(i, names, p.opt.Now().Location())
	}
	p.list(key)
	p.reading.turn(saying)
	p.split.Read(true)
	if c := canvasOf(p.content); c != nil && p.content.Visible() {
		c.Focus(p.reading.form.boxes[title])
		p.reading.form.boxes[title].TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	}
}

func (p *Page) beginEmpty() { p.begin("new", assist.Incident{}, nil) }

// open acts on Enter or a tap on a row.
func (p *Page) open(i int) {
	if m := p.shown[i].maybe; m != nil {
		p.begin(p.shown[i].key, assist.Incident{Title: m.Title, Customers: slices.Clone(m.Customers)}, m.Names)
		return
	}
	p.split.Read(true)
}

// letter acts on a letter that was typed while a list has the keyboard.
func (p *Page) letter(r rune) {
	people := p.reading.people
	switch {
	case r == 'n':
		p.beginEmpty()
	case !people.object.Visible():
	case r == 't':
		people.tell()
	case r == 'c':
		people.copy()
	case r == 'e':
		people.mail()
	}
}

func (p *Page) sayEmpty() {
	if p.loading && len(p.shown) == 0 {
		p.none.Say("Reading…", "", "", nil)
		return
	}
	p.none.Say("No incident", "An incident is one trouble that touches many customers: a depot that stands still, a part that is recalled. "+
		"Write once what happened, why, what we do and when it will be over; everybody it touches then has a name who looks after them, "+
		"and you see who has not been told yet.", "New incident", p.beginEmpty)
}

func (p *Page) build() {
	p.rows = panes.NewRows(func(i int) panes.Line { return p.shown[i].line })
	p.rows.OnChosen = func(i int) { p.reading.show(p.shown[i]) }
	p.rows.OnOpen = p.open
	p.rows.OnLetter = p.letter
	p.rows.OnPage = func(way int) bool {
		if p.split.ReadingSeen() {
			p.reading.scroll(way)
		}
		return p.split.ReadingSeen()
	}
	p.count = widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted})
	p.trouble = widgets.NewText(widgets.Style{Colour: theme.Late})
	p.none = panes.NewEmpty()
	p.reading = newReading(p)
	p.fresh = widget.NewButtonWithIcon("New incident (N)", base.ContentAddIcon(), p.beginEmpty)
	head := widgets.Pad(widgets.Edges{Left: 12, Top: 12, Right: 12, Bottom: 8},
		widgets.Column(8, widgets.Row(8, p.count, p.count, p.fresh), p.trouble))
	stack := panes.Fill(p.rows, p.none)
	p.split = panes.NewSplit(widgets.ColumnFilled(0, stack, head, stack), p.reading.object)
	p.content = panes.Fill(p.split)
}

func canvasOf(o fyne.CanvasObject) fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(o) }
