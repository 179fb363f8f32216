package todo

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/assist/curate"
	"ringside/assist/glance"
	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// reading is the pane that shows one thing whole, and what can be done about it.
type reading struct {
	page  *Page
	entry entry

	title, facts *widgets.Text
	buttons      *fyne.Container
	parts        *fyne.Container
	measured     *panes.Measured
	scroll       *widgets.Tall
	object       fyne.CanvasObject
}

func newReading(p *Page) *reading {
	r := &reading{
		page:    p,
		title:   widgets.NewText(widgets.Style{Size: theme.Title, Bold: true}),
		facts:   widgets.NewText(widgets.Style{Colour: theme.Muted}),
		buttons: widgets.Wrapped(8),
		parts:   widgets.Column(16),
	}
	all := widgets.Column(16, widgets.Column(6, r.title, r.facts), r.buttons, p.choosing.box, r.parts)
	r.measured = panes.Most(920, widgets.Pad(widgets.Sides(24, 20), all))
	r.scroll = widgets.NewTall(r.measured)
	r.object = panes.Fill(r.scroll)
	r.scroll.Hide()
	return r
}

func (r *reading) clear() {
	r.page.choosing.hide()
	r.entry = entry{}
	r.scroll.Hide()
}

func (r *reading) show(e entry) {
	another := e.key != r.entry.key
	if another {
		r.page.choosing.hide()
	}
	r.entry = e
	r.buttons.Objects = nil
	for _, a := range r.page.acts(e) {
		b := widget.NewButton(fmt.Sprintf("%s (%s)", a.words, strings.ToUpper(string(a.key))), func() { r.page.run(a, e) })
		if a.first {
			b.Importance = widget.HighImportance
		}
		r.buttons.Add(b)
	}
	var facts []string
	r.parts.Objects = nil
	switch e.kind {
	case flagged:
		facts = r.flag(e)
	case asked:
		facts = r.need(e)
	case stale:
		facts = r.stale(e)
	case doubled, clashing:
		facts = r.pair(e)
	case onSite:
		facts = r.site(e)
	case touched:
		facts = r.touched(e)
	}
	if !r.page.data.May && !e.mine {
		facts = append(facts, "A trainer decides about it; you may suggest a change.")
	}
	r.facts.SetText(strings.Join(slices.DeleteFunc(facts, func(s string) bool { return s == "" }), "\n"))
	r.scroll.Hidden = false
	r.arrange()
	if another {
		r.scroll.ScrollToTop()
	}
	r.scroll.Refresh()
}

func (r *reading) arrange() {
	if r == nil || r.measured == nil {
		return // while the page is being made
	}
	r.measured.Arrange()
	widgets.Arrange(r.scroll)
}

func (r *reading) flag(e entry) []string {
	f, now := e.flag, r.page.opt.Now()
	r.title.SetText(e.a.Title)
	when := cmp.Or(f.Called, f.At)
	call := join(prefix("On the line: ", r.page.name(f.Customer)), say.Day(when, now), say.Clock(when.In(now.Location())))
	if f.Why != "" {
		r.part("WHY", "“"+f.Why+"”")
	}
	if f.Note != "" {
		r.part("NOTE OF THE CALL", f.Note)
	}
	r.answer(e.a, f.Sentence)
	return []string{say.Sentence(cmp.Or(prefix("Flagged by ", r.page.name(f.Rep)), "Flagged") + ", " + say.Day(f.At, now)), call, r.owner(e.a)}
}

