package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/assist/phone"
	"ringside/assist/practice/fsrs"
	"ringside/assist/settings"
	"ringside/ui"
	"ringside/ui/panes/look"
	page "ringside/ui/practice"
	"ringside/ui/setup"
)

// practiceAt is the source of the page at another time.
func practiceAt(a *deskApp, at time.Time) practiceSource {
	return practiceSource{&running{store: a.store, now: func() time.Time { return at }}}
}

func load(t *testing.T, s practiceSource) page.Data {
	t.Helper()
	d, err := s.Load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func turnsOf(d page.Data) (out []assist.ID) {
	for _, turn := range d.Turns {
		out = append(out, turn.Answer.ID)
	}
	return out
}

// practiceStore has a team, two customers and a call of each.
func practiceStore(t *testing.T) *deskApp {
	t.Helper()
	dir := storeOf(t,
		assist.Rep{ID: "tom", Name: "Tom Reed"}, assist.Rep{ID: "ewa", Name: "Ewa Nowak"},
		assist.Customer{ID: "mary", Name: "Mary Shaw", City: "Otley"},
		assist.Call{ID: "c1", Rep: "ewa", Customer: "mary", Started: noon, Used: []assist.Used{{Answer: "charged-twice", Said: true, At: noon,
			Heard: "Mary Shaw from Otley here, Tom took order TF-20231 from my card twice"}}},
		assist.Call{ID: "c2", Rep: "ewa", Customer: "erased", Started: noon, Used: []assist.Used{{Answer: "invoice-copy", Said: true, At: noon,
			Heard: "Zebediah wants another copy of the invoice"}}})
	a := startApp(t, dir)
	if err := a.store.house.db.SaveSettings(t.Context(), settings.Machine{Me: "tom", Started: true}); err != nil {
		t.Fatal(err)
	}
	return a
}

func TestWhatIsPractisedOutlivesTheProgramAndIsDueAgain(t *testing.T) {
	a := practiceStore(t)
	s := practiceAt(a, noon)
	d := load(t, s)
	if d.Me.Name != "Tom Reed" || len(d.Turns) < 5 || !d.Later.IsZero() || d.Turns[0].Drill.Times != 0 {
		t.Fatalf("%+v", d)
	}
	first := d.Turns[0]
	if err := s.Keep(t.Context(), first.Graded("tom", fsrs.Good, "my words", noon)); err != nil {
		t.Fatal(err)
	}
	a.closeApp(t)
	b := startApp(t, a.dir)
	defer b.closeApp(t)
	if d := load(t, practiceAt(b, noon.Add(time.Hour))); slices.Contains(turnsOf(d), first.Answer.ID) || d.Later.Format("2 January") != "22 November" {
		t.Errorf("an hour later: %v, the next on %s", turnsOf(d), d.Later)
	}
	d = load(t, practiceAt(b, noon.AddDate(0, 0, 2)))
	if d.Turns[0].Answer.ID != first.Answer.ID || d.Turns[0].Drill.Words != "my words" || d.Turns[0].Drill.Times != 1 {
		t.Errorf("two days later: %+v", d.Turns[0].Drill)
	}
}

func TestNoNameOfARealCallIsInALine(t *testing.T) {
	a := practiceStore(t)
	defer a.closeApp(t)
	lines := map[assist.ID]string{}
	for _, turn := range load(t, practiceAt(a, noon)).Turns {
		lines[turn.Answer.ID] = turn.Line
		if turn.Line == "" {
			t.Errorf("nobody asks for %s", turn.Answer.ID)
		}
	}
	if got := lines["charged-twice"]; got != "(name) from (place) here, (name) took order (number) from my card twice" {
		t.Errorf("%q", got)
	}
	if got := lines["invoice-copy"]; got == "" || strings.Contains(got, "Zebediah") {
		t.Errorf("what an erased customer said: %q", got)
	}
}

func TestWhoSharesIsSeenByOthers(t *testing.T) {
	a := practiceStore(t)
	defer a.closeApp(t)
	s := practiceAt(a, noon)
	if c := load(t, s).Chart; len(c.Reps) != 1 || c.Others != 1 {
		t.Fatalf("%+v", c)
	}
	if err := s.Share(t.Context(), "ewa", true); err != nil {
		t.Fatal(err)
	}
	c := load(t, s).Chart
	if len(c.Reps) != 2 || c.Reps[0].ID != "tom" || c.Others != 0 {
		t.Fatalf("%+v", c)
	}
	can := 0
	for _, d := range c.Departments {
		can += d.Can[1]
	}
	if can != 2 {
		t.Errorf("Ewa said two answers, and can give %d", can)
	}
	if err := s.Share(t.Context(), "nobody", true); err == nil {
		t.Error("somebody who is not there shares")
	}
}

// TestGoingThroughAllCalls says how long the page waits for its data in a big store: RINGSIDE_CALLS=100000
func TestGoingThroughAllCalls(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("RINGSIDE_CALLS"))
	if err != nil {
		t.Skip("RINGSIDE_CALLS names no number of calls")
	}
	a := practiceStore(t)
	defer a.closeApp(t)
	db := a.store.house.db
	answers, err := all[assist.Answer](t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	bulk := db.Bulk(context.Background())
	for i := range n {
		at := noon.Add(time.Duration(i) * time.Minute)
		c := assist.Call{ID: assist.NewID(at), Rep: assist.ID(fmt.Sprint("rep-", i%50)), Customer: "mary", Started: at, From: "+441134960123", Disposition: "Answered"}
		for j := range i % 3 {
			c.Used = append(c.Used, assist.Used{Answer: answers[(i*7+j)%len(answers)].ID, Heard: "charged twice for one order", At: at, Said: true, Helped: j == 0})
		}
		if err := bulk.Add(c); err != nil {
			t.Fatal(err)
		}
	}
	if err := bulk.Close(); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		begin := time.Now()
		load(t, practiceAt(a, noon))
		t.Logf("%d calls: %s", n, time.Since(begin))
	}
}

