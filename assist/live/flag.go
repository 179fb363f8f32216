package live

import (
	"slices"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/compose"
	"ringside/assist/compose/check"
)

const mostFlags = 3 // open flags that an answer shows

// sentencesOf cuts an answer into what can be flagged, as it stands in the library.
func sentencesOf(a assist.Answer) []string {
	out := check.Sentences(a.Say)
	for _, s := range a.Steps {
		out = append(out, check.Sentences(s)...)
	}
	return out
}

// standing returns the flag that this call has put on an answer; -1 when none stands.
func (t *talk) standing(answer assist.ID) int {
	return slices.IndexFunc(t.flags, func(f assist.Flag) bool { return f.Answer == answer && f.Closed.IsZero() })
}

// flag puts a flag on the open answer, or takes that of this call back.
func (d *Desk) flag(t *talk, wrong bool) {
	now, i := d.now(), t.standing(t.open.ID)
	switch {
	case wrong && i < 0:
		d.putFlag(t, len(t.flags), assist.Flag{ID: assist.NewID(now), Answer: t.open.ID, Call: t.call.ID, Customer: t.call.Customer,
			Rep: d.cfg.Me.ID, At: now})
		t.flagging, t.why = true, ""
	case !wrong && i >= 0:
		f := t.flags[i]
		f.Closed, f.By = now, d.cfg.Me.ID
		d.putFlag(t, i, f)
		t.flagging, t.why = false, ""
	}
}

// putFlag keeps a flag in place i of those of the call.
func (d *Desk) putFlag(t *talk, i int, f assist.Flag) {
	if !d.valid("This flag", f) {
		return
	}
	t.flags = append(slices.Clone(t.flags[:i]), append([]assist.Flag{f}, t.flags[min(i+1, len(t.flags)):]...)...)
	d.save("The flag", t, f)
}

// tellFlag takes what the rep says of the flag.
func (d *Desk) tellFlag(t *talk, u AnsweredUse) {
	if t.open == nil || !t.flagging {
		return
	}
	switch {
	case u.Typed:
		t.why = u.Why
	case u.Done:
		d.endFlagging(t)
	default:
		list := sentencesOf(t.opened.Answer)
		i := t.standing(t.open.ID)
		if i < 0 || u.Sentence < 1 || u.Sentence > len(list) {
			return
		}
		f := t.flags[i]
		f.Sentence, f.Why = list[u.Sentence-1], strings.TrimSpace(t.why)
		d.putFlag(t, i, f)
	}
	t.open = d.openOf(t, d.facts(t))
	d.changed = true
}

// endFlagging keeps why the answer is wrong, as far as that was written.
func (d *Desk) endFlagging(t *talk) {
	why := strings.TrimSpace(t.why)
	if i := t.standing(t.opened.Answer.ID); t.flagging && i >= 0 && t.flags[i].Why != why {
		f := t.flags[i]
		f.Why = why
		d.putFlag(t, i, f)
	}
	t.flagging, t.why = false, ""
}

// forgetSettled forgets flags of running calls that were open in the library before and
// are no more: whoever settled them has the last word.
func (d *Desk) forgetSettled(before map[assist.ID][]assist.Flag) {
	in := func(open map[assist.ID][]assist.Flag, own assist.Flag) bool {
		return slices.ContainsFunc(open[own.Answer], func(f assist.Flag) bool { return f.ID == own.ID })
	}
	for _, t := range d.all() {
		t.flags = slices.DeleteFunc(slices.Clone(t.flags), func(f assist.Flag) bool {
			return in(before, f) && !in(d.library.Flags, f)
		})
	}
}

// showFlag shows what can still be told of the flag on the open answer.
func (t *talk) showFlag(o *Open, facts compose.Facts) {
	i := t.standing(t.opened.Answer.ID)
	if !t.flagging || i < 0 {
		return
	}
	o.Flagging, o.FlagWhy = true, t.why
	for n, s := range sentencesOf(t.opened.Answer) {
		o.Sentences = append(o.Sentences, compose.Fill(s, facts))
		if s == t.flags[i].Sentence && o.Sentence == 0 {
			o.Sentence = n + 1
		}
	}
}

// dropSettled forgets the flags of a call that the library had and has no longer: somebody
// has settled them, and the call must not write them anew.
func (d *Desk) dropSettled(t *talk, before map[assist.ID][]assist.Flag) {
	t.flags = slices.DeleteFunc(slices.Clone(t.flags), func(own assist.Flag) bool {
		is := func(f assist.Flag) bool { return f.ID == own.ID }
		return own.Closed.IsZero() && slices.ContainsFunc(before[own.Answer], is) && !slices.ContainsFunc(d.library.Flags[own.Answer], is)
	})
}

// flagsOn returns the open flags of an answer, those of this call first, then the latest.
// A sentence that the answer no longer has is nothing to warn of.
func (d *Desk) flagsOn(t *talk, a assist.Answer) []assist.Flag {
	var out []assist.Flag
	for _, f := range d.library.Flags[a.ID] {
		if !slices.ContainsFunc(t.flags, func(own assist.Flag) bool { return own.ID == f.ID }) {
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(x, y assist.Flag) int { return y.At.Compare(x.At) })
	if i := t.standing(a.ID); i >= 0 {
		out = append([]assist.Flag{t.flags[i]}, out...)
	}
	if len(out) == 0 {
		return nil
	}
	text := a.Say + "\n" + strings.Join(a.Steps, "\n")
	return slices.DeleteFunc(out, func(f assist.Flag) bool { return !strings.Contains(text, f.Sentence) })
}

// flagged says who has flagged an answer, and when: "flagged today by Tom".
func (d *Desk) flagged(f assist.Flag, now time.Time) string {
	return "flagged as wrong " + on(f.At, now) + by(" by ", d.name(f.Rep))
}

// flagLines says of each flag on an answer which sentence it is about, and why.
func (d *Desk) flagLines(list []assist.Flag, facts compose.Facts) []string {
	var out []string
	for _, f := range list[:min(len(list), mostFlags)] {
		line := d.flagged(f, facts.Now)
		if f.Sentence != "" {
			line += ": “" + compose.Fill(f.Sentence, facts) + "”"
		}
		if f.Why != "" {
			line += " (" + f.Why + ")"
		}
		out = append(out, strings.ToUpper(line[:1])+line[1:])
	}
	return out
}
