package notes

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/sift"
	"ringside/ui/async"
	"ringside/ui/widgets"
)

// pinned is a list of notes that nobody looked for by words.
type pinned struct {
	label string
	load  func(context.Context) ([]glance.NoteFound, error)
}

// found is what came of what is typed and sifted by.
type found struct {
	typed   string
	reading sift.Reading
	query   glance.NoteQuery
	names   map[sift.Field]string // for people
	list    []glance.NoteFound
	next    string
	partial bool // more may fit, which is not known yet
}

// find looks for what is typed and sifted by, beside the window; what was being looked for
// is looked for no more. At least as many are found as are wanted, when there are so many.
func (p *Page) find(wanted int) {
	if !p.opened {
		p.sayEmpty()
		return
	}
	p.stop()
	p.stopMore()
	p.stopAgain()
	p.growing = false
	p.changes.forget()
	p.finding = true
	typed, sifted, pinned, names, today := p.box.Text, p.sifted, p.pinned, p.data.Names, assist.DateOf(p.opt.Now())
	p.stop = async.Load(p.opt.Post, func(ctx context.Context) (f found, err error) {
		f.typed, f.reading = typed, sift.Parse(typed, names, today)
		if pinned != nil {
			f.list, err = pinned.load(ctx)
			return f, err
		}
		f.query = sift.Over(sifted, f.reading.Query)
		f.names = map[sift.Field]string{}
		for _, field := range sift.Fields() {
			if key := sift.Key(f.query, field); key != "" {
				f.names[field] = sift.Name(field, key, names)
			}
		}
		return f, f.fill(ctx, p.opt.Source, min(wanted, mostAgain))
	}, func(f found, err error) {
		p.finding = false
		if p.unfound = err; errors.Is(err, context.Canceled) {
			p.unfound = nil
		}
		p.show(f, wanted > 0)
	})
}

// mostAgain is how many notes are read again at once.
const mostAgain = 500

// fill reads pages until there are so many, and one at least.
func (f *found) fill(ctx context.Context, src Source, wanted int) error {
	for {
		page, err := src.Find(ctx, f.query, f.next)
		if err != nil {
			return err
		}
		f.list, f.next, f.partial = append(f.list, page.Notes...), page.Next, page.Partial
		if f.next == "" || len(f.list) >= wanted {
			return nil
		}
	}
}

// show fills the rows. keep: the note that was in front stays there, if it is found again.
func (p *Page) show(f found, keep bool) {
	before, had := p.chosen()
	p.asked, p.next, p.partial = f.query, f.next, f.partial
	for i, n := range f.list {
		f.list[i] = p.changes.over(n)
	}
	p.shown = p.seeing().entries(f.list)
	p.filling = true
	p.rows.SetCount(len(p.shown))
	at := -1
	if keep && had {
		at = p.place(before.ID)
	}
	if p.wanted != "" {
		at, p.wanted = p.place(p.wanted), ""
	}
	p.rows.SetChosen(max(at, 0))
	if after, _ := p.chosen(); !had || after.ID != before.ID {
		p.stirred = p.opt.Now()
	}
	p.filling = false
	p.filters.show(f.names)
	p.views.show()
	p.sayProblem(f)
	p.offer(f)
	p.sayEmpty()
	p.sayCount()
	p.sayTrouble()
	if len(p.shown) == 0 {
		p.reading.clear()
		p.split.Read(false)
	}
	p.settle(f)
	if len(p.shown) < 20 && p.next != "" {
		p.more()
	}
	if p.partial {
		wait := again
		if len(p.shown) > 0 {
			wait = 3 * again // the rep may be reading
		}
		p.stopAgain = async.After(p.opt.Post, wait, func() { p.find(max(len(p.shown), 1)) })
	}
}

// again is how long after a search that could not see all notes it is made again.
const again = time.Second

// more reads what follows, unless it is being read.
func (p *Page) more() {
	if p.growing || p.next == "" {
		return
	}
	p.growing = true
	q, from := p.asked, p.next
	p.stopMore = async.Load(p.opt.Post, func(ctx context.Context) (glance.NotePage, error) {
		return p.opt.Source.Find(ctx, q, from)
	}, func(page glance.NotePage, err error) {
		p.growing = false
		if p.unfound = err; err != nil {
			p.next = "" // else it would be tried again for every row that is drawn
			p.sayTrouble()
			return
		}
		p.next = page.Next
		known := map[assist.ID]bool{}
		for _, e := range p.shown {
			known[e.note.ID] = true
		}
		list := slices.DeleteFunc(page.Notes, func(n glance.NoteFound) bool { return known[n.ID] })
		for i, n := range list {
			list[i] = p.changes.over(n)
		}
		p.shown = append(p.shown, p.seeing().entries(list)...)
		p.rows.Grow(len(p.shown))
		p.sayCount()
		if len(list) == 0 {
			p.more()
		}
	})
}

// sayProblem says what of the text is not understood, but for the part that is being
// typed and for which something is offered.
func (p *Page) sayProblem(f found) {
	var said []string
	typing, ok := p.typing(f)
	for _, t := range f.reading.Terms {
		if t.Problem != "" && !(ok && typing.From == t.From && len(t.Values) > 0) {
			said = append(said, t.Problem)
		}
	}
	p.problem.SetText(strings.Join(said, " "))
}

