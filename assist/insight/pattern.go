package insight

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"ringside/assist"
)

// Grade is how much there is behind a pattern.
type Grade string

// The grades. They go by how many different customers told it, to how many reps, in how
// many weeks.
const (
	Strong Grade = "strong"
	Some   Grade = "some"
	Early  Grade = "early"
	NotYet Grade = "not enough yet"
)

// Grades lists the grades, the best first.
func Grades() []Grade { return []Grade{Strong, Some, Early, NotYet} }

// What it takes. Of the front line, reps take the place of customers.
const (
	leastTold      = 5  // times
	leastCustomers = 5  // for a pattern at all
	someCustomers  = 12 // for some evidence
	strongOnes     = 30 // for strong evidence
	leastReps      = 2  // where more than one is at work
	strongReps     = 3
	strongParts    = 3  // of the period, in which it was told
	oneRep         = .8 // told to one rep alone by more than this: early at most
)

// Pattern is what several customers told, or several reps.
type Pattern struct {
	Theme
	Name      string // of the subject, for people
	N         int    // conversations in which it was told, in the period
	Customers int    // different ones
	Reps      int    // different ones
	Before    int    // different customers, or reps of the front line, in as long a time before
	From      time.Time
	Until     time.Time // when it was told first and last in the period
	Trend     Trend
	Grade     Grade
	Lacks     Lacks        // zero but for NotYet
	Refs      []assist.Ref // of the period, the latest first, at most 200
	Sentence  string       // all that, in one line
	How       string       // how it was counted
}

// Lacks is how much more it takes to be a pattern.
type Lacks struct{ Told, Customers, Reps int }

// mostRefs is how many records a pattern names, mostMissing how many themes of a group are
// named of which there is not enough yet.
const (
	mostRefs    = 200
	mostMissing = 30
	fewest      = 2 // customers; what fewer told is not worth a line
)

// Patterns returns the patterns of a period that ends with the day of now, group by group,
// the best evidence first; those of which there is not enough yet are the last of their
// group. The same records give the same patterns in the same order, however they came.
func (b *Book) Patterns(now time.Time, p Period) []Pattern {
	w := windowAt(now, p, b.first(now))
	e := b.exposed(w)
	found := b.found(w, &e)
	var trends []*compared
	for i := range found {
		if found[i].enough {
			trends = append(trends, &found[i].trend)
		}
	}
	looked := claim(trends)
	out := make([]Pattern, 0, len(found))
	missing := map[Group]int{}
	slices.SortFunc(found, compareFinds)
	for _, f := range found {
		if f.grade == NotYet {
			if missing[f.Group]++; missing[f.Group] > mostMissing {
				continue
			}
		}
		out = append(out, b.pattern(f, w, &e, looked))
	}
	return out
}

// find is a theme that may be a pattern.
type find struct {
	*theme
	tally
	also   []string // words that stand in the same questions
	enough bool     // in the period or before it
	grade  Grade
	lacks  Lacks
	trend  compared
}

func (b *Book) found(w window, e *exposures) []find {
	var out []find
	for i := range b.themes {
		t := &b.themes[i]
		if len(t.said) < fewest {
			continue
		}
		c := b.tally(t, w)
		if max(c.own.units, c.before.units) < fewest {
			continue
		}
		f := find{theme: t, tally: c}
		team := e.reps.all
		f.lacks = f.own.lacks(t.byReps(), team)
		f.enough = f.lacks == Lacks{} || f.before.lacks(t.byReps(), team) == Lacks{}
		f.grade = f.graded(w, team)
		out = append(out, f)
	}
	out = b.together(out, w)
	b.compareAll(out, w, e)
	return out
}

// wildest is how much of the scatter of one theme is held against the others: a bad day on
// which everybody rang about the same says little of them.
const wildest = 4

// compareAll compares the themes that are enough with the time before.
func (b *Book) compareAll(found []find, w window, e *exposures) {
	squares, frees := 0.0, 0.0
	scatter := make([][2]float64, len(found))
	for i, f := range found {
		if f.enough {
			s := &scatter[i]
			s[0], s[1] = f.scatter(w, f.exposures(e)[0])
			squares, frees = squares+min(s[0], wildest*s[1]), frees+s[1]
		}
	}
	for i := range found {
		f := &found[i]
		if !f.enough || f.Kind == Owned { // orders are no conversations
			continue
		}
		var ways []evidence
		for _, x := range f.exposures(e) {
			before, after := x.would(float64(f.before.units + f.after.units))
			ways = append(ways, evidence{before: float64(f.before.units), after: float64(f.after.units), wouldBefore: before, wouldAfter: after})
		}
		if len(ways) == 2 {
			// A theme that is much of all that is told would hide its own rise.
			before, after := b.others(f, w, &e.told)
			ways[1].wouldBefore, ways[1].wouldAfter = ways[1].wouldBefore*before.share, ways[1].wouldAfter*after.share
			if before.n < fewOthers && after.n < fewOthers {
				ways = ways[:1]
			}
		}
		f.trend = compare(spread(scatter[i][0], scatter[i][1], squares, frees), ways...)
	}
}

// fewOthers is how much else must be told for it to say how much is kept at all.
const fewOthers = 5

// other is how much is told beside a theme in a stretch, and which share of all that is.
type other struct{ n, share float64 }

