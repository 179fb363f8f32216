package insight_test

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"ringside/assist/insight"
)

// planted is a theme with a known trend: how likely a conversation is to tell it before,
// and how many times as likely it is in the last four weeks.
type planted struct {
	likely, times float64
}

// circumstances are what changes for all themes at once, and must not be read as a trend.
type circumstances struct {
	name     string
	talks    float64 // how many times as many conversations in the last four weeks
	again    float64 // and how many times as often the same customers call
	diligent float64 // and how many times as much of what is told is kept
	bursts   bool    // some days many customers tell one and the same
}

var allCircumstances = []circumstances{
	{"steady", 1, 1, 1, false},
	{"three times as many customers", 3, 1, 1, false},
	{"the same customers call three times as often", 1, 3, 1, false},
	{"reps keep twice as much", 1, 1, 2, false},
	{"bad days", 1, 1, 1, true},
}

// plant makes eight weeks of conversations, fewer at the end of each week.
func plant(seed uint64, themes []planted, c circumstances) *insight.Book {
	w := world{rng: rand.New(rand.NewPCG(seed, 7))}
	customers := 6000
	burst := map[[2]int]bool{}
	if c.bursts {
		for k := range themes {
			for range 2 {
				burst[[2]int{k, 1 + w.rng.IntN(56)}] = true
			}
		}
	}
	for day := 1; day <= 56; day++ {
		at := now.AddDate(0, 0, -day)
		talks, late := 150.0, day <= 28
		if at.Weekday() == time.Saturday || at.Weekday() == time.Sunday {
			talks = 30
		}
		who := customers
		if late {
			talks *= c.talks * c.again
			who = int(float64(customers) * c.talks)
		}
		for range int(talks) {
			var told []insight.Theme
			for k, p := range themes {
				likely := p.likely
				if late {
					likely *= p.times * c.diligent
				}
				if burst[[2]int{k, day}] {
					likely *= 6
				}
				if w.rng.Float64() < likely {
					told = append(told, of(fmt.Sprint("Rival ", k)))
				}
			}
			w.talk(at, w.rng.IntN(who), w.rng.IntN(6), told...)
		}
		w.talk(at, customers*9, day%6, of("Loud")) // one customer, every day of the last four weeks
	}
	return w.book()
}

func TestPlantedTrendsAreFoundAndNoOthers(t *testing.T) {
	var themes []planted
	for i := range 100 {
		p := planted{[]float64{.004, .01, .03, .08}[i%4], 1}
		switch {
		case i < 12:
			p.times = 2.5
		case i < 24:
			p.times = .35
		}
		themes = append(themes, p)
	}
	for _, c := range allCircumstances {
		found, missed, wrong := 0, 0, 0
		bySize := map[float64][2]int{}
		for seed := range uint64(4) {
			list := plant(seed, themes, c).Patterns(now, insight.FourWeeks)
			claimed := map[string]insight.Trend{}
			for _, p := range list {
				if p.Trend.Claimed {
					claimed[p.Subject] = p.Trend
				}
			}
			for k, p := range themes {
				name := fmt.Sprint("Rival ", k)
				tr, ok := claimed[name]
				delete(claimed, name)
				right := ok && (tr.Ratio > 1) == (p.times > 1)
				n := bySize[p.likely]
				switch {
				case p.times != 1 && right:
					found++
					n[0]++
				case p.times != 1:
					missed++
					n[1]++
				}
				bySize[p.likely] = n
				if ok && (p.times == 1 || !right) {
					wrong++
				}
			}
			wrong += len(claimed) // the loud one
		}
		t.Logf("%s: found %d, missed %d, wrong %d; by size %v", c.name, found, missed, wrong, bySize)
		if float64(wrong) > .05*float64(found+wrong) {
			t.Errorf("%s: %d of %d claims are wrong", c.name, wrong, found+wrong)
		}
		if n := bySize[.08]; n[1] > n[0]/5 {
			t.Errorf("%s: of the largest, %d found and %d missed", c.name, n[0], n[1])
		}
	}
}
