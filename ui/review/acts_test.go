package review_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"ringside/assist"
	"ringside/ui/panes"
	"ringside/ui/panes/look"
	"ringside/ui/review"
	"ringside/ui/widgets"
)

func TestKeptIsOneKeyAndCanBeUndone(t *testing.T) {
	d := newDesk(t, wide)
	d.load(data(), nil)
	d.w.Canvas().Focus(d.rows())
	d.key("k")
	d.see("Kept: Refund the second charge", "Promises 5", "1 late", "Ring the driver")
	d.key("u")
	d.see("Promises 6", "2 late", "Was due Sunday 22 November")
	d.unseen("Undo")
	d.clock = d.clock.Add(time.Second)
	d.press("Kept (K)")
	d.clock = d.clock.Add(time.Second)
	d.press("Kept (K)")
	d.see("Promises 4", "Kept: Ring the driver")
	d.press("Undo")
	d.see("Promises 5", "Kept: Refund the second charge")
	d.keptAs("late:>kept", "late:kept>", "late:>kept", "late-today:>kept", "late-today:kept>")
}

func TestEveryActCanBeUndone(t *testing.T) {
	for letter, want := range map[string]string{"k": "kept", "b": "broken", "t": "told"} {
		d := newDesk(t, wide)
		d.load(data(), nil)
		d.key(letter)
		d.key("u")
		d.see("Promises 6", "2 late", "The customer has not been told.")
		d.unseen("Undo")
		d.keptAs("late:>"+want, "late:"+want+">")
	}
}

func TestABrokenPromiseWaitsUntilTheCustomerIsTold(t *testing.T) {
	d := newDesk(t, wide)
	d.load(data(), nil)
	d.key("b")
	d.see("TELL THE CUSTOMER  1", "Broken: Refund", "broken", "It was seen today that it will not be kept.", "TELL THEM THAT IT WILL NOT BE KEPT", "Promises 6")
	d.unseen("Kept (K)", "Move (M)", "Broken (B)")
	d.key("kbm") // nothing to keep, to break or to move
	d.see("Promises 6")
	d.press("Told (T)")
	d.see("Promises 5", "Told: Refund")
	d.unseen("TELL THE CUSTOMER")
	d.key("uu")
	d.see("Promises 6", "LATE  2")
	d.keptAs("late:>broken", "late:broken>broken+told", "late:broken+told>broken", "late:broken>")
}

func TestTheRowsSayWhoIsToBeTold(t *testing.T) {
	d := newDesk(t, wide)
	d.load(data(), nil)
	d.see("tell them · for Mary Shaw · by Tom Baker", "2 to be told", "The customer has not been told.", "TELL THEM THAT IT IS LATE")
	d.key("t")
	d.see("2 days late · told", "1 to be told", "The customer was told today, 10 am.")
}

