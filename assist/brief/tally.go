package brief

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/chart"
)

// days are the days of a brief, and the weeks before them.
type days struct {
	from, end time.Time // end is the midnight after the last day
}

func dayOf(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, t.Location())
}

// in tells whether a time is within the days of the brief.
func (d days) in(t time.Time) bool { return !t.Before(d.from) && t.Before(d.end) }

// seen tells whether a time is within the weeks that the brief looks back on.
func (d days) seen(t time.Time) bool { return !t.Before(d.start()) && t.Before(d.end) }

// start is when the weeks begin that the brief looks back on. A brief of more weeks looks
// back on its own.
func (d days) start() time.Time {
	from, _ := d.week(0)
	if d.from.Before(from) {
		return d.from
	}
	return from
}

func (d days) last() time.Time { return d.end.AddDate(0, 0, -1) }

// week returns where the nth of the Weeks begins and ends; the last ends with the brief.
func (d days) week(n int) (from, end time.Time) {
	end = d.end.AddDate(0, 0, -7*(Weeks-1-n))
	return end.AddDate(0, 0, -7), end
}

// set counts each but once; who is not known is nobody.
type set map[assist.ID]bool

func (s set) add(id assist.ID) {
	if id != "" {
		s[id] = true
	}
}

// share is a part of a whole in hundredths, with its interval.
func share(label string, part, whole int) chart.Value {
	low, high := chart.Sure(part, whole)
	return chart.Value{Label: label, Value: 100 * float64(part) / float64(whole), Low: low, High: high, N: whole}
}

// outcome is what became of a promise.
type outcome int

const (
	waits outcome = iota
	inTime
	afterwards // kept, but late
	broken
	lateNow
)

// dueOf returns by when a promise was to be kept first: to move it does not keep it.
func dueOf(p assist.Promise) time.Time {
	if !p.FirstDue.IsZero() {
		return p.FirstDue
	}
	return p.Due
}

func (c composing) outcome(p assist.Promise) outcome {
	q := p
	q.Due = dueOf(p)
	q.Kept = time.Time{}
	late := q.Late(cmp.Or(p.Kept, c.Made))
	switch {
	case !p.Broken.IsZero():
		return broken
	case p.Kept.IsZero() && late:
		return lateNow
	case p.Kept.IsZero():
		return waits
	case late:
		return afterwards
	}
	return inTime
}

// due returns the promises that were to be kept in a span, those taken back aside.
func (c composing) due(from, end time.Time) (out []assist.Promise) {
	for _, p := range c.Promises {
		if d := dueOf(p); !d.IsZero() && p.Dropped.IsZero() && !d.Before(from) && d.Before(end) && c.outcome(p) != waits {
			out = append(out, p)
		}
	}
	return out
}

// tally counts promises by what became of them.
func (c composing) tally(list []assist.Promise) map[outcome]int {
	out := map[outcome]int{}
	for _, p := range list {
		out[c.outcome(p)]++
	}
	return out
}

func (c composing) promiseFigures() []Figure {
	list := c.due(c.from, c.end)
	got := c.tally(list)
	if len(list) == 0 {
		return []Figure{{Label: "Promises due", Value: "0"}}
	}
	return []Figure{
		{Label: "Promises due", Value: fmt.Sprint(len(list)), How: "to be kept by one of these days, as first promised"},
		{Label: "Kept in time", Value: fmt.Sprint(got[inTime]), N: len(list)},
		{Label: "Kept late", Value: fmt.Sprint(got[afterwards]), N: len(list)},
		{Label: "Not kept", Value: fmt.Sprint(got[broken] + got[lateNow]), N: len(list), How: "broken, or late and still open"},
	}
}

