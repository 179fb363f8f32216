package live

import (
	"slices"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/compose"
	"ringside/assist/search"
)

// turns implements turn.
func (Use) turns() {}

func (u Use) apply(d *Desk) { d.use(d.front, u) }

// usedIn is a choice in the call of a View.
type usedIn struct {
	call assist.ID
	Use
}

// apply does nothing for a call that has gone, but for what is about none.
func (u usedIn) apply(d *Desk) {
	t := d.named(u.call, true)
	if t == nil && (u.ofNoCall() || d.frank != nil && d.frank.Prompt == u.Prompt.Prompt) {
		t = d.front
	}
	if t != nil {
		d.use(t, u.Use)
	}
}

// ofNoCall reports whether the choice is about the desk, and not about the call in front.
func (u Use) ofNoCall() bool {
	return u.People != "" || u.Found.Call || u.Call != "" || u.NextCall || u.Begin || u.Disturb
}

// use deals with a choice in a call.
func (d *Desk) use(t *talk, u Use) {
	d.changed = d.changed || d.trouble.refused != ""
	d.trouble.refused = ""
	switch {
	case u.Caller != "":
		d.choose(t, u.Caller)
	case u.NewCustomer != "":
		d.newCustomer(t, u.NewCustomer)
	case u.Found.ID != "":
		d.useFound(t, u.Found)
	case u.People != "":
		d.seekPeople(u.People)
	case d.useAnswer(t, u), d.useTalk(t, u):
	case u.Disturb:
		d.disturb()
	default:
		d.useCall(t, u)
	}
}

// useTalk deals with the choices about the conversation; false when it is none of them.
func (d *Desk) useTalk(t *talk, u Use) bool {
	switch {
	case u.FindOut:
		d.findOut(t)
	case u.Prompt.Prompt != "":
		d.usePrompt(t, u.Prompt)
	case u.Move.Move != "":
		d.useMove(t, u.Move)
	case u.Mood != "":
		d.feel(t, u.Mood)
	case u.Catch != CatchUse{}:
		d.useCatch(t, u.Catch)
	case u.Help != PaperUse{}:
		d.help(t, u.Help)
	case u.Letter != LetterUse{}:
		d.useLetter(t, u.Letter)
	case u.Keep != "":
		d.keepPromise(t, u.Keep)
	case u.HandOver != PaperUse{}:
		d.handOver(t, u.HandOver)
	default:
		return false
	}
	return true
}

// useAnswer deals with the choices about answers; false when it is none of them.
func (d *Desk) useAnswer(t *talk, u Use) bool {
	switch {
	case u.Answer != "":
		d.openAnswer(t, u.Answer)
	case u.CloseAnswer:
		d.closeAnswer(t)
	case u.Step > 0:
		d.tick(t, u.Step)
	case u.Answered.Answer != "":
		d.fared(t, u.Answered)
	case u.Answered != AnsweredUse{}:
		d.tellFlag(t, u.Answered)
	case u.Learn != LearnUse{}:
		d.learnWords(t, u.Learn)
	case u.Moved:
		t.moved = true
	default:
		return false
	}
	return true
}

// useCall deals with the choices about calls as a whole.
func (d *Desk) useCall(t *talk, u Use) {
	switch {
	case u.Call != "":
		d.fetch(u.Call)
	case u.NextCall:
		if next := d.nextCall(); next != nil {
			d.bring(next)
		} else if t.idle() && len(d.unfinished) > 0 {
			d.fetch(d.unfinished[0].draft.Call.ID)
		}
	case u.Begin:
		d.hand(t)
	case t.idle():
	case u.Number != "":
		d.giveNumber(t, u.Number)
	case u.Outgoing:
		d.turnAround(t)
	default:
		d.useWrapUp(t, u.WrapUp)
	}
}

// useWrapUp deals with the end of a call.
func (d *Desk) useWrapUp(t *talk, u WrapUpUse) {
	switch {
	case u.Forget:
		d.forgetMissed(t)
	case u.Private:
		t.private = !t.private
		d.mark(t)
		d.changed = true
	case u.Make:
		d.makeAnswer(t)
	case u.Done:
		d.wrapUp(t, u.Disposition)
	case u.Discard:
		d.discard(t)
	case u.Begin && t.phase != Wrapping:
		d.ended(t, d.now())
	}
}

// nextCall goes round the calls that wait: those with somebody on the line first,
// then those to be wrapped up.
func (d *Desk) nextCall() *talk {
	i := slices.Index(d.talks, d.front)
	round := append(slices.Clone(d.talks[i+1:]), d.talks[:max(i, 0)]...)
	for _, o := range round {
		if o.phase != Wrapping {
			return o
		}
	}
	if len(round) > 0 {
		return round[0]
	}
	return nil
}

// wrapUp keeps the call, its note and what is left of a reply in one go, and
// clears the desk. What cannot be kept stays.
func (d *Desk) wrapUp(t *talk, disposition string) {
	now := d.now()
	if t.call.Ended.IsZero() {
		t.call.Ended = now
	}
	d.seen(t)
	d.endFlagging(t)
	d.endSearch(t)
	if !t.worth() {
		d.remove(t)
		return
	}
	c := t.call
	c.Disposition, c.WrappedUp = disposition, true
	records := append([]assist.Record{c}, d.replyRecords(t)...)
	if text := strings.TrimSpace(t.note); text != "" {
		records = append(records, assist.Note{ID: assist.NewID(now), Customer: c.Customer, Call: c.ID, Rep: d.cfg.Me.ID, At: now, Text: text, Private: t.private})
	}
	if t.drafted {
		records = append(records, assist.Draft{ID: c.ID, At: now, Done: true})
	}
	if !d.valid("This call", records...) {
		return
	}
	d.remove(t)
	d.save("The call and its note", t, records...)
}

// discard puts the call away without a trace, but for what was kept before.
func (d *Desk) discard(t *talk) {
	d.endFlagging(t)
	d.forgetMissed(t)
	d.remove(t)
	d.endDraft(t)
}

// endDraft makes sure that a call that has left the desk is not offered again.
func (d *Desk) endDraft(t *talk) {
	if t.drafted {
		d.save("That the call is put away", t, assist.Draft{ID: t.call.ID, At: d.now(), Done: true})
	}
}

// wrapUpOf is the strip after hang-up.
func wrapUpOf(t *talk, now time.Time) *WrapUp {
	toFindOut := func(g assist.Gap) bool { return g.How == "" }
	unanswered := slices.ContainsFunc(t.gaps, toFindOut) || t.state == string(search.None) && len(t.call.Used) == 0
	w := &WrapUp{Noted: strings.TrimSpace(t.note) != "", Private: t.private, Suggested: compose.Disposition(t.made, len(t.call.Used), unanswered),
		Summary: compose.Summary(compose.Kept{Note: t.note, Made: t.made, Used: len(t.call.Used), Learned: t.learned}, now),
		Missed:  len(t.unmet()), Teaches: teaches(t), Taught: t.draftAnswer != ""}
	if w.Suggested != "" {
		w.Dispositions = append(w.Dispositions, w.Suggested)
	}
	for _, s := range assist.Dispositions() {
		if s != w.Suggested {
			w.Dispositions = append(w.Dispositions, s)
		}
	}
	return w
}
