package live

import "reflect"

// picture makes the View of the desk as it stands. It hands out only values and
// slices that are replaced, never written, afterwards.
func (d *Desk) picture() View {
	t, now := d.front, d.now()
	v := View{
		Seq: d.seq, At: now, Phase: t.phase, Call: t.call.ID, Ring: t.ring,
		Who: t.who, Looking: t.looking, Choices: t.choices, Card: t.card,
		Heard: t.found, Answers: Answers{State: t.state, Hits: t.answers}, Open: t.open,
		Learn: t.learn, Found: t.besides, Peek: t.peek, People: d.people,
		Caught: t.caught, Honest: t.honest, Helpers: t.helpers, Letter: d.letterOf(t),
		Moves: t.moves, Mood: t.call.Mood, Prompts: t.prompts, Reply: t.reply,
		Note:    NoteState{Text: t.note, Saved: t.note == t.draft.note},
		Promise: t.offered, Made: t.made,
		HandOver: d.handOverOf(t), Undisturbed: d.undisturbed,
		Others: d.others(), Unfinished: d.leftovers(),
		Trouble: d.worst(), Unkept: d.keeper.failing,
	}
	if !t.known() {
		v.Card = nil
	}
	if t.catch != nil {
		v.Catch = &t.catch.Catch
	}
	if t.idle() {
		v.Prompts, v.Reply = d.frankView()
	}
	if t.who != Several {
		v.Choices = nil
	}
	if t.known() && t.reply == nil && len(t.prompts) == 0 {
		v.Quiet = t.quiet
	}
	if t.phase == Wrapping {
		v.WrapUp = wrapUpOf(t, now)
		v.Prompts, v.Moves = nil, nil // nobody is left to ask
	}
	return v
}

// frankView is the question for the rep, on the idle desk.
func (d *Desk) frankView() ([]Offer, *Reply) {
	switch {
	case d.frank == nil:
		return nil, nil
	case d.franking:
		return nil, d.frank
	}
	return []Offer{d.frank.Offer}, nil
}

// letterOf is the letter as the page shows it.
func (d *Desk) letterOf(t *talk) *Letter {
	if t.letter == nil {
		return nil
	}
	l := t.letter.Letter
	l.CanPolish = d.cfg.Writer != nil && (d.cfg.Writer.Ready() || l.Polish != nil)
	return &l
}

// alike reports whether two Views show the same.
func alike(a, b View) bool {
	a.Seq, a.At = b.Seq, b.At
	return reflect.DeepEqual(a, b)
}

func (d *Desk) others() []Waiting {
	var out []Waiting
	for _, t := range d.talks {
		if t != d.front {
			out = append(out, Waiting{Call: t.call.ID, Title: t.title(), Phase: t.phase, Since: t.call.Started,
				Customer: t.call.Customer, Untold: untold(t.profile)})
		}
	}
	return out
}

func (d *Desk) leftovers() []Waiting {
	var out []Waiting
	for _, u := range d.unfinished {
		out = append(out, Waiting{Call: u.draft.Call.ID, Title: u.title, Phase: Wrapping, Since: u.draft.Call.Started, Customer: u.draft.Call.Customer})
	}
	return out
}
