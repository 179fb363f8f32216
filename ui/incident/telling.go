package incident

import (
	"context"
	"slices"
	"time"

	"ringside/assist"
	"ringside/ui/async"
)

// told is one customer who has heard the latest of an incident.
type told struct{ incident, customer assist.ID }

// telling are those who were told here and whose record is being kept, one at a time in
// the order in which they were told.
type telling []told

// over marks those in a list that was read before their record was kept.
func (t telling) over(incident assist.ID, list []Person, now time.Time) {
	for i, q := range list {
		if slices.Contains(t, told{incident, q.Customer}) {
			list[i].Knows, list[i].Told = true, now
		}
	}
}

// of returns those of one incident.
func (t telling) of(incident assist.ID) map[assist.ID]bool {
	out := map[assist.ID]bool{}
	for _, x := range t {
		if x.incident == incident {
			out[x.customer] = true
		}
	}
	return out
}

// tell marks the person in front as told, and goes to the next who is not.
func (l *people) tell() {
	now, at := l.page.opt.Now(), l.rows.Chosen()
	q, ok := l.marked()
	if since := now.Sub(l.stirred); !ok || q.Knows || since >= 0 && since < haste {
		return
	}
	l.stirred = now
	l.list[at].Knows, l.list[at].Told = true, now
	l.moved[q.Customer] = true
	if r := l.page.find(l.of.ID); r != nil {
		r.Told++
	}
	l.rows.Refresh()
	next := slices.IndexFunc(l.list[at:], func(q Person) bool { return !q.Knows })
	if next >= 0 {
		l.rows.SetChosen(at + next)
	} else {
		l.mark()
	}
	l.page.refused = nil
	l.page.sayTrouble(nil)
	l.page.reline()
	l.page.reading.show(l.page.chosen())
	l.page.telling = append(l.page.telling, told{l.of.ID, q.Customer})
	if len(l.page.telling) == 1 {
		l.page.keepTold()
	}
}

// keepTold keeps the first of those who were told, and goes on with the next.
func (p *Page) keepTold() {
	t := p.telling[0]
	async.Go(p.opt.Post, func(ctx context.Context) error { return p.opt.Source.Tell(ctx, t.incident, t.customer) }, func(err error) {
		p.telling = p.telling[1:]
		p.acts++
		if err != nil {
			p.refused, p.stale = err, true
			p.sayTrouble(nil)
		}
		switch {
		case len(p.telling) > 0:
			p.keepTold()
		case p.stale:
			p.Reload()
		}
	})
}
