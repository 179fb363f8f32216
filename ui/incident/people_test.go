package incident_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"ringside/assist"
	"ringside/ui/incident"
	"ringside/ui/panes"
	"ringside/ui/panes/look"
)

func words(d *desk) string { return look.Words(d.page.Object()) }

// openPeople turns to the people of the first incident.
func openPeople(t testing.TB, size fyne.Size, change func(*incident.Options)) *desk {
	d := newDesk(t, size, change)
	d.load(data(), nil)
	if size.Width < 720 {
		d.rows().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	}
	d.press("Who is told")
	d.step(1)
	return d
}

// persons is the list of people, the last list that is seen.
func persons(d *desk) *panes.Rows {
	var last *panes.Rows
	walkAll(d.page.Object(), func(o fyne.CanvasObject) {
		if r, ok := o.(*panes.Rows); ok {
			last = r
		}
	})
	return last
}

func TestThePeopleAreReadAPageAtATime(t *testing.T) {
	d := openPeople(t, wide, nil)
	d.see("The first 50 of 340, those never told first", "with Ann Okafor · 0113 496 0000", "never told", "told yesterday",
		"0113 496 0000 · looked after by Ann Okafor\nNever told.", "Dear Customer 0,")
	d.press("More")
	d.step(1)
	d.see("The first 100 of 340", "Customer 50", "Last told yesterday, 10 am, and does not know how it stands now.")
	d.press("More")
	d.step(1)
	d.unseen("More", "The first")
	if want := []string{`people of depot after "", 50`, `people of depot after "c49", 50`, `people of depot after "c99", 50`}; !slices.Equal(d.src.asked, want) {
		t.Errorf("asked %q", d.src.asked)
	}
	if n := persons(d).Count(); n != 120 {
		t.Errorf("%d rows", n)
	}
}

func TestTellingIsOneKeyAndGoesToTheNext(t *testing.T) {
	d := openPeople(t, wide, nil)
	d.key("t")
	d.see("11 of 340 not told", "Dear Customer 1,")
	d.clock = d.clock.Add(100 * time.Millisecond)
	d.rows().TypedRune('t') // the key was pressed twice
	d.see("11 of 340 not told")
	d.clock = d.clock.Add(time.Second)
	d.press("Told (T)")
	persons(d).TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	d.see("10 of 340 not told", "Told today, 10 am, and knows the latest.")
	d.key("t") // knows it
	d.step(2)
	if got := d.src.asked[1:]; !slices.Equal(got, []string{"tell depot [c0]", "tell depot [c1]"}) {
		t.Errorf("asked %q", got)
	}
}

func TestATellingThatFailsIsTakenBackAndSaid(t *testing.T) {
	d := openPeople(t, wide, nil)
	d.src.fault = &assist.Fault{What: "the disk is full", Do: "make room", Err: errors.New("x")}
	d.key("t")
	d.see("11 of 340 not told")
	d.step(3) // the fault, the list, the people
	d.see("The disk is full. Make room.", "12 of 340 not told")
	persons(d).TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	d.see("Never told.")
	d.src.fault = nil
	d.key("t")
	d.unseen("The disk is full")
}

func TestAReloadKeepsThePagesAndTheMark(t *testing.T) {
	d := openPeople(t, wide, nil)
	d.press("More")
	d.step(1)
	d.load(data(), nil)
	d.step(1)
	if got := d.src.asked[2]; got != `people of depot after "", 100` {
		t.Errorf("asked %q", got)
	}
	d.see("The first 100 of 340", "Dear Customer 50,")
}

// Who is told goes behind all others in the order of the store: a page that began behind
// them would leave out everybody in between.
func TestWhoWasToldLastOnAPageDoesNotHideTheNext(t *testing.T) {
	d := openPeople(t, wide, nil)
	persons(d).TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	d.key("t")
	d.step(1)
	d.press("More")
	d.step(1)
	if want := `people of depot after "c48", 50`; !slices.Contains(d.src.asked, want) {
		t.Errorf("asked %q", d.src.asked)
	}
	d.see("Customer 50")
	if n := persons(d).Count(); n != 99 {
		t.Errorf("%d rows: somebody is there twice, or left out", n)
	}
}

func TestWhoWasToldDuringAReloadStaysTold(t *testing.T) {
	d := openPeople(t, wide, nil)
	d.page.Reload() // reads the counts as they were ...
	read := <-d.queue
	d.key("t")
	d.step(1) // ... and comes after the telling was kept
	read()
	d.step(2)
	d.see("told")
	persons(d).TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	d.see("knows the latest")
}

func TestTheLetterGoesWhereTheRepWants(t *testing.T) {
	d := openPeople(t, wide, nil)
	d.key("ce")
	d.press("Show the customer")
	if len(d.told) != 3 || !strings.HasPrefix(d.told[0], "copy About: Deliveries from Leeds stand still\n\nDear Customer 0,") ||
		d.told[1] != "mail : About: Deliveries from Leeds stand still" || d.told[2] != "customer c0" {
		t.Errorf("reported %q", d.told)
	}
	d.press("What we say")
	d.key("cet")
	if len(d.told) != 3 || len(d.queue) > 0 {
		t.Errorf("with no person in front: %q", d.told)
	}
}

func TestWhatCannotBeDoneHasNoButton(t *testing.T) {
	d := openPeople(t, wide, func(o *incident.Options) { o.Letter, o.OnCopy, o.OnMail, o.OnCustomer = nil, nil, nil, nil })
	d.unseen("Copy the letter", "E-mail", "Show the customer", "Dear")
	d.key("cet")
	d.see("11 of 340 not told")
}

func TestAnIncidentWithoutPeopleSaysHowItGetsThem(t *testing.T) {
	d := newDesk(t, wide, nil)
	d.src.all = 0
	d.load(data(), nil)
	d.press("Who is told")
	d.step(1)
	d.see("It touches nobody yet", "Name cities or products")
	d.unseen("Told (T)")
}

func TestAHundredThousandPeopleAreRowsOnlyInSight(t *testing.T) {
	d := newDesk(t, wide, nil)
	d.src.all = 100_000
	d.load(data(), nil)
	d.down(1)
	d.press("Who is told")
	d.step(1)
	rows := 0
	walkAll(d.page.Object(), func(o fyne.CanvasObject) {
		if _, ok := o.(*panes.Row); ok {
			rows++
		}
	})
	if n := persons(d).Count(); n != 50 || rows == 0 || rows > 40 {
		t.Errorf("%d people in the list, %d rows on the screen", n, rows)
	}
}

func BenchmarkTurnToAHundredThousandPeople(b *testing.B) {
	d := newDesk(b, wide, nil)
	d.src.all = 100_000
	d.load(data(), nil)
	d.press("Who is told")
	d.step(1)
	for b.Loop() {
		for _, k := range []fyne.KeyName{fyne.KeyDown, fyne.KeyUp} {
			d.rows().TypedKey(&fyne.KeyEvent{Name: k})
			d.step(1)
		}
	}
}

func BenchmarkTellInALongList(b *testing.B) {
	d := openPeople(b, wide, nil)
	d.src.all = 100_000
	for range 39 {
		d.press("More")
		d.step(1)
	}
	if n := persons(d).Count(); n < 1000 {
		b.Fatal(fmt.Sprint(n, " people"))
	}
	persons(d).TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	for b.Loop() {
		d.key("t")
		d.step(1)
	}
}
