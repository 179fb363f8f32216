package practice_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"ringside/assist"
	drill "ringside/assist/practice"
	"ringside/ui/panes/look"
	"ringside/ui/practice"
	"ringside/ui/theme"
	"ringside/ui/widgets"
)

var (
	now        = time.Date(2026, 11, 26, 15, 30, 0, 0, time.UTC) // a Thursday
	wide, slim = fyne.NewSize(1204, 690), fyne.NewSize(380, 664)
)

func library() []assist.Answer {
	return []assist.Answer{
		{ID: "charged-twice", Title: "Charged twice for one order", Department: "billing", Phrasings: []string{"you took my money twice"},
			Say:   "I can see both charges, {{customer.name}}, and I am sorry. One is only a hold: your bank lets it go within three working days.",
			Steps: []string{"Open the order and compare the two amounts", "If both are booked, refund the later one"}},
		{ID: "blade", Title: "Blade jams", Department: "repairs", Phrasings: []string{"the blade is stuck"}, Say: "Switch it off first, then take the twig out backwards."},
		{ID: "long", Title: "Long", Department: "The Department of Long Names and Even Longer Explanations",
			Phrasings: []string{strings.Repeat("a long question that goes on ", 7)}, Say: strings.Repeat("Long words to say. ", 60)},
	}
}

// source is a store of drills with the library above.
type source struct {
	mu     sync.Mutex
	known  drill.Known
	me     assist.ID
	err    error // of Load
	refuse error // of Keep and Share
	kept   []assist.Drill
	shared []bool
}

func (s *source) Load(context.Context) (d practice.Data, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, r := range s.known.Team {
		if r.ID == s.me {
			d.Me = r
		}
	}
	d.Answers, d.Later, d.Chart = len(s.known.Answers), drill.Later(s.known, s.me, now), drill.Team(s.known, s.me, now)
	for _, i := range drill.Next(s.known, s.me, now) {
		d.Turns = append(d.Turns, practice.Turn{Item: i, Line: i.Asks})
	}
	return d, s.err
}

func (s *source) Keep(_ context.Context, d assist.Drill) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refuse != nil {
		return s.refuse
	}
	s.kept = append(s.kept, d)
	for i, old := range s.known.Drills {
		if old.ID == d.ID {
			s.known.Drills[i] = d
			return nil
		}
	}
	s.known.Drills = append(s.known.Drills, d)
	return nil
}

func (s *source) Share(_ context.Context, _ assist.ID, on bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.refuse == nil {
		s.shared = append(s.shared, on)
	}
	return s.refuse
}

func (s *source) set(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
}

type desk struct {
	*source
	t     *testing.T
	page  *practice.Page
	w     fyne.Window
	queue chan func()
	sets  int // how often Settings was wanted
}

func newDesk(t *testing.T, size fyne.Size, change func(*source)) *desk {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.Of(theme.Light))
	d := &desk{t: t, queue: make(chan func(), 64), source: &source{me: "tom"}}
	d.known = drill.Known{Answers: library(), Team: []assist.Rep{{ID: "tom", Name: "Tom"}, {ID: "ewa", Name: "Ewa Nowak", Shared: true}, {ID: "jo", Name: "Jo"}}}
	if change != nil {
		change(d.source)
	}
	d.page = practice.New(practice.Options{Source: d.source, Now: func() time.Time { return now }, Post: func(f func()) { d.queue <- f },
		OnSettings: func() { d.sets++ }})
	d.w = test.NewTempWindow(t, d.page.Object())
	d.w.SetPadded(false)
	d.w.Resize(size)
	d.page.Reload()
	d.page.Focus(d.w.Canvas())
	d.settle()
	return d
}

// settle brings what comes from beside the window until nothing is to come.
func (d *desk) settle() {
	d.t.Helper()
	for late := time.After(20 * time.Second); !d.page.AtRest() || len(d.queue) > 0; {
		select {
		case f := <-d.queue:
			f()
		case <-late:
			d.t.Fatalf("it never came to rest:\n%s", look.Words(d.page.Object()))
		}
	}
}

func (d *desk) see(words ...string) {
	d.t.Helper()
	look.Reads(d.t, d.page.Object(), words...)
}

func (d *desk) unseen(words ...string) {
	d.t.Helper()
	look.Hides(d.t, d.page.Object(), words...)
}

// key presses a key where the keyboard is.
func (d *desk) key(name fyne.KeyName) {
	d.t.Helper()
	if d.w.Canvas().Focused() == nil {
		d.t.Fatalf("nothing has the keyboard for %s in:\n%s", name, look.Words(d.page.Object()))
	}
	d.w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
	d.settle()
}

