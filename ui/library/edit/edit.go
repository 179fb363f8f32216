// Package edit is where an answer is written: its form, how a real customer would hear
// it, what the saved questions say of it, its versions, and the choice between two
// changes of one answer.
//
// What is typed is kept as a draft within a second of the last key. Nothing is asked
// before the rep leaves, and nothing is lost.
package edit

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/compose"
	"ringside/assist/curate"
	"ringside/ui/async"
)

// Source is where answers and their versions are kept. Its methods are called beside the
// window's goroutine; their contexts end when nobody waits for the result any more.
type Source interface {
	// Keep makes revisions and the bytes of files durable, all or none.
	Keep(ctx context.Context, records ...assist.Record) error
	// Publish makes rev.Next the answer, with what others changed since rev.Base. With
	// conflicts nothing is published.
	Publish(ctx context.Context, rev assist.Revision) (Outcome, error)
	// Prove says what publishing would do, and who else is changing the answer.
	Prove(ctx context.Context, rev assist.Revision) (Proof, error)
	// Versions returns how the answer stood, the latest first.
	Versions(ctx context.Context, answer assist.ID) ([]Version, error)
	// Blob returns the bytes of a file.
	Blob(ctx context.Context, id assist.ID) ([]byte, error)
}

// Outcome is what came of publishing.
type Outcome struct {
	Answer    assist.Answer     // as it was published; with Conflicts, both together, ours where they clash
	Merged    bool              // what others changed since is in it
	Conflicts []curate.Conflict // not empty: nothing was published
	Other     assist.Answer     // with Conflicts: both together, theirs where they clash
	Theirs    assist.Answer     // with Conflicts: as it stands now
	By        assist.ID         // with Conflicts: who wrote it so; empty when nobody knows
}

// Proof is what publishing would do.
type Proof struct {
	Change curate.Change
	Others []Other
}

// Other is somebody else's change of the same answer.
type Other struct {
	By    assist.ID
	Since time.Time
	Sent  bool // to be reviewed
}

// Version is an answer as it once stood.
type Version struct {
	Answer assist.Answer
	At     time.Time
	By     assist.ID
	Why    string // its name; empty when nobody gave it one
}

// Person is a customer for whom the words can be shown.
type Person struct {
	ID         assist.ID
	Name, Text string
}

// Options is what the editor is made of. All that does not say otherwise is needed, but for
// Post: nil is async.Window.
type Options struct {
	Source Source
	// People finds customers by words; nil leaves the choice out.
	People func(ctx context.Context, words string) ([]Person, error)
	// Facts returns what is known of a customer for the blanks; of the last caller for "".
	// nil fills them with what is said when nothing is known.
	Facts func(ctx context.Context, customer assist.ID) (compose.Facts, error)
	// Gain says in words what more phrasings would bring, or nothing; nil leaves that out.
	Gain func(ctx context.Context, a assist.Answer) (string, error)
	// May reports whether the rep here may do this.
	May func(curate.Act) bool
	// Me is the rep here.
	Me func() assist.ID
	// Team are those who can own an answer.
	Team func() []assist.Rep
	// Known are the departments and products that the library has; nil offers none.
	Known func() (departments, products []string)
	Now   func() time.Time
	Post  async.Post
}

// Editor is the page on which one answer is written. Its methods are for the window's
// goroutine.
type Editor struct {
	// OnLeave is called when the rep goes back to the library. What was typed is kept.
	OnLeave func(answer assist.ID)
	// OnPublished is called after an answer has been published.
	OnPublished func(answer assist.ID)
	// OnChoose is called when the rep wants to attach a file: its bytes go to Attach.
	OnChoose func()

	opt  Options
	rev  assist.Revision // with what stands in the form
	from assist.Answer   // as it stood when it was begun
	now  assist.Answer   // as it stands in the library; without an id: not at all

	aside  *assist.Answer // what was thrown away and can be put back
	told   string         // what has just been done
	fault  string
	busy   bool // the store is asked for something
	going  bool // it is being published or sent: no draft may land behind it
	verify bool // publishing verifies it, too
	keep   keeper
	prove  prover
	*view
}

