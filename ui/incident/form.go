package incident

import (
	"time"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// mostTyped is how many letters the longer boxes take: far more than is ever said to a
// customer, and few enough that every key is quick.
const mostTyped = 4000

// form is where an incident is written. What is typed goes into a draft at once.
type form struct {
	page  *Page
	key   string
	of    *draft
	fault string // why it was not saved

	boxes                  [boxes]*widgets.Entry
	reads, names, hint     *widgets.Text
	save, undo, leave, fix *widget.Button
	closing                *closing
	measured               *panes.Measured
	scroll                 *widgets.Tall
	object                 *fyne.Container
}

func newForm(p *Page) *form {
	f := &form{page: p,
		reads: widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted}),
		names: widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted}),
		hint:  widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted}),
	}
	field := func(i int, label, hint string, rows int) fyne.CanvasObject {
		e := widgets.NewEntry(hint, rows, widgets.Keys{Key: f.typedKey, Shortcut: f.shortcut, Cards: p.opt.Cards})
		if rows > 1 {
			e.Most = mostTyped
		}
		e.OnTyped = func(s string) { f.typed(i, s) }
		f.boxes[i] = e
		name := widgets.Pad(widgets.Edges{Top: 8}, widgets.Say(widgets.Style{Size: theme.Small, Bold: true}, label))
		return widgets.Pair(112, name, e)
	}
	under := func(o fyne.CanvasObject) fyne.CanvasObject { return widgets.Pad(widgets.Edges{Left: 112}, o) }
	all := widgets.Column(8,
		field(title, "Title", "Deliveries from Leeds stand still", 1),
		field(what, "What happened", "In words for the customer", 3),
		field(why, "Why", "As far as we know", 2),
		field(doing, "What we do", "And what the customer need not do", 2),
		field(fixed, "Will be fixed by", "friday 3pm", 1), under(f.reads),
		field(every, "Update (hours)", "hours, such as 4", 1),
		field(cities, "Touches cities", "Leeds, York", 1),
		field(products, "and products", "Hedge 300, Saw 12", 1), under(f.names))
	f.measured = panes.Most(680, widgets.Pad(widgets.Sides(24, 12), all))
	f.scroll = widgets.NewTall(f.measured)
	f.save = widget.NewButtonWithIcon("Save (Ctrl+S)", base.DocumentSaveIcon(), p.save)
	f.save.Importance = widget.HighImportance
	f.undo = widget.NewButtonWithIcon("", base.ContentUndoIcon(), f.takeBack)
	f.leave = widget.NewButton("Leave it", f.throwAway)
	f.closing = newClosing(f)
	f.fix = widget.NewButtonWithIcon("It is fixed", base.ConfirmIcon(), f.closing.ask)
	foot := widgets.On(widgets.NewGround(theme.Ground, "", 0), widgets.Sides(24, 10), widgets.Column(8, f.hint, f.closing.box, widgets.Wrapped(8, f.save, f.undo, f.leave, f.fix)))
	f.object = widgets.ColumnFilled(0, f.scroll, f.scroll, widgets.Line(), foot)
	return f
}

func (f *form) typedKey(o fyne.CanvasObject, ev *fyne.KeyEvent) bool {
	if ev.Name == fyne.KeyEscape {
		if c := canvasOf(f.page.content); c != nil {
			c.Focus(f.page.rows)
		}
		return true
	}
	return widgets.PassKey(o, ev)
}

func (f *form) shortcut(s fyne.Shortcut) bool {
	if s.ShortcutName() != saveKey().ShortcutName() {
		return false
	}
	f.page.save()
	return true
}

// show puts an incident, or one that is being written, into the boxes.
func (f *form) show(e entry) {
	if f.key != e.key {
		f.key, f.fault = e.key, ""
		f.closing.box.Hide()
		f.scroll.ScrollToTop()
	}
	f.of = f.page.drafts[e.key]
	if f.of == nil {
		f.of = newDraft(e.row.Incident, nil, f.page.opt.Now().Location())
	}
	f.fill()
}

// fill shows the draft; a box that shows it already keeps its cursor.
func (f *form) fill() {
	for i, e := range f.boxes {
		text, whole := shortened(f.of.text[i], e.Most)
		if e.Text != text {
			e.SetShown(text)
			e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome}) // a long line is read from its beginning
		}
		if e.Disabled() == whole {
			enable(e, whole)
		}
	}
	f.say()
}

// shortened returns the beginning of a text that is longer than a box takes, and whether
// it is whole. Every key in a very long one would take seconds.
func shortened(s string, most int) (text string, whole bool) {
	if len(s) <= most || utf8.RuneCountInString(s) <= most {
		return s, true
	}
	const told = "… (too long to be changed here)"
	return string([]rune(s[:min(4*most, len(s))])[:most-utf8.RuneCountInString(told)]) + told, false
}

