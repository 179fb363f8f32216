package review

import (
	"time"

	"ringside/assist"
	"ringside/ui/say"
	"ringside/ui/widgets"
)

// haste is how soon after a change a second one is taken for a key or a button that was
// pressed twice: the row below has come under it meanwhile.
const haste = 400 * time.Millisecond

// chosen returns the promise in front.
func (p *Page) chosen() (Promise, bool) {
	i := p.rows.Chosen()
	if p.tab != OfPromises || i < 0 || i >= len(p.shown) || p.shown[i].promise == nil {
		return Promise{}, false
	}
	return *p.shown[i].promise, true
}

func (p *Page) keep() {
	p.act("Kept", func(q *assist.Promise, now time.Time) bool {
		open := q.Open()
		q.Kept = now
		return open
	})
}

func (p *Page) breakIt() {
	p.act("Broken", func(q *assist.Promise, now time.Time) bool {
		open := q.Open()
		q.Broken = now
		return open
	})
}

func (p *Page) tell() {
	p.act("Told", func(q *assist.Promise, now time.Time) bool {
		q.Told = now
		return true
	})
}

// makeAnswer hands over what the note or the question in front teaches.
func (p *Page) makeAnswer() {
	if i := p.rows.Chosen(); i >= 0 && i < len(p.shown) && p.shown[i].teaches != nil && p.OnAnswer != nil {
		p.OnAnswer(p.shown[i].teaches())
	}
}

// act changes the promise in front, unless do says that there is nothing to change.
func (p *Page) act(word string, do func(*assist.Promise, time.Time) bool) {
	now := p.opt.Now()
	before, ok := p.chosen()
	if !ok || p.hasty(now) {
		return
	}
	after := before
	if do(&after.Promise, now) {
		p.change(change{before, after, word + ": " + firstLine(before.Text)})
	}
}

// hasty reports whether the rows moved so short a while ago that the rep cannot have
// seen it.
func (p *Page) hasty(now time.Time) bool {
	since := now.Sub(p.stirred)
	return since >= 0 && since < haste
}

// change shows a change, and has it kept.
func (p *Page) change(ch change) {
	p.changes.add(ch)
	p.shift(ch.after)
	if p.place(ch.after.ID) < 0 {
		p.split.Read(false)
	}
}

// takeBack undoes the latest change.
func (p *Page) takeBack() {
	if ch, ok := p.changes.takeBack(); ok {
		p.shift(ch.after)
		p.rows.SetChosen(p.place(ch.after.ID))
	}
}

// shift shows another state of a promise.
func (p *Page) shift(q Promise) {
	p.refused = nil
	p.sayTrouble()
	p.data.Promises = replace(append([]Promise(nil), p.data.Promises...), q)
	p.list()
	p.stirred = p.opt.Now()
	p.save()
	p.toRows()
}

// toRows gives the keyboard back to the list, after a button or a box has had it. What
// is hidden cannot take it, but keeps it: in a narrow window the list is there for that
// moment.
func (p *Page) toRows() {
	c := canvasOf(p.content)
	if c == nil || !p.content.Visible() || c.Focused() == p.rows {
		return
	}
	hidden := p.split.Narrow() && p.split.ReadingSeen()
	if hidden {
		p.split.Read(false)
	}
	c.Focus(p.rows)
	if hidden {
		p.split.Read(true)
	}
}

// sayUndo shows what was done last.
func (p *Page) sayUndo() {
	n := len(p.changes.undos)
	p.undoBar.Hidden = p.tab != OfPromises || n == 0
	if n > 0 {
		p.undo.SetText("Undo (U)")
		p.undoBar.Objects[0].(*widgets.Text).SetText(p.changes.undos[n-1].said)
	}
}

// letter acts on a letter that was typed while the list has the keyboard.
func (p *Page) letter(r rune) {
	do := map[rune]func(){'k': p.keep, 'b': p.breakIt, 't': p.tell, 'u': p.takeBack, 'm': p.reading.moving.open,
		'c': p.reading.letter.copy, 'e': p.reading.letter.mail}[r]
	switch {
	case r == 'a':
		p.makeAnswer()
	case do != nil && p.tab == OfPromises:
		do()
	}
}

// near returns the rows below row i and then those above it, the nearest first: where
// the choice goes when its row is gone.
func near(rows []entry, i int) []assist.ID {
	var out []assist.ID
	for _, e := range rows[min(i+1, len(rows)):] {
		out = append(out, e.id)
	}
	for j := min(i, len(rows)) - 1; j >= 0; j-- {
		out = append(out, rows[j].id)
	}
	return out
}

func (p *Page) counted() string {
	switch {
	case p.tab == OfNotes && p.box.Text != "":
		return say.Thousands(len(p.shown)) + " of " + say.Thousands(len(p.data.Notes)) + " notes"
	case p.tab == OfQuestions && len(p.shown) > 0:
		return "Asked by customers, and no answer fitted. The trainers see them too."
	case p.tab == OfHeard && len(p.shown) > 0:
		return "In the customers’ words, the latest first"
	case p.tab == OfNotes && len(p.shown) > 0:
		return "The latest first"
	case p.tab == OfPromises:
		return p.countedPromises()
	}
	return ""
}

func (p *Page) countedPromises() string {
	late, tell, now := 0, 0, p.opt.Now()
	for _, e := range p.shown {
		if e.promise != nil && e.promise.Late(now) {
			late++
		}
		if e.promise != nil && e.promise.Untold(now) {
			tell++
		}
	}
	var parts [3]string
	if late > 0 {
		parts[0] = say.Thousands(late) + " late: call before they do"
	}
	if tell > 0 {
		parts[1] = say.Thousands(tell) + " to be told"
	}
	if p.data.More {
		parts[2] = "only the first " + say.Thousands(len(p.data.Promises)) + " by day"
	}
	return join(parts[:]...)
}
