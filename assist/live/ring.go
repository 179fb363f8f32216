package live

import (
	"slices"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/phone"
)

const (
	twoSources  = 2 * time.Second  // the same number within this time, told under two names, is one call
	reused      = time.Hour        // a name of a call that comes again after this long is a new call
	remembered  = 256              // finished calls whose late news is recognised
	stillRings  = 45 * time.Second // a phone that has told nothing for longer may have stopped ringing
	longestRing = 3 * time.Minute  // nobody lets a phone ring longer
	mostRinging = 12               // calls that ring at once
)

// rang is news from a phone.
type rang phone.Ring

func (rang) turns() {}

// rank orders the phases; a phone that tells an earlier one later is wrong.
func rank(p phone.Phase) int {
	switch p {
	case phone.Ringing:
		return 1
	case phone.Answered:
		return 2
	case phone.Elsewhere, phone.Missed, phone.Ended:
		return 3
	}
	return 0
}

func (e rang) apply(d *Desk) {
	r := phone.Ring(e)
	if r.Phase == "" {
		r.Phase = phone.Ringing
	}
	if rank(r.Phase) == 0 {
		return
	}
	if now := d.now(); r.At.IsZero() || r.At.After(now) { // no clock but ours may say what is later
		r.At = now
	}
	t, fate := d.hearOf(r, phone.Parse(r.From, d.cfg.Region))
	d.news.add(phone.News{Ring: r, Heard: d.now(), Fate: fate}, t)
}

// hearOf deals with one piece of news and says which call it was about, if any.
func (d *Desk) hearOf(r phone.Ring, n phone.Number) (*talk, phone.Fate) {
	key := keyOf(r, n)
	t := d.byKey(key)
	if t != nil && t.told == 3 && startsAnew(r, t.call.Ended) {
		t.keys, t = nil, nil
	}
	if t == nil {
		t = d.sameCall(r, n)
	}
	if t == nil {
		if fate := d.refuses(key, r); fate != "" {
			return nil, fate
		}
		return d.newCall(key, r, n), phone.Came
	}
	if !slices.Contains(t.keys, key) {
		t.keys = with(t.keys, key)
	}
	t.rung = time.Now()
	d.betterNumber(t, r, n)
	if rank(r.Phase) <= t.told {
		return t, phone.ToldBefore
	}
	d.progress(t, r)
	return t, phone.WentOn
}

// keyOf names the call: by its id at the source, else by the number.
func keyOf(r phone.Ring, n phone.Number) string {
	if r.ID != "" {
		return "id " + r.ID
	}
	if keys := n.Keys(); len(keys) > 0 {
		return "from " + keys[0]
	}
	return "from " + n.Raw
}

// startsAnew reports whether a ring under the name of a finished call is another
// call: a number may call again at once, an id only after a long time.
func startsAnew(r phone.Ring, ended time.Time) bool {
	if rank(r.Phase) == 3 {
		return false
	}
	if r.ID != "" {
		return r.At.Sub(ended) > reused
	}
	return r.At.After(ended)
}

func (d *Desk) byKey(key string) *talk {
	for _, t := range d.talks {
		if slices.Contains(t.keys, key) {
			return t
		}
	}
	return nil
}

// sameCall finds the call that another source has told of under another name. News
// without an id belongs to the running call of that number.
func (d *Desk) sameCall(r phone.Ring, n phone.Number) *talk {
	var nameless []*talk // may be this one: one of the two has no number
	for _, t := range d.talks {
		switch {
		case t.told == 0 || t.told == 3:
		case t.number.Withheld != n.Withheld:
			if t.rangWith(r) && t.ring.Source != r.Source {
				nameless = append(nameless, t)
			}
		case !n.Withheld && slices.Equal(t.number.Keys(), n.Keys()):
			if r.ID == "" || t.rangWith(r) {
				return t
			}
		}
	}
	if len(nameless) == 1 {
		return nameless[0]
	}
	return nil
}

// rangWith reports whether the call rings and began when the news says that one did.
func (t *talk) rangWith(r phone.Ring) bool {
	return t.told == 1 && rank(r.Phase) < 3 && t.ring.Outgoing == r.Outgoing && r.At.Sub(t.call.Started).Abs() <= twoSources
}

// refuses says why news of a call that the desk does not have opens none; "" when it
// may. A call that is over is remembered, should its beginning come after its end.
func (d *Desk) refuses(key string, r phone.Ring) phone.Fate {
	switch {
	case rank(r.Phase) == 3:
		d.finished.add([]string{key}, r.At)
		return phone.TooLate
	case !d.finished.allows(key, r), r.Phase == phone.Ringing && d.now().Sub(r.At) > longestRing:
		return phone.TooLate
	case r.Source == phone.ByHand:
		return ""
	case d.phone.Off:
		return phone.Off
	case !d.mine.Takes(r, d.cfg.Region):
		return phone.NotMine
	case d.ringing() >= mostRinging:
		return phone.TooMany
	}
	return ""
}

func (d *Desk) newCall(key string, r phone.Ring, n phone.Number) *talk {
	t := d.newTalk(r.At)
	t.keys, t.told, t.ring, t.number, t.rung = []string{key}, 1, r, n, time.Now()
	t.call.From, t.call.To, t.call.Outgoing = fromOf(r, n), r.To, r.Outgoing
	d.place(t)
	d.lookUp(t, true)
	if r.Phase == phone.Answered {
		d.progress(t, r)
	}
	d.changed = true
	return t
}

func fromOf(r phone.Ring, n phone.Number) string {
	if n.Withheld {
		return ""
	}
	return r.From
}