func (d *desk) letters(words string) {
	d.t.Helper()
	for _, r := range words {
		d.w.Canvas().Focused().TypedRune(r)
	}
	d.settle()
}

// ctrl presses a shortcut as Fyne does: the thing that has the keyboard gets it, else the canvas.
func (d *desk) ctrl(s fyne.Shortcut) {
	if f, ok := d.w.Canvas().Focused().(fyne.Shortcutable); ok {
		f.TypedShortcut(s)
	} else {
		d.w.Canvas().(fyne.Shortcutable).TypedShortcut(s)
	}
	d.settle()
}

func (d *desk) undo() { d.ctrl(&fyne.ShortcutUndo{}) }

func (d *desk) other() {
	d.ctrl(&desktop.CustomShortcut{KeyName: fyne.KeyT, Modifier: fyne.KeyModifierShortcutDefault})
}

func TestARepPractisesByKeysAlone(t *testing.T) {
	d := newDesk(t, wide, nil)
	d.see("About 3 answers", "3 are new to you: The Department of Long Names and Even Longer Explanations, Billing and Repairs.", "Begin")
	d.key(fyne.KeyReturn)
	d.see("1 of about 3", "A CUSTOMER SAYS", "“a long question", "Show the answer")
	d.key(fyne.KeyReturn)
	d.letters("3")
	d.see("2 of about 3", "“you took my money twice”", "Billing · new to you")
	d.unseen("hold", "Charged twice", "three working days")
	d.letters("I see both charges, one is a hold")
	d.key(fyne.KeyReturn)
	d.see("YOU SAID", "I see both charges, one is a hold", "THE LIBRARY SAYS", "Charged twice for one order", "[customer’s name]", "1.  Open the order",
		"Also in the answer:", "three working", "again (once more today)", "hard (1 day)", "good (2 days)", "easy (8 days)")
	d.key(fyne.KeyReturn) // a key that is held down judges nothing
	d.see("2 of about 3")
	d.letters("3")
	d.see("3 of about 3", "the blade is stuck")
	if len(d.kept) != 2 || d.kept[1].Grade != 3 || d.kept[1].Words != "I see both charges, one is a hold" || d.kept[1].Rep != "tom" {
		t.Errorf("kept %+v", d.kept)
	}
	d.key(fyne.KeyReturn)
	d.see("Said aloud, or not known.")
	d.unseen("Also in the answer")
	d.letters("4")
	d.see("Practised just now: 3 answers.", "Nothing more is due", "The next answer is due on Saturday 28 November.")
}

func TestWhatWasNotKnownComesOnceMore(t *testing.T) {
	d := newDesk(t, wide, nil)
	d.key(fyne.KeyReturn)
	d.key(fyne.KeyReturn)
	d.letters("1")
	d.see("2 of about 4")
	for range 2 {
		d.key(fyne.KeyReturn)
		d.letters("3")
	}
	d.see("4 of about 4", "“a long question", "practised 1 time")
	d.key(fyne.KeyReturn)
	d.letters("3")
	d.see("Practised just now: 4 answers.")
	if len(d.kept) != 4 || d.kept[3].ID != d.kept[0].ID || d.kept[3].Times != 2 {
		t.Errorf("kept %+v", d.kept)
	}
}

func TestTheLastGradeIsTakenBack(t *testing.T) {
	d := newDesk(t, wide, nil)
	d.key(fyne.KeyReturn)
	d.undo() // there is nothing to take back yet
	d.see("1 of about 3")
	d.letters("some words")
	d.key(fyne.KeyReturn)
	d.letters("1")
	d.see("2 of about 4", "Take the last grade back")
	d.letters("typed")
	d.undo() // of the box
	d.see("2 of about 4")
	d.w.Canvas().Focused().(*widgets.Entry).SetTyped("")
	d.undo()
	d.see("1 of about 3", "some words", "How well did you know it?")
	if n := len(d.kept); n != 2 || d.kept[1].ID != d.kept[0].ID || d.kept[1].Times != 0 {
		t.Errorf("kept %+v", d.kept)
	}
	d.letters("2")
	if last := d.kept[len(d.kept)-1]; last.Grade != 2 || last.Times != 1 || last.Lapses != 0 {
		t.Errorf("kept %+v", last)
	}
}

func TestTheVeryLastGradeIsTakenBack(t *testing.T) {
	d := newDesk(t, wide, func(s *source) { s.known.Answers = s.known.Answers[1:2] })
	d.key(fyne.KeyReturn)
	d.key(fyne.KeyReturn)
	d.letters("4")
	d.see("Practised just now: 1 answer.", "Take the last grade back")
	d.undoButton()
	d.see("1 of about 1", "How well did you know it?")
}