// promises is the section of what we said that we would do.
func (c composing) promises() Section {
	list := c.due(c.start(), c.end)
	if len(list) == 0 {
		return Section{None: fmt.Sprintf("Not enough yet: no promise with a day fell due from %s.", Span(c.start(), c.last()))}
	}
	s := Section{Figures: c.promiseFigures()}
	if len(list) < fewest {
		s.Paragraphs = []string{fmt.Sprintf("%s fell due in %d weeks: too few for a share.", count(len(list), "promise"), Weeks)}
		return s
	}
	kept := share("", c.tally(list)[inTime], len(list))
	customers, reps := set{}, set{}
	for _, p := range list {
		customers.add(p.Customer)
		reps.add(p.Rep)
	}
	s.Claims = []Claim{{Says: fmt.Sprintf("%.0f%% of our promises were kept by the day that was first named.", kept.Value),
		Basis: Basis{N: len(list), Counted: "promise", Customers: len(customers), Reps: len(reps), From: c.start(), Until: c.last(), Low: kept.Low, High: kept.High}}}
	s.Charts = []chart.Chart{c.keeping()}
	return s
}

// keeping shows the share that was kept in time, in spans that hold enough promises.
func (c composing) keeping() chart.Chart {
	for _, each := range []int{1, 2, 4} {
		var points []chart.Value
		enough := 0
		for w := Weeks - each; w >= 0; w -= each {
			from, _ := c.week(w)
			_, end := c.week(w + each - 1)
			list := c.due(from, end)
			v := chart.Value{At: from, Value: math.NaN()}
			if len(list) >= fewest {
				enough++
				v = share("", c.tally(list)[inTime], len(list))
				v.At = from
			}
			points = append(points, v)
		}
		if enough*10 < len(points)*9 && each < 4 {
			continue
		}
		slices.Reverse(points)
		unit := "% kept in time by week"
		if each > 1 {
			unit = fmt.Sprintf("%% kept in time by %d weeks", each)
		}
		return chart.Trend{Title: "Promises kept", Unit: unit + ", with the 95% interval", Points: points, Sentence: c.keptSays(points)}
	}
	return nil
}

func (c composing) keptSays(points []chart.Value) string {
	var known []chart.Value
	for _, p := range points {
		if !math.IsNaN(p.Value) {
			known = append(known, p)
		}
	}
	if len(known) == 0 {
		return fmt.Sprintf("No span has the %d promises that a share needs.", fewest)
	}
	last := known[len(known)-1]
	said := fmt.Sprintf("Last %.0f%% of %d (95%% interval %.0f%% to %.0f%%)", last.Value, last.N, last.Low, last.High)
	if first := known[0]; len(known) > 1 {
		said += fmt.Sprintf("; first %.0f%% of %d", first.Value, first.N)
	}
	return said + fmt.Sprintf(". Spans with fewer than %d promises are left out.", fewest)
}

const mostGaps = 8

// questions is the section of what nobody could answer.
func (c composing) questions() Section {
	type asked struct {
		text      string
		n         int
		customers set
		reps      set
		first     time.Time
		last      time.Time
	}
	by := map[string]*asked{}
	var order []*asked
	for _, g := range c.Gaps {
		if !c.seen(g.At) || !g.Closed.IsZero() {
			continue
		}
		key := fold(strings.Trim(g.Text, " ?.!"))
		a := by[key]
		if a == nil {
			a = &asked{text: g.Text, first: g.At, customers: set{}, reps: set{}}
			by[key], order = a, append(order, a)
		}
		a.n++
		a.customers.add(g.Customer)
		a.reps.add(g.Rep)
		if g.At.Before(a.first) {
			a.first = g.At
		}
		if g.At.After(a.last) {
			a.last = g.At
		}
	}
	if len(order)+len(c.Patterns[Questions]) == 0 {
		return Section{None: fmt.Sprintf("No question is open from %s.", Span(c.start(), c.last()))}
	}
	slices.SortFunc(order, func(a, b *asked) int { return cmp.Or(b.n-a.n, b.last.Compare(a.last), cmp.Compare(a.text, b.text)) })
	s := Section{Claims: slices.Clone(c.Patterns[Questions])}
	if len(order) > 0 {
		s.Paragraphs = []string{fmt.Sprintf("Questions in quotation marks were asked in the last %d weeks and are still open; the most asked come first.", Weeks)}
	}
	for _, a := range order[:min(len(order), mostGaps)] {
		s.Claims = append(s.Claims, Claim{Says: "“" + strings.TrimSpace(a.text) + "”",
			Basis: Basis{N: a.n, Counted: "question", Customers: len(a.customers), Reps: len(a.reps), From: a.first, Until: a.last}})
	}
	return s
}
