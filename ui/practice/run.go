package practice

import (
	"context"
	"slices"
	"time"

	"ringside/assist"
	"ringside/assist/practice/fsrs"
	"ringside/ui/async"
)

// run is a practice that goes on. It is never changed in place but for words and judged,
// so that the one before the last grade can be shown again.
type run struct {
	turns  []Turn
	at     int
	words  string // what the rep has typed for this turn
	judged bool   // the answer is shown
	kept   assist.Drill
}

func (r *run) turn() Turn { return r.turns[r.at] }

// left is about how long the rest takes.
func (r *run) left() (d time.Duration) {
	for _, t := range r.turns[r.at:] {
		d += t.Takes
	}
	return d
}

// begin starts to practise.
func (p *Page) begin() {
	if len(p.data.Turns) == 0 {
		return
	}
	p.run, p.last, p.done = &run{turns: slices.Clone(p.data.Turns)}, nil, 0
	p.step()
}

// reveal shows the answer beside the words of the rep.
func (p *Page) reveal() {
	p.run.words, p.run.judged = p.asking.words.Text, true
	p.step()
}

// step shows where the practice stands, with the keyboard at what comes next.
func (p *Page) step() {
	p.show()
	p.refocus(true)
}

// grade keeps what the rep thought, and goes on. What was not known comes once more at
// the end.
func (p *Page) grade(g fsrs.Grade) {
	if p.leaf != drill || p.run == nil || !p.run.judged {
		return
	}
	now := p.run.turn()
	before := *p.run
	before.kept = now.Graded(p.data.Me.ID, g, p.run.words, p.opt.Now())
	p.outbox.put(before.kept)
	p.last = &before
	p.done++
	after := &run{turns: slices.Clone(before.turns), at: before.at + 1}
	if g == fsrs.Again {
		now.Drill, now.Changed = before.kept, false
		after.turns = append(after.turns, now)
	}
	if p.run = after; after.at == len(after.turns) {
		p.end()
		return
	}
	p.step()
}

// undo takes the last grade back.
func (p *Page) undo() {
	if p.last == nil {
		return
	}
	p.run, p.last = p.last, nil
	p.done--
	p.outbox.put(p.run.turn().Ungraded(p.run.kept))
	p.step()
}

// stop ends the practice where it is: what was graded is kept.
func (p *Page) stop() {
	if p.leaf == drill && p.run != nil {
		p.end()
	}
}

func (p *Page) end() {
	p.run, p.loaded = nil, false // what comes next is read anew
	p.step()
	p.Reload()
}

// rune judges by the digits.
func (p *Page) rune(r rune) bool {
	if r < '1' || r > '4' {
		return false
	}
	p.grade(fsrs.Grade(r - '0'))
	return true
}

// outbox keeps drills, one after the other. What could not be kept waits there and is
// tried again with the next.
type outbox struct {
	page    *Page
	drills  []assist.Drill
	busy    bool
	refused error
	count   int    // of drills that were put in or kept
	then    func() // to be called when it is at rest; may be nil
}

func (o *outbox) put(d assist.Drill) {
	o.count++
	o.drills = append(o.drills, d)
	o.send()
}

func (o *outbox) send() {
	if o.busy || len(o.drills) == 0 {
		return
	}
	o.busy = true
	first := o.drills[0]
	async.Go(o.page.opt.Post, func(ctx context.Context) error { return o.page.opt.Source.Keep(ctx, first) }, func(err error) {
		o.busy, o.refused = false, err
		o.page.sayTrouble(nil)
		if err == nil {
			o.drills = o.drills[1:]
			o.count++
			o.send()
		}
		if then := o.then; then != nil && !o.busy {
			o.then = nil
			then()
		}
	})
}
