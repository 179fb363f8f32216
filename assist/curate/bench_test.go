package curate

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"testing"

	"ringside/assist"
	"ringside/assist/search"
)

// shop is a library of a few answers that are told apart by their words.
func shop() []assist.Answer {
	return []assist.Answer{
		{ID: "twice", Title: "Charged twice", Department: "billing", Say: "I can see both charges.", Phrasings: []string{"you took the money twice", "two charges for one order"}},
		{ID: "late", Title: "Parcel is late", Department: "care", Say: "Let me see where it is.", Phrasings: []string{"where is my parcel", "my delivery has not come"}},
		{ID: "hedge", Title: "Hedge trimmer will not start", Department: "workshop", Say: "Is the safety catch down?", Phrasings: []string{"the trimmer does not start", "motor is dead"}},
		{ID: "refund", Title: "Refund not there yet", Department: "billing", Say: "It takes five days.", Phrasings: []string{"where is my refund", "no refund on my account"}},
	}
}

func asks(of map[string]assist.ID) (out []assist.Question) {
	for words, answer := range of {
		out = append(out, assist.Question{ID: assist.IDFrom(words), Text: words, Answer: answer})
	}
	return out
}

func TestTheBenchTellsWhatQuestionsFind(t *testing.T) {
	questions := asks(map[string]assist.ID{"two charges": "twice", "has my parcel come": "late", "zzz qqq": "hedge", "where is my refund parcel": "late"})
	off := assist.Question{ID: "off", Text: "motor", Answer: "hedge", Off: true}
	got, err := Bench(t.Context(), search.Build(shop()), append(questions, off))
	if err != nil {
		t.Fatal(err)
	}
	want := map[assist.ID]int{assist.IDFrom("two charges"): 1, assist.IDFrom("has my parcel come"): 1,
		assist.IDFrom("zzz qqq"): 0, assist.IDFrom("where is my refund parcel"): 2}
	if got.Asked != 4 || got.Top1 != 2 || got.Top3 != 3 || !maps.Equal(got.Rank, want) {
		t.Errorf("got %+v, want %v", got, want)
	}
}

func TestWhatTheSearchRefusesIsNotFound(t *testing.T) {
	ix := search.Build(shop())
	const words = "what does a share of your firm cost"
	ranked, err := ix.Find(t.Context(), search.Query{Text: words + " ", All: true})
	if err != nil || ranked.State != search.None || len(ranked.Hits) == 0 {
		t.Fatalf("this question is not refused: %v %v %v", ranked.State, len(ranked.Hits), err)
	}
	got, err := Bench(t.Context(), ix, []assist.Question{{ID: "q", Text: words, Answer: ranked.Hits[0].Answer.ID}})
	if err != nil || got.Rank["q"] != 0 || got.Top3 != 0 {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestTryTellsWhatAChangeDoes(t *testing.T) {
	ix := search.Build(shop())
	questions := asks(map[string]assist.ID{"two charges": "twice", "the lawn is too high": "hedge", "where is my parcel": "late"})
	greedy := shop()[2]
	greedy.Title, greedy.Phrasings = "Parcel parcel", []string{"the lawn is too high", "where is my parcel", "where is my parcel now"}
	got, err := Try(t.Context(), ix, questions, greedy)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Worse) != 1 || got.Worse[0].Text != "where is my parcel" || len(got.Better) != 1 || got.Better[0].Text != "the lawn is too high" {
		t.Errorf("worse %v, better %v", got.Worse, got.Better)
	}
	if got.Before.Top1 != 2 || got.After.Top1 != 2 {
		t.Errorf("first: %d before, %d after", got.Before.Top1, got.After.Top1)
	}
	if again, err := Bench(t.Context(), ix, questions); err != nil || again.Top1 != got.Before.Top1 {
		t.Errorf("the index was changed: %+v %v", again, err)
	}
}

func TestWhatIsSwitchedOffIsFoundInTheAnswerThatSaysItNow(t *testing.T) {
	answers := shop()
	kept, gone := Join(answers[3], answers[0])
	ix := search.Build(answers).With([]assist.Answer{kept})
	questions := asks(map[string]assist.ID{"two charges for one order": "twice"})
	got, err := Try(t.Context(), ix, questions, gone)
	if err != nil || len(got.Worse) > 0 || got.After.Top1 != 1 {
		t.Errorf("joined: %+v %v", got, err)
	}
	gone.Into = ""
	if got, err = Try(t.Context(), ix, questions, gone); err != nil || len(got.Worse) != 1 || got.After.Top3 != 0 {
		t.Errorf("switched off for good: %+v %v", got, err)
	}
}

func TestTheBenchStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	questions := asks(map[string]assist.ID{"two charges": "twice"})
	if _, err := Bench(ctx, search.Build(shop()), questions); !errors.Is(err, context.Canceled) {
		t.Errorf("Bench: %v", err)
	}
	if _, err := Try(ctx, search.Build(shop()), questions, shop()[0]); !errors.Is(err, context.Canceled) {
		t.Errorf("Try: %v", err)
	}
	if _, err := Measure(ctx, library(60, 8)); !errors.Is(err, context.Canceled) {
		t.Errorf("Measure: %v", err)
	}
}

func TestAnEmptyBenchAsksNothing(t *testing.T) {
	got, err := Bench(t.Context(), &search.Index{}, nil)
	if err != nil || got.Asked != 0 || len(got.Rank) != 0 {
		t.Errorf("%+v %v", got, err)
	}
}

// library is n answers with so many phrasings each. A phrasing shares a word with one
// other phrasing of its answer, and one with a phrasing of each other answer.
func library(n, phrasings int) (out []assist.Answer) {
	for i := range n {
		a := assist.Answer{ID: assist.ID(fmt.Sprintf("a%05d", i)), Title: fmt.Sprintf("matter %s", name(i)), Department: "d", Say: "words " + name(i)}
		for k := range phrasings {
			a.Phrasings = append(a.Phrasings, fmt.Sprintf("please %s %s help", name(n+i*phrasings+k/2), name(-k)))
		}
		out = append(out, a)
	}
	return out
}

// name is a word for a number; words of different numbers have few parts in common.
func name(i int) string {
	const vowels, others = "aeiou", "bdfgklmnprstvz"
	r := rand.New(rand.NewPCG(uint64(i), 0))
	var b []byte
	for range 4 {
		b = append(b, others[r.IntN(len(others))], vowels[r.IntN(len(vowels))])
	}
	return string(b)
}
