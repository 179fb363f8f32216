package search

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
)

// feature is one term of a text and how much of the text it is.
type feature struct {
	term  int32
	value float32
}

// example is a text whose answer is known.
type example struct {
	text     []feature
	class    int32
	phrasing string // as it is written; empty for a title
}

// linear tells classes apart by weights of their terms: a softmax model, learned
// from examples. It never changes.
type linear struct {
	classes int
	row     []int32   // by term: its row of weights; -1 when it has none
	weights []float32 // row by row, each by class
	bias    []float32 // by class
}

// learnLinear learns by gradient descent, one example after another, in an order
// that is always the same. Terms that hardly ever occur are left out: of much text
// they are most of the terms and tell next to nothing. The error is ctx's.
func learnLinear(ctx context.Context, terms, classes int, examples []example) (*linear, error) {
	m := &linear{classes: classes, row: make([]int32, terms), bias: make([]float32, classes)}
	m.weights = make([]float32, m.placeRows(examples)*classes)
	order := make([]int32, len(examples))
	for i := range order {
		order[i] = int32(i)
	}
	random := rand.New(rand.NewPCG(uint64(classes), uint64(len(examples))))
	scores := make([]float32, classes)
	wrong := make([]feature, 0, classes)
	step, steps := 0, learnEpochs*len(examples)
	for range learnEpochs {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, at := range order {
			if step%64 == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			e := examples[at]
			m.score(e.text, scores)
			softmax(scores)
			scores[e.class]--
			rate := learnRate * (1 - float32(step)/float32(steps))
			step++
			wrong = wrong[:0]
			for c, by := range scores {
				m.bias[c] -= learnBias * rate * by
				if by > learnLeast || by < -learnLeast {
					wrong = append(wrong, feature{int32(c), by * rate})
				}
			}
			m.correct(e.text, wrong)
		}
	}
	return m, nil
}

// placeRows gives a row to each term that is not too rare, and returns how many.
func (m *linear) placeRows(examples []example) (rows int) {
	in := make([]int32, len(m.row))
	for _, e := range examples {
		for _, f := range e.text {
			in[f.term]++
		}
	}
	for t, n := range in {
		if m.row[t] = -1; int(n) > len(examples)/learnRare {
			m.row[t] = int32(rows)
			rows++
		}
	}
	return rows
}

// correct moves the weights of the text's terms against what was wrong, by class.
func (m *linear) correct(text, wrong []feature) {
	for _, f := range text {
		if m.row[f.term] < 0 {
			continue
		}
		row := m.weights[int(m.row[f.term])*m.classes:][:m.classes]
		for _, w := range wrong {
			row[w.term] -= w.value * f.value
		}
	}
}

// score fills in how much the text speaks for each class.
func (m *linear) score(text []feature, scores []float32) {
	copy(scores, m.bias)
	for _, f := range text {
		if m.row[f.term] < 0 {
			continue
		}
		row := m.weights[int(m.row[f.term])*m.classes:][:m.classes]
		for c := range scores {
			scores[c] += row[c] * f.value
		}
	}
}

// shares turns scores into how likely each class is next to the likeliest.
func (*linear) shares(scores []float32) {
	most := slices.Max(scores)
	for c, v := range scores {
		scores[c] = float32(math.Exp(float64(v - most)))
	}
}

// softmax turns scores into how likely each class is.
func softmax(scores []float32) {
	(*linear)(nil).shares(scores)
	sum := float32(0)
	for _, v := range scores {
		sum += v
	}
	for c := range scores {
		scores[c] /= sum
	}
}
