package live

import (
	"ringside/assist"
)

type newLibrary Library

func (l newLibrary) apply(d *Desk) {
	d.library = Library(l)
	for _, t := range d.all() {
		d.search(t)
		if len(t.prompts) == 0 {
			d.offer(t)
		}
	}
	d.changed = true
}

type newTeam struct {
	me     assist.Rep
	team   []assist.Rep
	region string
}

func (n newTeam) apply(d *Desk) {
	d.cfg.Me, d.cfg.Team, d.cfg.Region = n.me, n.team, n.region
	d.setNames()
	for _, t := range d.all() {
		d.draw(t)
	}
	d.changed = true
}

func (d *Desk) setNames() {
	d.names = map[assist.ID]string{d.cfg.Me.ID: d.cfg.Me.Name}
	for _, r := range d.cfg.Team {
		d.names[r.ID] = r.Name
	}
	delete(d.names, "")
}
