package call

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/phone"
	"ringside/ui/cards"
	"ringside/ui/shots"
	"ringside/ui/widgets"
)

// Desk is what the page tells: the verbs of live.Desk. None of them waits.
type Desk interface {
	Ring(phone.Ring)
	HearIn(call assist.ID, text string)
	UseIn(call assist.ID, u live.Use)
	NoteIn(call assist.ID, text string)
	PromiseIn(call assist.ID, p live.PromiseUse)
}

// Page is the Call page. Its methods belong to the window's goroutine.
type Page struct {
	// OnTouched is called on every real key or press, before anything happens by
	// it. Setters and the TypeXxx methods do not call it.
	OnTouched func()
	// OnSheet is called when the rep wants to see the keys (F1).
	OnSheet func()
	// OnShow is called when a key wants this page in front (Ctrl+K).
	OnShow func()
	// OnCopy is called with text for the clipboard, OnSaveText with text for a file
	// whose name is a proposal.
	OnCopy     func(text string)
	OnSaveText func(name, text string)
	// OnMail is called with a letter for the system's mail program.
	OnMail func(to, subject, body string)
	// Clipboard returns the text on the clipboard; nil: nobody can. Region says where a
	// number on it belongs that has no country code.
	Clipboard func() string
	Region    string
	// OnOther is asked about keys with Ctrl or Alt that are not the page's, while one
	// of its boxes has the keyboard.
	OnOther func(fyne.Shortcut) bool
	// Await, when it is set, is called after a key or a press has told the desk
	// something. It may wait a moment for the View that answers, and show it with
	// SetView, so that both are painted in one frame.
	Await func(answers func(live.View) bool) bool
	// Album reads the pictures of answers; nil names them only.
	Album *shots.Album
	// Now is the clock for calls that start here.
	Now func() time.Time

	desk  *telling
	cards *cards.Cards
	view  live.View
	busy  map[assist.ID]string // who is on the phone with a customer, in words

	top    *strips
	who    *person
	hear   *hearing
	ask    *asking
	pass   *passing
	move   *moving
	catch  *catching
	help   *helping
	letter *writing
	note   *noting
	finish *finishing
	frame  *frame
}

// New returns the page of an idle desk. cards hides payment cards in what is typed.
func New(desk Desk, cards *cards.Cards) *Page {
	p := &Page{Now: time.Now, cards: cards}
	p.desk = &telling{desk: desk, view: func() live.View { return p.view }}
	p.view.Phase, p.view.Who = live.Idle, live.Nobody
	p.top = newStrips(p)
	p.move = newMoving(p)
	p.who = newPerson(p)
	p.pass, p.catch = newPassing(p), newCatching(p)
	p.help, p.letter = newHelping(p), newWriting(p)
	p.hear = newHearing(p)
	p.ask = newAsking(p)
	p.note = newNoting(p)
	p.finish = newFinishing(p)
	p.frame = newFrame(p)
	p.show(live.View{}, true)
	return p
}

// Object returns what a window shows.
func (p *Page) Object() fyne.CanvasObject { return p.frame }

// SetNarrow keeps the page in one column, whatever its width. Without it the page
// chooses by its width.
func (p *Page) SetNarrow(narrow bool) {
	p.frame.forced = narrow
	p.frame.choose()
	p.arrange()
	canvas.Refresh(p.frame)
}

// View returns the View that is shown.
func (p *Page) View() live.View { return p.view }

// SetView shows v. Only the parts that differ from the View before are drawn
// again.
func (p *Page) SetView(v live.View) {
	old := p.view
	p.view = v
	fresh := v.Call != old.Call
	p.show(old, fresh)
	if p.hear.asks {
		p.hear.flag.enter()
	}
	if fresh && v.Call != "" && v.Who != live.Several && !p.typing() {
		p.focus(p.hear.entry)
	}
}

