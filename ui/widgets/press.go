package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// press is a box that can be pressed, with the mouse or the keyboard.
type press struct {
	box
	// OnPressed is called for a tap, and for Enter or Space while it has the focus.
	OnPressed func()
	// OnEntered is called when the keyboard has come; nil: nobody wants to know.
	OnEntered func()
	Keys      Keys

	self             fyne.CanvasObject
	hovered, focused bool
	paint            func() // shows hovered and focused
	onHover          func() // the mouse has come; may be nil
}

// Tapped implements fyne.Tappable.
func (p *press) Tapped(*fyne.PointEvent) {
	p.Keys.touched()
	p.report()
}

func (p *press) report() {
	if p.OnPressed != nil {
		p.OnPressed()
	}
	p.Keys.settled()
}

// MouseIn implements desktop.Hoverable.
func (p *press) MouseIn(*desktop.MouseEvent) {
	p.hovered = true
	p.paint()
	if p.onHover != nil {
		p.onHover()
	}
}

// MouseMoved implements desktop.Hoverable.
func (p *press) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (p *press) MouseOut() { p.hovered = false; p.paint() }

// Cursor implements desktop.Cursorable.
func (p *press) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained implements fyne.Focusable.
func (p *press) FocusGained() {
	p.focused = true
	p.paint()
	if p.OnEntered != nil {
		p.OnEntered()
	}
}

// FocusLost implements fyne.Focusable.
func (p *press) FocusLost() { p.focused = false; p.paint() }

// TypedRune implements fyne.Focusable. Space presses here and not where its key comes: a
// box that the keyboard then goes to would get the blank.
func (p *press) TypedRune(r rune) {
	p.Keys.touched()
	if r == ' ' {
		p.report()
		return
	}
	if p.Keys.Rune != nil {
		p.Keys.Rune(r)
	}
	p.Keys.settled()
}

// TypedKey implements fyne.Focusable.
func (p *press) TypedKey(ev *fyne.KeyEvent) {
	switch {
	case ev.Name == fyne.KeySpace: // its blank follows
	case ev.Name == fyne.KeyReturn || ev.Name == fyne.KeyEnter:
		p.Keys.touched()
		p.report()
	default:
		p.Keys.key(p.self, ev)
		p.Keys.settled()
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (p *press) TypedShortcut(s fyne.Shortcut) {
	p.Keys.shortcut(s)
	p.Keys.settled()
}
