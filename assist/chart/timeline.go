package chart

import (
	"fmt"
	"slices"
	"time"
)

// Draw implements Chart: a lane for each kind of thing, a dot for each thing, and its words
// where there is room: the latest have it first. Things too near to be told apart are one
// larger dot that says how many.
func (t Timeline) Draw(width float32, measure Measure) Picture {
	s := newSheet(width, measure, t.Title, "")
	var events []Event
	for _, e := range t.Events {
		if e.dated() {
			events = append(events, e)
		}
	}
	if len(events) == 0 {
		return s.none()
	}
	slices.SortStableFunc(events, func(a, b Event) int { return a.At.Compare(b.At) })
	d := timeline{sheet: s}
	d.stretch(events[0].At, events[len(events)-1].At)
	for _, lane := range lanes(t.Events) {
		d.lane(lane, events)
	}
	d.times()
	return s.picture()
}

// dated tells whether the time of the event can be one.
func (e Event) dated() bool { return e.At.Year() > 1 && e.At.Year() < 10000 }

// lanes returns the lanes in the order in which they are first named.
func lanes(events []Event) (out []string) {
	for _, e := range events {
		if e.dated() && !slices.Contains(out, e.Lane) {
			out = append(out, e.Lane)
		}
	}
	return out
}

// timeline is a time line while it is drawn. Times are seconds: the years between the
// first and the last may be more than a Duration holds.
type timeline struct {
	*sheet
	from, to int64
	zone     *time.Location
	ticks    step
}

const (
	edge     float32 = 8 // of the lanes, so that no dot is cut off
	near     float32 = 8 // dots closer than this are one
	laneHigh float32 = 52
)

// stretch lets the lanes go from the tick before the first to the tick after the last.
func (t *timeline) stretch(first, last time.Time) {
	t.zone = last.Location()
	t.from, t.to = first.Unix(), max(last.Unix(), first.Unix()+60)
	for _, t.ticks = range steps {
		if float32(t.to-t.from)/float32(t.ticks.seconds) <= max(t.width/110, 2) {
			break
		}
	}
	t.from = min(t.from, t.ticks.before(first).Unix())
	t.to = max(t.to, t.ticks.next(t.ticks.before(last)).Unix())
}

func (t *timeline) x(at time.Time) float32 {
	return edge + float32(float64(at.Unix()-t.from)/float64(t.to-t.from))*(t.width-2*edge)
}

// heap is things at one place of a lane.
type heap struct {
	x      float32
	events []Event
}

// lane draws the things of one lane on a line, under the lane's name.
func (t *timeline) lane(name string, events []Event) {
	var heaps []heap
	for _, e := range events {
		if e.Lane != name {
			continue
		}
		x := t.x(e.At)
		if n := len(heaps) - 1; n >= 0 && x-heaps[n].x < near {
			heaps[n].events = append(heaps[n].events, e)
		} else {
			heaps = append(heaps, heap{x, []Event{e}})
		}
	}
	t.words(Point{0, t.y + textSize}, name, Mark{Size: textSize, Tone: Muted}, t.width)
	y := t.y + laneHigh - 12
	t.line(Faint, 1, Point{0, y}, Point{t.width, y})
	free := t.width
	for i := len(heaps) - 1; i >= 0; i-- {
		free = t.tell(heaps[i], y, free)
	}
	t.y += laneHigh
}

