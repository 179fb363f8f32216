package main

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"ringside/assist"
	"ringside/assist/insight"
)

// benchReviewPatterns measures the counting of patterns on a store that is full, and how
// well trends are found on planted ones.
func benchReviewPatterns(ctx context.Context, h *house, now time.Time) ([]figure, error) {
	figures, err := benchStore(ctx, h, now)
	return append(figures, benchTrends(now, plantedSets, true)...), err
}

// benchStore measures the first count, and that after a new note.
func benchStore(ctx context.Context, h *house, now time.Time) ([]figure, error) {
	start := time.Now()
	tally, found := newCounting(h.db), 0
	err := tally.use(ctx, nil, func(b *insight.Book) { found = len(b.Patterns(now, insight.Quarter)) })
	if err != nil {
		return nil, err
	}
	read := time.Since(start)
	var took, again []time.Duration
	for i := range updates {
		n := assist.Note{ID: assist.NewID(now), Customer: crowdID("customer", i), Rep: "rep-1", At: now, Text: "GreenBarn was cheaper, she says, and the Hedge 300 too loud."}
		if err := h.db.Save(ctx, n); err != nil {
			return nil, err
		}
		start := time.Now()
		var taken time.Time
		err := tally.use(ctx, nil, func(b *insight.Book) {
			taken = time.Now()
			b.Patterns(now, insight.Quarter)
		})
		if err != nil {
			return nil, err
		}
		took, again = append(took, taken.Sub(start)), append(again, time.Since(taken))
	}
	return []figure{
		{Name: "patterns_s", Value: read.Seconds(), Limit: 5, Note: fmt.Sprintf("from nothing read to %d patterns of a quarter", found)},
		{Name: "pattern_update_ms", Value: percentile(took, 1), Limit: 50, Note: fmt.Sprintf("a new note taken in; the slowest of %d, p50 %s", updates, number(percentile(took, .5)))},
		{Name: "pattern_list_ms", Value: percentile(again, .5), Note: fmt.Sprintf("all patterns of a quarter compared anew, beside the window; p50 of %d", updates)},
	}, nil
}

const (
	updates     = 20
	plantedSets = 4 // of every circumstance
)

// plantedItem is something that customers tell, with how likely a conversation is to hold it
// in the time before, and how many times as likely in the period.
type plantedItem struct {
	records       func(plantedTalk) []assist.Record
	likely, times float64
	question      bool
}

// plantedTalk is a conversation of a planted set.
type plantedTalk struct {
	id, customer, rep assist.ID
	at                time.Time
}

// circumstance is what changes for all themes at once, and is no trend of any.
type circumstance struct {
	name                   string
	people, again, kept    float64 // as many times as before: customers, calls of each, how much of what is told is kept
	bursts, season, rarely bool    // bad days; a weekend is quiet; a small shop
}

var circumstances = []circumstance{
	{name: "steady weeks", people: 1, again: 1, kept: 1, season: true},
	{name: "three times as many customers", people: 3, again: 1, kept: 1, season: true},
	{name: "half as many customers", people: .5, again: 1, kept: 1},
	{name: "the same customers call twice as often", people: 1, again: 2, kept: 1},
	{name: "reps keep twice as much of what they hear", people: 1, again: 1, kept: 2, season: true},
	{name: "bad days", people: 1, again: 1, kept: 1, bursts: true},
	{name: "a small shop", people: 1, again: 1, kept: 1, rarely: true},
}

// benchTrends counts planted sets, and compares what is claimed with what was planted. fresh
// are sets on which nothing was tried out.
func benchTrends(now time.Time, sets int, fresh bool) []figure {
	seed := uint64(1)
	if fresh {
		seed = 90_001
	}
	var all verdict
	var notes string
	for _, c := range circumstances {
		var of verdict
		for range sets {
			for _, p := range []insight.Period{insight.FourWeeks, insight.Quarter} {
				of.add(plantedTrends(now, p, c, rand.New(rand.NewPCG(seed, 26))))
				seed++
			}
		}
		notes += fmt.Sprintf("; %s: %d found, %d missed, %d false", c.name, of.found, of.missed, of.wrong)
		all.add(of)
	}
	share := 0.0
	if claimed := all.claimed + all.wrong; claimed > 0 {
		share = float64(all.wrong) / float64(claimed)
	}
	return []figure{
		{Name: "trends_found", Value: float64(all.found), Note: fmt.Sprintf("of %d planted that at least %d customers can tell%s", all.found+all.missed, plantedLeast, notes)},
		{Name: "trends_missed", Value: float64(all.missed), Note: fmt.Sprintf("%d of them with fewer than 30 customers in either stretch", all.missedSmall)},
		{Name: "trends_false_share", Value: share, Limit: .05, Note: fmt.Sprintf("%d of %d claims, over %d sets", all.wrong, all.claimed+all.wrong, 2*sets*len(circumstances))},
	}
}

