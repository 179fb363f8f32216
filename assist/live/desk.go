// Package live decides over time within a call: from the first ring to wrap-up it
// owns the running calls and turns what happens into pictures.
//
//	phone source   --Ring------+
//	page           --Hear------+                              +--> View()   newest, for anybody
//	page           --Use-------+--> mailbox --> Desk.Run -----+
//	page           --Note------+       ^       one goroutine  +--> Views()  newest only, for one reader
//	page           --Promise---+       |            |
//	settings       --SetLibrary+       |            +-- beside --> Store.FindByNumber, Profile, Drafts
//	import         --Refresh---+       |            +-- beside --> Finder.Find, Store.Seek, Meaner.Near (cancelled by the next key)
//	                                   |            +-- beside --> promise.Find
//	                                   |            +-- beside --> Store.Save (one at a time, in order)
//	                                   +------------------- outcomes, dropped when they are late
//
// The verbs never wait: they put an event into the mailbox. Whatever may be slow
// runs beside the goroutine and comes back as an event; only a look-up is waited
// for, and only so long that nobody notices, so that the card pops in one picture.
package live

import (
	"context"
	"sync/atomic"
	"time"

	"ringside/assist"
	"ringside/assist/ask"
	"ringside/assist/frank"
	"ringside/assist/heard"
	"ringside/assist/insight"
	"ringside/assist/phone"
	"ringside/assist/promise"
	"ringside/assist/search"
	"ringside/assist/settings"
)

const (
	pause    = 300 * time.Millisecond // typing that stops this long is saved
	atMost   = 800 * time.Millisecond // unsaved text waits no longer than this, so that it is durable within a second
	hold     = 10 * time.Second       // the end of what may become a card number is kept back no longer
	again    = 2 * time.Second        // what failed is tried again after this long
	grace    = 3 * time.Millisecond   // how long the desk waits for a look-up before it shows a picture without it
	lastWait = 5 * time.Second        // how long Run waits for the store after its context ended
)

// Config is what a Desk needs. Store must be set. Now is the wall clock; nil means
// time.Now.
type Config struct {
	Store  Store
	Reader Reader // for what was found, in full; nil: the desk knows only what stood in the list
	Me     assist.Rep
	Team   []assist.Rep
	Region string // two letters, for numbers without a country code
	Now    func() time.Time
	// OnOff is told, on the desk's goroutine, of all that the rep has switched off; nil:
	// nobody keeps it.
	OnOff      func(settings.Off)
	Colleagues Colleagues // nil: nobody knows who can help
	Writer     Writer     // nil: no model polishes letters
}

// Finder finds answers; *search.Index is one. Find may be called from several
// goroutines, and gives up when ctx ends.
type Finder interface {
	Find(ctx context.Context, q search.Query) (search.Result, error)
	// Answer returns an answer that was not found by words.
	Answer(id assist.ID) (assist.Answer, bool)
}

// Library is what the desk suggests from. The desk never changes it, and the
// caller must not change it after SetLibrary.
type Library struct {
	Index   Finder // nil finds nothing
	Prompts []assist.Prompt
	Meaning Meaner // nil: words alone count

	Tact     []assist.Tact // none: the rules that are built in
	Subjects []assist.Subject
	Deals    []assist.Deal
	Focus    []assist.Focus

	// Flags are the open ones, by answer.
	Flags map[assist.ID][]assist.Flag
	// Pages are those of the company's site by their Key, without their texts.
	Pages map[assist.ID]assist.WebPage
}

// Desk owns the running calls. Its verbs may be called from any goroutine, in any
// number, before and while Run runs; they keep their order and never wait.
type Desk struct {
	box   *mailbox
	views chan View
	view  atomic.Pointer[View]
	news  newsroom

	// The rest belongs to the goroutine of Run.
	cfg        Config
	names      map[assist.ID]string
	library    Library
	liked      insight.Liked
	team       *ask.Team // of the library
	ear        *heard.Reader
	off        settings.Off
	asker      frank.Asker // the rep who sits here
	frank      *Reply      // the question for them; its Text is what they have typed
	franking   bool        // they have begun to answer
	frankTopic string
	ctx        context.Context
	running    int // pieces of work beside the desk that have not come back
	talks      []*talk
	front      *talk // never nil; a talk without a call while idle
	finished   finished
	phone      settings.Phone
	mine       phone.Mine
	// undisturbed: a ring waits beside what is in front, and nothing else tells of it.
	undisturbed bool
	promises    promise.Reader         // of the notes
	review      bool                   // new wordings go to the trainers first
	learnt      map[assist.ID][]string // wordings that the library does not have yet
	people      People
	peopleSeek  uint64 // generation of searches for people
	peopleStop  context.CancelFunc
	unfinished  []left
	askAt       time.Time // when what the store refused to tell is asked for again
	keeper      keeper
	trouble     troubles
	changed     bool
	seq         uint64
}

// New returns a desk without calls. Nothing happens before Run.
func New(cfg Config) *Desk {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	d := &Desk{box: newMailbox(), views: make(chan View, 1), cfg: cfg, front: idleTalk(), team: ask.New(ask.Kept{}), ear: heard.New(nil, nil)}
	d.setNames()
	v := d.picture()
	d.view.Store(&v)
	return d
}

