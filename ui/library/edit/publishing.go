package edit

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/curate"
	"ringside/ui/async"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// finish publishes, or sends to review where the rep may only suggest. With the saved
// questions worse it asks first.
func (e *Editor) finish() {
	switch {
	case e.busy || e.front == looking || e.asking.box.Visible():
		return
	case !e.publishes():
		e.sendIt()
		return
	case !e.sound():
		return
	case e.prove.known():
		e.weigh()
		return
	}
	e.busy, e.prove.waits = true, true
	e.prove.run(func() {
		e.busy, e.prove.waits = false, false
		e.weigh()
	})
	e.say()
}

// weigh publishes, unless that makes some questions worse or nobody knows whether it does.
func (e *Editor) weigh() {
	worse := e.prove.proof.Change.Worse
	switch {
	case e.prove.err != nil:
		e.asking.ask("The saved questions could not be asked, so nothing proves this change.")
	case len(worse) > 0:
		e.asking.ask("This makes " + say.Count(len(worse), "saved question") + " worse: " + named(worse) + ".")
	default:
		e.publishIt()
	}
}

// sound reports whether what stands in the form can be published, and says why not.
func (e *Editor) sound() bool {
	e.fault = e.form.trouble()
	if e.fault == "" {
		if lack, box := e.form.lacking(); box != nil {
			e.fault = lack
			e.form.enter(box)
		} else if err := e.rev.Next.Validate(); err != nil {
			e.fault = say.Error(err)
		}
	}
	e.say()
	return e.fault == ""
}

// publishIt makes what stands in the form the answer.
func (e *Editor) publishIt() {
	e.asking.box.Hide()
	rev, form := e.rev, e.rev.Next
	if e.front == choosing {
		rev.Next, rev.Base = e.choice.answer(), e.choice.theirs.Fingerprint()
	}
	if e.verify {
		rev.Next.Verified = assist.DateOf(e.opt.Now())
	}
	e.busy = true
	e.say()
	e.keep.then(func() {
		e.going = true
		async.Load(e.opt.Post, func(ctx context.Context) (Outcome, error) { return e.opt.Source.Publish(ctx, rev) },
			func(o Outcome, err error) { e.published(rev, form, o, err) })
	})
}

// published shows what came of it. What was typed meanwhile is a change of what has just
// been published; form is what stood in the form before.
func (e *Editor) published(rev assist.Revision, form assist.Answer, o Outcome, err error) {
	if e.rev.ID != rev.ID {
		return
	}
	e.busy, e.going, e.keep.after = false, false, nil // who stays to read this does not leave later
	if !e.keep.since.IsZero() {
		e.keep.soon()
	}
	switch {
	case err != nil:
		e.fault = say.Error(err)
		e.say()
		return
	case len(o.Conflicts) > 0:
		e.choice.show(o)
		e.turn(choosing)
		return
	}
	next := o.Answer
	if e.front == writing {
		next, _ = curate.Merge(form, e.rev.Next, o.Answer)
	}
	e.keep.rest()
	e.begin(assist.Revision{Answer: o.Answer.ID, Base: o.Answer.Fingerprint(), Next: next, By: e.opt.Me()}, o.Answer)
	e.why.SetShown("")
	e.told = "Published: it is found from now on."
	if o.Merged {
		e.told = "Published, together with what was changed meanwhile."
	}
	e.form.show(next)
	e.prove.of, e.prove.proof = "", Proof{}
	e.turn(writing)
	e.typed()
	if e.dirty() {
		e.keep.soon()
	}
	if e.OnPublished != nil {
		e.OnPublished(o.Answer.ID)
	}
}

// sendIt leaves the change to those who may publish it.
func (e *Editor) sendIt() {
	if e.busy || e.front != writing || !e.sound() {
		return
	}
	if strings.TrimSpace(e.why.Text) == "" {
		e.fault = "Say in a few words what you changed and why: who reviews it reads that first."
		e.say()
		if c := e.canvas(); c != nil {
			c.Focus(e.why)
		}
		return
	}
	rev := e.rev
	rev.Stage, rev.At = assist.StageReview, e.opt.Now()
	e.busy = true
	e.say()
	e.keep.then(func() {
		e.going = true
		async.Go(e.opt.Post, func(ctx context.Context) error { return e.opt.Source.Keep(ctx, rev) }, func(err error) { e.sent(rev.ID, err) })
	})
}

// sent goes back to the library once the change is with those who review it.
func (e *Editor) sent(id assist.ID, err error) {
	if e.rev.ID != id {
		return
	}
	e.busy, e.going, e.keep.after = false, false, nil
	if err != nil {
		e.fault = say.Error(err)
		e.keep.soon()
		e.say()
		return
	}
	if !e.keep.since.IsZero() { // somebody typed on: that takes it back
		e.keep.soon()
		e.say()
		return
	}
	e.leave()
}

// Attach adds a file to the step that had the keyboard, or to the answer as a whole.
func (e *Editor) Attach(name string, data []byte) {
	blob := assist.Blob{Data: data}
	blob.ID = blob.Key()
	if err := blob.Validate(); err != nil {
		e.fault = fmt.Sprintf("%s is not attached. %s", name, say.Error(err))
		e.say()
		return
	}
	id := e.rev.ID
	async.Go(e.opt.Post, func(ctx context.Context) error { return e.opt.Source.Keep(ctx, blob) }, func(err error) {
		if e.rev.ID != id {
			return
		}
		if err != nil {
			e.fault = fmt.Sprintf("%s is not attached. %s", name, say.Error(err))
			e.say()
			return
		}
		e.form.steps.attach(assist.File{Name: name, Blob: blob.ID})
	})
}

// Fault shows why something that was asked for was not done.
func (e *Editor) Fault(err error) {
	e.fault = say.Error(err)
	e.say()
}

// asking is the strip that asks before a change is published that makes questions worse.
type asking struct {
	e     *Editor
	words *widgets.Text
	yes   *widgets.Action
	box   *fyne.Container
}

func newAsking(e *Editor) *asking {
	a := &asking{e: e, words: widgets.NewText(widgets.Style{})}
	a.yes = widgets.NewAction(widgets.Primary, "Publish anyway", "", e.keys(), e.publishIt)
	no := widgets.NewAction(widgets.Quiet, "Look at it again", "", e.keys(), func() {
		a.Hide()
		if c := e.canvas(); c != nil {
			c.Focus(e.form.say)
		}
	})
	a.box = widgets.On(widgets.NewGround(theme.AmberPale, "", 8), widgets.Even(12), widgets.Column(8, a.words, widgets.Wrapped(8, no, a.yes)))
	a.box.Hide()
	return a
}

func (a *asking) Hide() {
	a.box.Hide()
	a.e.say()
}

// ask says why it is not published yet.
func (a *asking) ask(why string) {
	a.words.SetText(why + " Publish it anyway?")
	a.box.Show()
	a.e.say()
	if c := a.e.canvas(); c != nil {
		c.Focus(a.yes)
	}
}
