package setup

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist/settings"
	"ringside/ui/widgets"
)

// extension is the way in by watching the rep's own extension at a telephone system.
type extension struct {
	l *line

	on, register                     *widget.Check
	server, number, login            *field
	transport                        *widget.Select
	password                         *field
	keep                             *widget.Button
	passwordWords, state, incomplete *widgets.Text
	kept                             bool // a password is kept
	boxes, all                       fyne.CanvasObject
}

func newExtension(l *line) *extension {
	w := &extension{l: l, passwordWords: muted(""), incomplete: muted("It begins when the server and the extension have a name."),
		state: widgets.NewText(widgets.Style{})}
	w.on = widget.NewCheck("Watch my extension", func(bool) { w.changed() })
	w.register = widget.NewCheck("Also sign in as one more phone", func(bool) { w.changed() })
	w.server = newField("like pbx.example", w.changed)
	w.number = newField("As on your own phone, like 214", w.changed)
	w.login = newField("Only if it is another name", w.changed)
	w.transport = widget.NewSelect([]string{"UDP", "TCP", "TLS"}, func(string) { w.changed() })
	w.password = newField("", w.buttons)
	w.password.Password = true
	w.password.OnChanged = func(string) { w.buttons() }
	for _, f := range []*field{w.server, w.number, w.login, w.password} {
		f.entered = l.p.reveal
	}
	w.keep = widget.NewButton("Keep", w.keepPassword)
	w.boxes = widgets.Column(8,
		labelled("Server", w.server), labelled("Carried by", w.transport),
		labelled("Extension", w.number), labelled("Login", w.login),
		labelled("Password", widgets.Row(8, w.password, w.password, w.keep)), w.passwordWords,
		widgets.Column(2, w.register,
			muted("For systems that do not say who calls. It never rings. Some systems allow an extension one phone only, and would throw your own phone off: take another extension, of the same ring group.")))
	w.all = part("Watch my extension (SIP)", "Ringside asks your telephone system what your extension is doing, as the lamp of a desk phone does.",
		w.on, w.incomplete, w.state, w.boxes)
	w.setPassword("", false)
	return w
}

// chosen is what stands in the boxes, and the switches.
func (w *extension) chosen(was settings.SIP) settings.SIP {
	s := was
	s.Server, s.Extension, s.Login = strings.TrimSpace(w.server.Text), strings.TrimSpace(w.number.Text), strings.TrimSpace(w.login.Text)
	s.Transport = strings.ToLower(w.transport.Selected)
	if s.Transport == "udp" {
		s.Transport = ""
	}
	s.Register = w.register.Checked
	s.On = w.on.Checked && s.Named()
	return s
}

func (w *extension) changed() {
	if w.l.sip != nil { // not while the page is being made
		w.l.change(func(s *settings.Phone) { s.SIP = w.chosen(s.SIP) })
	}
}

// show shows what is chosen. A switch that waits for names stays on.
func (w *extension) show(s settings.SIP) {
	w.server.show(s.Server)
	w.number.show(s.Extension)
	w.login.show(s.Login)
	name := strings.ToUpper(s.Transport)
	if !slices.Contains(w.transport.Options, name) {
		name = "UDP"
	}
	w.transport.SetSelected(name)
	w.register.SetChecked(s.Register)
	w.on.SetChecked(s.On || w.on.Checked && !s.Named())
}

func (w *extension) words() {
	setHidden(w.boxes, !w.on.Checked)
	on := w.l.p.choices.Settings.Phone.SIP.On
	w.incomplete.Hidden = !w.on.Checked || on
	w.state.Hidden = !on
}

func (w *extension) buttons() {
	typed := w.password.Text != ""
	w.keep.SetText("Keep")
	if w.kept && !typed {
		w.keep.SetText("Forget")
	}
	enable(typed || w.kept, w.keep)
}

func (w *extension) keepPassword() {
	password := w.password.Text
	w.password.SetText("")
	if w.l.p.OnPassword != nil {
		w.l.p.OnPassword(password)
	}
}

func (w *extension) setPassword(where string, kept bool) {
	w.kept = kept
	w.password.PlaceHolder = "The extension’s password"
	if kept {
		w.password.PlaceHolder = "A password is kept"
	}
	w.password.Refresh()
	w.passwordWords.SetText(where)
	w.buttons()
}

// SetSIP says how it stands with watching the extension.
func (p *Page) SetSIP(sentence string, good bool) {
	stands(p.line.sip.state, sentence, good)
	p.arrange()
}

// SetPassword says where the extension's password is kept, and whether there is one.
func (p *Page) SetPassword(where string, kept bool) {
	p.line.sip.setPassword(where, kept)
	p.arrange()
}
