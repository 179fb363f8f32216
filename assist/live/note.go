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
	call  assist.ID
	named bool // call names the call, even the empty one
	text  string
}

func (n noted) replaces(older event) bool {
	o, ok := older.(noted)
	return ok && o.call == n.call && o.named == n.named
}

func (n noted) apply(d *Desk) {
	t := d.named(n.call, n.named)
	if t == nil || t.note == n.text {
		return
	}
	t = d.hand(t)
	t.note, t.written = n.text, d.now()
	t.typed = true
	t.wordsRest(n.text)
	d.trouble.refused = ""
	d.touch(t)
	d.mark(t)
	d.readNote(t)
	d.changed = true
}

// newMonthFirst says how dates in figures are read.
type newMonthFirst bool

func (n newMonthFirst) apply(d *Desk) {
	d.promises.Figures = promise.AskFirst
	if n {
		d.promises.Figures = promise.MonthFirst
	}
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
	now, written, promises := d.now(), t.written, d.promises
	d.beside(func() event {
		f, ok := promises.Find(text, written)
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
