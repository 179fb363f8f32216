package practice

import (
	"slices"
	"testing"
	"time"

	"ringside/assist"
	"ringside/assist/practice/fsrs"
)

// now is a Thursday.
var now = time.Date(2026, 11, 26, 15, 30, 0, 0, time.UTC)

func day(n int) time.Time { return now.AddDate(0, 0, n) }

func answer(id assist.ID, department string) assist.Answer {
	return assist.Answer{ID: id, Title: "About " + string(id), Department: department, Say: "Say " + string(id) + ".",
		Phrasings: []string{"what of " + string(id)}}
}

// drilled is a drill of an answer that tom practised so many days ago, with a stability
// of so many days.
func drilled(a assist.Answer, ago int, stability float64) assist.Drill {
	d := assist.Drill{Rep: "tom", Answer: a.ID, Last: day(-ago), Due: day(int(stability) - ago), Grade: 3, Times: 1,
		Stability: stability, Difficulty: 5, Saying: a.Saying()}
	d.ID = d.Key()
	return d
}

// opened is a call of a rep in which they opened an answer and perhaps said it.
func opened(rep, answer assist.ID, said bool) assist.Call {
	return assist.Call{ID: "c", Rep: rep, Customer: "mary", Used: []assist.Used{{Answer: answer, Said: said}}}
}

func ids(items []Item) (out []assist.ID) {
	for _, i := range items {
		out = append(out, i.Answer.ID)
	}
	return out
}

func TestAGradeIsKeptInTheDrill(t *testing.T) {
	i := Item{Answer: answer("refund", "Billing")}
	for _, c := range []struct {
		g   fsrs.Grade
		due time.Time
	}{
		{fsrs.Again, now.Add(10 * time.Minute)},
		{fsrs.Hard, time.Date(2026, 11, 27, 0, 0, 0, 0, time.UTC)},
		{fsrs.Good, time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC)},
		{fsrs.Easy, time.Date(2026, 12, 4, 0, 0, 0, 0, time.UTC)},
	} {
		d := i.Graded("tom", c.g, "my words", now)
		if err := d.Validate(); err != nil {
			t.Error(err)
		}
		if !d.Due.Equal(c.due) || d.Times != 1 || d.Lapses != 0 || d.Words != "my words" || d.Grade != int(c.g) || !d.Last.Equal(now) {
			t.Errorf("grade %d: %+v, want it due %s", c.g, d, c.due)
		}
	}
}

func TestDaysAreCountedByMidnights(t *testing.T) {
	leeds, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Skip(err)
	}
	late := time.Date(2026, 3, 28, 23, 50, 0, 0, leeds) // the clocks change in the night
	early := time.Date(2026, 3, 29, 8, 0, 0, 0, leeds)
	i := Item{Answer: answer("refund", "Billing")}
	i.Drill = i.Graded("tom", fsrs.Good, "", late)
	if want := time.Date(2026, 3, 30, 0, 0, 0, 0, leeds); !i.Drill.Due.Equal(want) {
		t.Errorf("due %s, want %s", i.Drill.Due, want)
	}
	want := fsrs.Memory{Stability: i.Drill.Stability, Difficulty: i.Drill.Difficulty}.After(fsrs.Good, 1)
	if d := i.Graded("tom", fsrs.Good, "", early); d.Stability != want.Stability {
		t.Errorf("the next morning is not a day later: stability %v, want %v", d.Stability, want.Stability)
	}
}

func TestWhatWasForgottenIsCounted(t *testing.T) {
	i := Item{Answer: answer("refund", "Billing")}
	i.Drill = drilled(i.Answer, 20, 20)
	d := i.Graded("tom", fsrs.Again, "", now)
	if d.Lapses != 1 || d.Times != 2 || d.Stability >= 20 {
		t.Errorf("%+v", d)
	}
	i.Drill = d
	if d = i.Graded("tom", fsrs.Again, "", now); d.Lapses != 1 || d.Times != 3 {
		t.Errorf("what is not known yet was forgotten again: %+v", d)
	}
}

func TestNothingIsPutOffForMoreThanAYear(t *testing.T) {
	i := Item{Answer: answer("refund", "Billing")}
	i.Drill = drilled(i.Answer, 300, 300)
	if d := i.Graded("tom", fsrs.Easy, "", now); daysBetween(now, d.Due) != mostDays || d.Stability < 400 {
		t.Errorf("due %s with a stability of %v", d.Due, d.Stability)
	}
}

