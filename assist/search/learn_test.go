package search

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"ringside/assist"
)

func TestALearnedIndexRanksByWhatTellsAnswersApart(t *testing.T) {
	answers := shop()
	for i := range 12 { // most of what is said about it says "order", and so does everybody
		answers[0].Phrasings = append(answers[0].Phrasings, fmt.Sprintf("my order was paid two times on day %d", i))
		answers[2].Phrasings = append(answers[2].Phrasings, fmt.Sprintf("my order is not here on day %d", i))
	}
	ix := trained(t, Build(answers))
	for text, want := range map[string]string{"order paid two times ": "charged-twice", "my order is not here": "parcel-late", "leaking boiler ": "boiler-leaks"} {
		if got := ids(find(t, ix, Query{Text: text})); len(got) == 0 || got[0] != want {
			t.Errorf("%q: %v, want %s first", text, got, want)
		}
	}
}

func TestTrainingTwiceGivesTheSameAndLeavesTheFirstIndexAlone(t *testing.T) {
	answers := dataAnswers(t, bankCards, 4)
	ix := Build(answers)
	q := Query{Text: "I did not get my money back from the cash machine ", Explain: true, Limit: 20, All: true}
	before := find(t, ix, q)
	slices.Reverse(answers)
	first, second := find(t, trained(t, ix), q), find(t, trained(t, Build(answers)), q)
	if !reflect.DeepEqual(first, second) {
		t.Errorf("%v and then %v", ids(first), ids(second))
	}
	if reflect.DeepEqual(first, before) || !reflect.DeepEqual(find(t, ix, q), before) {
		t.Error("training changed nothing, or the index that it began with")
	}
}

func TestTrainingStopsWithItsContext(t *testing.T) {
	ix := Build(dataAnswers(t, bankCards, 20))
	for _, left := range []int{0, 1, 40} {
		if got, err := ix.Train(&late{t.Context(), left}); !errors.Is(err, context.DeadlineExceeded) || got != nil {
			t.Errorf("after %d questions to the context: %v, %v", left, got, err)
		}
	}
}

func TestThereIsNothingToLearnWithoutPhrasings(t *testing.T) {
	bare := shop()
	for i := range bare {
		bare[i].Phrasings = nil
	}
	for name, answers := range map[string][]assist.Answer{"none": nil, "no phrasings": bare, "one": shop()[:1], "blank": {{ID: "a", Phrasings: []string{"🙂"}}, {ID: "b", Phrasings: []string{""}}}} {
		ix := Build(answers)
		for _, text := range []string{"charged twice", "leaks ", ""} {
			want, got := find(t, ix, Query{Text: text}), find(t, trained(t, ix), Query{Text: text})
			if !reflect.DeepEqual(ids(got), ids(want)) {
				t.Errorf("%s: %q finds %v, before training %v", name, text, ids(got), ids(want))
			}
		}
	}
	if ix, err := (&Index{}).Train(t.Context()); err != nil || len(find(t, ix, Query{Text: "x"}).Hits) != 0 {
		t.Errorf("a zero index: %v", err)
	}
}

func TestAnAnswerThatChangedAfterTrainingKeepsWhatWasLearnedOfIt(t *testing.T) {
	answers := dataAnswers(t, bankCards, 10)
	ix := trained(t, Build(answers))
	queries := readLines[dataQuery](t, bankQueries)[:200]
	want := measure(t, ix, queries, whole)
	changed := ix
	for i := range 6 {
		a := answers[i*11]
		a.Say += " Have a nice day."
		changed = changed.With([]assist.Answer{a})
	}
	if got := measure(t, changed, queries, whole); got.r3 < want.r3-.015 || got.r1 < want.r1-.02 {
		t.Errorf("R@1 %.3f R@3 %.3f, before the change %.3f and %.3f", got.r1, got.r3, want.r1, want.r3)
	}
	text := answers[0].Phrasings[0] + " "
	if r := find(t, changed.With(nil, answers[0].ID), Query{Text: text}); slices.Contains(ids(r), string(answers[0].ID)) {
		t.Errorf("a removed answer is found by what was learned: %v", ids(r))
	}
	fresh := assist.Answer{ID: "new", Title: "Lend a wheelbarrow", Phrasings: []string{"borrow a wheelbarrow for the weekend"}}
	if r := find(t, changed.With([]assist.Answer{fresh}), Query{Text: "a wheelbarrow to borrow "}); len(r.Hits) == 0 || r.Hits[0].Answer.ID != "new" {
		t.Errorf("what nothing was learned of is not found by its words: %v", ids(r))
	}
}

func TestManyAnswersAreLearnedByTheirCentroids(t *testing.T) {
	answers := manyAnswers(t, mostClasses+150, 6)
	ix := Build(answers)
	learned := trained(t, ix)
	if _, ok := learned.base.learned.model.(*centroids); !ok {
		t.Fatalf("learned by %T", learned.base.learned.model)
	}
	right := func(ix *Index) (n int) {
		for _, a := range answers {
			said := a.Phrasings[0]
			r := find(t, ix, Query{Text: strings.Join(strings.Fields(said)[1:], " ") + " "})
			if len(r.Hits) > 0 && slices.Contains(r.Hits[0].Answer.Phrasings, said) {
				n++
			}
		}
		return n
	}
	if words, both := right(ix), right(learned); both < words {
		t.Errorf("%d of %d right with centroids, %d without", both, len(answers), words)
	}
}

func TestAMillionPhrasingsDoNotFreeze(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a few seconds")
	}
	answers := shop()
	for i := range 200_000 {
		for j := range 5 {
			answers[j].Phrasings = append(answers[j].Phrasings, fmt.Sprintf("wording %d of %s", i, answers[j].ID))
		}
	}
	ix := trained(t, Build(answers))
	if r := find(t, ix, Query{Text: "charged twice for one order "}); len(r.Hits) == 0 || r.Hits[0].Answer.ID != "charged-twice" {
		t.Errorf("found %v", ids(r))
	}
}

func TestALinearModelLearnsWhatATermTells(t *testing.T) {
	var examples []example
	for i := range 40 {
		class := int32(i % 4)
		examples = append(examples, example{text: []feature{{class, .9}, {4 + int32(i%3), .4}}, class: class})
	}
	m, err := learnLinear(t.Context(), 8, 4, examples)
	if err != nil {
		t.Fatal(err)
	}
	scores := make([]float32, 4)
	for class := range int32(4) {
		m.score([]feature{{class, 1}, {7, 1}}, scores)
		softmax(scores)
		if scores[class] < .8 {
			t.Errorf("class %d by its own term: %v", class, scores)
		}
	}
}
