package compare

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// The bounds below were set on half of the planted pairs of `ringside bench library`; see
// docs/decisions/doubles.md.
const (
	// nearest is how alike two answers must be to be looked at.
	nearest = .16
	// lookedAt is how many others are looked at for each answer, the most alike first.
	lookedAt = 24
	// common is the share of answers beyond which a word brings no candidates, once the
	// library is so large that it matters.
	common = .08
)

// near are two texts that may say the same.
type near struct {
	a, b        int // a < b
	alike       float64
	asked, said float64
}

// finding is what was found between two texts.
type finding struct {
	a, b  int
	alike float64
	clash bool
	ours  *claim
	other *claim
	// linked: the answer names the page.
	linked bool
}

// posting is a text that has a word.
type posting struct {
	text int32
	w    float32
}

// near returns the pairs of texts that share enough, and may be compared, in order.
func (l *library) near(ctx context.Context, may func(a, b int) bool) ([]near, error) {
	postings := make([][]posting, len(l.ids))
	whole := make([]vector, len(l.texts))
	for i, p := range l.texts {
		whole[i] = p.whole()
		for _, t := range whole[i] {
			postings[t.id] = append(postings[t.id], posting{int32(i), t.w})
		}
	}
	most := max(200, int(common*float64(len(l.texts))))
	score := make([]float32, len(l.texts))
	var touched []int32
	seen := map[[2]int]bool{}
	var out []near
	for i := range l.texts {
		if i%64 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		touched = touched[:0]
		for _, t := range whole[i] {
			if len(postings[t.id]) > most {
				continue
			}
			for _, p := range postings[t.id] {
				if score[p.text] == 0 {
					touched = append(touched, p.text)
				}
				score[p.text] += t.w * p.w
			}
		}
		for _, n := range best(touched, score, i, may) {
			if key := [2]int{min(i, n), max(i, n)}; !seen[key] {
				seen[key] = true
				out = append(out, l.measure(key[0], key[1]))
			}
		}
		for _, t := range touched {
			score[t] = 0
		}
	}
	slices.SortFunc(out, func(a, b near) int { return cmp.Or(cmp.Compare(a.a, b.a), cmp.Compare(a.b, b.b)) })
	return out, nil
}

// whole is all of a text, what it is asked and what it says alike.
func (p *passage) whole() vector {
	v := newVector(append(append(make([]term, 0, len(p.asked)+len(p.said)), p.asked...), p.said...))
	var sum float64
	for _, t := range v {
		sum += float64(t.w) * float64(t.w)
	}
	if sum > 0 {
		for i := range v {
			v[i].w /= float32(math.Sqrt(sum))
		}
	}
	return v
}

// best returns the texts with the highest scores that self may be compared with.
func best(touched []int32, score []float32, self int, may func(a, b int) bool) []int {
	var out []int
	for _, t := range touched {
		if int(t) != self && score[t] >= nearest && may(self, int(t)) {
			out = append(out, int(t))
		}
	}
	slices.SortFunc(out, func(a, b int) int { return cmp.Or(cmp.Compare(score[b], score[a]), cmp.Compare(a, b)) })
	return out[:min(len(out), lookedAt)]
}

// measure measures how alike two texts are.
func (l *library) measure(a, b int) near {
	n := near{a: a, b: b}
	n.asked, _ = l.texts[a].asked.dot(l.texts[b].asked)
	n.said, _ = l.texts[a].said.dot(l.texts[b].said)
	n.alike = .6*n.asked + .4*n.said
	return n
}

// double reports whether two answers answer the same question.
func double(a, b *passage, n near) bool {
	if !sameMarks(a.marks, b.marks, false) || len(a.figures) > 0 && len(b.figures) > 0 && !meet(a.figures, b.figures) {
		return false
	}
	return n.alike >= .4 && n.asked >= .3 && n.said >= .2
}

// sameMarks reports whether nothing parts two texts. A mark that only one has does, but for
// one of a way, and, where there is no yes or no, of a state.
func sameMarks(a, b []mark, yes bool) bool {
	return coveredBy(a, b, yes) && coveredBy(b, a, yes)
}

func coveredBy(a, b []mark, yes bool) bool {
	for _, m := range a {
		if m.rule == "state" && !yes {
			continue
		}
		one, both := false, false
		for _, n := range b {
			if n.kind == m.kind {
				one = true
				both = both || n.name == m.name
			}
		}
		// What a text names beside others that are shared is no difference.
		shared := slices.ContainsFunc(a, func(o mark) bool { return o.kind == m.kind && slices.Contains(b, o) })
		if !both && !shared && (one || m.rule != "way") {
			return false
		}
	}
	return true
}

// sameProducts reports whether two texts can be about the same products; where one names
// none, only if they are alike else.
func sameProducts(a, b []string, alike bool) bool {
	if len(a) == 0 || len(b) == 0 {
		return alike || len(a) == len(b)
	}
	return meet(a, b)
}
