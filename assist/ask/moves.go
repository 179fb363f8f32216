package ask

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"ringside/assist"
	"ringside/assist/glance"
)

// The kinds of move, the weightiest first.
const (
	Sorry     = "sorry"    // say sorry, then solve
	Incident  = "incident" // tell them before they ask
	Promise   = "promise"  // confirm what was promised
	Thanks    = "thanks"   // for the years with us
	Birthday  = "birthday" // of a contract or a thing that they have of us
	Parity    = "parity"   // what new customers get, and they have not
	Match     = "match"    // what they told of, and what we have for it
	Advocate  = "advocate" // they recommend us
	mostMoves = 4
)

// MoveKinds lists the kinds of move, the weightiest first.
func MoveKinds() []string {
	return []string{Sorry, Incident, Promise, Thanks, Birthday, Parity, Match, Advocate}
}

// Move is what to do now. It is an offer, as a prompt is.
type Move struct {
	Kind string
	// ID is what assist.Asked.Prompt is to hold when the rep says done, not now or
	// never. A move about a promise, an incident, a deal or a product has its own.
	ID assist.ID
	// About is the promise or the incident that the customer hears of; empty: none.
	About assist.ID
	Text  string // what to do, in one line
	Why   string // what makes it due
}

// scene is all that moves are decided from.
type scene struct {
	glance.Profile
	call    Call
	reasons []Reason
	names   func(assist.ID) string
	now     time.Time
}

// Moves returns what to do now, the weightiest first, at most four. names gives the
// name of a rep, "" for one who is not known; nil knows nobody. A move is left out when
// its kind is switched off, when a reason takes its part out, and while it rests: after
// "never" for good, after "not now" a month (the urgent ones: 12 hours, thanks for the
// years: 300 days), after "done" until there is something new to do.
func (t *Team) Moves(p glance.Profile, c Call, reasons []Reason, names func(assist.ID) string, now time.Time) []Move {
	if names == nil {
		names = func(assist.ID) string { return "" }
	}
	s := scene{p, c, reasons, names, now}
	var out []Move
	for _, find := range []func(scene) []Move{t.sorry, t.tell, t.confirm, t.thank, t.birthday, t.parity, t.match, t.praise} {
		for _, m := range find(s) { // the first of a kind that does not rest
			if !t.off[m.Kind] && !s.rests(m) && len(out) < mostMoves {
				out = append(out, m)
				break
			}
		}
	}
	return out
}

const (
	aDay    = 24 * time.Hour
	aCall   = 12 * time.Hour // a call, and who rings back on the same day
	aMonth  = 30 * aDay
	aYear   = 300 * aDay // so that a yearly thing can come a little earlier next time
	forGood = 1 << 62 * time.Nanosecond
)

// How long a move rests after it was done, and after "not now".
var resting = map[string]struct{ done, notNow time.Duration }{
	Sorry:    {aCall, aCall},
	Incident: {forGood, aCall}, // the id is that of this news
	Promise:  {forGood, aCall}, // the id is that of this day
	Thanks:   {aYear, aYear},
	Birthday: {aYear, aMonth},
	Parity:   {forGood, aMonth},
	Match:    {forGood, aMonth},
	Advocate: {aYear, aMonth},
}

func (s scene) rests(m Move) bool {
	return slices.ContainsFunc(s.Asked, func(a assist.Asked) bool {
		if a.Prompt != m.ID {
			return false
		}
		switch since := s.now.Sub(a.At); a.Reply {
		case assist.ReplyNever:
			return true
		case assist.ReplyNotNow:
			return since < resting[m.Kind].notNow
		default:
			return since < resting[m.Kind].done
		}
	})
}

func (s scene) quiet(part assist.Part) bool { return Quiet(s.reasons, part) != "" }

// moveID names a move: its kind, and what it is about.
func moveID(kind string, about ...string) assist.ID {
	id := assist.ID("move." + kind)
	if len(about) == 0 {
		return id
	}
	return id + "." + assist.IDFrom(about...)
}

