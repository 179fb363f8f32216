package live

import (
	"context"
	"slices"
	"time"

	"ringside/assist"
	"ringside/assist/ask"
	"ringside/assist/glance"
	"ringside/assist/heard"
	"ringside/assist/phone"
	"ringside/assist/search"
)

// talk is one call at the desk, whether it rings, runs or waits to be wrapped up.
// Slices in it that a View or a pack of records has seen are never written again:
// they are replaced.
type talk struct {
	keys   []string // what the sources call it
	told   int      // how far the phone's news went: the rank of the latest phase
	ring   phone.Ring
	rung   time.Time // when the phone told of it last
	number phone.Number
	call   assist.Call // without an id: nobody calls, the desk is idle
	phase  Phase
	over   *talk // the unfinished call that this one pushed aside by ringing
	gone   bool  // no longer at the desk
	missed bool
	byHand bool // begun by the rep's typing at an idle desk

	who     Who
	looking bool
	failed  bool   // the store could not say who it is
	looks   uint64 // generation of look-ups
	matches []glance.Match
	choices []Choice
	profile glance.Profile
	made    []assist.Promise
	gaps    []assist.Gap  // left for the trainers
	flags   []assist.Flag // put on answers
	saved   map[assist.ID]assist.Question
	fresh   bool // the customer was made in this call
	kept    map[assist.ID]bool
	card    *Card

	heard    string   // what is in the box
	before   []string // what was in it before, the oldest first
	searches uint64   // generation of searches
	stop     context.CancelFunc
	keyed    time.Time // when the box changed last
	rest     time.Time // when the list counts as seen; zero: nothing waits for it
	latest   string    // what was typed last, wherever
	resting  time.Time // when latest is read for what it says; zero: it has been read
	moved    bool      // the rep has moved to the list since
	miss     miss
	met      string // the words for which something was opened
	besides  []glance.Found
	found    string // the words that answers belong to
	state    string
	hits     []search.Hit
	answers  []AnswerHit
	opened   search.Hit
	openedBy string // the words that found it; empty when it was chosen without words
	open     *Open
	flagging bool   // more can be told of the flag on the open answer
	why      string // it is wrong, as typed so far
	learn    *Learn
	peek     *Peek
	peeks    uint64 // generation of peeks
	ticked   map[assist.ID][]bool

	reasons  []ask.Reason // why tact takes something out
	advised  time.Time    // when reasons were looked at
	quiet    string       // why nothing may be asked
	moves    []Move
	prompts  []Offer
	reply    *Reply
	catch    *caught
	caught   string           // what was kept last, in a line
	uncaught []caught         // what is not offered again
	insights []assist.Insight // of this call
	praised  []assist.Kudos   // in this call
	honest   *heard.Honest
	helpers  *Helpers
	helps    uint64 // generation of looking for colleagues
	helpStop context.CancelFunc
	letter   *letter
	reading  bool   // the letter is being read for what could be better
	polishes uint64 // how often a model was asked
	treated  map[assist.ID]bool
	asked    int
	learned  int

	note    string
	private bool      // it is only for who wrote it
	written time.Time // "on Friday" in the note is seen from here
	finding bool
	offered *PromiseOffer
	words   string   // the words of the note that offered stands for
	settled []string // words that are not offered again

	draftAnswer string // the title of the answer that was made of this call

	passing bool // the words for a colleague are shown
	typed   bool // the rep wrote something
	drafted bool // a draft may be on disk
	draft   mark
}

// mark says what of a talk is not durable yet.
type mark struct {
	rev, saved uint64
	held       uint64    // this rev is saved but for the end of a card number
	first      time.Time // of the keys that are not saved
	last       time.Time
	note       string // the note as it is on disk
}

func idleTalk() *talk {
	return &talk{phase: Idle, who: Nobody, ticked: map[assist.ID][]bool{}, kept: map[assist.ID]bool{},
		treated: map[assist.ID]bool{}}
}

func (d *Desk) newTalk(started time.Time) *talk {
	t := idleTalk()
	t.call = assist.Call{ID: assist.NewID(started), Rep: d.cfg.Me.ID, Started: started}
	t.phase, t.who = Ringing, Withheld
	d.talks = append(d.talks, t)
	return t
}

