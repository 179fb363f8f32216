package live

import (
	"slices"
	"strings"

	"ringside/assist"
	"ringside/assist/insight"
	"ringside/assist/phone"
	"ringside/assist/settings"
)

type newLibrary Library

func (l newLibrary) apply(d *Desk) {
	before := d.library.Flags
	d.library = Library(l)
	d.setGuide()
	d.offerFrank()
	d.forgetLearnt()
	d.forgetSettled(before)
	for _, t := range d.all() {
		d.dropSettled(t, before)
		if !t.moved { // a list that the rep has moved to stays as it is
			d.search(t)
		}
		d.fillAnswers(t)
		d.advise(t)
	}
	d.changed = true
}

// newReview says who has the last word on a new wording.
type newReview bool

func (n newReview) apply(d *Desk) { d.review = bool(n) }

// newPhone says which calls are for this desk.
type newPhone settings.Phone

func (n newPhone) apply(d *Desk) {
	d.phone = settings.Phone(n)
	d.mine = phone.NewMine(d.phone, d.cfg.Region)
}

// newOff says what the rep has switched off.
type newOff settings.Off

func (o newOff) apply(d *Desk) {
	if slices.Equal(d.off.Moves, o.Moves) && d.off.Frank == o.Frank {
		return
	}
	d.off = settings.Off(o)
	d.setGuide()
	d.offerFrank()
	for _, t := range d.talks {
		d.advise(t)
	}
}

type newTeam struct {
	me     assist.Rep
	team   []assist.Rep
	region string
}

func (n newTeam) apply(d *Desk) {
	moved := n.region != d.cfg.Region
	d.cfg.Me, d.cfg.Team, d.cfg.Region = n.me, n.team, n.region
	d.mine = phone.NewMine(d.phone, n.region)
	d.setNames()
	d.setGuide()
	d.lookForFrank()
	for _, t := range d.all() {
		if moved {
			d.readNumber(t)
		}
		d.draw(t)
		d.advise(t)
	}
	d.changed = true
}

// readNumber reads the number of a call in the region that is known by now: the
// phone may have rung before the settings were read.
func (d *Desk) readNumber(t *talk) {
	n := phone.Parse(t.ring.From, d.cfg.Region)
	if t.idle() || t.number.Withheld || slices.Equal(n.Keys(), t.number.Keys()) {
		return
	}
	t.number = n
	if t.ring.ID == "" && len(t.keys) > 0 {
		t.keys = with(t.keys, keyOf(t.ring, n))
	}
	if t.call.Customer == "" {
		d.lookUp(t, true)
	}
}

func (d *Desk) setNames() {
	d.names = map[assist.ID]string{d.cfg.Me.ID: d.cfg.Me.Name}
	for _, r := range d.cfg.Team {
		d.names[r.ID] = r.Name
	}
	delete(d.names, "")
}

// newLiked is what customers love and wish.
type newLiked insight.Liked

func (l newLiked) apply(d *Desk) {
	d.liked = insight.Liked(l)
	for _, t := range d.all() {
		if t.open != nil {
			t.open = d.openOf(t, d.facts(t))
		}
		d.advise(t)
	}
	d.changed = true
}

// likedOf says what customers love and wish of the first product of an answer of which that
// is known.
func (d *Desk) likedOf(a assist.Answer) string {
	for _, p := range a.Products {
		if words := d.liked.Of(p); words != "" {
			return p + ": " + words + "."
		}
	}
	return ""
}

// heardSoFar adds to why a prompt is offered how much customers told of its topic.
func (d *Desk) heardSoFar(p assist.Prompt, why string) string {
	if words := d.liked.Told(p.Intelligence, p.Topic); words != "" {
		return strings.TrimRight(why, ".") + ". So far " + words + "."
	}
	return why
}
