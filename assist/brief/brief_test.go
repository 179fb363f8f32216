package brief_test

import (
	"fmt"
	"math/rand"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/brief"
	"ringside/assist/chart"
)

var thursday = time.Date(2026, 11, 26, 15, 0, 0, 0, time.UTC)

func ago(days int) time.Time { return thursday.AddDate(0, 0, -days) }

// heard is something that customer c said so many days ago.
func heard(id string, days int, c, subject string, kind assist.Intelligence) brief.Heard {
	return brief.Heard{Insight: assist.Insight{ID: assist.ID(id), At: ago(days), Customer: assist.ID(c), Rep: "ewa", Intelligence: kind,
		Text: "said by " + c + " in " + id, Subject: subject, Source: "said in a call"}, Who: "Name of " + c, RepName: "Ewa Nowak"}
}

func due(days, kept int) assist.Promise {
	p := assist.Promise{ID: assist.ID(fmt.Sprint(days, kept)), Customer: "mary", Rep: "tom", Text: "Ring back", Made: ago(days + 2), Due: ago(days)}
	if kept >= 0 {
		p.Kept = ago(kept)
	}
	return p
}

func inputs() brief.Inputs {
	in := brief.Inputs{Team: "Thornfell", From: ago(6), Until: thursday, Made: thursday}
	for i := range 12 {
		in.Heard = append(in.Heard, heard(fmt.Sprint("i", i), i*9, fmt.Sprint("c", i%7), []string{"Brackmoor", "Brackmoor", "Holm"}[i%3], assist.Competitive))
	}
	in.Heard = append(in.Heard, heard("m", 80, "c1", "", assist.Market))
	for i := range 30 {
		in.Promises = append(in.Promises, due(i, i+1-2*(i%2))) // every second one is late by a day
	}
	in.Gaps = []assist.Gap{
		{ID: "g1", Text: "Can it run over walnuts?", Customer: "c1", Rep: "ewa", At: ago(3)},
		{ID: "g2", Text: "can it run  over walnuts", Customer: "c2", Rep: "tom", At: ago(40)},
		{ID: "g3", Text: "How loud is it?", Customer: "c2", Rep: "tom", At: ago(2)},
		{ID: "g4", Text: "Closed one", At: ago(2), Closed: thursday},
		{ID: "g5", Text: "Long ago", At: ago(400)},
	}
	return in
}

func section(t *testing.T, b brief.Brief, p brief.Part) brief.Section {
	t.Helper()
	for _, s := range b.Sections {
		if s.Title == p.Title() {
			return s
		}
	}
	t.Fatalf("there is no section %s", p)
	return brief.Section{}
}

func TestABriefCountsItsDaysAndLooksBack(t *testing.T) {
	b := brief.Compose(inputs())
	if b.From.Day() != 20 || b.Until.Day() != 26 {
		t.Errorf("the brief goes from %v to %v", b.From, b.Until)
	}
	want := map[string]string{"Things heard": "1", "Customers heard": "1", "Reps who wrote": "1", "Promises due": "7", "Kept in time": "4", "Kept late": "3", "Not kept": "0", "Questions without an answer": "3"}
	got := map[string]string{}
	for _, f := range b.Sections[0].Figures {
		got[f.Label] = f.Value
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("the figures are %v, want %v", got, want)
	}
}

func TestWhatIsSaidOfMostIsSharedOutByCustomers(t *testing.T) {
	s := section(t, brief.Compose(inputs()), brief.Competitive)
	bars := s.Charts[1].(chart.Bars)
	first := bars.Rows[0]
	// Eight of the twelve are of Brackmoor, by six of the seven customers.
	if first.Label != "Brackmoor" || first.N != 7 || first.Value < 85 || first.Value > 86 || first.Low < 48 || first.Low > 49 || first.High < 97 || first.High > 98 {
		t.Errorf("the first bar is %+v", first)
	}
	if len(s.Quotes) != 4 || s.Quotes[0].Words != "said by c0 in i0" || s.Quotes[0].Ref != "said in a call; written by Ewa Nowak" {
		t.Errorf("the quotes are %+v", s.Quotes)
	}
	seen := map[string]bool{}
	for _, q := range s.Quotes {
		if seen[q.Who] {
			t.Errorf("%s is quoted twice", q.Who)
		}
		seen[q.Who] = true
	}
	trend := s.Charts[0].(chart.Trend)
	sum := 0.
	for _, p := range trend.Points {
		sum += p.Value
	}
	if len(trend.Points) != brief.Weeks || sum != 12 {
		t.Errorf("the trend has %v things in %d weeks", sum, len(trend.Points))
	}
}

func TestFewCustomersAreNoShare(t *testing.T) {
	s := section(t, brief.Compose(inputs()), brief.Market)
	if len(s.Charts) != 1 {
		t.Errorf("one customer makes %d charts", len(s.Charts))
	}
	if !strings.Contains(strings.Join(s.Paragraphs, " "), "the latest before") {
		t.Errorf("it is not said that the quote is old: %q", s.Paragraphs)
	}
}

