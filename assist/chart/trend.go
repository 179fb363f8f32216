package chart

import "slices"

// Draw implements Chart: a line over a band that is the interval, from zero up, with the
// last figure told.
func (t Trend) Draw(width float32, measure Measure) Picture {
	s := newSheet(width, measure, t.Title, t.Unit)
	points := slices.Clone(t.Points)
	if dated(points) {
		slices.SortStableFunc(points, func(a, b Value) int { return a.At.Compare(b.At) })
	}
	last := -1
	for i, p := range points {
		if p.known() {
			last = i
		}
	}
	if last < 0 {
		return s.none()
	}
	d := trend{sheet: s, unit: t.Unit, points: points, last: last}
	d.axes()
	d.draw()
	return s.picture()
}

// dated tells whether all points have a time.
func dated(points []Value) bool {
	for _, p := range points {
		if p.At.IsZero() {
			return false
		}
	}
	return true
}

// trend is a trend while it is drawn.
type trend struct {
	*sheet
	unit        string
	points      []Value
	last        int // the last point with a figure
	left, right float32
	up          scale
}

// axes draws the figures at the left with a line at each, and the times below.
func (t *trend) axes() {
	top := t.y + 10
	bottom := top + min(max(t.width*.28, 96), 200)
	t.up = scaleOf(t.points, bottom, top)
	ticks := t.up.ticks(whole(t.points))
	look := Mark{Size: textSize, Tone: Muted, Align: Ends}
	for _, v := range ticks {
		t.left = max(t.left, t.wide(figure(v, t.unit), look))
	}
	t.left = min(t.left, t.width/3)
	end := t.points[t.last]
	told := max(t.wide(figure(end.Value, t.unit), Mark{Size: textSize, Bold: true}), t.wide(of(end.N), look))
	t.right = t.width - min(told+gap+4, t.width/3)
	for _, v := range ticks {
		y := t.up.at(v)
		tone, thick := Faint, float32(1)
		if v == 0 {
			tone = Muted
		}
		t.line(tone, thick, Point{t.left + gap, y}, Point{t.right, y})
		t.words(Point{t.left, y + 4}, figure(v, t.unit), look, t.left)
	}
	t.times(bottom + lineHigh)
	t.y = bottom + lineHigh + 6
}

// x returns where a point stands: by its time, or by its number where there are no times.
func (t *trend) x(i int) float32 {
	from, to := t.left+gap+4, t.right-4
	first, last := t.points[0].At.Unix(), t.points[len(t.points)-1].At.Unix()
	if dated(t.points) && first < last {
		return from + float32(float64(t.points[i].At.Unix()-first)/float64(last-first))*(to-from)
	}
	if len(t.points) == 1 {
		return (from + to) / 2
	}
	return from + float32(i)/float32(len(t.points)-1)*(to-from)
}

// times labels the points: all, or every second, or as many as have room, and always the
// last.
func (t *trend) times(y float32) {
	var labels []Mark
	for every := 1; every <= len(t.points); every++ {
		labels = labels[:0]
		free, fits := t.width, true
		for i := len(t.points) - 1; i >= 0 && fits; i -= every {
			look := Mark{Size: textSize, Tone: Muted, Align: Centred}
			look.Text = t.shorten(t.points[i].label(), 90, look)
			half := t.wide(look.Text, look) / 2
			middle := min(max(t.x(i), half), t.width-half)
			fits = middle+half <= free
			free = middle - half - 2*gap
			look.Points = []Point{{middle, y}}
			labels = append(labels, look)
		}
		if fits {
			break
		}
	}
	for _, l := range labels {
		t.words(l.Points[0], l.Text, l, t.width)
	}
}

// label returns the point's words, or its day.
func (v Value) label() string {
	if v.Label == "" && !v.At.IsZero() {
		return v.At.Format("2 Jan")
	}
	return v.Label
}

// draw draws band and line, run by run: where there is no figure the line is broken.
func (t *trend) draw() {
	var lines []func() // above all bands
	for i := 0; i < len(t.points); {
		from := i
		for i < len(t.points) && t.points[i].known() {
			i++
		}
		if i > from {
			t.band(from, i)
			lines = append(lines, func() { t.run(from, i) })
		} else {
			i++
		}
	}
	for _, line := range lines {
		line()
	}
	end := t.points[t.last]
	at := Point{t.x(t.last), t.up.at(end.Value)}
	t.dot(end.tone(), at, 3.5)
	room := t.width - t.right - gap
	y := min(max(at.Y+4, t.up.to+8), t.up.from-lineHigh)
	t.words(Point{t.right + gap, y}, figure(end.Value, t.unit), Mark{Size: textSize, Bold: true, Tone: end.tone()}, room)
	t.words(Point{t.right + gap, y + lineHigh}, of(end.N), Mark{Size: textSize, Tone: Muted}, room)
}

// band draws the interval of a run of points: between, where more than one has it.
func (t *trend) band(from, to int) {
	var over, under []Point
	for i := from; i < to; i++ {
		low, high := t.points[i].Value, t.points[i].Value
		if t.points[i].ranges() {
			low, high = t.points[i].Low, t.points[i].High
		}
		over = append(over, Point{t.x(i), t.up.at(high)})
		under = append(under, Point{t.x(i), t.up.at(low)})
	}
	if slices.Equal(over, under) {
		return
	}
	if len(over) == 1 { // a band of one point has no breadth
		t.box(Pale, Point{over[0].X - 4, over[0].Y}, Point{under[0].X + 4, under[0].Y})
		return
	}
	slices.Reverse(under)
	t.area(Pale, append(over, under...)...)
}

func (t *trend) run(from, to int) {
	if to-from == 1 {
		t.dot(Accent, Point{t.x(from), t.up.at(t.points[from].Value)}, 2.5)
		return
	}
	line := make([]Point, 0, to-from)
	for i := from; i < to; i++ {
		line = append(line, Point{t.x(i), t.up.at(t.points[i].Value)})
	}
	t.line(Accent, 2, line...)
}