func TestAGradeThatIsTakenBackLeavesTheDrillAsItWas(t *testing.T) {
	i := Item{Answer: answer("refund", "Billing")}
	first := i.Ungraded(i.Graded("tom", fsrs.Again, "no", now))
	if err := first.Validate(); err != nil {
		t.Error(err)
	}
	k := Known{Answers: []assist.Answer{i.Answer}, Drills: []assist.Drill{first}}
	if items := Next(k, "tom", now); len(items) != 1 || items[0].Drill.Times != 0 {
		t.Errorf("it was never practised, but %+v", items)
	}
	i.Drill = drilled(i.Answer, 3, 2)
	if got := i.Ungraded(i.Graded("tom", fsrs.Good, "yes", now)); got != i.Drill {
		t.Errorf("%+v, want %+v", got, i.Drill)
	}
}

func TestWhatIsDueComesByHowLittleItIsKnown(t *testing.T) {
	a, b, c, d := answer("a", "Billing"), answer("b", "Billing"), answer("c", "Sales"), answer("d", "Sales")
	again := drilled(c, 0, 2)
	again.Grade, again.Due = 1, now.Add(-time.Minute)
	k := Known{Answers: []assist.Answer{a, b, c, d},
		Drills: []assist.Drill{drilled(a, 12, 10), drilled(b, 300, 10), again, drilled(d, 1, 10)}}
	if got := ids(Next(k, "tom", now)); !slices.Equal(got, []assist.ID{"c", "b", "a"}) {
		t.Errorf("%v", got)
	}
	if got := Later(k, "tom", now); !got.Equal(day(9)) {
		t.Errorf("next on %s", got)
	}
	if got := Later(k, "ewa", now); !got.IsZero() {
		t.Errorf("ewa practised nothing, and her next is due on %s", got)
	}
}

func TestAChangedAnswerComesFirstAndIsNotKnown(t *testing.T) {
	a, b := answer("a", "Billing"), answer("b", "Billing")
	k := Known{Answers: []assist.Answer{a, b}, Drills: []assist.Drill{drilled(a, 0, 100), drilled(b, 300, 10)}, Team: []assist.Rep{{ID: "tom"}}}
	k.Answers[0].Say = "Something else."
	items := Next(k, "tom", now)
	if !slices.Equal(ids(items), []assist.ID{"a", "b"}) || !items[0].Changed || items[1].Changed {
		t.Errorf("%+v", items)
	}
	if d := Team(k, "tom", now).Departments[0]; d.Nobody != 2 {
		t.Errorf("%+v", d)
	}
	after := items[0].Graded("tom", fsrs.Good, "", now)
	k.Drills[0] = after
	if got := ids(Next(k, "tom", now)); !slices.Equal(got, []assist.ID{"b"}) {
		t.Errorf("after practising it: %v", got)
	}
}

func TestNewAnswersAreThoseAskedMostAndNeverSaid(t *testing.T) {
	k := Known{Answers: []assist.Answer{answer("rare", "Billing"), answer("often", "Billing"), answer("said", "Billing"), answer("never", "Billing"), answer("wrong", "Billing")}}
	for range 3 {
		k.Tally.Add(opened("ewa", "often", true))
		k.Tally.Add(opened("ewa", "said", true))
	}
	k.Tally.Add(opened("tom", "said", true))
	k.Tally.Add(opened("tom", "rare", false))
	wrong := opened("tom", "wrong", true)
	wrong.Used[0].Wrong = true
	k.Tally.Add(wrong)
	k.Tally.Add(wrong)
	items := Next(k, "tom", now)
	if !slices.Equal(ids(items), []assist.ID{"often", "wrong", "rare", "never"}) {
		t.Errorf("%v", ids(items))
	}
	if items[0].Asked != 3 {
		t.Errorf("asked in %d calls", items[0].Asked)
	}
}

func TestNewAnswersComeOfEveryDepartmentTheWeakestFirst(t *testing.T) {
	k := Known{}
	for _, id := range []assist.ID{"b1", "b2", "b3", "b4"} {
		k.Answers = append(k.Answers, answer(id, "Billing"))
	}
	for _, id := range []assist.ID{"s1", "s2"} {
		k.Answers = append(k.Answers, answer(id, "Sales"))
	}
	k.Tally.Add(opened("tom", "b1", true))
	for _, a := range k.Answers {
		k.Tally.Add(opened("ewa", a.ID, true))
	}
	if got := ids(Next(k, "tom", now)); !slices.Equal(got, []assist.ID{"s1", "b2", "s2", "b3", "b4"}) {
		t.Errorf("%v", got)
	}
}

