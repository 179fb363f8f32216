// Package questions is the list of real questions that were saved with the answers that
// they must find: those that fail first. Every change of the library is proved on them.
package questions

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/assist/curate"
	"ringside/ui/async"
	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// Data is what the page lists. The page keeps the lists.
type Data struct {
	Me        assist.ID // who sits here
	Questions []assist.Question
	Answers   map[assist.ID]assist.Answer // all, those that are off, too
	Names     map[assist.ID]string        // of who saved questions
	Calls     map[assist.ID]time.Time     // when the calls began that questions are from
}

// Hit is an answer that words find.
type Hit struct {
	ID         assist.ID
	Title, Why string
}

// Source is where the page's data come from and go to. All of it is called beside the
// window's goroutine.
type Source interface {
	// Load reads everything anew.
	Load(ctx context.Context) (Data, error)
	// Score asks the library all questions that are not off.
	Score(ctx context.Context) (curate.Score, error)
	// Find finds what a rep would see who has typed these words, the best first.
	Find(ctx context.Context, words string) ([]Hit, error)
	// Save keeps a question, and fails when it does not stand as before, when the answer
	// that it is given cannot be found, and when other questions have its words. The zero
	// one is before a new one.
	Save(ctx context.Context, before, after assist.Question) error
}

// Options is what the page is made of.
type Options struct {
	Source Source
	// OnAnswer brings an answer to the front.
	OnAnswer func(assist.ID)
	// Now is the clock, in the rep's time zone; nil is time.Now.
	Now func() time.Time
	// Post brings results to the window; nil is async.Window.
	Post async.Post
}

// Page is the list of saved questions. Its methods are for the window's goroutine.
type Page struct {
	opt    Options
	data   Data
	loaded bool
	ranks  map[assist.ID]int // as last asked; nil: never
	score  curate.Score
	asking bool // the questions are being read or asked
	shown  []entry
	wanted string // the key of what comes to the front when it is listed

	saving  bool
	refused error // why the last change was not kept
	undos   []change

	box      *panes.Box
	rows     *panes.Rows
	count    *widgets.Text
	trouble  *widgets.Text
	undoText *widgets.Text
	undoBar  *fyne.Container
	none     *panes.Empty
	form     *form
	reading  *reading
	split    *panes.Split
	sheet    *sheet

	stopLoad, stopScore func()
}

// New returns the page; Reload fills it.
func New(opt Options) *Page {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Post == nil {
		opt.Post = async.Window
	}
	p := &Page{opt: opt, ranks: map[assist.ID]int{}, stopLoad: func() {}, stopScore: func() {}}
	p.build()
	p.list("")
	return p
}

// Object returns what the window shows. When it is hidden, the library is asked no more.
func (p *Page) Object() fyne.CanvasObject { return p.sheet }

// Focus gives the keyboard to the list.
func (p *Page) Focus(c fyne.Canvas) { c.Focus(p.rows) }

// Reload reads the questions again and asks them. What is chosen stays.
func (p *Page) Reload() {
	p.stop()
	p.asking = true
	p.stopLoad = async.Load(p.opt.Post, p.opt.Source.Load, func(d Data, err error) {
		p.sayTrouble(err)
		if p.asking = err == nil; p.asking {
			p.data, p.loaded = d, true
			p.ask()
		}
		p.list(p.key())
	})
}

// ask has all questions asked beside the window. Until they were, the ranks stand.
func (p *Page) ask() {
	p.stopScore = async.Load(p.opt.Post, p.opt.Source.Score, func(s curate.Score, err error) {
		p.asking = false
		if err != nil {
			p.sayTrouble(err)
			p.list(p.key())
			return
		}
		first := len(p.ranks) == 0 && !p.form.box.Visible()
		p.score, p.ranks = s, s.Rank
		if key := p.key(); !first {
			p.list(key)
			return
		}
		p.list("")
		p.rows.SetChosen(0)
	})
}

// stop ends what is done beside the window, but for what is being kept.
func (p *Page) stop() {
	p.stopLoad()
	p.stopScore()
	p.asking = false
}

// list fills the rows and chooses the one with this key, else the one where the choice was.
func (p *Page) list(key string) {
	was := p.rows.Chosen()
	p.shown = p.entries(p.box.Text)
	p.rows.SetCount(len(p.shown))
	p.none.Hidden = len(p.shown) > 0 // the rows stay below it, since they hear the keys
	p.sayEmpty()
	p.count.SetText(p.scoreLine())
	p.sayUndo()
	at := -1
	for _, k := range []string{p.wanted, key} {
		if at < 0 && k != "" {
			at = slices.IndexFunc(p.shown, func(e entry) bool { return e.key() == k })
		}
	}
	if at >= 0 && p.shown[at].key() == p.wanted {
		p.wanted = ""
	}
	if at < 0 {
		at = min(max(was, 0), len(p.shown)-1)
	}
	p.rows.SetChosen(at)
	if p.rows.Chosen() < 0 { // a heading may be the last
		p.rows.Step(-1)
	}
	if len(p.shown) == 0 {
		p.reading.show(entry{})
	}
	p.split.Arrange()
}

