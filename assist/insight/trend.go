package insight

import (
	"cmp"
	"math"
	"slices"
)

// Trend is how much more often customers told a theme than in the time before, for as
// many conversations.
type Trend struct {
	// Ratio is 2 for twice as often; +Inf when nobody told it before. It is 0 when nobody
	// tells it any more, or nothing is known.
	Ratio float64
	// Low and High bound it. A trend that is claimed has bounds that are corrected for how
	// many patterns were looked at; others have those of 95 %.
	Low, High float64
	// Known: there was a time before, in which customers were spoken with.
	Known bool
	// Claimed: that it moved is more than chance would do among so many patterns.
	Claimed bool

	p float64
}

// falsely is which share of the claimed trends may be no more than chance.
const falsely = 0.05

// evidence is what a trend is made of: how many customers told a theme, and how many would
// have if it had been told as often in both stretches, for as many conversations.
type evidence struct {
	before, after float64
	wouldBefore   float64
	wouldAfter    float64
}

// trend compares two counts. Under no change the later count, given both, is binomial
// (Przyborowski and Wilenski, "Homogeneity of results in testing samples from Poisson
// series", Biometrika 31, 1940); its exact bounds are those of Clopper and Pearson
// ("The use of confidence or fiducial limits", Biometrika 26, 1934). spread, 1 or more, is
// how much more the counts swing than chance lets them, as when one bad day brings many
// calls; counts are divided by it (Wedderburn, "Quasi-likelihood functions", Biometrika
// 61, 1974).
func (e evidence) trend(spread float64) Trend {
	if e.wouldBefore <= 0 || e.wouldAfter <= 0 || e.before+e.after == 0 {
		return Trend{High: math.Inf(1), p: 1}
	}
	t := Trend{Known: true, Ratio: math.Inf(1)}
	if e.before > 0 {
		t.Ratio = e.after / e.before * e.wouldBefore / e.wouldAfter
	}
	a, b := e.after/spread, e.before/spread
	even := e.wouldAfter / (e.wouldAfter + e.wouldBefore)
	t.p = min(1, 2*min(betaShare(even, a, b+1), betaShare(1-even, b, a+1)))
	return t
}

// bounds returns the bounds of the ratio that miss it once in 1/alpha times.
func (e evidence) bounds(spread, alpha float64) (low, high float64) {
	a, b := e.after/spread, e.before/spread
	odds := func(share float64) float64 { return share / (1 - share) * e.wouldBefore / e.wouldAfter }
	high = math.Inf(1)
	if a > 0 {
		low = odds(betaAt(alpha/2, a, b+1))
	}
	if b > 0 {
		high = odds(betaAt(1-alpha/2, a+1, b))
	}
	return low, high
}

// compared is a trend against everybody who was spoken with, and against those who told
// anything at all: when reps begin to keep more of what is said, no theme has risen. The
// one that is nearer to no change counts.
type compared struct {
	ways   []evidence
	spread float64
	which  int
	torn   bool // they do not go the same way
	Trend
}

// bound puts in the bounds that miss the ratio once in 1/alpha times.
func (c *compared) bound(alpha float64) {
	c.Low, c.High = c.ways[c.which].bounds(c.spread, alpha)
	for _, e := range c.ways {
		if c.torn {
			low, high := e.bounds(c.spread, alpha)
			c.Low, c.High = min(c.Low, low), max(c.High, high)
		}
	}
}

func compare(spread float64, ways ...evidence) compared {
	c := compared{ways: ways, spread: spread}
	for i, e := range ways {
		t := e.trend(spread)
		switch {
		case !t.Known:
			c.Trend = t
			return c
		case i == 0:
			c.Trend = t
		case (t.Ratio > 1) != (c.Ratio > 1): // more often by the one, less often by the other
			c.torn, c.p = true, 1
		case t.p > c.p:
			c.Trend, c.which = t, i
		}
	}
	return c
}

// claim decides which trends are claimed, so that among all that are, the share of those
// that are mere chance is expected to be at most falsely: Benjamini and Hochberg,
// "Controlling the false discovery rate", J. R. Stat. Soc. B 57, 1995. Their bounds are
// widened to hold together (Benjamini and Yekutieli, "False discovery rate-adjusted
// multiple confidence intervals", J. Am. Stat. Assoc. 100, 2005).
func claim(all []*compared) (looked int) {
	all = slices.DeleteFunc(slices.Clone(all), func(c *compared) bool { return !c.Known })
	slices.SortStableFunc(all, func(a, b *compared) int { return cmp.Compare(a.p, b.p) })
	n := 0
	for i, c := range all {
		if c.p <= falsely*float64(i+1)/float64(len(all)) {
			n = i + 1
		}
	}
	for i, c := range all {
		alpha := falsely
		if c.Claimed = i < n; c.Claimed {
			alpha *= float64(n) / float64(len(all))
		}
		c.bound(alpha)
	}
	return len(all)
}

// betaShare returns the share of a beta distribution below x: the regularised incomplete
// beta function, by Lentz's continued fraction (Press et al., Numerical Recipes, 6.4).
func betaShare(x, a, b float64) float64 {
	switch {
	case a <= 0 || x >= 1:
		return 1
	case b <= 0 || x <= 0:
		return 0
	}
	la, _ := math.Lgamma(a)
	lb, _ := math.Lgamma(b)
	lab, _ := math.Lgamma(a + b)
	front := math.Exp(lab - la - lb + a*math.Log(x) + b*math.Log1p(-x))
	if x < (a+1)/(a+b+2) {
		return front * fraction(x, a, b) / a
	}
	return 1 - front*fraction(1-x, b, a)/b
}

func fraction(x, a, b float64) float64 {
	const tiny, enough = 1e-300, 1e-13
	safe := func(v float64) float64 {
		if math.Abs(v) < tiny {
			return tiny
		}
		return v
	}
	c, d := 1.0, 1/safe(1-(a+b)*x/(a+1))
	h := d
	for m := 1.0; m < 500; m++ {
		even := m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
		d, c = 1/safe(1+even*d), safe(1+even/c)
		h *= d * c
		odd := -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
		d, c = 1/safe(1+odd*d), safe(1+odd/c)
		h *= d * c
		if math.Abs(d*c-1) < enough {
			break
		}
	}
	return h
}

// betaAt returns where a beta distribution has a share below it.
func betaAt(share, a, b float64) float64 {
	low, high := 0.0, 1.0
	for range 44 {
		if mid := (low + high) / 2; betaShare(mid, a, b) < share {
			low = mid
		} else {
			high = mid
		}
	}
	return (low + high) / 2
}
