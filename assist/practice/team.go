package practice

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"ringside/assist"
)

// Chart is who can answer what. A rep sees themselves and those who share; nobody else
// has a name or a number in it.
type Chart struct {
	Reps        []assist.Rep // the one who looks first, then those who share, by name
	Others      int          // those who do not share; they count in One and Nobody
	Departments []Department // by name
}

// Department is one row of a Chart. An answer that several departments give counts in
// each.
type Department struct {
	Name   string
	Of     int   // answers
	Can    []int // how many of them each of Chart.Reps can give
	One    int   // answers that one person alone can give
	Nobody int   // answers that nobody has said or practised yet
}

// Team returns the chart for a rep. A rep can give an answer when they have said it in a
// call, or have practised it and would know it now with a chance of nine in ten.
func Team(k Known, rep assist.ID, now time.Time) Chart {
	var c Chart
	for _, r := range k.Team {
		if r.ID == rep || r.Shared {
			c.Reps = append(c.Reps, r)
		} else {
			c.Others++
		}
	}
	slices.SortStableFunc(c.Reps, func(a, b assist.Rep) int {
		first := func(r assist.Rep) int {
			if r.ID == rep {
				return 0
			}
			return 1
		}
		return cmp.Or(first(a)-first(b), strings.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	drills := map[assist.ID]map[assist.ID]assist.Drill{}
	for _, r := range k.Team {
		drills[r.ID] = k.drillsOf(r.ID)
	}
	rows := map[string]*Department{}
	for _, a := range k.Answers {
		if !counts(a) {
			continue
		}
		able := map[assist.ID]bool{}
		for _, r := range k.Team {
			if k.can(a, r.ID, drills[r.ID][a.ID], now) {
				able[r.ID] = true
			}
		}
		for _, name := range departmentsOf(a) {
			if rows[name] == nil {
				rows[name] = &Department{Name: name, Can: make([]int, len(c.Reps))}
			}
			rows[name].add(c.Reps, able)
		}
	}
	for _, row := range rows {
		c.Departments = append(c.Departments, *row)
	}
	slices.SortFunc(c.Departments, func(a, b Department) int { return strings.Compare(a.Name, b.Name) })
	return c
}

// add counts an answer that these reps can give.
func (d *Department) add(reps []assist.Rep, able map[assist.ID]bool) {
	d.Of++
	switch len(able) {
	case 0:
		d.Nobody++
	case 1:
		d.One++
	}
	for i, r := range reps {
		if able[r.ID] {
			d.Can[i]++
		}
	}
}

func departmentsOf(a assist.Answer) []string {
	out := append([]string{a.Department}, a.Also...)
	slices.Sort(out)
	return slices.Compact(out)
}
