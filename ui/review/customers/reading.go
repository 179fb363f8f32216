package customers

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/assist/twin"
	"ringside/ui/async"
	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// reading is the pane that shows one row whole: what would be merged, who lives together,
// or one customer.
type reading struct {
	page    *Page
	entry   entry
	beside  bool // it need not be in the list
	people  []Person
	letters map[rune]func() // what a letter does with what is shown

	keeper  int // of people
	choices twin.Choices
	life    *life
	form    *form
	relate  *relate
	erasing *erasing

	title, said *widgets.Text
	body        *fyne.Container
	measured    *panes.Measured
	scroll      *widgets.Tall
	object      *fyne.Container
	cancel      func()
}

func newReading(p *Page) *reading {
	r := &reading{page: p, cancel: func() {}, body: widgets.Column(16), title: widgets.NewText(widgets.Style{Size: theme.Title, Bold: true}),
		said: widgets.NewText(widgets.Style{Colour: theme.Accent})}
	r.life = newLife(p)
	r.form, r.relate, r.erasing = newForm(p), newRelate(p), newErasing(p)
	r.measured = panes.Most(760, widgets.Pad(widgets.Sides(24, 20), widgets.Column(12, r.said, r.title, r.body)))
	r.scroll = widgets.NewTall(r.measured)
	r.object = panes.Fill(r.scroll)
	return r
}

// show shows a row; the zero entry leaves what is there.
func (r *reading) show(e entry) {
	if e.key == "" || e.key == r.entry.key && r.same(e) {
		return
	}
	r.entry = e
	r.leave()
	r.load(true)
}

// same reports whether a row still is what is shown.
func (r *reading) same(e entry) bool {
	return slices.Equal(e.group.Customers, r.entry.group.Customers) && slices.Equal(e.house.Members, r.entry.house.Members) && e.merge.ID == r.entry.merge.ID
}

// leave forgets what was typed and chosen for what was shown before.
func (r *reading) leave() {
	r.keeper, r.choices, r.people = 0, twin.Choices{}, nil
	r.said.SetText("")
	r.form.close()
	r.relate.close()
	r.erasing.close()
	r.life.clear()
}

// again reads what is shown anew.
func (r *reading) again() {
	if r.entry.key != "" {
		r.load(false)
	}
}

// forget shows nothing.
func (r *reading) forget() {
	r.entry = entry{}
	r.leave()
	r.title.SetText("")
	r.body.Objects = nil
	r.arrange()
}

// told says what was done.
func (r *reading) told(words string) {
	if words != "" {
		r.said.SetText(words)
		r.arrange()
	}
}

func (r *reading) load(top bool) {
	r.cancel()
	e := r.entry
	ids := slices.Concat(e.group.Customers, e.house.Members)
	switch e.kind {
	case person:
		ids = []assist.ID{e.id}
	case merged:
		ids = []assist.ID{e.merge.Keeper}
	case company:
		r.loadCompany(e, top)
		return
	}
	r.cancel = async.Load(r.page.opt.Post, func(ctx context.Context) ([]Person, error) { return r.page.opt.Source.Read(ctx, ids) },
		func(people []Person, err error) {
			r.people = people
			r.draw(err)
			if top {
				r.scroll.ScrollToTop()
			}
		})
}

func (r *reading) loadCompany(e entry, top bool) {
	r.cancel = async.Load(r.page.opt.Post, func(ctx context.Context) ([]assist.Customer, error) { return r.page.opt.Source.Members(ctx, e.id) },
		func(members []assist.Customer, err error) {
			r.people = nil
			for _, c := range members {
				r.people = append(r.people, Person{Customer: c})
			}
			r.draw(err)
			if top {
				r.scroll.ScrollToTop()
			}
		})
}

// draw shows what was read.
func (r *reading) draw(err error) {
	r.letters, r.body.Objects = map[rune]func(){}, nil
	switch {
	case err != nil:
		r.title.SetText("This cannot be read")
		r.body.Add(widgets.Say(widgets.Style{Colour: theme.Late}, say.Error(err)))
	case r.entry.kind == company:
		r.company()
	case len(r.people) == 0:
		r.title.SetText("Nobody is here any more")
	case r.entry.kind == alike && len(r.people) > 1:
		r.alike()
	case r.entry.kind == house:
		r.household()
	case r.entry.kind == merged:
		r.mergedNow()
	default:
		r.one()
	}
	r.arrange()
}

