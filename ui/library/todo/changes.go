package todo

import (
	"context"
	"slices"

	"ringside/ui/async"
)

// changes are shown at once and kept beside the window, one after another. What is
// loaded meanwhile may be older than they are: an entry that was settled stays away until
// what is loaded knows of it.
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
	ch = change{key: last.key, before: last.after, after: last.back, undone: true}
	c.list = append(c.list, ch)
	return ch, true
}

// forget drops what a list that is loaded from now on has.
func (c *changes) forget() { c.list, c.kept = slices.Clone(c.list[c.kept:]), 0 }

// refuse drops the changes of a thing that could not be kept.
func (c *changes) refuse(key string) {
	of := func(ch change) bool { return ch.key == key }
	c.list = append(c.list[:c.kept:c.kept], slices.DeleteFunc(slices.Clone(c.list[c.kept:]), of)...)
	c.undos = slices.DeleteFunc(c.undos, of)
}

// settled reports whether the thing was done, whatever the lists say.
func (c *changes) settled(key string) bool {
	for _, ch := range slices.Backward(c.list) {
		if ch.key == key {
			return !ch.undone
		}
	}
	return false
}

// save keeps the next change, if there is one and none is being kept. After the last of
// them the lists are read anew.
func (p *Page) save() {
	c := &p.changes
	if c.busy || c.kept == len(c.list) {
		return
	}
	c.busy = true
	next := c.list[c.kept]
	async.Go(p.opt.Post, func(ctx context.Context) error {
		return p.opt.Save(ctx, next.before, next.after)
	}, func(err error) {
		c.busy = false
		if err == nil {
			c.kept++
		} else {
			c.refuse(next.key)
		}
		p.refused = err
		if c.kept == len(c.list) {
			p.Reload()
		} else {
			p.save()
		}
	})
}
