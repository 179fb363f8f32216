package team

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// devices are the computers of the team.
type devices struct {
	p       *Page
	box, in *fyne.Container
	rows    map[string]*device
}

func newDevices(p *Page) *devices {
	d := &devices{p: p, in: widgets.Column(12)}
	d.box = section("Devices", "", d.in)
	return d
}

func (d *devices) set(s State) {
	d.box.Hidden = len(s.Devices) == 0 || !s.On()
	list := slices.Clone(s.Devices)
	for i := range list {
		if s.removed() { // it hears of no other any more
			list[i].Here, list[i].Behind = false, 0
		}
	}
	d.rows = rows(d.in, d.rows, list, func(d Device) string { return d.ID }, func() *device { return newDevice(d.p) })
}

// device is one of them.
type device struct {
	p                       *Page
	box                     *fyne.Container
	name, rep, words, clock *widgets.Text
	raise, lower, remove    *ask
	id                      string
}

func newDevice(p *Page) *device {
	d := &device{p: p, name: widgets.NewText(widgets.Style{Bold: true}), rep: widgets.NewText(widgets.Style{}), words: widgets.NewText(widgets.Style{Colour: theme.Muted}),
		clock: widgets.NewText(widgets.Style{Colour: theme.Amber}), raise: newAsk(p, "Make admin…", "Make it an admin’s", "Telling the team…"),
		lower:  newAsk(p, "Admin no more…", "It is no admin’s any more", "Telling the team…"),
		remove: newAsk(p, "Remove…", "Remove it", "Removing: the other desks get a new key…")}
	d.raise.do = func(reply func(error)) { p.acts.SetAdmin(d.id, true, reply) }
	d.lower.do = func(reply func(error)) { p.acts.SetAdmin(d.id, false, reply) }
	d.remove.do = func(reply func(error)) { p.acts.Remove(d.id, reply) }
	words := widgets.Column(2, d.name, d.rep, d.words, d.clock)
	d.box = widgets.Column(6, words, widgets.Wrapped(8, d.raise.open, d.lower.open, d.remove.open), d.raise.asking, d.lower.asking, d.remove.asking)
	return d
}

func (d *device) object() fyne.CanvasObject { return d.box }

func (d *device) set(of Device) {
	d.id = of.ID
	d.name.SetText(of.Name)
	d.rep.SetText(of.Rep)
	if strings.HasPrefix(strings.ToLower(of.Name), strings.ToLower(of.Rep)) {
		d.rep.SetText("") // a desk is called after who sat there when it joined
	}
	d.words.SetText(deviceWords(of, d.p.Now()))
	d.clock.SetText(clockWords(of))
	d.remove.words.SetText("Remove “" + of.Name + "”? It reads nothing that is written from now on. What it has it keeps: that cannot be taken back. What was written on it stays with the team.")
	other := d.p.state.MayGovern && !of.Me && !of.Removed
	d.raise.words.SetText("Who sits at “" + of.Name + "” and is an admin can then decide, too, who is in the team. An admin can remove other admins.")
	d.lower.words.SetText("“" + of.Name + "” stays in the team, and can no more let anybody in or remove them.")
	d.raise.offer(other && !of.Admin)
	d.lower.offer(other && of.Admin)
	d.remove.offer(other)
}