func TestWhatNobodyStandsBehindIsNotPractised(t *testing.T) {
	for name, change := range map[string]func(*assist.Answer){
		"off":      func(a *assist.Answer) { a.Off = true },
		"draft":    func(a *assist.Answer) { a.Draft = true },
		"internal": func(a *assist.Answer) { a.Internal = true },
		"stale":    func(a *assist.Answer) { a.VerifyEvery = 30 },
	} {
		a := answer("a", "Billing")
		change(&a)
		k := Known{Answers: []assist.Answer{a}}
		if got := Next(k, "tom", now); len(got) != 0 {
			t.Errorf("%s: offered as new", name)
		}
		k.Drills = []assist.Drill{drilled(a, 30, 10)}
		if got := Next(k, "tom", now); len(got) != 0 {
			t.Errorf("%s: offered as due", name)
		}
	}
}

func TestASessionIsAQuarterOfAnHour(t *testing.T) {
	k := Known{}
	for i := range 100 {
		a := answer(assist.IDFrom("a", string(rune('a'+i))), "Billing")
		for range 15 {
			a.Say += " one two three four"
		}
		k.Answers = append(k.Answers, a)
	}
	items := Next(k, "tom", now)
	var all time.Duration
	for _, i := range items {
		all += i.Takes
	}
	if all > Session || all < Session-2*time.Minute || len(items) < 8 || len(items) > 20 {
		t.Errorf("%d items of %s", len(items), all)
	}
	if again := Next(k, "tom", now); !slices.Equal(ids(again), ids(items)) {
		t.Error("the same values gave other items")
	}
	for range 3000 {
		k.Answers[0].Say += " and so on and on"
	}
	k.Answers = k.Answers[:1]
	if got := Next(k, "tom", now); len(got) != 1 {
		t.Error("an answer that takes longer than a session is never practised")
	}
}

func TestACallCountsOnceForAnAnswer(t *testing.T) {
	k := Known{Answers: []assist.Answer{answer("a", "Billing")}}
	c := opened("ewa", "a", false)
	c.Used = append(c.Used, c.Used[0], c.Used[0])
	k.Tally.Add(c)
	k.Tally.Add(assist.Call{ID: "nothing was opened in it"})
	if got := Next(k, "tom", now)[0].Asked; got != 1 {
		t.Errorf("asked in %d calls", got)
	}
}

func TestWhatIsDueComesBeforeWhatIsNew(t *testing.T) {
	k := Known{}
	for _, id := range []assist.ID{"a", "b", "c", "d", "e", "f"} {
		k.Answers = append(k.Answers, answer(id, "Billing"))
	}
	k.Drills = []assist.Drill{drilled(k.Answers[4], 30, 10), drilled(k.Answers[5], 1, 10)}
	other := drilled(k.Answers[0], 30, 10)
	other.Rep, other.ID = "ewa", "other"
	k.Drills = append(k.Drills, other)
	k.Tally.Add(opened("ewa", "d", true))
	if got := ids(Next(k, "tom", now)); !slices.Equal(got, []assist.ID{"e", "d", "a", "b", "c"}) {
		t.Errorf("%v", got)
	}
}

func TestTheNextDayIsOfAnAnswerThatCanBePractised(t *testing.T) {
	a, b := answer("a", "Billing"), answer("b", "Billing")
	k := Known{Answers: []assist.Answer{a, b}, Drills: []assist.Drill{drilled(a, 0, 3), drilled(b, 0, 5)}}
	if got := Later(k, "tom", now); !got.Equal(day(3)) {
		t.Errorf("%s", got)
	}
	k.Answers[0].Draft = true
	if got := Later(k, "tom", now); !got.Equal(day(5)) {
		t.Errorf("a draft is due first: %s", got)
	}
}

func TestALongerAnswerTakesLonger(t *testing.T) {
	short := Item{Answer: answer("a", "Billing")}
	long := Item{Answer: assist.Answer{Say: "word " + short.Answer.Say, Steps: []string{"open the order"}}}
	if short.takes() < 20*time.Second || short.takes() >= long.takes() {
		t.Errorf("%s and %s", short.takes(), long.takes())
	}
}
