package call

import (
	"strings"
	"unicode"

	"fyne.io/fyne/v2"

	"ringside/assist/glance"
	"ringside/assist/live"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// callers is a box in which a rep types who is on the line, a number or a name, and
// the customers whom that finds.
type callers struct {
	p     *Page
	box   *fyne.Container
	entry *widgets.Entry
	list  *widgets.FindList
	hint  *widgets.Text
}

func newCallers(p *Page, ask, key string) *callers {
	c := &callers{p: p, hint: widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 2})}
	keys := p.keys()
	keys.Cards = nil // it is for phone numbers
	c.entry = widgets.NewEntry(ask, 1, keys)
	c.entry.OnTyped = func(s string) {
		if strings.TrimSpace(s) == "" {
			s = " "
		}
		p.desk.Use(live.Use{People: s})
	}
	c.list = widgets.NewFindList(p.keys(), false)
	c.list.OnOpen = func(f glance.Found) {
		c.clear()
		p.top.showFind(false)
		p.desk.Use(live.Use{Found: live.FoundUse{Type: f.Type, ID: f.ID, Call: true}})
		p.unfocus()
	}
	name := widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 1}, key)
	name.Hidden = key == ""
	c.box = widgets.Column(theme.Grid, widgets.Row(2*theme.Grid, c.entry, c.entry, name), c.list, c.hint)
	c.set(live.View{})
	return c
}

// clear empties the box, and has the desk forget who was found.
func (c *callers) clear() {
	if c.entry.Text != "" {
		c.entry.SetShown("")
		c.p.desk.Use(live.Use{People: " "})
	}
}

// set shows who was found by the words in the box. A name marks the first of them; a
// number, which may be anybody's, none.
func (c *callers) set(v live.View) {
	people := v.People
	if people.For != c.entry.Text || people.For == "" {
		people = live.People{}
	}
	c.list.SetFinds(people.Found, v.At)
	mark := -1
	c.hint.SetText("")
	if c.list.Len() > 0 && digits(people.For) < 3 {
		mark = 0
		c.hint.SetText("Enter: the marked one   ·   Up, then Enter: somebody new")
	} else if c.list.Len() > 0 {
		c.hint.SetText("Enter: the number   ·   Down, then Enter: this customer")
	}
	c.list.Select(mark)
}

// key moves the mark, and starts the call with the marked customer or with what was
// typed.
func (c *callers) key(at fyne.CanvasObject, ev *fyne.KeyEvent) bool {
	if at != c.entry {
		return false
	}
	switch ev.Name {
	case fyne.KeyDown:
		c.list.Select(c.list.Selected() + 1)
	case fyne.KeyUp:
		c.list.Select(c.list.Selected() - 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		c.start()
	default:
		return false
	}
	return true
}

func (c *callers) start() {
	if c.list.Selected() >= 0 && c.p.view.People.For == c.entry.Text {
		c.list.Open(c.list.Selected())
		return
	}
	c.p.StartCall(c.entry.Text)
}

func digits(s string) (n int) {
	for _, r := range s {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}
