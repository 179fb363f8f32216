package live

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"ringside/assist"
	"ringside/assist/compose"
	"ringside/assist/promise"
)

const mostRead = 8 << 10 // bytes at the end of a note in which promises are looked for

// noted is a new text of the note.
type noted struct {
	call assist.ID
	sure bool // call names the call, even the empty one
	text string
}

func (n noted) replaces(older event) bool {
	o, ok := older.(noted)
	return ok && o.call == n.call && o.sure == n.sure
}

func (n noted) apply(d *Desk) {
	t := d.meant(n.call, n.sure, n.text, func(t *talk) string { return t.note })
	if t == nil || t.note == n.text {
		return
	}
	if t.idle() {
		t = d.hand()
	}
	t.note, t.written = n.text, d.now()
	t.typed = true
	d.trouble.refused = ""
	d.touch(t)
	d.mark(t)
	d.readNote(t)
	d.changed = true
}

// readNote looks for a promise in the note, beside the desk and one reading at a
// time: reading dates is slower than typing.
func (d *Desk) readNote(t *talk) {
	text := unsettled(t.note, t.settled)
	if strings.TrimSpace(text) == "" {
		d.offerPromise(t, nil, "")
		return
	}
	if t.finding {
		return
	}
	t.finding = true
	now, written := d.now(), t.written
	d.beside(func() event {
		f, ok := promise.Find(text, written)
		return promised{t, text, f, ok, now}
	})
}

// unsettled is the end of the note without the words that were dealt with; every
// other byte keeps its place from the end.
func unsettled(note string, settled []string) string {
	for _, words := range settled {
		note = strings.ReplaceAll(note, words, strings.Repeat(".", len(words)))
	}
	if len(note) > mostRead {
		note = note[len(note)-mostRead:]
		for len(note) > 0 && !utf8.RuneStart(note[0]) {
			note = note[1:]
		}
	}
	return note
}

// promised is what a note seems to promise.
type promised struct {
	t     *talk
	text  string
	found promise.Found
	ok    bool
	now   time.Time
}

func (p promised) apply(d *Desk) {
	t := p.t
	t.finding = false
	if unsettled(t.note, t.settled) != p.text {
		d.readNote(t)
		return
	}
	if !p.ok {
		d.offerPromise(t, nil, "")
		return
	}
	words := p.text[p.found.From:p.found.To]
	if words != "" && slices.ContainsFunc(t.made, func(m assist.Promise) bool { return m.Text == p.found.Text && m.Due.Equal(p.found.Due) }) {
		t.settled = with(t.settled, words)
		d.readNote(t)
		return
	}
	d.offerPromise(t, &PromiseOffer{Text: p.found.Text, Due: p.found.Due, AllDay: p.found.AllDay,
		When: compose.When(p.found.Due, p.found.AllDay, p.now), Ask: p.found.Ask}, words)
}

func (d *Desk) offerPromise(t *talk, o *PromiseOffer, words string) {
	d.changed = d.changed || o != nil || t.offered != nil
	t.offered, t.words = o, words
}

// turns implements turn.
func (PromiseUse) turns() {}

func (u PromiseUse) apply(d *Desk) {
	d.trouble.refused = ""
	d.changed = true
	t := d.front
	if u.Refuse {
		if t.offered != nil && (u.Text == "" || u.Text == t.offered.Text) {
			d.settle(t)
		}
		return
	}
	meant := t.offered != nil && (u.Text == "" || u.Text == t.offered.Text || u.Due.Equal(t.offered.Due))
	if u.Text == "" && meant {
		u.Text, u.Due, u.AllDay = t.offered.Text, t.offered.Due, t.offered.AllDay
	}
	now := d.now()
	p := assist.Promise{ID: assist.NewID(now), Rep: d.cfg.Me.ID, Text: strings.TrimSpace(u.Text), Made: now, Due: u.Due, AllDay: u.AllDay}
	if p.Text == "" || !d.valid("This promise", p) {
		return
	}
	t = d.hand()
	d.touch(t)
	p.Customer, p.Call = t.call.Customer, t.call.ID
	t.made = with(t.made, p)
	if meant {
		d.settle(t)
	}
	d.fillAnswers(t)
	d.save("The promise", t, p)
}

// settle takes the offer away and never offers its words again in this call.
func (d *Desk) settle(t *talk) {
	if t.words != "" {
		t.settled = with(t.settled, t.words)
	}
	d.offerPromise(t, nil, "")
	d.readNote(t)
}

// keepPromise marks an open promise of the card or of this call as kept.
func (d *Desk) keepPromise(t *talk, id assist.ID) {
	now := d.now()
	var p assist.Promise
	made := slices.Clone(t.made)
	for i := range made {
		if made[i].ID == id && made[i].Open() {
			made[i].Kept = now
			p = made[i]
		}
	}
	for _, q := range t.profile.Promises {
		if p.ID == "" && q.ID == id && q.Open() && !t.kept[id] {
			p = q
			p.Kept = now
		}
	}
	if p.ID == "" {
		return
	}
	t.made = made
	t.kept[id] = true
	d.draw(t)
	d.save("The kept promise", t, p)
	d.changed = true
}