// Ring tells of a phone call. News that is old or was told before changes nothing.
func (d *Desk) Ring(r phone.Ring) { d.box.put(rang(r)) }

// Hear tells all that is in the box "What does the customer say?" of the call in
// front. Empty text clears the answers.
func (d *Desk) Hear(text string) { d.box.put(boxed{text: text}) }

// HearIn is Hear for the call of a View, so that text that was typed just before
// another call came to the front stays with its own. The empty id is the idle desk.
func (d *Desk) HearIn(call assist.ID, text string) {
	d.box.put(boxed{call: call, named: true, text: text})
}

// Use tells what the rep chose among what the View offers.
func (d *Desk) Use(u Use) { d.box.put(u) }

// UseIn is Use for the call of a View, as HearIn is Hear: what was chosen just before
// another call came to the front is done in its own. The empty id is the idle desk.
func (d *Desk) UseIn(call assist.ID, u Use) { d.box.put(usedIn{call, u}) }

// Note tells all that is in the note of the call in front.
func (d *Desk) Note(text string) { d.box.put(noted{text: text}) }

// NoteIn is Note for the call of a View, as HearIn is Hear.
func (d *Desk) NoteIn(call assist.ID, text string) {
	d.box.put(noted{call: call, named: true, text: text})
}

// Promise keeps or refuses the promise that the View offers, or makes one by hand.
func (d *Desk) Promise(p PromiseUse) { d.box.put(p) }

// PromiseIn is Promise for the call of a View, as UseIn is Use.
func (d *Desk) PromiseIn(call assist.ID, p PromiseUse) { d.box.put(promisedIn{call, p}) }

// SetLibrary makes the desk suggest from l. What is heard is looked for again.
func (d *Desk) SetLibrary(l Library) { d.box.put(newLibrary(l)) }

// SetLiked tells what customers love and wish; it stands with answers and questions from
// then on.
func (d *Desk) SetLiked(l insight.Liked) { d.box.put(newLiked(l)) }

// SetTeam says who sits here, who else is on the team, and where numbers without
// a country code belong.
func (d *Desk) SetTeam(me assist.Rep, team []assist.Rep, region string) {
	d.box.put(newTeam{me, team, region})
}

// SetPhone says which calls are for this desk.
func (d *Desk) SetPhone(s settings.Phone) { d.box.put(newPhone(s)) }

// SetReview says whether a new wording for an answer goes to the trainers first.
func (d *Desk) SetReview(on bool) { d.box.put(newReview(on)) }

// SetOff says what the rep has switched off.
func (d *Desk) SetOff(o settings.Off) { d.box.put(newOff(o)) }

// SetMonthFirst says whether 3/4 in a note is 4 March. Until it is, 3/4 is asked.
func (d *Desk) SetMonthFirst(on bool) { d.box.put(newMonthFirst(on)) }

// Refresh reads the customers of the open calls again: after an import or an edit.
func (d *Desk) Refresh() { d.box.put(refresh{}) }

// View returns the newest picture.
func (d *Desk) View() View { return *d.view.Load() }

// Views returns a mailbox for one reader that holds the newest picture only. It
// is never closed.
func (d *Desk) Views() <-chan View { return d.views }

// Run is the desk's one goroutine. It returns when ctx has ended and everything
// typed is durable, or with the reason why it is not.
func (d *Desk) Run(ctx context.Context) error {
	d.ctx = ctx
	d.readDrafts()
	d.publish()
	alarm := time.NewTimer(time.Hour)
	defer alarm.Stop()
	for {
		d.rested(time.Now())
		d.giveUp(time.Now())
		d.keep()
		if d.changed {
			d.publish()
		}
		d.arm(alarm)
		select {
		case <-ctx.Done():
			return d.leave()
		case <-d.box.ready:
			d.drain()
		case <-alarm.C:
			d.lookAgain()
		}
	}
}

// drain deals with everything that waits, one picture for each change.
func (d *Desk) drain() {
	for _, e := range d.box.takeAll() {
		e.apply(d)
		if d.changed {
			d.publish()
		}
	}
}

// leave takes what is still in the mailbox, waits for the work beside the desk,
// and saves what is not durable yet.
func (d *Desk) leave() error {
	defer d.box.close()
	late := time.NewTimer(lastWait)
	defer late.Stop()
	d.drain()
	for waiting := true; waiting && d.running > 0; {
		select {
		case <-d.box.ready:
			d.drain()
		case <-late.C:
			waiting = false
		}
	}
	for _, t := range d.all() {
		d.endFlagging(t)
		d.endSearch(t)
	}
	if d.keeper.busy {
		return &assist.Fault{What: "the store did not answer in time", Do: "What was typed last may be missing.", Err: context.DeadlineExceeded}
	}
	err := d.flush()
	d.publish()
	return err
}

// publish makes the picture and hands it out, unless it shows nothing new: each
// one is a painting of the whole window.
func (d *Desk) publish() {
	d.changed = false
	v := d.picture()
	if alike(v, *d.view.Load()) {
		return
	}
	d.seq++
	v.Seq = d.seq
	d.view.Store(&v)
	for {
		select {
		case d.views <- v:
			return
		default:
		}
		select {
		case <-d.views:
		default:
		}
	}
}

func (d *Desk) now() time.Time { return d.cfg.Now() }

func (d *Desk) name(rep assist.ID) string { return d.names[rep] }
