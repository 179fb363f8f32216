package edit

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/ui/widgets"
)

// A blank that compose.Fill knows, and what it stands for.
type blank struct{ name, words string }

func blanks() []blank {
	return []blank{
		{"customer.name", "the customer's name"},
		{"customer.call_me", "how they want to be called"},
		{"customer.company", "their company"},
		{"customer.years", "how long they have been with us"},
		{"product", "the product the call is about"},
		{"rep.name", "your name"},
		{"promise.due", "when a promise is due"},
		{"today", "today's day"},
	}
}

// menu opens a menu below a button; the arrow keys walk in it, Enter chooses. After it the
// keyboard goes to back, if that is not nil.
func (f *form) menu(at fyne.CanvasObject, items []*fyne.MenuItem, back fyne.Focusable) {
	c := f.e.canvas()
	if c == nil || len(items) == 0 {
		return
	}
	m := widget.NewPopUpMenu(fyne.NewMenu("", items...), c)
	m.OnDismiss = func() {
		m.Hide()
		if back != nil {
			c.Focus(back)
		}
	}
	m.ShowAtRelativePosition(fyne.NewPos(0, at.Size().Height+2), at)
}

// offerBlanks lets the rep choose a blank, which goes in where the cursor is.
func (f *form) offerBlanks() {
	box := f.say
	if s := f.steps.at; s != nil {
		box = s.box
	}
	var items []*fyne.MenuItem
	for _, b := range blanks() {
		items = append(items, fyne.NewMenuItem(b.words+"  {{"+b.name+"}}", func() { insert(box, "{{"+b.name+"}}") }))
	}
	f.menu(f.blank, items, box)
}

// insert types a text into a box at its cursor, as the clipboard does: it can be undone.
func insert(box *widgets.Entry, text string) {
	for _, r := range text {
		box.TypedRune(r)
	}
}

// pick lets the rep choose one of the known things for a box: it replaces what stands
// there, or is added to the list.
func (f *form) pick(at *widgets.Action, box *widgets.Entry, known []string, add bool) {
	const atMost = 20
	have := listed(box.Text, ",;\n")
	var items []*fyne.MenuItem
	for _, k := range known[:min(len(known), atMost)] {
		if add && slices.ContainsFunc(have, func(h string) bool { return strings.EqualFold(h, k) }) {
			continue
		}
		items = append(items, fyne.NewMenuItem(k, func() {
			if add {
				box.SetTyped(strings.Join(append(slices.Clone(have), k), ", "))
				return
			}
			box.SetTyped(k)
		}))
	}
	f.menu(at, items, box)
}

// chooseRep lets the rep choose one of the team.
func (f *form) chooseRep(at *widgets.Action, into *assist.ID, none string) {
	choose := func(id assist.ID) func() {
		return func() {
			*into = id
			f.name()
			f.e.changed()
		}
	}
	items := []*fyne.MenuItem{fyne.NewMenuItem(none, choose(""))}
	for _, r := range f.e.opt.Team() {
		item := fyne.NewMenuItem(r.Name, choose(r.ID))
		item.Checked = r.ID == *into
		items = append(items, item)
	}
	f.menu(at, items, at)
}

// chooseRota lets the rep put somebody into the group that owns the answer in turn, or
// take them out.
func (f *form) chooseRota() {
	var items []*fyne.MenuItem
	for _, r := range f.e.opt.Team() {
		item := fyne.NewMenuItem(r.Name, func() {
			if i := slices.Index(f.rotaIDs, r.ID); i >= 0 {
				f.rotaIDs = slices.Delete(slices.Clone(f.rotaIDs), i, i+1)
			} else {
				f.rotaIDs = append(slices.Clone(f.rotaIDs), r.ID)
			}
			f.name()
			f.e.changed()
		})
		item.Checked = slices.Contains(f.rotaIDs, r.ID)
		items = append(items, item)
	}
	f.menu(f.rota, items, f.rota)
}
