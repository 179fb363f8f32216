// Package team is the part of the settings for sync: how this desk joins a team and
// leaves it, and how it stands with the other desks.
package team

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// Acts are what the page asks for. A reply is to be called once, on the window's
// goroutine; what has changed then comes with SetState.
type Acts struct {
	// StartServer founds a team on a server, by the file that `ringside team serve` wrote
	// and the words that it printed; StartFolder founds one in a folder.
	StartServer func(path, words, name string, reply func(error))
	StartFolder func(path, name string, reply func(error))
	// Join takes an invitation, or the path of a file with one. It waits for another desk:
	// after stop, which is returned, it does not, and there is no reply.
	Join func(invitation, words string, reply func(error)) (stop func())
	// TryNow sends what waits. Settle decides a Clash.
	TryNow func(reply func(error))
	Settle func(clash string, ours bool, reply func(error))
	// Invite makes an invitation, which is in the State that follows.
	Invite func(reply func(error))
	Remove func(device string, reply func(error))
	// SetAdmin lets a device decide who is in the team, or no more.
	SetAdmin func(device string, admin bool, reply func(error))
	Leave    func(reply func(error))
	// Sent reads the last packets of this desk, the newest first; Inside reads what is in
	// one that has a Body.
	Sent   func(show func([]Packet, error))
	Inside func(of Packet, show func([]Record, error))

	// File and Folder let somebody choose one; chosen is not called when nobody does.
	File, Folder func(chosen func(path string))
	Copy         func(text string)
	Save         func(name, text string)
}

// Page shows how it stands with the team, or how to come to one. Its methods are for the
// window's goroutine.
type Page struct {
	Now func() time.Time

	acts  Acts
	state State

	all      *fyne.Container
	scroll   *widgets.Tall
	at       control // what has, or had, the keyboard
	sent     *sent
	shared   *shared
	off      *off
	standing *standing
	clashes  *clashes
	devices  *devices
	invite   *invite
	erased   *list
	refused  *list
	leave    *ask
	left     *fyne.Container // the section of leave
}

// New returns the page of a desk without a team.
func New(acts Acts) *Page {
	p := &Page{Now: time.Now, acts: acts}
	p.sent = newSent(p)
	p.shared, p.off, p.standing = newShared(p), newOff(p), newStanding(p)
	p.clashes, p.devices, p.invite = newClashes(p), newDevices(p), newInvite(p)
	p.erased = newList("Erased for good", "An erasure is confirmed by every device that has carried it out.")
	p.refused = newList("Refused", "These came and were not taken in. Nothing was changed by them.")
	p.leave = newAsk(p, "Leave the team…", "Leave the team", "Leaving…")
	p.leave.words.SetText("This desk keeps all that it has, sends nothing more, and gets nothing more. To come back it needs a new invitation.")
	p.leave.do = func(reply func(error)) { p.acts.Leave(reply) }
	p.left = section("Leave the team", "", widgets.Row(0, nil, p.leave.open), p.leave.asking)
	p.all = widgets.Column(28, widgets.Say(widgets.Style{Size: theme.Title, Bold: true}, "Team"),
		p.off.intro, p.standing.box, p.clashes.box, p.devices.box, p.invite.box, p.erased.box, p.refused.box,
		p.sent.box, p.shared.box, p.off.ways, p.left)
	p.scroll = widgets.NewTall(panes.Centred(panes.Most(640, widgets.Pad(widgets.Sides(24, 20), p.all))))
	p.SetState(State{})
	return p
}

// Object returns what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.scroll }

// Focus gives the keyboard to the first thing that can be done.
func (p *Page) Focus(c fyne.Canvas) {
	if f := first(p.all); f != nil {
		c.Focus(f)
	}
}

// State returns what is shown.
func (p *Page) State() State { return p.state }

