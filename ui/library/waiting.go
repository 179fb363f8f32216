package library

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/ui/async"
	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// waits are the phrasings that reps want answers to be found by, and on which
// somebody has to decide.
type waits struct {
	list   []assist.Proposal // those whose answers are there
	all    []assist.Proposal
	on     bool // the list shows them
	button *widget.Button
}

// SetProposals shows the phrasings that wait. Those that are closed are left out.
func (p *Page) SetProposals(list []assist.Proposal) {
	p.waits.all = slices.DeleteFunc(slices.Clone(list), func(w assist.Proposal) bool { return !w.Closed.IsZero() })
	p.showWaits()
	if p.waits.on {
		p.list(true)
	}
}

// showWaits says how many phrasings wait, and goes back to the answers after the last.
func (p *Page) showWaits() {
	p.waits.list = p.waits.list[:0]
	for _, w := range p.waits.all {
		if _, ok := p.byID[w.Answer]; ok {
			p.waits.list = append(p.waits.list, w)
		}
	}
	n := len(p.waits.list)
	p.waits.button.SetText(fmt.Sprintf("Phrasings to look at: %d", n))
	p.waits.button.Importance = widget.HighImportance
	if p.waits.on {
		p.waits.button.SetText("Back to all answers")
		p.waits.button.Importance = widget.MediumImportance
	}
	p.waits.button.Hidden = n == 0
	p.waits.button.Refresh()
	if n == 0 {
		p.lookAtWaits(false)
	}
	p.split.Arrange()
}

// lookAtWaits turns the list to the phrasings that wait, or back to the answers.
func (p *Page) lookAtWaits(on bool) {
	if p.waits.on == on {
		return
	}
	p.waits.on = on
	p.showWaits()
	p.list(true)
	if !on {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(p.rows); c != nil {
		c.Focus(p.rows)
	}
}

func (p *Page) listWaits() {
	p.shown = p.shown[:0]
	for _, w := range p.waits.list {
		p.shown = append(p.shown, Hit{Answer: w.Answer})
	}
	p.rows.SetCount(len(p.shown))
	p.count.SetText("T takes the phrasing into its answer, R refuses it")
	p.widen.Hidden, p.none.Hidden, p.rows.Hidden = true, true, false
	p.split.Arrange()
	p.rows.SetChosen(0)
}

func (p *Page) waitingLine(i int) panes.Line {
	w := p.waits.list[i]
	return panes.Line{Title: "“" + w.Phrasing + "”", Sub: p.answers[p.byID[w.Answer]].Title}
}

// waitingAt returns the proposal in row i; the zero one while the list shows answers.
func (p *Page) waitingAt(i int) assist.Proposal {
	if !p.waits.on || i < 0 || i >= len(p.waits.list) {
		return assist.Proposal{}
	}
	return p.waits.list[i]
}

// settle decides on the phrasing that is read, and goes on to the next.
func (p *Page) settle(take bool) {
	w := p.waitingAt(p.rows.Chosen())
	if w.ID == "" {
		return
	}
	at := p.rows.Chosen()
	p.waits.all = slices.DeleteFunc(slices.Clone(p.waits.all), func(o assist.Proposal) bool { return o.ID == w.ID })
	p.showWaits()
	if p.waits.on {
		p.list(true)
		p.rows.SetChosen(min(at, len(p.waits.list)-1))
	}
	if p.OnSettle != nil {
		p.OnSettle(w.ID, take)
	}
}

// offered is the strip above an answer that asks about one phrasing.
type offered struct {
	page        *Page
	box         *fyne.Container
	words, from *widgets.Text
}

func newOffered(p *Page) *offered {
	o := &offered{page: p,
		words: widgets.NewText(widgets.Style{Size: theme.Lead}),
		from:  widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted}),
	}
	take := widget.NewButton("Take it (T)", func() { p.settle(true) })
	take.Importance = widget.HighImportance
	no := widget.NewButton("Refuse (R)", func() { p.settle(false) })
	head := widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted, Bold: true}, "SHALL THIS FIND THE ANSWER BELOW?")
	o.box = widgets.On(widgets.NewGround(theme.AccentPale, "", 8), widgets.Even(16),
		widgets.Column(8, head, o.words, o.from, widgets.Row(8, nil, take, no)))
	o.box.Hide()
	return o
}

// offer asks about a phrasing for the answer that is shown; the zero one asks nothing.
func (r *reading) offer(w assist.Proposal) {
	if hidden := w.ID == ""; hidden != r.offered.box.Hidden || !hidden {
		r.offered.box.Hidden = hidden
		r.offered.words.SetText("“" + w.Phrasing + "”")
		r.offered.from.SetText(r.page.proposer(w))
		r.measured.Arrange()
		widgets.Arrange(r.scroll)
		r.scroll.Refresh()
	}
}

// proposer says who heard the phrasing, and when.
func (p *Page) proposer(w assist.Proposal) string {
	if w.ID == "" {
		return ""
	}
	parts := []string{"Heard in a call"}
	if p.opt.Name != nil && p.opt.Name(w.Rep) != "" {
		parts = []string{"Heard by " + p.opt.Name(w.Rep)}
	}
	return strings.Join(append(parts, say.Day(w.At, p.opt.Now())), ", ")
}

// count shows how the answer fared in calls, when that is known.
func (r *reading) count(id assist.ID) {
	r.cancel()
	r.fared.SetText("")
	if r.page.opt.Counts == nil {
		return
	}
	r.cancel = async.Load(r.page.opt.Post,
		func(ctx context.Context) (glance.Counts, error) { return r.page.opt.Counts(ctx, id) },
		func(c glance.Counts, err error) {
			if err != nil {
				return // the answer can be read without
			}
			r.fared.SetText(fared(c))
			r.measured.Arrange()
			widgets.Arrange(r.scroll)
		})
}

// fared says how an answer fared in calls.
func fared(c glance.Counts) string {
	if c == (glance.Counts{}) {
		return "Not shown in a call yet"
	}
	return fmt.Sprintf("In calls: shown %d, opened %d, said %d, helped %d, wrong %d", c.Shown, c.Opened, c.Said, c.Helped, c.Wrong)
}