func (t *talk) idle() bool { return t.call.ID == "" }

func (t *talk) known() bool { return t.who == Known }

// worth reports whether the call leaves something behind: the customer is known,
// or the rep wrote, promised or said something.
func (t *talk) worth() bool {
	return !t.idle() && (t.known() || t.typed || len(t.made) > 0 || slices.ContainsFunc(t.call.Used, marked))
}

// title is how others call the talk: a name, else a number.
func (t *talk) title() string {
	if t.byHand && !t.known() && t.number.Withheld {
		return "No number yet"
	}
	return titleOf(t.profile.Customer, t.ring.Name, t.number)
}

func titleOf(c assist.Customer, ringName string, n phone.Number) string {
	for _, s := range []string{c.Name, c.CallMe, ringName} {
		if s != "" {
			return s
		}
	}
	if n.Withheld {
		return "No number came"
	}
	return n.Show()
}

// hand begins a call for what the rep does at an idle desk: a phone that tells
// nothing must not keep anybody from writing. A call is that call.
func (d *Desk) hand(t *talk) *talk {
	if !t.idle() {
		return t
	}
	now := d.now()
	t.call = assist.Call{ID: assist.NewID(now), Rep: d.cfg.Me.ID, Started: now, Answered: now}
	t.phase, t.who, t.byHand = Talking, Withheld, true
	t.number = phone.Parse("", d.cfg.Region)
	t.ring = phone.Ring{ID: string(t.call.ID), Phase: phone.Answered, At: now, Source: phone.ByHand} // a name by which the page can end it
	t.keys, t.told = []string{keyOf(t.ring, t.number)}, rank(phone.Answered)
	d.talks = append(d.talks, t)
	d.changed = true
	return t
}

// touch notes that the rep works on the call: a phone that does not tell of the
// answer is believed to have been answered.
func (d *Desk) touch(t *talk) {
	if t.phase == Ringing {
		d.answered(t, d.now())
	}
}

// bring puts a call in front.
func (d *Desk) bring(t *talk) {
	if t == d.front {
		return
	}
	if d.front.idle() {
		d.endSearch(d.front)
		d.front.stopSearch()
	}
	d.front = t
	if t.found != t.heard { // the page shows the words of a call that comes to the front as they were typed
		d.clearAnswers(t)
		t.found = t.heard
	}
	d.changed = true
}

// named returns the call that a text belongs to: the one that it names, else the
// call in front; nil when that call has gone. What was typed at the idle desk
// belongs to the call that it has begun.
func (d *Desk) named(call assist.ID, named bool) *talk {
	if !named {
		return d.front
	}
	if i := slices.IndexFunc(d.talks, func(t *talk) bool { return t.call.ID == call }); i >= 0 {
		return d.talks[i]
	}
	if call == "" && (d.front.idle() || d.front.byHand) {
		return d.front
	}
	return nil
}

// remove takes a call off the desk; the call that it pushed aside comes back,
// else the one that waits longest, else nothing.
func (d *Desk) remove(t *talk) {
	t.gone = true
	t.stopSearch()
	t.dropLetter()
	t.stopHelp()
	d.talks = slices.DeleteFunc(d.talks, func(o *talk) bool { return o == t })
	ended := t.call.Ended
	if ended.IsZero() {
		ended = d.now()
	}
	d.finished.add(t.keys, ended)
	d.changed = true
	if t != d.front {
		return
	}
	if d.front = d.nextAfter(t); d.front.idle() {
		d.offerFrank() // a new shift may have begun
	}
}

func (d *Desk) nextAfter(t *talk) *talk {
	for _, phase := range []Phase{Talking, Ringing} {
		for _, o := range d.talks {
			if o.phase == phase && !o.byHand {
				return o
			}
		}
	}
	for o := t.over; o != nil; o = o.over {
		if !o.gone {
			return o
		}
	}
	return idleTalk()
}

// all returns the calls at the desk, and the idle desk itself.
func (d *Desk) all() []*talk {
	if d.front.idle() {
		return append(slices.Clone(d.talks), d.front)
	}
	return d.talks
}

// with returns a new list with x at its end; the old one is left alone.
func with[T any](list []T, x T) []T { return append(slices.Clip(list), x) }
