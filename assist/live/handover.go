package live

import (
	"slices"

	"ringside/assist/compose"
)

// handOver makes the words for a colleague who takes the call over, or takes them away.
// They follow what is typed.
func (d *Desk) handOver(t *talk, u PaperUse) {
	if t.idle() || t.passing == u.Make {
		return
	}
	t.passing = u.Make
	d.changed = true
}

func (d *Desk) handOverOf(t *talk) string {
	if !t.passing {
		return ""
	}
	return compose.HandOver(d.passingOf(t), d.name, d.now())
}

// passingOf is what is known of the call for somebody who was not in it.
func (d *Desk) passingOf(t *talk) compose.Passing {
	p := compose.Passing{Profile: t.profile, By: d.cfg.Me.Name, Call: t.call, Note: t.note, Made: t.made,
		Heard: slices.Clone(t.before)}
	if !t.number.Withheld {
		p.Caller = t.number.Show()
	}
	if t.heard != "" && !slices.Contains(p.Heard, t.heard) {
		p.Heard = append(p.Heard, t.heard)
	}
	for _, u := range t.call.Used {
		if !u.Said || d.library.Index == nil {
			continue
		}
		if a, ok := d.library.Index.Answer(u.Answer); ok {
			p.Told = append(p.Told, a.Title)
		}
	}
	return p
}

// disturb lets rings come to the front again, or keeps them beside what is there. Who
// still rings when they may come again, comes.
func (d *Desk) disturb() {
	d.undisturbed = !d.undisturbed
	d.changed = true
	if d.undisturbed {
		return
	}
	for _, t := range d.talks {
		if t.rings() && t != d.front {
			d.place(t)
		}
	}
}