// SetState shows how it stands now. What somebody types meanwhile stays, and so does the
// keyboard.
func (p *Page) SetState(s State) {
	p.state = s
	on := s.On()
	p.off.show(!on)
	p.standing.set(s)
	p.clashes.set(s.ToSettle())
	p.devices.set(s)
	p.invite.set(s)
	p.erased.set(lines(s.Erasures, func(e Erased) line { return line{words: erasedWords(e)} }))
	p.refused.set(lines(s.Refused, func(r Refused) line {
		return line{say.Sentence(r.Why), "From " + r.From + ", " + when(r.At, p.Now())}
	}))
	p.sent.set(on)
	p.left.Hidden = !on
	p.arrange()
	p.keepKeyboard()
}

// Drop takes a file that was dropped on the window, as an invitation; false: there is no
// use for one now.
func (p *Page) Drop(path string) bool {
	if p.state.On() {
		return false
	}
	p.off.join.take(path)
	return true
}

func (p *Page) arrange() {
	if p.scroll != nil {
		widgets.Arrange(p.scroll)
	}
}

// keepKeyboard gives the keyboard to the next best thing when what had it has gone.
func (p *Page) keepKeyboard() {
	if c := p.canvas(); c != nil && p.at != nil && c.Focused() == fyne.Focusable(p.at) && !seen(p.all, p.at) {
		p.Focus(c)
	}
}

func (p *Page) canvas() fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(p.scroll) }

func (p *Page) focus(o fyne.Focusable) {
	if c := p.canvas(); c != nil {
		c.Focus(o)
	}
}

// action is a button of the page that comes into sight when it gets the keyboard.
func (p *Page) action(weight widgets.Weight, label string, do func()) *widgets.Action {
	return p.closing(weight, label, "", do, nil)
}

// closing is an action inside of something that Esc closes; nil: nothing.
func (p *Page) closing(weight widgets.Weight, label, key string, do, shut func()) *widgets.Action {
	a := widgets.NewAction(weight, label, key, p.keys(shut), do)
	a.OnEntered = func() { p.entered(a) }
	return a
}

// control is something that can have the keyboard.
type control interface {
	fyne.CanvasObject
	fyne.Focusable
}

// entry is a box of the page; Enter in it does what the form is for.
func (p *Page) entry(hint string, rows int, enter, shut func()) *widgets.Entry {
	e := widgets.NewEntry(hint, rows, p.keys(shut))
	e.OnSubmitted = func(string) { enter() }
	e.OnEntered = func() { p.entered(e) }
	return e
}

func (p *Page) entered(o control) {
	p.at = o
	p.scroll.Reveal(o, 96, 96)
}

func (p *Page) keys(shut func()) widgets.Keys {
	return widgets.Keys{Key: func(o fyne.CanvasObject, ev *fyne.KeyEvent) bool {
		_, box := o.(*widgets.Entry)
		switch {
		case ev.Name == fyne.KeyEscape && shut != nil:
			shut()
			return true
		case ev.Name == fyne.KeyPageDown && !box:
			return p.scroll.Page(1)
		case ev.Name == fyne.KeyPageUp && !box:
			return p.scroll.Page(-1)
		}
		return widgets.PassKey(o, ev)
	}}
}

// first returns the first thing below o that can have the keyboard; nil: there is none.
func first(o fyne.CanvasObject) control {
	if !o.Visible() {
		return nil
	}
	if box, ok := o.(*fyne.Container); ok {
		for _, o := range box.Objects {
			if f := first(o); f != nil {
				return f
			}
		}
		return nil
	}
	c, _ := o.(control)
	return c
}

// seen reports whether o stands below root, and nothing on the way is hidden.
func seen(root, o fyne.CanvasObject) bool {
	if !root.Visible() {
		return false
	}
	box, ok := root.(*fyne.Container)
	return root == o || ok && slices.ContainsFunc(box.Objects, func(in fyne.CanvasObject) bool { return seen(in, o) })
}

// section is a name, what it is for, and what can be done.
func section(name, means string, parts ...fyne.CanvasObject) *fyne.Container {
	col := widgets.Column(6, widgets.Say(widgets.Style{Size: theme.Lead, Bold: true}, name))
	if means != "" {
		col.Add(widgets.Say(widgets.Style{Colour: theme.Muted}, means))
	}
	for _, o := range parts {
		col.Add(o)
	}
	return col
}
