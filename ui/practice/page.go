// Package practice is the page on which a rep practises answers: a customer asks, the rep
// answers in their own words, sees the library's and judges themselves. It also shows who
// can answer what. Nobody is scored.
package practice

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/assist/practice"
	"ringside/ui/async"
	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// Turn is an answer to practise, and what the customer says.
type Turn struct {
	practice.Item
	Line string
}

// Data is what the page shows.
type Data struct {
	Me      assist.Rep // who sits here; without an ID nobody has said so yet
	Answers int        // in the library
	Turns   []Turn     // of the next quarter of an hour
	Later   time.Time  // when the next answer is due; zero when none is
	Chart   practice.Chart
}

// Source is where the page's data come from and go to. All of it is called beside the
// window's goroutine.
type Source interface {
	// Load reads everything anew.
	Load(ctx context.Context) (Data, error)
	// Keep keeps a drill. It is called for one at a time, in the order of the grades.
	Keep(ctx context.Context, d assist.Drill) error
	// Share keeps whether others may see what the rep can answer.
	Share(ctx context.Context, rep assist.ID, on bool) error
}

// Options is what the page is made of.
type Options struct {
	Source Source
	// Now is the clock, in the rep's time zone; nil is time.Now.
	Now func() time.Time
	// Post brings results to the window; nil is async.Window.
	Post async.Post
	// OnSettings is called when the rep wants to say who they are.
	OnSettings func()
}

// Page is the page Practice. Its methods are for the window's goroutine.
type Page struct {
	// OnPicture is handed the map of who can answer what as a file; nil hides the buttons
	// for it. It is to be set before the first Reload.
	OnPicture func(name string, data []byte)

	opt     Options
	data    Data
	loaded  bool
	reading bool
	broken  error // why it could not be read
	trouble *widgets.Text
	leaves  [2]*widget.Button
	leaf    leaf
	run     *run // nil while nothing is practised
	last    *run // as it was before the last grade; nil when that is not to be taken back
	done    int  // how many grades the last run had
	outbox  outbox

	empty   *panes.Empty
	start   *start
	asking  *asking
	judging *judging
	team    *team
	scroll  *widgets.Tall
	content *fyne.Container
	cancel  func()
}

// leaf is one of the two sides of the page.
type leaf int

const (
	drill leaf = iota
	chart
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
	p.outbox = outbox{page: p}
	p.build()
	p.show()
	return p
}

// Object returns what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.content }

// Focus gives the keyboard to what comes next, and the page's keys to the page wherever
// the keyboard is while the page is in front.
func (p *Page) Focus(c fyne.Canvas) {
	for _, s := range []fyne.Shortcut{&fyne.ShortcutUndo{}, turnKey()} {
		c.AddShortcut(s, func(s fyne.Shortcut) {
			if p.content.Visible() {
				p.shortcut(s)
			}
		})
	}
	if o := p.next(); o != nil {
		c.Focus(o)
	}
}

// Reload reads the data again. An answer that is being practised stays where it was.
func (p *Page) Reload() {
	p.cancel()
	p.reading = true
	if p.outbox.send(); p.outbox.busy { // what is being kept is to be read, too
		p.outbox.then = p.read
		return
	}
	p.read()
}

func (p *Page) read() {
	if !p.loaded {
		p.show()
	}
	changes := p.outbox.count
	p.cancel = async.Load(p.opt.Post, p.opt.Source.Load, func(d Data, err error) {
		if changes != p.outbox.count {
			p.Reload()
			return
		}
		p.reading = false
		if p.broken = err; err == nil {
			p.data, p.loaded = d, true
		}
		if p.run == nil || p.leaf == chart { // a practice has all that it shows
			p.show()
		}
		p.refocus(false)
	})
}

// sayTrouble shows why something could not be kept.
func (p *Page) sayTrouble(err error) {
	p.trouble.SetText(strings.TrimSpace(say.Error(p.outbox.refused) + " " + say.Error(err)))
	widgets.Arrange(p.content)
}

// show lays out what the page is at.
func (p *Page) show() {
	for _, o := range []fyne.CanvasObject{p.empty, p.start.object, p.asking.object, p.judging.object, p.judging.foot, p.team.object} {
		o.Hide()
	}
	for i, b := range p.leaves {
		b.Importance = widget.MediumImportance
		if leaf(i) == p.leaf {
			b.Importance = widget.HighImportance
		}
		b.Refresh()
	}
	switch {
	case p.leaf == chart && p.loaded:
		p.team.show(p.data)
	case p.run != nil && p.run.judged:
		p.judging.show(p.run)
	case p.run != nil:
		p.asking.show(p.run)
	case p.loaded && p.data.Me.ID != "" && (len(p.data.Turns) > 0 || p.done > 0):
		p.start.show()
	default:
		p.sayEmpty()
	}
	p.scroll.ScrollToTop()
	widgets.Arrange(p.content)
}

