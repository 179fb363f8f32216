package planted

import (
	"ringside/assist"
	"ringside/assist/twin"
)

// Judged is how finds compare with what was planted, in pairs of records.
type Judged struct{ Right, Wrong, Missed int }

// Judge compares groups with who is one person.
func (w World) Judge(groups []twin.Group) (j Judged) {
	for _, g := range groups {
		for i, a := range g.Customers {
			for _, b := range g.Customers[i+1:] {
				if w.Same[[2]assist.ID{min(a, b), max(a, b)}] {
					j.Right++
				} else {
					j.Wrong++
				}
			}
		}
	}
	j.Missed = len(w.Same) - j.Right
	return j
}

// Add counts the finds of another world, too.
func (j *Judged) Add(more Judged) {
	j.Right, j.Wrong, j.Missed = j.Right+more.Right, j.Wrong+more.Wrong, j.Missed+more.Missed
}

// Precision is how many of the pairs that were found are right.
func (j Judged) Precision() float64 { return share(j.Right, j.Wrong) }

// Recall is how many of the pairs that are there were found.
func (j Judged) Recall() float64 { return share(j.Right, j.Missed) }

func share(some, others int) float64 {
	if some == 0 {
		return 0
	}
	return float64(some) / float64(some+others)
}
