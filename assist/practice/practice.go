// Package practice teaches the library: what a rep should practise in the next quarter
// of an hour, when to practise it again, and which answers a team can give. It decides
// from values alone. Nothing in it is a score: a rep judges themselves.
package practice

import (
	"time"

	"ringside/assist"
	"ringside/assist/practice/fsrs"
)

const (
	wanted   = 0.9              // the chance to know an answer when it is due again
	mostDays = 365              // what is said to customers changes: nothing is put off for longer
	soon     = 10 * time.Minute // after which an answer is due that was not known
)

// Item is one answer to practise.
type Item struct {
	Answer  assist.Answer
	Drill   assist.Drill  // how it went before; Times is 0 when it never did
	Heard   Heard         // what a customer said when the answer was right; may be empty
	Asks    string        // how customers ask for it, where nobody was heard
	Asked   int           // in how many calls it was opened
	Changed bool          // it says something else than when it was practised
	Takes   time.Duration // to read, to say and to compare, about
	points  []point
}

// Graded returns the drill after the rep has judged themselves. Intervals are in days of
// now's time zone and due from midnight on; an answer that was not known is due again in
// ten minutes, which is all there is of steps within a day.
func (i Item) Graded(rep assist.ID, g fsrs.Grade, words string, now time.Time) assist.Drill {
	d := i.Drill
	m := memory(d).After(g, daysBetween(d.Last, now))
	d.Rep, d.Answer = rep, i.Answer.ID
	d.ID = d.Key()
	d.Stability, d.Difficulty = m.Stability, m.Difficulty
	d.Last, d.Grade, d.Words, d.Saying = now, int(g), words, i.Answer.Saying()
	d.Times++
	if g == fsrs.Again {
		if fsrs.Grade(i.Drill.Grade) > fsrs.Again && i.Drill.Times > 0 {
			d.Lapses++
		}
		d.Due = now.Add(soon)
		return d
	}
	y, month, day := now.Date()
	d.Due = time.Date(y, month, day+min(m.Interval(wanted), mostDays), 0, 0, 0, 0, now.Location())
	return d
}

// Ungraded returns what is to be kept in place of a drill that Graded gave, when the rep
// takes the grade back.
func (i Item) Ungraded(kept assist.Drill) assist.Drill {
	if i.Drill.Times > 0 {
		return i.Drill
	}
	kept.Times, kept.Lapses = 0, 0
	return kept
}

// memory is what the scheduler knows of a drill.
func memory(d assist.Drill) fsrs.Memory {
	if d.Times == 0 {
		return fsrs.Memory{}
	}
	return fsrs.Memory{Stability: d.Stability, Difficulty: d.Difficulty}
}

// chance is that the rep would know the answer now.
func chance(d assist.Drill, now time.Time) float64 {
	return memory(d).Chance(daysBetween(d.Last, now))
}

// changed reports whether the answer says something else than when it was practised.
func changed(a assist.Answer, d assist.Drill) bool {
	return d.Times > 0 && d.Saying != a.Saying()
}

// daysBetween counts midnights in now's time zone.
func daysBetween(last, now time.Time) int {
	day := func(t time.Time) int64 {
		y, m, d := t.In(now.Location()).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400
	}
	return max(int(day(now)-day(last)), 0)
}

// fit reports whether an answer may be practised: somebody stands behind it, and it is
// said to customers.
func fit(a assist.Answer, now time.Time) bool { return counts(a) && !a.Stale(now) }

// counts reports whether an answer is one of those that a team should be able to give.
func counts(a assist.Answer) bool { return !a.Off && !a.Draft && !a.Internal }
