package call

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// wideFrom is the width of the page from which it has three columns: a window of
// 1000 less the bar of pages.
const wideFrom = 900

// frame is the page's outermost widget: it holds the same parts in two layouts
// and shows the one that fits its width.
type frame struct {
	widget.BaseWidget
	p            *Page
	wide, narrow *fyne.Container
	left, column *widgets.Tall
	sheet        *fyne.Container
	forced       bool
	slim         bool
}

func newFrame(p *Page) *frame {
	f := &frame{p: p}
	f.sheet = keySheet()
	person := widgets.Column(4*theme.Grid, p.who.head, p.who.due, p.who.facts)
	f.left = widgets.NewTall(widgets.Pad(widgets.Edges{Left: theme.Grid, Top: 1, Right: 2 * theme.Grid}, person))
	middle := widgets.ColumnFilled(3*theme.Grid, p.hear.tall, widgets.Pad(widgets.Sides(theme.Grid, 0), p.hear.head), p.hear.tall)
	talk := widgets.ColumnFilled(4*theme.Grid, p.note.box, p.ask.box, p.note.box, f.sheet, p.finish.step)
	right := widgets.Pad(widgets.Sides(theme.Grid, 0), talk)
	columns := fyne.NewContainerWithLayout(&three{}, f.left, middle, right, rule(), rule())
	top := widgets.Pad(widgets.Edges{Left: 4 * theme.Grid, Top: 3 * theme.Grid, Right: 4 * theme.Grid}, p.top.box)
	bottom := widgets.Pad(widgets.Edges{Left: 4 * theme.Grid, Right: 4 * theme.Grid, Bottom: 4 * theme.Grid}, p.finish.strip)
	f.wide = widgets.ColumnFilled(0, columns, top, columns, bottom)
	f.narrow = f.newNarrow()
	f.ExtendBaseWidget(f)
	f.choose()
	return f
}

// newNarrow is one column in the order of need: who, what needs an eye, what to
// answer, what to ask, what to write, and what else we know. The next step stays
// below, whatever is scrolled.
func (f *frame) newNarrow() *fyne.Container {
	p := f.p
	column := widgets.Column(4*theme.Grid, p.top.box, p.finish.strip, p.who.head, p.hear.head, p.hear.results, p.who.due,
		p.ask.box, p.note.box, p.who.facts)
	f.column = widgets.NewTall(widgets.Pad(widgets.Even(3*theme.Grid), column))
	foot := widgets.Column(0, widgets.Line(), widgets.Pad(widgets.Sides(3*theme.Grid, 2*theme.Grid), p.finish.step))
	return widgets.ColumnFilled(0, f.column, f.column, foot)
}

// choose takes the layout for the width that the page has.
func (f *frame) choose() {
	f.slim = f.forced || f.Size().Width < wideFrom
	f.wide.Hidden, f.narrow.Hidden = f.slim, !f.slim
	most := widgets.Most
	if f.slim {
		most = 3
	}
	f.p.hear.list.SetMost(most)
	if f.p.finish.strip != nil {
		f.p.finish.show(f.p.view)
	}
	f.sheet.Hidden = f.p.view.Call != ""
}

// Resize implements fyne.CanvasObject.
func (f *frame) Resize(size fyne.Size) {
	f.BaseWidget.Resize(size)
	f.choose()
	widgets.Arrange(f)
}

// MinSize implements fyne.CanvasObject: the page works from 320 px on.
func (f *frame) MinSize() fyne.Size { return fyne.NewSize(300, 320) }

// CreateRenderer implements fyne.Widget.
func (f *frame) CreateRenderer() fyne.WidgetRenderer {
	return &frameRenderer{widget.NewSimpleRenderer(fyne.NewContainerWithoutLayout(f.wide, f.narrow)), f}
}

type frameRenderer struct {
	fyne.WidgetRenderer
	f *frame
}

// Layout implements fyne.WidgetRenderer.
func (r *frameRenderer) Layout(fyne.Size) { r.f.Arrange() }

// Arrange lays out the layout that is shown; see widgets.Arrange.
func (f *frame) Arrange() {
	f.sheet.Hidden = f.p.view.Call != ""
	shown := f.wide
	if f.slim {
		shown = f.narrow
	}
	shown.Move(fyne.NewPos(0, 0))
	if shown.Size() != f.Size() {
		shown.Resize(f.Size())
		return
	}
	shown.Layout.Layout(shown.Objects, f.Size())
}

// three is the layout of the columns: person, answers, and what to ask and write,
// with two lines between them.
type three struct{}

// Layout implements fyne.Layout.
func (three) Layout(o []fyne.CanvasObject, size fyne.Size) {
	const pad = 4 * theme.Grid
	left := min(max(size.Width*0.26, 236), 340)
	right := min(max(size.Width*0.31, 300), 400)
	at := func(o fyne.CanvasObject, x, w float32) {
		o.Move(fyne.NewPos(x+pad-theme.Grid, pad))
		if inner := fyne.NewSize(w-2*(pad-theme.Grid), size.Height-2*pad); o.Size() != inner {
			o.Resize(inner)
		}
		widgets.Arrange(o)
	}
	at(o[0], 0, left)
	at(o[1], left, size.Width-left-right)
	at(o[2], size.Width-right, right)
	for i, x := range []float32{left, size.Width - right} {
		o[3+i].Move(fyne.NewPos(x, pad))
		o[3+i].Resize(fyne.NewSize(1, size.Height-2*pad))
	}
}

// MinSize implements fyne.Layout.
func (three) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(wideFrom, 320) }

// rule is a line from top to bottom.
func rule() fyne.CanvasObject { return widgets.NewGround(theme.Hairline, "", 0) }

// keySheet shows the keys beside an idle desk.
func keySheet() *fyne.Container {
	col := widgets.Column(theme.Grid+2, widgets.Heading("KEYS"))
	for _, k := range Sheet() {
		name := widgets.Say(widgets.Style{Size: theme.Small, Bold: true, Lines: 1}, k.Name)
		words := widgets.Say(widgets.Style{Colour: theme.Muted, Lines: 2}, k.Words)
		col.Objects = append(col.Objects, widgets.Pair(92, name, words))
	}
	return col
}