// by adds the name of a rep, where it is known.
func (s scene) by(before string, rep assist.ID, after string) string {
	name := ""
	if rep != "" {
		name = line(s.names(rep))
	}
	if name == "" {
		return ""
	}
	return before + name + after
}

// sorry is due for every promise that is late or was broken without a word, and else
// when they are upset.
func (t *Team) sorry(s scene) (out []Move) {
	for _, q := range append(slices.Clone(s.Promises), s.Ended...) {
		broke := !q.Broken.IsZero() && q.Untold(s.now)
		if !q.Late(s.now) && !broke {
			continue
		}
		text, why := "Say sorry first, then what we do: "+quoted(q.Text, 60), "promised"
		if broke {
			text += " will not be kept"
		} else {
			text += " was due on " + dueDay(q, s.now)
		}
		if !q.Made.IsZero() {
			why += " on " + day(q.Made, s.now)
		}
		why += s.by(" by ", q.Rep, "")
		if q.Untold(s.now) {
			why += "; they have not heard from us about it"
		}
		out = append(out, Move{Kind: Sorry, ID: moveID(Sorry, string(q.ID)), About: q.ID, Text: text, Why: why})
	}
	if len(out) > 0 {
		return out
	}
	for _, r := range s.reasons {
		if r.When == assist.WhenUpset {
			return []Move{{Kind: Sorry, ID: moveID(Sorry), Text: "Say sorry first, then what we do", Why: "they are upset" + behind(": ", r.Because)}}
		}
	}
	return nil
}

// dueDay is the day of a promise. A whole day stays the one that was meant, wherever it
// was written down.
func dueDay(p assist.Promise, now time.Time) string {
	if p.AllDay {
		now = now.In(p.Due.Location())
	}
	return day(p.Due, now)
}

func behind(sign, s string) string {
	if s == "" {
		return ""
	}
	return sign + s
}

// tell is due for every open incident of which they do not know the latest.
func (t *Team) tell(s scene) (out []Move) {
	for _, i := range s.Incidents {
		var place assist.Affected
		if n := slices.IndexFunc(s.Affected, func(a assist.Affected) bool { return a.Incident == i.ID }); n >= 0 {
			place = s.Affected[n]
		}
		if !i.Closed.IsZero() || place.Knows(i) {
			continue
		}
		text := "Tell them before they ask: " + quoted(cmp.Or(i.What, i.Title), 80)
		if i.FixedBy.After(s.now) {
			text += ", over by " + day(i.FixedBy, s.now)
		}
		why := "it touches them, and they have heard nothing of it from us"
		if !place.Told.IsZero() {
			why = "the latest is of " + day(i.News(), s.now) + ", they were told on " + day(place.Told, s.now)
		}
		why += s.by("; ", place.Concierge, " looks after them in it")
		out = append(out, Move{Kind: Incident, ID: moveID(Incident, string(i.ID), fmt.Sprint(i.News().UnixMilli())), About: i.ID, Text: text, Why: why})
	}
	return out
}

const dueSoon = 3 * aDay

// confirm is due for a promise that was moved without a word, or whose time comes soon.
func (t *Team) confirm(s scene) (out []Move) {
	for _, q := range s.Promises {
		moved := q.Untold(s.now)
		if !q.Open() || q.Due.IsZero() || q.Late(s.now) || !moved && q.Due.Sub(s.now) > dueSoon {
			continue
		}
		text := "Confirm: " + quoted(q.Text, 60) + ", due on " + dueDay(q, s.now)
		why := "it is due soon" + s.by("; ", q.Rep, " promised it")
		if moved {
			why = "it was moved" + s.by(" by ", q.Rep, "")
			if !q.FirstDue.IsZero() {
				why += " from " + day(q.FirstDue, s.now)
			}
			why += ", and they have not heard"
		}
		out = append(out, Move{Kind: Promise, ID: moveID(Promise, string(q.ID), fmt.Sprint(q.Due.UnixMilli())), About: q.ID, Text: text, Why: why})
	}
	return out
}
