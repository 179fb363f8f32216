package questions

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/ui/async"
	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// seen is how many of the answers that a question finds are shown.
const seen = 3

// reading is the pane that shows one question whole, and what can be done about it.
type reading struct {
	page  *Page
	entry entry

	title, facts *widgets.Text
	must, finds  *fyne.Container
	buttons      *fyne.Container
	above, below *fyne.Container // of the form
	measured     *panes.Measured
	scroll       *widgets.Tall
	object       *fyne.Container
	cancel       func()
}

func newReading(p *Page) *reading {
	r := &reading{page: p, cancel: func() {}, must: widgets.Column(2), finds: widgets.Column(8), buttons: widgets.Wrapped(8),
		title: widgets.NewText(widgets.Style{Size: theme.Title, Bold: true}), facts: widgets.NewText(widgets.Style{Colour: theme.Muted})}
	r.above = widgets.Column(16, widgets.Column(6, r.title, r.facts), r.must, r.buttons)
	r.below = widgets.Column(8, r.finds)
	r.measured = panes.Most(760, widgets.Pad(widgets.Sides(24, 20), widgets.Column(16, r.above, p.form.box, r.below)))
	r.scroll = widgets.NewTall(r.measured)
	r.object = panes.Fill(r.scroll)
	r.arrange()
	return r
}

// show shows a question; the zero entry shows none.
func (r *reading) show(e entry) {
	another := e.key() != r.entry.key()
	if r.entry = e; another {
		r.page.form.left(e.q.ID)
		r.finds.Objects = nil
	}
	if e.key() != "" {
		r.say(e)
		r.find(e.q)
	}
	r.arrange()
	if another {
		r.scroll.ScrollToTop()
	}
}

func (r *reading) say(e entry) {
	p := r.page
	r.title.SetText("“" + e.q.Text + "”")
	r.facts.SetText(strings.Join(slices.DeleteFunc([]string{p.savedLine(e.q), fares(e)}, func(s string) bool { return s == "" }), "\n"))
	a := p.data.Answers[e.q.Answer]
	r.must.Objects = []fyne.CanvasObject{heading("MUST FIND"), widgets.Say(widgets.Style{Size: theme.Lead}, p.title(e.q.Answer))}
	if a.Department != "" {
		r.must.Add(widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted}, a.Department))
	}
	if note := p.lost(e.q); note != "" {
		r.must.Add(widgets.Say(widgets.Style{Colour: theme.Late}, note))
	}
	turn := "Switch it off (O)"
	if e.q.Off {
		turn = "Ask it again (O)"
	}
	r.buttons.Objects = nil
	if p.answerable(e.q.Answer) {
		r.act("Open the answer (Enter)", p.openAnswer)
	}
	if p.into(e.q) != "" {
		r.act("Move it to that answer (M)", func() { p.follow(e.q) })
	}
	r.act("Choose another answer (C)", func() { p.form.choose(e.q) })
	r.act(turn, func() { p.turnOff(e.q) })
	r.buttons.Objects[0].(*widget.Button).Importance = widget.HighImportance
}

func (r *reading) act(words string, do func()) { r.buttons.Add(widget.NewButton(words, do)) }

func heading(words string) fyne.CanvasObject {
	return widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted, Bold: true}, words)
}

// find shows what the question finds now.
func (r *reading) find(q assist.Question) {
	r.cancel()
	r.cancel = async.Load(r.page.opt.Post, func(ctx context.Context) ([]Hit, error) { return r.page.opt.Source.Find(ctx, q.Text+" ") },
		func(hits []Hit, err error) {
			r.finds.Objects = []fyne.CanvasObject{heading("WHAT IT FINDS NOW")}
			switch {
			case err != nil:
				r.finds.Add(widgets.Say(widgets.Style{Colour: theme.Late}, say.Error(err)))
			case len(hits) == 0:
				r.finds.Add(widgets.Say(widgets.Style{}, "Nothing that a rep would be shown."))
			}
			for i, h := range hits[:min(len(hits), seen)] {
				own := h.ID == q.Answer
				title := fmt.Sprintf("%d.  %s", i+1, h.Title)
				if own {
					title += ", as it must"
				}
				r.finds.Add(widgets.Column(0, widgets.Say(widgets.Style{Bold: own}, title),
					widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted}, h.Why)))
			}
			r.arrange()
		})
}

// arrange lays the pane out again: while a question is new, its form stands alone.
func (r *reading) arrange() {
	if r == nil {
		return // while the page is being made
	}
	alone := r.page.form.box.Visible() && r.page.form.of.ID == ""
	r.above.Hidden = alone || r.entry.key() == ""
	r.below.Hidden = r.above.Hidden
	r.measured.Arrange()
	widgets.Arrange(r.scroll)
	r.scroll.Refresh()
}

// savedLine says who saved a question, when, and from which call.
func (p *Page) savedLine(q assist.Question) string {
	now := p.opt.Now()
	line := "Saved"
	if name := p.data.Names[q.By]; name != "" {
		line += " by " + name
	}
	line += ", " + say.Day(q.At, now)
	if at, ok := p.data.Calls[q.Call]; ok {
		line += fmt.Sprintf(", from the call of %s, %s", say.Day(at, now), say.Clock(at.In(now.Location())))
	}
	return say.Sentence(line)
}

// fares says what became of the question when it was asked.
func fares(e entry) string {
	switch e.in {
	case off:
		return "It is switched off: it is not asked, and no change is tried on it."
	case unasked:
		return "It is being asked."
	case first:
		return "Its answer comes first."
	case near, low:
		return fmt.Sprintf("Its answer comes %s.", place(e.rank))
	case missed:
		return "Its answer is not found: it is not among the first ten, or nothing is sure enough to be shown."
	}
	return ""
}

// lost says why the answer of a question cannot be found; empty when it can.
func (p *Page) lost(q assist.Question) string {
	a, ok := p.data.Answers[q.Answer]
	into := p.into(q)
	switch {
	case !ok:
		return "This answer is gone. Choose another one, or switch the question off."
	case into != "":
		return fmt.Sprintf("Its answer is switched off; “%s” says it now.", p.title(into))
	case a.Off:
		return "Its answer is switched off. Choose another one, or switch the question off."
	}
	return ""
}
