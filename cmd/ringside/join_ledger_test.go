package main

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/live"
	"ringside/assist/settings"
	"ringside/storage"
	"ringside/ui/review"
)

func TestWhatBecomesOfAPromiseIsKeptUnlessItHasChangedElsewhere(t *testing.T) {
	own(t)
	a := startApp(t, t.TempDir())
	defer a.closeApp(t)
	ctx, db := t.Context(), a.store.house.db
	p := assist.Promise{ID: "p", Customer: "mary", Text: "Call back", Made: noon, Due: noon.Add(time.Hour)}
	if err := db.Save(ctx, p); err != nil {
		t.Fatal(err)
	}
	moved, err := p.Move(noon.AddDate(0, 0, 2), true, noon)
	if err != nil {
		t.Fatal(err)
	}
	told := moved
	told.Told = noon.Add(time.Minute)
	broken := told
	broken.Broken = noon.Add(2 * time.Minute)
	steps := []assist.Promise{p, moved, told, broken, told, moved, p}
	for i := range len(steps) - 1 {
		if err := a.changePromise(ctx, steps[i], steps[i+1]); err != nil {
			t.Fatalf("step %d: %v", i, err)
		}
		got, err := storage.Find[assist.Promise](ctx, db, "p")
		if err != nil || !got.Stands(steps[i+1]) || got.Text != p.Text {
			t.Fatalf("step %d: %+v, %v", i, got, err)
		}
	}
	var f *assist.Fault
	if err := a.changePromise(ctx, moved, told); !errors.As(err, &f) {
		t.Errorf("a promise that stands otherwise: %v", err)
	}
	if got, _ := storage.Find[assist.Promise](ctx, db, "p"); !got.Stands(p) {
		t.Errorf("it was changed nevertheless: %+v", got)
	}
	if err := a.changePromise(ctx, assist.Promise{ID: "gone"}, p); !errors.Is(err, assist.ErrNotFound) {
		t.Errorf("a promise that is gone: %v", err)
	}
}

// atNoon is a window's pages at noon on a Friday, with Tom at the desk.
func atNoon() *pages {
	return &pages{r: &running{now: func() time.Time { return noon }}, team: []assist.Rep{{ID: "tom", Name: "Tom Reed"}, {ID: "ewa", Name: "Ewa Nowak"}},
		chosen: settings.Machine{Me: "tom"}}
}

func TestWordsForADayAreReadAsInANote(t *testing.T) {
	p := atNoon()
	for words, want := range map[string]review.Day{
		"monday 3pm": {Due: time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)},
		"tomorrow":   {Due: time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC), AllDay: true},
		"soonish":    {},
		"":           {},
	} {
		if got := p.readDay(words); !got.Due.Equal(want.Due) || got.AllDay != want.AllDay || got.Ask != "" {
			t.Errorf("%q: %+v", words, got)
		}
	}
	for _, words := range []string{"31 february", "3/4"} {
		if got := p.readDay(words); got.Ask == "" {
			t.Errorf("%q names no one day: %+v", words, got)
		}
	}
	p.chosen.MonthFirst = true
	if got := p.readDay("3/4"); got.Ask != "" || got.Due.Month() != time.March {
		t.Errorf("with the month first: %+v", got)
	}
}

