package notes

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/assist/glance"
	"ringside/assist/sift"
	"ringside/ui/async"
	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// reading is the pane that shows one note whole, and what belongs to it.
type reading struct {
	page  *Page
	note  glance.NoteFound
	about About // of the note; zero until it was read
	links []link
	words string // that were looked for
	shown int    // bytes of a long text that are shown; 0: the part around what was found

	title, facts *widgets.Text
	buttons      *fyne.Container
	text         *sought
	more         *widget.Button
	body         *fyne.Container // the text
	parts        *fyne.Container
	measured     *panes.Measured
	scroll       *widgets.Tall
	object       fyne.CanvasObject
	made         map[button]*widgets.Action
	stop         func()
	stopSeen     func()
}

// button is how a button looks.
type button struct {
	weight widgets.Weight
	words  string
	key    rune
}

// link is one of the links of a note, with what it does.
type link struct {
	title, sub string
	do         func()
}

func newReading(p *Page) *reading {
	r := &reading{
		page:    p,
		title:   widgets.NewText(widgets.Style{Size: theme.Title, Bold: true}),
		facts:   widgets.NewText(widgets.Style{Colour: theme.Muted}),
		buttons: widgets.Wrapped(6),
		text:    newSought(theme.Lead),
		parts:   widgets.Column(16),
		made:    map[button]*widgets.Action{},
		stop:    func() {}, stopSeen: func() {},
	}
	r.more = widget.NewButton("", r.showMore)
	r.body = widgets.On(widgets.NewGround(theme.Raised, theme.Hairline, 8), widgets.Even(16), widgets.Column(8, r.text.Text, widgets.Row(0, nil, r.more)))
	all := widgets.Column(16, widgets.Column(6, r.title, r.facts), r.buttons, p.asking.box, r.body, r.parts)
	r.measured = panes.Most(720, widgets.Pad(widgets.Sides(24, 20), all))
	r.scroll = widgets.NewTall(r.measured)
	r.object = panes.Fill(r.scroll)
	r.scroll.Hide()
	return r
}

func (r *reading) clear() {
	r.stop()
	r.stopSeen()
	r.note, r.about = glance.NoteFound{}, About{}
	r.title.SetText("")
	r.facts.SetText("")
	r.buttons.Objects, r.parts.Objects, r.body.Hidden = nil, nil, true
	r.arrange()
	if !r.page.asking.box.Visible() {
		r.scroll.Hide()
	}
}

// How long a note is in front until what belongs to it is read, and until a comment counts
// as seen: not while the rep walks by.
const (
	restsFor = 80 * time.Millisecond
	seenFor  = 2 * time.Second
)

// show shows a note at once, and what belongs to it when that was read.
func (r *reading) show(n glance.NoteFound) {
	if n.ID != r.note.ID {
		r.page.asking.close()
		r.stop()
		r.stopSeen()
		r.about = About{}
		r.stop = async.After(r.page.opt.Post, restsFor, func() { r.load(n.ID) })
		if unread(n.Note, r.page.data.Me) {
			r.stopSeen = async.After(r.page.opt.Post, seenFor, func() { r.page.sawIt(n.ID) })
		}
	}
	another := n.ID != r.note.ID || r.words != r.page.asked.Text
	if r.words = r.page.asked.Text; another {
		r.shown = 0
	}
	r.note = n
	r.fill()
	if another {
		r.scroll.ScrollToTop()
	}
}

// sawIt marks the comments of a note that was in front for long enough as seen.
func (p *Page) sawIt(id assist.ID) {
	if n, ok := p.chosen(); ok && n.ID == id && unread(n.Note, p.data.Me) && p.split.ReadingSeen() && p.content.Visible() {
		p.apply(n, p.seeing1(n, ""))
	}
}

// load reads what belongs to the note in front, and how the note stands now.
func (r *reading) load(id assist.ID) {
	r.stop()
	r.stop = async.Load(r.page.opt.Post, func(ctx context.Context) (About, error) { return r.page.opt.Source.About(ctx, id) },
		func(a About, err error) {
			if r.note.ID != id {
				return
			}
			if err != nil {
				r.page.unfound = err
				r.page.sayTrouble()
				return
			}
			r.about = a
			for _, l := range a.Links {
				r.page.titles[l.Ref] = l
			}
			if r.page.changes.waits(id) {
				r.fill()
				return
			}
			if _, ok := r.page.touched[id]; ok {
				r.page.touched[id] = a.Note
			}
			r.page.put(a.Note)
		})
}

