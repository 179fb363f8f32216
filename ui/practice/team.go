package practice

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/assist/practice"
	"ringside/ui/async"
	"ringside/ui/charts"
	"ringside/ui/say"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

// team shows who can answer what.
type team struct {
	page   *Page
	share  *widget.Check
	others *widgets.Text
	none   *widgets.Text
	table  *table
	chart  *charts.View
	object *fyne.Container
}

func newTeam(p *Page) *team {
	t := &team{page: p, table: newTable(), chart: charts.New(),
		others: widgets.NewText(widgets.Style{Colour: theme.Muted}),
		none:   widgets.NewText(widgets.Style{}),
	}
	t.share = widget.NewCheck("Share my row with the team", t.choose)
	t.object = widgets.Column(16,
		widgets.Column(6, widgets.Say(widgets.Style{Size: theme.Title, Bold: true}, "Who can answer what"),
			widgets.Say(widgets.Style{Colour: theme.Muted}, "An answer counts for whoever has said it in a call, or has practised it and would still know it."),
			t.share),
		t.none, t.table, t.others, t.chart.Object())
	return t
}

func (t *team) show(d Data) {
	t.object.Show()
	t.none.SetText("")
	if len(d.Chart.Departments) == 0 {
		t.none.SetText("The library has no answers yet.")
	}
	t.table.show(d.Chart, d.Me.ID)
	t.chart.OnSave = t.page.OnPicture
	if t.chart.SetChart(nil); len(d.Chart.Departments) > 0 {
		picture := d.Chart.Map()
		for i, name := range picture.Columns {
			picture.Columns[i] = say.Capital(name)
		}
		t.chart.SetChart(picture)
	}
	t.others.SetText("")
	if n := d.Chart.Others; n == 1 {
		t.others.SetText("1 colleague does not share a row; they count in “only one” and “nobody” without a name.")
	} else if n > 1 {
		t.others.SetText(fmt.Sprintf("%d colleagues do not share their rows; they count in “only one” and “nobody” without a name.", n))
	}
	t.share.Hidden = d.Me.ID == ""
	if t.share.Checked != d.Me.Shared {
		t.share.Checked = d.Me.Shared
		t.share.Refresh()
	}
}

// choose keeps whether the row is shared; until it is kept, nothing else can be chosen.
func (t *team) choose(on bool) {
	p := t.page
	p.data.Me.Shared = on
	rep := p.data.Me.ID
	t.share.Disable()
	async.Go(p.opt.Post, func(ctx context.Context) error { return p.opt.Source.Share(ctx, rep, on) }, func(err error) {
		t.share.Enable()
		p.sayTrouble(err)
		if err != nil && p.data.Me.Shared == on {
			p.data.Me.Shared = !on
			t.share.Checked = !on
			t.share.Refresh()
		}
	})
}

// table is a chart: a line for each department, or where it is narrow a card.
type table struct {
	widget.BaseWidget
	cells [][]*widgets.Text // the first line has the names
	rules []fyne.CanvasObject
	cards *fyne.Container
}

const (
	nameWidth, cellWidth = 150, 92
	lineGap              = 10
)

func newTable() *table {
	t := &table{cards: widgets.Column(16)}
	t.ExtendBaseWidget(t)
	return t
}

// show fills the table; me is the rep who looks.
func (t *table) show(c practice.Chart, me assist.ID) {
	t.cells, t.rules, t.cards.Objects = nil, nil, nil
	names := make([]string, len(c.Reps))
	for i, r := range c.Reps {
		if names[i] = r.Name; r.ID == me {
			names[i] = "You"
		}
	}
	head := widgets.Style{Size: theme.Small, Colour: theme.Muted, Bold: true, Lines: 1}
	if len(c.Departments) > 0 {
		first := []*widgets.Text{widgets.Say(head, "Department"), widgets.Say(head, "Answers")}
		for _, name := range append(names, "Only one can", "Nobody can") {
			first = append(first, widgets.Say(head, name))
		}
		t.cells = append(t.cells, first)
	}
	for _, d := range c.Departments {
		t.add(d, names)
	}
	t.Refresh()
}

