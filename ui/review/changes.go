package review

import (
	"context"
	"slices"

	"ringside/assist"
	"ringside/ui/async"
)

// change is what a rep did to one promise.
type change struct {
	before, after Promise
	said          string // "Kept: Refund the second charge"
}

// changes are shown at once and kept beside the window, one after another. Whatever is
// loaded meanwhile may be older than they are: they are laid over it until it has
// them.
type changes struct {
	list  []change // the first of them are kept already
	kept  int
	busy  bool
	undos []change // what can be taken back, the latest last
}

const mostUndos = 50

// add takes a change that can be taken back later.
func (c *changes) add(ch change) {
	c.list = append(c.list, ch)
	c.undos = append(c.undos, ch)
	c.undos = c.undos[max(len(c.undos)-mostUndos, 0):]
}

// takeBack undoes the latest change, as a change of its own.
func (c *changes) takeBack() (ch change, ok bool) {
	if len(c.undos) == 0 {
		return ch, false
	}
	last := c.undos[len(c.undos)-1]
	c.undos = c.undos[:len(c.undos)-1]
	ch = change{before: last.after, after: last.before}
	c.list = append(c.list, ch)
	return ch, true
}

// forget drops what a list that is loaded from now on has.
func (c *changes) forget() {
	c.list, c.kept = slices.Clone(c.list[c.kept:]), 0
}

// refuse drops the changes of a promise that could not be kept.
func (c *changes) refuse(id assist.ID) {
	of := func(ch change) bool { return ch.after.ID == id }
	c.list = append(c.list[:c.kept:c.kept], slices.DeleteFunc(slices.Clone(c.list[c.kept:]), of)...)
	c.undos = slices.DeleteFunc(c.undos, of)
}

// over lays the changes over a list that was loaded.
func (c *changes) over(list []Promise) []Promise {
	out := slices.Clone(list)
	for _, ch := range c.list {
		out = replace(out, ch.after)
	}
	return out
}

// replace puts p in the place of what the list has of it, or takes it out when nobody
// must act on it any more.
func replace(list []Promise, p Promise) []Promise {
	i := slices.IndexFunc(list, func(q Promise) bool { return q.ID == p.ID })
	waits := p.Open() || !p.Broken.IsZero() && p.Untold(p.Broken)
	switch {
	case i < 0 && waits:
		return append(list, p)
	case i < 0:
		return list
	case !waits:
		return slices.Delete(list, i, i+1)
	}
	list[i] = p
	return list
}

// save keeps the next change, if there is one and none is being kept.
func (p *Page) save() {
	c := &p.changes
	if c.busy || c.kept == len(c.list) {
		return
	}
	c.busy = true
	next := c.list[c.kept]
	async.Go(p.opt.Post, func(ctx context.Context) error {
		return p.opt.Save(ctx, next.before.Promise, next.after.Promise)
	}, func(err error) {
		c.busy = false
		if err == nil {
			c.kept++
		} else {
			c.refuse(next.after.ID)
			p.refused = err
			p.Reload()
		}
		p.save()
	})
}
