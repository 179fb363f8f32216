package brief

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/chart"
)

// Part names a section that may be asked for.
type Part string

// The parts, in the order in which they stand.
const (
	Competitive  Part = "competitive"
	Market       Part = "market"
	Relationship Part = "relationship"
	Retention    Part = "retention"
	Promises     Part = "promises"
	Questions    Part = "questions"
)

// Parts lists them all.
func Parts() []Part {
	return []Part{Competitive, Market, Relationship, Retention, Promises, Questions}
}

// Title returns what the section of the part is called.
func (p Part) Title() string {
	switch p {
	case Competitive:
		return "Rivals"
	case Market:
		return "The market"
	case Relationship:
		return "Our customers and us"
	case Retention:
		return "Who stays and who leaves"
	case Promises:
		return "Promises"
	}
	return "Questions without an answer"
}

// Weeks is how far a Brief looks back, its own days included, for what goes slowly.
const Weeks = 26

// Inputs are what a Brief is made of. All times are read in the zone of Until.
type Inputs struct {
	Team        string
	From, Until time.Time // the first and the last day
	Made        time.Time
	Parts       []Part // nil: all
	// Of the Weeks up to Until:
	Heard    []Heard
	Promises []assist.Promise
	Gaps     []assist.Gap
	// Patterns holds what was found in the notes, the surest first, and Trends how the surest
	// went.
	Patterns map[Part][]Claim
	Trends   map[Part][]chart.Chart
	// Stays is what is known of who stays and who leaves, its title aside.
	Stays Section
}

// Heard is an insight with the names that people read.
type Heard struct {
	assist.Insight
	Who     string // the customer, and where they live
	RepName string
}

// Compose makes the brief. It is the same for the same inputs, in whatever order they come.
func Compose(in Inputs) Brief {
	in.Heard = slices.Clone(in.Heard)
	slices.SortFunc(in.Heard, func(a, b Heard) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.ID, b.ID)) })
	in.Gaps = slices.Clone(in.Gaps)
	slices.SortFunc(in.Gaps, func(a, b assist.Gap) int { return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.ID, b.ID)) })
	c := composing{Inputs: in, days: days{from: dayOf(in.From), end: dayOf(in.Until).AddDate(0, 0, 1)}}
	b := Brief{Title: "What customers told us", Team: in.Team, From: c.from, Until: dayOf(in.Until), Made: in.Made}
	parts := in.Parts
	if parts == nil {
		parts = Parts()
	}
	b.Sections = append(b.Sections, c.glance())
	for _, p := range Parts() {
		if slices.Contains(parts, p) {
			s := c.section(p)
			s.Title = p.Title()
			b.Sections = append(b.Sections, s)
		}
	}
	return b
}

// composing is a brief while it is made.
type composing struct {
	Inputs
	days
}

func (c composing) section(p Part) Section {
	switch p {
	case Retention:
		return c.stays()
	case Promises:
		return c.promises()
	case Questions:
		return c.questions()
	}
	return c.heard(p)
}

// stays is the section of who stays and who leaves: what is known of it, and why customers
// say so.
func (c composing) stays() Section {
	s := c.Stays
	s.Claims = slices.Concat(s.Claims, c.Patterns[Retention])
	s.Charts = slices.Concat(s.Charts, c.Trends[Retention])
	if s.None == "" && len(s.Claims)+len(s.Figures)+len(s.Charts)+len(s.Quotes) == 0 {
		s.None = "Not enough yet: too few have left, or said why they stay."
	}
	return s
}

// glance is the section before all others: how much there was.
func (c composing) glance() Section {
	var now, before int
	customers, reps := set{}, set{}
	for _, h := range c.Heard {
		if !c.in(h.At) {
			before++
			continue
		}
		now++
		customers.add(h.Customer)
		reps.add(h.Rep)
	}
	s := Section{Title: "At a glance", Figures: []Figure{
		{Label: "Things heard", Value: fmt.Sprint(now), How: "what customers said and a rep wrote down under one of the three questions" + c.usual(before)},
		{Label: "Customers heard", Value: fmt.Sprint(len(customers)), How: "each counted once"},
		{Label: "Reps who wrote", Value: fmt.Sprint(len(reps))},
	}}
	s.Figures = append(s.Figures, c.promiseFigures()...)
	open := 0
	for _, g := range c.Gaps {
		if c.in(g.At) {
			open++
		}
	}
	s.Figures = append(s.Figures, Figure{Label: "Questions without an answer", Value: fmt.Sprint(open), How: "asked in these days"})
	return s
}

// usual says how many there were a week in the weeks before.
func (c composing) usual(before int) string {
	weeks := c.from.Sub(c.start()).Hours() / (24 * 7)
	if weeks < 1 {
		return ""
	}
	return fmt.Sprintf("; %.1f a week in the %.0f weeks before", float64(before)/weeks, weeks)
}

