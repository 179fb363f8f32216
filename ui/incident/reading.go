package incident

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// leaf is one of the two sides of an incident.
type leaf int

const (
	saying leaf = iota // what is said of it
	whom               // whom it touches
)

// reading is the pane that shows one incident, or a suggestion.
type reading struct {
	page  *Page
	entry entry
	leaf  leaf

	title, facts *widgets.Text
	leaves       [2]*widget.Button
	bar          *fyne.Container
	form         *form
	people       *people
	text         *widgets.Text // of what is not edited
	start        *widget.Button
	plain        *widgets.Tall
	object       *fyne.Container
}

func newReading(p *Page) *reading {
	r := &reading{page: p,
		title: widgets.NewText(widgets.Style{Size: theme.Title, Bold: true, Lines: 2}),
		facts: widgets.NewText(widgets.Style{Colour: theme.Muted}),
		text:  widgets.NewText(widgets.Style{}),
	}
	for i := range r.leaves {
		r.leaves[i] = widget.NewButton("", func() { r.turn(leaf(i)) })
	}
	r.bar = widgets.Wrapped(4, r.leaves[saying], r.leaves[whom])
	r.form, r.people = newForm(p), newPeople(p)
	r.start = widget.NewButton("Make it an incident (Enter)", func() { p.open(p.rows.Chosen()) })
	r.start.Importance = widget.HighImportance
	r.plain = widgets.NewTall(panes.Most(680, widgets.Pad(widgets.Sides(24, 12), widgets.Column(16, r.text, widgets.Row(0, nil, r.start)))))
	head := widgets.Pad(widgets.Edges{Left: 24, Top: 16, Right: 24, Bottom: 4}, widgets.Column(8, r.title, r.facts, r.bar))
	stack := panes.Fill(r.form.object, r.people.object, r.plain)
	r.object = widgets.ColumnFilled(0, stack, head, stack)
	r.clear()
	return r
}

func (r *reading) clear() {
	r.entry = entry{}
	r.title.SetText("")
	r.facts.SetText("")
	for _, o := range []fyne.CanvasObject{r.bar, r.form.object, r.people.object, r.plain} {
		o.Hide()
	}
}

// turn shows one side of the incident in front.
func (r *reading) turn(l leaf) {
	r.leaf = l
	if r.entry.key != "" {
		r.show(r.entry)
	}
}

func (r *reading) show(e entry) {
	now := r.page.opt.Now()
	r.entry = e
	switch {
	case e.maybe != nil:
		r.title.SetText(short(e.maybe.Title))
		r.facts.SetText(say.Count(len(e.maybe.Customers), "customer") + " with one problem since " + say.Day(e.maybe.Since, now))
		r.text.SetText(commas(e.maybe.Names))
	case e.row == nil:
		r.title.SetText("New incident")
		r.facts.SetText("")
	default:
		r.title.SetText(short(e.row.Title))
		r.facts.SetText(facts(*e.row, now))
		r.text.SetText(said(e.row.Incident, now))
		r.leaves[saying].SetText("What we say")
		r.leaves[whom].SetText("Who is told: " + untold(*e.row))
	}
	open := e.row == nil || e.row.Closed.IsZero()
	people := e.row != nil && r.leaf == whom
	r.bar.Hidden = e.row == nil
	r.start.Hidden = e.maybe == nil
	r.form.object.Hidden = people || e.maybe != nil || !open
	r.people.object.Hidden = !people
	r.plain.Hidden = !r.form.object.Hidden || people
	for i, b := range r.leaves {
		b.Importance = widget.MediumImportance
		if leaf(i) == r.leaf {
			b.Importance = widget.HighImportance
		}
		b.Refresh()
	}
	if !r.form.object.Hidden {
		r.form.show(e)
	}
	if people {
		r.people.show(*e.row)
	}
	widgets.Arrange(r.object)
}

// scroll scrolls what is read by pages.
func (r *reading) scroll(way int) {
	if r.form.object.Visible() {
		r.form.scroll.Page(way)
	}
	r.plain.Page(way)
}

func facts(r Row, now time.Time) string {
	i, next := r.Incident, ""
	switch at := i.NextUpdate(); {
	case at.IsZero():
	case at.After(now):
		next = "next update due " + dayAndClock(at, now)
	default:
		next = "an update is late since " + dayAndClock(at, now)
	}
	if !i.Closed.IsZero() {
		return "Since " + say.Day(i.Opened, now) + ", fixed " + dayAndClock(i.Closed, now)
	}
	return join("Since "+dayAndClock(i.Opened, now), next)
}

// said is what was told of an incident that is over.
func said(i assist.Incident, now time.Time) string {
	var out []string
	for _, p := range [][2]string{{"What happened", i.What}, {"Why", i.Why}, {"What we did", i.Doing},
		{"Cities", commas(i.Cities)}, {"Products", commas(i.Products)}} {
		if p[1] != "" {
			out = append(out, p[0]+": "+p[1])
		}
	}
	if len(out) == 0 {
		return "Nothing was written about it."
	}
	return strings.Join(out, "\n")
}

// commas lists the first of many.
func commas(list []string) string {
	const most = 40
	if len(list) > most {
		return strings.Join(list[:most], ", ") + " and " + say.Thousands(len(list)-most) + " more"
	}
	return strings.Join(list, ", ")
}
