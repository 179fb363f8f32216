// Package fsrs says when something that was learned will be forgotten: FSRS-6, the
// Free Spaced Repetition Scheduler.
//
// A Memory has a stability S, the days until the chance to know it has fallen to nine
// in ten, and a difficulty D from 1 to 10. With w for the 21 default weights, G for the
// grade and t for the days since the last time:
//
//	chance to know     R(t) = (1 + f·t/S)^-w20, with f = 0.9^(-1/w20) - 1
//	interval           I = S/f · (r^(-1/w20) - 1), with r the chance that is wanted then
//	the first time     S = w(G-1), D = w4 - e^(w5·(G-1)) + 1
//	difficulty         D' = w7·D0(4) + (1 - w7)·(D - w6·(G-3)·(10-D)/9), with D0(4) as it was
//	                   computed, below 1
//	known              S' = S·(1 + e^w8·(11-D)·S^-w9·(e^(w10·(1-R)) - 1)·h·b),
//	                   h = w15 for hard, b = w16 for easy, else 1
//	forgotten          S' = min(w11·D^-w12·((S+1)^w13 - 1)·e^(w14·(1-R)), S/e^(w17·w18))
//	on the same day    S' = S·e^(w17·(G-3+w18))·S^-w19, and not below S for good and easy
//
// Weights and formulas are those that open-spaced-repetition publishes: py-fsrs 6
// (fsrs/scheduler.py) and "The Algorithm" in the wiki of awesome-fsrs; the model is of
// J. Ye, J. Su, Y. Cao, "A Stochastic Shortest Path Algorithm for Optimizing Spaced
// Repetition Scheduling", KDD 2022. There is no fuzz: the same history gives the same day.
package fsrs

import "math"

// Grade is what somebody thought of how well they knew it.
type Grade int

// The grades.
const (
	Again Grade = 1 + iota // not known
	Hard
	Good
	Easy
)

// Memory is how well one thing is known. The zero Memory is of what was never learned.
type Memory struct {
	Stability  float64 // days
	Difficulty float64 // 1 to 10
}

// w are the default weights of FSRS-6.
var w = [21]float64{0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
	1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542}

const leastStability = 0.001

var factor = math.Pow(0.9, -1/w[20]) - 1

// After returns the memory after it was tried once more, so many days after the last
// time, and what was thought of it. For the zero Memory the days do not matter.
func (m Memory) After(g Grade, days int) Memory {
	if m.Stability <= 0 {
		return Memory{Stability: w[g-1], Difficulty: between(firstDifficulty(g))}
	}
	next := Memory{Difficulty: m.harder(g)}
	switch {
	case days < 1:
		next.Stability = m.sameDay(g)
	case g == Again:
		next.Stability = m.forgotten(days)
	default:
		next.Stability = m.known(g, days)
	}
	next.Stability = max(next.Stability, leastStability)
	return next
}

// Chance returns the chance, from 0 to 1, that it is known so many days after the last
// time; 0 for the zero Memory.
func (m Memory) Chance(days int) float64 {
	if m.Stability <= 0 {
		return 0
	}
	return math.Pow(1+factor*float64(max(days, 0))/m.Stability, -w[20])
}

// Interval returns after how many days, 1 at least, the chance to know it has fallen to
// wanted, which is above 0 and below 1.
func (m Memory) Interval(wanted float64) int {
	days := m.Stability / factor * (math.Pow(wanted, -1/w[20]) - 1)
	return max(int(math.Round(days)), 1)
}

func firstDifficulty(g Grade) float64 { return w[4] - math.Exp(w[5]*float64(g-1)) + 1 }

func between(difficulty float64) float64 { return min(max(difficulty, 1), 10) }

// harder returns the next difficulty.
func (m Memory) harder(g Grade) float64 {
	next := m.Difficulty - w[6]*float64(g-Good)*(10-m.Difficulty)/9
	return between(w[7]*firstDifficulty(Easy) + (1-w[7])*next)
}

func (m Memory) sameDay(g Grade) float64 {
	grows := math.Exp(w[17]*(float64(g-Good)+w[18])) * math.Pow(m.Stability, -w[19])
	if g >= Good {
		grows = max(grows, 1)
	}
	return m.Stability * grows
}

func (m Memory) forgotten(days int) float64 {
	long := w[11] * math.Pow(m.Difficulty, -w[12]) * (math.Pow(m.Stability+1, w[13]) - 1) * math.Exp(w[14]*(1-m.Chance(days)))
	return min(long, m.Stability/math.Exp(w[17]*w[18]))
}

func (m Memory) known(g Grade, days int) float64 {
	weight := 1.0
	switch g {
	case Hard:
		weight = w[15]
	case Easy:
		weight = w[16]
	}
	return m.Stability * (1 + math.Exp(w[8])*(11-m.Difficulty)*math.Pow(m.Stability, -w[9])*(math.Exp(w[10]*(1-m.Chance(days)))-1)*weight)
}