// mostQuotes is how many a section shows.
const mostQuotes = 4

// heard is the section of one kind of thing that customers say.
func (c composing) heard(p Part) Section {
	var list []Heard
	for _, h := range c.Heard {
		if string(h.Intelligence) == string(p) && c.seen(h.At) {
			list = append(list, h)
		}
	}
	if len(list) == 0 {
		return Section{None: fmt.Sprintf("Not enough yet: nothing of this kind was written down from %s.", Span(c.start(), c.last()))}
	}
	s := Section{Claims: c.Patterns[p], Charts: slices.Clone(c.Trends[p])}
	if len(s.Claims) == 0 {
		s.Paragraphs = append(s.Paragraphs, "No pattern is sure enough to be told yet. What follows is counted, and no more than that.")
	}
	if len(s.Charts) == 0 {
		s.Charts = append(s.Charts, c.trend(list))
	}
	if named, ok := c.named(list); ok {
		s.Charts = append(s.Charts, named)
	}
	s.Quotes = c.quotes(list, s.Claims)
	if len(s.Quotes) > 0 && !c.in(s.Quotes[0].At) {
		s.Paragraphs = append(s.Paragraphs, "Nothing of this kind was heard in these days; the quotes are the latest before.")
	}
	return s
}

// quotes returns the latest words that stand in no claim, of as many customers as can be.
func (c composing) quotes(list []Heard, claims []Claim) (out []Quote) {
	seen, told := set{}, map[string]bool{}
	for _, claim := range claims {
		for _, q := range claim.Quotes {
			told[q.Words] = true
		}
	}
	for _, h := range list { // the latest first
		if seen[h.Customer] || told[h.Text] || len(out) == mostQuotes {
			continue
		}
		told[h.Text] = true
		seen.add(h.Customer)
		out = append(out, h.Quote())
	}
	return out
}

// trend counts a kind of thing by weeks.
func (c composing) trend(list []Heard) chart.Chart {
	points := make([]chart.Value, 0, Weeks)
	latest := 0
	for w := range Weeks {
		from, end := c.week(w)
		n := 0
		for _, h := range list {
			if !h.At.Before(from) && h.At.Before(end) {
				n++
			}
		}
		latest = n
		points = append(points, chart.Value{At: from, Value: float64(n), Low: float64(n), High: float64(n)})
	}
	return chart.Trend{Title: "Heard by week", Unit: "things customers said", Points: points,
		Sentence: fmt.Sprintf("%s in %d weeks, %d of them in the last seven days.", count(len(list), "thing"), Weeks, latest)}
}

const (
	fewest   = 5 // customers, or promises, below which no share is told
	mostBars = 8
)

// Quote returns the words with who said them to whom.
func (h Heard) Quote() Quote {
	q := Quote{Words: h.Text, Who: h.Who, At: h.At, Ref: h.Source}
	if h.RepName != "" {
		q.Ref = strings.TrimPrefix(q.Ref+"; written by "+h.RepName, "; ")
	}
	return q
}

// matter is what was spoken of: of us and of people it is the topic that tells.
func (h Heard) matter() string {
	if h.About == assist.AboutUs || h.About == assist.AboutPerson {
		return h.Topic
	}
	return cmp.Or(h.Subject, h.Topic)
}

// named counts the customers who spoke of each subject.
func (c composing) named(list []Heard) (chart.Chart, bool) {
	all, by := set{}, map[string]set{}
	for _, h := range list {
		all.add(h.Customer)
		if name := h.matter(); name != "" && h.Customer != "" {
			if by[name] == nil {
				by[name] = set{}
			}
			by[name].add(h.Customer)
		}
	}
	if len(all) < fewest || len(by) == 0 {
		return nil, false
	}
	var rows []chart.Value
	for name, who := range by {
		rows = append(rows, share(name, len(who), len(all)))
	}
	slices.SortFunc(rows, func(a, b chart.Value) int {
		return cmp.Or(cmp.Compare(b.Value, a.Value), cmp.Compare(a.Label, b.Label))
	})
	first := rows[0]
	rows = rows[:min(len(rows), mostBars)]
	return chart.Bars{Title: "What they spoke of", Unit: fmt.Sprintf("%% of the %d customers heard in %d weeks, with the 95%% interval", len(all), Weeks), Rows: rows,
		Sentence: fmt.Sprintf("“%s” was spoken of most: by %d of %d customers, which is %.0f%% (95%% interval %.0f%% to %.0f%%).",
			first.Label, len(by[first.Label]), len(all), first.Value, first.Low, first.High)}, true
}
