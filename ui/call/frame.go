package call

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// wideFrom is the width of the page from which it has three columns: a window of
// 1000 less the bar of pages.
const wideFrom = 900

// mostAnswers is how many answers are shown where there is room for all.
const mostAnswers = 5

// frame is the page's outermost widget. It puts the same parts into one of two
// trees of containers, by its width. The tree that is not shown does not exist:
// Fyne lays out hidden trees too, on a change of theme, and would move parts that
// both share.
type frame struct {
	widget.BaseWidget
	p      *Page
	root   *fyne.Container
	sheet  *widgets.Tall
	forced bool
	slim   bool
}

func newFrame(p *Page) *frame {
	f := &frame{p: p, sheet: widgets.NewTall(keySheet()), root: container.NewStack()}
	f.ExtendBaseWidget(f)
	f.choose()
	return f
}

// newWide is three columns: who, what to answer, and what to ask and write.
func (f *frame) newWide() *fyne.Container {
	p := f.p
	person := widgets.Column(3*theme.Grid, p.who.head, p.who.due, p.who.facts)
	left := widgets.NewTall(widgets.Pad(widgets.Edges{Left: theme.Grid, Top: 1, Right: 2 * theme.Grid}, person))
	left.Fit = p.who.know.fit
	p.hear.tall = widgets.NewTall(widgets.Pad(widgets.Sides(theme.Grid, 0), p.hear.results))
	p.hear.scroll = p.hear.tall
	middle := widgets.ColumnFilled(3*theme.Grid, p.hear.tall, widgets.Pad(widgets.Sides(theme.Grid, 0), p.hear.head), p.hear.tall)
	below := widgets.Either(p.note.box, f.sheet)
	talk := widgets.ColumnFilled(4*theme.Grid, below, p.move.mood, p.ask.box, below, p.finish.step)
	right := widgets.Pad(widgets.Sides(theme.Grid, 0), talk)
	columns := fyne.NewContainerWithLayout(&three{}, left, middle, right, rule(), rule())
	top := widgets.Pad(widgets.Edges{Left: 4 * theme.Grid, Top: 3 * theme.Grid, Right: 4 * theme.Grid}, p.top.box)
	bottom := widgets.Pad(widgets.Edges{Left: 4 * theme.Grid, Right: 4 * theme.Grid, Bottom: 4 * theme.Grid}, p.finish.strip)
	return widgets.ColumnFilled(0, columns, top, columns, bottom)
}

// newNarrow is one column in the order of need: who, what to answer, what we owe,
// what to ask, what to write, and what else we know. The next step stays below,
// whatever is scrolled.
func (f *frame) newNarrow() *fyne.Container {
	p := f.p
	p.hear.tall = nil
	column := widgets.Column(4*theme.Grid, p.top.box, p.finish.strip, p.who.head, p.hear.head, p.hear.results, p.who.due,
		p.move.mood, p.ask.box, p.note.box, p.who.facts)
	tall := widgets.NewTall(widgets.Pad(widgets.Even(3*theme.Grid), column))
	p.hear.scroll = tall
	foot := widgets.Column(0, widgets.Line(), widgets.Pad(widgets.Sides(3*theme.Grid, 2*theme.Grid), p.finish.step))
	return widgets.ColumnFilled(0, tall, tall, foot)
}

// choose takes the layout for the width that the page has.
func (f *frame) choose() {
	slim := f.forced || f.Size().Width < wideFrom
	if slim == f.slim && len(f.root.Objects) > 0 {
		return
	}
	f.slim = slim
	most, tree := mostAnswers, f.newWide
	if slim {
		most, tree = 3, f.newNarrow
	}
	f.root.Objects = []fyne.CanvasObject{tree()}
	f.p.hear.list.SetMost(most)
	f.p.hear.order(slim)
	f.p.finish.show(f.p.view)
	f.p.hear.setBefore(f.p.view)
}

// Resize implements fyne.CanvasObject.
func (f *frame) Resize(size fyne.Size) {
	f.BaseWidget.Resize(size)
	f.choose()
	f.Arrange()
	canvas.Refresh(f)
}

// Arrange lays out the layout that is shown; see widgets.Arrange.
func (f *frame) Arrange() {
	f.sheet.Hidden = f.p.view.Call != ""
	f.root.Resize(f.Size())
	tree := f.root.Objects[0]
	if tree.Size() != f.Size() {
		tree.Resize(f.Size())
		return
	}
	widgets.Arrange(tree)
}

// MinSize implements fyne.CanvasObject: the page works from 320 px on.
func (f *frame) MinSize() fyne.Size { return fyne.NewSize(300, 320) }

// CreateRenderer implements fyne.Widget.
func (f *frame) CreateRenderer() fyne.WidgetRenderer {
	return &frameRenderer{widget.NewSimpleRenderer(f.root), f}
}

type frameRenderer struct {
	fyne.WidgetRenderer
	f *frame
}

// Layout implements fyne.WidgetRenderer.
func (r *frameRenderer) Layout(fyne.Size) { r.f.Arrange() }

// three is the layout of the columns: person, answers, and what to ask and write,
// with two lines between them.
type three struct{}

// Layout implements fyne.Layout.
func (three) Layout(o []fyne.CanvasObject, size fyne.Size) {
	const pad = 4 * theme.Grid
	left := min(max(size.Width*0.28, 236), 360)
	right := min(max(size.Width*0.305, 300), 400)
	at := func(o fyne.CanvasObject, x, w float32) {
		if to := fyne.NewPos(x+pad-theme.Grid, pad); o.Position() != to {
			o.Move(to)
		}
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
	col := widgets.Column(3, widgets.Heading("KEYS"))
	for _, k := range Sheet() {
		name := widgets.Say(widgets.Style{Size: theme.Small, Bold: true, Lines: 1}, k.Name)
		words := widgets.Say(widgets.Style{Colour: theme.Muted, Lines: 1}, k.Words)
		col.Objects = append(col.Objects, widgets.Pair(92, name, words))
	}
	return col
}
