package setup

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/panes"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// columnRow is one column of the file: its name, two of its values, and what it is
// taken for.
type columnRow struct {
	widget.BaseWidget
	name, values *widgets.Text
	badge        *panes.Badge
	meaning      *widget.Select
	content      *fyne.Container
}

func newColumnRow() *columnRow {
	r := &columnRow{
		name:    widgets.NewText(widgets.Style{Bold: true, Lines: 1}),
		values:  widgets.NewText(widgets.Style{Size: theme.Small, Colour: theme.Muted, Lines: 1}),
		badge:   panes.NewBadge(),
		meaning: widget.NewSelect(nil, nil),
	}
	left := widgets.Column(2, r.name, r.values)
	r.content = fyne.NewContainerWithLayout(&columnLayout{r.badge}, left, r.badge.Container, r.meaning)
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer implements fyne.Widget.
func (r *columnRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.content) }

func (r *columnRow) set(c Column, meanings []string, mean func(string)) {
	r.name.SetText(c.Name)
	if c.Name == "" {
		r.name.SetText("(no name)")
	}
	r.values.SetText(samples(c))
	word, tone := "", panes.Quiet
	switch {
	case c.Ask:
		word, tone = "please say", panes.Eye
	case !c.Sure:
		word, tone = "please check", panes.Eye
	}
	r.badge.Set(word, tone)
	r.meaning.OnChanged = nil
	r.meaning.Options = meanings
	if !slices.Contains(meanings, c.Meaning) {
		r.meaning.Options = append([]string{c.Meaning}, meanings...)
	}
	r.meaning.SetSelected(c.Meaning)
	r.meaning.OnChanged = func(s string) {
		if s != c.Meaning {
			mean(s)
		}
	}
	widgets.Arrange(r.content)
}

// columnLayout: name and values, a word, and the choice at the right.
type columnLayout struct{ badge *panes.Badge }

const choiceWidth, columnEdge = 170, 24

func (l *columnLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	const gap = 12
	x := size.Width - columnEdge - choiceWidth
	high := o[2].MinSize().Height
	place := func(o fyne.CanvasObject, x, w, h float32) {
		o.Move(fyne.NewPos(x, (size.Height-h)/2))
		o.Resize(fyne.NewSize(w, h))
		widgets.Arrange(o)
	}
	place(o[2], x, choiceWidth, high)
	if o[1].Visible() {
		w := l.badge.Width()
		x -= w + gap
		place(o[1], x, w, widgets.HeightFor(o[1], w))
	}
	w := x - columnEdge - gap
	place(o[0], columnEdge, w, widgets.HeightFor(o[0], w))
}

func (*columnLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, 48) }

func (p *Import) columnList() *widget.List {
	l := widget.NewList(
		func() int { return len(p.picture.Columns) },
		func() fyne.CanvasObject { return newColumnRow() },
		func(i widget.ListItemID, o fyne.CanvasObject) {
			if i < len(p.picture.Columns) {
				c := p.picture.Columns[i]
				o.(*columnRow).set(c, p.picture.Meanings, func(m string) { p.mean(c.Name, m) })
			}
		})
	l.OnSelected = func(i widget.ListItemID) { l.UnselectAll() }
	return l
}
