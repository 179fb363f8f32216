package chart_test

import (
	"math"
	"testing"

	"ringside/assist/chart"
)

func TestAShareLiesWithinItsInterval(t *testing.T) {
	for _, c := range []struct {
		part, whole int
		low, high   float64
	}{{0, 0, 0, 100}, {0, 10, 0, 27.75}, {10, 10, 72.25, 100}, {15, 20, 53.13, 88.81}, {1, 2, 9.45, 90.55}} { // Wilson's, worked out by hand
		if low, high := chart.Sure(c.part, c.whole); math.Abs(low-c.low) > .01 || math.Abs(high-c.high) > .01 {
			t.Errorf("%d of %d: %.2f to %.2f, want %.2f to %.2f", c.part, c.whole, low, high, c.low, c.high)
		}
	}
	for whole := 1; whole < 300; whole++ {
		for part := range whole + 1 {
			share := 100 * float64(part) / float64(whole)
			if low, high := chart.Sure(part, whole); !(0 <= low && low <= share && share <= high && high <= 100) {
				t.Errorf("%d of %d: %v to %v", part, whole, low, high)
			}
		}
	}
}
