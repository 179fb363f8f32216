package insight

import (
	"math"
	"testing"
)

func near(a, b float64) bool { return math.Abs(a-b) < 5e-4 || math.IsInf(a, 1) && math.IsInf(b, 1) }

// The bounds of Clopper and Pearson as binom.test of R gives them.
func TestExactBoundsAreThoseOfTheTables(t *testing.T) {
	for _, c := range []struct{ k, n, low, high float64 }{
		{0, 10, 0, .3085}, {3, 10, .0667, .6525}, {10, 10, .6915, 1}, {14, 20, .4572, .8811}, {50, 1000, .0373, .0654},
	} {
		if low, high := betaLow(c.k, c.n), betaHigh(c.k, c.n); !near(low, c.low) || !near(high, c.high) {
			t.Errorf("%v of %v: %.4f to %.4f, want %.4f to %.4f", c.k, c.n, low, high, c.low, c.high)
		}
	}
}

// 14 against 6 in the same time, as poisson.test(c(14, 6)) of R gives it.
func TestTheRatioHasExactBounds(t *testing.T) {
	e := evidence{before: 6, after: 14, wouldBefore: 10, wouldAfter: 10}
	trend := func(spread float64) Trend {
		c := compare(spread, e)
		if c.Known {
			c.bound(falsely)
		}
		return c.Trend
	}
	tr := trend(1)
	if !near(tr.Ratio, 2.3333) || !near(tr.Low, .8422) || math.Abs(tr.High-7.4129) > 5e-3 || !near(tr.p, .1153) || !tr.Known || tr.Claimed {
		t.Errorf("%+v", tr)
	}
	if wide := trend(2); wide.Low >= tr.Low || wide.High <= tr.High || wide.p <= tr.p {
		t.Errorf("bursts make it no less sure: %+v", wide)
	}
	e.before = 0
	if tr := trend(1); !math.IsInf(tr.Ratio, 1) || tr.Low <= 1 || !math.IsInf(tr.High, 1) {
		t.Errorf("from nobody: %+v", tr)
	}
	e.before, e.after = 14, 0
	if tr := trend(1); tr.Ratio != 0 || tr.Low != 0 || tr.High >= 1 {
		t.Errorf("to nobody: %+v", tr)
	}
	e.wouldBefore = 0
	if tr := trend(1); tr.Known {
		t.Errorf("nobody was spoken with before: %+v", tr)
	}
}

func TestTheMoreCarefulOfTwoComparisonsCounts(t *testing.T) {
	rise := evidence{before: 20, after: 60, wouldBefore: 40, wouldAfter: 40}
	less := evidence{before: 20, after: 60, wouldBefore: 30, wouldAfter: 50}
	fall := evidence{before: 20, after: 60, wouldBefore: 10, wouldAfter: 70}
	if c := compare(1, rise, less); !near(c.Ratio, 1.8) || c.which != 1 {
		t.Errorf("%+v", c)
	}
	c := compare(1, rise, fall)
	c.bound(falsely)
	_, high := rise.bounds(1, falsely)
	if low, _ := fall.bounds(1, falsely); c.p != 1 || c.Low > low || c.High < high {
		t.Errorf("rising by the one, falling by the other: %+v", c.Trend)
	}
	if c := compare(1, rise, evidence{}); c.Known {
		t.Errorf("nothing to compare with by one of them: %+v", c.Trend)
	}
}

func TestAmongManyOnlyTheSurestAreClaimed(t *testing.T) {
	of := func(after float64) *compared {
		c := compare(1, evidence{before: 20, after: after, wouldBefore: 10, wouldAfter: 10})
		return &c
	}
	alone := of(38) // p is .0247
	if claim([]*compared{alone}); !alone.Claimed {
		t.Errorf("alone it is not claimed: %+v", alone.Trend)
	}
	among, sure := of(38), of(90)
	all := []*compared{among, sure}
	for range 20 {
		all = append(all, of(21))
	}
	if n := claim(all); n != 22 || among.Claimed || !sure.Claimed {
		t.Errorf("of %d: %v, the sure one %v", n, among.Claimed, sure.Claimed)
	}
	plain := of(90)
	plain.bound(falsely)
	if sure.Low >= plain.Low || sure.Low <= 1 {
		t.Errorf("bounds among many %.2f, alone %.2f", sure.Low, plain.Low)
	}
}

func TestWhoIsSpokenWithTwiceHasTwoChances(t *testing.T) {
	e := exposure{often: [2][]share{{{1, 1000}}, {{2, 1000}}}}
	before, after := e.would(30)
	if !near(before+after, 30) || after/before < 1.95 || after/before > 2 {
		t.Errorf("%.2f and %.2f", before, after)
	}
	if before, after := e.would(1900); before+after > 1901 || after < 950 {
		t.Errorf("nearly everybody: %.1f and %.1f", before, after)
	}
	if before, after := (exposure{}).would(3); before != 0 || after != 0 {
		t.Error("nobody was spoken with")
	}
}
