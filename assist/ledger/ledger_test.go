package ledger

import (
	"slices"
	"testing"
	"time"

	"ringside/assist"
)

var (
	leeds, _ = time.LoadLocation("Europe/London")
	perth    = time.FixedZone("", 8*3600)
	now      = time.Date(2026, 11, 24, 10, 0, 0, 0, leeds) // a Tuesday
)

func at(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, leeds) }

func timed(due time.Time) assist.Promise {
	return assist.Promise{ID: "p", Text: "Call back", Made: at(20, 9, 0), Due: due}
}

func wholeDay(day int, zone *time.Location) assist.Promise {
	p := timed(time.Date(2026, 11, day, 0, 0, 0, 0, zone))
	p.AllDay = true
	return p
}

func with(p assist.Promise, change func(*assist.Promise)) assist.Promise {
	change(&p)
	return p
}

func TestEveryPromiseIsInTheGroupOfItsNeed(t *testing.T) {
	moved := func(p *assist.Promise) { p.Moved = at(23, 9, 0) }
	movedAndTold := func(p *assist.Promise) { p.Moved, p.Told = at(23, 9, 0), at(23, 9, 30) }
	for name, c := range map[string]struct {
		p    assist.Promise
		want Group
	}{
		"a time that passed":              {timed(at(24, 9, 59)), Late},
		"this very moment":                {timed(now), Today},
		"later today":                     {timed(at(24, 23, 0)), Today},
		"today, whole":                    {wholeDay(24, leeds), Today},
		"yesterday, whole":                {wholeDay(23, leeds), Late},
		"today, whole, written in Perth":  {wholeDay(24, perth), Today},
		"tomorrow, a time in Perth":       {timed(time.Date(2026, 11, 25, 2, 0, 0, 0, perth)), Today},
		"tomorrow, whole, from Perth":     {wholeDay(25, perth), Week},
		"in seven days":                   {wholeDay(31, leeds), Week}, // 1 December
		"in eight days":                   {wholeDay(32, leeds), Later},
		"no day":                          {timed(time.Time{}), NoDay},
		"moved to Friday, not told":       {with(timed(at(27, 9, 0)), moved), Tell},
		"moved to Friday, told":           {with(timed(at(27, 9, 0)), movedAndTold), Week},
		"moved to today, not told":        {with(timed(at(24, 15, 0)), moved), Today},
		"moved, and late again":           {with(timed(at(24, 9, 0)), movedAndTold), Late},
		"broken":                          {with(timed(at(27, 9, 0)), func(p *assist.Promise) { p.Broken = now }), Tell},
		"broken after its time, not told": {with(timed(at(20, 9, 0)), func(p *assist.Promise) { p.Broken = now }), Tell},
		"broken without a day":            {with(timed(time.Time{}), func(p *assist.Promise) { p.Broken = now }), Tell},
	} {
		if got := GroupOf(c.p, now); got != c.want {
			t.Errorf("%s: group %d, want %d", name, got, c.want)
		}
	}
}

func TestDaysAreCountedOverTheChangeOfClocks(t *testing.T) {
	before := time.Date(2026, 10, 24, 23, 30, 0, 0, leeds) // the night before the clocks go back
	if n := DaysTo(timed(time.Date(2026, 10, 26, 0, 10, 0, 0, leeds)), before); n != 2 {
		t.Errorf("%d days, want 2", n)
	}
	if n := DaysTo(timed(time.Date(2025, 12, 31, 9, 0, 0, 0, leeds)), time.Date(2026, 1, 1, 0, 0, 0, 0, leeds)); n != -1 {
		t.Errorf("%d days over a new year, want -1", n)
	}
}

func TestPromisesWithoutADayComeLast(t *testing.T) {
	list := []assist.Promise{timed(time.Time{}), timed(at(27, 9, 0)), timed(at(20, 9, 0))}
	slices.SortFunc(list, Compare)
	if !list[2].Due.IsZero() || !list[0].Due.Equal(at(20, 9, 0)) {
		t.Errorf("the order is %v, %v, %v", list[0].Due, list[1].Due, list[2].Due)
	}
}

