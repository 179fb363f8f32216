package frank

import (
	"testing"
	"time"

	"ringside/assist"
)

var now = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

func prompts() []assist.Prompt {
	return []assist.Prompt{
		{ID: "worry", Intelligence: assist.FrontLine, Topic: "Worries", Ask: []string{"What are you worried about?", "Is the competition having us for lunch?"}},
		{ID: "time", Intelligence: assist.FrontLine, Topic: "time", Ask: []string{"Where are you focusing your time?", ""}},
		{ID: "read", Intelligence: assist.FrontLine, Topic: "reading", Ask: []string{"Read or seen anything good?"}},
		{ID: "rivals", Intelligence: assist.Competitive, Topic: "rivals", Ask: []string{"Who else did you look at?"}},
	}
}

func TestAtMostOneQuestionAShift(t *testing.T) {
	for name, x := range map[string]struct {
		a    Asker
		want bool
	}{
		"never asked":             {Asker{Rep: "ewa"}, true},
		"nobody said who it is":   {Asker{}, true},
		"asked an hour ago":       {Asker{Rep: "ewa", Last: now.Add(-time.Hour)}, false},
		"asked yesterday":         {Asker{Rep: "ewa", Last: now.Add(-24 * time.Hour)}, true},
		"asked a shift ago":       {Asker{Rep: "ewa", Last: now.Add(-12 * time.Hour)}, true},
		"the clock was ahead":     {Asker{Rep: "ewa", Last: now.Add(time.Hour)}, false},
		"switched off for good":   {Asker{Rep: "ewa", Off: true}, false},
		"off, and asked long ago": {Asker{Rep: "ewa", Off: true, Last: now.AddDate(-1, 0, 0)}, false},
	} {
		q, way, ok := Question(prompts(), x.a, now)
		if ok != x.want || ok && (q.Intelligence != assist.FrontLine || way == "") || !ok && way != "" {
			t.Errorf("%s: %v, %q of %s", name, ok, way, q.ID)
		}
	}
	for _, none := range [][]assist.Prompt{nil, prompts()[3:], {{Intelligence: assist.FrontLine}}, {{Intelligence: assist.FrontLine, Ask: []string{" "}}}} {
		if _, way, ok := Question(none, Asker{Rep: "ewa"}, now); ok || way != "" {
			t.Errorf("%q is asked of %v", way, none)
		}
	}
}

func TestTheSameWordsNeverComeTwiceInARow(t *testing.T) {
	a := Asker{Rep: "ewa"}
	seen := map[string]int{}
	for day := range 200 {
		at := now.AddDate(0, 0, day)
		q, way, ok := Question(prompts(), a, at)
		if !ok || way == a.Way {
			t.Fatalf("day %d: %q after %q, %v", day, way, a.Way, ok)
		}
		if _, again, _ := Question(prompts(), a, at); again != way {
			t.Fatalf("day %d: %q, and then %q", day, way, again)
		}
		seen[way]++
		a.Last, a.Way = at, way
		if day%2 == 0 {
			a.Told = append(a.Told, assist.Insight{Intelligence: assist.FrontLine, Rep: "ewa", Topic: q.Topic, At: at})
		}
	}
	if len(seen) != 4 {
		t.Errorf("not every way was used: %v", seen)
	}
	one := prompts()[2:3]
	if _, _, ok := Question(one, Asker{Rep: "ewa", Way: one[0].Ask[0]}, now); ok {
		t.Error("the only words there are come twice")
	}
}

func TestWhatWasToldLongestAgoIsAskedFirst(t *testing.T) {
	told := func(rep assist.ID, topic string, days int) assist.Insight {
		return assist.Insight{Intelligence: assist.FrontLine, Rep: rep, Topic: topic, At: now.AddDate(0, 0, -days)}
	}
	a := Asker{Rep: "ewa", Told: []assist.Insight{told("ewa", "worries ", 30), told("ewa", "Time", 3), told("ewa", "reading", 9), told("ewa", "worries", 1), told("tom", "reading", 0),
		{Intelligence: assist.Market, Rep: "ewa", Topic: "reading", At: now}}}
	if q, _, _ := Question(prompts(), a, now); q.ID != "read" {
		t.Errorf("asked for %s", q.ID)
	}
}

func TestRepsAreAskedDifferentThings(t *testing.T) {
	seen := map[assist.ID]int{}
	for _, rep := range []assist.ID{"anna", "ewa", "tom", "priya", "lee", "jo", "sam", "kim", "max", "ada", "bo", "cy"} {
		q, _, _ := Question(prompts(), Asker{Rep: rep}, now)
		seen[q.ID]++
	}
	if len(seen) < 3 {
		t.Errorf("all are asked the same: %v", seen)
	}
}

func TestAQuestionThatIsOffIsNotAsked(t *testing.T) {
	on := assist.Prompt{ID: "on", Intelligence: assist.FrontLine, Topic: "time", Ask: []string{"What takes your time?"}}
	off := on
	off.ID, off.Off = "off", true
	now := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	for day := range 20 {
		if q, _, ok := Question([]assist.Prompt{off, on}, Asker{}, now.AddDate(0, 0, day)); !ok || q.ID != "on" {
			t.Fatalf("asked %v, %v", q, ok)
		}
	}
	if q, _, ok := Question([]assist.Prompt{off}, Asker{}, now); ok {
		t.Errorf("asked %v", q)
	}
}
