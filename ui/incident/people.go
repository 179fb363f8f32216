package incident

import (
	"cmp"
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/ui/async"
	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// pageful is how many people are read at a time.
const pageful = 50

// haste is how soon after a person was told a second press is taken for a key that was
// pressed twice: the next person has come under it meanwhile.
const haste = 400 * time.Millisecond

// people lists whom an incident touches, as far as they were paged, with the letter to
// the one who is marked.
type people struct {
	page    *Page
	of      Row
	list    []Person
	full    bool               // all of them were read
	moved   map[assist.ID]bool // told since they were read: they stand behind all others now
	loading bool
	stirred time.Time
	subject string
	text    string

	count        *widgets.Text
	more         *widget.Button
	rows         *panes.Rows
	none         *panes.Empty
	name, facts  *widgets.Text
	told         *widget.Button
	head, letter *widgets.Text
	inLetter     *fyne.Container
	write        []*widget.Button
	customer     *widget.Button
	about        *fyne.Container
	foot         *widgets.Tall
	object       *fyne.Container
	cancel       func()
}

func newPeople(p *Page) *people {
	l := &people{page: p, cancel: func() {},
		count:  widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted}),
		name:   widgets.NewText(widgets.Style{Size: theme.Lead, Bold: true}),
		facts:  widgets.NewText(widgets.Style{Colour: theme.Muted}),
		head:   widgets.NewText(widgets.Style{Bold: true}),
		letter: widgets.NewText(widgets.Style{}),
		none:   panes.NewEmpty(),
	}
	l.more = widget.NewButton("More", l.readMore)
	l.rows = panes.NewRows(func(i int) panes.Line { return l.line(l.list[i]) })
	l.rows.OnChosen = func(int) { l.mark() }
	l.rows.OnLetter = p.letter
	l.told = widget.NewButtonWithIcon("Told (T)", base.ConfirmIcon(), l.tell)
	l.told.Importance = widget.HighImportance
	l.customer = widget.NewButton("Show the customer", func() {
		if q, ok := l.marked(); ok {
			p.opt.OnCustomer(q.Customer)
		}
	})
	if p.opt.OnCopy != nil {
		l.write = append(l.write, widget.NewButtonWithIcon("Copy the letter (C)", base.ContentCopyIcon(), l.copy))
	}
	if p.opt.OnMail != nil {
		l.write = append(l.write, widget.NewButtonWithIcon("E-mail (E)", base.MailComposeIcon(), l.mail))
	}
	buttons := widgets.Wrapped(8, l.told)
	for _, b := range l.write {
		buttons.Add(b)
	}
	buttons.Add(l.customer)
	l.customer.Hidden = p.opt.OnCustomer == nil
	l.inLetter = widgets.On(widgets.NewGround(theme.Raised, theme.Hairline, 8), widgets.Even(12), widgets.Column(8, l.head, l.letter))
	l.about = widgets.Pad(widgets.Sides(24, 12), widgets.Column(8, l.name, l.facts, buttons, l.inLetter))
	l.foot = widgets.NewTall(panes.Most(680, l.about))
	stack := panes.Fill(l.rows, l.none)
	top := widgets.Pad(widgets.Sides(24, 4), widgets.Row(8, l.count, l.count, l.more))
	both := fyne.NewContainerWithLayout(shared{l.about}, stack, widgets.Line(), l.foot)
	l.object = widgets.ColumnFilled(0, both, top, both)
	return l
}

// shared gives the foot what it needs, up to six tenths, and the list the rest.
type shared struct{ foot fyne.CanvasObject }

// Layout implements fyne.Layout.
func (s shared) Layout(o []fyne.CanvasObject, size fyne.Size) {
	h := float32(0)
	if o[2].Visible() {
		h = min(widgets.HeightFor(s.foot, min(size.Width, 680)), size.Height*0.6)
	}
	for i, at := range [][2]float32{{0, size.Height - h}, {size.Height - h, 1}, {size.Height - h + 1, max(h-1, 0)}} {
		o[i].Move(fyne.NewPos(0, at[0]))
		o[i].Resize(fyne.NewSize(size.Width, at[1]))
		widgets.Arrange(o[i])
	}
}

// MinSize implements fyne.Layout.
func (shared) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(240, 120) }

func (l *people) line(q Person) panes.Line {
	out := panes.Line{Title: called(q), Sub: join(prefix("with ", q.Concierge), q.Number)}
	switch {
	case q.Knows:
		out.Badge, out.Tone = "told", panes.Fine
	case q.Told.IsZero():
		out.Badge, out.Tone = "never told", panes.Eye
	default:
		out.Badge, out.Tone = "told "+day(q.Told, l.page.opt.Now()), panes.Quiet
	}
	return out
}

func called(q Person) string { return cmp.Or(q.Name, "a customer without a name") }

func prefix(before, s string) string {
	if s == "" {
		return ""
	}
	return before + s
}

