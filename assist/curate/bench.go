// Package curate tells trainers what the library needs: which questions have no answer,
// what a change makes of the questions that were saved, how two changes become one, who
// answers for what. It decides from values alone; nothing is kept here.
package curate

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"ringside/assist"
	"ringside/assist/search"
)

// deepest is the last rank that is told apart.
const deepest = 10

// Score is what saved questions find. A question counts as found where a rep would see
// the answer: shown or dimmed. When the search refuses, nothing is found, whatever it
// would have ranked.
type Score struct {
	Asked int // questions that were asked
	Top1  int // whose answer came first
	Top3  int // whose answer was among the first three
	// Rank is the place of the answer by the question's id. 1 is first; 0 means refused,
	// or not among the first ten.
	Rank map[assist.ID]int
}

// Bench asks questions of an index as a rep would who has typed them whole, with no
// customer and nothing stale. Questions that are Off are not asked. It uses all cores; the
// error is ctx's and nothing else.
func Bench(ctx context.Context, ix *search.Index, questions []assist.Question) (Score, error) {
	asked := slices.DeleteFunc(slices.Clone(questions), func(q assist.Question) bool { return q.Off })
	ranks, err := ranks(ctx, ix, asked)
	if err != nil {
		return Score{}, err
	}
	s := Score{Asked: len(asked), Rank: make(map[assist.ID]int, len(asked))}
	for i, q := range asked {
		s.Rank[q.ID] = ranks[i]
		if ranks[i] == 1 {
			s.Top1++
		}
		if inTop3(ranks[i]) {
			s.Top3++
		}
	}
	return s, nil
}

func inTop3(rank int) bool { return rank >= 1 && rank <= 3 }

// ranks returns the place of each question's answer.
func ranks(ctx context.Context, ix *search.Index, questions []assist.Question) ([]int, error) {
	out := make([]int, len(questions))
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(questions)) {
		wait.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(questions)) && ctx.Err() == nil; i = next.Add(1) - 1 {
				out[i] = rank(ctx, ix, questions[i])
			}
		})
	}
	wait.Wait()
	return out, ctx.Err()
}

func rank(ctx context.Context, ix *search.Index, q assist.Question) int {
	found, err := ix.Find(ctx, search.Query{Text: q.Text + " ", Limit: deepest})
	if err != nil {
		return 0 // ctx has ended, which ranks reports
	}
	return 1 + slices.IndexFunc(found.Hits, func(h search.Hit) bool { return h.Answer.ID == q.Answer })
}

// Change is what a change of the library makes of the saved questions.
type Change struct {
	Before, After Score
	Worse         []assist.Question // lost the first place, or are no longer among the first three
	Better        []assist.Question // won the first place, or came among the first three
}

// Try benches the library as it is, and as it would be if next were published; nothing is
// changed. When next is Off it is not found any more, and its questions must find the
// answer that it is Into. ix is the library as it stands, without the answers that are Off.
func Try(ctx context.Context, ix *search.Index, questions []assist.Question, next assist.Answer) (c Change, err error) {
	if c.Before, err = Bench(ctx, ix, questions); err != nil {
		return Change{}, err
	}
	then := ix.With([]assist.Answer{next})
	moved := questions
	if next.Off {
		then = ix.With(nil, next.ID)
		moved = slices.Clone(questions)
		for i := range moved {
			if moved[i].Answer == next.ID && next.Into != "" {
				moved[i].Answer = next.Into
			}
		}
	}
	if c.After, err = Bench(ctx, then, moved); err != nil {
		return Change{}, err
	}
	for _, q := range questions {
		was, is := c.Before.Rank[q.ID], c.After.Rank[q.ID]
		switch {
		case q.Off:
		case was == 1 && is != 1, inTop3(was) && !inTop3(is):
			c.Worse = append(c.Worse, q)
		case is == 1 && was != 1, inTop3(is) && !inTop3(was):
			c.Better = append(c.Better, q)
		}
	}
	return c, nil
}
