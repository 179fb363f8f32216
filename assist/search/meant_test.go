package search

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"ringside/assist"
)

// office is a library whose words have nothing to do with what is asked.
func office(n int) (out []assist.Answer) {
	for i := range n {
		out = append(out, assist.Answer{ID: assist.ID(fmt.Sprintf("a-%04d", i)), Title: fmt.Sprintf("Topic %d", i),
			Department: "d", Say: fmt.Sprintf("Words on matter %d.", i)})
	}
	return out
}

// nearness is that of a model to which most answers are alike.
func nearness(answers []assist.Answer, special map[assist.ID]float32) func(assist.ID) (float32, bool) {
	r := rand.New(rand.NewPCG(1, 2))
	near := map[assist.ID]float32{}
	for _, a := range answers {
		near[a.ID] = .7 + .02*float32(r.NormFloat64())
	}
	for id, v := range special {
		near[id] = v
	}
	return func(id assist.ID) (float32, bool) {
		v, ok := near[id]
		return v, ok
	}
}

func TestAnAnswerThatSharesNoWordIsFoundByItsMeaning(t *testing.T) {
	answers := office(300)
	answers[7].Draft = true
	ix := Build(answers)
	q := Query{Text: "flibber gromp", Meaning: nearness(answers, map[assist.ID]float32{"a-0007": .93, "a-0100": .92, "a-0200": .8}), Explain: true}
	r := find(t, ix, q)
	if got := strings.Join(ids(r), " "); r.State != Dim || got != "a-0100 a-0007" {
		t.Fatalf("%s: %s", r.State, got)
	}
	if h := r.Hits[0]; h.Why != "means the same in other words" || len(h.Figures) == 0 || h.Figures[0].Name != "meaning" {
		t.Errorf("%+v", h)
	}
	if !strings.Contains(r.Hits[1].Why, "a draft") {
		t.Errorf("%q", r.Hits[1].Why)
	}
	q.Text = ""
	q.Meaning = nil
	if r := find(t, ix, q); r.State != None || len(r.Hits) > 0 {
		t.Errorf("without a model: %s %v", r.State, ids(r))
	}
}

func TestAnAnswerThatComesUpByItsMeaningSaysSo(t *testing.T) {
	ix := Build(shop())
	q := Query{Text: "there is water on the floor "}
	if got := ids(find(t, ix, q)); got[0] != "leaks" {
		t.Fatalf("by words %v", got)
	}
	q.Meaning = nearness(nil, map[assist.ID]float32{"kettle-leaks": .9, "boiler-leaks": .1, "leaks": .1})
	for i, h := range find(t, ix, q).Hits {
		if first := h.Answer.ID == "kettle-leaks"; first != (i == 0) || first != strings.Contains(h.Why, "; and means much the same") {
			t.Errorf("%d: %s says %q", i, h.Answer.ID, h.Why)
		}
	}
}

func TestWhatDoesNotStandOutByItsMeaningIsNotShown(t *testing.T) {
	answers := office(300)
	ix := Build(answers)
	shown := 0
	for seed := range 20 {
		r := rand.New(rand.NewPCG(5, uint64(seed)))
		near := map[assist.ID]float32{}
		for _, a := range answers {
			near[a.ID] = .3 + .1*float32(r.NormFloat64())
		}
		if got := find(t, ix, Query{Text: "flibber gromp", Meaning: nearness(nil, near)}); len(got.Hits) > 0 {
			shown++
		}
	}
	if shown > 3 {
		t.Errorf("something stood out of noise in %d of 20 searches", shown)
	}
	few := answers[:5]
	if r := find(t, Build(few), Query{Text: "flibber gromp", Meaning: nearness(few, map[assist.ID]float32{"a-0001": 1})}); len(r.Hits) > 0 {
		t.Errorf("five answers are enough to stand out: %v", ids(r))
	}
	same := map[assist.ID]float32{}
	for _, a := range answers {
		same[a.ID] = .5
	}
	if r := find(t, ix, Query{Text: "flibber gromp", Meaning: nearness(nil, same)}); len(r.Hits) > 0 {
		t.Errorf("all are alike and %d are shown", len(r.Hits))
	}
}

func TestMeaningKnowsOfChangedAnswers(t *testing.T) {
	answers := office(100)
	changed := answers[3]
	changed.Verified, changed.VerifyEvery = assist.Date{Year: 2020, Month: 1, Day: 1}, 10
	ix := Build(answers).With([]assist.Answer{changed}, "a-0004")
	r := find(t, ix, Query{Text: "flibber gromp", Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
		Meaning: nearness(answers, map[assist.ID]float32{"a-0003": .95, "a-0004": .96})})
	if got := strings.Join(ids(r), " "); got != "a-0003" || !r.Hits[0].Stale || !strings.Contains(r.Hits[0].Why, "not verified for ") {
		t.Errorf("%s %+v", got, r.Hits)
	}
}