func (p *Page) chosen() entry {
	if i := p.rows.Chosen(); i >= 0 && i < len(p.shown) {
		return p.shown[i]
	}
	return entry{}
}

func (p *Page) key() string { return p.chosen().key() }

func (p *Page) sayEmpty() {
	switch {
	case !p.loaded:
		p.none.Say("Reading…", "", "", nil)
	case len(p.data.Questions) > 0:
		p.none.Say("No question has these words", "Questions are found by their words and by the title of their answer.", "Show all", func() { p.box.SetText("") })
	default:
		p.none.Say("No question is saved yet", "Save what customers really ask, with the answer that it must find. Every change of the library is then tried on it before it counts.",
			"New question (N)", p.form.begin)
	}
}

func (p *Page) sayTrouble(err error) {
	p.trouble.SetText(strings.TrimSpace(say.Error(p.refused) + "\n" + say.Error(err)))
}

func (p *Page) sayUndo() {
	n := len(p.undos)
	p.undoBar.Hidden = n == 0
	if n > 0 {
		p.undoText.SetText(p.undos[n-1].said)
	}
}

// open turns to the reading pane in a narrow window.
func (p *Page) open(int) { p.split.Read(true) }

// enter opens the answer of the question that is read.
func (p *Page) enter(i int) {
	if p.split.Narrow() && !p.split.ReadingSeen() {
		p.open(i)
		return
	}
	p.openAnswer()
}

func (p *Page) openAnswer() {
	if e := p.chosen(); p.answerable(e.q.Answer) && p.opt.OnAnswer != nil {
		p.opt.OnAnswer(e.q.Answer)
	}
}

// toRows gives the keyboard back to the list.
func (p *Page) toRows() { p.focus(p.rows) }

func (p *Page) focus(o fyne.Focusable) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(p.sheet); c != nil && p.sheet.Visible() {
		c.Focus(o)
	}
}

func (p *Page) letter(r rune) {
	e := p.chosen()
	switch {
	case r == 'n':
		p.form.begin()
	case r == 'u':
		p.takeBack()
	case e.q.ID == "":
	case r == 'o':
		p.turnOff(e.q)
	case r == 'c':
		p.form.choose(e.q)
	case r == 'm':
		p.follow(e.q)
	}
}

func (p *Page) build() {
	p.rows = panes.NewRows(func(i int) panes.Line { return p.shown[i].line })
	p.rows.OnChosen = func(i int) { p.reading.show(p.shown[i]) }
	p.rows.OnOpen, p.rows.OnEnter, p.rows.OnLetter = p.open, p.enter, p.letter
	p.rows.OnPage = func(way int) bool {
		if p.split.ReadingSeen() {
			p.reading.scroll.Page(way)
		}
		return p.split.ReadingSeen()
	}
	p.box = panes.NewBox("Find a question", p.rows)
	p.box.OnChanged = func(string) { p.list(p.key()) }
	p.count = widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted})
	p.trouble = widgets.NewText(widgets.Style{Colour: theme.Late})
	p.undoText = widgets.NewText(widgets.Style{Lines: 1})
	p.undoBar = widgets.Row(8, p.undoText, p.undoText, widget.NewButton("Undo (U)", p.takeBack))
	p.none = panes.NewEmpty()
	p.form = newForm(p)
	p.reading = newReading(p)
	fresh := widget.NewButtonWithIcon("New question (N)", base.ContentAddIcon(), p.form.begin)
	head := widgets.Pad(widgets.Edges{Left: 12, Top: 12, Right: 12, Bottom: 8},
		widgets.Column(8, p.box, widgets.Row(0, nil, fresh), p.trouble, p.undoBar, p.count))
	stack := panes.Fill(p.rows, p.none)
	p.split = panes.NewSplit(widgets.ColumnFilled(0, stack, head, stack), p.reading.object)
	p.split.OnBack = p.toRows
	p.sheet = newSheet(p.split, p.stop)
}

// sheet is the page as the window shows it.
type sheet struct {
	widget.BaseWidget
	inside fyne.CanvasObject
	left   func() // it is no longer shown
}

func newSheet(inside fyne.CanvasObject, left func()) *sheet {
	s := &sheet{inside: inside, left: left}
	s.ExtendBaseWidget(s)
	return s
}

// Hide implements fyne.CanvasObject.
func (s *sheet) Hide() {
	s.left()
	s.BaseWidget.Hide()
}

// CreateRenderer implements fyne.Widget.
func (s *sheet) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.inside) }
