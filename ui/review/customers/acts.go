package customers

import (
	"context"
	"fmt"

	"ringside/assist"
	"ringside/assist/twin"
	"ringside/ui/async"
	"ringside/ui/say"
)

// undo is what was kept, and how it is taken back.
type undo struct {
	said string
	key  string // of the row that was in front
	back func(ctx context.Context) (said string, err error)
}

// keep does something beside the window, and reads everything anew. While something is
// being kept nothing else is.
func (p *Page) keep(do func(ctx context.Context) (undo, error), done func(error)) {
	if p.busy {
		return
	}
	p.busy, p.refused = true, nil
	key := p.key()
	async.Load(p.opt.Post, do, func(u undo, err error) {
		p.busy = false
		if p.refused = err; err == nil && u.back != nil {
			u.key = key
			p.undos = append(p.undos, u)
		}
		p.sayUndo()
		p.sayTrouble(nil)
		if done != nil {
			done(err)
		}
		p.reading.again()
		p.Reload()
	})
}

// takeBack undoes the latest change.
func (p *Page) takeBack() {
	n := len(p.undos)
	if n == 0 || p.busy {
		return
	}
	last := p.undos[n-1]
	p.undos = p.undos[:n-1]
	p.keep(func(ctx context.Context) (undo, error) {
		said, err := last.back(ctx)
		p.opt.Post(func() { p.reading.told(said) })
		return undo{}, err
	}, func(err error) {
		if err == nil {
			p.back = last.key
		}
	})
}

// merge makes one customer of those that are shown, the keeper first.
func (p *Page) merge(shown []assist.Customer, choices twin.Choices) {
	p.keep(func(ctx context.Context) (undo, error) {
		m, err := p.opt.Keep.Merge(ctx, shown, choices)
		return undo{said: fmt.Sprintf("%s are one: %s", say.Count(len(shown), "record"), called(m.After)),
			back: func(ctx context.Context) (string, error) { return p.part(ctx, m) }}, err
	}, nil)
}

// part takes a merge back.
func (p *Page) part(ctx context.Context, m assist.Merge) (string, error) {
	stayed, err := p.opt.Keep.Part(ctx, m.ID)
	if err != nil {
		return "", err
	}
	if stayed > 0 {
		return fmt.Sprintf("The records stand for themselves again. What was written since the merge stays with %s: %s.", called(m.Before[0]), say.Count(stayed, "record")), nil
	}
	return "The records stand for themselves again.", nil
}

// partNow takes back a merge of the list.
func (p *Page) partNow(m assist.Merge) {
	p.keep(func(ctx context.Context) (undo, error) {
		said, err := p.part(ctx, m)
		p.opt.Post(func() { p.reading.told(said) })
		return undo{}, err
	}, nil)
}

// bothRight keeps people apart.
func (p *Page) bothRight(ids []assist.ID) {
	pairs := pairsOf(ids)
	p.keep(func(ctx context.Context) (undo, error) {
		err := p.opt.Keep.Apart(ctx, pairs, true)
		return undo{said: "They are kept apart", back: func(ctx context.Context) (string, error) { return "", p.opt.Keep.Apart(ctx, pairs, false) }}, err
	}, nil)
}

func pairsOf(ids []assist.ID) (out [][2]assist.ID) {
	for i, a := range ids {
		for _, b := range ids[i+1:] {
			out = append(out, [2]assist.ID{a, b})
		}
	}
	return out
}

// makeHouse makes a household.
func (p *Page) makeHouse(h twin.Household) {
	var before []assist.Customer
	for _, id := range h.Members {
		before = append(before, p.data.People[id])
	}
	p.keep(func(ctx context.Context) (undo, error) {
		err := p.opt.Keep.House(ctx, h, before, true)
		return undo{said: "A household now: " + h.Name, back: func(ctx context.Context) (string, error) { return "", p.opt.Keep.House(ctx, h, before, false) }}, err
	}, nil)
}

// save keeps a customer who was changed.
func (p *Page) save(before, after assist.Customer, firm, was, said string, done func(error)) {
	p.keep(func(ctx context.Context) (undo, error) {
		now, err := p.opt.Keep.Save(ctx, before, after, firm)
		return undo{said: said, back: func(ctx context.Context) (string, error) {
			after.Company = now.Company
			_, err := p.opt.Keep.Save(ctx, after, before, was)
			return "", err
		}}, err
	}, done)
}

// export writes all that is kept of a customer.
func (p *Page) export(c assist.Customer) {
	if p.opt.Export == nil {
		return
	}
	p.keep(func(ctx context.Context) (undo, error) {
		file, err := p.opt.Export(ctx, c.ID)
		if err == nil {
			p.opt.Post(func() { p.reading.told("All that is kept of " + called(c) + " is in " + file + ".") })
		}
		return undo{}, err
	}, nil)
}

// erase erases a customer for good.
func (p *Page) erase(c assist.Customer, typed string, done func(error)) {
	if p.opt.Erase == nil {
		return
	}
	p.keep(func(ctx context.Context) (undo, error) {
		err := p.opt.Erase(ctx, c.ID, typed)
		if err == nil {
			p.opt.Post(func() {
				p.undos = nil // what is erased cannot be brought back
				p.reading.forget()
				p.reading.told(called(c) + " was erased for good.")
			})
		}
		return undo{}, err
	}, done)
}
