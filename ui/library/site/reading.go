package site

import (
	"context"
	"net/url"
	"strings"

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

// reading is the pane that shows one page of the site.
type reading struct {
	owner *Page
	page  assist.WebPage

	title, about, note *widgets.Text
	link               *widget.Hyperlink
	badge              *panes.Badge
	answers, diff      *fyne.Container
	text               *fyne.Container
	cancel             func()
	measured           *panes.Measured
	scroll             *widgets.Tall
	object             fyne.CanvasObject
}

func newReading(p *Page) *reading {
	r := &reading{
		owner:   p,
		title:   widgets.NewText(widgets.Style{Size: theme.Title, Bold: true}),
		about:   widgets.NewText(widgets.Style{Colour: theme.Muted}),
		note:    widgets.NewText(widgets.Style{Colour: theme.Amber}),
		link:    widget.NewHyperlink("", nil),
		badge:   panes.NewBadge(),
		answers: widgets.Column(4), diff: widgets.Column(8), text: widgets.Column(10),
		cancel: func() {},
	}
	r.link.Truncation = fyne.TextTruncateEllipsis
	head := widgets.Column(4, r.title, widgets.Pad(widgets.Edges{Left: -8}, r.link), widgets.Row(8, r.about, r.badge.Container, r.about), r.note)
	r.measured = panes.Most(680, widgets.Pad(widgets.Sides(24, 20), widgets.Column(20, head, r.answers, r.diff, r.text)))
	r.scroll = widgets.NewTall(r.measured)
	r.object = panes.Fill(r.scroll)
	r.scroll.Hide()
	return r
}

func (r *reading) show(page assist.WebPage) {
	r.page = page
	now := r.owner.opt.Now()
	r.title.SetText(page.Title)
	r.link.SetText(page.URL)
	if u, err := url.Parse(page.URL); err == nil {
		r.link.SetURL(u)
	}
	about := "read " + say.Day(page.Read, now)
	if !page.Changed.IsZero() {
		about += " · says so since " + say.Day(page.Changed, now) + " at the latest"
	}
	r.about.SetText(about)
	word, tone := r.owner.state(page)
	r.badge.Set(word, tone)
	r.note.SetText("")
	switch {
	case page.Gone:
		r.note.SetText("It was not there any more when we looked last. Below is what it said before.")
	case r.owner.touched[page.ID]:
		r.note.SetText("It says something else than when an answer was verified: compare them.")
	}
	r.showAnswers()
	r.diff.Objects = nil
	r.text.Objects = append([]fyne.CanvasObject{heading("WHAT IT SAYS")}, blocks(page.Text)...)
	r.scroll.Hidden = false
	r.arrange()
	r.scroll.ScrollToTop()
	r.before()
}

func (r *reading) arrange() {
	r.measured.Arrange()
	widgets.Arrange(r.scroll)
	r.scroll.Refresh()
}

// clear shows no page.
func (r *reading) clear() {
	r.cancel()
	r.page, r.scroll.Hidden = assist.WebPage{}, true
	r.object.Refresh()
}

func heading(words string) *widgets.Text {
	return widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted, Bold: true}, words)
}

// showAnswers lists the answers that name the page.
func (r *reading) showAnswers() {
	r.answers.Objects = nil
	list := r.owner.answers[r.page.ID]
	if len(list) == 0 {
		r.answers.Objects = []fyne.CanvasObject{widgets.Say(widgets.Style{Colour: theme.Muted}, "No answer names this page.")}
		return
	}
	r.answers.Add(heading("ANSWERS THAT NAME THIS PAGE"))
	for i, a := range list {
		words := a.Title
		if i == 0 {
			words += " (A)"
		}
		b := widget.NewButton(words, func() { r.openAnswer(i) })
		b.Alignment = widget.ButtonAlignLeading
		verified := "not verified yet"
		if d := say.Date(a.Verified); d != "" {
			verified = "verified " + d
		}
		r.answers.Add(widgets.Column(0, widgets.Row(0, nil, b), widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted}, a.Department+" · "+verified)))
	}
}

func (r *reading) openAnswer(i int) {
	if list := r.owner.answers[r.page.ID]; i < len(list) && r.owner.OnAnswer != nil {
		r.owner.OnAnswer(list[i].ID)
	}
}

// before finds what the page said before, and shows the difference.
func (r *reading) before() {
	r.cancel()
	if r.owner.opt.Versions == nil || r.page.Changed.IsZero() {
		return
	}
	now := r.page
	r.cancel = async.Load(r.owner.opt.Post,
		func(ctx context.Context) ([]assist.WebPage, error) { return r.owner.opt.Versions(ctx, now.ID) },
		func(versions []assist.WebPage, err error) {
			if err != nil {
				r.diff.Objects = []fyne.CanvasObject{widgets.Say(widgets.Style{Colour: theme.Late}, say.Error(err))}
				r.arrange()
				return
			}
			for _, old := range versions {
				if old.Hash() != now.Hash() {
					r.showDiff(old, now)
					return
				}
			}
		})
}

func (r *reading) showDiff(old, now assist.WebPage) {
	r.diff.Objects = []fyne.CanvasObject{heading(strings.ToUpper("Changed since " + say.Day(old.Read, r.owner.opt.Now())))}
	for _, e := range web.Diff(old, now) {
		part := widgets.Column(2)
		if e.Before != "" {
			part.Add(widgets.Pair(80, widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted}, "It said"), widgets.Say(widgets.Style{Colour: theme.Muted}, plain(e.Before))))
		}
		if e.After != "" {
			part.Add(widgets.Pair(80, widgets.Say(widgets.Style{Size: theme.Small, Bold: true}, "It says"), widgets.Say(widgets.Style{}, plain(e.After))))
		}
		r.diff.Add(widgets.On(widgets.NewGround(theme.Raised, theme.Hairline, 6), widgets.Even(10), part))
	}
	r.arrange()
}
