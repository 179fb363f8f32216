package setup

import (
	"strings"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringside/assist/settings"
	"ringside/ui/widgets"
)

// LAN is how it stands with the door to the phones of the network.
type LAN struct {
	Sentence string
	Good     bool
	Token    string
	Hooks    []Hook   // what to paste into the phones
	Senders  []string // who has told of calls through it
}

// network is the way in for phones and telephone systems of the local network.
type network struct {
	l *line

	on            *widget.Check
	address, from *field
	state, none   *widgets.Text
	senders       *widgets.Text
	token         *paper
	hooks         *hooks
	boxes, all    fyne.CanvasObject
	keyed         fyne.CanvasObject // the token, once there is one
}

// everywhere is where the door listens when no address is named.
const everywhere = ":8765"

func newNetwork(l *line) *network {
	w := &network{l: l, state: widgets.NewText(widgets.Style{}), senders: muted(""), token: newSlip(""), hooks: newHooks(l.p, "Which phone or system?")}
	w.on = widget.NewCheck("Open the door to the network", func(bool) { w.changed() })
	w.address = newField("like 192.168.1.20:8765", w.changed)
	w.from = newField("like 192.168.1.5, 10.0.0.0/8", w.changed)
	w.address.entered, w.from.entered = l.p.reveal, l.p.reveal
	fresh := widget.NewButtonWithIcon("New token", base.ViewRefreshIcon(), func() { call(l.p.OnToken) })
	w.keyed = widgets.Column(8,
		slip(l.p, small("Token"), w.token, func() string { return w.token.whole }),
		widgets.Row(0, nil, fresh), muted("A new token makes the old one worthless: the phones need their lines anew."))
	w.boxes = widgets.Column(8, labelled("Address to listen on", w.address), muted(everywhere+" alone is every address of this computer."),
		labelled("Who may tell, with commas between", w.from), muted("With nobody named, whoever has the token."),
		w.keyed, w.hooks.all, w.senders)
	w.all = part("Phones of the network", "Desk phones and telephone systems that can open an address on a call. This opens a port of this computer to the network; without it nothing is open.",
		w.on, w.state, w.boxes)
	w.show(settings.LAN{})
	w.set(LAN{})
	return w
}

func (w *network) changed() {
	if w.l.lan == nil { // while the page is being made
		return
	}
	w.l.change(func(s *settings.Phone) {
		s.LAN = settings.LAN{On: w.on.Checked, Address: strings.TrimSpace(w.address.Text), From: listed(w.from.Text)}
		if s.LAN.On && s.LAN.Address == "" {
			s.LAN.Address = everywhere
		}
	})
	w.address.show(w.l.p.choices.Settings.Phone.LAN.Address)
}

func (w *network) show(s settings.LAN) {
	w.on.SetChecked(s.On)
	w.address.show(s.Address)
	w.from.show(strings.Join(s.From, ", "))
}

func (w *network) words() {
	setHidden(w.boxes, !w.on.Checked)
	w.state.Hidden = !w.on.Checked
}

func (w *network) set(lan LAN) {
	stands(w.state, lan.Sentence, lan.Good)
	setHidden(w.keyed, lan.Token == "")
	w.token.setText(lan.Token)
	w.hooks.set(lan.Hooks)
	w.senders.SetText("")
	if len(lan.Senders) > 0 {
		w.senders.SetText("Heard from " + strings.Join(lan.Senders, ", ") + ".")
	}
}

// SetLAN says how it stands with the door to the network.
func (p *Page) SetLAN(lan LAN) {
	p.line.lan.set(lan)
	p.arrange()
}