func (r *reading) fill() {
	n, now := r.note, r.page.opt.Now()
	r.title.SetText(who(n))
	r.facts.SetText(strings.Join(slices.DeleteFunc([]string{
		join(say.Capital(say.Day(n.At, now)), say.Clock(n.At.In(now.Location())), prefix("by ", n.RepName), n.Why),
		r.call(), saidTo(n.Intelligence), onlyFor(n.Note), reviewed(n.Note, r.page.repName(n.Reviewer), now)}, func(s string) bool { return s == "" }), "\n"))
	r.buttons.Objects = nil
	for _, a := range r.page.acts(n) {
		weight := widgets.Quiet
		if a.first {
			weight = widgets.Primary
		}
		r.button(weight, a.words, a.key, func() { r.page.run(a, n) })
	}
	r.button(widgets.Plain, "Next", 'n', func() { r.page.rows.Step(1) })
	r.button(widgets.Plain, "Previous", 'p', func() { r.page.rows.Step(-1) })
	r.body.Hidden = false
	r.showText()
	r.parts.Objects = nil
	r.remarks()
	r.tags()
	r.linked()
	r.promises()
	r.scroll.Show()
	r.arrange()
	r.scroll.Refresh()
}

// onlyFor says that a note is only for who wrote it.
func onlyFor(n assist.Note) string {
	if n.Private {
		return "Not shared: it never leaves this desk."
	}
	return ""
}

// button adds a button. That of the note before is taken again: a note is shown with every
// key that is typed, and Fyne keeps what is not shown any more for a minute.
func (r *reading) button(w widgets.Weight, words string, key rune, do func()) {
	a := r.made[button{w, words, key}]
	if a == nil {
		a = widgets.NewAction(w, words, strings.ToUpper(string(key)), r.page.filters.keys(), nil)
		r.made[button{w, words, key}] = a
	}
	a.OnPressed = do
	r.buttons.Add(a)
}

func (r *reading) arrange() {
	if r == nil || r.measured == nil {
		return // while the page is being made
	}
	r.measured.Arrange()
	widgets.Arrange(r.scroll)
}

// How much of a long text is laid out at first, and how much more with each wish for more:
// laying out a line costs far more than keeping it.
const (
	firstPart = 4_000 // bytes
	morePart  = 60_000
)

// showText shows the text, of a long one the part around what was found.
func (r *reading) showText() {
	text := r.note.Text
	from, to := 0, max(r.shown, min(firstPart, len(text)))
	if len(text) <= 2*firstPart {
		to = len(text)
	}
	if at, ok := sift.First(text, r.page.asked.Text); ok && r.shown == 0 && at.To > to {
		from = max(at.From-firstPart/4, 0)
		to = min(from+firstPart, len(text))
	}
	from, to = wordAt(text, from), wordAt(text, min(to, len(text)))
	shown := text[from:to]
	if from > 0 {
		shown = "… " + shown
	}
	if to < len(text) {
		shown += " …"
	}
	r.text.set(shown, r.page.asked.Text)
	r.more.Hidden = from == 0 && to == len(text)
	rest := len(text) - (to - from)
	words := "Show all (E)"
	if rest > morePart {
		words = fmt.Sprintf("Show more (E): %d of %d KB are shown", (to-from)/1000, len(text)/1000)
	}
	r.more.SetText(words)
}

// wordAt returns the end of the word before a place, where there is one near.
func wordAt(text string, at int) int {
	if at <= 0 || at >= len(text) {
		return at
	}
	if blank := strings.LastIndexAny(text[max(at-200, 0):at], " \n"); blank >= 0 {
		return max(at-200, 0) + blank
	}
	for at > 0 && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}

// showMore shows more of a long text, from its beginning.
func (r *reading) showMore() {
	if !r.more.Visible() {
		return
	}
	r.shown = min(max(r.shown, firstPart)+morePart, len(r.note.Text))
	r.showText()
	r.arrange()
	r.page.toRows()
}

// call says of the call what is known of it.
func (r *reading) call() string {
	c := r.about.Call
	if c.ID == "" {
		return ""
	}
	way := "In a call"
	if c.Outgoing {
		way = "In a call of ours"
	}
	var said []string
	for _, l := range r.about.Said {
		said = append(said, "“"+l.Title+"”")
	}
	return join(way, c.Disposition, prefix("the customer was ", string(c.Mood)), prefix("said: ", strings.Join(said, ", ")))
}

func saidTo(i assist.Intelligence) string {
	switch i {
	case assist.Competitive:
		return "Said to a question about rivals"
	case assist.Market:
		return "Said to a question about the market"
	case assist.Relationship:
		return "Said to a question about the customer"
	case assist.FrontLine:
		return "Said by one of us"
	}
	return ""
}

func reviewed(n assist.Note, by string, now time.Time) string {
	if n.Reviewed.IsZero() {
		return ""
	}
	return join("Reviewed "+say.Day(n.Reviewed, now), prefix("by ", by))
}

// remarks shows what was added, below the first text.
func (r *reading) remarks() {
	now, me := r.page.opt.Now(), r.page.data.Me
	for _, m := range r.note.Remarks {
		when := join(say.Day(m.At, now), say.Clock(m.At.In(now.Location())))
		by := r.page.repName(m.By)
		fill, head := theme.Raised, "ADDED"
		if m.For != "" {
			head = "FOR " + strings.ToUpper(r.page.repName(m.For))
		}
		seen := ""
		switch {
		case m.For == "":
		case m.For == me && m.Seen.IsZero():
			head, fill = "FOR YOU, NOT SEEN YET", theme.AmberPale
		case m.Seen.IsZero():
			seen = "not seen yet"
		default:
			seen = "seen " + say.Day(m.Seen, now)
		}
		text := newSought(theme.Body)
		text.set(m.Text, r.page.asked.Text)
		r.parts.Add(widgets.On(widgets.NewGround(fill, theme.Hairline, 8), widgets.Even(12), widgets.Column(4, small(head), text.Text, widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted}, join(prefix("by ", by), when, seen)))))
	}
}

