// Package site is the list of the company's own pages as customers may have read them:
// what each says, what it said before, and which answers name it.
package site

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/assist/curate/web"
	"ringside/ui/async"
	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// Options is what the page is made of.
type Options struct {
	// Versions returns a page as it was kept over time, the latest first. It is called
	// beside the window's goroutine; its context ends when another page is read.
	Versions func(ctx context.Context, page assist.ID) ([]assist.WebPage, error)
	// Now is the clock, in the rep's time zone; nil is time.Now.
	Now func() time.Time
	// Post brings results to the window; nil is async.Window.
	Post async.Post
}

// Page is the list of the site's pages. Its methods are for the window's goroutine.
type Page struct {
	// OnFolder is called when the rep wants to read a folder of saved pages that belongs
	// to an address, which may be empty. The reply is SetOutcome.
	OnFolder func(address string)
	// OnLook is called when the rep wants to look at the site itself, which opens
	// connections: at the page or the sitemap with an address, or when that is empty at
	// the pages that are listed. The reply is SetOutcome.
	OnLook func(address string)
	// OnAnswer is called when the rep wants to see an answer.
	OnAnswer func(assist.ID)

	opt     Options
	pages   []assist.WebPage // those that need an eye first
	answers map[assist.ID][]assist.Answer
	touched map[assist.ID]bool // pages that changed after an answer was verified, or are gone
	shown   []assist.WebPage

	box     *panes.Box
	which   *widget.Select
	count   *widgets.Text
	bring   *bring
	rows    *panes.Rows
	none    *panes.Empty
	split   *panes.Split
	reading *reading
	content *fyne.Container
}

// The pages that the list can show.
const (
	allPages = "All pages"
	changed  = "Changed"
	gone     = "Gone"
)

// New returns the page without pages of a site.
func New(opt Options) *Page {
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Post == nil {
		opt.Post = async.Window
	}
	p := &Page{opt: opt}
	p.build()
	p.SetPages(nil, nil)
	return p
}

// Object returns what the window shows.
func (p *Page) Object() fyne.CanvasObject { return p.content }

// Focus gives the keyboard to the list; while it is empty, to the box until pages come.
func (p *Page) Focus(c fyne.Canvas) {
	if p.rows.Hidden {
		c.Focus(p.box)
		return
	}
	c.Focus(p.rows)
}

// SetPages shows these pages and which of the answers name them. What the rep typed and
// has open stays, if it is still there.
func (p *Page) SetPages(pages []assist.WebPage, answers []assist.Answer) {
	open, first := p.reading.page.ID, len(p.pages) == 0
	p.answers, p.touched = map[assist.ID][]assist.Answer{}, map[assist.ID]bool{}
	for _, a := range answers {
		if page, ok := (assist.WebPage{URL: a.Web}), a.Web != "" && !a.Off; ok {
			p.answers[page.Key()] = append(p.answers[page.Key()], a)
		}
	}
	for _, t := range web.Look(answers, pages, p.opt.Now().Location()) {
		p.touched[t.Page.ID] = true
	}
	p.pages = slices.Clone(pages)
	slices.SortStableFunc(p.pages, func(a, b assist.WebPage) int {
		return cmp.Or(rank(p.touched[b.ID])-rank(p.touched[a.ID]), cmp.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title)), cmp.Compare(a.URL, b.URL))
	})
	p.bring.hosts = hosts(pages)
	p.bring.words()
	p.list()
	p.choose(open)
	if c := fyne.CurrentApp().Driver().CanvasForObject(p.box); first && c != nil && c.Focused() == p.box && p.box.Text == "" {
		p.Focus(c)
	}
}

func rank(first bool) int {
	if first {
		return 1
	}
	return 0
}

// SetOutcome says how it went to read pages: one sentence, and what could not be read.
func (p *Page) SetOutcome(sentence string, refused []string) {
	p.bring.came(sentence, refused)
	p.split.Arrange()
}

