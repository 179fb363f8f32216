package search

import (
	"cmp"
	"math"
	"slices"
)

// centroids tell classes apart by the middle of each one's examples. They are less
// good than linear where there are many examples of each class, and can be had for
// any number of classes. They never change.
type centroids struct {
	start []uint32  // by term, and one more
	of    []feature // class and value, term by term
}

// newCentroids learns from examples that stand together by class.
func newCentroids(terms, classes int, examples []example) *centroids {
	m := &centroids{start: make([]uint32, terms+1)}
	middle := make([][]feature, classes)
	var all []feature // of one class
	for len(examples) > 0 {
		class := examples[0].class
		for all = all[:0]; len(examples) > 0 && examples[0].class == class; examples = examples[1:] {
			all = append(all, examples[0].text...)
		}
		middle[class] = slices.Clone(toLengthOne(together(all)))
		for _, f := range middle[class] {
			m.start[f.term+1]++
		}
	}
	for t := range terms {
		m.start[t+1] += m.start[t]
	}
	m.of = make([]feature, m.start[terms])
	next := slices.Clone(m.start)
	for c, fs := range middle {
		for _, f := range fs {
			m.of[next[f.term]] = feature{int32(c), f.value}
			next[f.term]++
		}
	}
	return m
}

// score fills in the cosine of the text and each class.
func (m *centroids) score(text []feature, scores []float32) {
	clear(scores)
	for _, f := range text {
		for _, in := range m.of[m.start[f.term]:m.start[f.term+1]] {
			scores[in.term] += f.value * in.value
		}
	}
}

// shares turns scores into shares of the best, which count a little less than words.
func (*centroids) shares(scores []float32) {
	most := slices.Max(scores)
	for c := range scores {
		scores[c] *= weightCentroid / max(most, tiny)
	}
}

// together adds what is there twice and brings the terms in order.
func together(fs []feature) []feature {
	slices.SortStableFunc(fs, func(x, y feature) int { return cmp.Compare(x.term, y.term) })
	out := fs[:0]
	for _, f := range fs {
		if n := len(out); n > 0 && out[n-1].term == f.term {
			out[n-1].value += f.value
		} else {
			out = append(out, f)
		}
	}
	return out
}

func toLengthOne(fs []feature) []feature {
	sum := float64(0)
	for _, f := range fs {
		sum += float64(f.value) * float64(f.value)
	}
	if sum == 0 {
		return fs[:0]
	}
	by := float32(1 / math.Sqrt(sum))
	for i := range fs {
		fs[i].value *= by
	}
	return fs
}
