package insight

import (
	"fmt"
	"math"
	"strings"
	"time"

	"ringside/assist"
)

// sentenceOf says a pattern in one line.
func sentenceOf(p Pattern, w window) string {
	var b strings.Builder
	b.WriteString(headOf(p))
	b.WriteString(": " + figuresOf(p))
	if !p.From.IsZero() {
		b.WriteString(", since " + since(p.From, w))
	}
	if p.Grade == NotYet {
		return b.String() + "; not enough yet: " + p.Lacks.String()
	}
	return b.String() + "; " + movedOf(p, w)
}

// Head returns what is told, without figures: "GreenBarn named for price".
func (p Pattern) Head() string { return headOf(p) }

func headOf(p Pattern) string {
	of := p.Name
	if p.About == assist.AboutUs {
		of = "us"
	}
	matter := ""
	if p.Matter != "" {
		matter = " for " + Called(p.Matter, p.Feeling)
	}
	switch p.Kind {
	case Named:
		return p.Name + " named" + matter
	case Bought:
		return p.Name + " named as a place to buy" + strings.Replace(matter, " for ", ", for ", 1)
	case Together:
		return p.Name + " and " + p.With + " named together"
	case Owned:
		return p.Name + " and " + p.With + " bought by the same customers"
	case Leaving:
		if p.Subject != "" {
			return "Speak of leaving us for " + p.Name
		}
		return reason("Speak of leaving us", "A reason to leave", p.Matter)
	case Staying:
		return reason("Say why they stay", "A reason to stay", p.Matter)
	case Upset:
		return "Upset in a call"
	case Opened:
		return "Asked, and answered with “" + p.Name + "”"
	case Unanswered:
		return "Nobody could answer: questions with “" + p.Name + "”"
	case Told:
		return toldOf(p)
	}
	return feltOf(p, of, matter)
}

func reason(whole, one, matter string) string {
	if matter == "" {
		return whole
	}
	return one + ": " + matter
}

func toldOf(p Pattern) string {
	switch p.Group {
	case FrontLine:
		return "The front line tells of " + p.Matter
	case Market:
		return "What customers tell of the market: " + p.Matter
	case Competitive:
		return "What customers tell of competitors: " + p.Matter
	}
	return "What customers tell of themselves: " + p.Matter
}

func feltOf(p Pattern, of, matter string) string {
	if p.About == assist.AboutPerson {
		of = "somebody"
	}
	about := strings.Replace(matter, " for ", ": ", 1)
	whom := ""
	if of != "" {
		whom = " " + of
	}
	switch p.Feeling {
	case assist.Love:
		return capital(strings.TrimSpace(of+" loved")) + matter
	case assist.Hate:
		return capital(strings.TrimSpace(of+" hated")) + matter
	case assist.Wish:
		return "What they wish" + before(" of", whom) + about
	case assist.Feel:
		return "How they feel" + before(" about", whom) + about
	}
	return "What they " + string(p.Feeling) + before(" of", whom) + about
}

func before(word, whom string) string {
	if whom == "" {
		return ""
	}
	return word + whom
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// Called returns what a matter is called when it is loved, hated, or just named.
func Called(name string, f assist.Feeling) string {
	m, ok := matterNamed(name)
	switch {
	case ok && f == assist.Love && m.good != "":
		return m.good
	case ok && f == assist.Hate && m.bad != "":
		return m.bad
	}
	return name
}

func figuresOf(p Pattern) string {
	if p.byReps() {
		return counted(p.Reps, "rep") + ", told " + counted(p.N, "time")
	}
	out := counted(p.Customers, "customer")
	if p.Reps > 0 {
		out += ", " + counted(p.Reps, "rep")
	}
	return out
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func since(t time.Time, w window) string {
	switch {
	case w.period == FourWeeks:
		return t.Format("2 January")
	case timeOf(w.until-1, w.zone).Year() == t.Year():
		return t.Format("January")
	}
	return t.Format("January 2006")
}

// String returns "2 more customers, 1 more rep".
func (l Lacks) String() string {
	var out []string
	for _, x := range []struct {
		n    int
		what string
	}{{l.Customers, "customer"}, {l.Reps, "rep"}, {l.Told, "time"}} {
		if x.n > 0 {
			out = append(out, strings.Replace(counted(x.n, x.what), " ", " more ", 1))
		}
	}
	return strings.Join(out, ", ")
}

// movedOf says how a pattern moved, and how sure that is.
func movedOf(p Pattern, w window) string {
	t := p.Trend
	switch {
	case p.Kind == Owned:
		return "not compared: orders are no conversations"
	case !t.Known:
		return "nothing to compare with yet"
	case !t.Claimed && t.Low < .1 && t.High > 10:
		return "too few or too uneven to compare with " + w.stretch()
	case !t.Claimed:
		return "no sure change since " + w.stretch() + " (" + between(t) + ")"
	case math.IsInf(t.Ratio, 1):
		return "nobody in " + w.stretch() + fmt.Sprintf(" (at least %s times as often now)", figure(t.Low))
	case t.Ratio == 0:
		return "nobody any more, of " + counted(p.Before, "customer") + " in " + w.stretch()
	}
	return times(t.Ratio) + " as often as in " + w.stretch() + " (" + between(t) + ")"
}

func between(t Trend) string {
	if math.IsInf(t.High, 1) {
		return "at least " + figure(t.Low) + " times as often"
	}
	return figure(t.Low) + " to " + figure(t.High) + " times"
}

func times(ratio float64) string {
	switch {
	case ratio > 1.9 && ratio < 2.1:
		return "twice"
	case ratio > .45 && ratio < .55:
		return "half"
	}
	return figure(ratio) + " times"
}

func figure(v float64) string {
	if v >= 10 {
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.1f", v)
}

// howOf says how a pattern was counted.
func howOf(f find, w window, e *exposures, looked int) string {
	who, x := "customer", &e.spoken
	if f.byReps() {
		who, x = "rep", &e.reps
	}
	days := func(from, until int32) string {
		return timeOf(from, w.zone).Format("2 Jan 2006") + " to " + timeOf(until-1, w.zone).Format("2 Jan 2006")
	}
	middle := w.from + int32(w.half)*w.part
	var b strings.Builder
	fmt.Fprintf(&b, "Every %s counts once, however often they said it. From %s it was %d of the %s spoken with, from %s %d of %s. ",
		who, days(middle, w.until), f.after.units, counted(x.customers[1], who), days(w.from, middle), f.before.units, counted(x.customers[0], who))
	if !f.enough || !f.trend.Known {
		return b.String() + "Read from the words of the notes and of what was kept, in English."
	}
	b.WriteString("Compared for as many conversations, and where it makes a difference also for as many customers who told us anything, the more careful of the two: " +
		"an exact binomial interval (Clopper and Pearson 1934)")
	if f.trend.spread > 1.05 {
		fmt.Fprintf(&b, ", widened since it comes in bursts (%.1f times the scatter of chance)", f.trend.spread)
	}
	fmt.Fprintf(&b, ". %s looked at together; of the changes that are claimed, at most 5 in 100 are expected to be chance (Benjamini and Hochberg 1995). "+
		"Read from the words of the notes and of what was kept, in English.", were(looked))
	return b.String()
}

func were(n int) string {
	if n == 1 {
		return "1 pattern was"
	}
	return fmt.Sprintf("%d patterns were", n)
}