func (p *Page) sayEmpty() {
	p.empty.Show()
	switch {
	case !p.loaded && p.broken != nil && !p.reading:
		p.empty.Say("This cannot be read", say.Error(p.broken), "Try again", p.Reload)
	case !p.loaded:
		p.empty.Say("Reading…", "", "", nil)
	case p.data.Me.ID == "":
		p.empty.Say("Who practises?", "What you practise is yours. Choose your name in Settings first.", "Settings", p.opt.OnSettings)
	case p.data.Answers == 0:
		p.empty.Say("No answers yet", "As soon as the library has answers, you can practise them here: a customer asks, you answer in your own words, and see what the library says.", "", nil)
	default:
		p.empty.Say("Nothing is due", p.later(), "", nil)
	}
}

// later says when there is something to practise again.
func (p *Page) later() string {
	if p.data.Later.IsZero() {
		return "You have said every answer in a call, or practised it. What changes or comes new is offered here."
	}
	day := say.Day(p.data.Later, p.opt.Now())
	if day == "today" {
		return "The next answer is due later today."
	}
	if day != "tomorrow" {
		day = "on " + day
	}
	return "The next answer is due " + day + "."
}

// turn shows the other side of the page.
func (p *Page) turn(l leaf) {
	p.leaf = l
	p.show()
	p.refocus(true)
	if l == chart {
		p.Reload() // with what was practised just now
	}
}

// next is what the keyboard should be at.
func (p *Page) next() fyne.Focusable {
	switch {
	case p.leaf == chart && p.team.share.Visible():
		return p.team.share
	case p.leaf == chart:
		return p.leaves[drill]
	case p.asking.object.Visible():
		return p.asking.words
	case p.judging.object.Visible():
		return p.judging.card
	case p.start.begin.Visible() && p.start.object.Visible():
		return p.start.begin
	}
	return nil
}

// refocus gives the keyboard to what comes next: at once, or only when nothing has it.
func (p *Page) refocus(take bool) {
	c := fyne.CurrentApp().Driver().CanvasForObject(p.content)
	if c == nil || !p.content.Visible() || !take && c.Focused() != nil {
		return
	}
	if o := p.next(); o != nil {
		c.Focus(o)
	} else if take {
		c.Unfocus()
	}
}

func turnKey() fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: fyne.KeyT, Modifier: fyne.KeyModifierShortcutDefault}
}

// shortcut hears of the page's keys with Ctrl; a box with words in it has its own undo.
func (p *Page) shortcut(s fyne.Shortcut) bool {
	switch s.ShortcutName() {
	case turnKey().ShortcutName():
		p.turn(1 - p.leaf)
	case (&fyne.ShortcutUndo{}).ShortcutName():
		if p.leaf != drill || p.last == nil || p.asking.object.Visible() && p.asking.words.Text != "" {
			return false
		}
		p.undo()
	default:
		return false
	}
	return true
}

// key hears of keys before the thing that has the keyboard.
func (p *Page) key(o fyne.CanvasObject, ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyEscape:
		p.stop()
	case fyne.KeyPageDown:
		p.scroll.Page(1)
	case fyne.KeyPageUp:
		p.scroll.Page(-1)
	default:
		return widgets.PassKey(o, ev)
	}
	return true
}

func (p *Page) keys() widgets.Keys {
	return widgets.Keys{Shortcut: p.shortcut, Key: p.key, Rune: p.rune}
}

func (p *Page) build() {
	p.trouble = widgets.NewText(widgets.Style{Colour: theme.Late})
	for i, words := range []string{"Practise", "Who can answer what (Ctrl+T)"} {
		p.leaves[i] = widget.NewButton(words, func() { p.turn(leaf(i)) })
	}
	p.empty = panes.NewEmpty()
	p.start, p.asking, p.judging, p.team = newStart(p), newAsking(p), newJudging(p), newTeam(p)
	body := widgets.Either(p.start.object, p.asking.object, p.judging.object, p.team.object)
	p.scroll = widgets.NewTall(panes.Most(960, widgets.Pad(widgets.Edges{Left: 24, Top: 8, Right: 24, Bottom: 24}, body)))
	head := widgets.Pad(widgets.Edges{Left: 24, Top: 16, Right: 24, Bottom: 8},
		widgets.Column(8, widgets.Wrapped(8, p.leaves[drill], p.leaves[chart]), p.trouble))
	stack := panes.Fill(p.scroll, p.empty)
	p.content = widgets.ColumnFilled(0, stack, head, stack, p.judging.foot)
}

// minutes is a time in whole minutes, one at least.
func minutes(d time.Duration) string {
	return say.Count(max(int((d+time.Minute-1)/time.Minute), 1), "minute")
}

// list is "a", "a and b", "a, b and c".
func list(words []string) string {
	if n := len(words); n > 1 {
		return fmt.Sprintf("%s and %s", strings.Join(words[:n-1], ", "), words[n-1])
	}
	return strings.Join(words, "")
}
