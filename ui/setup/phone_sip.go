package setup

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist/settings"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// sipPart is about watching the rep's own extension.
type sipPart struct {
	f                                *phones
	server, extension, login, secret *field
	transport                        *widget.Select
	on, register                     *widget.Check
	keep                             *widget.Button
	kept                             bool // a password is kept
	state, where                     *widgets.Text
	all                              fyne.CanvasObject
}

// transports are the ways to a telephone system, as people choose them.
var transports = []string{"UDP", "TCP", "TLS (encrypted)"}

func newSIPPart(f *phones) *sipPart {
	s := &sipPart{f: f, state: widgets.NewText(widgets.Style{}), where: muted("")}
	s.server = newField("like pbx.example or 192.168.1.10:5060", s.named)
	s.extension = newField("like 214", s.named)
	s.login = newField("if it is not the extension", s.named)
	s.secret = newField("", func() { s.buttons() })
	s.secret.Password = true
	s.secret.OnChanged = func(string) { s.buttons() }
	s.transport = widget.NewSelect(transports, func(string) { s.named() })
	s.keep = widget.NewButton("Keep", s.keepSecret)
	s.on = widget.NewCheck("Watch my extension", func(bool) { s.named() })
	s.register = widget.NewCheck("Also sign in as one more phone, to be told of callers that the system hides", func(bool) { s.named() })
	s.all = part("Watch my extension (SIP)", "The telephone system says when your extension rings, is answered and ends. Nothing about how it rings changes.",
		labelled("Server", widgets.Row(8, s.server, s.server, s.transport)),
		labelled("Extension", s.extension), labelled("Login", s.login),
		labelled("Password", widgets.Row(8, s.secret, s.secret, s.keep)), s.where,
		s.on, s.state, s.register,
		widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Amber}, "Some systems allow one phone an extension and would sign yours out for it. Ask the administrator for an extension of its own in your ring group first. It never rings and never answers."))
	s.setSecret("", false)
	return s
}

func (s *sipPart) fields() []*field { return []*field{s.server, s.extension, s.login, s.secret} }

// chosen is what stands in the boxes, and the switches.
func (s *sipPart) chosen() settings.SIP {
	now := s.f.p.choices.Settings.Phone.SIP // what is not on the page stays
	now.Server, now.Extension, now.Login = strings.TrimSpace(s.server.Text), strings.TrimSpace(s.extension.Text), strings.TrimSpace(s.login.Text)
	now.Transport = strings.ToLower(strings.Fields(s.transport.Selected + " udp")[0])
	if now.Transport == "udp" {
		now.Transport = ""
	}
	now.On, now.Register = s.on.Checked && now.Named(), s.register.Checked
	return now
}

func (s *sipPart) show(now settings.SIP) {
	s.server.show(now.Server)
	s.extension.show(now.Extension)
	s.login.show(now.Login)
	s.transport.SetSelected(transports[0])
	for _, t := range transports {
		if now.Transport != "" && strings.HasPrefix(strings.ToLower(t), now.Transport) {
			s.transport.SetSelected(t)
		}
	}
	s.on.SetChecked(now.On)
	s.register.SetChecked(now.Register)
	s.buttons()
}

// named reports what was typed to its end, or switched.
func (s *sipPart) named() {
	s.buttons()
	next := s.chosen()
	if s.f.p.quiet || next == s.f.p.choices.Settings.Phone.SIP {
		return
	}
	if s.on.Checked != next.On { // without a name it cannot stay on
		s.f.p.quiet = true
		s.on.SetChecked(next.On)
		s.f.p.quiet = false
	}
	s.f.change(func(p *settings.Phone) { p.SIP = next })
}

func (s *sipPart) buttons() {
	if named := (settings.SIP{Server: strings.TrimSpace(s.server.Text), Extension: strings.TrimSpace(s.extension.Text)}).Named(); named {
		s.on.Enable()
		s.register.Enable()
	} else {
		s.on.Disable()
		s.register.Disable()
	}
	typed := strings.TrimSpace(s.secret.Text) != ""
	s.keep.SetText("Keep")
	if s.kept && !typed {
		s.keep.SetText("Forget")
	}
	enable(typed || s.kept, s.keep)
}

func (s *sipPart) keepSecret() {
	secret := s.secret.Text
	s.secret.SetText("")
	if s.f.p.OnPassword != nil {
		s.f.p.OnPassword(secret)
	}
}

func (s *sipPart) setSecret(where string, kept bool) {
	s.kept = kept
	s.secret.PlaceHolder = "Of the extension"
	if kept {
		s.secret.PlaceHolder = "A password is kept"
	}
	s.secret.Refresh()
	s.where.SetText(where)
	s.buttons()
}
