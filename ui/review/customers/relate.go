package customers

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/ui/async"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// relate is where it is said what another customer is to one.
type relate struct {
	page *Page
	of   Person

	who, find *widgets.Entry
	rows      [5]*widgets.PickRow
	hits      []glance.Found
	now       int
	fault     *widgets.Text
	box       *fyne.Container
	cancel    func()
}

func newRelate(p *Page) *relate {
	r := &relate{page: p, cancel: func() {}, fault: widgets.NewText(widgets.Style{Colour: theme.Late})}
	r.who = widgets.NewEntry("her husband", 1, widgets.Keys{Key: r.key})
	r.find = widgets.NewEntry("Name or number", 1, widgets.Keys{Key: r.key})
	r.find.OnTyped = r.look
	col := widgets.Column(8, widgets.Say(widgets.Style{Bold: true}, "Who is it? Enter takes the marked one, Esc leaves it."),
		labelled("What they are to this customer", r.who), labelled("The other customer", r.find), r.fault)
	for i := range r.rows {
		r.rows[i] = widgets.NewPickRow(widgets.Keys{Key: r.key}, func() {
			r.now = i
			r.take()
		})
		col.Add(r.rows[i])
	}
	r.box = widgets.On(widgets.NewGround(theme.AccentPale, "", 8), widgets.Even(12), col)
	r.box.Hide()
	return r
}

func (r *relate) key(o fyne.CanvasObject, ev *fyne.KeyEvent) bool {
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		r.take()
	case fyne.KeyEscape:
		r.hide()
	case fyne.KeyDown:
		r.mark(r.now + 1)
	case fyne.KeyUp:
		r.mark(r.now - 1)
	default:
		return widgets.PassKey(o, ev)
	}
	return true
}

func (r *relate) begin(p Person) {
	r.of = p
	r.who.SetShown("")
	r.find.SetShown("")
	r.show(nil)
	r.fault.SetText("")
	r.box.Show()
	r.page.reading.turn(r.who)
}

func (r *relate) close() {
	r.cancel()
	r.box.Hide()
}

func (r *relate) hide() {
	r.close()
	r.page.reading.arrange()
	r.page.toRows()
}

func (r *relate) look(words string) {
	r.cancel()
	if strings.TrimSpace(words) == "" {
		r.show(nil)
		return
	}
	r.cancel = async.Load(r.page.opt.Post, func(ctx context.Context) ([]glance.Found, error) { return r.page.opt.Source.Find(ctx, words) },
		func(list []glance.Found, err error) {
			var hits []glance.Found
			for _, f := range list {
				if f.Type == assist.TypeCustomer && f.ID != r.of.ID && len(hits) < len(r.rows) {
					hits = append(hits, f)
				}
			}
			r.fault.SetText(say.Error(err))
			r.show(hits)
		})
}

func (r *relate) show(hits []glance.Found) {
	r.hits = hits
	r.mark(0)
}

func (r *relate) mark(i int) {
	r.now = max(min(i, len(r.hits)-1), 0)
	for i, row := range r.rows {
		if row.Hidden = i >= len(r.hits); row.Hidden {
			continue
		}
		key := ""
		if i == r.now {
			key = "Enter"
		}
		row.SetPick(orElse(r.hits[i].Title, "No name yet"), r.hits[i].Text, key, i == r.now)
	}
	if r.page.reading != nil {
		r.page.reading.arrange()
	}
}

// take keeps the relation, or says what is missing.
func (r *relate) take() {
	who := strings.Join(strings.Fields(r.who.Text), " ")
	switch {
	case who == "":
		r.refuse("Say what they are to this customer: her husband, his assistant.", r.who)
		return
	case r.now >= len(r.hits):
		r.refuse("Find the other customer first: type their name or number.", r.find)
		return
	}
	after := r.of.Customer
	after.Relations = append(append([]assist.Relation(nil), after.Relations...), assist.Relation{To: r.hits[r.now].ID, Who: who})
	if err := after.Validate(); err != nil {
		r.refuse(say.Error(err), r.who)
		return
	}
	firm := r.of.Company.Name
	r.page.save(r.of.Customer, after, firm, firm, "Relation added: "+who, func(err error) {
		if err != nil {
			r.refuse(say.Error(err), r.who)
			return
		}
		r.hide()
	})
}

func (r *relate) refuse(words string, at *widgets.Entry) {
	r.fault.SetText(words)
	r.page.reading.arrange()
	r.page.focus(at)
}

// erasing is where the name of a customer is typed who is to be erased for good.
type erasing struct {
	page  *Page
	of    assist.Customer
	says  *widgets.Text
	typed *widgets.Entry
	fault *widgets.Text
	do    *widget.Button
	box   *fyne.Container
}

func newErasing(p *Page) *erasing {
	e := &erasing{page: p, says: widgets.NewText(widgets.Style{}), fault: widgets.NewText(widgets.Style{Colour: theme.Late})}
	e.typed = widgets.NewEntry("The name, as it is written above", 1, widgets.Keys{Key: func(o fyne.CanvasObject, ev *fyne.KeyEvent) bool {
		switch ev.Name {
		case fyne.KeyEscape:
			e.hide()
		case fyne.KeyReturn, fyne.KeyEnter:
			e.erase()
		default:
			return widgets.PassKey(o, ev)
		}
		return true
	}})
	e.typed.OnTyped = func(string) { e.able() }
	e.do = widget.NewButton("Erase for good (Enter)", e.erase)
	e.do.Importance = widget.DangerImportance
	e.box = widgets.On(widgets.NewGround(theme.LatePale, "", 8), widgets.Even(12),
		widgets.Column(8, e.says, e.typed, e.fault, widgets.Wrapped(8, e.do, widget.NewButton("Leave (Esc)", e.hide))))
	e.box.Hide()
	return e
}

func (e *erasing) begin(c assist.Customer) {
	e.of = c
	e.says.SetText("All that is kept of " + called(c) + " will be gone: the record, calls, notes, promises, and every version of them. It cannot be taken back. Type the name to go on.")
	e.typed.SetShown("")
	e.fault.SetText("")
	e.able()
	e.box.Show()
	e.page.reading.turn(e.typed)
}

func (e *erasing) right() bool { return strings.TrimSpace(e.typed.Text) == called(e.of) }

func (e *erasing) able() {
	if e.right() {
		e.do.Enable()
	} else {
		e.do.Disable()
	}
}

func (e *erasing) close() { e.box.Hide() }

func (e *erasing) hide() {
	e.close()
	e.page.reading.arrange()
	e.page.toRows()
}

func (e *erasing) erase() {
	if !e.right() {
		e.fault.SetText("That is not the name. Nothing was erased.")
		e.page.reading.arrange()
		return
	}
	e.page.erase(e.of, strings.TrimSpace(e.typed.Text), func(err error) {
		if err != nil {
			e.fault.SetText(say.Error(err))
			e.page.reading.arrange()
		}
	})
}