func typeInto(d *desk, words string, keys ...fyne.KeyName) {
	d.t.Helper()
	box := look.Find(d.t, d.room.Object(), func(e *widgets.Entry) bool { return e.Visible() })
	box.SetTyped(words)
	for _, k := range keys {
		box.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

func TestAPromiseMovesToTheDayThatIsTyped(t *testing.T) {
	d := newDesk(t, wide)
	d.load(data(), nil)
	d.key("m")
	if d.w.Canvas().Focused() != look.Find(t, d.room.Object(), func(e *widgets.Entry) bool { return e.Visible() }) {
		t.Fatal("the box has not got the keyboard")
	}
	d.see("Was due Sunday 22 November.", "Leave it (Esc)")
	typeInto(d, "soonish", fyne.KeyReturn)
	d.see("Which day is that?")
	typeInto(d, "3/4", fyne.KeyReturn)
	d.see("Which day do you mean: 3 April or 4 March?")
	typeInto(d, "yesterday", fyne.KeyReturn)
	d.see("That time has passed")
	typeInto(d, "friday 3pm")
	d.see("Moves to Friday 27 November, 3 pm.")
	typeInto(d, "friday 3pm", fyne.KeyReturn)
	d.see("Moved to Friday 27 November, 3 pm: Refund", "Friday · moved", "TELL THE CUSTOMER  1", "First promised for Sunday 22 November, and moved today.", "TELL THEM THAT IT HAS MOVED")
	d.unseen("Leave it (Esc)")
	if d.w.Canvas().Focused() != d.rows() {
		t.Error("the keyboard is not back at the list")
	}
	d.key("t")
	d.see("Friday · moved · told", "IN THE NEXT SEVEN DAYS  2")
	d.keptAs("late:>moved", "late:moved>moved+told")
}

func TestEscapeLeavesAPromiseWhereItIs(t *testing.T) {
	d := newDesk(t, slim)
	d.load(data(), nil)
	d.key("m")
	typeInto(d, "friday 3pm", fyne.KeyEscape)
	d.unseen("Leave it (Esc)", "Undo")
	d.press("Move (M)")
	d.see("Leave it (Esc)")
	d.press("Leave it (Esc)")
	d.unseen("Leave it (Esc)")
}

func TestWhatIsTypedForOnePromiseMovesNoOther(t *testing.T) {
	d := newDesk(t, wide)
	d.load(data(), nil)
	d.key("m")
	typeInto(d, "friday 3pm")
	again := data()
	d.load(again, nil) // the same row stays, and so do the words
	d.see("Moves to Friday 27 November, 3 pm.")
	again.Promises = again.Promises[2:] // somebody else has kept it
	d.load(again, nil)
	d.unseen("Leave it (Esc)")
	d.key("m")
	d.see("Ring the driver")
	d.rows().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	d.unseen("Leave it (Esc)")
	if len(d.saved) != 0 {
		t.Errorf("saved %v", d.saved)
	}
}

func TestAKeyPressedTwiceDoesNotActOnTheNextRow(t *testing.T) {
	d := newDesk(t, wide)
	d.load(data(), nil)
	d.key("k")
	d.rows().TypedRune('k')
	d.clock = d.clock.Add(300 * time.Millisecond)
	d.rows().TypedRune('b')
	d.press("Kept (K)")
	d.see("Promises 5", "Kept: Refund")
	d.keptAs("late:>kept")
}

func TestARowThatGoesAwayByItselfTakesNoKey(t *testing.T) {
	d := newDesk(t, wide)
	d.load(data(), nil)
	less := data()
	less.Promises = slices.DeleteFunc(less.Promises, func(p review.Promise) bool { return p.ID == "late" })
	d.load(less, nil)
	d.see("Was due today, 9 am") // the nearest row is chosen
	d.rows().TypedRune('k')
	d.see("Promises 5")
	d.key("k")
	d.see("Promises 4")
}

func TestAReloadLosesNothing(t *testing.T) {
	d := newDesk(t, wide)
	d.load(data(), nil)
	d.gate = make(chan struct{})
	d.key("k") // being kept while the list is read again
	d.src.data = data()
	d.page.Reload()
	d.step()
	d.step()
	d.see("Promises 5", "Undo (U)")
	d.unseen("LATE  2")
	close(d.gate)
	d.keptAs("late:>kept")
	d.see("Promises 5")
	less := data()
	less.Promises = slices.DeleteFunc(less.Promises, func(p review.Promise) bool { return p.ID == "late" })
	d.load(less, nil)
	d.see("Promises 5", "Undo (U)")
	d.key("u")
	d.see("Promises 6", "LATE  2", "Was due Sunday 22 November")
	d.keptAs("late:>kept", "late:kept>")
}

func TestAChangeThatWasReadBeforeItWasKeptStays(t *testing.T) {
	d := newDesk(t, wide)
	d.load(data(), nil)
	d.src.data = data()
	d.page.Reload() // reads the list as it was ...
	read, too := <-d.queue, <-d.queue
	d.key("k")
	d.keptAs("late:>kept")
	read() // ... and comes after the change
	too()
	d.see("Promises 5", "Kept: Refund")
}

func TestAFaultPutsThePromiseBackAndIsSaid(t *testing.T) {
	d := newDesk(t, wide)
	d.load(data(), nil)
	d.fault = &assist.Fault{What: "Tom has changed this promise", Do: "look at it again", Err: errors.New("x")}
	d.key("tk") // both of one promise: the second falls with the first
	d.step()    // the fault
	d.step()    // the list, read again
	d.step()
	d.see("Tom has changed this promise. Look at it again.", "Promises 6", "2 late", "The customer has not been told.")
	d.unseen("Undo")
	d.fault = nil
	d.key("k")
	d.unseen("Tom has changed")
	d.keptAs("late-today:>kept")
}

func TestFiltersShowMineAndOneDay(t *testing.T) {
	d := newDesk(t, wide)
	all := data()
	d.load(all, nil)
	choice := func(option string) *widget.Select {
		return look.Find(t, d.room.Object(), func(s *widget.Select) bool { return slices.Contains(s.Options, option) })
	}
	day := choice("Today")
	for name, want := range map[string][]string{"Today": {"LATE  2", "TODAY  1"}, "Tomorrow": {"No promise like that"},
		"Friday 27 Nov": {"Ask Repairs"}, "Every day": {"LATE  2", "LATER  1", "NO DAY NAMED  1"}} {
		day.SetSelected(name)
		d.see(want...)
	}
	day.SetSelected("Friday 27 Nov")
	d.unseen("Refund the second", "Ring the driver")
	d.press("Calendar file…")
	all.Me = "ann"
	all.Promises[0].Rep = "ann"
	d.load(all, nil)
	day.SetSelected("Every day")
	choice("Mine").SetSelected("Mine")
	d.see("Send the spring catalogue")
	d.unseen("Refund the second")
	day.SetSelected("Today")
	d.press("Show all promises")
	d.see("Refund the second", "LATE  2")
	if want := []string{"calendar 1"}; !slices.Equal(d.told, want) {
		t.Errorf("reported %q, want %q", d.told, want)
	}
}

func TestTheLetterGoesWhereTheRepWants(t *testing.T) {
	d := newDesk(t, wide)
	all := data()
	for i := range all.Promises {
		all.Promises[i].Email = "mary@shaw.example"
	}
	d.load(all, nil)
	d.see("About: Refund the second charge for the hedge trimmer", "so it stands.")
	d.key("ce")
	d.press("Save as a file…")
	letter := "About: Refund the second charge for the hedge trimmer\n\nDear Mary Shaw,\n\nso it stands."
	want := []string{"copy " + letter, "mail mary@shaw.example: About: Refund the second charge for the hedge trimmer", "file letter.txt: " + letter}
	if !slices.Equal(d.told, want) {
		t.Errorf("reported %q", d.told)
	}
	rows := d.rows()
	d.press("Notes")
	d.key("cekbtmu")
	d.press("Promises")
	d.load(review.Data{}, nil)
	for _, r := range "cekbtmu" {
		rows.TypedRune(r)
	}
	if len(d.told) != 3 || len(d.saved) != 0 {
		t.Errorf("with no promise in front: %q, %q", d.told, d.saved)
	}
}

func TestManyPromisesAreRowsOnlyInSight(t *testing.T) {
	d := newDesk(t, wide)
	var all review.Data
	for i := range 5000 {
		all.Promises = append(all.Promises, promise(fmt.Sprint("p", i), "Call back", "Mary", now.Add(time.Duration(i-2500)*time.Hour), i%3 == 0))
	}
	all.More = true
	d.load(all, nil)
	d.see("only the first 5,000 by day", "Promises 5,000")
	rows := 0
	look.Walk(d.room.Object(), func(o fyne.CanvasObject, _, _ look.Area) {
		if _, ok := o.(*panes.Row); ok {
			rows++
		}
	})
	if rows == 0 || rows > 20 {
		t.Errorf("%d rows", rows)
	}
}

func TestInANarrowWindowTheKeysComeBackToTheList(t *testing.T) {
	d := newDesk(t, slim)
	d.load(data(), nil)
	d.key("m")
	typeInto(d, "", fyne.KeyEscape)
	if _, ok := d.w.Canvas().Focused().(*panes.Rows); !ok {
		t.Errorf("the keyboard is at %T", d.w.Canvas().Focused())
	}
	d.see("Move (M)", "Back to the list")
}
