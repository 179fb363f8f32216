// Package talk is the list on which trainers write what guides a conversation: the frank
// questions, the rules of tact, and what the team wants to know this week.
package talk

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
	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// Fared is what became of a question when it was offered, in how many calls.
type Fared struct{ Asked, NotNow, Never int }

// Data is what the page lists. The page keeps the lists.
type Data struct {
	Prompts []assist.Prompt // those that are off, too
	Fared   map[assist.ID]Fared
	Rules   string         // the page of rules of tact that is in force
	Focus   []assist.Focus // those that hold today
}

// Source is where the page's data come from and go to. All of it is called beside the
// window's goroutine.
type Source interface {
	// Load reads everything anew.
	Load(ctx context.Context) (Data, error)
	// SavePrompt keeps a question, and fails when it does not stand as before; the zero
	// one is before a new one.
	SavePrompt(ctx context.Context, before, after assist.Prompt) error
	// SaveRules puts a page of rules in force in the place of the page before, and fails
	// when another one is in force. When anything on it is wrong, or a trial comes out
	// otherwise, it says all of that, and the old rules stay.
	SaveRules(ctx context.Context, before, page string) error
	// SetFocus keeps what the team wants to know in the next seven days: a topic, an
	// intelligence, or both.
	SetFocus(ctx context.Context, topic string, about assist.Intelligence) error
	// Replies returns the latest of what customers said to a question.
	Replies(ctx context.Context, prompt assist.ID) ([]assist.Note, error)
}

// Options is what the page is made of.
type Options struct {
	Source Source
	// Try says which rules of a page hold when somebody says these words, a sentence each.
	Try func(page, words string) ([]string, error)
	// Now is the clock, in the rep's time zone; nil is time.Now.
	Now func() time.Time
	// Post brings results to the window; nil is async.Window.
	Post async.Post
}