// typing returns the term in which the cursor stands.
func (p *Page) typing(f found) (sift.Term, bool) {
	if f.typed != p.box.Text {
		return sift.Term{}, false
	}
	at := 0
	for range p.box.CursorColumn {
		if at >= len(f.typed) {
			break
		}
		_, size := utf8.DecodeRuneInString(f.typed[at:])
		at += size
	}
	for _, t := range f.reading.Terms {
		if t.From < at && at <= t.To {
			return t, true
		}
	}
	return sift.Term{}, false
}

// offer shows what the term that is being typed may mean.
func (p *Page) offer(f found) {
	t, ok := p.typing(f)
	if !ok || t.Problem == "" {
		p.picks.hide()
		return
	}
	p.picks.show(t, f.typed)
}

// pick sets a field to what was offered.
func (p *Page) pick(t sift.Term, v sift.Value) {
	if p.box.Text != p.picks.text {
		return // the rep has typed on, and something else is about to be offered
	}
	p.box.SetShown(without(p.box.Text, t))
	p.picks.hide()
	p.sift(t.Field, v.Key)
	p.focus(p.box)
}

// without takes a term out of what was typed.
func without(typed string, t sift.Term) string {
	return strings.TrimLeft(strings.TrimRight(typed[:t.From], " ")+" "+strings.TrimLeft(typed[t.To:], " "), " ")
}

// sift sets a field, or takes it away with an empty key, and looks again.
func (p *Page) sift(f sift.Field, key string) {
	p.pinned = nil
	p.sifted = sift.With(p.sifted, f, key)
	if key == "" { // it may stand in the box, too
		typed := p.box.Text
		for _, t := range slices.Backward(sift.Terms(typed)) {
			if t.Field == f {
				typed = without(typed, t)
			}
		}
		if f == sift.Is && strings.TrimSpace(typed) == sift.Unreviewed {
			typed = ""
		}
		p.box.SetShown(typed)
	}
	p.find(0)
}

// settle turns terms that are settled into chips, when the rep has typed on behind them or
// pressed Enter.
func (p *Page) settle(f found) {
	hurried := p.hurried
	p.last, p.hurried = f, false
	if f.typed != p.box.Text || !hurried && !strings.HasSuffix(f.typed, " ") {
		return
	}
	if !p.absorb() && hurried && !p.picks.box.Visible() {
		p.toRows()
	}
}

// absorb turns what is settled of the text into chips, which are seen already. It reports
// whether there was any.
func (p *Page) absorb() bool {
	typed, any, r := p.box.Text, false, p.last.reading
	for _, t := range slices.Backward(r.Terms) {
		if t.Problem == "" {
			p.sifted = sift.With(p.sifted, t.Field, sift.Key(r.Query, t.Field))
			typed, any = without(typed, t), true
		}
	}
	if r.Query.Unreviewed && typed == sift.Unreviewed {
		p.sifted.Unreviewed, typed, any = true, "", true
	}
	if any {
		p.box.SetShown(typed)
		p.last = found{typed: typed}
	}
	return any
}

// pin lists notes that nobody looked for by words.
func (p *Page) pin(label string, load func(context.Context) ([]glance.NoteFound, error)) {
	p.pinned = &pinned{label, load}
	p.box.SetShown("")
	p.find(0)
}

// visit is a list as it was when a link led away from it.
type visit struct {
	sifted glance.NoteQuery
	typed  string
	pinned *pinned
	front  assist.ID
	rows   int
}

const mostVisits = 50

// leave remembers the list, before a link leads away from it.
func (p *Page) leave() {
	n, _ := p.chosen()
	v := visit{p.sifted, p.box.Text, p.pinned, n.ID, len(p.shown)}
	p.past = append(p.past, v)
	p.past = p.past[max(len(p.past)-mostVisits, 0):]
}

// back goes back to the list that a link led away from last.
func (p *Page) back() {
	n := len(p.past)
	if n == 0 {
		return
	}
	v := p.past[n-1]
	p.past = p.past[:n-1]
	p.sifted, p.pinned, p.wanted = v.sifted, v.pinned, v.front
	p.box.SetShown(v.typed)
	p.find(v.rows)
	p.toRows()
}

// boxKey hears the keys of the box before it: what is offered is walked through, else the
// list.
func (p *Page) boxKey(o fyne.CanvasObject, ev *fyne.KeyEvent) bool {
	if p.picks.text == p.box.Text && p.picks.key(ev) {
		return true
	}
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		switch {
		case p.finding:
			p.hurried = true // what is typed is understood when it was looked for
		case p.last.typed != p.box.Text || !p.absorb():
			p.toRows()
		}
	case fyne.KeyEscape:
		if p.box.Empty() {
			p.toRows()
		} else {
			p.box.SetTyped("")
		}
	case fyne.KeyBackspace:
		if !p.box.Empty() || !p.filters.takeLast() {
			return false
		}
	case fyne.KeyDown, fyne.KeyUp, fyne.KeyPageDown, fyne.KeyPageUp:
		p.rows.TypedKey(ev)
	default:
		return widgets.PassKey(o, ev)
	}
	return true
}
