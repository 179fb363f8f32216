package setup

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist/settings"
	"ringside/ui/widgets"
)

// LAN is how it stands with the door to phones of the network.
type LAN struct {
	Sentence string
	Good     bool
	Hooks    []Hook   // with the addresses to open
	Guests   []string // who has posted, a line each
}

// lanPart is about phones of the network.
type lanPart struct {
	f             *phones
	on            *widget.Check
	address, from *field
	renew         *widget.Button
	state, guests *widgets.Text
	hooks         *hookList
	open          *fyne.Container // what there is while it is on
	all           fyne.CanvasObject
}

func newLANPart(f *phones) *lanPart {
	l := &lanPart{f: f, state: widgets.NewText(widgets.Style{}), guests: muted("")}
	l.on = widget.NewCheck("Let phones of the network tell of calls", func(bool) { l.named() })
	l.address = newField("the port, like :8765", l.named)
	l.from = newField("like 192.168.1.5, 192.168.1.0/24; empty: any that has the token", l.named)
	l.renew = widget.NewButton("New token", func() { call(f.p.OnToken) })
	l.hooks = newHookList(f.p, "Choose your phone")
	l.open = widgets.Column(6, labelled("Listen at", l.address), labelled("Who may post", l.from), l.hooks.all, widgets.Wrapped(8, l.renew), l.guests)
	l.all = part("Phones of the network", "A desk phone or a telephone system can open an address when it rings. This opens a port to your network: it takes news of calls from whoever has the token, and gives nothing away.",
		l.on, l.state, l.open)
	return l
}

func (l *lanPart) chosen() settings.LAN {
	now := settings.LAN{On: l.on.Checked, Address: strings.TrimSpace(l.address.Text), From: listed(l.from.Text)}
	if now.On && now.Address == "" {
		now.Address = usualAddress
	}
	return now
}

// usualAddress is where phones are listened to unless the rep says otherwise.
const usualAddress = ":8765"

func (l *lanPart) show(now settings.LAN) {
	l.on.SetChecked(now.On)
	l.address.show(now.Address)
	l.from.show(strings.Join(now.From, ", "))
	l.open.Hidden = !now.On
}

func (l *lanPart) named() {
	was, next := l.f.p.choices.Settings.Phone.LAN, l.chosen()
	if l.f.p.quiet || was.On == next.On && was.Address == next.Address && slices.Equal(was.From, next.From) {
		return
	}
	l.open.Hidden = !next.On
	l.address.show(next.Address)
	l.f.change(func(p *settings.Phone) { p.LAN = next })
}

func (l *lanPart) set(s LAN) {
	told(l.state, s.Sentence, s.Good)
	l.hooks.set(s.Hooks)
	l.guests.SetText(strings.Join(s.Guests, "\n"))
}
