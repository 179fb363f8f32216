package notes

import (
	"context"
	"slices"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/ui/async"
	"ringside/ui/say"
)

// deed is something that is done to a note, and how it is taken back. Both are done to the
// note as it stands then.
type deed struct {
	do, back func(*assist.Note)
	said     string // "Reviewed: she asked for …"; empty: it is not offered to be taken back
	draft    string // what was typed for it, under the key of drafts
	key      string
}

// change is a state of a note that waits to be kept, or was kept lately.
type change struct {
	before, after glance.NoteFound
	deed          deed
}

// undo takes something back.
type undo struct {
	said string
	of   assist.ID // the note; empty: it was a view
	do   func()
}

const mostUndos = 50

// changes are shown at once and kept beside the window, one after another. What is loaded
// meanwhile may be older than they are.
type changes struct {
	list  []change // the first of them are kept already
	kept  int
	busy  bool
	undos []undo
}

func (c *changes) forget() { c.list, c.kept = slices.Clone(c.list[c.kept:]), 0 }

// waits reports whether a change of a note is not kept yet.
func (c *changes) waits(id assist.ID) bool {
	return slices.ContainsFunc(c.list[c.kept:], func(ch change) bool { return ch.after.ID == id })
}

// over returns a note as it was changed since it may have been read.
func (c *changes) over(n glance.NoteFound) glance.NoteFound {
	for _, ch := range slices.Backward(c.list) {
		if ch.after.ID == n.ID {
			n.Note = ch.after.Note
			break
		}
	}
	return n
}

// refuse drops the changes of a note that could not be kept.
func (c *changes) refuse(id assist.ID) {
	of := func(ch change) bool { return ch.after.ID == id }
	c.list = append(c.list[:c.kept:c.kept], slices.DeleteFunc(slices.Clone(c.list[c.kept:]), of)...)
	c.undos = slices.DeleteFunc(c.undos, func(u undo) bool { return u.of == id })
}

// do does something to a note: it is shown at once, kept beside the window, and can be
// taken back.
func (p *Page) do(n glance.NoteFound, d deed) {
	p.apply(n, d)
	if d.said != "" {
		p.undoable(undo{said: d.said, of: n.ID, do: func() {
			now := p.latest(n)
			p.apply(now, deed{do: d.back})
			p.rows.SetChosen(p.place(n.ID))
		}})
	}
	p.stirred = p.opt.Now()
}

func (p *Page) undoable(u undo) {
	p.changes.undos = append(p.changes.undos, u)
	p.changes.undos = p.changes.undos[max(len(p.changes.undos)-mostUndos, 0):]
	p.sayUndo()
}

// takeBack undoes what was done last.
func (p *Page) takeBack() {
	n := len(p.changes.undos)
	if n == 0 {
		return
	}
	last := p.changes.undos[n-1]
	p.changes.undos = p.changes.undos[:n-1]
	last.do()
	p.sayUndo()
	p.toRows()
}

func (p *Page) apply(n glance.NoteFound, d deed) {
	ch := change{before: n, after: n, deed: d}
	ch.after.Tags, ch.after.Links, ch.after.Remarks = slices.Clone(n.Tags), slices.Clone(n.Links), slices.Clone(n.Remarks)
	d.do(&ch.after.Note)
	p.changes.list = append(p.changes.list, ch)
	p.refused = nil
	p.touched[n.ID] = ch.after
	p.put(ch.after)
	p.save()
}

// latest returns a note as it stands as far as the page knows.
func (p *Page) latest(n glance.NoteFound) glance.NoteFound {
	if i := p.place(n.ID); i >= 0 {
		return p.shown[i].note
	}
	if now, ok := p.touched[n.ID]; ok {
		return now
	}
	return n
}

// put shows a state of a note wherever the page has the note.
func (p *Page) put(n glance.NoteFound) {
	if i := p.place(n.ID); i >= 0 {
		n.Why = p.shown[i].note.Why
		p.shown[i] = p.seeing().entry(n)
		p.rows.Refresh()
	}
	if p.reading.note.ID == n.ID {
		p.reading.show(n)
	}
	for i, m := range p.data.ForMe {
		if m.ID == n.ID {
			p.data.ForMe[i] = n
		}
	}
	p.sayForMe()
	p.sayTrouble()
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
		return p.opt.Source.Save(ctx, next.before.Note, next.after.Note)
	}, func(err error) {
		c.busy = false
		if err == nil {
			c.kept++
		} else {
			p.refuse(next, err)
		}
		p.save()
	})
}

// refuse takes back what could not be kept, and reads how the note stands. What was typed
// is there again when somebody wants to type it anew.
func (p *Page) refuse(ch change, err error) {
	p.changes.refuse(ch.after.ID)
	if ch.deed.draft != "" {
		p.drafts[ch.deed.key] = ch.deed.draft
	}
	p.touched[ch.before.ID] = ch.before
	p.put(ch.before)
	p.refused = err
	p.sayTrouble()
	p.sayUndo()
	p.reading.load(ch.after.ID)
}

// sayTrouble says what could not be kept, read or understood, each once.
func (p *Page) sayTrouble() {
	var said []string
	for _, err := range []error{p.refused, p.unread, p.unfound} {
		if words := say.Error(err); words != "" && !slices.Contains(said, words) {
			said = append(said, words)
		}
	}
	p.trouble.SetText(join(said...))
	p.split.Arrange()
}
