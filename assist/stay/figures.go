package stay

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"time"

	"ringside/assist"
	"ringside/assist/chart"
)

const (
	// months is how many months growth and loss are told of, the one that runs included.
	months = 12
	// fewest is how many customers a share needs.
	fewest = 10
	// mostShares is how many cities or products are told apart, those of most customers.
	mostShares = 8
	yearDays   = 365
)

// Report is who stays and who goes.
type Report struct {
	Months   []Month // growth beside loss, the earliest first
	Groups   []Group // the shares that stayed: by period first, then by segment
	Slipping []Slip  // customers who slip away, the most valuable first
	Counted  int     // customers with a contact on record
	Unknown  int     // customers without one: nothing is said of them
	How      string  // how the months are counted
}

// Month is who came and who went in it.
type Month struct {
	Start            time.Time
	Came, Back, Went int
}

// Group is one way to tell customers apart.
type Group struct {
	Name   string // "City"
	Shares []Share
	How    string
}

// Share is how many of those who were with us at the beginning of a period were so at its
// end.
type Share struct {
	Name       string
	Stayed, Of int
	Low, High  float64 // in hundredths: where the true share lies with 95% certainty
}

// Enough reports whether there are enough customers for a share.
func (s Share) Enough() bool { return s.Of >= fewest }

// Report tells who stays and who goes, of all that was added.
func (t *Tally) Report() Report {
	r := Report{How: "Came: the first contact on record, or “customer since” when that is earlier. Went: silent for longer than 3 times their usual " +
		"interval and at least 90 days; without 3 intervals, for longer than a year. Back: in touch again after that. This month is counted so far."}
	y, m, _ := t.now.Date()
	var starts []day
	for i := range months {
		r.Months = append(r.Months, Month{Start: time.Date(y, m-months+1+time.Month(i), 1, 0, 0, 0, 0, t.now.Location())})
		starts = append(starts, t.day(r.Months[i].Start))
	}
	count := func(d day, n func(*Month) *int) {
		if i, found := slices.BinarySearch(starts, d); d >= starts[0] && d <= t.today {
			if !found {
				i--
			}
			*n(&r.Months[i])++
		}
	}
	g := newGrouping(t)
	var here []settled
	for _, id := range slices.Sorted(maps.Keys(t.people)) {
		p := t.people[id]
		switch {
		case !p.known || p.left:
			continue
		case len(p.days) == 0:
			r.Unknown++
			continue
		}
		p.settle()
		s := settled{id: id, person: p, rhythm: p.rhythm()}
		r.Counted++
		count(p.came(), func(m *Month) *int { return &m.Came })
		p.turns(s.rhythm, t.today, func(d day) { count(d, func(m *Month) *int { return &m.Went }) },
			func(d day) { count(d, func(m *Month) *int { return &m.Back }) })
		g.add(s)
		here = append(here, s)
	}
	r.Groups, r.Slipping = g.groups(), t.slipping(here)
	return r
}

// settled is a customer whose records are all there.
type settled struct {
	id assist.ID
	*person
	rhythm rhythm
}

// Enough reports whether there are enough customers to speak of growth and loss.
func (r Report) Enough() bool { return r.Counted >= fewest }

// Doors returns the picture of growth beside loss: month by month who came, and who went.
func (r Report) Doors() chart.Chart {
	b := chart.Bars{Title: "Growth beside loss", Unit: "customers: above the line came or came back, below it went", Sentence: r.Net() + " " + r.How}
	if !r.Enough() {
		b.Sentence = fmt.Sprintf("Not enough yet: of %d customers a contact is on record, and %d are needed.", r.Counted, fewest)
		return b
	}
	for _, m := range slices.Backward(r.Months) {
		month := m.Start.Format("Jan 2006")
		b.Rows = append(b.Rows, chart.Value{Label: month + ": came, or came back", At: m.Start, Value: float64(m.Came + m.Back), Tone: chart.Good},
			chart.Value{Label: month + ": went", At: m.Start, Value: float64(m.Went), Tone: chart.Late})
	}
	return b
}

// Net says in a sentence what growth and loss come to.
func (r Report) Net() string {
	if len(r.Months) == 0 {
		return ""
	}
	in, out := 0, 0
	for _, m := range r.Months {
		in, out = in+m.Came+m.Back, out+m.Went
	}
	net := "as many as before"
	switch {
	case in > out:
		net = fmt.Sprintf("%d more than before", in-out)
	case in < out:
		net = fmt.Sprintf("%d fewer than before", out-in)
	}
	return fmt.Sprintf("Since %s, %d came or came back and %d went: %s.", r.Months[0].Start.Format("January 2006"), in, out, net)
}

