package panes

import (
	"fyne.io/fyne/v2"
	base "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// Tone is how much a short word matters to the eye. The word itself says the same.
type Tone int

// The tones, from quiet to loud.
const (
	Quiet Tone = iota
	Fine
	Own
	Eye
	Late
)

func (t Tone) colours() (text, fill, line fyne.ThemeColorName) {
	switch t {
	case Fine:
		return theme.Good, "", theme.Hairline
	case Own:
		return theme.Accent, theme.AccentPale, ""
	case Eye:
		return theme.Amber, theme.AmberPale, ""
	case Late:
		return theme.Late, theme.LatePale, ""
	}
	return theme.Muted, "", theme.Hairline
}

// Badge is a word on a small ground of its own.
type Badge struct {
	*fyne.Container
	ground *widgets.Ground
	text   *widgets.Text
}

// NewBadge returns a Badge that says nothing and is hidden.
func NewBadge() *Badge {
	b := &Badge{ground: widgets.NewGround("", theme.Hairline, 4), text: widgets.NewText(widgets.Style{Size: theme.Small, Lines: 1})}
	b.Container = widgets.On(b.ground, widgets.Sides(6, 2), b.text)
	b.Hide()
	return b
}

// Set shows the word; an empty one hides the badge.
func (b *Badge) Set(word string, tone Tone) {
	text, fill, line := tone.colours()
	b.ground.SetColours(fill, line)
	b.text.SetColour(text)
	b.text.SetText(word)
	b.Hidden = word == ""
}

// Width returns the width that the word needs.
func (b *Badge) Width() float32 {
	return fyne.MeasureText(b.Text(), b.text.Theme().Size(theme.Small), fyne.TextStyle{}).Width + 14
}

// Text returns the word.
func (b *Badge) Text() string { return b.text.Text() }

// Line is what a Row shows.
type Line struct {
	Title, Sub string
	Badge      string
	Tone       Tone
	// Heading: the row is no thing but the name of those below it.
	Heading bool
}

// Row is one row of a list: a title, a line below it, and a word at the right.
type Row struct {
	widget.BaseWidget
	title, sub, heading *widgets.Text
	badge               *Badge
	ground, mark        *widgets.Ground
	body, content       *fyne.Container
	line                Line
}

const rowHeight, headingHeight = 52, 34

func newRow() *Row {
	r := &Row{
		title:   widgets.NewText(widgets.Style{Lines: 1}),
		sub:     widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 1}),
		heading: widgets.NewText(widgets.Style{Size: theme.Small, Bold: true, Lines: 1}),
		badge:   NewBadge(),
		ground:  widgets.NewGround(theme.AccentPale, "", 6),
		mark:    widgets.NewGround(theme.Accent, "", 2),
	}
	text := widgets.Column(2, r.title, r.sub)
	r.body = widgets.Pad(widgets.Edges{Left: 16, Top: 6, Right: 16, Bottom: 6}, widgets.Row(12, text, text, r.badge.Container))
	r.content = fyne.NewContainerWithLayout(&rowLayout{r}, r.ground, r.mark, r.body, r.heading)
	r.ground.Hide()
	r.mark.Hide()
	r.ExtendBaseWidget(r)
	return r
}

// set shows l; a chosen row has a ground of its own, and a bar when the list has
// the keyboard.
func (r *Row) set(l Line, chosen, focused bool) {
	show(r.ground, chosen && !l.Heading)
	show(r.mark, chosen && focused && !l.Heading)
	if l == r.line {
		return
	}
	if r.badge.Text() != l.Badge { // the room of the texts first: they are then fitted once
		r.badge.Set(l.Badge, l.Tone)
		widgets.Arrange(r.content)
	}
	r.line = l
	r.heading.SetText("")
	r.title.SetText(l.Title)
	r.sub.SetText(l.Sub)
	r.badge.Set(l.Badge, l.Tone)
	show(r.body, !l.Heading)
	if l.Heading {
		text, _, _ := l.Tone.colours()
		r.heading.SetColour(text)
		r.heading.SetText(l.Title)
	}
	widgets.Arrange(r.content)
}

// Line returns what the row shows.
func (r *Row) Line() Line { return r.line }

// MinSize implements fyne.CanvasObject.
func (r *Row) MinSize() fyne.Size { return fyne.NewSize(120, rowHeight) }

// CreateRenderer implements fyne.Widget.
func (r *Row) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.content) }

type rowLayout struct{ r *Row }

func (l *rowLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	put(l.r.ground, 4, 0, size.Width-8, size.Height)
	put(l.r.mark, 4, 8, 4, size.Height-16)
	put(l.r.body, 0, 0, size.Width, size.Height)
	widgets.Arrange(l.r.body)
	h := widgets.HeightFor(l.r.heading, size.Width-32)
	put(l.r.heading, 16, size.Height-h-6, size.Width-32, h)
}

func (l *rowLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(120, rowHeight) }

// Empty says what a page or a pane would show and what to do about it.
type Empty struct {
	*Measured
	title, text *widgets.Text
	button      *widget.Button
}

// NewEmpty returns an Empty without words.
func NewEmpty() *Empty {
	e := &Empty{
		title:  widgets.NewText(widgets.Style{Size: theme.Lead, Bold: true}),
		text:   widgets.NewText(widgets.Style{Colour: theme.Muted}),
		button: widget.NewButton("", nil),
	}
	e.button.Hide()
	e.Measured = Most(420, widgets.Pad(widgets.Even(24), widgets.Column(8, e.title, e.text, widgets.Row(0, nil, e.button))))
	e.centre = true
	return e
}

// Say shows the words; no do, no button.
func (e *Empty) Say(title, text, button string, do func()) {
	e.title.SetText(title)
	e.text.SetText(text)
	e.button.SetText(button)
	e.button.OnTapped = do
	e.button.Hidden = do == nil
	e.arrange()
}

// Words returns what is said.
func (e *Empty) Words() string { return e.title.Text() + ". " + e.text.Text() }

// Box is a line to type in that filters a list below it: the arrow keys walk
// through the list, Enter opens, Escape empties the box.
type Box struct {
	widget.Entry
	rows *Rows
}

// NewBox returns a Box for rows.
func NewBox(hint string, rows *Rows) *Box {
	b := &Box{rows: rows}
	b.ExtendBaseWidget(b)
	b.SetPlaceHolder(hint)
	b.Icon = base.SearchIcon()
	return b
}

// Empty reports whether nothing is typed.
func (b *Box) Empty() bool { return b.Text == "" }

// TypedKey implements fyne.Focusable.
func (b *Box) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyDown:
		b.rows.Step(1)
	case fyne.KeyUp:
		b.rows.Step(-1)
	case fyne.KeyReturn, fyne.KeyEnter:
		b.rows.pressed()
	case fyne.KeyEscape:
		b.SetText("")
	case fyne.KeyPageDown:
		b.rows.page(1)
	case fyne.KeyPageUp:
		b.rows.page(-1)
	default:
		if !widgets.PassKey(b, key) {
			b.Entry.TypedKey(key)
		}
	}
}
