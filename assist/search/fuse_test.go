package search

import (
	"math"
	"slices"
	"testing"
	"time"

	"ringside/assist"
)

func TestFiguresMakeUpTheScore(t *testing.T) {
	answers := shop()
	answers[3].Draft, answers[4].VerifyEvery = true, 30
	for name, ix := range map[string]*Index{"built": Build(answers), "trained": trained(t, Build(answers))} {
		r := find(t, ix, Query{Text: "it leaks water ", Products: []string{"Boiler 3"}, About: []string{"the dripping kettle"}, Now: time.Date(2026, 5, 4, 0, 0, 0, 0, time.UTC),
			Explain: true, All: true, Meaning: func(id assist.ID) (float32, bool) { return float32(len(id)) / 20, id != "leaks" }})
		seen := map[string]bool{}
		for _, h := range r.Hits {
			sum, times := 0., 1.
			for _, f := range h.Figures {
				seen[f.Name] = true
				switch f.Name {
				case "words", "learned", "meaning":
					sum += f.Value
				default:
					times *= f.Value
				}
			}
			if math.Abs(sum*times-h.Score) > 1e-4 {
				t.Errorf("%s: %s scores %.4f, its figures %v", name, h.Answer.ID, h.Score, h.Figures)
			}
		}
		for _, want := range []string{"words", "meaning", "product", "stale", "draft", "open with them"} {
			if !seen[want] {
				t.Errorf("%s: no %s in %v", name, want, r.Hits)
			}
		}
		if seen["learned"] != (name == "trained") {
			t.Errorf("%s: learned is %v", name, seen["learned"])
		}
	}
	if r := find(t, Build(answers), Query{Text: "it leaks water "}); r.Hits[0].Figures != nil {
		t.Error("figures that nobody asked for")
	}
}

func TestMeaningMovesAnswersAndNeverFindsThem(t *testing.T) {
	ix := Build(shop())
	near := func(id assist.ID) (float32, bool) {
		switch id {
		case "kettle-leaks":
			return .9, true
		case "boiler-leaks":
			return -.5, true
		case "parcel-late":
			return 1, true
		}
		return 0, false
	}
	r := find(t, ix, Query{Text: "it leaks water ", Meaning: near, All: true})
	if got := ids(r); got[0] == "boiler-leaks" || slices.Index(got, "kettle-leaks") > slices.Index(got, "boiler-leaks") || slices.Contains(got, "parcel-late") {
		t.Errorf("order %v", got)
	}
	same := func(assist.ID) (float32, bool) { return 0, false }
	if got, want := ids(find(t, ix, Query{Text: "it leaks water ", Meaning: same})), ids(find(t, ix, Query{Text: "it leaks water "})); !slices.Equal(got, want) {
		t.Errorf("where no meaning is known: %v, without meaning %v", got, want)
	}
}

func TestAModelBringsUpWhatHasNoneOfTheWords(t *testing.T) {
	var answers []assist.Answer
	for _, a := range shop() {
		answers = append(answers, a)
	}
	for range 5 {
		answers[6].Phrasings = append(answers[6].Phrasings, "who are you")
	}
	ix := trained(t, Build(answers))
	r := find(t, ix, Query{Text: "who are you ", All: true})
	if len(r.Hits) == 0 || r.Hits[0].Answer.ID != "close-account" || r.Hits[0].Why == "" {
		t.Errorf("found %+v", r)
	}
}
