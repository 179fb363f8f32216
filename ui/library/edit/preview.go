package edit

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/compose"
	"ringside/ui/async"
	"ringside/ui/panes"
	"ringside/ui/say"
	"ringside/ui/shots"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// previewPause is how long nothing must be typed before the preview follows.
const previewPause = 200 * time.Millisecond

// preview shows the answer as a real customer would hear it.
type preview struct {
	e     *Editor
	facts compose.Facts
	album *shots.Album

	who                *widgets.Entry
	found              *fyne.Container
	title, marks, note *widgets.Text
	words              *markdown
	parts              *fyne.Container
	measured           *panes.Measured
	scroll             *widgets.Tall

	stopPause, stopWho, stopFacts func()
}

func newPreview(e *Editor) *preview {
	nothing := func() {}
	p := &preview{e: e, album: &shots.Album{Blob: e.opt.Source.Blob, Post: e.opt.Post}, stopPause: nothing, stopWho: nothing, stopFacts: nothing,
		found: widgets.Column(4),
		title: widgets.NewText(widgets.Style{Size: theme.Title, Bold: true}),
		marks: widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Amber, Bold: true}),
		note:  widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted}),
		words: newMarkdown(), parts: widgets.Column(8),
	}
	p.who = widgets.NewEntry("Show it for another customer", 1, e.keys())
	p.who.OnTyped = p.look
	p.who.OnEntered = func() {}
	head := widgets.Column(6, widgets.Heading("AS THE CUSTOMER HEARS IT"), p.who, p.found, p.note)
	card := widgets.On(widgets.NewGround(theme.Raised, theme.Hairline, 8), widgets.Even(16), widgets.Column(10, p.title, p.marks, p.words, p.parts))
	p.measured = panes.Most(620, widgets.Pad(widgets.Sides(16, 12), widgets.Column(12, head, card)))
	p.scroll = widgets.NewTall(p.measured)
	if e.opt.People == nil {
		p.who.Hide()
	}
	return p
}

// customer shows the words for a customer; the last caller for "".
func (p *preview) customer(id assist.ID) {
	p.found.Objects = nil
	if p.who.SetShown(""); p.e.opt.Facts == nil {
		p.facts = compose.Facts{Now: p.e.opt.Now()}
		p.show()
		return
	}
	p.stopFacts()
	p.stopFacts = async.Load(p.e.opt.Post, func(ctx context.Context) (compose.Facts, error) { return p.e.opt.Facts(ctx, id) },
		func(f compose.Facts, err error) {
			if err != nil {
				p.note.SetText(say.Error(err))
				p.arrange()
				return
			}
			p.facts = f
			p.show()
		})
}

// look finds customers for the box above the preview.
func (p *preview) look(words string) {
	p.stopWho()
	if strings.TrimSpace(words) == "" {
		p.found.Objects = nil
		p.arrange()
		return
	}
	p.stopWho = async.Load(p.e.opt.Post, func(ctx context.Context) ([]Person, error) { return p.e.opt.People(ctx, words) },
		func(list []Person, err error) {
			p.found.Objects = nil
			for _, one := range list {
				label := one.Name
				if one.Text != "" {
					label += " · " + one.Text
				}
				p.found.Add(widgets.NewAction(widgets.Quiet, label, "", p.e.keys(), func() { p.customer(one.ID) }))
			}
			if len(list) == 0 {
				text := "Nobody is found by these words."
				if err != nil {
					text = say.Error(err)
				}
				p.found.Add(widgets.Say(widgets.Style{Size: theme.Small, Colour: theme.Muted}, text))
			}
			p.arrange()
		})
}

// due has the preview follow what is typed after a pause.
func (p *preview) due() {
	p.stopPause()
	p.stopPause = async.After(p.e.opt.Post, previewPause, p.show)
}

func (p *preview) stop() {
	p.stopPause()
	p.stopWho()
	p.stopFacts()
	p.album.Stop()
}

// show fills the preview, by the code that fills answers in calls.
func (p *preview) show() {
	a := p.e.rev.Next
	fill := func(s string) string { return compose.Fill(s, p.facts) }
	p.title.SetText(fill(a.Title))
	p.marks.SetText("")
	if a.Internal {
		p.marks.SetText("For us only: not for saying aloud")
	}
	p.words.set(fill(a.Say))
	p.note.SetText(p.shownFor(a))
	p.parts.Objects = nil
	p.pictures(a, 0)
	if len(a.Steps) > 0 {
		p.parts.Add(widgets.Heading("WHAT TO DO"))
	}
	for i, s := range a.Steps {
		p.parts.Add(widgets.Say(widgets.Style{}, fmt.Sprintf("%d.  %s", i+1, fill(s))))
		p.pictures(a, i+1)
	}
	p.album.Load(a.Files, p.show)
	p.arrange()
}

// shownFor says whose name is in the blanks, and what of the words a call shows otherwise.
func (p *preview) shownFor(a assist.Answer) string {
	who := "Nobody has called yet: the blanks show what is said when nothing is known."
	if c := p.facts.Customer; c.ID != "" {
		who = "Shown for " + c.Name + "."
	}
	if styled(a.Say) {
		who += " Styles are seen here; the card in a call shows their marks as they are typed."
	}
	return who
}

// pictures shows the files of a step; of the answer as a whole for 0.
func (p *preview) pictures(a assist.Answer, step int) {
	for _, o := range p.album.Of(a.Files, step) {
		p.parts.Add(o)
	}
}

func (p *preview) arrange() {
	p.measured.Arrange()
	widgets.Arrange(p.scroll)
	p.scroll.Refresh()
}
