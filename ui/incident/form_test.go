package incident_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"ringside/assist"
	"ringside/ui/incident"
)

var ctrlS = &desktop.CustomShortcut{KeyName: fyne.KeyS, Modifier: fyne.KeyModifierShortcutDefault}

func TestSavingKeepsWhatWasTypedAndIsNews(t *testing.T) {
	d := newDesk(t, wide, nil)
	d.load(data(), nil)
	d.box(whyBox).SetTyped(" A cable. ")
	d.see("not saved", "340 people then have something new to hear")
	d.box(fixedBox).SetTyped("friday 3pm")
	d.see("Friday 27 November, 3 pm.")
	d.box(everyBox).SetTyped("6")
	d.box(citiesBox).SetTyped("Leeds,  Otley ,leeds,, Ilkley;York")
	d.box(citiesBox).TypedShortcut(ctrlS)
	d.see("Saving…")
	d.step(2)
	want := depot()
	want.Why, want.Every, want.Updated = "A cable.", 6, now
	want.FixedBy, want.Cities = time.Date(2026, 11, 27, 15, 0, 0, 0, time.UTC), []string{"Leeds", "Otley", "Ilkley", "York"}
	if len(d.src.saved) != 1 || !same(d.src.saved[0], want) {
		t.Fatalf("saved %+v\nwant  %+v", d.src.saved, want)
	}
	d.unseen("not saved")
	d.see("Undo the save", "The next update is due today, 4 pm.")
	d.press("Undo the save")
	d.step(2)
	want = depot()
	want.Updated = now // who was told must hear that it is not so
	if !same(d.src.saved[1], want) {
		t.Errorf("the undo saved %+v", d.src.saved[1])
	}
	d.unseen("Undo")
}

// same compares what a rep can see of two incidents, and when it last changed.
func same(a, b assist.Incident) bool {
	return a.ID == b.ID && a.Title == b.Title && a.What == b.What && a.Why == b.Why && a.Doing == b.Doing && a.Every == b.Every &&
		a.FixedBy.Equal(b.FixedBy) && a.Updated.Equal(b.Updated) && a.Opened.Equal(b.Opened) && slices.Equal(a.Cities, b.Cities) &&
		slices.Equal(a.Products, b.Products)
}

func TestWhomItTouchesIsNoNews(t *testing.T) {
	d := newDesk(t, wide, nil)
	d.load(data(), nil)
	d.box(citiesBox).SetTyped("Leeds")
	d.see("Saving this gives nobody anything new to hear.")
	d.press("Save")
	d.step(2)
	if s := d.src.saved; len(s) != 1 || !s[0].Updated.Equal(depot().Updated) || !slices.Equal(s[0].Cities, []string{"Leeds"}) {
		t.Errorf("saved %+v", s)
	}
}

func TestWhatCannotBeSavedIsSaid(t *testing.T) {
	for _, c := range []struct{ box, text, want string }{
		{titleBox, " \n ", "The incident has no title. Say in a few words what is wrong."},
		{fixedBox, "yesterday", "The time by which it will be fixed has passed. Name a later one, or leave it empty."},
		{fixedBox, "3/4", "Which day do you mean: 3 April or 4 March?"},
		{fixedBox, "soon", "It is not clear when it will be fixed. Try “Friday 3pm” or 2026-11-25 15:00."},
		{everyBox, "daily", "The hours between two updates are not a number."},
		{everyBox, "-1", "write a whole number up to 1000"},
		{everyBox, "99999999999999999999", "The hours between two updates are not a number."},
	} {
		d := newDesk(t, wide, nil)
		d.load(data(), nil)
		d.box(c.box).SetTyped(c.text)
		d.press("Save")
		if !strings.Contains(strings.ToLower(words(d)), strings.ToLower(c.want)) {
			t.Errorf("%q: %q is not said in:\n%s", c.text, c.want, words(d))
		}
		if len(d.queue) > 0 || len(d.src.saved) > 0 {
			t.Errorf("%q was saved", c.text)
		}
	}
}

func TestAFixThatShouldHaveComeIsNotPromisedAgain(t *testing.T) {
	d := newDesk(t, wide, nil)
	all := data()
	all.Open[0].FixedBy = now.Add(-time.Hour)
	d.load(all, nil)
	d.see("The time by which it will be fixed has passed.")
	d.box(whyBox).SetTyped("A cable")
	d.press("Save")
	if len(d.queue) > 0 {
		t.Fatal("it was saved with the time that has passed")
	}
	d.box(fixedBox).SetTyped("")
	d.press("Save")
	d.step(2)
	if s := d.src.saved; len(s) != 1 || !s[0].FixedBy.IsZero() {
		t.Errorf("saved %+v", s)
	}
}

func TestTypingSurvivesAFaultAReloadAndAWalk(t *testing.T) {
	d := newDesk(t, wide, nil)
	d.load(data(), nil)
	d.box(whyBox).SetTyped("A cable")
	d.src.fault = &assist.Fault{What: "the disk is full", Do: "make room", Err: errors.New("x")}
	d.press("Save")
	d.step(1)
	d.see("The disk is full. Make room.", "not saved")
	d.src.fault = nil
	changed := data()
	changed.Open[0].Doing = "Everything goes by way of Hull." // by somebody else
	d.load(changed, nil)
	d.down(1)
	d.rows().TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	if why, doing := d.box(whyBox).Text, d.box(doingBox).Text; why != "A cable" || doing != "Everything goes by way of Hull." {
		t.Errorf("the boxes hold %q and %q", why, doing)
	}
	d.press("Save")
	d.step(2)
	if s := d.src.saved; len(s) != 1 || s[0].Why != "A cable" || s[0].Doing != "Everything goes by way of Hull." {
		t.Errorf("saved %+v", s)
	}
	d.unseen("The disk is full")
}

