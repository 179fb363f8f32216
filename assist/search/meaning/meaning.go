// Package meaning holds what a model thinks of the library: a vector for each answer,
// so that a question is near the answers that mean the same, also when they share no
// word. It is pure: the vectors come from outside, and an answer without one is
// simply not known here.
package meaning

import (
	"maps"
	"math"

	"ringside/assist"
)

// Vector is what a model made of one answer's Text.
type Vector struct {
	Answer assist.ID
	Values []float32
}

// Set holds the vectors of one model, each number in one byte: about 450 bytes an
// answer for a vector of 384 numbers. A Set never changes; any goroutine may use it
// at any time. The zero Set is empty.
type Set struct {
	wide int
	at   map[assist.ID]coarse
}

// coarse is a vector in steps of its own length; scale makes a cosine of the dot
// product with another one in steps.
type coarse struct {
	steps []int8
	scale float32
}

// With returns a Set in which these vectors are as given and the gone are no more.
// Vectors of another width than those that are there are left out.
func (s *Set) With(vectors []Vector, gone ...assist.ID) *Set {
	next := &Set{wide: s.wide, at: maps.Clone(s.at)}
	if next.at == nil {
		next.at = make(map[assist.ID]coarse, len(vectors))
	}
	for _, id := range gone {
		delete(next.at, id)
	}
	for _, v := range vectors {
		if len(next.at) == 0 {
			next.wide = len(v.Values)
		}
		if len(v.Values) != next.wide {
			continue
		}
		if c := inSteps(v.Values); c.scale > 0 {
			next.at[v.Answer] = c
		}
	}
	return next
}

// Len returns how many answers are known.
func (s *Set) Len() int { return len(s.at) }

// Near returns how near an answer's meaning is to a vector of the same model: the
// cosine, from -1 to 1, within a hundredth; ok is false for an answer that is not
// known. It is nil when the Set is empty, or the vector is none of its width.
func (s *Set) Near(vector []float32) func(assist.ID) (near float32, ok bool) {
	q := inSteps(vector)
	if len(s.at) == 0 || len(vector) != s.wide || q.scale == 0 {
		return nil
	}
	return func(id assist.ID) (float32, bool) {
		c, ok := s.at[id]
		if !ok {
			return 0, false
		}
		return max(-1, min(1, float32(dot(q.steps, c.steps))*q.scale*c.scale)), true
	}
}

// inSteps brings a vector into a byte for each number. Its scale is 0 when it points
// nowhere.
func inSteps(v []float32) coarse {
	var most float64
	for _, x := range v {
		most = max(most, math.Abs(float64(x)))
	}
	if most == 0 || math.IsInf(most, 0) || math.IsNaN(most) {
		return coarse{}
	}
	c := coarse{steps: make([]int8, len(v))}
	var sum float64
	for i, x := range v {
		n := math.Round(float64(x) / most * 127)
		c.steps[i] = int8(n)
		sum += n * n
	}
	c.scale = float32(1 / math.Sqrt(sum))
	return c
}

// dot takes four at a time: that is half the time of one at a time.
func dot(a, b []int8) int32 {
	var s0, s1, s2, s3 int32
	b = b[:len(a)]
	i := 0
	for ; i+4 <= len(a); i += 4 {
		s0 += int32(a[i]) * int32(b[i])
		s1 += int32(a[i+1]) * int32(b[i+1])
		s2 += int32(a[i+2]) * int32(b[i+2])
		s3 += int32(a[i+3]) * int32(b[i+3])
	}
	for ; i < len(a); i++ {
		s0 += int32(a[i]) * int32(b[i])
	}
	return s0 + s1 + s2 + s3
}
