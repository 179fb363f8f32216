package chart

import "math"

// Draw implements Chart: a share in each cell, filled as far, under the names of the
// columns. Where not all columns have room side by side, the rest stand in a further band
// below.
func (g Grid) Draw(width float32, measure Measure) Picture {
	s := newSheet(width, measure, g.Title, "")
	if len(g.Rows) == 0 || len(g.Columns) == 0 || !g.anything() {
		return s.none()
	}
	names := float32(0)
	for _, row := range g.Rows {
		names = max(names, s.wide(row, Mark{Size: textSize}))
	}
	d := grid{sheet: s, Grid: g, names: min(names, s.width*.4)}
	room := s.width - d.names - gap
	most := max(int(room/cellLeast), 1)
	bands := (len(g.Columns) + most - 1) / most
	each := (len(g.Columns) + bands - 1) / bands
	d.cell = min(room/float32(each), cellMost)
	for from := 0; from < len(g.Columns); from += each {
		d.band(from, min(from+each, len(g.Columns)))
	}
	return s.picture()
}

// grid is a grid while it is drawn.
type grid struct {
	*sheet
	Grid
	names float32 // the width of the column of names
	cell  float32 // the width of a cell
}

const (
	cellLeast float32 = 64
	cellMost  float32 = 120
)

// anything tells whether any cell is known.
func (g Grid) anything() bool {
	for i := range g.Rows {
		for j := range g.Columns {
			if _, ok := g.share(i, j); ok {
				return true
			}
		}
	}
	return false
}

// share returns what a cell holds, from 0 to 1; false when it is not known.
func (g Grid) share(row, column int) (float64, bool) {
	if row >= len(g.Cells) || column >= len(g.Cells[row]) {
		return 0, false
	}
	v := g.Cells[row][column]
	return min(v, 1), v >= 0
}

// band draws some of the columns.
func (g *grid) band(from, to int) {
	left := func(column int) float32 { return g.names + gap + float32(column-from)*g.cell }
	for j := from; j < to; j++ {
		g.words(Point{left(j), g.y + textSize}, g.Columns[j], Mark{Size: textSize, Tone: Muted}, g.cell-gap)
	}
	g.y += lineHigh + 4
	for i, name := range g.Rows {
		g.line(Faint, 1, Point{0, g.y}, Point{left(to) - gap, g.y})
		base := g.y + 16
		g.words(Point{0, base}, name, Mark{Size: textSize}, g.names)
		for j := from; j < to; j++ {
			g.fill(i, j, Point{left(j), base})
		}
		g.y += 30
	}
	g.y += gap
}

// fill draws one cell: the share in words, and a bar that is filled as far.
func (g *grid) fill(row, column int, at Point) {
	share, ok := g.share(row, column)
	if !ok {
		g.words(at, "–", Mark{Size: textSize, Tone: Muted}, g.cell-gap)
		return
	}
	g.words(at, figure(math.Round(share*100), "%"), Mark{Size: textSize}, g.cell-gap)
	top, room := at.Y+4, g.cell-gap
	g.box(Pale, Point{at.X, top}, Point{at.X + room, top + 5})
	if share > 0 {
		g.box(Accent, Point{at.X, top}, Point{at.X + room*float32(share), top + 5})
	}
}
