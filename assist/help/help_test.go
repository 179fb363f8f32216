package help

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"ringside/assist"
)

var (
	now  = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	vat  = assist.Answer{ID: "vat", Title: "VAT receipt", Department: "billing"}
	late = assist.Answer{ID: "late", Title: "Running late", Department: "delivery", Owner: "lee"}
)

func team() []assist.Rep {
	return []assist.Rep{{ID: "ewa", Name: "Ewa", Departments: []string{"Technical"}}, {ID: "tom", Name: "Tom"}, {ID: "priya", Name: "Priya", Departments: []string{"sales", "Billing"}},
		{ID: "lee", Name: "Lee"}, {ID: "me", Name: "Me", Departments: []string{"billing"}}}
}

// call is one in which a rep used an answer so many days ago.
func call(id, rep assist.ID, days int, used ...assist.Used) assist.Call {
	return assist.Call{ID: id, Rep: rep, Started: now.AddDate(0, 0, -days), Used: used}
}

func said(answer assist.ID) assist.Used { return assist.Used{Answer: answer, Said: true} }

func helpful(answer assist.ID) assist.Used {
	return assist.Used{Answer: answer, Said: true, Helped: true}
}

func lines(list []Helper) string {
	var out []string
	for _, h := range list {
		out = append(out, string(h.Rep)+": "+h.Why)
	}
	return strings.Join(out, "\n")
}

func TestWhoAnsweredItAndWasThankedComesFirst(t *testing.T) {
	wrong := said("vat")
	wrong.Wrong = true
	for name, x := range map[string]struct {
		q    Question
		want string
	}{
		"nobody has anything to do with it": {Question{Answers: []assist.Answer{{ID: "x"}}, Reps: team()}, ""},
		"nothing is asked":                  {Question{Reps: team(), Calls: []assist.Call{call("1", "ewa", 1, said("vat"))}}, ""},
		"the department is all there is":    {Question{Answers: []assist.Answer{vat}, Reps: team(), Me: "me"}, "priya: Priya is in Billing"},
		"who answers for it":                {Question{Answers: []assist.Answer{late}, Reps: team(), Me: "me"}, "lee: answers for “Running late”"},
		"I do not help myself":              {Question{Answers: []assist.Answer{late}, Reps: team(), Me: "lee"}, ""},
		"said, helped, thanked": {Question{Answers: []assist.Answer{vat, late}, Reps: team(), Me: "me",
			Calls: []assist.Call{call("1", "ewa", 1, helpful("vat")), call("2", "ewa", 2, said("vat"), helpful("vat")), call("3", "ewa", 3, said("late")),
				call("4", "tom", 1, said("vat"), said("other")), call("5", "me", 1, helpful("vat")), call("6", "priya", 1, wrong), call("7", "", 1, helpful("vat")),
				call("8", "tom", 1, helpful("other")), call("9", "tom", 1, assist.Used{Answer: "vat"}), call("10", "gone", 1, helpful("vat"))},
			Kudos: []assist.Kudos{{Rep: "ewa", Call: "1", At: now}, {Rep: "ewa", Call: "3", At: now}, {Rep: "ewa", At: now}, {Rep: "tom", Call: "8", At: now},
				{Rep: "tom", Call: "1", At: now}, {Rep: "priya", At: now}}},
			"ewa: answered it 3 times, helped 2; thanked twice\nlee: answers for “Running late”\ntom: answered it once; thanked twice for other things\npriya: Priya is in Billing"},
		"lately counts more": {Question{Answers: []assist.Answer{vat}, Reps: team(), Me: "priya",
			Calls: []assist.Call{call("1", "tom", 400, said("vat")), call("2", "tom", 401, said("vat")), call("3", "tom", 402, said("vat")), call("4", "ewa", 2, said("vat"))}},
			"ewa: answered it once\ntom: answered it 3 times\nme: Me is in billing"},
	} {
		if got := lines(Rank(x.q, now)); got != x.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, x.want)
		}
	}
}

func TestTheListIsShortAndAlwaysTheSame(t *testing.T) {
	q := Question{Answers: []assist.Answer{vat}}
	for i := range 40 {
		id := assist.ID(fmt.Sprintf("rep%02d", i))
		q.Reps = append(q.Reps, assist.Rep{ID: id, Name: "Sam"})
		q.Calls = append(q.Calls, call(id, id, -3, said("vat"))) // a clock that is ahead
	}
	first := lines(Rank(q, now))
	if strings.Count(first, "\n") != most-1 || !strings.HasPrefix(first, "rep00") {
		t.Error(first)
	}
	for range 20 {
		if again := lines(Rank(q, now)); again != first {
			t.Fatalf("%s\nand then\n%s", first, again)
		}
	}
	if f := fresh(time.Time{}, now); math.IsNaN(f) || f < 0 || f > 0.01 {
		t.Errorf("a call without a time counts %v", f)
	}
}