// place decides whether a new call comes to the front: not while the rep talks,
// another call rings there, or they do not want to be disturbed.
func (d *Desk) place(t *talk) {
	f := d.front
	if !d.undisturbed && (f.idle() || f.yields() || f.phase == Ringing && time.Since(f.rung) > stillRings) {
		d.push(t)
	}
}

func (d *Desk) ringing() (n int) {
	for _, t := range d.talks {
		if t.phase == Ringing {
			n++
		}
	}
	return n
}

// giveUp lets calls go that have rung in vain behind the one in front for longer than a
// phone rings. What is in front stays: a phone that tells of rings only may have been
// answered.
func (d *Desk) giveUp(now time.Time) {
	for _, t := range slices.Clone(d.talks) {
		if t != d.front && t.rings() && now.Sub(t.rung) >= longestRing {
			d.remove(t)
			d.endDraft(t)
		}
	}
}

// rings reports whether a phone rings and nobody has done anything about it.
func (t *talk) rings() bool { return t.phase == Ringing && !t.rung.IsZero() }

// yields reports whether a call leaves the front when the phone rings: nobody is
// on its line.
func (t *talk) yields() bool { return t.phase == Wrapping || t.byHand }

// push puts a call in front by itself. An unfinished call waits beside it; one
// that would leave nothing behind goes.
func (d *Desk) push(t *talk) {
	f := d.front
	if f == t {
		return
	}
	d.bring(t)
	switch {
	case !f.yields():
	case f.worth():
		t.over = f
	default:
		d.remove(f)
	}
}

// betterNumber takes a number that came later than the call: some phones tell it
// only on a second channel.
func (d *Desk) betterNumber(t *talk, r phone.Ring, n phone.Number) {
	if t.ring.Name == "" && r.Name != "" {
		t.ring.Name = r.Name
		d.changed = true
	}
	if !t.number.Withheld || n.Withheld || t.known() {
		return
	}
	t.number, t.ring.From, t.call.From = n, r.From, r.From
	d.lookUp(t, true)
	d.changed = true
}

// giveNumber takes the number that the rep gives to a call that came without one.
func (d *Desk) giveNumber(t *talk, number string) {
	d.betterNumber(t, phone.Ring{From: number}, phone.Parse(number, d.cfg.Region))
}

// turnAround marks a call begun by hand as one that we make, or takes the mark back:
// of other calls the phone knows.
func (d *Desk) turnAround(t *talk) {
	if t.ring.Source != phone.ByHand {
		return
	}
	t.ring.Outgoing = !t.ring.Outgoing
	t.call.Outgoing = t.ring.Outgoing
	d.changed = true
}

// progress takes news that is newer than what was known.
func (d *Desk) progress(t *talk, r phone.Ring) {
	t.told = rank(r.Phase)
	t.ring.Phase, t.ring.At = r.Phase, r.At
	d.changed = true
	switch r.Phase {
	case phone.Answered:
		d.answered(t, r.At)
		if d.front.phase != Talking || d.front.yields() {
			d.push(t)
		}
	case phone.Ended:
		d.ended(t, r.At)
	case phone.Missed, phone.Elsewhere:
		d.unanswered(t, r)
	}
}

func (d *Desk) answered(t *talk, at time.Time) {
	t.call.Answered = at
	if t.phase == Ringing {
		t.phase = Talking
	}
	d.mark(t)
	d.changed = true
}

// ended begins the wrap-up; nothing in it is ever forced.
func (d *Desk) ended(t *talk, at time.Time) {
	t.phase = Wrapping
	t.call.Ended = at
	d.endSearch(t)
	d.mark(t)
	d.changed = true
}

// unanswered puts a call away that nobody here took, unless the rep has already
// written something for it.
func (d *Desk) unanswered(t *talk, r phone.Ring) {
	if t.phase != Ringing || t.typed || len(t.made) > 0 || len(t.call.Used) > 0 {
		d.ended(t, r.At)
		return
	}
	t.call.Ended = r.At
	t.missed = r.Phase == phone.Missed
	d.remove(t)
	d.keepMissed(t)
	d.endDraft(t)
}

// keepMissed keeps the call that a known customer made in vain.
func (d *Desk) keepMissed(t *talk) {
	if !t.missed || !t.known() {
		return
	}
	c := t.call
	c.Disposition, c.WrappedUp = "Missed", true
	d.save("The missed call", t, c)
}

// finished remembers the names of the latest calls that left the desk.
type finished struct {
	ends  map[string]time.Time
	order []string
}

func (f *finished) add(keys []string, ended time.Time) {
	if f.ends == nil {
		f.ends = map[string]time.Time{}
	}
	for _, k := range keys {
		if _, ok := f.ends[k]; !ok {
			f.order = append(f.order, k)
		}
		f.ends[k] = ended
	}
	for len(f.order) > remembered {
		delete(f.ends, f.order[0])
		f.order = f.order[1:]
	}
}

// allows reports whether news under this name may open a call.
func (f *finished) allows(key string, r phone.Ring) bool {
	ended, ok := f.ends[key]
	return !ok || startsAnew(r, ended)
}

// choose makes a call known as this one of its choices; a caller whom the number
// does not tell may be any customer.
func (d *Desk) choose(t *talk, id assist.ID) {
	offered := slices.ContainsFunc(t.matches, func(m glance.Match) bool { return m.Customer.ID == id })
	if !offered && t.who != Unknown && t.who != Withheld || t.call.Customer == id {
		return
	}
	d.take(t, id)
}

// take makes this customer the caller, whoever it was thought to be.
func (d *Desk) take(t *talk, id assist.ID) {
	d.touch(t)
	t.call.Customer = id
	d.lookUp(t, true)
	d.changed = true
}