// arrange lays the pane out again.
func (r *reading) arrange() {
	r.said.Hidden = r.said.Text() == ""
	r.measured.Arrange()
	widgets.Arrange(r.scroll)
	r.scroll.Refresh()
}

// turn shows a form that has opened, and gives it the keyboard.
func (r *reading) turn(first fyne.Focusable) {
	r.page.split.Read(true)
	r.arrange()
	r.scroll.ScrollToTop()
	r.page.focus(first)
}

func (r *reading) letter(l rune) {
	if do := r.letters[l]; do != nil {
		do()
	}
}

// act is a button, and the letter that it names.
func (r *reading) act(words string, letter rune, do func()) *widget.Button {
	if letter != 0 {
		r.letters[letter] = do
	}
	return widget.NewButton(words, do)
}

func (r *reading) buttons(list ...*widget.Button) {
	box := widgets.Wrapped(8)
	for i, b := range list {
		if i == 0 {
			b.Importance = widget.HighImportance
		}
		box.Add(b)
	}
	r.body.Add(box)
}

// section is a part of the pane under a name.
func (r *reading) section(name string, inside ...fyne.CanvasObject) {
	head := widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted, Bold: true}, name)
	r.body.Add(widgets.Column(6, append([]fyne.CanvasObject{head}, inside...)...))
}

func text(words string) fyne.CanvasObject { return widgets.Say(widgets.Style{}, words) }

func muted(words string) fyne.CanvasObject {
	return widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted}, words)
}

// link is somebody who can be opened.
func (r *reading) link(c assist.Customer, more string) *widgets.PickRow {
	row := widgets.NewPickRow(widgets.Keys{}, func() { r.page.Open(c.ID) })
	row.SetPick(called(c), joined(more, facts(c)), "", false)
	return row
}

func (r *reading) household() {
	h := r.entry.house
	r.title.SetText(h.Name)
	r.body.Add(text(say.Sentence(say.Capital(list(h.Reasons)) + ": they look like one household, not like one person")))
	r.buttons(r.act("Make it a household (H)", 'h', func() { r.page.makeHouse(h) }),
		r.act("They are not (B)", 'b', func() { r.page.bothRight(h.Members) }))
	var rows []fyne.CanvasObject
	for _, p := range r.people {
		rows = append(rows, r.link(p.Customer, counted(p.Life)))
	}
	r.section("WHO", rows...)
}

func (r *reading) company() {
	r.title.SetText(r.entry.line.Title)
	r.body.Add(muted(say.Count(len(r.people), "customer")))
	var rows []fyne.CanvasObject
	for _, p := range r.people {
		rows = append(rows, r.link(p.Customer, p.Role))
	}
	r.section("WHO BELONGS TO IT", rows...)
}

func (r *reading) mergedNow() {
	m, p := r.entry.merge, r.people[0]
	r.title.SetText(called(p.Customer))
	by := r.page.data.Names[m.By]
	if by != "" {
		by = " by " + by
	}
	r.body.Add(text(say.Sentence(say.Count(len(m.Before), "record") + " were made one" + by + ", " + say.Day(m.At, r.page.opt.Now()))))
	r.buttons(r.act("Take it back (T)", 't', func() { r.page.partNow(m) }),
		r.act("Read the customer (C)", 'c', func() { r.page.Open(m.Keeper) }))
	var rows []fyne.CanvasObject
	for i, c := range m.Before {
		words := facts(c)
		if i > 0 {
			words = joined(movedWords(m.Moved[c.ID]), words)
		}
		rows = append(rows, widgets.Column(0, text(called(c)), muted(words)))
	}
	r.section("THE RECORDS AS THEY WERE", rows...)
}

func movedWords(refs []assist.Ref) string {
	var life []Moment
	for _, ref := range refs {
		life = append(life, Moment{Ref: ref})
	}
	return counted(life)
}

// reasons says in a sentence why records look like one person's.
func reasons(g twin.Group) string {
	words, _ := sure(g.Grade)
	return say.Sentence(say.Capital(words) + ": " + strings.Join(g.Reasons, ", "))
}