func TestTheLetterFitsHowThePromiseStands(t *testing.T) {
	for name, c := range map[string]struct {
		p    assist.Promise
		want Letter
	}{
		"days ahead":              {timed(at(27, 9, 0)), Progress},
		"no day":                  {timed(time.Time{}), Progress},
		"just over four hours":    {timed(at(24, 14, 1)), Progress},
		"four hours":              {timed(at(24, 14, 0)), MayBeLate},
		"this moment":             {timed(now), MayBeLate},
		"a moment ago":            {timed(now.Add(-time.Second)), IsLate},
		"today, in the morning":   {wholeDay(24, leeds), Progress},
		"moved":                   {with(timed(at(24, 12, 0)), func(p *assist.Promise) { p.Moved = at(24, 9, 0) }), IsMoved},
		"moved, told":             {with(timed(at(24, 12, 0)), func(p *assist.Promise) { p.Moved, p.Told = at(24, 9, 0), now }), MayBeLate},
		"moved, and late already": {with(timed(at(24, 9, 0)), func(p *assist.Promise) { p.Moved = at(24, 8, 0) }), IsLate},
		"broken":                  {with(timed(at(24, 9, 0)), func(p *assist.Promise) { p.Broken = now }), IsBroken},
	} {
		if got := LetterOf(c.p, now); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	if AtRisk(wholeDay(24, leeds), at(24, 12, 59)) || !AtRisk(wholeDay(24, leeds), at(24, 13, 0)) || AtRisk(wholeDay(25, leeds), at(24, 23, 0)) {
		t.Error("a whole day is at risk in the four hours before closing")
	}
}

func TestARepIsRemindedOnceOfEachMoment(t *testing.T) {
	p, day := timed(at(24, 15, 0)), wholeDay(24, leeds)
	day.ID = "day"
	var got []Reminder
	since := at(24, 8, 0)
	for tick := since; tick.Before(at(26, 0, 0)); tick = tick.Add(7 * time.Minute) {
		got = append(got, Reminders([]assist.Promise{p, day}, since, tick)...)
		since = tick
	}
	want := []Reminder{{day, DueToday, at(24, 9, 0)}, {p, Soon, at(24, 14, 45)}, {p, NowLate, at(24, 15, 0)}, {day, NowLate, at(25, 9, 0)}}
	if !slices.EqualFunc(got, want, func(a, b Reminder) bool {
		return a.Promise.ID == b.Promise.ID && a.Why == b.Why && a.At.Equal(b.At)
	}) {
		t.Errorf("reminded of %+v", got)
	}
}

func TestWhoWasAwayHearsOnlyTheLastOfAPromise(t *testing.T) {
	got := Reminders([]assist.Promise{timed(at(24, 15, 0))}, at(23, 0, 0), at(26, 0, 0))
	if len(got) != 1 || got[0].Why != NowLate {
		t.Errorf("reminded of %+v", got)
	}
}

func TestNobodyIsRemindedOfWhatTheyHaveJustSaid(t *testing.T) {
	for name, p := range map[string]assist.Promise{
		"made ten minutes before": with(timed(at(24, 10, 0)), func(p *assist.Promise) { p.Made = at(24, 9, 50) }),
		"moved to ten minutes on": with(timed(at(24, 10, 0)), func(p *assist.Promise) { p.Moved = at(24, 9, 50) }),
		"kept":                    with(timed(at(24, 9, 55)), func(p *assist.Promise) { p.Kept = at(24, 9, 0) }),
		"no day":                  timed(time.Time{}),
	} {
		if got := Reminders([]assist.Promise{p}, at(23, 0, 0), at(24, 9, 59)); len(got) != 0 {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestReachMissesNoReminder(t *testing.T) {
	zones := []*time.Location{time.UTC, perth, time.FixedZone("", -12*3600), time.FixedZone("", 14*3600)}
	for _, here := range zones {
		for _, there := range zones {
			for hour := range 24 * 9 {
				p := timed(time.Date(2026, 11, 20, hour, 0, 0, 0, there))
				p.Made = time.Time{}
				for _, p.AllDay = range []bool{false, true} {
					since := time.Date(2026, 11, 24, 8, 0, 0, 0, here)
					to := since.Add(90 * time.Minute)
					from, until := Reach(since, to)
					if len(Reminders([]assist.Promise{p}, since, to)) > 0 && (p.Due.Before(from) || p.Due.After(until)) {
						t.Fatalf("due %v is not between %v and %v", p.Due, from, until)
					}
				}
			}
		}
	}
}
