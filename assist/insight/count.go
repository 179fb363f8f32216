package insight

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// scratch is memory that counts share: what was seen of a customer, a rep or a
// conversation, in which parts of the window.
type scratch struct {
	units, reps, talks seen
	themes             []int32
}

// seen is a mask of parts by number.
type seen struct {
	masks []uint32
	met   []int32 // the numbers that are not empty
}

func (s *seen) begin(n int) {
	for _, at := range s.met {
		s.masks[at] = 0
	}
	s.met = s.met[:0]
	if len(s.masks) < n {
		s.masks = make([]uint32, n+n/8)
	}
}

// add notes a part and reports whether it is new.
func (s *seen) add(at int32, part int) bool {
	before := s.masks[at]
	if before == 0 {
		s.met = append(s.met, at)
	}
	s.masks[at] |= 1 << part
	return s.masks[at] != before
}

// in counts those that were seen in some parts.
func (s *seen) in(mask uint32) (n int) {
	for _, at := range s.met {
		if s.masks[at]&mask != 0 {
			n++
		}
	}
	return n
}

// each returns how many were seen in each part.
func (s *seen) each() (parts [2 * mostHalf]int) {
	for _, at := range s.met {
		for m := s.masks[at]; m != 0; m &= m - 1 {
			parts[count(m&-m-1)]++
		}
	}
	return parts
}

// exposure is how much there was to be told: who was spoken with, and how often.
type exposure struct {
	talks     [2 * mostHalf]float64 // conversations by part
	people    [2 * mostHalf]int     // different ones by part
	customers [2]int                // different ones by stretch
	all       int                   // different ones
	often     [2][]share            // by stretch
}

// share is how many people had so many conversations.
type share struct{ talks, people float64 }

// exposures are those of everybody who was spoken with, of all that they told but
// questions, and of the reps.
type exposures struct{ spoken, told, reps exposure }

func (b *Book) exposed(w window) (e exposures) {
	e.spoken = b.exposure(w, b.customers(), nil)
	e.told = b.exposure(w, b.customers(), b.toldIn)
	e.reps = b.exposure(w, b.team(), nil)
	return e
}

// toldIn returns how much is told in a record, questions left out.
func (b *Book) toldIn(l line) (times int32) {
	for _, n := range b.tells(l) {
		if b.themes[n].Group != Questions {
			times++
		}
	}
	return times
}

// people are those that a theme is told by; their numbers are below most.
type people struct {
	of   func(line) int32
	most int
}

func (b *Book) customers() people {
	return people{func(l line) int32 { return l.customer }, b.units.most()}
}

func (b *Book) team() people { return people{func(l line) int32 { return l.rep }, b.reps.most()} }

// exposure counts the conversations with people, or, where told says so, how much was told
// in them; 0 is nobody.
func (b *Book) exposure(w window, who people, told func(line) int32) (e exposure) {
	b.open.talks.begin(len(b.lines))
	b.open.units.begin(who.most)
	talks := make([][2]int32, who.most)
	for _, l := range b.lines {
		part, ok := w.at(l.at)
		if !ok || l.talk == none || told != nil && l.told == 0 {
			continue
		}
		u := who.of(l)
		if u == 0 {
			continue
		}
		times := int32(1)
		if told != nil {
			times = told(l)
		} else if !b.open.talks.add(l.talk, part) {
			continue
		}
		if times > 0 {
			b.open.units.add(u, part)
			e.talks[part] += float64(times)
			talks[u][part/w.half] += times
		}
	}
	e.people = b.open.units.each()
	e.all = len(b.open.units.met)
	e.customers = [2]int{b.open.units.in(w.before()), b.open.units.in(w.after())}
	for stretch := range e.often {
		by := map[int32]int{}
		for _, u := range b.open.units.met {
			if n := talks[u][stretch]; n > 0 {
				by[n]++
			}
		}
		for n, people := range by {
			e.often[stretch] = append(e.often[stretch], share{float64(n), float64(people)})
		}
		slices.SortFunc(e.often[stretch], func(a, b share) int { return cmp.Compare(a.talks, b.talks) })
	}
	return e
}