func TestAnIncidentThatWasKeptInSpiteOfAFaultIsNotMadeTwice(t *testing.T) {
	d := newDesk(t, wide, nil)
	d.load(data(), nil)
	d.key("n")
	d.box(titleBox).SetTyped("No water in York")
	d.src.fault, d.src.half = &assist.Fault{What: "not everybody has a place in it", Do: "save it again", Err: errors.New("x")}, true
	d.press("Save")
	d.step(2)
	d.see("Not everybody has a place in it. Save it again.", "OPEN  3")
	d.unseen("BEING WRITTEN")
	d.src.fault = nil
	d.press("Save")
	d.step(2)
	d.unseen("Not everybody")
	if s := d.src.saved; len(s) != 2 || s[0].ID != s[1].ID {
		t.Errorf("saved %+v", s)
	}
}

func TestWhatIsTypedWhileItIsSavedStaysTyped(t *testing.T) {
	d := newDesk(t, wide, nil)
	d.load(data(), nil)
	d.src.gate = make(chan struct{})
	d.box(whyBox).SetTyped("A cable")
	d.press("Save")
	d.box(whyBox).TypedShortcut(ctrlS) // once is enough
	d.box(whyBox).SetTyped("A cable, says the fire brigade")
	close(d.src.gate)
	d.step(2)
	if got := d.box(whyBox).Text; got != "A cable, says the fire brigade" {
		t.Errorf("the box holds %q", got)
	}
	d.see("not saved")
	if s := d.src.saved; len(s) != 1 || s[0].Why != "A cable" {
		t.Errorf("saved %+v", s)
	}
}

func TestTypingStaysWhenSomebodyElseClosesTheIncident(t *testing.T) {
	d := newDesk(t, wide, nil)
	d.load(data(), nil)
	d.box(whyBox).SetTyped("A cable")
	gone := data()
	gone.Open = gone.Open[1:]
	d.load(gone, nil)
	d.see("BEING WRITTEN  1", "Deliveries from Leeds stand still")
	d.unseen("12 of 340")
}

func TestUndoGivesBackWhatItTook(t *testing.T) {
	d := newDesk(t, wide, nil)
	d.load(data(), nil)
	d.box(whyBox).SetTyped("A cable")
	d.press("Undo")
	d.unseen("not saved", "Undo")
	if got := d.box(whyBox).Text; got != "" {
		t.Errorf("after the undo the box holds %q", got)
	}
	d.press("Put back what I typed")
	if got := d.box(whyBox).Text; got != "A cable" {
		t.Errorf("put back: %q", got)
	}
	d.see("not saved")
}

func TestANewIncidentIsWrittenByKeyboard(t *testing.T) {
	d := newDesk(t, wide, nil)
	d.load(data(), nil)
	d.page.Focus(d.w.Canvas())
	d.key("n")
	if d.w.Canvas().Focused() != d.box(titleBox) {
		t.Fatal("the title has not got the keyboard")
	}
	test.Type(d.box(titleBox), "No water in York")
	d.see("No water in York", "nobody sees it yet")
	d.box(titleBox).TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if d.w.Canvas().Focused() != d.rows() {
		t.Error("Esc does not go back to the list")
	}
	d.w.Canvas().(fyne.Shortcutable).TypedShortcut(ctrlS)
	d.step(2)
	if s := d.src.saved; len(s) != 1 || s[0].Title != "No water in York" || !s[0].Opened.Equal(d.clock) {
		t.Errorf("saved %+v", s)
	}
	d.see("OPEN  3")
	d.unseen("BEING WRITTEN")
}

func TestTimesAreReadAsTheyAreShown(t *testing.T) {
	d := newDesk(t, wide, func(o *incident.Options) { o.Day = nil })
	d.load(data(), nil)
	d.box("friday").SetTyped("2026-11-30 09:30")
	d.see("Monday 30 November, 9:30 am.")
	d.box("friday").SetTyped("friday 3pm")
	d.see("Write it like 2026-11-25 15:00.")
}

func TestHugeAndOddTextIsShownAndKept(t *testing.T) {
	d := newDesk(t, fyne.NewSize(380, 1400), nil)
	odd := data()
	odd.Open[0].Products = []string{strings.Repeat("a", 1500)}
	odd.Open[0].Title = strings.Repeat("請求", 400)
	odd.Open[0].What = strings.Repeat("word ", 4000)
	odd.Open[0].Cities = slices.Repeat([]string{"Llanfairpwllgwyngyll"}, 3000)
	d.load(odd, nil)
	d.rows().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	d.unseen("not saved")
	if e := d.box(citiesBox); !e.Disabled() || !strings.HasSuffix(e.Text, "too long to be changed here)") {
		t.Errorf("the cities can be typed over: %.80q", e.Text)
	}
	d.box(whyBox).SetTyped("A cable")
	d.press("Save")
	d.step(2)
	if s := d.src.saved; len(s) != 1 || len(s[0].Cities) != 3000 || s[0].What != strings.TrimSpace(odd.Open[0].What) {
		t.Error("what is too long to be shown was not kept")
	}
	d.load(data(), nil)
	if e := d.box(citiesBox); e.Disabled() || e.Text != "Leeds, Otley" {
		t.Errorf("the cities of the next one cannot be typed: %q", e.Text)
	}
}
