package incident

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/ui/async"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// save keeps what was typed in the form in front.
func (p *Page) save() {
	f := p.reading.form
	if !f.object.Visible() || f.of == nil || p.saving || !f.can() {
		return
	}
	i, err := f.of.incident(p.opt.Now(), p.opt.Day)
	if err != nil {
		f.fault = say.Error(err)
		f.say()
		return
	}
	p.keep(f.key, i, f.of, f.of.base)
}

// keep has an incident saved; undo is what brings back how it was, if it has an ID. What
// is typed meanwhile stays typed; after a fault all of it does.
func (p *Page) keep(key string, i assist.Incident, d *draft, undo assist.Incident) {
	sent := d.text
	p.saving = true
	p.reading.form.say()
	async.Load(p.opt.Post, func(ctx context.Context) (assist.Incident, error) { return p.opt.Source.Save(ctx, i) },
		func(kept assist.Incident, err error) {
			p.saving = false
			p.settled(err)
			if err != nil && (i.ID != "" || kept.ID == "") {
				p.list(p.key())
				return
			}
			front := p.key()
			now := keyOf(kept.ID)
			if front == key {
				front = now
			}
			if p.saved[now] = undo; undo.ID == "" {
				delete(p.saved, now)
			}
			p.put(kept)
			d.from, d.aside = sent, sent
			d.rebase(kept, p.opt.Now().Location())
			if delete(p.drafts, key); d.dirty() {
				p.drafts[now] = d
			}
			p.list(front)
			p.Reload()
		})
}

// put lists an incident as it was kept, until the lists are read again.
func (p *Page) put(i assist.Incident) {
	r := p.find(i.ID)
	switch {
	case r == nil:
		p.data.Open = append([]Row{{Incident: i}}, p.data.Open...)
	case !r.News().Equal(i.News()):
		r.Incident, r.Told = i, 0
	default:
		r.Incident = i
	}
}

// rebase puts what was typed on the incidents as they have just been read. One that is
// no longer open goes on as a new one.
func (p *Page) rebase() {
	for key, d := range p.drafts {
		if d.base.ID == "" {
			continue
		}
		r := p.find(d.base.ID)
		if r != nil && r.Closed.IsZero() {
			d.rebase(r.Incident, p.opt.Now().Location())
			continue
		}
		if delete(p.drafts, key); d.dirty() {
			key = "was:" + string(d.base.ID)
			d.base.ID, d.base.Updated = "", p.opt.Now()
			p.drafts[key] = d
		}
	}
}

// closing asks once before an incident is over.
type closing struct {
	form  *form
	words *widgets.Text
	yes   *widget.Button
	box   *fyne.Container
}

func newClosing(f *form) *closing {
	c := &closing{form: f, words: widgets.NewText(widgets.Style{})}
	c.yes = widget.NewButton("Yes, it is fixed", c.close)
	c.yes.Importance = widget.HighImportance
	c.box = widgets.On(widgets.NewGround(theme.AccentPale, "", 8), widgets.Even(12),
		widgets.Column(8, c.words, widgets.Wrapped(6, c.yes, widget.NewButton("Not yet", c.leave))))
	c.box.Hide()
	return c
}

func (c *closing) ask() {
	c.box.Show()
	c.form.say()
}

func (c *closing) leave() {
	c.box.Hide()
	c.form.say()
}

func (c *closing) say() {
	d := c.form.of
	c.words.SetText("Is it fixed for everybody? " + say.Capital(have(c.form.page.touched(d.base.ID))) + " that to hear then.")
	if d.dirty() {
		c.words.SetText("What you typed is not saved. Save it or undo it first.")
	}
	enable(c.yes, !d.dirty() && !c.form.page.saving)
}

func have(n int) string {
	if n == 1 {
		return "1 person has"
	}
	return say.Thousands(n) + " people have"
}

// close keeps that the incident in front is over.
func (c *closing) close() {
	p, d, key := c.form.page, c.form.of, c.form.key
	if d.dirty() || p.saving {
		return
	}
	p.saving = true
	c.box.Hide()
	c.form.say()
	async.Go(p.opt.Post, func(ctx context.Context) error { return p.opt.Source.Close(ctx, d.base.ID) }, func(err error) {
		p.saving = false
		p.settled(err)
		if err == nil {
			delete(p.saved, key)
		}
		p.list(p.key())
		p.Reload()
	})
}
