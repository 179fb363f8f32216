package live

import (
	"context"
	"slices"
	"time"

	"ringside/assist"
	"ringside/assist/phone"
)

// left is a draft of an earlier run.
type left struct {
	draft assist.Draft
	title string
}

// readDrafts asks the store for what earlier runs left.
func (d *Desk) readDrafts() {
	ctx, store, region := d.ctx, d.cfg.Store, d.cfg.Region
	d.beside(func() event {
		drafts, err := store.Drafts(ctx)
		var all lefts
		for _, r := range drafts {
			if r.Done || !r.Call.ID.Valid() {
				continue
			}
			all.list = append(all.list, left{r, draftTitle(ctx, store, r, region)})
		}
		all.err = err
		return all
	})
}

func draftTitle(ctx context.Context, store Store, r assist.Draft, region string) string {
	var c assist.Customer
	if r.Call.Customer != "" {
		if p, err := store.Profile(ctx, r.Call.Customer); err == nil {
			c = p.Customer
		}
	}
	return titleOf(c, "", phone.Parse(r.Call.From, region))
}

type lefts struct {
	list []left
	err  error
}

func (l lefts) apply(d *Desk) {
	d.trouble.drafts = ""
	d.changed = true
	if l.err != nil {
		d.trouble.drafts = sentence("The unfinished calls could not be read", l.err)
		d.askAt = time.Now().Add(again)
		return
	}
	d.unfinished = slices.DeleteFunc(l.list, func(u left) bool {
		return slices.ContainsFunc(d.talks, func(t *talk) bool { return t.call.ID == u.draft.Call.ID })
	})
}

// fetch brings a waiting or an unfinished call to the front.
func (d *Desk) fetch(id assist.ID) {
	for _, t := range d.talks {
		if t.call.ID == id {
			d.bring(t)
			return
		}
	}
	i := slices.IndexFunc(d.unfinished, func(u left) bool { return u.draft.Call.ID == id })
	if i < 0 {
		return
	}
	r := d.unfinished[i].draft
	d.unfinished = slices.Delete(slices.Clone(d.unfinished), i, i+1)
	d.bring(d.restore(r))
	d.changed = true
}

// restore makes a call of a draft: as it was, and over.
func (d *Desk) restore(r assist.Draft) *talk {
	t := d.newTalk(r.Call.Started)
	t.call = r.Call
	t.number = phone.Parse(r.Call.From, d.cfg.Region)
	t.ring = phone.Ring{From: r.Call.From, To: r.Call.To, Phase: phone.Ended, Outgoing: r.Call.Outgoing, At: r.Call.Started}
	t.told, t.phase = 3, Wrapping
	if t.call.Ended.IsZero() {
		t.call.Ended = r.At
	}
	t.note, t.private, t.written, t.heard = r.Note, r.Private, r.At, r.Heard
	t.typed, t.drafted, t.draft.note = true, true, r.Note
	for _, p := range d.library.Prompts {
		if p.ID == r.Prompt {
			t.reply = &Reply{Offer: offerOf(p, "asked in this call", d.facts(t)), Text: r.Reply}
			t.asked, t.treated[p.ID] = 1, true
		}
	}
	d.lookUp(t, true)
	d.search(t)
	d.readNote(t)
	return t
}