// tell draws a heap's dot, and the words of its last thing above it, up to where there is
// free room at the right. It returns how far there is room for the one before.
func (t *timeline) tell(h heap, y, free float32) float32 {
	last := h.events[len(h.events)-1]
	tone := last.Tone
	for _, e := range h.events {
		if e.Tone == Late { // bad news is not hidden in a heap
			tone = Late
		}
	}
	more := ""
	size := float32(4)
	if n := len(h.events); n > 1 {
		more, size = fmt.Sprintf(" +%d", n-1), 6
	}
	t.dot(Value{Tone: tone}.tone(), Point{h.x, y}, size)
	look := Mark{Size: textSize, Tone: last.Tone}
	room := min(180, t.width) - t.wide(more, look)
	text := t.shorten(last.Text, room, look) + more
	wide := t.wide(text, look)
	begin := max(min(h.x-4, free-wide), 0)
	if begin+wide > free || begin+wide < h.x { // they would not stand over their dot
		return free
	}
	t.words(Point{begin, y - 10}, text, look, t.width)
	return begin - gap
}

// times draws the axis below the lanes.
func (t *timeline) times() {
	free := float32(0)
	for at := t.ticks.before(time.Unix(t.from, 0).In(t.zone)); at.Unix() <= t.to; at = t.ticks.next(at) {
		if at.Unix() < t.from {
			continue
		}
		x, label := t.x(at), at.Format(t.ticks.form)
		look := Mark{Size: textSize, Tone: Muted}
		half := t.wide(label, look) / 2
		middle := min(max(x, half), t.width-half)
		if middle-half < free {
			continue
		}
		t.line(Muted, 1, Point{x, t.y}, Point{x, t.y + 4})
		look.Align = Centred
		t.words(Point{middle, t.y + lineHigh + 2}, label, look, t.width)
		free = middle + half + 2*gap
	}
	t.y += lineHigh + gap
}

// step is the way from one tick of a time axis to the next.
type step struct {
	seconds       int64 // about
	years, months int
	days          int
	clock         time.Duration
	form          string
}

const (
	minute = 60
	hour   = 60 * minute
	day    = 24 * hour
	year   = 365 * day
)

// steps go from minutes to a thousand years.
var steps = []step{
	{seconds: minute, clock: time.Minute, form: "15:04"},
	{seconds: 5 * minute, clock: 5 * time.Minute, form: "15:04"},
	{seconds: 15 * minute, clock: 15 * time.Minute, form: "15:04"},
	{seconds: hour, clock: time.Hour, form: "15:04"},
	{seconds: 3 * hour, clock: 3 * time.Hour, form: "2 Jan 15:04"},
	{seconds: 12 * hour, clock: 12 * time.Hour, form: "2 Jan 15:04"},
	{seconds: day, days: 1, form: "2 Jan"},
	{seconds: 2 * day, days: 2, form: "2 Jan"},
	{seconds: 7 * day, days: 7, form: "2 Jan"},
	{seconds: 30 * day, months: 1, form: "Jan 2006"},
	{seconds: 91 * day, months: 3, form: "Jan 2006"},
	{seconds: 182 * day, months: 6, form: "Jan 2006"},
	{seconds: year, years: 1, form: "2006"},
	{seconds: 2 * year, years: 2, form: "2006"},
	{seconds: 5 * year, years: 5, form: "2006"},
	{seconds: 10 * year, years: 10, form: "2006"},
	{seconds: 100 * year, years: 100, form: "2006"},
	{seconds: 1000 * year, years: 1000, form: "2006"},
}

// before returns the last tick that is not after a time.
func (s step) before(at time.Time) time.Time {
	y, m, d := at.Date()
	switch {
	case s.years > 0:
		return time.Date(y-y%s.years, 1, 1, 0, 0, 0, 0, at.Location())
	case s.months > 0:
		return time.Date(y, m-(m-1)%time.Month(s.months), 1, 0, 0, 0, 0, at.Location())
	case s.days > 0:
		return time.Date(y, m, d, 0, 0, 0, 0, at.Location())
	}
	into := at.Sub(time.Date(y, m, d, 0, 0, 0, 0, at.Location()))
	return at.Add(-(into % s.clock))
}

// next returns the tick after a tick.
func (s step) next(at time.Time) time.Time {
	if s.clock > 0 {
		return at.Add(s.clock)
	}
	return at.AddDate(s.years, s.months, s.days)
}
