package library

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/assist/curate"
	"ringside/ui/library/used"
	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/shots"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// reading is the pane that shows one answer as a rep would say it.
type reading struct {
	page   *Page
	answer assist.Answer
	album  *shots.Album
	words  string // what is said, and copied

	title, about, why, note, say *widgets.Text
	fared                        *widgets.Text
	offered                      *offered
	cancel                       func()
	badge                        *panes.Badge
	copy, change                 *widget.Button
	parts                        *fyne.Container
	measured                     *panes.Measured
	scroll                       *widgets.Tall
	object                       fyne.CanvasObject

	chart   *used.Chart
	untrend func() // what is read for the chart is not wanted any more
}

func newReading(p *Page) *reading {
	r := &reading{
		album:   &shots.Album{Blob: p.opt.Blob, Post: p.opt.Post},
		page:    p,
		title:   widgets.NewText(widgets.Style{Size: theme.Title, Bold: true}),
		about:   widgets.NewText(widgets.Style{Colour: theme.Muted}),
		why:     widgets.NewText(widgets.Style{Colour: theme.Muted}),
		note:    widgets.NewText(widgets.Style{Colour: theme.Amber}),
		say:     widgets.NewText(widgets.Style{Size: theme.Lead}),
		fared:   widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted}),
		offered: newOffered(p),
		cancel:  func() {},
		untrend: func() {},
		chart:   used.NewChart(),
		badge:   panes.NewBadge(),
		parts:   widgets.Column(16),
	}
	r.copy = widget.NewButtonWithIcon("Copy these words (C)", base.ContentCopyIcon(), r.copied)
	r.change = widget.NewButtonWithIcon("Change it (E)", base.DocumentCreateIcon(), func() { p.edit(r.answer.ID) })
	head := widgets.Column(6, r.title, widgets.Row(8, r.about, r.badge.Container, r.about), r.why, r.fared, r.chart, r.note)
	words := widgets.On(widgets.NewGround(theme.Raised, theme.Hairline, 8), widgets.Even(16), r.say)
	all := widgets.Column(16, r.offered.box, head, words, widgets.Wrapped(8, r.copy, r.change), r.parts)
	r.measured = panes.Most(680, widgets.Pad(widgets.Sides(24, 20), all))
	r.scroll = widgets.NewTall(r.measured)
	r.object = panes.Fill(r.scroll)
	r.scroll.Hide()
	return r
}

func (r *reading) copied() {
	if r.page.OnCopy == nil || r.words == "" {
		return
	}
	r.page.OnCopy(r.words)
	r.copy.SetText("Copied")
}

func (r *reading) show(a assist.Answer, why string) {
	r.answer, r.words = a, r.fill(a.Say)
	now := r.page.opt.Now()
	word, tone := state(a, now)
	r.title.SetText(a.Title)
	r.badge.Set(word, tone)
	r.about.SetText(r.line())
	r.why.SetText("")
	if why != "" {
		r.why.SetText("Found by: " + why)
	}
	r.note.SetText(advice(a, now))
	r.count(a.ID)
	r.trend(a.ID)
	r.say.SetText(r.words)
	r.copy.SetText("Copy these words (C)")
	r.copy.Hidden, r.change.Hidden = r.page.OnCopy == nil, r.page.OnEdit == nil
	r.parts.Objects = r.sections(a)
	r.album.Load(a.Files, r.pictures)
	r.scroll.Hidden = false
	r.measured.Arrange()
	widgets.Arrange(r.scroll)
	r.scroll.ScrollToTop()
	r.scroll.Refresh()
}

// clear shows no answer: none of those that are listed is open.
func (r *reading) clear() {
	r.cancel()
	r.untrend()
	r.answer, r.words, r.scroll.Hidden = assist.Answer{}, "", true
	r.object.Refresh()
}

// line names department, owner and the day of the last look.
func (r *reading) line() string {
	a := r.answer
	parts := append([]string{a.Department}, a.Also...)
	if owner := curate.OwnerOn(a, r.page.opt.Now()); owner != "" {
		who := r.name(owner) + " answers for it"
		if a.Deputy != "" {
			who += ", " + r.name(a.Deputy) + " while they are away"
		}
		parts = append(parts, who)
	}
	if d := say.Date(a.Verified); d != "" {
		parts = append(parts, "verified "+d)
	}
	return strings.Join(parts, " · ")
}

