package stay

import "slices"

// rhythm is how often a customer is in touch.
type rhythm struct {
	usual day // the median of the intervals; 0: not enough of them yet
	gaps  int // how many intervals there are
}

// settle puts what was added in order.
func (p *person) settle() {
	slices.Sort(p.days)
	p.days = slices.Compact(p.days)
	slices.Sort(p.things)
	p.things = slices.Compact(p.things)
	slices.SortFunc(p.orders, func(a, b order) int { return compare(a.at, b.at, string(a.id), string(b.id)) })
}

// rhythm returns the rhythm of somebody who is settled.
func (p *person) rhythm() rhythm {
	var gaps []day
	for i, began := 1, 0; i < len(p.days); i++ {
		if gap := p.days[i] - p.days[began]; gap >= visitDays {
			gaps = append(gaps, gap)
			began = i
		}
	}
	r := rhythm{gaps: len(gaps)}
	if r.gaps >= fewestGaps {
		slices.Sort(gaps)
		r.usual = (gaps[(r.gaps-1)/2] + gaps[r.gaps/2]) / 2
	}
	return r
}

// quiet is how many days of silence are no more than usual.
func (r rhythm) quiet() day { return max(quietTimes*r.usual, quietDays) }

// gone is after how many days of silence somebody is gone.
func (r rhythm) gone() day {
	if r.usual == 0 {
		return strangeDays
	}
	return max(goneTimes*r.usual, goneDays)
}

// with reports whether somebody had been in touch by the day and was not gone on it.
func (p *person) with(r rhythm, on day) bool {
	i, found := slices.BinarySearch(p.days, on)
	if !found {
		i--
	}
	return i >= 0 && on-p.days[i] <= r.gone()
}

// came is the day on which somebody came to us: of the first contact that is on record, or
// since when they are a customer, when that is earlier and at least the month is known.
func (p *person) came() day {
	first := p.days[0]
	if s := p.since; s.Month != 0 || s.Year != 0 && dayOf(s.Year, 12, 31) < first {
		first = min(first, dayOf(s.Year, max(s.Month, 1), max(s.Day, 1)))
	}
	return first
}

// turns calls went and back with the days on which somebody went and came back.
func (p *person) turns(r rhythm, today day, went, back func(day)) {
	for i, d := range p.days {
		next := today
		if i+1 < len(p.days) {
			next = p.days[i+1]
		}
		if next-d <= r.gone() {
			continue
		}
		went(d + r.gone() + 1)
		if i+1 < len(p.days) {
			back(next)
		}
	}
}