// others counts what is told in records that do not tell the theme.
func (b *Book) others(f *find, w window, told *exposure) (before, after other) {
	var own, all [2]float64
	for _, slot := range f.said {
		l := b.lines[slot]
		if part, ok := w.at(l.at); ok && f.unit(l) > 0 && l.talk != none {
			own[part/w.half] += float64(b.toldIn(l))
		}
	}
	for part := range 2 * w.half {
		all[part/w.half] += told.talks[part]
	}
	of := func(h int) other {
		if all[h] == 0 {
			return other{}
		}
		return other{all[h] - own[h], (all[h] - own[h]) / all[h]}
	}
	return of(0), of(1)
}

// exposures returns what a theme is compared for.
func (f *find) exposures(e *exposures) []*exposure {
	switch {
	case f.byReps():
		return []*exposure{&e.reps}
	case f.Group == Questions, f.Kind == Upset:
		return []*exposure{&e.spoken}
	}
	return []*exposure{&e.spoken, &e.told}
}

// lacks returns what is missing; a team of one cannot have two reps hear of it.
func (s stretch) lacks(byReps bool, team int) Lacks {
	l := Lacks{Told: max(leastTold-s.n, 0), Reps: max(min(leastReps, team)-s.reps, 0)}
	if !byReps {
		l.Customers = max(leastCustomers-s.units, 0)
	}
	return l
}

func (f find) graded(w window, team int) Grade {
	s := f.own
	if f.before.units > s.units && f.enough {
		s = f.before // that hardly anybody tells it any more is known by those who did
	}
	parts := 0
	for _, n := range f.parts {
		if n > 0 {
			parts++
		}
	}
	units := s.units
	if f.byReps() {
		units = s.n
	}
	switch {
	case !f.enough:
		return NotYet
	case f.loud(team):
		return Early
	case units >= strongOnes && s.reps >= min(strongReps, team) && parts >= strongParts:
		return Strong
	case units >= someCustomers:
		return Some
	}
	return Early
}

// loud reports whether nearly all of it comes through one rep, of several.
func (f find) loud(team int) bool {
	return team > 1 && float64(f.topRep) > oneRep*float64(f.own.n)
}

// together puts words into one that stand in the same questions.
func (b *Book) together(found []find, w window) []find {
	slices.SortFunc(found, compareFinds)
	owners := map[int32][]int{} // finds by record
	var out []find
	for _, f := range found {
		if f.Kind != Unanswered {
			out = append(out, f)
			continue
		}
		shared, n := map[int]int{}, 0
		for _, slot := range f.said {
			if _, ok := w.at(b.lines[slot].at); ok {
				n++
				for _, o := range owners[slot] {
					shared[o]++
				}
			}
		}
		into := -1
		for o, k := range shared {
			if float64(k) >= .8*float64(n) && (into < 0 || o < into) {
				into = o
			}
		}
		if into >= 0 {
			out[into].also = append(out[into].also, f.Subject)
			continue
		}
		for _, slot := range f.said {
			owners[slot] = append(owners[slot], len(out))
		}
		out = append(out, f)
	}
	return out
}

func compareFinds(a, b find) int {
	rank := func(f find) int { return slices.Index(Grades(), f.grade) }
	claimed := func(f find) int {
		if f.trend.Claimed {
			return 0
		}
		return 1
	}
	return cmp.Or(
		cmp.Compare(slices.Index(Groups(), a.Group), slices.Index(Groups(), b.Group)),
		cmp.Compare(min(rank(a)/3, 1), min(rank(b)/3, 1)),
		cmp.Compare(claimed(a), claimed(b)),
		cmp.Compare(rank(a), rank(b)),
		cmp.Compare(b.own.units, a.own.units),
		cmp.Compare(b.own.n, a.own.n),
		cmp.Compare(b.before.units, a.before.units),
		strings.Compare(a.Theme.key(), b.Theme.key()),
	)
}

// key orders themes that are equal in all figures.
func (t Theme) key() string {
	return strings.Join([]string{string(t.Kind), string(t.About), t.Subject, t.With, string(t.Feeling), t.Matter}, "\x00")
}

// nameOf returns what people call the subject of a theme.
func (b *Book) nameOf(t Theme) string {
	if t.Kind == Opened && b.Title != nil {
		return cmp.Or(b.Title(assist.ID(t.Subject)), t.Subject)
	}
	return t.Subject
}

func (b *Book) pattern(f find, w window, e *exposures, looked int) Pattern {
	p := Pattern{Theme: f.Theme, Name: b.nameOf(f.Theme), N: f.own.n, Customers: f.own.units, Reps: f.own.reps, Before: f.before.units, Trend: f.trend.Trend, Grade: f.grade}
	if f.byReps() {
		p.Customers = 0
	}
	if len(f.also) > 0 {
		p.Name = strings.Join(append([]string{f.Subject}, f.also...), ", ")
	}
	if f.own.n > 0 {
		p.From, p.Until = timeOf(f.first, w.zone), timeOf(f.last, w.zone)
	}
	if f.grade == NotYet {
		p.Lacks = f.lacks
	}
	p.Refs = b.refs(b.latest(f.said, w, 2*mostRefs))
	p.Refs = p.Refs[:min(len(p.Refs), mostRefs)]
	p.Sentence, p.How = sentenceOf(p, w), howOf(f, w, e, looked)
	return p
}