func (t *table) add(d practice.Department, names []string) {
	plain := widgets.Style{Lines: 1}
	line := []*widgets.Text{widgets.Say(widgets.Style{Lines: 2}, say.Capital(d.Name)), widgets.Say(widgets.Style{Colour: theme.Muted, Lines: 1}, fmt.Sprint(d.Of))}
	reps := make([]string, len(names))
	for i, n := range d.Can {
		line = append(line, widgets.Say(plain, fmt.Sprint(n)))
		reps[i] = fmt.Sprintf("%s %d", names[i], n)
	}
	line = append(line, marked(d.One), marked(d.Nobody))
	t.cells = append(t.cells, line)
	t.rules = append(t.rules, widgets.Line())
	card := widgets.Column(2, widgets.Say(widgets.Style{Bold: true}, say.Capital(d.Name)),
		widgets.Say(widgets.Style{Colour: theme.Muted}, "Of "+say.Count(d.Of, "answer")+": "+strings.Join(reps, " · ")))
	if words := marks(d); words != "" {
		card.Add(widgets.Say(widgets.Style{Colour: theme.Amber}, words))
	}
	t.cards.Add(card)
}

// marked is a number that needs an eye unless it is 0.
func marked(n int) *widgets.Text {
	if n == 0 {
		return widgets.Say(widgets.Style{Colour: theme.Muted, Lines: 1}, "–")
	}
	return widgets.Say(widgets.Style{Colour: theme.Amber, Bold: true, Lines: 1}, fmt.Sprint(n))
}

func marks(d practice.Department) string {
	var out []string
	if d.One > 0 {
		out = append(out, fmt.Sprintf("Only one can: %d", d.One))
	}
	if d.Nobody > 0 {
		out = append(out, fmt.Sprintf("Nobody can: %d", d.Nobody))
	}
	return strings.Join(out, " · ")
}

// wide reports whether a line of cells has room.
func (t *table) wide(width float32) bool {
	return len(t.cells) == 0 || width >= nameWidth+cellWidth*float32(len(t.cells[0])-1)
}

// HeightFor implements widgets.Flow.
func (t *table) HeightFor(width float32) float32 {
	if !t.wide(width) {
		return widgets.HeightFor(t.cards, width)
	}
	h := float32(0)
	for i := range t.cells {
		h += t.lineHeight(i) + lineGap
	}
	return h
}

func (t *table) lineHeight(i int) (h float32) {
	for n, c := range t.cells[i] {
		h = max(h, widgets.HeightFor(c, cell(n)-12))
	}
	return h
}

func cell(n int) float32 {
	if n == 0 {
		return nameWidth
	}
	return cellWidth
}

// Arrange lays the cells out again.
func (t *table) Arrange() {
	size := t.Size()
	wide := t.wide(size.Width)
	t.cards.Hidden = wide
	put(t.cards, 0, 0, size.Width, size.Height)
	y := float32(0)
	for i, line := range t.cells {
		x, h := float32(0), t.lineHeight(i)
		for n, c := range line {
			c.Hidden = !wide
			put(c, x, y, cell(n)-12, h)
			x += cell(n)
		}
		if y += h + lineGap; i < len(t.rules) {
			t.rules[i].(fyne.Widget).Resize(fyne.NewSize(x-12, 1))
			t.rules[i].Move(fyne.NewPos(0, y-lineGap/2))
			if t.rules[i].Show(); !wide {
				t.rules[i].Hide()
			}
		}
	}
}

// Resize implements fyne.CanvasObject.
func (t *table) Resize(size fyne.Size) {
	t.BaseWidget.Resize(size)
	t.Arrange()
}

// MinSize implements fyne.CanvasObject.
func (t *table) MinSize() fyne.Size { return fyne.NewSize(200, t.HeightFor(max(t.Size().Width, 200))) }

// CreateRenderer implements fyne.Widget.
func (t *table) CreateRenderer() fyne.WidgetRenderer {
	return &renderer{t.objects, t.Arrange, t.MinSize}
}

func (t *table) objects() []fyne.CanvasObject {
	out := append([]fyne.CanvasObject{t.cards}, t.rules...)
	for _, line := range t.cells {
		for _, c := range line {
			out = append(out, c)
		}
	}
	return out
}