// would returns in how many customers of each stretch a theme is to be expected when so
// many told it in both, each conversation being as likely as the other: who is spoken with
// twice has two chances to tell it, and counts once.
func (e exposure) would(told float64) (before, after float64) {
	talks := 0.0
	for _, stretch := range e.often {
		for _, s := range stretch {
			talks += s.talks * s.people
		}
	}
	if talks == 0 {
		return 0, 0
	}
	// From below, Newton's steps never pass the root of a function that bends down.
	p := told / talks
	for range 8 {
		b, slopeB := expected(e.often[0], p)
		a, slopeA := expected(e.often[1], p)
		before, after = b, a
		if p = min(p+(told-a-b)/(slopeA+slopeB), 1-1e-9); a+b > told*(1-1e-6) {
			break
		}
	}
	return before, after
}

func expected(often []share, p float64) (people, slope float64) {
	for _, s := range often {
		none := math.Exp(s.talks * math.Log1p(-p))
		people += s.people * (1 - none)
		slope += s.people * s.talks * none / (1 - p)
	}
	return people, slope
}

// stretch is what a theme was told in a stretch of time.
type stretch struct{ n, units, reps int }

// tally is what a theme was told in a window.
type tally struct {
	own, before, after stretch
	first, last        int32 // within the period
	parts              [2 * mostHalf]int
	topRep             int // conversations of the rep who heard it most often
}

func (b *Book) tally(t *theme, w window) (c tally) {
	b.open.talks.begin(len(b.lines))
	b.open.units.begin(max(b.units.most(), b.reps.most()))
	b.open.reps.begin(b.reps.most())
	byRep := map[int32]int{}
	for _, slot := range t.said {
		m := b.lines[slot]
		part, ok := w.at(m.at)
		if !ok {
			continue
		}
		if u := t.unit(m); u > 0 {
			b.open.units.add(u, part)
		}
		if m.rep > 0 {
			b.open.reps.add(m.rep, part)
		}
		talk := m.talk
		if talk == none {
			talk = slot
		}
		fresh := b.open.talks.add(talk, part)
		if !w.counted(part) {
			continue
		}
		if fresh && m.rep > 0 {
			byRep[m.rep]++
			c.topRep = max(c.topRep, byRep[m.rep])
		}
		if c.first == 0 || m.at < c.first {
			c.first = m.at
		}
		c.last = max(c.last, m.at)
	}
	of := func(mask uint32) stretch {
		return stretch{b.open.talks.in(mask), b.open.units.in(mask), b.open.reps.in(mask)}
	}
	c.own, c.before, c.after, c.parts = of(w.own()), of(w.before()), of(w.after()), b.open.units.each()
	return c
}

// scatter is how much the counts of the parts swing within each stretch, against what
// chance lets them: Pearson's chi-square, with its degrees of freedom.
func (c tally) scatter(w window, e *exposure) (square, free float64) {
	for h := range 2 {
		talks, people := 0.0, 0.0
		for i := h * w.half; i < (h+1)*w.half; i++ {
			talks += e.talks[i]
			people += float64(c.parts[i])
		}
		if people == 0 || talks == 0 {
			continue
		}
		free--
		for i := h * w.half; i < (h+1)*w.half; i++ {
			if e.talks[i] == 0 {
				continue
			}
			should := people * e.talks[i] / talks
			square += (float64(c.parts[i]) - should) * (float64(c.parts[i]) - should) / should
			free++
		}
	}
	return square, free
}

// spread is by how much the counts of a theme are to be trusted less than chance alone
// would let them be: its own scatter is known from a few weeks only, so that it counts as
// much as that of all themes together. It is at least 1.
func spread(square, free, squares, frees float64) float64 {
	if frees <= 0 {
		return 1
	}
	all := max(squares/frees, 1)
	if free <= 0 {
		return all
	}
	return max(all, (square/free+all)/2)
}

// first returns when the earliest record is from that counts.
func (b *Book) first(until time.Time) int32 {
	out := minutes(until)
	for _, l := range b.lines {
		if l.at > 0 && l.at < out {
			out = l.at
		}
	}
	return out
}