func TestNothingHeardIsSaidPlainly(t *testing.T) {
	b := brief.Compose(brief.Inputs{From: thursday, Until: thursday, Made: thursday})
	for _, p := range []brief.Part{brief.Competitive, brief.Market, brief.Relationship, brief.Promises, brief.Questions} {
		s := section(t, b, p)
		if s.None == "" || len(s.Claims)+len(s.Charts)+len(s.Quotes)+len(s.Figures) > 0 {
			t.Errorf("%s of nothing: %+v", p, s)
		}
	}
}

func TestPatternsStandInTheirSection(t *testing.T) {
	in := inputs()
	claim := brief.Claim{Says: "Brackmoor starts in the cold.", Basis: brief.Basis{N: 8, Customers: 6}}
	in.Patterns = map[brief.Part][]brief.Claim{brief.Competitive: {claim}}
	in.Stays = brief.Section{Title: "whatever", None: "Not enough yet: two left."}
	b := brief.Compose(in)
	if s := section(t, b, brief.Competitive); len(s.Claims) != 1 || s.Claims[0].Says != claim.Says || len(s.Paragraphs) > 0 {
		t.Errorf("the section is %+v", s)
	}
	if s := section(t, b, brief.Retention); s.None != in.Stays.None {
		t.Errorf("the section is %+v", s)
	}
	in.Parts = []brief.Part{brief.Questions, brief.Market}
	var titles []string
	for _, s := range brief.Compose(in).Sections {
		titles = append(titles, s.Title)
	}
	if want := []string{"At a glance", brief.Market.Title(), brief.Questions.Title()}; !slices.Equal(titles, want) {
		t.Errorf("the sections are %q, want %q", titles, want)
	}
}

func TestAPromiseIsMeasuredByItsFirstDay(t *testing.T) {
	in := brief.Inputs{From: ago(6), Until: thursday, Made: thursday}
	moved := due(3, 1) // kept by the day that it was moved to
	moved.FirstDue, moved.Due, moved.Moved = moved.Due, thursday, ago(4)
	dropped := due(3, -1)
	dropped.Dropped = ago(4)
	broken := due(3, -1)
	broken.Broken = ago(2)
	none := due(3, -1)
	none.Due = time.Time{}
	in.Promises = []assist.Promise{moved, dropped, broken, none, due(2, -1), due(-1, -1), due(1, 1)}
	got := map[string]string{}
	for _, f := range brief.Compose(in).Sections[0].Figures {
		got[f.Label] = f.Value
	}
	for label, want := range map[string]string{"Promises due": "4", "Kept in time": "1", "Kept late": "1", "Not kept": "2"} {
		if got[label] != want {
			t.Errorf("%s %s, want %s", label, got[label], want)
		}
	}
}

func TestTheShareOfKeptPromisesHasItsInterval(t *testing.T) {
	s := section(t, brief.Compose(inputs()), brief.Promises)
	// 15 of 30.
	if got := s.Claims[0].Says + " " + s.Claims[0].Basis.String(); got != "50% of our promises were kept by the day that was first named. 30 promises from 1 customer, written by 1 rep; 29 May to 26 November 2026; 95% interval 33% to 67%" {
		t.Errorf("it says %q", got)
	}
	for _, p := range s.Charts[0].(chart.Trend).Points {
		if p.N != 0 && (p.Low >= p.Value || p.High <= p.Value) {
			t.Errorf("the point %+v has no interval", p)
		}
	}
}

func TestTheSameQuestionIsCountedOnce(t *testing.T) {
	s := section(t, brief.Compose(inputs()), brief.Questions)
	if len(s.Claims) != 2 || s.Claims[0].Basis.N != 2 || s.Claims[0].Basis.Customers != 2 || s.Claims[1].Says != "“How loud is it?”" {
		t.Errorf("the questions are %+v", s.Claims)
	}
}

func TestTheOrderOfTheInputsDoesNotMatter(t *testing.T) {
	want := brief.Compose(inputs())
	for seed := range int64(5) {
		in := inputs()
		r := rand.New(rand.NewSource(seed))
		r.Shuffle(len(in.Heard), func(i, j int) { in.Heard[i], in.Heard[j] = in.Heard[j], in.Heard[i] })
		r.Shuffle(len(in.Promises), func(i, j int) { in.Promises[i], in.Promises[j] = in.Promises[j], in.Promises[i] })
		if got := fmt.Sprint(brief.Compose(in)); got != fmt.Sprint(want) {
			t.Fatalf("shuffled the brief is\n%s\nnot\n%s", got, fmt.Sprint(want))
		}
	}
}

func TestSpansAreSaidShortly(t *testing.T) {
	for want, days := range map[string]int{"26 November 2026": 0, "20 to 26 November 2026": 6, "27 October to 26 November 2026": 30, "26 November 2025 to 26 November 2026": 365} {
		if got := brief.Span(ago(days), thursday); got != want {
			t.Errorf("it says %q, want %q", got, want)
		}
	}
}