func TestADraftSaysHowThePromiseStands(t *testing.T) {
	p := review.Promise{CustomerName: "Mary Shaw", CallMe: "Mrs Shaw", RepName: "Ewa Nowak",
		Promise: assist.Promise{Rep: "ewa", Text: "Send the form.", Made: noon.AddDate(0, 0, -3), Due: noon.AddDate(0, 0, 3)}}
	with := func(change func(*review.Promise)) review.Promise {
		q := p
		change(&q)
		return q
	}
	moved := with(func(q *review.Promise) { q.FirstDue, q.Moved = noon.AddDate(0, 0, 1), noon })
	for name, c := range map[string]struct {
		p    review.Promise
		want string
	}{
		"in hand": {p, "If anything changes, I will tell you before Monday 23 November, noon."},
		"no day":  {with(func(q *review.Promise) { q.Due = time.Time{} }), "I will write to you by"},
		"at risk": {with(func(q *review.Promise) { q.Due = noon.Add(time.Hour) }), "will not keep that day."},
		"late":    {with(func(q *review.Promise) { q.Due = noon.Add(-time.Hour) }), "did not keep that day."},
		"moved":   {moved, "Monday 23 November, noon"},
		"broken":  {with(func(q *review.Promise) { q.Broken = noon }), "cannot keep that promise."},
		"signed":  {p, "Dear Mrs Shaw,"},
		"by Tom":  {p, "\nTom Reed\n"},
		"nobody":  {with(func(q *review.Promise) { q.CustomerName, q.CallMe = "", "" }), "Hello,"},
	} {
		got := atNoon().draft(c.p)
		if got.Subject == "" || !strings.Contains(got.Body, c.want) {
			t.Errorf("%s: %q", name, got)
		}
	}
	empty := atNoon()
	empty.chosen.Me = ""
	if got := empty.draft(p); !strings.Contains(got.Body, "\nEwa Nowak\n") {
		t.Errorf("nobody sits here: %q", got)
	}
}

// reminded says what a rep is told who was told everything up to a time.
func reminded(t *testing.T, db *storage.DB, s since, now time.Time) []string {
	t.Helper()
	notices, err := s.notices(t.Context(), db, now)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, n := range notices {
		out = append(out, n.title+" | "+n.words)
	}
	return out
}