func (r *reading) need(e entry) []string {
	n, now := e.need, r.page.opt.Now()
	r.title.SetText("“" + oneLine(n.Text) + "”")
	gaps := slices.Clone(n.Gaps)
	slices.SortStableFunc(gaps, func(a, b assist.Gap) int { return b.At.Compare(a.At) })
	list := r.part("ASKED IN THESE WORDS")
	for _, g := range gaps[:min(len(gaps), mostListed)] {
		list.Add(widgets.Column(0, widgets.Say(widgets.Style{}, "“"+strings.TrimSpace(g.Text)+"”"),
			widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted}, join(cmp.Or(r.page.name(g.Customer), "a caller without a name"),
				say.Day(g.At, now)+", "+say.Clock(g.At.In(now.Location())), prefix("heard by ", r.page.name(g.Rep)), missed(g.How)))))
	}
	if more := len(gaps) - mostListed; more > 0 {
		list.Add(widgets.Say(widgets.Style{Colour: theme.Muted}, fmt.Sprintf("and %d more", more)))
	}
	last := n.Last
	return []string{fmt.Sprintf("Asked %s by %s; last %s.", times(len(n.Gaps)), counted(n.Customers, "customer"), say.Day(last, now)),
		"Nobody could answer it. It stands here until somebody has seen to it."}
}

// mostListed is how many questions of a kind are listed in full.
const mostListed = 50

func missed(how string) string {
	switch how {
	case assist.MissEmpty:
		return "nothing was found"
	case assist.MissWeak:
		return "nothing sure was found"
	case assist.MissAbandoned:
		return "what was found was not opened"
	}
	return "promised to find out"
}

func (r *reading) stale(e entry) []string {
	now := r.page.opt.Now()
	r.title.SetText(e.a.Title)
	r.answer(e.a, "")
	since := "Nobody has verified it yet."
	if d := say.Date(e.a.Verified); d != "" {
		since = fmt.Sprintf("Verified %s, and it should be every %s: %s.", d, counted(e.a.VerifyEvery, "day"), overdue(e.a, now))
	}
	usage := say.Sentence(e.words)
	if e.used {
		usage = say.Capital(e.words) + ": as it is used, it is right. V verifies it and goes on to the next."
	}
	return []string{since, usage, r.owner(e.a)}
}

func (r *reading) pair(e entry) []string {
	r.title.SetText("These two say the same")
	if e.pair.Clash {
		r.title.SetText("These two contradict each other")
	}
	r.parts.Add(widgets.Beside(16, 280, r.side("FIRST", e.a, e.pair.OfA), r.side("SECOND", e.b, e.pair.OfB)))
	return []string{say.Sentence(e.pair.Why), "The one that is kept takes over the phrasings of the other, which is no longer found."}
}

func (r *reading) site(e entry) []string {
	now := r.page.opt.Now()
	r.title.SetText("The site says otherwise")
	theirs := "“" + e.site.Theirs + "”"
	changed := ""
	if !e.page.Changed.IsZero() {
		changed = "It says so since " + say.Day(e.page.Changed, now) + " at the latest."
	}
	r.parts.Add(widgets.Beside(16, 280, r.side("WE SAY", e.a, e.site.Ours), r.paper(e.page, marked(theirs, theirs, widgets.Style{}))))
	return []string{say.Sentence(e.site.Why), "The page was read " + say.Day(e.page.Read, now) + ". The customer may just have read it. " + changed, r.owner(e.a)}
}

// touched shows what the page says now beside what we say.
func (r *reading) touched(e entry) []string {
	now := r.page.opt.Now()
	since := "The page changed " + say.Day(e.page.Changed, now) + ", and nobody has verified the answer since."
	r.title.SetText("Its page has changed")
	if e.page.Gone {
		since = "The page was not there when we looked " + say.Day(e.page.Read, now) + "."
		r.title.SetText("Its page is gone")
	}
	text := e.page.Text
	if letters := []rune(text); len(letters) > mostOfPage {
		text = string(letters[:mostOfPage]) + "…"
	}
	r.parts.Add(widgets.Beside(16, 280, r.side("WE SAY", e.a, ""), r.paper(e.page, widgets.Say(widgets.Style{}, text))))
	return []string{since, r.owner(e.a)}
}

// mostOfPage is how much of a page is shown, in letters. The rest is behind its address.
const mostOfPage = 3000