func (d *desk) undoButton() {
	d.t.Helper()
	test.Tap(look.Find(d.t, d.page.Object(), func(a *widgets.Action) bool { return a.Label() == "Take the last grade back" }))
	d.settle()
}

func TestARepStopsAtAnyTime(t *testing.T) {
	d := newDesk(t, wide, nil)
	d.key(fyne.KeyReturn)
	d.key(fyne.KeyReturn)
	d.letters("3")
	d.letters("half an ans")
	d.key(fyne.KeyEscape)
	d.see("Practised just now: 1 answer.", "About 2 answers", "Begin")
	if len(d.kept) != 1 {
		t.Errorf("kept %+v", d.kept)
	}
	d.key(fyne.KeyReturn)
	d.see("1 of about 2")
}

func TestThePracticeWaitsWhereItWas(t *testing.T) {
	d := newDesk(t, wide, nil)
	d.key(fyne.KeyReturn)
	d.letters("half an ans")
	d.w.Canvas().Unfocus() // a call comes
	d.page.Object().Hide()
	d.settle()
	d.page.Object().Show()
	d.page.Reload()
	d.page.Focus(d.w.Canvas())
	d.settle()
	d.see("1 of about 3")
	d.letters("wer")
	d.key(fyne.KeyReturn)
	d.see("half an answer")
}

func TestAChangedAnswerIsShownAsChanged(t *testing.T) {
	d := newDesk(t, wide, func(s *source) {
		a := s.known.Answers[0]
		s.known.Answers = s.known.Answers[:1]
		old := drill.Item{Answer: a}.Graded("tom", 4, "my old words", now.AddDate(0, 0, -3))
		s.known.Drills = []assist.Drill{old}
		s.known.Answers[0].Say = "Quite other words."
	})
	d.see("1 has changed since you practised it.")
	d.key(fyne.KeyReturn)
	d.see("changed", "practised 1 time")
	d.key(fyne.KeyReturn)
	d.see("Changed since you practised it (Monday 23 November).", "The last time: my old words")
}

func TestEmptyStatesSayWhatToDo(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*source)
		words  []string
	}{
		"nobody sits here": {func(s *source) { s.me = "" }, []string{"Who practises?", "Choose your name in Settings first.", "Settings"}},
		"no answers":       {func(s *source) { s.known.Answers = nil }, []string{"No answers yet"}},
		"all said in calls": {func(s *source) {
			for _, a := range s.known.Answers {
				s.known.Tally.Add(assist.Call{Rep: "tom", Used: []assist.Used{{Answer: a.ID, Said: true}}})
			}
		}, []string{"Nothing is due", "You have said every answer in a call, or practised it."}},
		"due next week": {func(s *source) {
			s.known.Answers = s.known.Answers[:1]
			s.known.Drills = []assist.Drill{drill.Item{Answer: s.known.Answers[0]}.Graded("tom", 4, "", now)}
		}, []string{"Nothing is due", "The next answer is due on Friday 4 December."}},
		"due tomorrow": {func(s *source) {
			s.known.Answers = s.known.Answers[:1]
			s.known.Drills = []assist.Drill{drill.Item{Answer: s.known.Answers[0]}.Graded("tom", 2, "", now)}
		}, []string{"The next answer is due tomorrow."}},
		"due in a moment": {func(s *source) {
			s.known.Answers = s.known.Answers[:1]
			s.known.Drills = []assist.Drill{drill.Item{Answer: s.known.Answers[0]}.Graded("tom", 1, "", now)}
		}, []string{"The next answer is due later today."}},
		"it cannot be read": {func(s *source) { s.err = errors.New("the disk is gone") }, []string{"This cannot be read", "The disk is gone.", "Try again"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, slim, c.change)
			d.see(c.words...)
			look.Apart(t, d.page.Object(), slim, name)
		})
	}
}

func TestSettingsAreOneKeyAway(t *testing.T) {
	d := newDesk(t, wide, func(s *source) { s.me = "" })
	look.Press(t, d.page.Object(), "Settings")
	if d.sets != 1 {
		t.Error("Settings was not asked for")
	}
}

func TestWhatCouldNotBeKeptIsTriedAgain(t *testing.T) {
	d := newDesk(t, wide, nil)
	d.set(func() { d.refuse = &assist.Fault{What: "the disk is full", Do: "Make room."} })
	d.key(fyne.KeyReturn)
	d.key(fyne.KeyReturn)
	d.letters("3")
	d.see("The disk is full. Make room.", "2 of about 3")
	d.set(func() { d.refuse = nil })
	d.key(fyne.KeyReturn)
	d.letters("4")
	d.unseen("The disk is full")
	if len(d.kept) != 2 || d.kept[0].Grade != 3 || d.kept[1].Grade != 4 {
		t.Errorf("kept %+v", d.kept)
	}
}

