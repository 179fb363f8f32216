package main

import (
	"io"
	"slices"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/ask"
)

func value(t *testing.T, figures []figure, name string) float64 {
	t.Helper()
	i := slices.IndexFunc(figures, func(f figure) bool { return f.Name == name })
	if i < 0 {
		t.Fatalf("%s is missing", name)
	}
	return figures[i].Value
}

func TestSimulatedCallsKeepTactAndBalance(t *testing.T) {
	figures, err := simulateCalls(10_000, 500)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range figures {
		t.Logf("%s %.3f %s", f.Name, f.Value, f.Note)
	}
	for _, name := range []string{"share_competitive", "share_market", "share_relationship"} {
		if v := value(t, figures, name); v < 0.25 || v > 0.42 {
			t.Errorf("%s is %.3f", name, v)
		}
	}
	if n := value(t, figures, "prompts_repeated"); n != 0 {
		t.Errorf("%v prompts were repeated", n)
	}
	if n := value(t, figures, "prompts_against_tact"); n != 0 {
		t.Errorf("%v prompts were shown against tact", n)
	}
	if n := value(t, figures, "prompts_per_call"); n < 0.5 || n > 2 {
		t.Errorf("%.2f prompts a call", n)
	}
	again, err := simulateCalls(10_000, 500)
	if err != nil || !slices.Equal(figures, again) {
		t.Errorf("another run gives %+v, %v", again, err)
	}
}

func TestTheJudgeOfCallsFindsWhatIsWrong(t *testing.T) {
	now := time.Date(2026, 11, 18, 14, 0, 0, 0, time.UTC)
	for name, f := range map[string]simFacts{
		"never asked": {never: true}, "an incident": {incidents: 1}, "a late promise": {late: 1}, "moved without a word": {untold: 1},
		"broken": {broken: now.Add(-simDay)}, "hard news": {hardNews: now.Add(-50 * simDay)}, "a complaint": {complaint: now.Add(-30 * simDay)},
		"upset": {mood: assist.Upset}, "a long call": {began: now.Add(-time.Hour)},
		"the third call": {calls: []time.Time{now.Add(-simDay), now.Add(-2 * simDay)}},
	} {
		if f.began.IsZero() {
			f.began = now
		}
		s := &simulation{now: now, count: simCount{kinds: map[assist.Intelligence]int{}}}
		p := &simPerson{facts: f}
		s.judge(p, []ask.Offer{{}}, map[assist.ID]bool{})
		if s.count.against != 1 {
			t.Errorf("%s: not against tact", name)
		}
	}
	o := ask.Offer{Prompt: assist.Prompt{ID: "a", Topic: "price"}, Way: "How much?"}
	for name, f := range map[string]simFacts{
		"known": {known: map[string]bool{"price": true}}, "refused": {refused: map[string]bool{"price": true}},
		"the same words": {words: map[string]bool{"how much?": true}}, "rests": {rests: map[string]time.Time{"price": now.Add(simDay)}},
	} {
		f.began = now
		s := &simulation{now: now, count: simCount{kinds: map[assist.Intelligence]int{}}}
		s.judge(&simPerson{facts: f}, []ask.Offer{o}, map[assist.ID]bool{})
		if s.count.repeated != 1 || s.count.against != 0 {
			t.Errorf("%s: counted %+v", name, s.count)
		}
	}
}

func TestBenchConversationMeasuresARealStore(t *testing.T) {
	b := &callBench{program: &program{ctx: t.Context(), stderr: io.Discard}, tmp: t.TempDir()}
	figures, err := b.prompts()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range figures {
		t.Logf("%s %.3f %s", f.Name, f.Value, f.Note)
	}
	if value(t, figures, "prompts_read_p99_ms") <= value(t, figures, "prompts_p99_ms") {
		t.Errorf("reading takes no time: %+v", figures)
	}
}