func TestRemindersOfMyPromises(t *testing.T) {
	own(t)
	h, err := openHouse(t.Context(), t.TempDir(), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	day := func(d, hour, minute int) time.Time { return time.Date(2026, 11, d, hour, minute, 0, 0, time.UTC) }
	of := func(id, rep assist.ID, due time.Time, allDay bool) assist.Promise {
		return assist.Promise{ID: id, Rep: rep, Customer: "mary", Text: "Do " + string(id), Made: day(1, 9, 0), Due: due, AllDay: allDay}
	}
	kept := of("kept", "tom", day(20, 15, 0), false)
	kept.Kept = day(19, 9, 0)
	if err := h.db.Save(t.Context(), assist.Customer{ID: "mary", Name: "Mary Shaw"}, kept, of("timed", "tom", day(20, 15, 0), false), of("whole", "tom", day(20, 0, 0), true),
		of("old", "tom", day(12, 9, 0), false), of("hers", "ann", day(20, 15, 0), false), of("none", "tom", time.Time{}, false)); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		since since
		now   time.Time
		want  []string
	}{
		"the first start":                  {since{"tom", time.Time{}, true}, day(20, 8, 0), []string{"Your promises | 1 promise is late, 2 are due today."}},
		"a start on the next day":          {since{"tom", day(19, 18, 0), true}, day(20, 8, 0), []string{"Your promises | 1 promise is late, 2 are due today."}},
		"a second start":                   {since{"tom", day(20, 8, 0), true}, day(20, 8, 30), nil},
		"a start after something came":     {since{"tom", day(20, 8, 0), true}, day(20, 9, 30), []string{"Your promises | 1 promise is late, 2 are due today."}},
		"somebody else's":                  {since{"ann", day(20, 14, 40), false}, day(20, 14, 45), []string{"Promised for 3 pm: Mary Shaw | Do hers"}},
		"nothing came":                     {since{"tom", day(20, 10, 0), false}, day(20, 10, 1), nil},
		"nine in the morning":              {since{"tom", day(20, 8, 59), false}, day(20, 9, 0), []string{"Promised for today: Mary Shaw | Do whole"}},
		"a quarter of an hour before":      {since{"tom", day(20, 14, 44), false}, day(20, 14, 45), []string{"Promised for 3 pm: Mary Shaw | Do timed"}},
		"not again":                        {since{"tom", day(20, 14, 45), false}, day(20, 14, 46), nil},
		"late":                             {since{"tom", day(20, 14, 59), false}, day(20, 15, 0), []string{"Late since 3 pm: Mary Shaw | Do timed"}},
		"a day late":                       {since{"tom", day(21, 8, 59), false}, day(21, 9, 0), []string{"1 day late: Mary Shaw | Do whole"}},
		"after a long call":                {since{"tom", day(20, 8, 59), false}, day(20, 15, 5), []string{"Promised for today: Mary Shaw | Do whole", "Late since 3 pm: Mary Shaw | Do timed"}},
		"after a weekend, one sentence":    {since{"tom", day(12, 8, 0), false}, day(23, 9, 0), []string{"Your promises | 3 promises are late."}},
		"the clock was set back":           {since{"tom", day(25, 8, 0), false}, day(20, 14, 45), nil},
		"the clock was set back, at start": {since{"tom", day(25, 8, 0), true}, day(20, 14, 45), nil},
		"nobody sits here":                 {since{"", time.Time{}, true}, day(20, 8, 0), nil},
	} {
		if got := reminded(t, h.db, c.since, c.now); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestNoReminderDisturbsACallAndNoneIsToldTwice(t *testing.T) {
	d := newDesktop(t)
	d.until(t, "the first look", func() bool { return !d.remind.upTo.IsZero() })
	var told []string
	d.remind.notify = func(n *fyne.Notification) { told = append(told, n.Title) }
	now := time.Now()
	due := now.Add(-time.Minute)
	if err := d.r.store.house.db.Save(t.Context(), assist.Promise{ID: "p", Text: "Call back", Made: now.Add(-time.Hour), Due: due}); err != nil {
		t.Fatal(err)
	}
	before := now.Add(-30 * time.Minute)
	d.remind.upTo, d.chosen.NoReminders = before, true
	d.followPromises()
	if len(told) != 0 || !d.remind.upTo.After(before) {
		t.Errorf("switched off: told %v, up to %v", told, d.remind.upTo)
	}
	d.remind.upTo, d.chosen.NoReminders = before, false
	d.view(live.View{Undisturbed: true})
	d.followPromises()
	if !d.remind.upTo.Equal(before) {
		t.Error("what came while the rep was not to be disturbed is lost")
	}
	d.view(live.View{})
	d.followPromises()
	d.until(t, "the reminder", func() bool { return len(told) > 0 })
	after := d.remind.upTo
	d.followPromises()
	d.until(t, "the next look", func() bool { return d.remind.upTo.After(after) })
	if !slices.Equal(told, []string{"Late since " + lateClock(due)}) {
		t.Errorf("told %v", told)
	}
	d.remind.upTo = time.Time{} // the app starts again
	if s := d.remind.since("tom"); !s.start || !s.told.Equal(after) || s.me != "tom" {
		t.Errorf("a restart knows %+v, want what was told at %v", s, after)
	}
}

func lateClock(t time.Time) string {
	if t.Minute() == 0 {
		return t.Format("3 pm")
	}
	return t.Format("3:04 pm")
}

func TestTheCalendarFileIsForItsUserAlone(t *testing.T) {
	open := assist.Promise{ID: "p1", Customer: "mary", Text: "Call back", Made: noon, Due: noon.AddDate(0, 0, 2)}
	kept := open
	kept.ID, kept.Kept = "p2", noon
	dir, to := storeOf(t, assist.Customer{ID: "mary", Name: "=Mary\nShaw"}, open, kept), t.TempDir()+"/p.ics"
	if code, _, errs := ringside(t, "--data", dir, "export", "--format", "ics", "--to", to); code != 0 {
		t.Fatal(errs)
	}
	info, err := os.Stat(to)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is for its user alone: %v, %v", info.Mode(), err)
	}
	file := read(t, to)
	if strings.Count(file, "BEGIN:VEVENT") != 1 || !strings.Contains(file, "SUMMARY:Call back (=Mary Shaw)\r\n") || !strings.Contains(file, "DTSTART:20261122T120000Z") {
		t.Errorf("the calendar is %s", file)
	}
}