// Page is the list of what guides a conversation. Its methods are for the window's
// goroutine.
type Page struct {
	opt    Options
	data   Data
	drafts map[assist.ID]assist.Prompt // what was typed and is not saved
	shown  []entry
	saving bool

	box     *panes.Box
	rows    *panes.Rows
	fresh   *widget.Button
	trouble *widgets.Text
	none    *panes.Empty
	prompt  *promptForm
	rules   *rulesForm
	focus   *focusForm
	split   *panes.Split
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
	p := &Page{opt: opt, drafts: map[assist.ID]assist.Prompt{}, cancel: func() {}}
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

// Reload reads the data again. What is chosen stays, and what was typed stays as it is.
func (p *Page) Reload() {
	p.cancel()
	p.cancel = async.Load(p.opt.Post, p.opt.Source.Load, func(d Data, err error) {
		p.trouble.SetText(say.Error(err))
		p.split.Arrange()
		if err == nil {
			p.data = d
			p.rules.stands(d.Rules)
			p.list(p.key())
		}
	})
}

// list fills the rows and chooses the one with this key, else the one where the choice was.
func (p *Page) list(key string) {
	was := p.rows.Chosen()
	p.shown = p.entries(p.box.Text)
	p.rows.SetCount(len(p.shown))
	p.none.Hidden, p.rows.Hidden = len(p.shown) > 0, len(p.shown) == 0
	p.none.Say("No question has these words", "Questions are found by their topic and their words.", "Show all", func() { p.box.SetText("") })
	at := slices.IndexFunc(p.shown, func(e entry) bool { return e.key == key && !e.line.Heading })
	if at < 0 {
		at = min(max(was, 0), len(p.shown)-1)
	}
	if p.rows.SetChosen(at); len(p.shown) == 0 {
		p.turn(nil)
	}
	p.split.Arrange()
}

func (p *Page) chosen() entry {
	if i := p.rows.Chosen(); i >= 0 && i < len(p.shown) {
		return p.shown[i]
	}
	return entry{}
}

func (p *Page) key() string { return p.chosen().key }

// read shows what was chosen.
func (p *Page) read(e entry) {
	switch e.kind {
	case ofRules:
		p.turn(p.rules.object)
	case ofFocus:
		p.focus.show(p.data)
		p.turn(p.focus.object)
	default:
		p.prompt.show(e.prompt)
		p.turn(p.prompt.object)
	}
}

// turn brings one of the forms to the front.
func (p *Page) turn(form fyne.CanvasObject) {
	for _, o := range []fyne.CanvasObject{p.prompt.object, p.rules.object, p.focus.object} {
		if o == form {
			o.Show()
		} else {
			o.Hide()
		}
	}
	p.split.Arrange()
}

func (p *Page) save() {
	switch {
	case p.saving:
	case p.prompt.object.Visible():
		p.prompt.save()
	case p.rules.object.Visible():
		p.rules.save()
	case p.focus.object.Visible():
		p.focus.save()
	}
}

// keep does work beside the window, tells done how it went, and reads everything anew.
// Until then nothing else is kept.
func (p *Page) keep(work func(context.Context) error, done func(error)) {
	p.saving = true
	async.Go(p.opt.Post, work, func(err error) {
		p.saving = false
		done(err)
		p.Reload()
	})
}

// begin starts a question.
func (p *Page) begin() {
	q := assist.Prompt{ID: assist.NewID(p.opt.Now()), Intelligence: assist.Market}
	p.drafts[q.ID] = q
	p.box.SetText("")
	p.list(string(q.ID))
	p.open(0)
}

// open gives the keyboard to the form.
func (p *Page) open(int) {
	p.split.Read(true)
	c := fyne.CurrentApp().Driver().CanvasForObject(p.content)
	if c == nil || !p.content.Visible() {
		return
	}
	switch {
	case p.prompt.object.Visible():
		c.Focus(p.prompt.topic)
	case p.rules.object.Visible():
		c.Focus(p.rules.page)
	case p.focus.object.Visible():
		c.Focus(p.focus.topic)
	}
}

// back gives the keyboard to the list.
func (p *Page) back() {
	p.split.Read(false)
	if c := fyne.CurrentApp().Driver().CanvasForObject(p.content); c != nil {
		c.Focus(p.rows)
	}
}

// keys are those of every box: Escape goes back to the list, Ctrl+S saves.
func (p *Page) keys() widgets.Keys {
	return widgets.Keys{
		Key: func(o fyne.CanvasObject, ev *fyne.KeyEvent) bool {
			if ev.Name == fyne.KeyEscape {
				p.back()
				return true
			}
			return widgets.PassKey(o, ev)
		},
		Shortcut: func(s fyne.Shortcut) bool {
			if s.ShortcutName() != saveKey().ShortcutName() {
				return false
			}
			p.save()
			return true
		},
	}
}

func (p *Page) build() {
	p.rows = panes.NewRows(func(i int) panes.Line { return p.shown[i].line })
	p.rows.OnChosen = func(i int) { p.read(p.shown[i]) }
	p.rows.OnOpen = p.open
	p.rows.OnLetter = func(r rune) {
		switch {
		case r == 'n':
			p.begin()
		case r == 'o' && p.prompt.object.Visible():
			p.prompt.turnOff()
		}
	}
	p.box = panes.NewBox("Find a question", p.rows)
	p.box.OnChanged = func(string) { p.list(p.key()) }
	p.fresh = widget.NewButtonWithIcon("New question (N)", base.ContentAddIcon(), p.begin)
	p.trouble = widgets.NewText(widgets.Style{Colour: theme.Late})
	p.none = panes.NewEmpty()
	p.prompt, p.rules, p.focus = newPromptForm(p), newRulesForm(p), newFocusForm(p)
	head := widgets.Pad(widgets.Edges{Left: 12, Top: 12, Right: 12, Bottom: 8},
		widgets.Column(8, p.box, widgets.Row(0, nil, p.fresh), p.trouble))
	stack := panes.Fill(p.rows, p.none)
	forms := panes.Fill(p.prompt.object, p.rules.object, p.focus.object)
	p.split = panes.NewSplit(widgets.ColumnFilled(0, stack, head, stack), forms)
	p.content = panes.Fill(p.split)
}
