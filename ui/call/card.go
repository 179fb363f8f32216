package call

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/ask"
	"ringside/assist/live"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

const (
	mostPromises  = 4
	mostIncidents = 2
	mostContacts  = 3
	mostKnown     = 12
)

// room is how much of what is known is shown: how many earlier contacts, how many
// facts of each intelligence, and of how many intelligences.
type room struct{ contacts, facts, kinds int }

// rooms are tried from the widest to the tightest until the card fits its column
// without scrolling. The first is also what the rep gets who asks for all.
var rooms = [...]room{{3, 4, 9}, {3, 3, 9}, {3, 2, 9}, {3, 1, 9}, {2, 1, 9}, {1, 1, 9},
	{0, 1, 9}, {0, 1, 3}, {0, 1, 2}, {0, 1, 1}, {0, 0, 0}}

// debts is what we owe the customer: open promises, and incidents that touch them.
type debts struct {
	p         *Page
	box       *fyne.Container
	head      *widgets.Text
	incidents []*widgets.Banner
	rows      []*widgets.PromiseRow
	list      *fyne.Container
	rest      *widgets.Action
	card      live.Card
	all       bool
}

func newDebts(p *Page) *debts {
	d := &debts{p: p, head: widgets.Heading("PROMISED")}
	d.list = widgets.Column(theme.Grid)
	d.rest = widgets.NewAction(widgets.Plain, "more", "F2", p.keys(), func() { p.who.showAll(!p.who.all) })
	d.box = widgets.Column(theme.Grid, d.head, d.list, widgets.Wrapped(0, d.rest))
	for range mostIncidents {
		b := widgets.NewBanner(false, p.arrange)
		d.incidents = append(d.incidents, b)
		d.box.Objects = append(d.box.Objects, b)
	}
	return d
}

// set shows what we owe. Incidents that are still to be told stand among the moves.
func (d *debts) set(card live.Card, moves []live.Move) {
	d.card = card
	if slices.ContainsFunc(moves, func(m live.Move) bool { return m.Kind == ask.Incident }) {
		d.card.Incidents = nil
	}
	card = d.card
	for i, b := range d.incidents {
		b.SetText("")
		if i < len(card.Incidents) {
			b.SetText(incident(card.Incidents[i]))
		}
	}
	d.show()
}

func incident(i assist.Incident) string {
	s := "Incident: " + i.Title
	if i.What != "" {
		s += ". " + i.What
	}
	return s
}

func (d *debts) show() {
	n := len(d.card.Promises)
	shown := min(n, mostPromises)
	if d.all {
		shown = n
	}
	for len(d.rows) < shown {
		i := len(d.rows)
		r := widgets.NewPromiseRow(d.p.keys(), d.p.arrange)
		r.OnKept = func() { d.p.desk.Use(live.Use{Keep: d.card.Promises[i].ID}) }
		d.rows = append(d.rows, r)
		d.list.Objects = append(d.list.Objects, r)
	}
	for i, r := range d.rows {
		r.Hidden = i >= shown
		if !r.Hidden {
			r.SetPromise(d.card.Promises[i])
		}
	}
	d.head.SetText("PROMISED")
	d.head.Hidden = n == 0
	d.list.Hidden = n == 0
	d.rest.Hidden = n <= mostPromises
	d.rest.SetLabel("Show fewer")
	if shown < n {
		d.rest.SetLabel(more(n - shown))
	}
	d.box.Hidden = n == 0 && len(d.card.Incidents) == 0
}

func (d *debts) showAll(all bool) {
	d.all = all
	d.show()
}

// knowledge is what else we know: what they own, how they like it, the last
// contacts, and what they told us.
type knowledge struct {
	box                *fyne.Container
	owns, likes, about *widgets.FactRow
	last               []*widgets.FactRow
	known              []*widgets.FactRow
	nothing, rest      *widgets.Text
	card               live.Card
	all                bool
	changed            bool // since it was last fitted
}

func newKnowledge(p *Page) *knowledge {
	k := &knowledge{owns: widgets.NewFactRow(2, p.arrange), likes: widgets.NewFactRow(2, p.arrange), about: widgets.NewFactRow(2, p.arrange)}
	k.nothing = widgets.NewText(widgets.Style{Colour: theme.Muted})
	k.box = widgets.Column(theme.Grid, k.nothing, k.likes, k.owns)
	for range mostContacts {
		r := widgets.NewFactRow(1, p.arrange)
		k.last = append(k.last, r)
		k.box.Objects = append(k.box.Objects, r)
	}
	for range mostKnown {
		r := widgets.NewFactRow(1, p.arrange)
		k.known = append(k.known, r)
		k.box.Objects = append(k.box.Objects, r)
	}
	k.rest = widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Accent, Lines: 1})
	k.box.Objects = append(k.box.Objects, k.about, k.rest)
	return k
}

func (k *knowledge) set(card live.Card) {
	k.card, k.changed = card, true
	k.likes.SetFact("LIKES", card.Customer.Likes, "")
	k.owns.SetFact("OWNS", strings.Join(card.Owns, ", "), "")
	k.about.SetFact("ABOUT", card.Customer.About, "")
	for i, r := range k.last {
		r.SetFact("", "", "")
		if i < len(card.Last) {
			c := card.Last[i]
			head := "BEFORE"
			if i == 0 {
				head = "LAST TIME"
			}
			by := c.By
			if c.Private {
				by = "not shared"
			}
			r.SetFact(head, c.Text, join(", ", c.When, by))
		}
	}
	for i, r := range k.known {
		r.SetFact("", "", "")
		if i < len(card.Known) {
			f := card.Known[i]
			r.SetFact(strings.ToUpper(string(f.Intelligence)), f.Text, f.Source)
		}
	}
	empty := card.Customer.Likes == "" && len(card.Owns) == 0 && len(card.Last) == 0 && len(card.Known) == 0 && card.Customer.About == ""
	k.nothing.SetText("")
	if empty && card.Customer.ID != "" {
		k.nothing.SetText("Nothing is known of them yet. What you note in this call will be here the next time.")
	}
	k.box.Hidden = card.Customer.ID == ""
	k.give(rooms[0])
}

// give shows as much as there is room for, and says how much there is besides.
func (k *knowledge) give(r room) {
	left := 0
	for i, row := range k.last {
		row.Hidden = i >= min(len(k.card.Last), r.contacts)
		if row.Hidden && i < len(k.card.Last) {
			left++
		}
	}
	shown := map[assist.Intelligence]int{}
	for i, row := range k.known {
		if row.Hidden = i >= len(k.card.Known); row.Hidden {
			continue
		}
		kind := k.card.Known[i].Intelligence
		if _, met := shown[kind]; shown[kind] >= r.facts || !met && len(shown) >= r.kinds {
			row.Hidden = true
			left++
			continue
		}
		shown[kind]++
	}
	k.rest.SetText("")
	if left > 0 && !k.all {
		k.rest.SetText(more(left) + "  ·  F2")
	}
}

// fit shows as much as can be seen without scrolling; see widgets.Tall.
func (k *knowledge) fit(resized bool, fits func() bool) {
	if k.all || !k.changed && !resized {
		return
	}
	k.changed = false
	for _, r := range rooms {
		if k.give(r); fits() {
			return
		}
	}
}

func (k *knowledge) showAll(all bool) {
	k.all = all
	k.set(k.card)
	for _, list := range [][]*widgets.FactRow{{k.owns, k.likes, k.about}, k.last, k.known} {
		for _, r := range list {
			r.ShowAll(all)
		}
	}
}
