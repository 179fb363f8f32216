package live

import (
	"slices"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/ask"
	"ringside/assist/glance"
	"ringside/assist/heard"
	"ringside/assist/settings"
)

const (
	mostMoves = 3
	anew      = 5 * time.Minute // in a call that goes on, tact looks again
)

// looksAgain is when tact is asked anew about a call that goes on; zero: never.
func (t *talk) looksAgain() time.Time {
	if t.phase != Talking || !t.known() {
		return time.Time{}
	}
	return t.advised.Add(anew)
}

// advise decides anew what to do now, what may be asked and why something may not: after
// the caller has become known, when their mood is marked, and when the words of the rep
// have come to rest.
func (d *Desk) advise(t *talk) {
	if !t.known() {
		t.moves, t.quiet = nil, ""
		return
	}
	t.advised = time.Now()
	now := d.now()
	t.reasons = d.team.Tact(d.standing(t), t.asking(), now)
	if t.quiet = quietOf(t.reasons); t.quiet != "" {
		t.prompts = nil
	}
	d.followUp(t)
	d.offer(t)
	d.setMoves(t, now)
	d.draw(t)
	d.changed = true
}

// standing is the customer as they stand after what was done in this call.
func (d *Desk) standing(t *talk) glance.Profile {
	p := t.profile
	p.Promises = slices.DeleteFunc(slices.Clone(p.Promises), func(q assist.Promise) bool { return t.kept[q.ID] || !q.Open() })
	return p
}

// quietOf says why nothing may be asked: the two weightiest reasons; "" when questions
// are welcome.
func quietOf(reasons []ask.Reason) string {
	var why []string
	for _, r := range reasons {
		if !slices.Contains(r.Quiet, assist.Questions) || len(why) == 2 {
			continue
		}
		say := r.Say
		if _, reason, ok := strings.Cut(say, ": "); ok && len(why) > 0 {
			say = "Also: " + reason
		}
		if r.Because != "" {
			say = strings.TrimRight(say, ".") + " (" + r.Because + ")."
		}
		why = append(why, say)
	}
	return strings.Join(why, " ")
}

func (d *Desk) setMoves(t *talk, now time.Time) {
	t.moves = nil
	for _, m := range d.team.Moves(d.standing(t), t.asking(), t.reasons, d.name, now) {
		if len(t.moves) < mostMoves {
			t.moves = append(t.moves, Move{ID: m.ID, Kind: m.Kind, Text: m.Text, Why: m.Why, about: m.About})
		}
	}
}

// feel marks how the customer is, or takes the mark back.
func (d *Desk) feel(t *talk, mood assist.Mood) {
	if t.idle() || t.phase == Wrapping {
		return
	}
	d.touch(t)
	if t.call.Mood == mood {
		mood = ""
	}
	t.call.Mood = mood
	d.mark(t)
	d.changed = true
	d.advise(t)
}

// useMove remembers what the rep did with a move. Who was told is told.
func (d *Desk) useMove(t *talk, u MoveUse) {
	i := slices.IndexFunc(t.moves, func(m Move) bool { return m.ID == u.Move })
	if i < 0 || !t.known() {
		return
	}
	m, now := t.moves[i], d.now()
	if u.Off {
		d.switchOff(settings.Off{Moves: with(d.off.Moves, m.Kind), Frank: d.off.Frank})
		return
	}
	a := assist.Asked{ID: assist.NewID(now), Customer: t.call.Customer, Call: t.call.ID, Prompt: m.ID, Reply: u.Reply, At: now}
	records := []assist.Record{a}
	if u.Reply == assist.ReplyDone {
		d.touch(t)
		records = append(records, d.told(t, m.about, now)...)
	}
	if !d.valid("This", records...) {
		return
	}
	t.profile.Asked = append([]assist.Asked{a}, t.profile.Asked...)
	d.advise(t)
	d.save("What was done", t, records...)
}

// switchOff takes something away for good, and tells who keeps the rep's choices.
func (d *Desk) switchOff(o settings.Off) {
	newOff(o).apply(d)
	if d.cfg.OnOff != nil {
		d.cfg.OnOff(o)
	}
}

// setGuide makes ready what trainers keep of the conversation.
func (d *Desk) setGuide() {
	l := d.library
	d.ear = heard.New(l.Subjects, d.cfg.Team)
	d.team = ask.New(ask.Kept{Prompts: l.Prompts, Tact: l.Tact, Focus: l.Focus, Deals: l.Deals, Subjects: l.Subjects, MovesOff: d.off.Moves})
}

// told marks that the customer knows from now on how a promise stands, or the latest of an
// incident. It changes the call's picture of them, too.
func (d *Desk) told(t *talk, about assist.ID, now time.Time) (out []assist.Record) {
	if about == "" {
		return nil
	}
	for _, list := range []*[]assist.Promise{&t.profile.Promises, &t.profile.Ended} {
		if i := slices.IndexFunc(*list, func(p assist.Promise) bool { return p.ID == about }); i >= 0 {
			*list = slices.Clone(*list)
			(*list)[i].Told = now
			out = append(out, (*list)[i])
		}
	}
	for _, i := range t.profile.Incidents {
		if i.ID == about {
			out = append(out, d.tellOf(t, i, now))
		}
	}
	return out
}

// tellOf marks that the customer has heard the latest of an incident. Who has no place in
// it yet gets one, with the rep who knows them as their concierge.
func (d *Desk) tellOf(t *talk, i assist.Incident, now time.Time) assist.Affected {
	places := slices.Clone(t.profile.Affected)
	at := slices.IndexFunc(places, func(a assist.Affected) bool { return a.Incident == i.ID })
	if at < 0 {
		at = len(places)
		places = append(places, assist.Affected{ID: assist.Affected{Incident: i.ID, Customer: t.call.Customer}.Key(), Incident: i.ID,
			Customer: t.call.Customer, Concierge: d.whoKnows(t), At: now})
	}
	places[at].Told = now
	t.profile.Affected = places
	return places[at]
}

// whoKnows is the colleague who spoke with the customer last and is still on the team,
// else the rep who sits here.
func (d *Desk) whoKnows(t *talk) assist.ID {
	for _, c := range t.profile.Calls {
		if slices.ContainsFunc(d.cfg.Team, func(r assist.Rep) bool { return r.ID == c.Rep }) {
			return c.Rep
		}
	}
	return d.cfg.Me.ID
}
