package customers

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/assist/chart"
	"ringside/ui/async"
	"ringside/ui/charts"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// aPage is how many moments are read at a time.
const aPage = 40

// life is the time line of a customer with us, and the list of what happened.
type life struct {
	page   *Page
	of     assist.ID
	all    []Moment
	events []chart.Event // of the latest moments, as many as were read
	read   int

	chart  *charts.View
	lines  *fyne.Container
	more   *widget.Button
	box    *fyne.Container
	cancel func()
}

func newLife(p *Page) *life {
	l := &life{page: p, cancel: func() {}, chart: charts.New(), lines: widgets.Column(8)}
	l.chart.OnSave = p.opt.Saved
	l.more = widget.NewButton("Show earlier", l.next)
	head := widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted, Bold: true}, "LIFE WITH US")
	l.box = widgets.Column(8, head, l.chart.Object(), l.lines, widgets.Row(0, nil, l.more))
	return l
}

func (l *life) clear() {
	l.cancel()
	l.of, l.all, l.events, l.read, l.lines.Objects = "", nil, nil, 0, nil
}

// show shows the life of a customer, as far as it was shown before.
func (l *life) show(p Person) fyne.CanvasObject {
	most := aPage
	if l.of == p.ID {
		most = max(l.read, aPage)
	}
	l.clear()
	l.of, l.all = p.ID, p.Life
	l.more.Hide()
	l.chart.Object().Hide()
	if len(l.all) == 0 {
		l.lines.Objects = []fyne.CanvasObject{muted("Nothing yet.")}
		return l.box
	}
	l.load(called(p.Customer), most)
	return l.box
}

func (l *life) next() { l.load("", aPage) }

// load reads the next moments; name is the customer's, when the time line is drawn first.
func (l *life) load(name string, most int) {
	l.cancel()
	part := l.all[l.read:min(l.read+most, len(l.all))]
	refs := make([]assist.Ref, len(part))
	for i, m := range part {
		refs[i] = m.Ref
	}
	l.cancel = async.Load(l.page.opt.Post, func(ctx context.Context) ([]assist.Record, error) { return l.page.opt.Source.Records(ctx, refs) },
		func(list []assist.Record, err error) {
			if err != nil {
				l.lines.Add(widgets.Say(widgets.Style{Colour: theme.Late}, say.Error(err)))
				l.page.reading.arrange()
				return
			}
			l.add(part, list)
			if name != "" {
				l.draw(name)
			}
			l.more.Hidden = l.read >= len(l.all)
			l.more.SetText(fmt.Sprintf("Show earlier: %d more", len(l.all)-l.read))
			l.page.reading.arrange()
		})
}

func (l *life) add(part []Moment, list []assist.Record) {
	by := map[assist.Ref]assist.Record{}
	for _, r := range list {
		t, id := r.Ident()
		by[assist.Ref{Type: t, ID: id}] = r
	}
	now := l.page.opt.Now()
	for _, m := range part {
		e := chart.Event{At: m.At, Lane: laneOf(m.Type), Text: say.Capital(string(m.Type))}
		if r := by[m.Ref]; r != nil {
			e = l.page.event(r, m)
		}
		l.events = append(l.events, e)
		when := "Without a day"
		if !m.At.IsZero() {
			when = say.Capital(say.Day(m.At.In(now.Location()), now)) + ", " + say.Clock(m.At.In(now.Location()))
		}
		colour := theme.Muted
		if e.Tone == chart.Late {
			colour = theme.Late
		}
		l.lines.Add(widgets.Column(0, widgets.Say(widgets.Style{Size: theme.Small, Colour: colour}, joined(when, e.Lane)), text(e.Text)))
	}
	l.read += len(part)
}

// draw shows the whole time line: what was not read yet by its kind.
func (l *life) draw(name string) {
	events := append([]chart.Event(nil), l.events...)
	for _, m := range l.all[l.read:] {
		events = append(events, chart.Event{At: m.At, Lane: laneOf(m.Type), Text: say.Capital(string(m.Type))})
	}
	first := l.all[0].At
	for _, m := range l.all {
		if !m.At.IsZero() && m.At.Before(first) {
			first = m.At
		}
	}
	l.chart.SetChart(chart.Timeline{Title: name, Events: events,
		Sentence: say.Sentence(fmt.Sprintf("%s since %s", say.Capital(counted(l.all)), say.Day(first, l.page.opt.Now())))})
	l.chart.Object().Show()
}

// laneOf is the line of the picture on which a record stands.
func laneOf(t assist.Type) string {
	switch t {
	case assist.TypeCall:
		return "Phone"
	case assist.TypeNote:
		return "Notes"
	case assist.TypePromise:
		return "Promises"
	case assist.TypeOrder:
		return "Orders"
	case assist.TypeAffected:
		return "Incidents"
	case assist.TypeMerge:
		return "Record"
	}
	return "Heard and asked"
}

// event says in words what a record was.
func (p *Page) event(r assist.Record, m Moment) chart.Event {
	e := chart.Event{At: m.At, Lane: laneOf(m.Type), Tone: chart.Ink}
	switch x := r.(type) {
	case assist.Call:
		e.Text = p.callWords(x)
	case assist.Note:
		if e.Text = x.Text; x.Intelligence != "" {
			e.Lane, e.Text = laneOf(assist.TypeInsight), "“"+x.Text+"”"
		}
	case assist.Promise:
		e.Text, e.Tone = promiseWords(x)
		if x.Late(p.opt.Now()) {
			e.Text, e.Tone = "Promised, and late: "+x.Text, chart.Late
		}
	case assist.Order:
		e.Text = joined("Order "+x.Number, strings.Join(x.Products, ", "), money(x))
	case assist.Insight:
		e.Text = joined(x.Text, x.Source)
	case assist.Asked:
		e.Text = "Question offered: " + string(x.Reply)
	case assist.Affected:
		e.Text = "In an incident"
		if name := p.data.Names[x.Concierge]; name != "" {
			e.Text += ", looked after by " + name
		}
	case assist.Kudos:
		e.Text, e.Tone = "Praise for "+orElse(p.data.Names[x.Rep], string(x.Rep))+": “"+x.Words+"”", chart.Good
	case assist.Gap:
		e.Text = "Nobody knew: " + x.Text
	case assist.Flag:
		e.Text = "A sentence was flagged: " + cmp.Or(x.Why, x.Sentence)
	case assist.Merge:
		e.Text = say.Count(len(x.Before), "record") + " were made one"
	}
	return e
}

func (p *Page) callWords(c assist.Call) string {
	words := "They called"
	if c.Outgoing {
		words = "We called"
	}
	if name := p.data.Names[c.Rep]; name != "" {
		words += ", " + name + " spoke"
	}
	mood := ""
	if c.Mood != "" {
		mood = string(c.Mood)
	}
	return joined(words, c.Disposition, mood)
}

func promiseWords(x assist.Promise) (string, chart.Tone) {
	switch {
	case !x.Kept.IsZero():
		return "Promise kept: " + x.Text, chart.Good
	case !x.Broken.IsZero():
		return "Promise broken: " + x.Text, chart.Late
	case !x.Dropped.IsZero():
		return "Promise taken back: " + x.Text, chart.Ink
	}
	return "Promised: " + x.Text, chart.Ink
}

// money is the value of an order as people write it.
func money(o assist.Order) string {
	if o.Value == 0 {
		return ""
	}
	return strings.TrimSpace(fmt.Sprintf("%.2f %s", float64(o.Value)/100, o.Currency))
}
