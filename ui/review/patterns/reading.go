package patterns

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/assist/chart"
	"ringside/assist/insight"
	"ringside/ui/async"
	"ringside/ui/charts"
	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// atOnce is how many quotes are read at a time.
const atOnce = 12

// reading is the pane that shows one pattern whole.
type reading struct {
	page   *Page
	entry  *entry
	quotes []Quote
	asked  int // refs whose quotes were read, or are being read

	title, figures, how *widgets.Text
	chart               *charts.View
	acts, parts         *fyne.Container
	told                *fyne.Container
	state               *widgets.Text
	more                *widget.Button
	measured            *panes.Measured
	scroll              *widgets.Tall
	object              fyne.CanvasObject
	cancel              []func()
}

func newReading(p *Page) *reading {
	r := &reading{page: p,
		title:   widgets.NewText(widgets.Style{Size: theme.Title, Bold: true}),
		figures: widgets.NewText(widgets.Style{}),
		how:     widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted}),
		chart:   charts.New(),
		acts:    widgets.Wrapped(8),
		told:    widgets.Column(12),
		state:   widgets.NewText(widgets.Style{Colour: theme.Muted}),
	}
	r.chart.NameKeys("P", "S")
	r.chart.OnSave = func(name string, data []byte) {
		if p.OnSave != nil {
			p.OnSave(name, data)
		}
	}
	r.more = widget.NewButton("More of their words (M)", r.load)
	r.parts = widgets.Column(20, r.chart.Object(),
		panes.Most(680, widgets.Column(6, small("HOW IT IS MADE"), r.how)),
		panes.Most(680, widgets.Column(10, small("IN THEIR WORDS, THE LATEST FIRST"), r.told, r.state, widgets.Row(0, nil, r.more))))
	all := widgets.Column(16, widgets.Column(6, r.title, r.figures), r.acts, r.parts)
	r.measured = panes.Most(920, widgets.Pad(widgets.Sides(24, 20), all))
	r.scroll = widgets.NewTall(r.measured)
	r.object = panes.Fill(r.scroll)
	r.scroll.Hide()
	return r
}

func (r *reading) stop() {
	for _, c := range r.cancel {
		c()
	}
	r.cancel = nil
}

func (r *reading) clear() {
	if r == nil {
		return // while the page is being made
	}
	r.stop()
	r.entry = nil
	r.scroll.Hide()
}

// show shows an entry. What is in front already stays as it is while nothing in it changed.
func (r *reading) show(e *entry) {
	another := r.entry == nil || r.entry.key != e.key
	if !another && r.entry.pattern.Sentence == e.pattern.Sentence && r.entry.line == e.line {
		r.entry = e
		return
	}
	r.stop()
	r.entry, r.quotes, r.asked = e, nil, 0
	r.told.Objects = nil
	r.scroll.Hidden = false
	r.setActs()
	if e.more > 0 {
		r.title.SetText("Not enough yet")
		r.figures.SetText(say.Capital(say.Count(e.more, "theme")) + " of which too few customers spoke, or to too few reps, to call it a pattern: one loud customer is none. Each says how much is missing.")
		r.parts.Hide()
	} else {
		f := e.pattern
		r.title.SetText(f.Head())
		r.figures.SetText(say.Sentence(strings.TrimPrefix(f.Sentence, f.Head()+": ")) + evidence(f))
		r.how.SetText(f.How)
		r.chart.SetChart(nil)
		r.parts.Show()
		r.draw()
		r.load()
	}
	r.arrange()
	if another {
		r.scroll.ScrollToTop()
	}
	r.scroll.Refresh()
}

// evidence says what the grade means.
func evidence(f insight.Pattern) string {
	switch f.Grade {
	case insight.Strong:
		return " The evidence is strong: many customers, several reps, over weeks."
	case insight.Some:
		return " There is some evidence: a dozen customers or more, and several reps."
	case insight.Early:
		return " It is early: enough customers to see it, too few to build on, or nearly all of it was heard by one rep."
	}
	return ""
}

func (r *reading) arrange() {
	r.measured.Arrange()
	widgets.Arrange(r.scroll)
}

// draw has the chart made beside the window.
func (r *reading) draw() {
	p, t, period := r.page, r.entry.pattern.Theme, r.page.chosenPeriod()
	r.cancel = append(r.cancel, async.Load(p.opt.Post, func(ctx context.Context) (chart.Chart, error) { return p.opt.Source.Chart(ctx, t, period) },
		func(c chart.Chart, err error) {
			if err == nil {
				r.chart.SetChart(c)
			}
			r.arrange()
		}))
}

// load reads some more quotes.
func (r *reading) load() {
	refs, t := r.entry.pattern.Refs, r.entry.pattern.Theme
	next := refs[r.asked:min(r.asked+atOnce, len(refs))]
	r.asked += len(next)
	r.more.Hide()
	r.state.SetText("Reading…")
	p := r.page
	r.cancel = append(r.cancel, async.Load(p.opt.Post, func(ctx context.Context) ([]Quote, error) { return p.opt.Source.Quotes(ctx, t, next) },
		func(quotes []Quote, err error) {
			for _, q := range quotes {
				r.told.Add(r.quote(q))
			}
			r.quotes = append(r.quotes, quotes...)
			r.state.SetText(say.Error(err))
			if err == nil && len(r.quotes) == 0 {
				r.state.SetText("None of them has words of its own.")
			}
			r.more.Hidden = r.asked >= len(refs)
			r.arrange()
		}))
}

// quote shows what one record says, with the ways to it.
func (r *reading) quote(q Quote) fyne.CanvasObject {
	words := "“" + strings.TrimSpace(q.Words) + "”"
	if q.Words == "" {
		words = "(no words were kept)"
	}
	col := widgets.Column(2, widgets.Say(widgets.Style{}, words),
		widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted}, r.page.who(q)))
	links := widgets.Wrapped(4)
	link := func(words string, do func(assist.ID), id assist.ID) {
		if do != nil && id != "" {
			b := widget.NewButton(words, func() { do(id) })
			b.Importance = widget.LowImportance
			links.Add(b)
		}
	}
	link("Open the note", r.page.OnNote, q.Note)
	link("Open the customer", r.page.OnCustomer, q.Customer)
	if len(links.Objects) > 0 {
		col.Add(links)
	}
	return col
}

// who says who said something, when, and to whom.
func (p *Page) who(q Quote) string {
	now := p.opt.Now()
	parts := []string{q.Who, say.Day(q.At.In(now.Location()), now)}
	if q.Who == "" {
		parts[0] = "a caller without a name"
	}
	if q.Ref.Type == assist.TypeInsight && q.Customer == "" {
		parts = parts[1:] // of the front line: the rep says it
	}
	if q.Rep != "" {
		parts = append(parts, "heard by "+q.Rep)
	}
	return strings.Join(parts, " · ")
}

func small(s string) *widgets.Text {
	return widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted, Bold: true}, s)
}
