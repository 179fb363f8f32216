package call

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"ringside/assist/live"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

const mostOutcomes = 8

const onlyForMe = "The note is only for me"

// finishing is the button for the next step, and the strip after hang-up.
type finishing struct {
	p        *Page
	step     *fyne.Container
	next     *widgets.Action
	away     *widgets.Action
	strip    *fyne.Container
	done     *fyne.Container // the same buttons in the strip, where the layout is wide
	summary  *widgets.More
	outcomes []*widgets.PickRow
	outcome  string
	chosen   bool            // by the rep, so a later suggestion does not change it
	missed   *fyne.Container // questions that were kept for the trainers
	how      *widgets.Text   // how many
	make     *widgets.Action // an answer of the call
	only     *widgets.Action // the note for the rep alone
	made     *widgets.Text
}

func newFinishing(p *Page) *finishing {
	f := &finishing{p: p, summary: widgets.NewMore(widgets.Style{Lines: 2}, p.arrange)}
	keys := p.keys()
	f.next = widgets.NewAction(widgets.Primary, "Wrap up", "Ctrl+Enter", keys, p.nextStep)
	f.away = widgets.NewAction(widgets.Plain, "Put away", "", keys, f.discard)
	f.step = widgets.Row(2*theme.Grid, nil, f.next, f.away)
	row := make([]fyne.CanvasObject, 0, mostOutcomes)
	for i := range mostOutcomes {
		r := widgets.NewPickRow(keys, func() { f.choose(p.view.WrapUp.Dispositions[i]) })
		f.outcomes = append(f.outcomes, r)
		row = append(row, r)
	}
	label := widgets.Say(widgets.Style{Size: theme.Lead, Bold: true, Lines: 1}, "How did it come out?")
	hint := widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 1}, "Ctrl+D next")
	f.done = widgets.Row(2*theme.Grid, nil,
		widgets.NewAction(widgets.Plain, "Put away", "", keys, f.discard),
		widgets.NewAction(widgets.Primary, "Done", "Ctrl+Enter", keys, p.nextStep))
	f.how = widgets.NewText(widgets.Style{Colour: theme.Muted, Lines: 2})
	f.missed = widgets.Row(2*theme.Grid, f.how, f.how, widgets.NewAction(widgets.Plain, "Do not keep", "Alt+Z", keys, p.forget))
	f.make = widgets.NewAction(widgets.Quiet, "Make this an answer", "Alt+I", keys, p.makeAnswer)
	f.only = widgets.NewAction(widgets.Quiet, onlyForMe, "Ctrl+O", keys, p.onlyForMe)
	f.made = widgets.NewText(widgets.Style{Colour: theme.Good, Lines: 2})
	f.strip = widgets.On(widgets.NewGround(theme.Raised, theme.Hairline, 8), widgets.Sides(4*theme.Grid, 3*theme.Grid),
		widgets.Column(2*theme.Grid, widgets.Row(3*theme.Grid, label, label, hint), widgets.Wrapped(theme.Grid, row...),
			f.missed, widgets.Wrapped(2*theme.Grid, f.make, f.only), f.made, widgets.Row(3*theme.Grid, f.summary, f.summary, f.done)))
	return f
}

func (f *finishing) discard() { f.p.desk.Use(live.Use{WrapUp: live.WrapUpUse{Discard: true}}) }

func (f *finishing) choose(outcome string) {
	f.outcome, f.chosen = outcome, true
	f.show(f.p.view)
	f.p.arrange()
}

func (f *finishing) nextOutcome() {
	w := f.p.view.WrapUp
	if w == nil || len(w.Dispositions) == 0 {
		return
	}
	i := slices.Index(w.Dispositions, f.outcome)
	f.choose(w.Dispositions[(i+1)%len(w.Dispositions)])
}

func (f *finishing) set(_, v live.View, fresh bool) {
	if fresh {
		f.chosen = false
	}
	if v.WrapUp != nil && !f.chosen {
		f.outcome = v.WrapUp.Suggested
	}
	f.show(v)
}

func (f *finishing) show(v live.View) {
	slim := f.p.frame == nil || f.p.frame.slim
	f.step.Hidden = v.Call == "" || v.WrapUp != nil && !slim
	f.done.Hidden = slim
	f.away.Hidden = v.Phase == live.Talking
	switch v.Phase {
	case live.Ringing:
		f.next.SetLabel("Answered")
	case live.Wrapping:
		f.next.SetLabel("Done")
	default:
		f.next.SetLabel("Wrap up")
	}
	f.strip.Hidden = v.WrapUp == nil
	if v.WrapUp == nil {
		return
	}
	f.summary.SetText(v.WrapUp.Summary)
	f.only.Hidden = !v.WrapUp.Noted
	f.only.SetOn(v.WrapUp.Private)
	f.only.SetLabel(onlyForMe)
	if v.WrapUp.Private {
		f.only.SetLabel("✓ The note is only for me")
	}
	f.teach(v.WrapUp)
	for i, r := range f.outcomes {
		r.Hidden = i >= len(v.WrapUp.Dispositions)
		if !r.Hidden {
			d := v.WrapUp.Dispositions[i]
			r.SetPick(d, "", "", d == f.outcome)
		}
	}
}

// teach shows what the call leaves for the library.
func (f *finishing) teach(w *live.WrapUp) {
	f.missed.Hidden = w.Missed == 0
	f.how.SetText(fmt.Sprintf("%d questions had no answer: kept for the trainers", w.Missed))
	if w.Missed == 1 {
		f.how.SetText("1 question had no answer: kept for the trainers")
	}
	f.make.Hidden = w.Teaches == "" || w.Taught
	f.made.SetText("")
	if w.Taught {
		f.made.SetText("✓  Waits for the trainers as a new answer: “" + w.Teaches + "”")
	}
}
