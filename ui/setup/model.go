package setup

import (
	"strings"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringside/assist/settings"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// Leaving is what a model is sent, byte for byte.
type Leaving struct {
	Address  string // where the requests go
	Question string // the body of the request for what a customer says
	Answers  string // the body of the first request about the answers; empty when there are none
}

// model is the part of the settings page about the endpoint that may be asked for
// meaning.
type model struct {
	p *Page

	url, name, key            *field
	keep                      *widget.Button
	on                        *widget.Check
	try, preview              *widget.Button
	keyWords, tried, stands   *widgets.Text
	address                   *widgets.Text
	question, answers         *paper
	leaving, answersPart, all fyne.CanvasObject
	kept                      bool           // a key is kept
	asked                     settings.Model // what the last reply that is awaited is about
	writer                    *writer
}

const seeLeaving, hideLeaving = "See what would leave", "Hide what would leave"

func newModel(p *Page) *model {
	m := &model{p: p}
	m.writer = newWriter(m)
	m.url = newField("like http://localhost:11434/v1", m.named)
	m.name = newField("like nomic-embed-text", m.named)
	m.key = newField("", m.keyTyped)
	m.key.Password = true
	for _, f := range []*field{m.url, m.name, m.key} {
		f.entered = p.reveal
	}
	m.key.OnChanged = func(string) { m.buttons() }
	m.keep = widget.NewButton("Keep", m.keepKey)
	m.on = widget.NewCheck("Also find answers by meaning", m.turned)
	m.try = widget.NewButtonWithIcon("Try it", base.MediaPlayIcon(), m.tryIt)
	m.preview = widget.NewButtonWithIcon(seeLeaving, base.VisibilityIcon(), m.see)
	m.keyWords, m.stands, m.address = muted(""), muted(""), muted("")
	m.tried = widgets.NewText(widgets.Style{})
	m.question, m.answers = newPaper(52), newPaper(180)
	m.answersPart = widgets.Column(6, muted("And the first of the requests about the answers:"), m.answers)
	m.leaving = widgets.On(widgets.NewGround(theme.Raised, theme.Hairline, 8), widgets.Sides(14, 12),
		widgets.Column(6, m.address, muted("When a customer says “Where is my parcel?”, this is sent:"), m.question, m.answersPart))
	m.leaving.Hide()
	m.all = section("Meaning (optional)", "Answers are found by their words, on this machine. A model that knows what words mean finds those, too, that share no word with the question. You name the model; nothing is sent before you switch it on, or try it.",
		widgets.Column(4,
			widgets.Say(widgets.Style{Bold: true}, "What leaves this machine when it is on"),
			muted("• What you type in “What does the customer say?”, when you pause: as you typed it, without long numbers and e-mail addresses."),
			muted("• The titles, wordings and texts of the library’s answers, once and after a change."),
			muted("Cards, calls, notes and promises stay here. A name leaves only if you type it into that box.")),
		widgets.Column(10,
			labelled("Address of the endpoint", m.url),
			labelled("Model for embeddings", m.name),
			labelled("Key", widgets.Row(8, m.key, m.key, m.keep))),
		m.keyWords, m.on, m.stands,
		widgets.Wrapped(8, m.try, m.preview), m.tried, m.leaving)
	m.setKey("", false)
	return m
}

func labelled(name string, o fyne.CanvasObject) fyne.CanvasObject {
	return widgets.Column(2, small(name), o)
}

// settings is what stands in the boxes, and the switches.
func (m *model) settings() settings.Model {
	s := settings.Model{On: m.on.Checked, URL: strings.TrimSpace(m.url.Text), Embeddings: strings.TrimSpace(m.name.Text)}
	s.On = s.On && s.Named()
	m.writer.fill(&s)
	return s
}

// show shows what is chosen; boxes that are being typed into keep what is in them.
func (m *model) show(s settings.Model) {
	m.url.show(s.URL)
	m.name.show(s.Embeddings)
	m.on.SetChecked(s.On)
	m.writer.show(s)
	m.buttons()
}

// buttons offers what can be done with what is in the boxes.
func (m *model) buttons() {
	enable(m.settings().Named(), m.try, m.preview)
	if m.settings().Named() {
		m.on.Enable()
	} else {
		m.on.Disable()
	}
	m.keep.SetText("Keep")
	typed := strings.TrimSpace(m.key.Text) != ""
	if m.kept && !typed {
		m.keep.SetText("Forget")
	}
	enable(typed || m.kept, m.keep)
	m.writer.buttons(m.settings())
}

func enable(on bool, buttons ...*widget.Button) {
	for _, b := range buttons {
		if on {
			b.Enable()
		} else {
			b.Disable()
		}
	}
}

// named reports an address or a model's name that was typed to its end.
func (m *model) named() {
	m.buttons()
	next, was := m.settings(), m.p.choices.Settings.Model
	if m.p.quiet || next == was {
		return
	}
	if next.URL != was.URL || next.Embeddings != was.Embeddings {
		m.hide()
		m.setTried("", true)
	}
	if placeOf(next) != placeOf(was) {
		m.writer.moved()
	}
	m.p.quiet = true
	m.on.SetChecked(next.On) // without a name it cannot stay on
	m.writer.on.SetChecked(next.Writes)
	m.p.quiet = false
	m.p.change(func(s *settings.Machine) { s.Model = next })
}

// turned reports a switch. What is still being typed counts.
func (m *model) turned(bool) {
	if next := m.settings(); next != m.p.choices.Settings.Model {
		m.p.change(func(s *settings.Machine) { s.Model = next })
	}
}

// keyTyped is told when the box is left: a key is kept by its button or Enter only.
func (m *model) keyTyped() { m.buttons() }

func (m *model) keepKey() {
	key := strings.TrimSpace(m.key.Text)
	m.key.SetText("")
	if m.p.OnKey != nil {
		m.p.OnKey(key)
	}
}

func (m *model) setKey(where string, kept bool) {
	m.kept = kept
	m.key.PlaceHolder = "If it needs one"
	if kept {
		m.key.PlaceHolder = "A key is kept"
	}
	m.key.Refresh()
	m.keyWords.SetText(where)
	m.buttons()
}

func (m *model) tryIt() {
	m.named()
	m.asked = m.settings()
	m.setTried("Asking…", true)
	enable(false, m.try)
	m.p.arrange()
	m.p.reveal(m.tried)
	if m.p.OnTry != nil {
		m.p.OnTry(m.settings())
	}
}

func (m *model) setTried(sentence string, good bool) {
	m.tried.SetText(sentence)
	m.tried.SetColour(theme.Good)
	if !good {
		m.tried.SetColour(theme.Late)
	}
	m.buttons()
}

// late reports whether a reply is about another endpoint than the boxes name by now.
func (m *model) late() bool {
	now := m.settings()
	return m.asked.Named() && (now.URL != m.asked.URL || now.Embeddings != m.asked.Embeddings)
}

// see shows what would leave, or hides it.
func (m *model) see() {
	if m.leaving.Visible() {
		m.hide()
		m.p.arrange()
		return
	}
	m.named()
	m.asked = m.settings()
	if m.p.OnPreview != nil {
		m.p.OnPreview(m.settings())
	}
}

func (m *model) hide() {
	m.leaving.Hide()
	m.preview.SetText(seeLeaving)
}

func (m *model) setLeaving(l Leaving) {
	m.address.SetText("To " + l.Address + ", with your key in the head of the request, if there is one.")
	m.question.setText(l.Question)
	m.answers.setText(l.Answers)
	m.answersPart.Show()
	if l.Answers == "" {
		m.answersPart.Hide()
	}
	m.setTried("", true)
	m.leaving.Show()
	m.preview.SetText(hideLeaving)
}

// field is a box of one line that says when it has been filled: on Enter, or when it
// loses the keyboard.
type field struct {
	widget.Entry
	onLeft  func()
	entered func(fyne.CanvasObject) // the keyboard has come; nil: nobody wants to know
	focused bool
}

func newField(hint string, onLeft func()) *field {
	f := &field{onLeft: onLeft}
	f.PlaceHolder = hint
	f.OnSubmitted = func(string) { onLeft() }
	f.ExtendBaseWidget(f)
	return f
}

func (f *field) show(text string) {
	if !f.focused && f.Text != text {
		f.SetText(text)
	}
}

// FocusGained implements fyne.Focusable.
func (f *field) FocusGained() {
	f.focused = true
	f.Entry.FocusGained()
	if f.entered != nil {
		f.entered(f)
	}
}

// FocusLost implements fyne.Focusable.
func (f *field) FocusLost() {
	f.focused = false
	f.Entry.FocusLost()
	f.onLeft()
}

// TypedKey implements fyne.Focusable.
func (f *field) TypedKey(ev *fyne.KeyEvent) {
	if !widgets.PassKey(f, ev) {
		f.Entry.TypedKey(ev)
	}
}
