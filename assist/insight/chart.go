package insight

import (
	"fmt"
	"time"

	"ringside/assist/chart"
)

// Chart returns how a theme went over a period and as long a time before it: of 100
// customers spoken with in each week, or longer stretch of weeks, how many told it, with
// the exact bounds of 95 %. Of the front line it is reps, not customers. Weeks in which
// nobody was spoken with are left out.
func (b *Book) Chart(t Theme, now time.Time, p Period) chart.Trend {
	w := windowAt(now, p, b.first(now))
	out := chart.Trend{Title: headOf(Pattern{Theme: t, Name: b.nameOf(t)}), Unit: "of 100 customers spoken with " + w.each()}
	who := b.customers()
	if t.byReps() {
		who = b.team()
		out.Unit = "of 100 reps " + w.each()
	}
	e := b.exposure(w, who, nil)
	var c tally
	if n, ok := b.index[t]; ok {
		c = b.tally(&b.themes[n], w)
	}
	most := 0.0
	for part := range 2 * w.half {
		people, told := float64(e.people[part]), float64(c.parts[part])
		if people == 0 {
			continue
		}
		told = min(told, people)
		v := chart.Value{At: timeOf(w.from+int32(part)*w.part, w.zone), Value: 100 * told / people, N: c.parts[part],
			Low: 100 * betaLow(told, people), High: 100 * betaHigh(told, people)}
		v.Label = v.At.Format("2 Jan")
		if w.period == Year || w.period == All {
			v.Label = v.At.Format("Jan 2006")
		}
		most = max(most, v.Value)
		out.Points = append(out.Points, v)
	}
	out.Sentence = fmt.Sprintf("%s, from %s to %s: at most %.1f %s.", out.Title, timeOf(w.from, w.zone).Format("2 January 2006"),
		timeOf(w.until-1, w.zone).Format("2 January 2006"), most, out.Unit)
	return out
}

// betaLow and betaHigh are the bounds of Clopper and Pearson of a share.
func betaLow(k, n float64) float64 {
	if k == 0 {
		return 0
	}
	return betaAt(falsely/2, k, n-k+1)
}

func betaHigh(k, n float64) float64 {
	if k == n {
		return 1
	}
	return betaAt(1-falsely/2, k+1, n-k)
}

// each says how long a part is: "in a week".
func (w window) each() string {
	switch {
	case w.part == day:
		return "in a day"
	case w.part == week:
		return "in a week"
	case w.part%week == 0:
		return fmt.Sprintf("in %d weeks", w.part/week)
	}
	return fmt.Sprintf("in %d days", w.part/day)
}
