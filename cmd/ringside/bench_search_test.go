package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"ringside/assist/search"
)

// fraction parses what a figure is in JSON; null is NaN.
func fraction(t *testing.T, r rounded) float64 {
	t.Helper()
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	v := math.NaN()
	if string(text) != "null" {
		if err := json.Unmarshal(text, &v); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
	return v
}

func TestFiguresOfASearchAreSharesOfTheQuestionsInScope(t *testing.T) {
	asked := []outcome{
		{gold: true, rank: 1, sure: .9, state: search.Show}, {gold: true, rank: 3, sure: .5, state: search.Dim},
		{gold: true, rank: 5, sure: .4, state: search.Dim}, {gold: true, rank: 2, sure: .1, state: search.None},
		{sure: .4, state: search.Dim}, {sure: 0, state: search.None},
	}
	var f searchFigures
	f.judge(asked)
	for name, c := range map[string]struct {
		got  rounded
		want float64
	}{
		"r1": {f.R1, .25}, "r3": {f.R3, .75}, "r5": {f.R5, 1}, "mrr5": {f.MRR, (1 + 1./3 + 1./5 + .5) / 4},
		"auroc": {f.AUROC, (2 + 2 + 1.5 + 1) / 8}, "dimmed": {f.Dimmed, .5}, "refused": {f.Refused, .25},
		"out dimmed": {f.OutDimmed, .5}, "out refused": {f.OutRefuse, .5}, "lost": {f.Lost, .25},
	} {
		if got := fraction(t, c.got); math.Abs(got-c.want) > 1e-4 {
			t.Errorf("%s is %v, want %v", name, got, c.want)
		}
	}
	if f.N != 4 || f.Out != 2 {
		t.Errorf("%d in scope and %d out of it", f.N, f.Out)
	}
}

func TestAUROCIsAHalfWhereNothingTellsApart(t *testing.T) {
	same := func(n int, sure float64, gold bool) (out []outcome) {
		for range n {
			out = append(out, outcome{gold: gold, sure: sure})
		}
		return out
	}
	for _, c := range []struct {
		in, out []outcome
		want    float64
	}{
		{same(3, .5, true), same(2, .5, false), .5}, {same(3, .6, true), same(2, .5, false), 1},
		{same(3, .4, true), same(2, .5, false), 0}, {same(3, .4, true), nil, math.NaN()}, {nil, same(1, 0, false), math.NaN()},
	} {
		if got := fraction(t, auroc(c.in, c.out)); got != c.want && !(math.IsNaN(got) && math.IsNaN(c.want)) {
			t.Errorf("%v, want %v", got, c.want)
		}
	}
}

func TestTypingErrorsAreTheSameForASeedAndAnotherForEachText(t *testing.T) {
	long := strings.Repeat("delivery address wrong again café ", 200)
	once := mistype(long, 1)
	if once != mistype(long, 1) {
		t.Error("the same seed gave other errors")
	}
	if once == mistype(long, 2) || mistype("x"+long, 1)[1:] == once {
		t.Error("another seed or text gave the same errors")
	}
	was, is := strings.Fields(long), strings.Fields(once)
	if len(was) != len(is) {
		t.Fatalf("%d words became %d", len(was), len(is))
	}
	changed := 0
	for i := range was {
		if was[i] == is[i] {
			continue
		}
		changed++
		if by := utf8.RuneCountInString(is[i]) - utf8.RuneCountInString(was[i]); by < -1 || by > 1 || edits(was[i], is[i]) != 1 {
			t.Errorf("%q became %q, which is not one slip", was[i], is[i])
		}
	}
	if part := float64(changed) / float64(len(was)); part < .2 || part > .3 {
		t.Errorf("%.2f of the words changed, want a quarter", part)
	}
}

// edits counts swaps of neighbours, drops, doubles and replacements from one word to
// another, as far as one: 2 means more.
func edits(from, to string) int {
	a, b := []rune(from), []rune(to)
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	switch {
	case len(a)+len(b) == 0:
		return 0
	case len(a) <= 1 && len(b) <= 1, len(a) == 2 && len(b) == 2 && a[0] == b[1] && a[1] == b[0]:
		return 1
	}
	return 2
}

func TestShortWordsFiguresAndEmojiAreNotMistyped(t *testing.T) {
	for seed := range int64(50) {
		for _, text := range []string{"", "a an the why", "12345 67890", "🙂🙂🙂🙂🙂", "   "} {
			if got := mistype(text, seed); got != text {
				t.Errorf("%q became %q", text, got)
			}
		}
		if got := slip([]rune("aaaa"), rand.New(rand.NewPCG(1, uint64(seed)))); string(got) == "aaaa" {
			t.Error("a slip that changes nothing")
		}
	}
}

func bench(texts ...string) *searchBench {
	b := &searchBench{program: &program{ctx: context.Background()}, phrasings: -1, cards: []benchCard{
		{ID: "wifi", Title: "Is there wifi", Body: "Yes, in every room.", Entity: "Red Inn"},
		{ID: "wifi2", Title: "Is there wifi", Body: "Only in the bar.", Entity: "Blue Inn"}, {ID: "empty"},
	}}
	for _, text := range texts {
		b.queries = append(b.queries, benchQuery{Text: &text, typed: text, Gold: []string{"wifi"}, Context: "Which hotel? " + text})
	}
	return b
}

func TestAKnownPlaceIsNamedAndAnUnknownOneIsHeardEarlier(t *testing.T) {
	b := bench("is there wifi")
	b.entity = true
	f, err := b.run()
	if err != nil || f.Cards != 3 || f.Empty != 1 || f.N != 1 {
		t.Fatalf("%+v, %v", f, err)
	}
	if q := b.query(b.queries[0], "is th"); len(q.Named) != 1 || q.Named[0] != "Red Inn" || q.Earlier != "" || q.Text != "is th" {
		t.Errorf("known: %+v", q)
	}
	b.entity = false
	if q := b.query(b.queries[0], "is th"); len(q.Named) != 0 || q.Earlier != "Which hotel?" {
		t.Errorf("unknown: %+v", q)
	}
}

func TestEveryKeyIsABeginningOfAnEvenChoiceOfQuestions(t *testing.T) {
	b := bench("Zoë", "a", "", "🙂🙂")
	var typed []string
	for _, k := range b.sample() {
		typed = append(typed, b.queries[k.query].typed[:k.end])
	}
	if got := strings.Join(typed, "|"); got != "Zo|Zoë|🙂🙂" {
		t.Errorf("%s", got)
	}
	var many []string
	for i := range 500 {
		many = append(many, fmt.Sprintf("question number %03d with some words in it", i))
	}
	b = bench(many...)
	keys := b.sample()
	if len(keys) < mostKeys*9/10 || len(keys) > mostKeys || keys[len(keys)-1].query < 480 {
		t.Errorf("%d keys, the last of question %d", len(keys), keys[len(keys)-1].query)
	}
	if keys = bench(strings.Repeat("wifi ", 4_000)).sample(); len(keys) != mostKeys || keys[mostKeys-1].end < 19_000 {
		t.Errorf("%d keys of a long question", len(keys))
	}
}

func TestOddQuestionsAreMeasuredAsOthersAre(t *testing.T) {
	f, err := bench("", "🙂🙂🙂", strings.Repeat("wifi in the inn ", 700), "\x00", "wifi").run()
	if err != nil || f.N != 5 || fraction(t, f.R3) < .4 {
		t.Errorf("%+v, %v", f, err)
	}
	if f.Keys == 0 || f.KeyP99 <= 0 || f.Build <= 0 {
		t.Errorf("no times: %+v", f)
	}
}

func TestACancelledBenchStops(t *testing.T) {
	b := bench("wifi")
	ctx, stop := context.WithCancel(context.Background())
	stop()
	b.ctx = ctx
	if _, err := b.run(); err == nil {
		t.Error("went on")
	}
}

func TestAPeakOfMemoryIsWhatWasHeldSince(t *testing.T) {
	if !forgetPeak() {
		t.Skip("this system does not tell of a peak")
	}
	before, ok := peakSoFar()
	page := make([]byte, 64<<20)
	for i := 0; i < len(page); i += 4096 {
		page[i] = 1
	}
	after, _ := peakSoFar()
	if !ok || after < before+50 || page[0] != 1 {
		t.Errorf("%.0f MB and then %.0f MB", before, after)
	}
}

func TestTheTableOfASearchHasADashForWhatIsNotKnown(t *testing.T) {
	f := searchFigures{Set: "shop/cards", Peak: unknown, Before: unknown, Build: milliseconds(time.Now())}
	f.judge([]outcome{{gold: true, rank: 1}})
	var out strings.Builder
	if err := f.print(&out, false); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"shop/cards", "R@1", "100.0 %", "AUROC -", "index; - the whole"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("lacks %q:\n%s", want, out.String())
		}
	}
}
