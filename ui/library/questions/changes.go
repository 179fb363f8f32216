package questions

import (
	"context"
	"fmt"

	"ringside/assist"
	"ringside/ui/async"
)

// change is what was kept, and can be taken back.
type change struct {
	before, after assist.Question
	said          string
}

// keep saves a change and reads everything anew; done hears how it went.
func (p *Page) keep(c change, done func(error)) {
	if p.saving {
		return
	}
	p.saving, p.refused = true, nil
	async.Go(p.opt.Post, func(ctx context.Context) error { return p.opt.Source.Save(ctx, c.before, c.after) }, func(err error) {
		p.saving = false
		if err == nil {
			p.wanted = string(c.after.ID)
			if c.before.Answer != c.after.Answer {
				delete(p.ranks, c.after.ID)
			}
		}
		done(err)
		p.Reload()
	})
}

// change keeps a change that can be taken back.
func (p *Page) change(before, after assist.Question, said string, done func(error)) {
	c := change{before, after, said}
	p.keep(c, func(err error) {
		if err == nil {
			p.undos = append(p.undos, c)
		}
		done(err)
	})
}

// told says above the list why a change was not kept.
func (p *Page) told(err error) {
	p.refused = err
	p.sayTrouble(nil)
	p.split.Arrange()
}

// turnOff has a question no longer asked, or asked again.
func (p *Page) turnOff(q assist.Question) {
	after := q
	after.Off = !q.Off
	said := "Switched off"
	if q.Off {
		said = "Asked again"
	}
	p.change(q, after, said, p.told)
}

// follow gives a question to the answer that says now what its own answer said.
func (p *Page) follow(q assist.Question) {
	if into := p.into(q); into != "" {
		after := q
		after.Answer = into
		p.change(q, after, fmt.Sprintf("Moved to “%s”", p.title(into)), p.told)
	}
}

// into is the answer that says now what the answer of a question said; empty when it
// stands itself, or when none does.
func (p *Page) into(q assist.Question) assist.ID {
	id := q.Answer
	for range 10 { // a ring of answers has no end
		if a, ok := p.data.Answers[id]; !ok || !a.Off {
			break
		} else {
			id = a.Into
		}
	}
	if id == q.Answer || !p.answerable(id) {
		return ""
	}
	return id
}

// takeBack undoes the last change. A question that was new is switched off.
func (p *Page) takeBack() {
	n := len(p.undos)
	if n == 0 || p.saving {
		return
	}
	last := p.undos[n-1]
	p.undos = p.undos[:n-1]
	to := last.before
	if to.ID == "" {
		to = last.after
		to.Off = true
	}
	p.keep(change{before: last.after, after: to}, p.told)
}