func (f *form) typed(box int, text string) {
	if f.of == nil {
		return
	}
	was := f.of.dirty()
	f.of.text[box] = text
	f.page.drafts[f.key] = f.of
	f.fault = ""
	if was != f.of.dirty() || f.of.base.ID == "" && box == title {
		f.page.reline()
	}
	f.say()
}

// say shows what saving would do, and what can be done.
func (f *form) say() {
	now, d := f.page.opt.Now(), f.of
	fresh, dirty := d.base.ID == "", d.dirty()
	f.reads.SetText(f.readsAs(now))
	f.names.SetText(named(d))
	text, tone := f.hints(now)
	f.hint.SetText(text)
	f.hint.SetColour(tone)
	enable(f.save, f.can() && !f.page.saving)
	_, saved := f.page.saved[f.key]
	switch {
	case dirty:
		f.undo.SetText("Undo")
	case d.aside != d.from:
		f.undo.SetText("Put back what I typed")
	case saved:
		f.undo.SetText("Undo the save")
	}
	f.undo.Hidden = !dirty && d.aside == d.from && !saved
	enable(f.undo, !f.page.saving)
	f.leave.Hidden = !fresh || dirty || f.page.saving
	f.fix.Hidden = fresh || f.closing.box.Visible()
	f.hint.Hidden = f.closing.box.Visible()
	f.closing.say()
	f.arrange()
}

// can reports whether there is something to save, or to be tried again after a fault.
func (f *form) can() bool { return f.of.base.ID == "" || f.of.dirty() || f.page.refused != nil }

func enable(b fyne.Disableable, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

// readsAs says what the words for the time of the fix mean; nothing while they stand as
// they were saved and lie ahead.
func (f *form) readsAs(now time.Time) string {
	t, err := f.of.fixedBy(now, f.page.opt.Day)
	switch {
	case err != nil:
		return say.Error(err)
	case t.IsZero():
		return ""
	}
	return say.Capital(dayAndClock(t, now)) + "."
}

// named says which customers are in the incident by name, beside those of its cities
// and products.
func named(d *draft) string {
	n := len(d.base.Customers)
	switch {
	case n == 0 && len(d.base.Companies) == 0:
		return ""
	case n > 0 && n == len(d.names) && n <= 12:
		return "And by name: " + commas(d.names) + "."
	case len(d.base.Companies) == 0:
		return "And " + say.Count(n, "customer") + " by name."
	}
	return "And " + say.Count(n, "customer") + " and " + say.Count(len(d.base.Companies), "account") + " by name."
}

func (f *form) hints(now time.Time) (string, fyne.ThemeColorName) {
	d := f.of
	next := d.base.NextUpdate()
	switch {
	case f.fault != "":
		return f.fault, theme.Late
	case f.page.saving:
		return "Saving…", theme.Muted
	case d.base.ID == "":
		return "Saving tells nobody yet: it finds whom this touches, and lists them.", theme.Muted
	case d.dirty() && d.news():
		n := f.page.touched(d.base.ID)
		if n == 1 {
			return "Saving tells nobody yet: 1 person then has something new to hear.", theme.Amber
		}
		return "Saving tells nobody yet: " + say.Thousands(n) + " people then have something new to hear.", theme.Amber
	case d.dirty():
		return "Saving this gives nobody anything new to hear.", theme.Muted
	case next.IsZero():
		return "", theme.Muted
	case next.After(now):
		return "The next update is due " + dayAndClock(next, now) + ".", theme.Muted
	}
	return "An update was due " + dayAndClock(next, now) + ". Write what is new, even that nothing is, and save.", theme.Late
}

// takeBack undoes what was typed; when nothing was, it brings back what was undone, or
// undoes the last save.
func (f *form) takeBack() {
	d := f.of
	switch {
	case d == nil || f.page.saving:
		return
	case d.dirty():
		d.text, d.aside = d.from, d.text
	case d.aside != d.from:
		d.text, d.aside = d.aside, d.from
	default:
		if before, ok := f.page.saved[f.key]; ok {
			f.page.keep(f.key, before, d, assist.Incident{})
		}
		return
	}
	f.fault = ""
	f.page.drafts[f.key] = d
	f.page.reline()
	f.fill()
}

// throwAway forgets an incident that was begun, and in which nothing is typed.
func (f *form) throwAway() {
	delete(f.page.drafts, f.key)
	f.page.list("")
	f.page.split.Read(false)
}

func (f *form) arrange() {
	f.measured.Arrange()
	widgets.Arrange(f.object)
}

// reline shows anew what the rows say; there are as many as before.
func (p *Page) reline() {
	p.shown = p.entries()
	p.rows.Refresh()
}

// touched returns how many an incident touches, 0 when it is not listed.
func (p *Page) touched(id assist.ID) int {
	if r := p.find(id); r != nil {
		return r.All
	}
	return 0
}

// find returns the row of an incident, nil when it is not listed.
func (p *Page) find(id assist.ID) *Row {
	for _, list := range [][]Row{p.data.Open, p.data.Closed} {
		for i := range list {
			if list[i].ID == id {
				return &list[i]
			}
		}
	}
	return nil
}
