package main

import (
	"math"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func shop() []card {
	return []card{
		{ID: "twice", Title: "Charged twice", Examples: []string{"double payment", "you took the money two times"}},
		{ID: "refund", Title: "Refund not there", Body: "It takes three days.", Examples: []string{"where is my money back"}},
		{ID: "wifi1", Title: "Is there wifi", Body: "In every room.", Entity: "Red Inn"},
		{ID: "wifi2", Title: "Is there wifi", Body: "In the bar only.", Entity: "Blue Inn"},
	}
}

func TestPeersFindWholeAndUnfinishedWords(t *testing.T) {
	for _, name := range sides[1:] {
		p, err := newPeer(name)
		if err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := p.close(); err != nil {
				t.Error(err)
			}
		}()
		if err := p.build(shop()); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			text, about string
			typing      bool
			want        string
		}{
			{"double payments!", "", false, "twice"}, {"doub", "", true, "twice"}, {"the refu", "", true, "refund"},
			{"wifi", "Blue Inn", false, "wifi2"}, {"is there wi", "Red Inn", true, "wifi1"}, {"dou", "", false, ""},
			{"", "", false, ""}, {" ", "", true, ""}, {"🙂🙂", "", true, ""}, {`"' OR * NEAR(`, "", true, ""}, {"money ", "", true, "refund"},
		} {
			ids, score, err := p.find(c.text, c.about, c.typing)
			if err != nil {
				t.Errorf("%s: %q: %v", name, c.text, err)
				continue
			}
			first := ""
			if len(ids) > 0 {
				first = ids[0]
			}
			if first != c.want && !(c.want == "refund" && slices.Contains(ids, "refund")) || (first != "") != (score > 0) {
				t.Errorf("%s: %q about %q finds %v with %v, want %s", name, c.text, c.about, ids, score, c.want)
			}
		}
	}
}

func TestAPeersFiguresAreSharesOfTheQuestionsInScope(t *testing.T) {
	dir := t.TempDir()
	j := job{Cards: filepath.Join(dir, "cards.jsonl"), Queries: filepath.Join(dir, "queries.jsonl"), Phrasings: 1, Entity: "known", Keys: 10}
	questions := []question{{Text: "double payment", Gold: []string{"twice"}}, {Text: "wifi", Gold: []string{"wifi2"}},
		{Text: "hamlet", Gold: []string{"refund"}}, {Text: "xylophone", Gold: []string{}}}
	if err := writeLines(j.Cards, shop()); err != nil {
		t.Fatal(err)
	}
	if err := writeLines(j.Queries, questions); err != nil {
		t.Fatal(err)
	}
	for _, name := range sides[1:] {
		p, err := newPeer(name)
		if err != nil {
			t.Fatal(err)
		}
		f, err := measure(p, j)
		if err != nil || f.N != 3 || f.Out != 1 || math.Abs(f.R1-2./3) > 1e-9 || f.R5 != f.R1 || f.AUROC == nil || math.Abs(*f.AUROC-5./6) > 1e-9 {
			t.Errorf("%s: %+v, %v", name, f, err)
		}
		if f.Keys != 10 || f.Build <= 0 || f.KeyP99 <= 0 {
			t.Errorf("%s: no times: %+v", name, f)
		}
		if err := p.close(); err != nil {
			t.Error(err)
		}
	}
}

func TestBothTurnsAreSearchedOnlyWhereThePlaceIsNotKnown(t *testing.T) {
	questions := []question{{Text: "wifi?", Context: "At the Red Inn. wifi?"}, {Text: "parking?"}}
	if got := turns(questions, "none"); got[0].Text != questions[0].Context || got[1].Text != "parking?" {
		t.Errorf("%+v", got)
	}
	if got := turns(questions, "known"); !reflect.DeepEqual(got, questions) {
		t.Errorf("%+v", got)
	}
}

func TestMadeUpCardsAreTheSameEachTimeAndAllDifferent(t *testing.T) {
	seed := append([]card{{ID: "x", Title: "Pets at the RED INN?", Body: "No.", Entity: "Red Inn"}}, shop()...)
	once, twice := madeUp(seed, 300), madeUp(seed, 300)
	if !reflect.DeepEqual(once, twice) {
		t.Error("not the same")
	}
	titles := map[string]bool{}
	for i, c := range once {
		if pets := strings.HasPrefix(c.Title, "Pets"); pets && c.Title != "Pets at the "+c.Entity+"?" || pets && i == 0 {
			t.Errorf("card %d has the old name, or the old order: %q", i, c.Title)
		}
		titles[c.Entity] = true
	}
	if len(titles) < 290 {
		t.Errorf("only %d names", len(titles))
	}
}

func TestTheTableHasTheRatioToTheBetterPeer(t *testing.T) {
	half := .5
	f := []figures{{R1: .6, R3: .9, R5: .9, MRR: .75, AUROC: &half, KeyP50: 1, KeyP99: 1, QueryP50: 1, QueryP99: 1, Build: 1},
		{R1: .5, R3: .8, R5: .9, MRR: .5, KeyP50: 2, KeyP99: 4, QueryP50: 1, QueryP99: 1, Build: 1},
		{R1: .3, R3: .75, R5: .6, MRR: .6, KeyP50: 4, KeyP99: 2, QueryP50: 1, QueryP99: 1, Build: 2}}
	var out strings.Builder
	if err := printTable(&out, f); err != nil {
		t.Fatal(err)
	}
	last := strings.Fields(out.String()[strings.Index(out.String(), "ours / better"):])
	if want := strings.Fields("ours / better peer 1.200 1.125 1.000 1.250 1.00 1.00 0.50 0.50 1.00"); !slices.Equal(last, want) {
		t.Errorf("%v, want %v", last, want)
	}
	out.Reset()
	worse := slices.Clone(f)
	worse[0].R3 = .5
	if err := printMacro(&out, []job{{Name: "one"}, {Name: "other"}}, [][]figures{f, worse}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Mean of the 2 sets", "70.0", "-30.0 points, on other"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("lacks %q:\n%s", want, out.String())
		}
	}
}

func TestAFolderWithoutSetsIsSaid(t *testing.T) {
	var out strings.Builder
	if err := run(t.Context(), options{data: t.TempDir(), quality: true, speed: true}, &out); err != nil || !strings.Contains(out.String(), "nothing to compare") {
		t.Errorf("%q, %v", out.String(), err)
	}
}