func TestARingInterruptsThePracticeWhichWaits(t *testing.T) {
	d := newDesktop(t)
	d.over.(*setup.First).OnSample()
	d.until(t, "the sample team is there", func() bool { return d.over == nil && len(d.team) > 0 && d.chosen.Started })
	d.win.Show(ui.Practice)
	canvas := d.win.Window().Canvas()
	words := func() string { return look.Words(d.practice.Object()) }
	begin := func() bool { return strings.Contains(words(), "Begin") && canvas.Focused() != nil }
	d.until(t, "something to practise", begin)
	press := func(k fyne.KeyName) { canvas.Focused().TypedKey(&fyne.KeyEvent{Name: k}) }
	press(fyne.KeyReturn)
	for _, r := range "half an ans" {
		canvas.Focused().TypedRune(r)
	}
	d.r.Ring(phone.Ring{ID: "1", From: "01134960123", Phase: phone.Ringing, At: time.Now()})
	d.until(t, "the call", func() bool { return d.win.Page() == ui.Call })
	d.win.Show(ui.Practice)
	d.until(t, "the practice again", func() bool { return canvas.Focused() != nil })
	for _, r := range "wer" {
		canvas.Focused().TypedRune(r)
	}
	press(fyne.KeyReturn)
	if !strings.Contains(words(), "half an answer") || !strings.Contains(words(), "THE LIBRARY SAYS") {
		t.Errorf("after the call: %s", words())
	}
	canvas.Focused().TypedRune('3')
	d.until(t, "the drill is kept", func() bool {
		drills, err := all[assist.Drill](t.Context(), d.r.store.house.db)
		return err == nil && len(drills) == 1 && drills[0].Rep == d.chosen.Me && drills[0].Words == "half an answer"
	})
}
