package insight

import (
	"fmt"
	"math/bits"
	"time"
)

// Period is over how many weeks patterns are counted. What comes before it, as long again,
// is what it is compared with.
type Period int

// The periods. All is everything that was kept: its later half is compared with its
// earlier one.
const (
	All       Period = 0
	FourWeeks Period = 4
	Quarter   Period = 13
	Year      Period = 52
)

// Periods lists the periods, the shortest first.
func Periods() []Period { return []Period{FourWeeks, Quarter, Year, All} }

// String returns what people call the period.
func (p Period) String() string {
	switch p {
	case All:
		return "all time"
	case FourWeeks:
		return "4 weeks"
	case Quarter:
		return "quarter"
	case Year:
		return "year"
	}
	return fmt.Sprintf("%d weeks", int(p))
}

// mostHalf is in how many parts a half can be cut: all parts fit into 32 bits.
const mostHalf = 13

// window is two stretches of the same length, cut into parts of whole weeks, so that the
// days of the week weigh the same in each.
type window struct {
	period Period
	from   int32 // minutes
	part   int32 // minutes
	half   int   // parts of each stretch
	until  int32
	zone   *time.Location
}

const (
	day  = 24 * 60
	week = 7 * day
)

// windowAt returns the window of a period that ends with the day of now. first is when the
// earliest record is from.
func windowAt(now time.Time, p Period, first int32) window {
	y, m, d := now.Date()
	w := window{period: p, until: minutes(time.Date(y, m, d+1, 0, 0, 0, 0, now.Location())), half: mostHalf, zone: now.Location()}
	switch {
	case p == All:
		days := max((w.until-first+day-1)/day, 1)
		parts := (days + 2*mostHalf - 1) / (2 * mostHalf)
		if parts >= 7 {
			parts = (parts + 6) / 7 * 7
		}
		w.part = parts * day
		w.half = int((days + 2*parts - 1) / (2 * parts))
	case p <= mostHalf:
		w.half, w.part = int(p), week
	default:
		w.part = (int32(p) + mostHalf - 1) / mostHalf * week
	}
	w.from = w.until - int32(2*w.half)*w.part
	return w
}

// at returns the part that a time is in.
func (w window) at(minutes int32) (part int, ok bool) {
	if minutes < w.from || minutes >= w.until {
		return 0, false
	}
	return int((minutes - w.from) / w.part), true
}

// counted reports whether a part belongs to the period itself.
func (w window) counted(part int) bool { return part >= w.half || w.period == All }

// masks of the parts: those before, those after, and those that are the period.
func (w window) before() uint32 { return 1<<w.half - 1 }
func (w window) after() uint32  { return w.before() << w.half }
func (w window) own() uint32 {
	if w.period == All {
		return w.before() | w.after()
	}
	return w.after()
}

// stretch returns what people call the earlier stretch.
func (w window) stretch() string {
	if w.period == All {
		return "the first half of all time"
	}
	return "the " + w.period.String() + " before"
}

func count(mask uint32) int { return bits.OnesCount32(mask) }

// latest returns the slots of the period itself; of many, about so many of the latest.
func (b *Book) latest(said []int32, w window, most int) (out []int32) {
	daysAgo := func(slot int32) int {
		if part, ok := w.at(b.lines[slot].at); ok && w.counted(part) {
			return int((w.until - 1 - b.lines[slot].at) / day)
		}
		return -1
	}
	days := make([]int, (w.until-w.from)/day+1)
	for _, slot := range said {
		if d := daysAgo(slot); d >= 0 {
			days[d]++
		}
	}
	last, kept := 0, 0
	for ; last < len(days) && kept < most; last++ {
		kept += days[last]
	}
	out = make([]int32, 0, kept)
	for _, slot := range said {
		if d := daysAgo(slot); d >= 0 && d < last {
			out = append(out, slot)
		}
	}
	return out
}