// Chart returns the picture of the shares that stayed.
func (g Group) Chart() chart.Chart {
	b := chart.Bars{Title: "Who stayed: " + g.Name, Unit: "% stayed, with the 95% interval", Sentence: g.How}
	for _, s := range g.Shares {
		v := chart.Value{Label: s.Name, Value: math.NaN(), N: s.Of}
		if s.Enough() {
			v.Value, v.Low, v.High = 100*float64(s.Stayed)/float64(s.Of), s.Low, s.High
		}
		b.Rows = append(b.Rows, v)
	}
	return b
}

// grouping counts who stayed, by segment.
type grouping struct {
	t      *Tally
	counts []map[string]*Share // by segment, as segments has them, and then by name
	start  day                 // of the year that segments are counted over
}

var periods = []struct {
	name   string
	months int
}{{"The last 3 months", 3}, {"The last 6 months", 6}, {"The last 12 months", 12}}

// segments are the ways to tell customers apart; each gives the names that somebody
// counts under.
var segments = []struct {
	name string
	of   func(g *grouping, s settled) []string
	rank func(name string) int // the order of the names; nil: of most customers first
}{
	{"Kind", func(_ *grouping, s settled) []string { return []string{string(s.kind)} }, nil},
	{"In a company or not", func(_ *grouping, s settled) []string {
		if s.company {
			return []string{"in a company"}
		}
		return []string{"on their own"}
	}, nil},
	{"City", func(_ *grouping, s settled) []string {
		if s.city == "" {
			return nil
		}
		return []string{s.city}
	}, nil},
	{"Product", func(g *grouping, s settled) (out []string) {
		for _, n := range s.things {
			out = append(out, g.t.names[n])
		}
		return out
	}, nil},
	{"Years with us", func(g *grouping, s settled) []string { return []string{tenure(int(g.start-s.came()) / yearDays)} },
		func(name string) int { return slices.Index(tenures, name) }},
}

var tenures = []string{"less than a year", "1 or 2 years", "3 to 5 years", "6 to 10 years", "longer than 10 years"}

func tenure(years int) string {
	for i, less := range []int{1, 3, 6, 11} {
		if years < less {
			return tenures[i]
		}
	}
	return tenures[len(tenures)-1]
}

func newGrouping(t *Tally) *grouping {
	g := &grouping{t: t, start: t.day(t.now.AddDate(0, -months, 0)), counts: []map[string]*Share{{}}}
	for range segments {
		g.counts = append(g.counts, map[string]*Share{})
	}
	return g
}

func (g *grouping) add(s settled) {
	stayed := s.with(s.rhythm, g.t.today)
	for _, p := range periods {
		if s.with(s.rhythm, g.t.day(g.t.now.AddDate(0, -p.months, 0))) {
			g.count(0, p.name, stayed)
		}
	}
	if !s.with(s.rhythm, g.start) {
		return
	}
	for i, seg := range segments {
		for _, name := range seg.of(g, s) {
			g.count(i+1, name, stayed)
		}
	}
}

func (g *grouping) count(segment int, name string, stayed bool) {
	s := g.counts[segment][name]
	if s == nil {
		s = &Share{Name: name}
		g.counts[segment][name] = s
	}
	if s.Of++; stayed {
		s.Stayed++
	}
}

func (g *grouping) groups() []Group {
	how := fmt.Sprintf("Of the customers who were with us 12 months ago, those who are still, or again. A share needs %d customers. The line over the bar is Wilson’s "+
		"95%% interval.", fewest)
	out := []Group{{Name: "Period", How: "Of the customers who were with us when the period began, those who are still, or again. The line over the bar is Wilson’s 95% interval."}}
	for _, p := range periods {
		s := g.counts[0][p.name]
		if s == nil {
			s = &Share{Name: p.name}
		}
		out[0].Shares = append(out[0].Shares, s.sure())
	}
	for i, seg := range segments {
		group := Group{Name: seg.name, How: how}
		for _, s := range g.counts[i+1] {
			group.Shares = append(group.Shares, s.sure())
		}
		slices.SortFunc(group.Shares, func(a, b Share) int {
			if seg.rank != nil {
				return cmp.Compare(seg.rank(a.Name), seg.rank(b.Name))
			}
			return cmp.Or(b.Of-a.Of, cmp.Compare(a.Name, b.Name))
		})
		if n := len(group.Shares); n > mostShares {
			group.Shares = group.Shares[:mostShares]
			group.How += fmt.Sprintf(" Shown are the %d of most customers, of %d.", mostShares, n)
		}
		out = append(out, group)
	}
	return out
}

// sure puts in the interval.
func (s *Share) sure() Share {
	s.Low, s.High = chart.Sure(s.Stayed, s.Of)
	return *s
}
