package practice

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/practice/fsrs"
)

// Session is about how long the items of Next take together.
const Session = 15 * time.Minute

// Known is what is known of a team and its library.
type Known struct {
	Answers   []assist.Answer
	Questions []assist.Question
	Team      []assist.Rep
	Drills    []assist.Drill // of everybody
	Tally     Tally
}

// Next returns what a rep should practise now, in about a quarter of an hour. First comes
// what has changed since they practised it, then what is due, what they would know least
// first. New answers fill the rest: of every department in turn, the rep's weakest first,
// the one that is asked for most among those that the rep has never said in a call. The
// same values give the same items.
func Next(k Known, rep assist.ID, now time.Time) []Item {
	own := k.drillsOf(rep)
	questions := questionsOf(k.Questions)
	var out []Item
	room := Session
	for _, a := range append(k.due(own, now), k.fresh(rep, own, now)...) {
		i := Item{Answer: a, Drill: own[a.ID], Asked: k.Tally.asked[a.ID], Changed: changed(a, own[a.ID])}
		i.ask(k.Tally.heard[a.ID], questions[a.ID])
		i.Takes = i.takes()
		if room -= i.Takes; room < 0 && len(out) > 0 {
			break
		}
		out = append(out, i)
	}
	points(out, k.Answers)
	return out
}

// Later returns when the rep's next answer is due after now; the zero time when none is.
func Later(k Known, rep assist.ID, now time.Time) (next time.Time) {
	own := k.drillsOf(rep)
	for _, a := range k.Answers {
		d := own[a.ID]
		if d.Times > 0 && fit(a, now) && d.Due.After(now) && (next.IsZero() || d.Due.Before(next)) {
			next = d.Due
		}
	}
	return next
}

func (k Known) drillsOf(rep assist.ID) map[assist.ID]assist.Drill {
	own := map[assist.ID]assist.Drill{}
	for _, d := range k.Drills {
		if d.Rep == rep && d.Times > 0 {
			own[d.Answer] = d
		}
	}
	return own
}

func (k Known) due(own map[assist.ID]assist.Drill, now time.Time) []assist.Answer {
	var out []assist.Answer
	for _, a := range k.Answers {
		if d := own[a.ID]; d.Times > 0 && fit(a, now) && (changed(a, d) || !d.Due.After(now)) {
			out = append(out, a)
		}
	}
	surety := func(a assist.Answer) float64 {
		d := own[a.ID]
		switch {
		case changed(a, d):
			return -1
		case fsrs.Grade(d.Grade) == fsrs.Again:
			return 0
		}
		return chance(d, now)
	}
	slices.SortStableFunc(out, func(a, b assist.Answer) int {
		return cmp.Or(cmp.Compare(surety(a), surety(b)), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// fresh returns the answers that the rep has neither practised nor said, of each
// department in turn.
func (k Known) fresh(rep assist.ID, own map[assist.ID]assist.Drill, now time.Time) []assist.Answer {
	fresh := map[string][]assist.Answer{}
	all, can := map[string]int{}, map[string]int{}
	for _, a := range k.Answers {
		if !fit(a, now) {
			continue
		}
		all[a.Department]++
		if k.can(a, rep, own[a.ID], now) {
			can[a.Department]++
		}
		if own[a.ID].Times == 0 && !k.Tally.said[rep][a.ID] {
			fresh[a.Department] = append(fresh[a.Department], a)
		}
	}
	var order []string
	most := 0
	for name, list := range fresh {
		slices.SortFunc(list, func(a, b assist.Answer) int {
			return cmp.Or(cmp.Compare(k.Tally.asked[b.ID], k.Tally.asked[a.ID]), cmp.Compare(a.ID, b.ID))
		})
		order, most = append(order, name), max(most, len(list))
	}
	share := func(name string) float64 { return float64(can[name]) / float64(all[name]) }
	slices.SortFunc(order, func(a, b string) int {
		return cmp.Or(cmp.Compare(share(a), share(b)), strings.Compare(a, b))
	})
	var asked, never []assist.Answer
	for i := range most {
		for _, name := range order {
			switch list := fresh[name]; {
			case i >= len(list):
			case k.Tally.asked[list[i].ID] > 0:
				asked = append(asked, list[i])
			default:
				never = append(never, list[i])
			}
		}
	}
	return append(asked, never...)
}

// can reports whether a rep can give an answer: they have said it in a call, or practised
// it and would know it now, as it is now.
func (k Known) can(a assist.Answer, rep assist.ID, d assist.Drill, now time.Time) bool {
	return k.Tally.said[rep][a.ID] ||
		fsrs.Grade(d.Grade) > fsrs.Again && !changed(a, d) && chance(d, now) >= wanted-1e-9 // on the very day, too
}

// takes estimates how long an item takes: 200 words are read in a minute, 130 are said,
// and twenty seconds go into thinking and judging.
func (i Item) takes() time.Duration {
	said := len(strings.Fields(i.Answer.Say)) + len(strings.Fields(strings.Join(i.Answer.Steps, " ")))
	read := said + len(strings.Fields(i.Heard.Words+" "+i.Asks))
	return 20*time.Second + time.Duration(read)*time.Minute/200 + time.Duration(said)*time.Minute/130
}
