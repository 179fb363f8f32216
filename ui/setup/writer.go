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

// Sent is a request to a model that writes, byte for byte.
type Sent struct {
	Address string // where it goes
	Body    string
}

// writer is the part of the settings page about the model that polishes drafts. It is
// asked at the endpoint that model names. It cannot be switched on before the rep has
// seen what is sent to it.
type writer struct {
	m *model

	name               *field
	on                 *widget.Check
	try, preview       *widget.Button
	first, stands      *widgets.Text // what has to be done first; how it stands
	came, tried, where *widgets.Text
	body               *paper
	sent, all          fyne.CanvasObject
	asked              place // what the last reply that is awaited is about
	seen               place // what the rep has seen requests to
}

// place is one model of one endpoint.
type place struct{ url, name string }

func placeOf(s settings.Model) place { return place{s.URL, s.Writer} }

const seeSent, hideSent = "Show what is sent", "Hide what is sent"

func newWriter(m *model) *writer {
	w := &writer{m: m}
	w.name = newField("like llama3.2 or gpt-5-mini", m.named)
	w.name.entered = m.p.reveal
	w.on = widget.NewCheck("Let it polish what I write", m.turned)
	w.try = widget.NewButtonWithIcon("Let it write", base.MediaPlayIcon(), w.tryIt)
	w.preview = widget.NewButtonWithIcon(seeSent, base.VisibilityIcon(), w.see)
	w.first, w.stands, w.where = muted(""), muted(""), muted("")
	w.came, w.tried = widgets.NewText(widgets.Style{}), widgets.NewText(widgets.Style{})
	w.body = newPaper(120)
	w.sent = widgets.On(widgets.NewGround(theme.Raised, theme.Hairline, 8), widgets.Sides(14, 12),
		widgets.Column(6, w.where, muted("When you let it write here, this is sent. A draft goes the same way, in place of the sentence about the parcel:"), w.body))
	w.sent.Hide()
	w.all = section("Polish what I write (optional)", "Your drafts are made by rule, on this machine. A model that writes may put a friendlier wording beside a draft, which stays as it is. It is asked at the endpoint named above, with the same key.",
		widgets.Column(4,
			widgets.Say(widgets.Style{Bold: true}, "What leaves this machine when it is on"),
			muted("• The draft that is polished, and the facts that stand beside it. Names, numbers, e-mail and postal addresses are replaced before it leaves, and put back here.")),
		labelled("Model that writes", w.name),
		widgets.Wrapped(8, w.try, w.preview), w.came, w.tried, w.sent,
		w.on, w.first, w.stands)
	return w
}

// fill sets what stands in the box, and the switch, in settings that name the endpoint.
func (w *writer) fill(s *settings.Model) {
	s.Writer = strings.TrimSpace(w.name.Text)
	s.Writes = w.on.Checked && w.may(*s)
}

// may reports whether it may be switched on.
func (w *writer) may(s settings.Model) bool { return s.WriterNamed() && w.seen == placeOf(s) }

// show shows what is chosen. What is on was seen once.
func (w *writer) show(s settings.Model) {
	w.name.show(s.Writer)
	if s.Writes {
		w.seen = placeOf(s)
	}
	w.on.SetChecked(s.Writes)
}

// buttons offers what can be done with what is in the boxes.
func (w *writer) buttons(s settings.Model) {
	enable(s.WriterNamed(), w.try, w.preview)
	first := ""
	switch {
	case !s.WriterNamed():
		first = "Name the endpoint and the model that writes first."
	case !w.may(s):
		first = "Look at what is sent first; then you can switch it on."
	}
	w.first.SetText(first)
	if first == "" {
		w.on.Enable()
	} else {
		w.on.Disable()
	}
}

// moved takes away what was said about another endpoint or model.
func (w *writer) moved() {
	w.hide()
	w.came.SetText("")
	w.setTried("", true)
}

func (w *writer) tryIt() {
	w.m.named()
	s := w.m.settings()
	w.asked = placeOf(s)
	w.came.SetText("")
	w.setTried("Asking…", true)
	enable(false, w.try)
	w.m.p.arrange()
	w.m.p.reveal(w.tried)
	if w.m.p.OnTryWriter != nil {
		w.m.p.OnTryWriter(s)
	}
}

func (w *writer) setTried(sentence string, good bool) {
	w.tried.SetText(sentence)
	w.tried.SetColour(theme.Good)
	if !good {
		w.tried.SetColour(theme.Late)
	}
	w.m.buttons()
}

// late reports whether a reply is about another model than the boxes name by now.
func (w *writer) late() bool { return w.asked != (place{}) && w.asked != placeOf(w.m.settings()) }

// see shows what is sent, or hides it.
func (w *writer) see() {
	if w.sent.Visible() {
		w.hide()
		w.m.p.arrange()
		return
	}
	w.m.named()
	s := w.m.settings()
	w.asked = placeOf(s)
	if w.m.p.OnPreviewWriter != nil {
		w.m.p.OnPreviewWriter(s)
	}
}

func (w *writer) hide() {
	w.sent.Hide()
	w.preview.SetText(seeSent)
}

func (w *writer) setSent(s Sent) {
	w.where.SetText("To " + s.Address + ", with your key in the head of the request, if there is one.")
	w.body.setText(s.Body)
	w.sent.Show()
	w.preview.SetText(hideSent)
	w.seen = placeOf(w.m.settings())
	w.setTried("", true)
}