// show lists the people of an incident; those of the same one stay, unless there is news.
func (l *people) show(r Row) {
	same := l.of.ID == r.ID && l.of.News().Equal(r.News())
	l.of = r
	if !same {
		l.list, l.full = nil, false
		l.fill("")
		l.read(0, pageful, "")
	}
	l.fill(l.markedID())
}

// reload reads again as many as were paged.
func (l *people) reload() {
	if !l.object.Visible() {
		l.of = Row{} // read when it is looked at
		return
	}
	l.read(0, max(len(l.list), pageful), l.markedID())
}

func (l *people) readMore() {
	if n := len(l.list); n > 0 && !l.loading && !l.full {
		l.read(n, pageful, "")
	}
}

// read reads people behind the first ones, which stay, and marks one.
func (l *people) read(keep, most int, mark assist.ID) {
	l.cancel()
	l.loading = true
	incident, acts := l.of.ID, l.page.acts
	after := l.standing(keep)
	l.cancel = async.Load(l.page.opt.Post,
		func(ctx context.Context) ([]Person, error) {
			return l.page.opt.Source.People(ctx, incident, after, most)
		},
		func(got []Person, err error) {
			l.loading = false
			if err != nil {
				l.page.sayTrouble(err)
				l.fill(l.markedID())
				return
			}
			if acts != l.page.acts { // what was read may be from before the change
				l.reload()
				return
			}
			l.page.telling.over(incident, got, l.page.opt.Now())
			l.full = len(got) < most
			if keep == 0 {
				l.moved = l.page.telling.of(incident)
			} else {
				got = slices.DeleteFunc(got, func(q Person) bool { return l.moved[q.Customer] })
			}
			l.list = append(l.list[:keep:keep], got...)
			if mark == "" && len(got) > 0 {
				mark = got[0].Customer
			}
			l.fill(mark)
		})
	l.fill(mark)
}

// standing returns the last of the first ones in the list who stands where they stood when
// they were read; nobody when all of them have moved.
func (l *people) standing(first int) assist.ID {
	for _, q := range slices.Backward(l.list[:first]) {
		if !l.moved[q.Customer] {
			return q.Customer
		}
	}
	return ""
}

// fill shows the list and marks a person, the first one when that is nobody.
func (l *people) fill(mark assist.ID) {
	l.rows.SetCount(len(l.list))
	l.none.Hidden, l.rows.Hidden = len(l.list) > 0, len(l.list) == 0
	l.foot.Hidden = len(l.list) == 0
	if l.loading {
		l.none.Say("Reading…", "", "", nil)
	} else {
		l.none.Say("It touches nobody yet", "Name cities or products under “What we say”, and save: whoever lives there or has one is then listed here.", "", nil)
	}
	l.sayCount()
	if at := slices.IndexFunc(l.list, func(q Person) bool { return q.Customer == mark }); at >= 0 {
		l.rows.SetChosen(at)
	} else {
		l.rows.SetChosen(0)
	}
	widgets.Arrange(l.object)
}

func (l *people) sayCount() {
	words := ""
	if n := len(l.list); n > 0 && !l.full {
		words = "The first " + say.Thousands(n) + " of " + say.Thousands(max(l.of.All, n)) + ", those never told first"
	} else if n > 0 {
		words = "Those never told first"
	}
	l.count.SetText(words)
	l.more.Hidden = len(l.list) == 0 || l.full
	enable(l.more, !l.loading)
}

func (l *people) marked() (Person, bool) {
	if i := l.rows.Chosen(); i >= 0 && i < len(l.list) {
		return l.list[i], true
	}
	return Person{}, false
}

func (l *people) markedID() assist.ID {
	q, _ := l.marked()
	return q.Customer
}

// mark shows the person who is marked.
func (l *people) mark() {
	q, ok := l.marked()
	if !ok {
		return
	}
	now := l.page.opt.Now()
	l.name.SetText(called(q))
	heard := "Never told."
	switch {
	case q.Knows:
		heard = "Told " + dayAndClock(q.Told, now) + ", and knows the latest."
	case !q.Told.IsZero():
		heard = "Last told " + dayAndClock(q.Told, now) + ", and does not know how it stands now."
	}
	l.facts.SetText(join(q.Number, prefix("looked after by ", q.Concierge)) + "\n" + heard)
	l.subject, l.text = "", ""
	if l.page.opt.Letter != nil {
		l.subject, l.text = l.page.opt.Letter(l.of.Incident, q)
	}
	l.head.SetText(l.subject)
	l.letter.SetText(l.text)
	l.inLetter.Hidden = l.text == ""
	for _, b := range l.write {
		b.Hidden = l.text == ""
	}
	enable(l.told, !q.Knows)
	l.foot.ScrollToTop()
	widgets.Arrange(l.object)
}

func (l *people) copy() {
	if l.text != "" && l.page.opt.OnCopy != nil {
		l.page.opt.OnCopy(l.subject + "\n\n" + l.text)
	}
}

func (l *people) mail() {
	q, ok := l.marked()
	if ok && l.text != "" && l.page.opt.OnMail != nil {
		l.page.opt.OnMail(q.Email, l.subject, l.text)
	}
}
