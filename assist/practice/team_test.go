package practice

import (
	"reflect"
	"testing"

	"ringside/assist"
)

func team() Known {
	both := answer("both", "Billing")
	both.Also = []string{"Sales"}
	gone := answer("gone", "Billing")
	gone.Off = true
	k := Known{Answers: []assist.Answer{both, answer("one", "Billing"), answer("none", "Sales"), gone},
		Team: []assist.Rep{{ID: "zoe", Name: "Zoe", Shared: true}, {ID: "tom", Name: "Tom"}, {ID: "ewa", Name: "Ewa", Shared: true}, {ID: "jo", Name: "Jo"}}}
	k.Tally.Add(opened("ewa", "both", true))
	k.Tally.Add(opened("jo", "both", true))
	k.Tally.Add(opened("jo", "one", true))
	k.Tally.Add(opened("left-long-ago", "none", true))
	return k
}

func TestTheChartCountsAllAndNamesThoseWhoShare(t *testing.T) {
	c := Team(team(), "tom", now)
	want := Chart{Reps: []assist.Rep{{ID: "tom", Name: "Tom"}, {ID: "ewa", Name: "Ewa", Shared: true}, {ID: "zoe", Name: "Zoe", Shared: true}}, Others: 1,
		Departments: []Department{
			{Name: "Billing", Of: 2, Can: []int{0, 1, 0}, One: 1},
			{Name: "Sales", Of: 2, Can: []int{0, 1, 0}, Nobody: 1},
		}}
	if !reflect.DeepEqual(c, want) {
		t.Errorf("got  %+v\nwant %+v", c, want)
	}
}

func TestARepSeesThemselvesAlways(t *testing.T) {
	c := Team(team(), "jo", now)
	if c.Reps[0].ID != "jo" || c.Departments[0].Can[0] != 2 || c.Others != 1 {
		t.Errorf("%+v", c)
	}
	if c := Team(team(), "", now); len(c.Reps) != 2 || c.Others != 2 {
		t.Errorf("nobody sits here, and they see %+v", c)
	}
}

func TestWhatIsPractisedCountsWhileItIsKnown(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*assist.Drill)
		can    int
	}{
		"practised a while ago":  {func(*assist.Drill) {}, 1},
		"due":                    {func(d *assist.Drill) { d.Last = day(-11) }, 0},
		"not known":              {func(d *assist.Drill) { d.Grade = 1 }, 0},
		"taken back":             {func(d *assist.Drill) { d.Times = 0 }, 0},
		"of an earlier wording":  {func(d *assist.Drill) { d.Saying = "other" }, 0},
		"on the very day":        {func(d *assist.Drill) { d.Last = day(-10) }, 1},
		"of somebody else (Ewa)": {func(d *assist.Drill) { d.Rep = "ewa" }, 0},
	} {
		k := team()
		d := drilled(k.Answers[2], 5, 10)
		c.change(&d)
		k.Drills = []assist.Drill{d}
		if got := Team(k, "tom", now).Departments[1].Can[0]; got != c.can {
			t.Errorf("%s: can %d", name, got)
		}
	}
}

func TestAnAnswerCountsOnceInADepartment(t *testing.T) {
	a := answer("a", "Billing")
	a.Also = []string{"Sales", "Billing", "Sales"}
	c := Team(Known{Answers: []assist.Answer{a}, Team: []assist.Rep{{ID: "tom"}}}, "tom", now)
	if len(c.Departments) != 2 || c.Departments[0].Of != 1 || c.Departments[1].Of != 1 || c.Departments[1].Nobody != 1 {
		t.Errorf("%+v", c.Departments)
	}
}

func TestAStaleAnswerStaysInTheChart(t *testing.T) {
	stale, draft, internal := answer("stale", "Billing"), answer("draft", "Billing"), answer("internal", "Billing")
	stale.VerifyEvery, draft.Draft, internal.Internal = 30, true, true
	c := Team(Known{Answers: []assist.Answer{stale, draft, internal}}, "tom", now)
	if len(c.Departments) != 1 || c.Departments[0].Of != 1 {
		t.Errorf("%+v", c.Departments)
	}
	if c = Team(Known{}, "tom", now); len(c.Departments) != 0 || len(c.Reps) != 0 {
		t.Errorf("of nothing: %+v", c)
	}
}