// verdict compares claims with the truth. Claims of themes that do move, but little, count
// as claimed only.
type verdict struct{ found, missed, missedSmall, claimed, wrong int }

func (v *verdict) add(w verdict) {
	v.found, v.missed, v.missedSmall, v.claimed, v.wrong = v.found+w.found, v.missed+w.missed, v.missedSmall+w.missedSmall, v.claimed+w.claimed, v.wrong+w.wrong
}

// plantedLeast is how many customers a trend must have in one of the stretches to be one
// that could be found.
const plantedLeast = 8

func plantedTrends(now time.Time, p insight.Period, c circumstance, r *rand.Rand) (v verdict) {
	items := plantedItems(r, c.rarely)
	reader := insight.NewReader(plantedSubjects)
	truth := truths(items, reader)
	book, talks := plantedBook(now, p, c, r, items, reader)
	for _, f := range book.Patterns(now, p) {
		t := truth[f.Theme]
		delete(truth, f.Theme)
		right := t.moves(f.Trend)
		switch {
		case f.Trend.Claimed && !right:
			v.wrong++
		case right:
			v.claimed++
		}
		if right && t.planted(talks) {
			v.found++
		} else if t.planted(talks) {
			v.miss(t.most(talks))
		}
	}
	for _, t := range truth { // no pattern at all
		if t.planted(talks) {
			v.miss(t.most(talks))
		}
	}
	return v
}

// moves reports whether a trend is claimed, and the theme moves that way.
func (l likelihood) moves(t insight.Trend) bool {
	return t.Claimed && l.before > 0 && math.Abs(math.Log(l.after/l.before)) > .02 && (t.Ratio > 1) == (l.after > l.before)
}

// most is how many conversations tell the theme in the stretch in which more do.
func (l likelihood) most(talks [2]float64) float64 {
	return math.Max(l.before*talks[0], l.after*talks[1])
}

// planted reports whether it moves so much, among so many, that it should be found.
func (l likelihood) planted(talks [2]float64) bool {
	return l.before > 0 && (l.after > 1.4*l.before || l.after < .7*l.before) && l.most(talks) >= plantedLeast
}

func (v *verdict) miss(customers float64) {
	if v.missed++; customers < 30 {
		v.missedSmall++
	}
}

// likelihood is how likely a conversation is to tell a theme, in both stretches.
type likelihood struct{ before, after float64 }

// truths say how every theme moves that the items tell.
func truths(items []plantedItem, reader *insight.Reader) map[insight.Theme]likelihood {
	silent := map[insight.Theme]likelihood{} // how likely it is that none of them is told
	for _, i := range items {
		seen := map[insight.Theme]bool{}
		for _, rec := range i.records(plantedTalk{id: "x", customer: "x", rep: "x"}) {
			for _, t := range reader.Read(rec).Themes {
				seen[t] = true
			}
		}
		for t := range seen {
			s, ok := silent[t]
			if !ok {
				s = likelihood{1, 1}
			}
			silent[t] = likelihood{s.before * (1 - i.likely), s.after * (1 - i.likely*i.times)}
		}
	}
	for t, s := range silent {
		silent[t] = likelihood{1 - s.before, 1 - s.after}
	}
	return silent
}

var plantedSubjects = func() (out []assist.Subject) {
	for i := range 14 {
		out = append(out, assist.Subject{ID: assist.ID(fmt.Sprint("rival-", i)), Kind: assist.AboutCompetitor, Name: "Rivalco " + string(rune('A'+i)) + "x"},
			assist.Subject{ID: assist.ID(fmt.Sprint("place-", i)), Kind: assist.AboutPlace, Name: "Market " + string(rune('A'+i)) + "y"},
			assist.Subject{ID: assist.ID(fmt.Sprint("thing-", i)), Kind: assist.AboutProduct, Name: fmt.Sprint("Hedge ", 100+i)})
	}
	return out
}()