// SetBusy says on the card of a customer that a colleague is on the phone with them: "Tom
// is on the phone with her now". Lines after the first are what they pass on with the call.
// Empty words take it away.
func (p *Page) SetBusy(customer assist.ID, words string) {
	if words == "" {
		delete(p.busy, customer)
	} else {
		if p.busy == nil {
			p.busy = map[assist.ID]string{}
		}
		p.busy[customer] = words
	}
	p.who.tellBusy(p.view)
	p.arrange()
}

func (p *Page) show(old live.View, fresh bool) {
	p.top.set(old, p.view)
	p.move.set(old, p.view)
	p.who.set(old, p.view, fresh)
	p.help.set(p.view)
	p.letter.set(p.view, fresh)
	p.catch.set(p.view)
	p.hear.set(old, p.view, fresh)
	p.ask.set(old, p.view, fresh)
	p.pass.set(p.view)
	p.note.set(old, p.view, fresh)
	p.finish.set(old, p.view, fresh)
	p.arrange()
}

// arrange lays the page out again, once after texts have changed.
func (p *Page) arrange() {
	if p.frame != nil {
		widgets.Arrange(p.frame)
	}
}

// TypeHeard fills the box for what the customer says, as if it had been typed.
func (p *Page) TypeHeard(s string) { p.hear.entry.SetTyped(s) }

// TypeNote fills the note, as if it had been typed.
func (p *Page) TypeNote(s string) { p.note.entry.SetTyped(s) }

// TypeReply fills what the customer said to the question, as if it had been typed.
func (p *Page) TypeReply(s string) { p.ask.entry.SetTyped(s) }

// StartCall starts a call with a number or, when it has fewer than three digits,
// with a name, as typing it and Enter do.
func (p *Page) StartCall(numberOrName string) {
	r, ok := ringOf(numberOrName, p.Now())
	if !ok {
		return
	}
	p.who.find.clear()
	p.top.find.clear()
	p.top.showFind(false)
	p.desk.Ring(r)
	p.unfocus()
}

func (p *Page) touched() {
	if p.OnTouched != nil {
		p.OnTouched()
	}
}

// keys is what every widget of the page asks before it takes a key for itself.
func (p *Page) keys() widgets.Keys {
	return widgets.Keys{Shortcut: p.Shortcut, Key: p.key, Rune: p.rune, Touched: p.touched, Settled: p.settled, Cards: p.cards}
}

func (p *Page) canvas() fyne.Canvas {
	if p.frame == nil || fyne.CurrentApp() == nil {
		return nil
	}
	return fyne.CurrentApp().Driver().CanvasForObject(p.frame)
}

func (p *Page) focus(w fyne.Focusable) {
	if c := p.canvas(); c != nil {
		c.Focus(w)
	}
}

// leaveHidden takes the keyboard to the answer box from a button in one of these that
// has gone.
func (p *Page) leaveHidden(boxes ...*fyne.Container) {
	c := p.canvas()
	if c == nil || c.Focused() == nil {
		return
	}
	for _, box := range boxes {
		if box.Hidden && holds(box, c.Focused()) {
			c.Focus(p.hear.entry)
			return
		}
	}
}

// holds reports whether f stands within o.
func holds(o fyne.CanvasObject, f fyne.Focusable) bool {
	if c, ok := o.(*fyne.Container); ok {
		return slices.ContainsFunc(c.Objects, func(o fyne.CanvasObject) bool { return holds(o, f) })
	}
	own, ok := o.(fyne.Focusable)
	return ok && own == f
}

func (p *Page) unfocus() {
	if c := p.canvas(); c != nil {
		c.Unfocus()
	}
}

// typing reports whether the keyboard is in a box that has words in it, here or
// on another page of the window.
func (p *Page) typing() bool {
	c := p.canvas()
	if c == nil {
		return false
	}
	e, ok := c.Focused().(*widgets.Entry)
	return ok && e.Text != ""
}
