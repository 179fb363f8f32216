package widgets

import (
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"ringside/assist/mask"
	"ringside/ui/cards"
)

// Keys is who hears of keys before the widget that has the focus. A nil func
// hears nothing. Each returns true when the key was for it: the widget then does
// not get it.
//
// Fyne gives a shortcut to the focused widget only, and never to the canvas
// then; so every widget of ours that can have the focus asks its Keys first.
type Keys struct {
	Shortcut func(fyne.Shortcut) bool
	Key      func(fyne.CanvasObject, *fyne.KeyEvent) bool
	// Rune is asked only while nothing that is typed into has the focus.
	Rune func(rune) bool
	// Touched tells that a real key or button was pressed.
	Touched func()
	// Settled tells that all has been done that the key or the press does.
	Settled func()
	// Cards hides payment cards in what is typed; nil: nobody does.
	Cards *cards.Cards
}

func (k Keys) shortcut(s fyne.Shortcut) bool {
	k.touched()
	return k.Shortcut != nil && k.Shortcut(s)
}

func (k Keys) key(o fyne.CanvasObject, ev *fyne.KeyEvent) bool {
	k.touched()
	return k.Key != nil && k.Key(o, ev)
}

func (k Keys) touched() {
	if k.Touched != nil {
		k.Touched()
	}
}

func (k Keys) settled() {
	if k.Settled != nil {
		k.Settled()
	}
}

// PassKey is a Keys.Key for boxes that have no keys of their own: it gives the keys
// of the whole window to the window.
func PassKey(o fyne.CanvasObject, ev *fyne.KeyEvent) bool {
	if ev.Name != fyne.KeyF1 {
		return false
	}
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c == nil || c.OnTypedKey() == nil {
		return false
	}
	c.OnTypedKey()(ev)
	return true
}

// Entry is a box to type in that passes on the keys that are not for it.
type Entry struct {
	widget.Entry
	Keys Keys
	// OnTyped reports every change that is not SetShown's.
	OnTyped func(string)
	// Most is how many letters it takes; 0: any number. A box of one line takes 1,000
	// at first: graphics cards paint nothing of a line that is much longer. OnFull is called when more
	// were typed or pasted.
	Most   int
	OnFull func()
	// OnEntered is called when the keyboard has come; nil: nobody wants to know.
	OnEntered func()
	// First is asked about a letter typed into the empty box; true keeps it out.
	First func(rune) bool

	quiet   bool
	focused bool
	told    string // what was reported or shown last
}

const longestLine = 1000 // letters

// NewEntry returns an Entry with a hint of what to type. rows above 1 make it an
// Entry of several wrapped lines.
func NewEntry(hint string, rows int, keys Keys) *Entry {
	e := &Entry{Keys: keys, Most: longestLine}
	e.PlaceHolder = hint
	if rows > 1 {
		e.MultiLine, e.Wrapping, e.Most = true, fyne.TextWrapWord, 0
		e.SetMinRowsVisible(rows)
	}
	e.OnChanged = func(s string) {
		if e.over() == "" && !e.quiet {
			e.tell(mask.Hide(s, e.Keys.Cards.Find(s, true)))
		}
	}
	e.ExtendBaseWidget(e)
	e.MinSize() // makes its inside, without which Fyne cannot move the cursor
	return e
}

func (e *Entry) tell(s string) {
	if e.told = s; e.OnTyped != nil {
		e.OnTyped(s)
	}
}

// Empty reports whether nothing is typed.
func (e *Entry) Empty() bool { return e.Text == "" }

// SetShown replaces the text without reporting it, with the cursor at its end.
func (e *Entry) SetShown(text string) {
	if e.Text != text {
		e.Keys.Cards.Left(e)
		e.quiet = true
		e.SetText(text)
		e.quiet = false
	}
	e.told = text
	e.toEnd()
}

// SetTyped replaces the text and reports it, as if it had been typed.
func (e *Entry) SetTyped(text string) {
	e.SetText(text)
	e.toEnd()
	e.changed(false)
}

// Content implements cards.Box.
func (e *Entry) Content() (text string, behind int) {
	return e.Text, utf8.RuneCountInString(e.Text) - e.CursorTextOffset()
}

// Replace implements cards.Box.
func (e *Entry) Replace(text string, behind int) {
	e.quiet = true
	e.SetText(text)
	e.quiet = false
	e.toEnd()
	for range behind {
		e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	}
	if e.Text != e.told {
		e.tell(e.Text)
	}
}

// changed deals with what Fyne has put in: what is too much is taken away, and cards are
// hidden. Who is typing may be in the midst of a number.
func (e *Entry) changed(typing bool) {
	e.cut()
	if !e.quiet {
		e.Keys.Cards.Hide(e, typing)
	}
}

// over returns the letters that are too many.
func (e *Entry) over() string {
	if e.Most == 0 || len(e.Text) <= e.Most {
		return ""
	}
	at := 0
	for i := range e.Text {
		if at++; at > e.Most {
			return e.Text[i:]
		}
	}
	return ""
}

// cut takes away what is too much, after Fyne has put it in.
func (e *Entry) cut() {
	rest := e.over()
	if rest == "" || e.quiet {
		return
	}
	e.quiet = true
	e.SetText(strings.TrimSuffix(e.Text, rest))
	e.quiet = false
	e.toEnd()
	if e.Text != e.told {
		e.tell(e.Text)
	}
	if e.OnFull != nil {
		e.OnFull()
	}
}

// toEnd puts the cursor behind the last letter. PageDown does so for wrapped
// lines too, whose count only Fyne knows.
func (e *Entry) toEnd() {
	e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
}

// ToTop puts the cursor before the first letter, so that a text is read from its
// beginning.
func (e *Entry) ToTop() {
	e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageUp})
}

// Focused reports whether the box has the keyboard.
func (e *Entry) Focused() bool { return e.focused }

// FocusGained implements fyne.Focusable.
func (e *Entry) FocusGained() {
	e.focused = true
	e.Entry.FocusGained()
	if e.OnEntered != nil {
		e.OnEntered()
	}
}

// FocusLost implements fyne.Focusable.
func (e *Entry) FocusLost() {
	e.focused = false
	e.Entry.FocusLost()
	e.changed(false)
}

// TypedRune implements fyne.Focusable.
func (e *Entry) TypedRune(r rune) {
	e.Keys.touched()
	if e.Text != "" || e.First == nil || !e.First(r) {
		e.Entry.TypedRune(r)
		e.changed(true)
	}
	e.Keys.settled()
}

// TypedKey implements fyne.Focusable.
func (e *Entry) TypedKey(ev *fyne.KeyEvent) {
	if !e.Keys.key(e, ev) {
		e.Entry.TypedKey(ev)
		e.changed(true)
	}
	e.Keys.settled()
}

// TypedShortcut implements fyne.Shortcutable.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if !e.Keys.Cards.Takes(e, s) && !e.Keys.shortcut(s) {
		e.Entry.TypedShortcut(s)
		e.changed(false)
	}
	e.Keys.settled()
}

// MouseDown implements desktop.Mouseable.
func (e *Entry) MouseDown(ev *desktop.MouseEvent) {
	e.Keys.touched()
	e.Entry.MouseDown(ev)
}

// AcceptsTab implements fyne.Tabbable: Tab goes to the next box, here too.
func (e *Entry) AcceptsTab() bool { return false }
