package main

import (
	"fmt"
	"strings"
	"time"

	"ringside/assist"
	"ringside/assist/curate"
	"ringside/assist/search"
)

const benchRounds = 3 // the slowest counts

// benchQuestions measures how long it takes to ask a library 1,000 questions, as is done
// beside the save button.
func benchQuestions(b *callBench, answers []assist.Answer) ([]figure, error) {
	ix, err := search.Build(answers).Train(b.ctx)
	if err != nil {
		return nil, err
	}
	questions := reworded(answers, 1000)
	var slowest time.Duration
	var score curate.Score
	for range benchRounds {
		took, err := timed(func() (err error) {
			score, err = curate.Bench(b.ctx, ix, questions)
			return err
		})
		if err != nil {
			return nil, err
		}
		slowest = max(slowest, took)
	}
	return []figure{{Name: "bench_1000_questions_ms", Value: float64(slowest.Microseconds()) / 1000, Limit: 1000,
		Note: fmt.Sprintf("slowest of %d; %d answers; %d %% are among the first three", benchRounds, len(answers), 100*score.Top3/score.Asked)}}, nil
}

// reworded makes n questions of the answers' phrasings that no answer has word by word: the
// words come in another order, and one is left out.
func reworded(answers []assist.Answer, n int) []assist.Question {
	out := make([]assist.Question, 0, n)
	for i := 0; len(out) < n; i++ {
		a := answers[i*7919%len(answers)]
		words := strings.Fields(a.Phrasings[i%len(a.Phrasings)])
		cut := 1 + i%max(len(words)-1, 1)
		text := strings.Join(append(append([]string{"please"}, words[cut:]...), words[:cut-1]...), " ")
		out = append(out, assist.Question{ID: assist.ID(fmt.Sprint("q", i)), Text: text, Answer: a.ID, At: time.Unix(int64(i), 0)})
	}
	return out
}