// list fills the rows with the pages that fit, and opens the first.
func (p *Page) list() {
	words := strings.Fields(strings.ToLower(p.box.Text))
	p.shown = p.shown[:0]
	for _, page := range p.pages {
		if p.fits(page, words) {
			p.shown = append(p.shown, page)
		}
	}
	p.rows.SetCount(len(p.shown))
	p.count.SetText(say.Count(len(p.shown), "page"))
	if n := len(p.touched); n > 0 && len(p.shown) == len(p.pages) {
		p.count.SetText(p.count.Text() + ", " + eyes(n))
	}
	p.sayNone()
	p.rows.Hidden = len(p.shown) == 0
	p.split.Arrange()
	if len(p.shown) == 0 {
		p.reading.clear()
		return
	}
	p.rows.SetChosen(0)
}

func eyes(n int) string {
	if n == 1 {
		return "1 needs an eye"
	}
	return fmt.Sprintf("%d need an eye", n)
}

// sayNone says in place of the list why it is empty.
func (p *Page) sayNone() {
	if len(p.pages) == 0 {
		p.none.Say("No pages of your site yet",
			"Customers read your site before they call. Bring its help pages, and the library says where it and your answers do not say the same.",
			"Bring pages…", func() { p.bring.open(true) })
		p.none.Hidden = p.bring.on
		return
	}
	p.none.Say("No page fits", "Use fewer words, or look at all pages.", "", nil)
	p.none.Hidden = len(p.shown) > 0
}

func (p *Page) fits(page assist.WebPage, words []string) bool {
	switch {
	case p.which.Selected == changed && page.Changed.IsZero(), p.which.Selected == gone && !page.Gone:
		return false
	}
	text := strings.ToLower(page.Title + " " + page.URL + " " + page.Text)
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(text, w) })
}

func (p *Page) choose(id assist.ID) {
	if i := slices.IndexFunc(p.shown, func(page assist.WebPage) bool { return page.ID == id }); i >= 0 {
		p.rows.SetChosen(i)
	}
}

func (p *Page) line(i int) panes.Line {
	page := p.shown[i]
	word, tone := p.state(page)
	return panes.Line{Title: page.Title, Sub: short(page.URL) + " · read " + say.Day(page.Read, p.opt.Now()), Badge: word, Tone: tone}
}

// state is the word for what happened to a page, if anything did.
func (p *Page) state(page assist.WebPage) (string, panes.Tone) {
	switch {
	case page.Gone:
		return "gone", panes.Late
	case p.touched[page.ID]:
		return "changed", panes.Eye
	case !page.Changed.IsZero():
		return "changed", panes.Quiet
	}
	return "", panes.Quiet
}

// short is an address as people say it.
func short(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	return strings.TrimSuffix(strings.TrimPrefix(rest, "www."), "/")
}

// hosts of the pages, each once, as they are written in the addresses.
func hosts(pages []assist.WebPage) (out []string) {
	for _, p := range pages {
		_, rest, _ := strings.Cut(p.URL, "://")
		if host, _, _ := strings.Cut(rest, "/"); host != "" && !slices.Contains(out, host) {
			out = append(out, host)
		}
	}
	slices.Sort(out)
	return out
}

func (p *Page) build() {
	p.rows = panes.NewRows(p.line)
	p.rows.OnChosen = func(i int) { p.reading.show(p.shown[i]) }
	p.rows.OnOpen = func(int) { p.split.Read(true) }
	p.rows.OnPage = func(way int) bool {
		if p.split.ReadingSeen() {
			p.reading.scroll.Page(way)
		}
		return p.split.ReadingSeen()
	}
	p.rows.OnLetter = func(r rune) {
		switch r {
		case 'b':
			p.bring.open(!p.bring.on)
		case 'a':
			p.reading.openAnswer(0)
		}
	}
	p.box = panes.NewBox("Find a page", p.rows)
	p.box.OnChanged = func(string) { p.list() }
	p.which = widget.NewSelect([]string{allPages, changed, gone}, nil)
	p.which.Selected = allPages
	p.which.OnChanged = func(string) { p.list() }
	p.count = widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 1})
	p.bring = newBring(p)
	p.none = panes.NewEmpty()
	p.reading = newReading(p)
	head := widgets.Pad(widgets.Edges{Left: 12, Top: 12, Right: 12, Bottom: 8},
		widgets.Column(8, p.box, p.which, p.bring.button, p.bring.form, p.bring.said, p.count))
	stack := panes.Fill(p.rows, p.none)
	p.split = panes.NewSplit(widgets.ColumnFilled(0, stack, head, stack), p.reading.object)
	p.content = panes.Fill(p.split)
}
