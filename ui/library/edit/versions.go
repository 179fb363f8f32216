package edit

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/curate"
	"ringside/ui/async"
	"ringside/ui/panes"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// versions shows how an answer stood, what changed each time, and brings one back.
type versions struct {
	e     *Editor
	list  []Version
	since bool // compared with what stands now; else with the one before
	fault string

	rows     *panes.Rows
	title    *widgets.Text
	note     *widgets.Text
	edits    *fyne.Container
	restore  *widgets.Action
	compare  *widgets.Action
	measured *panes.Measured
	scroll   *widgets.Tall
	split    *panes.Split
}

func newVersions(e *Editor) *versions {
	v := &versions{e: e, title: widgets.NewText(widgets.Style{Size: theme.Lead, Bold: true}),
		note: widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted}), edits: widgets.Column(0)}
	v.rows = panes.NewRows(v.line)
	v.rows.OnChosen = func(int) { v.read() }
	v.rows.OnOpen = func(int) { v.split.Read(true) }
	v.rows.OnEscape = e.leave
	v.rows.OnLetter = func(r rune) {
		switch r {
		case 'r':
			v.bringBack()
		case 'n':
			v.turn()
		}
	}
	v.restore = widgets.NewAction(widgets.Primary, "Bring this one back", "R", e.keys(), v.bringBack)
	v.compare = widgets.NewAction(widgets.Quiet, "", "N", e.keys(), v.turn)
	all := widgets.Column(10, v.title, widgets.Wrapped(8, v.restore, v.compare), v.note, v.edits)
	v.measured = panes.Most(680, widgets.Pad(widgets.Sides(20, 12), all))
	v.scroll = widgets.NewTall(v.measured)
	v.split = panes.NewSplit(v.rows, v.scroll)
	return v
}

// lookBack shows the versions of the answer.
func (e *Editor) lookBack() {
	if e.busy || e.front != writing || e.now.ID == "" {
		return
	}
	answer := e.now.ID
	e.busy = true
	e.say()
	async.Load(e.opt.Post, func(ctx context.Context) ([]Version, error) { return e.opt.Source.Versions(ctx, answer) },
		func(list []Version, err error) {
			e.busy = false
			if e.rev.Answer != answer {
				return
			}
			if err != nil {
				e.Fault(err)
				return
			}
			e.turn(looking)
			e.versions.show(list)
		})
}

func (v *versions) show(list []Version) {
	v.list, v.since = list, false
	v.rows.SetCount(len(list))
	v.rows.SetChosen(0)
	v.split.Read(false)
	v.read()
	if c := v.e.canvas(); c != nil {
		c.Focus(v.rows)
	}
}

func (v *versions) line(i int) panes.Line {
	one := v.list[i]
	l := panes.Line{Title: one.Why, Sub: v.e.name(one.By) + ", " + v.e.clock(one.At)}
	switch {
	case one.Why != "":
	case i == len(v.list)-1:
		l.Title = "The first version"
	default:
		l.Title = "Changed"
	}
	if i == 0 {
		l.Badge, l.Tone = "now", panes.Fine
	}
	return l
}

// turn compares with what stands now, or with the version before.
func (v *versions) turn() {
	v.since = !v.since
	v.read()
}

func (v *versions) read() {
	i := v.rows.Chosen()
	if i < 0 || i >= len(v.list) {
		return
	}
	one := v.list[i]
	v.title.SetText(v.line(i).Title)
	var list []curate.Edit
	words := ""
	switch {
	case v.since && i > 0:
		list, words = curate.Diff(one.Answer, v.list[0].Answer), "From this version to what stands now:"
	case i+1 < len(v.list):
		list, words = curate.Diff(v.list[i+1].Answer, one.Answer), "What this version changed:"
	default:
		list, words = curate.Diff(assist.Answer{}, one.Answer), "All of the first version:"
	}
	v.note.SetText(v.line(i).Sub + ". " + words)
	v.compare.SetLabel("Compare with what stands now")
	if v.since {
		v.compare.SetLabel("What it changed")
	}
	v.restore.Hidden, v.compare.Hidden = i == 0, i == 0
	v.edits.Objects = []fyne.CanvasObject{Edits(list, v.e.name)}
	v.measured.Arrange()
	widgets.Arrange(v.scroll)
	v.scroll.ScrollToTop()
	v.scroll.Refresh()
}

// bringBack makes an old version the answer: as a new version of its own, so that it is
// undone in the same way. Who may not publish goes on writing with it.
func (v *versions) bringBack() {
	i := v.rows.Chosen()
	if i <= 0 || i >= len(v.list) || v.e.busy {
		return
	}
	e, one := v.e, v.list[i]
	why := fmt.Sprintf("Brought back: %s, %s", v.line(i).Title, e.clock(one.At))
	if !e.publishes() {
		e.turn(writing)
		e.form.show(one.Answer)
		e.why.SetShown(why)
		e.changed()
		return
	}
	at := e.opt.Now()
	rev := assist.Revision{ID: assist.NewID(at), Answer: e.now.ID, Base: e.now.Fingerprint(), Next: one.Answer, By: e.opt.Me(), At: at,
		Stage: assist.StageDraft, Why: why}
	e.busy = true
	e.say()
	async.Load(e.opt.Post, func(ctx context.Context) (Outcome, error) { return e.opt.Source.Publish(ctx, rev) },
		func(o Outcome, err error) { v.brought(rev.Answer, o, err) })
}

// brought shows the version that is back. A draft that was begun stays one, on what stands
// now.
func (v *versions) brought(answer assist.ID, o Outcome, err error) {
	e := v.e
	e.busy = false
	if e.rev.Answer != answer {
		if err == nil && len(o.Conflicts) == 0 && e.OnPublished != nil {
			e.OnPublished(answer)
		}
		return
	}
	if err == nil && len(o.Conflicts) > 0 {
		err = &assist.Fault{What: "the answer was changed while you looked at its versions", Do: "Look at them again.", Err: assist.ErrInvalid}
	}
	if err != nil {
		e.turn(writing)
		e.Fault(err)
		return
	}
	if e.OnPublished != nil {
		e.OnPublished(o.Answer.ID)
	}
	dirty := e.dirty()
	e.now = o.Answer
	e.turn(writing)
	if !dirty {
		e.begin(assist.Revision{Answer: o.Answer.ID, Base: o.Answer.Fingerprint(), Next: o.Answer, By: e.opt.Me()}, o.Answer)
		e.form.show(o.Answer)
	}
	e.told = "Brought back. What stood before is among the versions."
	e.typed()
}