// paper is what a page of the site says.
func (r *reading) paper(page assist.WebPage, says fyne.CanvasObject) fyne.CanvasObject {
	col := widgets.Column(8, small("THE SITE SAYS"), widgets.Say(widgets.Style{Bold: true}, page.Title), says)
	if u, err := url.Parse(page.URL); err == nil {
		link := widget.NewHyperlink(page.URL, u)
		link.Truncation = fyne.TextTruncateEllipsis
		col.Add(widgets.Pad(widgets.Edges{Left: -8}, link))
	}
	return card(col)
}

// owner says who answers for an answer now.
func (r *reading) owner(a assist.Answer) string {
	id := curate.OwnerOn(a, r.page.opt.Now())
	if id == "" {
		return "Nobody answers for it."
	}
	deputy := ""
	if name := r.page.name(a.Deputy); name != "" {
		deputy = "; deputy: " + name
	}
	return cmp.Or(r.page.name(id), string(id)) + " answers for it" + deputy + "."
}

// part adds lines of text below a heading.
func (r *reading) part(heading string, lines ...string) *fyne.Container {
	col := widgets.Column(6, small(heading))
	for _, l := range lines {
		col.Add(widgets.Say(widgets.Style{}, l))
	}
	r.parts.Add(panes.Most(680, col))
	return col
}

// answer adds the words of an answer, with one sentence marked.
func (r *reading) answer(a assist.Answer, sentence string) {
	if sentence != "" && !strings.Contains(a.Say, sentence) && !slices.ContainsFunc(a.Steps, func(s string) bool { return strings.Contains(s, sentence) }) {
		r.parts.Add(panes.Most(680, widgets.Column(6, small("WHAT IT SAID THEN"), marked(sentence, sentence, widgets.Style{}))))
	}
	r.parts.Add(panes.Most(680, words(a, sentence)))
}

// side is one of two answers.
func (r *reading) side(heading string, a assist.Answer, sentence string) fyne.CanvasObject {
	about := join(a.Department, prefix("verified ", say.Date(a.Verified)), used(r.page.data.Counts[a.ID]))
	return card(widgets.Column(8, small(heading), widgets.Say(widgets.Style{Bold: true}, a.Title),
		widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted}, about), said(a, sentence)))
}

// used says in a few words how an answer fared in calls.
func used(c glance.Counts) string {
	if c.Shown+c.Opened == 0 {
		return "not shown in a call yet"
	}
	return fmt.Sprintf("said %s, helped %d", times(c.Said), c.Helped)
}

// words shows an answer in its own frame.
func words(a assist.Answer, sentence string) fyne.CanvasObject { return card(said(a, sentence)) }

func said(a assist.Answer, sentence string) *fyne.Container {
	col := widgets.Column(8, marked(a.Say, sentence, widgets.Style{}))
	for i, s := range a.Steps {
		col.Add(marked(fmt.Sprintf("%d.  %s", i+1, s), sentence, widgets.Style{Colour: theme.Muted}))
	}
	return col
}

func card(o fyne.CanvasObject) fyne.CanvasObject {
	return widgets.On(widgets.NewGround(theme.Raised, theme.Hairline, 8), widgets.Even(16), o)
}

func small(s string) *widgets.Text {
	return widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted, Bold: true}, s)
}

// marked shows a text in which one sentence stands on a ground of its own, in bold.
func marked(text, sentence string, style widgets.Style) *fyne.Container {
	col := widgets.Column(4)
	plain := func(s string) {
		if s = strings.TrimSpace(s); s != "" {
			col.Add(widgets.Say(style, s))
		}
	}
	before, after, ok := strings.Cut(text, sentence)
	if sentence == "" || !ok {
		plain(text)
		return col
	}
	plain(before)
	bold := style
	bold.Bold, bold.Colour = true, theme.Ink
	col.Add(widgets.On(widgets.NewGround(theme.AmberPale, theme.Amber, 4), widgets.Sides(8, 4), widgets.Say(bold, sentence)))
	plain(after)
	return col
}

func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return fmt.Sprintf("%d times", n)
}
