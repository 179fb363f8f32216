package widgets

import (
	"fyne.io/fyne/v2"

	"ringside/assist/live"
	"ringside/ui/theme"
)

// Heading returns the small grey name of a section.
func Heading(s string) *Text {
	return Say(Style{Size: theme.Small, Colour: theme.Muted, Bold: true, Lines: 1}, s)
}

// PromiseRow shows an open promise, with a button for when it has been kept.
type PromiseRow struct {
	box
	// OnKept reports that the promise has been kept.
	OnKept func()

	text   *More
	when   *Text
	kept   *Action
	ground *Ground
}

// NewPromiseRow returns an empty row.
func NewPromiseRow(keys Keys, onGrown func()) *PromiseRow {
	p := &PromiseRow{
		text:   NewMore(Style{Lines: 2}, onGrown),
		when:   NewText(Style{Size: theme.Small, Colour: theme.Muted, Lines: 1}),
		ground: NewGround(theme.Raised, theme.Hairline, 6),
	}
	p.kept = NewAction(Plain, "Kept", "", keys, func() {
		if p.OnKept != nil {
			p.OnKept()
		}
	})
	words := Column(0, p.text, p.when)
	p.content = On(p.ground, Edges{Left: 3 * theme.Grid, Top: 6, Right: theme.Grid, Bottom: 6},
		Row(theme.Grid, words, words, p.kept))
	p.ExtendBaseWidget(p)
	return p
}

// SetPromise shows the promise; the parent has to be arranged.
func (p *PromiseRow) SetPromise(l live.PromiseLine) {
	p.text.SetText(l.Text)
	when, by := l.When, l.By
	if by != "" {
		by = "promised by " + by
	}
	if when != "" && by != "" {
		when += "  ·  "
	}
	p.when.SetText(when + by)
	p.kept.Hidden = l.ID == ""
	if l.Late {
		p.when.SetColour(theme.Late)
		p.ground.SetColours(theme.LatePale, "")
		return
	}
	p.when.SetColour(theme.Muted)
	p.ground.SetColours(theme.Raised, theme.Hairline)
}

// FactRow shows one thing that we know, under a small heading, with where it came
// from.
type FactRow struct {
	box
	head   *Text
	source *Text
	text   *More
}

// NewFactRow returns an empty row that shows at most this many lines of text; a
// tap shows the rest.
func NewFactRow(lines int, onGrown func()) *FactRow {
	f := &FactRow{
		head:   NewText(Style{Size: theme.Small, Colour: theme.Muted, Bold: true, Lines: 1}),
		text:   NewMore(Style{Lines: lines}, onGrown),
		source: NewText(Style{Size: theme.Small, Colour: theme.Muted, Lines: 1, Right: true}),
	}
	f.content = Column(1, Row(2*theme.Grid, f.source, f.head, f.source), f.text)
	f.ExtendBaseWidget(f)
	return f
}

// SetFact shows the fact; an empty text hides the row. The parent has to be
// arranged.
func (f *FactRow) SetFact(head, text, source string) {
	f.Hidden = text == ""
	f.head.SetText(head)
	f.text.SetText(text)
	f.source.SetText(source)
}

// ShowAll shows the text in full, or short again.
func (f *FactRow) ShowAll(all bool) { f.text.ShowAll(all) }

// Banner is a band of one or two sentences that need an eye.
type Banner struct {
	box
	text   *More
	ground *Ground
}

// NewBanner returns an empty, hidden band. Late is for what is late or broken,
// else the band is amber. actions stand at its right.
func NewBanner(late bool, onGrown func(), actions ...fyne.CanvasObject) *Banner {
	fill, ink := theme.AmberPale, theme.Amber
	if late {
		fill, ink = theme.LatePale, theme.Late
	}
	b := &Banner{text: NewMore(Style{Colour: ink, Lines: 2}, onGrown), ground: NewGround(fill, "", 6)}
	b.content = On(b.ground, Sides(3*theme.Grid, 2*theme.Grid),
		Row(2*theme.Grid, b.text, append([]fyne.CanvasObject{b.text}, actions...)...))
	b.Hidden = true
	b.ExtendBaseWidget(b)
	return b
}

// SetText shows the sentence; an empty one hides the band.
func (b *Banner) SetText(s string) {
	b.text.SetText(s)
	b.Hidden = s == ""
}

// PickRow is one of several things to choose from: a name, a line below it, and
// its key.
type PickRow struct {
	press
	ground          *Ground
	title, sub, key *Text
	chosen          bool
}

// NewPickRow returns an empty row.
func NewPickRow(keys Keys, onPressed func()) *PickRow {
	r := &PickRow{
		ground: NewGround(theme.Raised, theme.Hairline, 6),
		title:  NewText(Style{Lines: 2}),
		sub:    NewText(Style{Size: theme.Small, Colour: theme.Muted, Lines: 2}),
		key:    NewText(Style{Size: theme.Small, Colour: theme.Muted, Lines: 1}),
	}
	r.Keys, r.OnPressed, r.paint, r.self = keys, onPressed, r.repaint, r
	words := Column(0, r.title, r.sub)
	r.content = On(r.ground, Sides(3*theme.Grid, 6), Row(2*theme.Grid, words, words, r.key))
	r.ExtendBaseWidget(r)
	return r
}

// SetPick shows the texts, and whether this is the one that is chosen now.
func (r *PickRow) SetPick(title, sub, key string, chosen bool) {
	r.title.SetText(title)
	r.sub.SetText(sub)
	r.key.SetText(key)
	r.chosen = chosen
	r.repaint()
}

func (r *PickRow) repaint() {
	fill, line := theme.Raised, theme.Hairline
	if r.hovered || r.chosen {
		fill, line = theme.AccentPale, theme.Accent
	}
	if r.focused {
		line = theme.Accent
	}
	if r.ground.ring != r.focused {
		r.ground.ring = r.focused
		r.ground.Refresh()
	}
	r.ground.SetColours(fill, line)
}