// tags shows the tags; one is pressed to see all notes that have it.
func (r *reading) tags() {
	if len(r.note.Tags) == 0 {
		return
	}
	row := widgets.Wrapped(6)
	for _, t := range r.note.Tags {
		row.Add(widgets.NewAction(widgets.Quiet, "#"+t, "", r.page.filters.keys(), func() { r.page.only(sift.Tag, t) }))
	}
	r.parts.Add(widgets.Column(6, small("TAGS"), row))
}

// only lists all notes of one kind.
func (p *Page) only(f sift.Field, key string) {
	p.ShowQuery(sift.With(glance.NoteQuery{}, f, key))
	p.split.Read(false)
	p.toRows()
}

// linked shows what the note is linked to: by its words, by its call, and by hand.
func (r *reading) linked() {
	r.links = r.allLinks()
	if len(r.links) == 0 {
		return
	}
	col := widgets.Wrapped(6)
	for i, l := range r.links {
		key := ""
		if i < 9 {
			key = fmt.Sprint(i + 1)
		}
		col.Add(widgets.NewAction(widgets.Quiet, join(l.title, l.sub), key, r.page.filters.keys(), l.do))
	}
	r.parts.Add(widgets.Column(6, small("LINKS"), col))
}

func (r *reading) allLinks() (out []link) {
	p, n := r.page, r.note
	if n.Customer != "" {
		out = append(out, link{who(n), "all notes", func() { p.only(sift.Customer, string(n.Customer)) }})
	}
	if c := r.about.Company; c.ID != "" {
		out = append(out, link{c.Title, "company", func() { p.only(sift.Company, string(c.ID)) }})
	}
	for _, s := range r.about.Named {
		out = append(out, link{s.Name, string(s.Kind), func() { p.onlySubject(s) }})
	}
	for _, l := range r.about.Said {
		out = append(out, link{brief(l.Title), "said", func() { p.openAnswer(l.ID) }})
	}
	for _, o := range r.about.Others {
		out = append(out, link{brief(o.Text), "same call", func() { p.Show(o.ID) }})
	}
	for _, l := range p.links(n) {
		out = append(out, link{brief(l.Title), prefix("linked ", string(l.Type)), func() { p.open(l) }})
	}
	return out
}

// links returns the links of a note that were made by hand and whose titles are known.
func (p *Page) links(n glance.NoteFound) (out []Link) {
	for _, ref := range n.Links {
		if l, ok := p.titles[ref]; ok {
			out = append(out, l)
		}
	}
	return out
}

// follow does what link i, counted from 0, does.
func (r *reading) follow(i int) {
	if i < len(r.links) {
		r.links[i].do()
	}
}

// onlySubject lists all notes that name it.
func (p *Page) onlySubject(s assist.Subject) {
	switch s.Kind {
	case assist.AboutProduct:
		p.only(sift.Product, s.Name)
	case assist.AboutCompetitor:
		p.only(sift.Competitor, s.Name)
	default:
		p.ShowQuery(glance.NoteQuery{Text: s.Name})
		p.toRows()
	}
}

// open brings what a note was linked to by hand to the front.
func (p *Page) open(l Link) {
	switch l.Type {
	case assist.TypeCustomer:
		if p.OnCustomer != nil {
			p.OnCustomer(l.ID)
			return
		}
		p.only(sift.Customer, string(l.ID))
	case assist.TypeCompany:
		p.only(sift.Company, string(l.ID))
	case assist.TypeAnswer:
		p.openAnswer(l.ID)
	case assist.TypeNote:
		p.Show(l.ID)
	}
}

func (p *Page) openAnswer(id assist.ID) {
	if p.OnShowAnswer != nil {
		p.OnShowAnswer(id)
		return
	}
	p.only(sift.Answer, string(id))
}

// promises shows what was promised in the call.
func (r *reading) promises() {
	if len(r.about.Promises) == 0 {
		return
	}
	now := r.page.opt.Now()
	col := widgets.Column(6, small("PROMISED IN THIS CALL"))
	for _, q := range r.about.Promises {
		state := "open"
		switch {
		case !q.Kept.IsZero():
			state = "kept " + say.Day(q.Kept, now)
		case !q.Broken.IsZero():
			state = "broken " + say.Day(q.Broken, now)
		case !q.Dropped.IsZero():
			state = "taken back"
		case !q.Due.IsZero():
			state = "due " + say.Day(q.Due, now)
		}
		col.Add(widgets.Column(0, widgets.Say(widgets.Style{}, q.Text), widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted}, state)))
	}
	r.parts.Add(col)
}

func small(s string) *widgets.Text {
	return widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted, Bold: true}, s)
}