// New returns the editor with nothing in it.
func New(opt Options) *Editor {
	if opt.Post == nil {
		opt.Post = async.Window
	}
	e := &Editor{opt: opt}
	e.keep.e, e.prove.e = e, e
	e.keep.stop, e.prove.stop = func() {}, func() {}
	e.build()
	return e
}

// Object returns what the window shows.
func (e *Editor) Object() fyne.CanvasObject { return e.object }

// Open shows a revision, and the answer as it stands in the library (with no id when it is
// new). What was typed before is kept first.
func (e *Editor) Open(rev assist.Revision, now assist.Answer) {
	e.keep.flush()
	e.begin(rev, now)
	e.form.show(rev.Next)
	e.why.SetShown(rev.Why)
	e.preview.customer("")
	e.peek = false
	e.turn(writing)
	e.form.scroll.ScrollToTop()
	e.typed()
	e.keep.rest()
}

// Focus gives the keyboard to what is in front: the versions, or the box that had it last.
func (e *Editor) Focus(c fyne.Canvas) {
	switch {
	case e.front == looking:
		c.Focus(e.versions.rows)
	case e.front == choosing:
		c.Focus(e.why)
	case e.slim && e.peek:
		c.Focus(e.preview.who)
	default:
		c.Focus(e.form.last)
	}
}

// begin takes up a revision.
func (e *Editor) begin(rev assist.Revision, now assist.Answer) {
	kept := rev.ID != ""
	if !kept {
		rev.ID, rev.Stage, rev.At = assist.NewID(e.opt.Now()), assist.StageDraft, e.opt.Now()
	}
	e.rev, e.now, e.from = rev, now, now
	if now.ID == "" {
		e.from = assist.Answer{ID: rev.Answer}
	}
	e.keep.once = kept
	e.aside, e.told, e.fault, e.busy, e.going, e.verify = nil, "", "", false, false, true
	e.prove.waits = false
	e.asking.box.Hide()
}

// Answer returns the id of the answer that is written; empty when none is.
func (e *Editor) Answer() assist.ID { return e.rev.Answer }

// Flush keeps what is not kept yet, and returns when it is: for the end of the program.
func (e *Editor) Flush(ctx context.Context) error {
	if err := e.keep.landed(ctx); err != nil {
		return err
	}
	rev, ok := e.keep.due()
	if !ok {
		return nil
	}
	return e.opt.Source.Keep(ctx, rev)
}

// typed takes what stands in the form into the revision, and shows what follows from it.
func (e *Editor) typed() {
	e.rev.Next = e.form.answer()
	e.rev.Why = e.why.Text
	e.preview.due()
	e.prove.due()
	e.say()
}

// changed is called when the rep has changed something.
func (e *Editor) changed() {
	e.aside, e.told, e.fault = nil, "", ""
	e.asking.box.Hide()
	e.rev.At = e.opt.Now()
	if e.rev.By == e.opt.Me() {
		e.rev.Stage = assist.StageDraft
	}
	e.typed()
	e.keep.soon()
}

// dirty reports whether the form says something else than the answer that was begun with.
func (e *Editor) dirty() bool { return e.rev.Next.Fingerprint() != e.from.Fingerprint() }

// leave goes back to the library once all is kept.
func (e *Editor) leave() {
	if e.front != writing {
		e.turn(writing)
		return
	}
	e.keep.then(func() {
		answer := e.rev.Answer
		e.stop()
		if e.OnLeave != nil {
			e.OnLeave(answer)
		}
	})
}

// stop ends what runs beside, and forgets the revision.
func (e *Editor) stop() {
	e.keep.stop()
	e.prove.stop()
	e.preview.stop()
	e.rev = assist.Revision{}
}

// throwAway takes the form back to how the answer was; pressed again, it puts back what
// was typed.
func (e *Editor) throwAway() {
	next := e.from
	aside := &e.rev.Next
	if e.aside != nil {
		next, aside = *e.aside, nil
	} else if !e.dirty() {
		return
	} else {
		kept := e.rev.Next
		aside = &kept
	}
	e.form.show(next)
	e.changed()
	e.aside = aside
	e.say()
}
