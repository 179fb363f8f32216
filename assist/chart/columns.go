package chart

import (
	"math"
	"slices"
	"time"
)

// columns are dated bars while they are drawn: along the time, those of one time at one
// place, and bad news downwards.
type columns struct {
	*sheet
	rows        []Value // bad news below zero
	times       []time.Time
	left, right float32
	up          scale
}

const columnMost float32 = 28 // how wide a column is

// drawColumns draws dated bars.
func (s *sheet) drawColumns(rows []Value) Picture {
	d := columns{sheet: s}
	for _, row := range rows {
		if !row.known() {
			continue
		}
		if row.Tone == Late {
			row.Value = -row.Value
		}
		row.Low, row.High = 0, 0 // how sure it is has no place here
		d.rows = append(d.rows, row)
		d.times = append(d.times, row.At)
	}
	if len(d.rows) == 0 {
		return s.none()
	}
	slices.SortFunc(d.times, time.Time.Compare)
	d.times = slices.CompactFunc(d.times, time.Time.Equal)
	d.axes()
	for _, row := range d.rows {
		d.column(row)
	}
	zero := d.up.at(0)
	d.line(Muted, 1, Point{d.left + gap, zero}, Point{d.right, zero})
	return d.picture()
}

// axes draws the figures at the left with a line at each, and the months below.
func (c *columns) axes() {
	top := c.y + lineHigh + 4
	bottom := top + min(max(c.width*.28, 96), 200)
	c.up = scaleOf(c.rows, bottom, top)
	ticks := c.up.ticks(whole(c.rows))
	look := Mark{Size: textSize, Tone: Muted, Align: Ends}
	for _, v := range ticks {
		c.left = max(c.left, c.wide(number(math.Abs(v)), look))
	}
	c.left = min(c.left, c.width/3)
	c.right = c.width
	for _, v := range ticks {
		y := c.up.at(v)
		c.line(Faint, 1, Point{c.left + gap, y}, Point{c.right, y})
		c.words(Point{c.left, y + 4}, number(math.Abs(v)), look, c.left)
	}
	c.months(bottom + 2*lineHigh)
	c.y = bottom + 2*lineHigh + 6
}

// slot returns how much room a time has.
func (c *columns) slot() float32 { return (c.right - c.left - gap) / float32(len(c.times)) }

// middle returns the place of a time.
func (c *columns) middle(i int) float32 { return c.left + gap + (float32(i)+.5)*c.slot() }

// months names all times, or every second, or as many as have room, and always the last.
func (c *columns) months(y float32) {
	look := Mark{Size: textSize, Tone: Muted, Align: Centred}
	half := float32(0)
	for _, at := range c.times {
		half = max(half, c.wide(month(at), look)/2)
	}
	moved := max(half-c.slot()/2, 0) // the last stays within the picture
	every := max(int(math.Ceil(float64((2*half+gap+moved)/c.slot()))), 1)
	for i := len(c.times) - 1; i >= 0; i -= every {
		at := min(c.middle(i), c.width-half)
		if text := month(c.times[i]); at-half >= 0 {
			c.words(Point{at, y}, text, look, c.width)
		}
	}
}

func month(t time.Time) string { return t.Format("Jan 2006") }

// column draws one column, with its figure at its end where that has room.
func (c *columns) column(row Value) {
	if row.Value == 0 {
		return
	}
	i, _ := slices.BinarySearchFunc(c.times, row.At, time.Time.Compare)
	half := min(c.slot()*.62, columnMost) / 2
	at, zero, end := c.middle(i), c.up.at(0), c.up.at(row.Value)
	tone := row.tone()
	c.box(tone, Point{at - half, zero}, Point{at + half, end})
	told, look := number(math.Abs(row.Value)), Mark{Size: textSize, Bold: true, Tone: tone, Align: Centred}
	if c.wide(told, look) > c.slot() {
		return
	}
	y := end - 4
	if row.Value < 0 {
		y = end + textSize + 1
	}
	c.words(Point{at, y}, told, look, c.slot())
}
