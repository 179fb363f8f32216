// Package lock is what a locked Ringside shows: that it is locked, that the phone rings, and
// a box for the words that open it. Nothing of any customer is on it.
package lock

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/panes"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// Page is the page of a locked window. Its methods are for the window's goroutine.
type Page struct {
	OnUnlock func(words string) // "" where no words are needed

	words                *widget.Entry // nil where none are needed
	open                 *widget.Button
	said, trouble, rings *widgets.Text
	column               *fyne.Container
	object               fyne.CanvasObject
}

// New returns a page. why says in a sentence why it is locked; needsWords, that a passphrase
// or a recovery code opens it, else a press does.
func New(title, why string, needsWords bool) *Page {
	p := &Page{said: widgets.Say(widgets.Style{Colour: theme.Muted}, why), trouble: widgets.NewText(widgets.Style{Colour: theme.Late}),
		rings: widgets.NewText(widgets.Style{Size: theme.Title, Bold: true, Colour: theme.Accent})}
	p.open = widget.NewButton("Unlock", p.unlock)
	p.open.Importance = widget.HighImportance
	p.column = widgets.Column(14, widgets.Say(widgets.Style{Size: theme.Display, Bold: true}, title), p.rings, p.said)
	if needsWords {
		p.words = widget.NewPasswordEntry()
		p.words.SetPlaceHolder("Passphrase or recovery code")
		p.words.OnSubmitted = func(string) { p.unlock() }
		p.column.Add(p.words)
	}
	p.column.Add(widgets.Row(0, nil, p.open))
	p.column.Add(p.trouble)
	p.object = panes.Centred(panes.Most(560, widgets.Pad(widgets.Sides(24, 40), p.column)))
	return p
}

func (p *Page) unlock() {
	if p.open.Disabled() || p.OnUnlock == nil {
		return
	}
	words := ""
	if p.words != nil {
		if words = p.words.Text; words == "" {
			return
		}
	}
	p.SetBusy(true)
	p.OnUnlock(words)
}

// Object returns what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Focus gives the keyboard to the box; where there is none, Enter and the space bar of the
// canvas press the button.
func (p *Page) Focus(c fyne.Canvas) {
	if p.words != nil {
		c.Focus(p.words)
		return
	}
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) {
		if ev.Name == fyne.KeyReturn || ev.Name == fyne.KeyEnter || ev.Name == fyne.KeySpace {
			p.unlock()
		}
	})
}

// SetBusy takes the button away while the words are tried.
func (p *Page) SetBusy(busy bool) {
	if busy {
		p.open.Disable()
		p.said.SetText("One moment…")
	} else {
		p.open.Enable()
		p.said.SetText("")
	}
	widgets.Arrange(p.column)
}

// SetTrouble says in a sentence why the words did not open it, and lets others be tried.
func (p *Page) SetTrouble(sentence string) {
	p.SetBusy(false)
	p.trouble.SetText(sentence)
	if p.words != nil {
		p.words.SetText("")
	}
	widgets.Arrange(p.column)
}

// SetRinging says whether the phone rings. It does not say who: anybody may be looking.
func (p *Page) SetRinging(rings bool) {
	words := ""
	if rings {
		words = "The phone rings."
	}
	p.rings.SetText(words)
	widgets.Arrange(p.column)
}
