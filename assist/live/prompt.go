package live

import (
	"cmp"
	"slices"
	"strings"

	"ringside/assist"
	"ringside/assist/ask"
	"ringside/assist/compose"
)

const mostAsked = 2 // prompts in one call

// offer fills the free places among the prompts. Once two were asked the call is left in
// peace.
func (d *Desk) offer(t *talk) {
	if !t.known() {
		return
	}
	if t.asked >= mostAsked {
		t.prompts = nil
	}
	for _, o := range d.team.Pick(t.profile, t.asking(), t.reasons, d.now()) {
		if t.asked+len(t.prompts) < mostAsked {
			t.prompts = with(t.prompts, offerOf(o.Prompt, d.heardSoFar(o.Prompt, o.Why), d.facts(t)))
		}
	}
}

// followUp puts a question that follows from what was just said in the place of those
// that wait.
func (d *Desk) followUp(t *talk) {
	call := t.asking()
	call.Taken = t.awaited()
	for _, o := range d.team.Pick(t.profile, call, t.reasons, d.now()) {
		waits := slices.ContainsFunc(t.prompts, func(p Offer) bool { return p.Prompt == o.Prompt.ID })
		if len(o.Prompt.After) > 0 && !waits && t.asked < mostAsked {
			t.prompts = []Offer{offerOf(o.Prompt, d.heardSoFar(o.Prompt, o.Why), d.facts(t))}
		}
		return // only the first counts
	}
}

const mostSaid = 2000 // letters of each text that tact and prompts look at

// asking is what tact and prompts look at.
func (t *talk) asking() ask.Call {
	c := ask.Call{ID: t.call.ID, Since: t.call.Answered, Mood: t.call.Mood, Taken: t.awaited()}
	for _, o := range t.prompts {
		c.Taken = append(c.Taken, o.Prompt)
	}
	for _, s := range append(slices.Clone(t.before), t.note, t.heard) {
		if s = strings.TrimSpace(lastLetters(s, mostSaid)); s != "" {
			c.Said = append(c.Said, s)
		}
	}
	if t.reply != nil && t.reply.Text != "" {
		c.Said = append(c.Said, t.reply.Text)
	}
	return c
}

// awaited is the prompt whose reply is awaited, if there is one.
func (t *talk) awaited() []assist.ID {
	if t.reply == nil {
		return nil
	}
	return []assist.ID{t.reply.Prompt}
}

func offerOf(p assist.Prompt, why string, facts compose.Facts) Offer {
	o := Offer{Prompt: p.ID, Intelligence: p.Intelligence, Why: why}
	for _, a := range p.Ask {
		o.way = cmp.Or(o.way, a)
		o.Ask = append(o.Ask, compose.Fill(a, facts))
	}
	return o
}

// usePrompt deals with what the rep did with a prompt.
func (d *Desk) usePrompt(t *talk, u PromptUse) {
	if d.frank != nil && d.frank.Prompt == u.Prompt { // also when a call has come in the middle of a word
		d.useFrank(u)
		return
	}
	if t.reply != nil && t.reply.Prompt == u.Prompt && u.Reply == assist.ReplyAsked {
		d.replied(t, u)
		return
	}
	i := slices.IndexFunc(t.prompts, func(o Offer) bool { return o.Prompt == u.Prompt })
	if i < 0 {
		return
	}
	o := t.prompts[i]
	switch u.Reply {
	case assist.ReplyAsked:
		d.closeReply(t)
		t.reply = &Reply{Offer: o}
		t.asked++
		d.touch(t)
	case assist.ReplyNotNow, assist.ReplyNever:
		d.remember(t, o, u.Reply)
	default:
		return
	}
	t.treated[o.Prompt] = true
	t.prompts = slices.Delete(slices.Clone(t.prompts), i, i+1)
	d.offer(t)
	d.mark(t)
	d.changed = true
	if u.Reply == assist.ReplyAsked && (u.Said != "" || u.Final) {
		d.replied(t, u)
	}
}

// replied takes what the customer says to the prompt that was asked.
func (d *Desk) replied(t *talk, u PromptUse) {
	if t.reply.Text != u.Said {
		r := *t.reply
		r.Text = u.Said
		t.reply = &r
		t.typed = true
		t.wordsRest(u.Said)
		d.mark(t)
		d.changed = true
	}
	if u.Final {
		d.closeReply(t)
	}
}

// closeReply keeps what was said to the prompt that was asked, and that it was asked.
func (d *Desk) closeReply(t *talk) {
	if t.reply == nil {
		return
	}
	records := d.replyRecords(t)
	if !d.valid("This reply", records...) {
		return
	}
	for _, r := range records {
		switch r := r.(type) {
		case assist.Note:
			t.learned++
			t.profile.Heard = append([]assist.Note{r}, t.profile.Heard...)
		case assist.Asked:
			t.profile.Asked = append([]assist.Asked{r}, t.profile.Asked...)
		}
	}
	t.reply = nil
	d.mark(t)
	d.draw(t)
	d.offer(t)
	d.save("The reply", t, records...)
}

// replyRecords is what the unfinished reply leaves behind.
func (d *Desk) replyRecords(t *talk) []assist.Record {
	if t.reply == nil || !t.known() {
		return nil
	}
	now, o := d.now(), t.reply.Offer
	out := []assist.Record{assist.Asked{ID: assist.NewID(now), Customer: t.call.Customer, Call: t.call.ID,
		Prompt: o.Prompt, Reply: assist.ReplyAsked, Way: o.way, At: now}}
	if text := strings.TrimSpace(t.reply.Text); text != "" {
		out = append(out, assist.Note{ID: assist.NewID(now), Customer: t.call.Customer, Call: t.call.ID, Rep: d.cfg.Me.ID,
			At: now, Text: text, Intelligence: o.Intelligence, Prompt: o.Prompt})
	}
	return out
}

// remember keeps that a prompt was put off or refused.
func (d *Desk) remember(t *talk, o Offer, reply assist.Reply) {
	now := d.now()
	a := assist.Asked{ID: assist.NewID(now), Customer: t.call.Customer, Call: t.call.ID, Prompt: o.Prompt, Reply: reply, Way: o.way, At: now}
	t.profile.Asked = append([]assist.Asked{a}, t.profile.Asked...)
	d.save("What became of the question", t, a)
}
