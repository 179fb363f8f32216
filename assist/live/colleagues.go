package live

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"ringside/assist"
	"ringside/assist/frank"
	"ringside/assist/help"
	"ringside/assist/settings"
)

// Colleagues is what the store knows of our own people. Any goroutine may ask.
type Colleagues interface {
	// Answerers returns the latest calls in which a rep said one of these answers.
	Answerers(ctx context.Context, answers []assist.ID, most int) ([]assist.Call, error)
	// KudosOf returns what customers praised in a rep, the latest first; an empty rep
	// means everybody.
	KudosOf(ctx context.Context, rep assist.ID, most int) ([]assist.Kudos, error)
	// FrontLine returns what a rep told of what they see, the latest first.
	FrontLine(ctx context.Context, rep assist.ID, most int) ([]assist.Insight, error)
	// Asked returns what somebody was asked and what became of it, the latest first.
	Asked(ctx context.Context, who assist.ID) ([]assist.Asked, error)
}

// How much of the past is looked at.
const (
	mostAnswerers = 300
	mostKudos     = 1000
	mostTold      = 50
)

// help looks for colleagues who can help with what the call is about: the open answer and
// those in the list.
func (d *Desk) help(t *talk, u PaperUse) {
	d.changed = true
	t.stopHelp()
	if t.helpers = nil; u.Close || d.cfg.Colleagues == nil {
		return
	}
	q := help.Question{Reps: d.cfg.Team, Me: d.cfg.Me.ID}
	if t.open != nil {
		q.Answers = append(q.Answers, t.opened.Answer)
	}
	for _, h := range t.hits {
		if t.open == nil || h.Answer.ID != t.open.ID {
			q.Answers = append(q.Answers, h.Answer)
		}
	}
	t.helpers = &Helpers{Looking: true}
	ctx, stop := context.WithCancel(d.ctx)
	t.helpStop = stop
	from, look := d.cfg.Colleagues, t.helps
	d.soon(func() event {
		var err error
		q.Calls, err = from.Answerers(ctx, idsOf(q.Answers), mostAnswerers)
		if err == nil {
			q.Kudos, err = from.KudosOf(ctx, "", mostKudos)
		}
		return helped{t, look, q, err}
	})
}

// stopHelp ends what still looks for colleagues, and makes it late.
func (t *talk) stopHelp() {
	t.helps++
	if t.helpStop != nil {
		t.helpStop()
		t.helpStop = nil
	}
}

func idsOf(answers []assist.Answer) (ids []assist.ID) {
	for _, a := range answers {
		ids = append(ids, a.ID)
	}
	return ids
}

// helped is what the store knows of who answered what.
type helped struct {
	t    *talk
	look uint64
	help.Question
	err error
}

func (h helped) apply(d *Desk) {
	if h.look != h.t.helps {
		return
	}
	h.t.stopHelp()
	d.changed = true
	if h.err != nil {
		h.t.helpers = nil
		d.trouble.refused = sentence("Who can help could not be looked up", h.err)
		return
	}
	h.t.helpers = &Helpers{Who: help.Rank(h.Question, d.now())}
}

// lookForFrank asks the store when the rep was last asked a question of their own.
func (d *Desk) lookForFrank() {
	if d.asker.Rep != d.cfg.Me.ID { // who sits here now has another question
		d.asker, d.frank, d.franking = frank.Asker{}, nil, false
	}
	if d.cfg.Colleagues == nil || d.cfg.Me.ID == "" {
		return
	}
	ctx, from, f := d.ctx, d.cfg.Colleagues, frankly{me: d.cfg.Me.ID}
	d.beside(func() event {
		var err error
		f.asked, f.err = from.Asked(ctx, f.me)
		f.told, err = from.FrontLine(ctx, f.me, mostTold)
		f.err = errors.Join(f.err, err)
		return f
	})
}

// frankly is what the rep was asked before, and said.
type frankly struct {
	me    assist.ID
	asked []assist.Asked
	told  []assist.Insight
	err   error
}

func (f frankly) apply(d *Desk) {
	if f.err == nil && f.me == d.cfg.Me.ID {
		d.asker.Rep, d.asker.Told = f.me, f.told
		if len(f.asked) > 0 && f.asked[0].At.After(d.asker.Last) { // the store may lag behind the desk
			d.asker.Last, d.asker.Way = f.asked[0].At, f.asked[0].Way
		}
		d.offerFrank()
	}
}

// offerFrank puts a question for the rep on the idle desk, at most one a shift.
func (d *Desk) offerFrank() {
	if d.asker.Rep == "" || d.frank != nil && !d.off.Frank {
		return
	}
	d.frank, d.franking, d.changed = nil, false, true
	asker := d.asker
	asker.Off = d.off.Frank
	q, way, ok := frank.Question(d.library.Prompts, asker, d.now())
	if !ok {
		return
	}
	others := slices.DeleteFunc(slices.Clone(q.Ask), func(s string) bool { return s == way })
	d.frank = &Reply{Offer: Offer{Prompt: q.ID, Intelligence: q.Intelligence, Ask: append([]string{way}, others...), way: way,
		Why: "one question a shift; what you say stays with the team, and nobody is scored"}}
	d.frankTopic = q.Topic
}

// useFrank deals with the question for the rep. What they say is kept as insight of the
// front line.
func (d *Desk) useFrank(u PromptUse) {
	q := d.frank
	d.changed = true
	if u.Reply == assist.ReplyAsked && !u.Final {
		r := *q
		r.Text = u.Said
		d.frank, d.franking = &r, true
		return
	}
	now := d.now()
	a := assist.Asked{ID: assist.NewID(now), Customer: d.cfg.Me.ID, Prompt: q.Prompt, Reply: u.Reply, Way: q.way, At: now}
	records := []assist.Record{a}
	if said := strings.TrimSpace(cmp.Or(u.Said, q.Text)); said != "" && u.Reply == assist.ReplyAsked {
		records = append(records, assist.Insight{ID: assist.NewID(now), Rep: d.cfg.Me.ID, At: now, Intelligence: assist.FrontLine,
			Topic: d.frankTopic, Text: said})
	}
	if !d.valid("This", records...) {
		return
	}
	d.asker.Last, d.asker.Way = now, q.way
	d.frank, d.franking = nil, false
	if u.Reply == assist.ReplyNever {
		d.switchOff(settings.Off{Moves: d.off.Moves, Frank: true})
	}
	d.save("Your answer", d.front, records...)
}
