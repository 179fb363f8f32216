package chart

// Draw implements Chart: a bar a row, the figure and its n beside it, and whiskers over its
// interval. Where there is little room, the labels stand above the bars. Bars that all have
// a time are columns along it.
func (b Bars) Draw(width float32, measure Measure) Picture {
	s := newSheet(width, measure, b.Title, b.Unit)
	if len(b.Rows) == 0 {
		return s.none()
	}
	if dated(b.Rows) {
		return s.drawColumns(b.Rows)
	}
	d := bars{sheet: s, unit: b.Unit}
	d.columns(b.Rows)
	for _, row := range b.Rows {
		d.row(row)
	}
	s.y += 4
	return s.picture()
}

// bars are bars while they are drawn.
type bars struct {
	*sheet
	unit   string
	labels float32 // the width of the column of labels; 0: they stand above their bars
	told   float32 // where the column of figures begins
	across scale
}

const (
	barHigh float32 = 14
	beside  float32 = 420 // the width from which labels stand beside their bars
)

// columns shares the width out: labels, bars, figures.
func (b *bars) columns(rows []Value) {
	var labels, figures, counts float32
	for _, row := range rows {
		labels = max(labels, b.wide(row.Label, Mark{Size: textSize}))
		if row.known() {
			figures = max(figures, b.wide(figure(row.Value, b.unit), Mark{Size: textSize, Bold: true}))
			counts = max(counts, b.wide(of(row.N), Mark{Size: textSize}))
		}
	}
	if b.width >= beside {
		b.labels = min(labels, b.width*.36)
	}
	told := figures
	if counts > 0 {
		told += gap + counts
	}
	b.told = b.width - min(told, b.width/2)
	from := float32(0)
	if b.labels > 0 {
		from = b.labels + gap
	}
	b.across = scaleOf(rows, from, b.told-gap)
}

func (b *bars) row(row Value) {
	base := b.y + 14
	if b.labels == 0 {
		b.words(Point{0, b.y + textSize}, row.Label, Mark{Size: textSize}, b.width)
		b.y += lineHigh + 2
		base = b.y + 11
	} else {
		b.words(Point{b.labels, base}, row.Label, Mark{Size: textSize, Align: Ends}, b.labels)
	}
	if !row.known() {
		b.words(Point{b.across.at(0) + 4, base}, nothing, Mark{Size: textSize, Tone: Muted}, b.width-b.across.at(0)-4)
	} else {
		b.bar(row, base)
	}
	x, middle := b.across.at(0), base-4
	b.line(Muted, 1, Point{x, middle - barHigh/2 - 3}, Point{x, middle + barHigh/2 + 3})
	b.y = base + 10
}

// bar draws the bar on the line of its label, its whiskers, and its figure.
func (b *bars) bar(row Value, base float32) {
	middle := base - 4
	zero, end := b.across.at(0), b.across.at(row.Value)
	if zero != end {
		b.box(row.tone(), Point{zero, middle - barHigh/2}, Point{end, middle + barHigh/2})
	}
	if row.ranges() {
		low, high := b.across.at(row.Low), b.across.at(row.High)
		b.line(Ink, 1, Point{low, middle}, Point{high, middle})
		for _, x := range []float32{low, high} {
			b.line(Ink, 1, Point{x, middle - barHigh/2 - 2}, Point{x, middle + barHigh/2 + 2})
		}
	}
	told := figure(row.Value, b.unit)
	look := Mark{Size: textSize, Bold: true}
	b.words(Point{b.told, base}, told, look, b.width-b.told)
	at := b.told + b.wide(told, look) + gap
	b.words(Point{at, base}, of(row.N), Mark{Size: textSize, Tone: Muted}, b.width-at)
}
