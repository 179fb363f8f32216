package search

import (
	"testing"

	"ringside/assist"
)

func TestSureGrowsWithEveryScore(t *testing.T) {
	answers := dataAnswers(t, bankCards, 5)
	for name, ix := range map[string]*Index{"words": Build(answers), "learned": trained(t, Build(answers)), "a small library": Build(shop())} {
		l := &ix.base.sureness
		last := -1.
		for fit := float32(0); fit < 12; fit += .05 {
			sure := l.of(fit, l.logit.mean, true)
			if sure < last || sure < 0 || sure > 1 {
				t.Fatalf("%s: %.3f at a fit of %.2f, before %.3f", name, sure, fit, last)
			}
			last = sure
		}
		if low, high := l.of(0, l.logit.mean, true), last; low > .1 || high < .9 {
			t.Errorf("%s: from %.2f to %.2f", name, low, high)
		}
	}
}

func TestOfALibrarysOwnQuestionsAQuarterIsDimmed(t *testing.T) {
	all := dataAnswers(t, bankCards, 20)
	for i := range all {
		all[i].Phrasings = all[i].Phrasings[:min(15, len(all[i].Phrasings))]
	}
	ix := trained(t, Build(all))
	var queries []dataQuery
	for _, a := range dataAnswers(t, bankCards, 20) {
		for _, p := range a.Phrasings[min(15, len(a.Phrasings)):] {
			queries = append(queries, dataQuery{Text: p, Gold: []string{string(a.ID)}})
		}
	}
	f := measure(t, ix, queries, whole)
	if f.missed > .1 || f.dimmed < .1 || f.dimmed > .4 {
		t.Errorf("phrasings that it does not have: shown %.2f, dimmed %.2f, missed %.2f", f.shown, f.dimmed, f.missed)
	}
}

// What StackFAQ's library, without a phrasing, makes of its own questions and of those
// that CLINC150 calls out of scope.
func TestALibraryWithoutPhrasingsKnowsWhatItDoesNotAnswer(t *testing.T) {
	answers := dataAnswers(t, "stackfaq/cards.jsonl", 0)
	queries := readLines[dataQuery](t, "stackfaq/queries_dev.jsonl")
	for _, q := range readLines[dataQuery](t, clincQueries) {
		if len(q.Gold) == 0 {
			queries = append(queries, q)
		}
	}
	f := measure(t, Build(answers), queries, whole)
	t.Log(f)
	if f.auroc < .95 || f.missed > .05 || f.wrongShown > .25 {
		t.Errorf("AUROC %.3f, of its own missed %.2f, of strange ones shown %.2f", f.auroc, f.missed, f.wrongShown)
	}
}

func TestEachLanguageLearnsFromItsOwnPhrasings(t *testing.T) {
	answers := shop()
	for _, a := range []assist.Answer{
		{ID: "zurueck", Language: "de", Title: "Geld zurück", Say: "Es dauert drei Tage.", Phrasings: []string{"wo bleibt mein Geld", "ich will mein Geld zurück", "Erstattung nicht da"}},
		{ID: "paket", Language: "de", Title: "Wo ist mein Paket", Say: "Ich sehe nach.", Phrasings: []string{"mein Paket ist nicht da", "Lieferung zu spät", "wo bleibt die Sendung"}},
	} {
		answers = append(answers, a)
	}
	ix := trained(t, Build(answers))
	for text, want := range map[string]string{"wo bleibt mein Geld ": "zurueck", "die Sendung ist zu spät ": "paket", "charged twice for my order ": "charged-twice"} {
		if got := ids(find(t, ix, Query{Text: text})); len(got) == 0 || got[0] != want {
			t.Errorf("%q: %v, want %s first", text, got, want)
		}
	}
}
