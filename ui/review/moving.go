package review

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// moving is the small box in which the rep types to which day a promise moves. It
// belongs to one promise, whatever row is in front meanwhile.
type moving struct {
	page  *Page
	of    Promise
	entry *widgets.Entry
	reads *widgets.Text
	do    *widget.Button
	box   *fyne.Container
	to    Day
	can   bool // the words name one day, and it can be moved there
}

func newMoving(p *Page) *moving {
	m := &moving{page: p, reads: widgets.NewText(widgets.Style{Colour: theme.Muted})}
	m.entry = widgets.NewEntry("To when? friday 3pm", 1, widgets.Keys{Key: m.key})
	m.entry.OnTyped = func(string) { m.read() }
	m.do = widget.NewButton("Move (Enter)", m.move)
	m.do.Importance = widget.HighImportance
	cancel := widget.NewButton("Leave it (Esc)", m.close)
	m.box = widgets.On(widgets.NewGround(theme.AccentPale, "", 8), widgets.Even(12),
		widgets.Column(8, m.entry, m.reads, widgets.Wrapped(6, m.do, cancel)))
	m.box.Hide()
	return m
}

func (m *moving) key(o fyne.CanvasObject, ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		m.move()
	case fyne.KeyEscape:
		m.close()
	default:
		return widgets.PassKey(o, ev)
	}
	return true
}

// open shows the box for the promise in front.
func (m *moving) open() {
	p, ok := m.page.chosen()
	if !ok || !p.Open() || m.page.hasty(m.page.opt.Now()) {
		return
	}
	m.of = p
	m.entry.SetShown("")
	m.read()
	m.box.Show()
	m.page.split.Read(true)
	m.page.reading.arrange()
	if c := canvasOf(m.page.content); c != nil {
		c.Focus(m.entry)
	}
}

func (m *moving) close() {
	m.hide()
	m.page.toRows()
}

func (m *moving) hide() {
	if m.box.Visible() {
		m.box.Hide()
		m.page.reading.arrange()
	}
}

// read says what the words mean.
func (m *moving) read() {
	m.to = Day{}
	now, tone := m.page.opt.Now(), theme.Muted
	words := strings.TrimSpace(m.entry.Text)
	if words != "" {
		m.to = m.page.opt.ReadDay(words)
	}
	_, err := m.of.Move(m.to.Due, m.to.AllDay, now)
	to := dayAndClock(assist.Promise{Due: m.to.Due, AllDay: m.to.AllDay}, now)
	switch {
	case words == "" && m.of.Due.IsZero():
		m.reads.SetText("No day was named so far.")
	case words == "":
		m.reads.SetText(dueWords(m.of.Promise, now))
	case m.to.Ask != "":
		tone = theme.Amber
		m.reads.SetText(m.to.Ask)
	case m.to.Due.IsZero():
		tone = theme.Amber
		m.reads.SetText("Which day is that? Try “Friday 3pm”, “tomorrow” or “4 December”.")
	case err != nil:
		tone = theme.Late
		m.reads.SetText(say.Capital(to) + ": " + say.Error(err))
	default:
		m.reads.SetText("Moves to " + to + ".")
	}
	m.reads.SetColour(tone)
	if m.can = words != "" && m.to.Ask == "" && err == nil; m.can {
		m.do.Enable()
	} else {
		m.do.Disable()
	}
	m.page.reading.arrange()
}

// move moves the promise as it stands now.
func (m *moving) move() {
	m.read() // the clock has gone on
	now := m.page.opt.Now()
	before, ok := m.page.find(m.of.ID)
	if !m.can || !ok {
		return
	}
	after := before
	q, err := before.Move(m.to.Due, m.to.AllDay, now)
	if err != nil {
		m.reads.SetText(say.Error(err))
		return
	}
	after.Promise = q
	m.hide()
	if !q.Stands(before.Promise) {
		m.page.change(change{before, after, "Moved to " + dayAndClock(q, now) + ": " + firstLine(before.Text)})
	}
	m.page.toRows()
}