func TestWhatCannotBeKeptAtTheEndIsSaidAndWaits(t *testing.T) {
	d := newDesk(t, wide, func(s *source) {
		s.known.Answers = s.known.Answers[1:2]
		s.refuse = errors.New("the disk is full")
	})
	d.key(fyne.KeyReturn)
	d.key(fyne.KeyReturn)
	d.letters("3")
	d.see("The disk is full.", "Practised just now: 1 answer.")
	d.set(func() { d.refuse = nil })
	d.page.Reload() // the rep comes back to the page
	d.settle()
	d.unseen("The disk is full")
	if len(d.kept) != 1 {
		t.Errorf("kept %+v", d.kept)
	}
}

func TestNothingLiesOnAnything(t *testing.T) {
	for _, size := range []fyne.Size{wide, slim, fyne.NewSize(700, 480)} {
		d := newDesk(t, size, nil)
		at := func(what string) {
			t.Helper()
			look.Apart(t, d.page.Object(), size, fmt.Sprintf("%s at %v", what, size))
		}
		at("start")
		d.key(fyne.KeyReturn)
		for range 3 {
			at("asking")
			d.letters(strings.Repeat("my own words ", 20))
			d.key(fyne.KeyReturn)
			at("judging")
			d.letters("3")
		}
		at("the end")
	}
}

// TestGallery saves pictures of the page: RINGSIDE_GALLERY=folder go test -run Gallery
func TestGallery(t *testing.T) {
	look.Gallery(t)
	for name, size := range map[string]fyne.Size{"wide": wide, "slim": slim} {
		d := newDesk(t, size, nil)
		look.Picture(t, d.w, "start-"+name)
		d.key(fyne.KeyReturn)
		d.key(fyne.KeyReturn)
		d.letters("1")
		look.Picture(t, d.w, "asking-"+name)
		d.letters("I see both, one is a hold")
		d.key(fyne.KeyReturn)
		look.Picture(t, d.w, "judging-"+name)
		d.other()
		look.Picture(t, d.w, "team-"+name)
	}
}

func TestLongIntervalsAreInMonths(t *testing.T) {
	for stability, words := range map[float64][]string{
		20:  {"hard (55 days)", "good (3 months)", "easy (4 months)"},
		200: {"good (a year)", "easy (a year)"},
	} {
		d := newDesk(t, wide, func(s *source) {
			a := s.known.Answers[1]
			s.known.Answers = s.known.Answers[1:2]
			old := drill.Item{Answer: a}.Graded("tom", 3, "", now.AddDate(0, 0, -int(stability)))
			old.Stability = stability
			old.Due = now
			s.known.Drills = []assist.Drill{old}
		})
		d.see("1 is due again.")
		d.key(fyne.KeyReturn)
		d.key(fyne.KeyReturn)
		d.see(words...)
	}
}

func TestThePageCanBeUsedByMouseAlone(t *testing.T) {
	d := newDesk(t, wide, nil)
	press := func(label string) {
		t.Helper()
		test.Tap(look.Find(t, d.page.Object(), func(a *widgets.Action) bool { return strings.HasPrefix(a.Label(), label) }))
		d.settle()
	}
	press("Begin")
	press("Show the answer")
	press("hard")
	press("Show the answer")
	press("Stop")
	d.see("Practised just now: 1 answer.")
	if len(d.kept) != 1 || d.kept[0].Grade != 2 {
		t.Errorf("kept %+v", d.kept)
	}
	look.Press(t, d.page.Object(), "Who can answer what")
	d.settle()
	d.see("Share my row with the team")
	look.Press(t, d.page.Object(), "Practise")
	d.settle()
	d.see("About 2 answers")
}

func TestOnlyTheGradesAreKeysOfTheAnswer(t *testing.T) {
	d := newDesk(t, slim, nil)
	d.key(fyne.KeyReturn)
	d.key(fyne.KeyReturn)
	d.letters("0 5x")
	card := d.w.Canvas().Focused()
	for _, k := range []fyne.KeyName{fyne.KeyPageDown, fyne.KeyPageUp, fyne.KeyF1, fyne.KeySpace} {
		d.key(k)
	}
	if d.see("1 of about 3"); len(d.kept) != 0 || d.w.Canvas().Focused() != card {
		t.Errorf("kept %+v", d.kept)
	}
	d.key(fyne.KeyEscape)
	d.see("About 3 answers")
	d.unseen("Practised just now")
}

func TestReadingIsTriedAgain(t *testing.T) {
	d := newDesk(t, wide, func(s *source) { s.err = errors.New("the disk is gone") })
	d.set(func() { d.err = nil })
	look.Press(t, d.page.Object(), "Try again")
	d.settle()
	d.see("About 3 answers")
}
