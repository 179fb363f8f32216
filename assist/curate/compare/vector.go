package compare

import (
	"cmp"
	"math"
	"slices"
)

// term is a word's stem and how much it says.
type term struct {
	id int32
	w  float32
}

// vector is a text as its terms, each once, by id.
type vector []term

// newVector sums up the weights of equal terms.
func newVector(terms []term) vector {
	slices.SortFunc(terms, func(a, b term) int { return cmp.Compare(a.id, b.id) })
	out := terms[:0]
	for _, t := range terms {
		if n := len(out); n > 0 && out[n-1].id == t.id {
			out[n-1].w += t.w
		} else {
			out = append(out, t)
		}
	}
	return slices.Clip(out)
}

// weigh turns counts into weights: what is rare says more, and the length of the whole is 1.
func (v vector) weigh(rare []float32, log bool) {
	var sum float64
	for i := range v {
		if log {
			v[i].w = float32(math.Log1p(float64(v[i].w)))
		}
		v[i].w *= rare[v[i].id]
		sum += float64(v[i].w) * float64(v[i].w)
	}
	if sum == 0 {
		return
	}
	length := float32(math.Sqrt(sum))
	for i := range v {
		v[i].w /= length
	}
}

// dot is how alike two weighed vectors are, and how many terms they share.
func (v vector) dot(w vector) (alike float64, shared int) {
	var sum float32
	for i, j := 0, 0; i < len(v) && j < len(w); {
		switch {
		case v[i].id < w[j].id:
			i++
		case v[i].id > w[j].id:
			j++
		default:
			sum += v[i].w * w[j].w
			shared++
			i++
			j++
		}
	}
	return float64(sum), shared
}