// plantedItems are what customers tell in a set: names in notes, feelings that were kept,
// reasons to leave, questions. Most go as they went; some rise or fall.
func plantedItems(r *rand.Rand, rarely bool) (out []plantedItem) {
	add := func(question bool, records func(plantedTalk) []assist.Record) {
		p := plantedItem{records: records, question: question, times: 1, likely: []float64{.002, .006, .015, .04}[r.IntN(4)]}
		if rarely {
			p.likely *= 4
		}
		switch r.IntN(10) {
		case 0, 1:
			p.times = []float64{1.6, 2, 3}[r.IntN(3)]
		case 2:
			p.times = []float64{.2, .4, .6}[r.IntN(3)]
		}
		out = append(out, p)
	}
	note := func(text string) func(plantedTalk) []assist.Record {
		return func(t plantedTalk) []assist.Record {
			return []assist.Record{assist.Note{ID: t.id, Call: t.id, Customer: t.customer, Rep: t.rep, At: t.at, Text: text}}
		}
	}
	for i := range plantedSubjects {
		name := plantedSubjects[i].Name
		for _, why := range []string{"the price is lower", "their delivery came first", "nearer, he says"}[:1+i%3] {
			add(false, note("Named "+name+": "+why+"."))
		}
	}
	for i, why := range []string{"the waiting", "the price", "the delivery", "nobody to explain it"} {
		add(false, note("She thinks of leaving us, "+why+"."))
		add(true, func(t plantedTalk) []assist.Record {
			return []assist.Record{assist.Gap{ID: t.id, Call: t.id, Customer: t.customer, Rep: t.rep, At: t.at, Text: []string{"sharpen blades", "rent scarifier", "vegan gloves", "orkney ferry"}[i]}}
		})
		add(true, func(t plantedTalk) []assist.Record {
			return []assist.Record{assist.Call{ID: t.id, Customer: t.customer, Rep: t.rep, Started: t.at, Used: []assist.Used{{Answer: assist.ID(fmt.Sprint("answer-", i))}}}}
		})
	}
	for i := range 20 {
		f, product := assist.Feelings()[i%6], plantedSubjects[3*(i%14)+2].Name
		text := []string{"It is so quiet.", "Too heavy for me.", "A longer guarantee.", "It broke twice."}[i%4]
		add(false, func(t plantedTalk) []assist.Record {
			return []assist.Record{assist.Insight{ID: t.id, Call: t.id, Customer: t.customer, Rep: t.rep, At: t.at, Intelligence: assist.Relationship, Feeling: f, About: assist.AboutProduct, Subject: product, Text: text}}
		})
	}
	return out
}

// plantedBook makes the conversations of two stretches of time, and one customer who says
// the same every day. talks are how many conversations there are in each.
func plantedBook(now time.Time, p insight.Period, c circumstance, r *rand.Rand, items []plantedItem, reader *insight.Reader) (b *insight.Book, talks [2]float64) {
	b = &insight.Book{}
	days := 7 * int(p)
	bad := map[[2]int]bool{}
	for k := range items {
		bad[[2]int{k, 1 + r.IntN(2*days)}] = c.bursts
	}
	n := 0
	for d := 1; d <= 2*days; d++ {
		at, late := now.AddDate(0, 0, -d), d <= days
		count, who := c.day(at, late)
		stretch := 0
		if late {
			stretch = 1
		}
		talks[stretch] += float64(count)
		for range count {
			n++
			t := plantedTalk{assist.ID(fmt.Sprint("t", n)), assist.ID(fmt.Sprint("c", r.IntN(who))), assist.ID(fmt.Sprint("r", r.IntN(8))), at}
			b.Put(reader.Read(assist.Call{ID: t.id, Customer: t.customer, Rep: t.rep, Started: at}))
			for k, i := range items {
				if r.Float64() < c.likely(i, late, bad[[2]int{k, d}]) {
					i.tell(b, reader, t, k)
				}
			}
		}
		b.Put(reader.Read(assist.Note{ID: assist.ID(fmt.Sprint("loud", d)), Customer: "loud", Rep: "r1", At: at, Text: "Rivalco Ax again."}))
	}
	return b, talks
}

// day returns how many conversations there are on a day, and among how many customers.
func (c circumstance) day(at time.Time, late bool) (talks, customers int) {
	count, who := 240.0, 4000.0
	if c.rarely {
		count, who = 25, 500
	}
	if c.season && (at.Weekday() == time.Saturday || at.Weekday() == time.Sunday) {
		count /= 5
	}
	if late {
		count, who = count*c.people*c.again, who*c.people
	}
	return int(count), int(who)
}

// likely is how likely a conversation is to tell an item and a rep to keep it.
func (c circumstance) likely(i plantedItem, late, bad bool) float64 {
	likely := i.likely
	if late {
		likely *= i.times
	}
	if late && !i.question {
		likely *= c.kept
	}
	if bad {
		likely *= 8
	}
	return likely
}

// tell puts item k of a conversation into the book.
func (i plantedItem) tell(b *insight.Book, reader *insight.Reader, t plantedTalk, k int) {
	call := assist.Ref{Type: assist.TypeCall, ID: t.id}
	t.id += assist.ID(fmt.Sprint("-", k))
	for _, rec := range i.records(t) {
		s := reader.Read(rec)
		s.Talk = call
		b.Put(s)
	}
}