func (r *reading) name(rep assist.ID) string {
	if r.page.opt.Name == nil {
		return string(rep)
	}
	return cmp.Or(r.page.opt.Name(rep), string(rep))
}

func (r *reading) sections(a assist.Answer) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	add := func(heading string, lines ...string) {
		if len(lines) == 0 {
			return
		}
		col := widgets.Column(4, widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted, Bold: true}, heading))
		for _, l := range lines {
			col.Add(widgets.Say(widgets.Style{}, l))
		}
		out = append(out, col)
	}
	if own := r.album.Of(a.Files, 0); len(own) > 0 {
		out = append(out, widgets.Column(8, own...))
	}
	asks := make([]string, len(a.Phrasings))
	for i, s := range a.Phrasings {
		asks[i] = "“" + s + "”"
	}
	if len(a.Steps) > 0 {
		out = append(out, r.steps(a))
	}
	add("HOW CUSTOMERS ASK THIS", asks...)
	if len(a.Products) > 0 {
		add("FOR", strings.Join(a.Products, ", "))
	}
	if u, err := url.Parse(a.Web); a.Web != "" && err == nil {
		heading := widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted, Bold: true}, "ON THE WEB SITE")
		link := widget.NewHyperlink(a.Web, u)
		link.Truncation = fyne.TextTruncateEllipsis
		out = append(out, widgets.Column(0, heading, widgets.Pad(widgets.Edges{Left: -8}, link)))
	}
	return out
}

// steps are what there is to do, each with its pictures.
func (r *reading) steps(a assist.Answer) fyne.CanvasObject {
	col := widgets.Column(4, widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted, Bold: true}, "WHAT TO DO"))
	for i, s := range a.Steps {
		col.Add(widgets.Say(widgets.Style{}, fmt.Sprintf("%d.  %s", i+1, r.fill(s))))
		for _, o := range r.album.Of(a.Files, i+1) {
			col.Add(o)
		}
	}
	return col
}

// pictures shows the parts again once the pictures were read.
func (r *reading) pictures() {
	r.parts.Objects = r.sections(r.answer)
	r.measured.Arrange()
	widgets.Arrange(r.scroll)
	r.scroll.Refresh()
}

// fill puts what is known into the blanks, and names those that stay open.
func (r *reading) fill(text string) string {
	if r.page.opt.Fill != nil {
		text = r.page.opt.Fill(text)
	}
	return say.Blanks(text)
}

// state is the word for how far an answer can be trusted.
func state(a assist.Answer, now time.Time) (string, panes.Tone) {
	switch {
	case a.Draft:
		return "draft", panes.Own
	case a.Internal:
		return "internal", panes.Eye
	case a.Stale(now):
		return "stale", panes.Eye
	case a.Verified.IsZero():
		return "", panes.Quiet
	}
	return "verified", panes.Fine
}

// advice says what to mind before these words are said; empty when nothing.
func advice(a assist.Answer, now time.Time) string {
	switch {
	case a.Draft:
		return "A draft: nobody has agreed to these words yet."
	case a.Internal:
		return "For us only: do not say this aloud."
	case a.Stale(now) && a.Verified.IsZero():
		return "Nobody has verified this answer yet: check before you say it."
	case a.Stale(now):
		return fmt.Sprintf("Not verified for %d days, and it should be every %d: check before you say it.",
			int(now.Sub(a.Verified.Time()).Hours()/24), a.VerifyEvery)
	}
	return ""
}

// sorted returns the answers that are not off, by department and title.
func sorted(answers []assist.Answer) []assist.Answer {
	out := slices.DeleteFunc(slices.Clone(answers), func(a assist.Answer) bool { return a.Off })
	slices.SortFunc(out, func(a, b assist.Answer) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a.Department), strings.ToLower(b.Department)),
			cmp.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title)), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// departments are those that say one of the answers, each once.
func departments(answers []assist.Answer) []string {
	seen := map[string]bool{}
	for _, a := range answers {
		seen[a.Department] = true
		for _, also := range a.Also {
			seen[also] = true
		}
	}
	return slices.SortedFunc(maps.Keys(seen), func(a, b string) int {
		return cmp.Or(cmp.Compare(strings.ToLower(a), strings.ToLower(b)), cmp.Compare(a, b))
	})
}

func contains(list []string, s string) bool { return slices.Contains(list, s) }

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
